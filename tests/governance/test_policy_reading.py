"""Policy files as people and programs write them, and as they should not."""

import codecs
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.governance.policy_files import (
    CONNECTOR,
    MODULE,
    actions,
    configurations,
    connector,
    endpoints,
    flat,
    read,
    split,
)

from padguard.foundation.errors import ConfigError
from padguard.governance.policy import ActionRules, Classification, EndpointRule, Policy, Scope
from padguard.governance.policy_reading import load_policies, parse_policies

PARTS = (
    actions("shared_sql", "Block DeleteItem_V2", "Allow GetItems"),
    endpoints("shared_sql", "Allow contoso.com", "Deny *"),
)
WHOLE = flat(
    business="Excel shared_sql",
    general="Scripting",
    blocked="Email",
    scope="OnlyEnvironments",
    environments="Dev Test",
)


def one(value: Any) -> Policy:
    (policy,) = read(value)
    return policy


def refused(data: bytes | Any) -> str:
    with pytest.raises(ConfigError) as error:
        parse_policies(data if isinstance(data, bytes) else json.dumps(data).encode(), "p.json")
    words = str(error.value)
    assert "p.json" in words
    return words


@pytest.mark.parametrize(
    "value",
    [WHOLE, {"policyDefinition": WHOLE}, split(WHOLE), [WHOLE], {"value": [split(WHOLE)]}],
    ids=["flat", "split without rules", "split", "list", "value"],
)
def test_every_shape_says_the_same(value: Any) -> None:
    policy = one(value)
    assert (policy.title, policy.default, policy.scope) == (
        "Contoso",
        Classification.NON_BUSINESS,
        Scope.ONLY,
    )
    assert policy.environments == {"dev", "test"}
    assert policy.classes == {
        "desktopflow.excel": Classification.BUSINESS,
        "shared_sql": Classification.BUSINESS,
        "desktopflow.scripting": Classification.NON_BUSINESS,
        "desktopflow.email": Classification.BLOCKED,
    }
    assert policy.ignored == ()


@pytest.mark.parametrize(
    "value",
    [
        split(WHOLE, *PARTS),
        {**WHOLE, **configurations(*PARTS)},
        {**WHOLE, "connectorConfigurationsDefinition": configurations(*PARTS)},
        configurations(*PARTS),
        {"connectorConfigurationsDefinition": configurations(*PARTS)},
    ],
)
def test_rules_for_actions_and_addresses(value: Any) -> None:
    policy = one(value)
    rules = ActionRules({"deleteitem_v2": True, "getitems": False}, default=False)
    assert policy.action_rules == {"shared_sql": rules}
    assert policy.endpoint_rules == {
        "shared_sql": (EndpointRule("contoso.com", denied=False), EndpointRule("*", denied=True))
    }
    assert policy.rules_only == ("connectorGroups" not in json.dumps(value))
    assert policy.ignored == ()


def test_several_policies_in_one_file() -> None:
    policies = read({"value": [flat("One"), split(flat("Two"))], "Count": 2})
    assert [policy.title for policy in policies] == ["One", "Two"]
    assert [policy.ignored for policy in policies] == [(), ()]


def test_further_pages_are_told() -> None:
    (policy,) = read({"value": [flat()], "nextLink": "https://x"})
    (ignored,) = policy.ignored
    assert (ignored.path, "further pages" in str(ignored.reason)) == ("$.nextLink", True)


