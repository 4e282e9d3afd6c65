"""What-ifs written as drafts: in the shape that was read, with all that was not understood."""

import json
from typing import Any

import pytest
from tests.governance.policy_files import actions, configurations, connector, flat, read, split

from padguard.governance.policy import Classification, Policy, new_policy, with_class
from padguard.governance.policy_draft import draft_json
from padguard.governance.policy_reading import joined

PART = actions("shared_sql", "Block DeleteItem_V2")


def strange(value: Any) -> Any:
    """Return a policy with keys that nobody knows, deep inside as well."""
    value["approvals"] = {"by": ["Ada"]}
    value["connectorGroups"][0]["colour"] = "green"
    for group in value["connectorGroups"]:
        for entry in group["connectors"]:
            entry["quota"] = 3
    return value


def draft(policy: Policy) -> Any:
    return json.loads(draft_json(policy))


def what_if(value: Any, group: str, classification: Classification) -> Any:
    return draft(with_class(read(value), 0, group, classification)[0])


def flat_policy() -> Any:
    return strange(flat(business="Excel shared_sql", general="Scripting", blocked="Email"))


@pytest.mark.parametrize(
    "value",
    [flat_policy(), split(flat_policy(), PART), flat(default=None), {"connectorGroups": []}],
)
def test_without_what_if_it_is_what_was_read(value: Any) -> None:
    (policy,) = read(value)
    assert draft(policy) == value


@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: split(value, PART)])
def test_a_group_moves_with_all_that_is_said_of_it(wrap: Any) -> None:
    found = what_if(wrap(flat_policy()), "desktopflow.excel", Classification.BLOCKED)
    expected = flat_policy()
    groups = expected["connectorGroups"]
    groups[2]["connectors"].append(groups[0]["connectors"].pop(0))
    assert found == wrap(expected)


def test_a_group_that_was_not_named_is_added() -> None:
    found = what_if(flat(), "desktopflow.activedirectory", Classification.BLOCKED)
    entry = {**connector("ActiveDirectory"), "name": "Active Directory"}
    assert found["connectorGroups"][2]["connectors"] == [entry]
    found = what_if(flat(), "shared_sharepointonline", Classification.BUSINESS)
    entry = {**connector("shared_sharepointonline"), "name": "SharePoint"}
    assert found["connectorGroups"][0]["connectors"] == [entry]
    found = what_if(flat(), "desktopflow.runflow", Classification.BUSINESS)
    assert found["connectorGroups"][0]["connectors"][0]["id"].endswith("/DesktopFlow.Runflow")


def test_a_class_that_was_not_there_is_added() -> None:
    value = flat()
    value["connectorGroups"] = []
    found = what_if(value, "desktopflow.excel", Classification.BLOCKED)
    (group,) = found["connectorGroups"]
    assert group["classification"] == "Blocked"
    assert [entry["name"] for entry in group["connectors"]] == ["Excel"]
    del value["connectorGroups"]
    assert what_if(value, "desktopflow.excel", Classification.BLOCKED)["connectorGroups"] == [group]


def test_spelling_of_the_file_is_kept() -> None:
    text = json.dumps(flat(business="Excel")).replace('"connectors"', '"Connectors"')
    value = json.loads(text.replace('"classification": "Blocked"', '"Classification": "BLOCKED"'))
    found = what_if(value, "desktopflow.excel", Classification.BLOCKED)
    assert found["connectorGroups"][0]["Connectors"] == []
    assert found["connectorGroups"][2]["Classification"] == "BLOCKED"
    assert len(found["connectorGroups"][2]["Connectors"]) == 1
    assert len(found["connectorGroups"]) == 3


def test_lists_that_powershell_unrolled() -> None:
    value = flat()
    value["connectorGroups"] = {"classification": "General", "connectors": connector("Excel")}
    found = what_if(value, "desktopflow.excel", Classification.BUSINESS)
    assert [len(group["connectors"]) for group in found["connectorGroups"]] == [0, 1]


def test_a_draft_is_read_as_the_policy_that_it_is() -> None:
    policies = read(split(flat_policy(), PART))
    for group in ("desktopflow.excel", "shared_sql", "desktopflow.web", "shared_teams"):
        for classification in Classification:
            policies = with_class(policies, 0, group, classification)
            (again,) = read(draft(policies[0]))
            assert again.classes == policies[0].classes
            assert again.action_rules == policies[0].action_rules


def test_new_policies_and_configurations_alone_become_policies() -> None:
    new = with_class([new_policy("Mine")], 0, "desktopflow.excel", Classification.BLOCKED)[0]
    (again,) = read(draft(new))
    assert (again.title, again.classes, again.default) == ("Mine", new.classes, new.default)
    (rules,) = with_class(
        read(configurations(PART)), 0, "desktopflow.excel", Classification.BLOCKED
    )
    (again,) = read(draft(rules))
    assert again.action_rules == rules.action_rules
    assert again.classes == rules.classes
    assert not again.rules_only


def test_joined_configurations_are_written_as_the_second_part() -> None:
    (policy,) = joined(read(flat_policy(), configurations(PART)))
    assert draft(policy) == {
        "policyDefinition": flat_policy(),
        "connectorConfigurationsDefinition": configurations(PART),
    }


def test_letters_of_all_languages_stay() -> None:
    assert "Größe" in draft_json(read(flat("Größe"))[0])