@pytest.mark.parametrize(
    "identifier",
    [
        MODULE + "Excel",
        "/" + MODULE + "Excel",
        MODULE.upper() + "EXCEL",
        f"  {MODULE}Excel ",
        "DesktopFlow.Excel",
    ],
)
def test_ids_are_told_with_or_without_slash_in_any_case(identifier: str) -> None:
    value = flat()
    value["connectorGroups"][2]["connectors"] = [{"id": identifier, "name": "Excel", "type": "x"}]
    assert one(value).class_of("desktopflow.excel") is Classification.BLOCKED


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Confidential", Classification.BUSINESS),
        ("business", Classification.BUSINESS),
        ("GENERAL", Classification.NON_BUSINESS),
        ("Non-Business", Classification.NON_BUSINESS),
        ("NonBusiness", Classification.NON_BUSINESS),
        ("Blocked", Classification.BLOCKED),
    ],
)
def test_words_of_classes(word: str, expected: Classification) -> None:
    assert one(flat(default=word)).default is expected


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: f"\n\n  {text}\n\n".encode(),
    ],
)
def test_encodings(encode: Any, tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_bytes(encode(json.dumps(flat("Größe"), indent=4, ensure_ascii=False)))
    assert [policy.title for policy in load_policies([path])] == ["Größe"]


def test_ten_thousand_connectors() -> None:
    names = " ".join(f"shared_connector{number}" for number in range(10_000))
    policy = one(flat(blocked=names))
    assert len(policy.classes) == 10_000
    assert policy.class_of("shared_connector9999") is Classification.BLOCKED


def test_lists_as_powershell_writes_them() -> None:
    value = flat()
    value["connectorGroups"] = {"classification": "Blocked", "connectors": connector("Excel")}
    value["environments"] = None
    policy = one(value)
    assert policy.classes == {"desktopflow.excel": Classification.BLOCKED}
    value["connectorGroups"] = {
        "value": [{"classification": "Blocked", "connectors": {"value": [], "Count": 0}}],
        "Count": 1,
    }
    assert one(value).classes == {}


def test_keys_in_any_case() -> None:
    text = json.dumps(split(WHOLE, *PARTS))
    for key in ("connectorGroups", "classification", "policyDefinition", "endPoint", "actionId"):
        text = text.replace(f'"{key}"', f'"{key.upper()}"')
    (policy,) = parse_policies(text.encode(), "p.json")
    assert policy.classes == one(WHOLE).classes
    assert policy.endpoint_rules
    assert policy.ignored == ()


def test_what_is_not_understood_is_listed_with_its_path() -> None:
    pattern = {"order": 1, "customConnectorRuleClassification": "Blocked", "pattern": "https://*.x"}
    value = split(WHOLE, *PARTS, patterns=[pattern])
    value["approvals"] = {}
    value["policyDefinition"]["exemptions"] = [1]
    value["policyDefinition"]["connectorGroups"][0]["connectors"][1]["quota for SQL"] = 3
    value["connectorConfigurationsDefinition"]["endpointConfigurations"][0]["strict"] = True
    policy = one({"value": [value]})
    assert sorted(ignored.path for ignored in policy.ignored) == [
        "$.value[0].approvals",
        "$.value[0].connectorConfigurationsDefinition.endpointConfigurations[0].strict",
        "$.value[0].customConnectorUrlPatternsDefinition",
        "$.value[0].policyDefinition.connectorGroups[0].connectors[1]['quota for SQL']",
        "$.value[0].policyDefinition.exemptions",
    ]
    assert policy.has_url_patterns


def test_what_is_missing_is_told() -> None:
    value = flat(default=None)
    del value["environmentType"]
    policy = one(value)
    assert [ignored.path for ignored in policy.ignored] == [
        "$.defaultConnectorsClassification",
        "$.environmentType",
    ]
    assert policy.default is None
    assert policy.holds_in("anywhere")


def test_same_group_twice_in_one_class_is_one() -> None:
    assert one(flat(blocked="Excel Excel")).classes == {"desktopflow.excel": Classification.BLOCKED}


def changed(value: Any, path: str, found: Any) -> Any:
    """Return a copy in which something else stands at a path."""
    copy = json.loads(json.dumps(value))
    *parents, last = [int(key) if key.isdigit() else key for key in path.split("/")]
    target = copy
    for key in parents:
        target = target[key]
    target[last] = found
    return copy


SPLIT = split(flat(business="Excel", environments="dev"), *PARTS)
GROUP = "policyDefinition/connectorGroups/0"
RULES = "connectorConfigurationsDefinition"


@pytest.mark.parametrize(
    ("path", "found", "told"),
    [
        ("policyDefinition", [], "$.policyDefinition"),
        ("policyDefinition", "text", "$.policyDefinition"),
        ("policyDefinition/displayName", 7, "$.policyDefinition.displayName"),
        ("policyDefinition/name", {}, "$.policyDefinition.name"),
        ("policyDefinition/defaultConnectorsClassification", "Secret", "“Secret”"),
        ("policyDefinition/defaultConnectorsClassification", 3, "Confidential (Business)"),
        ("policyDefinition/environmentType", "Some", "AllEnvironments, ExceptEnvironments"),
        ("policyDefinition/environments", "dev", "$.policyDefinition.environments"),
        ("policyDefinition/environments/0", {}, "$.policyDefinition.environments[0].name"),
        ("policyDefinition/environments/0/name", 1, "$.policyDefinition.environments[0].name"),
        ("policyDefinition/connectorGroups", 5, "$.policyDefinition.connectorGroups"),
        ("policyDefinition/connectorGroups", "System.Object[]", "-Depth 20"),
        (GROUP, "@{classification=Confidential; connectors=System.Object[]}", "-Depth 20"),
        (GROUP, "Excel", "$.policyDefinition.connectorGroups[0]"),
        (f"{GROUP}/classification", "Private", "General (Non-business)"),
        (f"{GROUP}/classification", None, "connectorGroups[0].classification” is missing"),
        (f"{GROUP}/connectors", "Excel", "connectorGroups[0].connectors"),
        (f"{GROUP}/connectors/0", "Excel", "connectorGroups[0].connectors[0]"),
        (f"{GROUP}/connectors/0/id", 12, "connectors[0].id"),
        (f"{GROUP}/connectors/0/id", "", "connectors[0].id"),
        (f"{GROUP}/connectors/0/id", None, "connectors[0].id"),
        (RULES, 1, "$.connectorConfigurationsDefinition"),
        (f"{RULES}/connectorActionConfigurations/0/connectorId", None, "connectorId"),
        (f"{RULES}/connectorActionConfigurations/0/actionRules", "x", "actionRules"),
        (f"{RULES}/connectorActionConfigurations/0/actionRules/0/actionId", 4, "actionId"),
        (f"{RULES}/connectorActionConfigurations/0/actionRules/1/behavior", "Deny", "Allow, Block"),
        (
            f"{RULES}/connectorActionConfigurations/0/defaultConnectorActionRuleBehavior",
            "Maybe",
            "Allow, Block",
        ),
        (f"{RULES}/endpointConfigurations/0/endpointRules/0/behavior", "Block", "Allow, Deny"),
        (f"{RULES}/endpointConfigurations/0/endpointRules/0/behavior", None, "behavior"),
        (f"{RULES}/endpointConfigurations/0/endpointRules/0/order", "first", "whole number"),
        (f"{RULES}/endpointConfigurations/0/endpointRules/0/order", True, "whole number"),
        (f"{RULES}/endpointConfigurations/0/endpointRules/0/endPoint", [], "endPoint"),
        (
            "customConnectorUrlPatternsDefinition/rules",
            5,
            "customConnectorUrlPatternsDefinition.rules",
        ),
    ],
)
def test_wrong_types_and_words_are_named(path: str, found: Any, told: str) -> None:
    assert told in refused(changed(SPLIT, path, found))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "line 1, column 1"),
        (b"\x00\x01\x02\x03\x04", "no text file"),
        (b"{", "line 1, column 2"),
        (b"// policies\n[]", "line 1, column 1"),
        (b'{"value": []} PS C:\\>', "line 1, column 15"),
        (b'{"connectorGroups": [], /* all */ }', "line 1, column 25"),
        (b"{'connectorGroups': []}", "line 1, column 2"),
        (b'{"connectorGroups": NaN}', "number"),
        (b'{"connectorGroups": ' + b"9" * 5000 + b"}", "number"),
        (b"[" * 70 + b"]" * 70, "60 levels"),
        (b"[" * 100_000, "60 levels"),
        (b"[]", "empty"),
        (b'{"value": []}', "empty"),
        (b'{"value": {}}', "$.value"),
        (b"7", "$"),
        (b"null", "$"),
        (b"{}", "is no policy"),
        (b'{"solution": {}}', "is no policy"),
        (b'[{"connectorGroups": []}, {"x": 1}]', "$[1]"),
        (b'{"connectorGroups": [], "connectorGroups": []}', "$.connectorGroups"),
        (b'{"connectorGroups": [], "ConnectorGroups": []}', "$.ConnectorGroups"),
    ],
)
def test_what_is_no_policy_file(data: bytes, told: str) -> None:
    assert told in refused(data)


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("padguard.governance.policy_text.LARGEST", 1000)
    assert "larger than" in refused(json.dumps(flat(blocked="Excel " * 100)).encode())


def test_groups_in_two_classes_and_rules_twice() -> None:
    words = refused(flat(business="Excel", blocked="Excel"))
    assert "$.connectorGroups[2].connectors[0].id" in words
    assert "Business" in words
    part = actions("Excel", "Block LaunchExcel")
    assert "connectorActionConfigurations[1].connectorId" in refused(split(flat(), part, part))


def test_rules_without_an_order_are_taken_as_they_stand() -> None:
    value = configurations(*PARTS)
    value["endpointConfigurations"][0]["endpointRules"][0]["order"] = 2
    policy = one(value)
    assert [rule.pattern for rule in policy.endpoint_rules["shared_sql"]] == ["contoso.com", "*"]
    assert [ignored.path for ignored in policy.ignored] == [
        "$.endpointConfigurations[0].endpointRules"
    ]


def test_rules_are_put_in_order() -> None:
    value = configurations(*PARTS)
    value["endpointConfigurations"][0]["endpointRules"].reverse()
    rules = one(value).endpoint_rules["shared_sql"]
    assert [rule.pattern for rule in rules] == ["contoso.com", "*"]


def files(folder: Path, *values: Any) -> list[Path]:
    paths = []
    for number, value in enumerate(values):
        paths.append(folder / f"{number}.json")
        paths[-1].write_text(json.dumps(value), encoding="utf-8", newline="")
    return paths


def test_configurations_alone_join_the_only_policy(tmp_path: Path) -> None:
    (policy,) = load_policies(files(tmp_path, WHOLE, configurations(*PARTS)))
    assert policy.title == "Contoso"
    assert policy.action_rules
    assert policy.classes
    loaded = load_policies(files(tmp_path, WHOLE, flat("Two"), configurations(*PARTS)))
    assert [found.rules_only for found in loaded] == [False, False, True]
    loaded = load_policies(files(tmp_path, split(WHOLE, *PARTS), configurations(*PARTS)))
    assert [found.rules_only for found in loaded] == [False, True]


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"“gone\.json” cannot be read"):
        load_policies([tmp_path / "gone.json"])


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["Blocked", CONNECTOR]),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "value",
                    "policyDefinition",
                    "connectorGroups",
                    "connectors",
                    "classification",
                    "id",
                    "connectorActionConfigurations",
                    "actionRules",
                    "environments",
                    "endpointRules",
                    "Count",
                ]
            )
            | st.text(max_size=4),
            children,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON_VALUES)
def test_any_json_is_read_or_refused(value: Any) -> None:
    with suppress(ConfigError):
        assert parse_policies(json.dumps(value).encode(), "p.json")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(ConfigError):
        parse_policies(data, "p.json")
