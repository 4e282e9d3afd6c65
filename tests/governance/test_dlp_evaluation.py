"""Flows judged by several policies: mixtures, children, environments, what-if."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from tests.evaluation.exporting import Members
from tests.governance.policy_files import actions, configurations, endpoints, flat, read, split

from padguard.exports.model import Binary, Export, ExportKind
from padguard.flow.build import build_flow
from padguard.governance.dlp import evaluate
from padguard.governance.dlp_judging import Ground, Verdict
from padguard.governance.dlp_model import Children, Evaluation, Setting, Standing
from padguard.governance.dlp_screens import processes_of
from padguard.governance.dlp_usage import usage_of
from padguard.governance.policy import Classification, Policy, new_policy, with_class

EXCEL = "Excel.LaunchExcel.Launch Visible: True Instance=> Book\n"
SCRIPT = "Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: $'''dir'''\n"
MESSAGE = "Display.ShowMessageDialog.ShowMessage Message: $'''Hello''' ButtonPressed=> Pressed\n"
CHILD_ID = "c0ffee00-0000-4000-8000-000000000002"
RUN_CHILD = f"External.RunFlow FlowId: '{CHILD_ID.upper()}' WaitToComplete: True\n"
TOGETHER = Setting(children=Children.WITH_PARENT)


def judged(
    scripts: str | Mapping[str, str], *policies: Any, setting: Setting | None = None
) -> Evaluation:
    by_id = {"flow": scripts} if isinstance(scripts, str) else scripts
    flows = [build_flow(name, name, f"@SENSITIVE: []\n{text}") for name, text in by_id.items()]
    known = [
        found for one in policies for found in ([one] if isinstance(one, Policy) else read(one))
    ]
    return evaluate([usage_of(flow) for flow in flows], known, setting)


def test_business_and_non_business_in_one_flow() -> None:
    found = judged(EXCEL + MESSAGE + SCRIPT, flat(business="Excel", general="Scripting Display"))
    (violation,) = found.violations
    assert violation.ground is Ground.MIXED
    assert violation.groups == ("desktopflow.excel", "desktopflow.display", "desktopflow.scripting")
    assert violation.policies == ("Contoso",)
    assert str(violation.reason) == (
        "“Contoso” has Excel as Business and Message boxes, Scripting as Non-business. A flow must "
        "not use both."
    )
    assert [spot.row for spot in violation.spots] == [1, 2, 3]
    assert found.flows[0].verdict is Verdict.BLOCKED
    assert {line.key: line.standing for line in found.groups} == {
        "desktopflow.excel": Standing.BUSINESS,
        "desktopflow.display": Standing.NON_BUSINESS,
        "desktopflow.scripting": Standing.NON_BUSINESS,
    }


def test_groups_are_those_of_one_policy() -> None:
    one = flat("One", business="Excel Scripting")
    other = flat("Other", general="Excel Scripting")
    found = judged(EXCEL + SCRIPT, one, other)
    assert found.violations == ()
    assert {line.standing for line in found.groups} == {Standing.DIFFERS}
    third = flat("Third", business="Excel", general="Scripting")
    (violation,) = judged(EXCEL + SCRIPT, one, other, third).violations
    assert violation.policies == ("Third",)


def test_each_policy_that_is_violated_is_told() -> None:
    found = judged(EXCEL + SCRIPT, flat("One", business="Excel"), flat("Two", business="Scripting"))
    assert [violation.policies for violation in found.violations] == [("One",), ("Two",)]


def test_default_class_mixes_too_but_not_what_is_in_no_group() -> None:
    text = "Text.ToUpper Text: Book Result=> Upper\nQuantum.Entangle.Now\n"
    assert judged(EXCEL + text, flat(business="Excel")).violations == ()
    assert judged(EXCEL + SCRIPT, flat(business="Excel")).violations[0].ground is Ground.MIXED


def test_most_restrictive_policy_decides_and_is_named() -> None:
    found = judged(
        SCRIPT, flat("One", business="Scripting"), flat("Two", blocked="Scripting"), flat("Three")
    )
    (line,) = found.groups
    assert (line.standing, line.deciders) == (Standing.BLOCKED, ("Two",))
    assert line.classes == (
        Classification.BUSINESS,
        Classification.BLOCKED,
        Classification.NON_BUSINESS,
    )
    (violation,) = found.violations
    assert violation.policies == ("Two",)
    assert str(violation.reason) == "“Two” blocks Scripting."
    both = judged(SCRIPT, flat("One", blocked="Scripting"), flat("Two", blocked="Scripting"))
    assert [violation.policies for violation in both.violations] == [("One", "Two")]


def test_rows_of_the_same_reason_stand_together() -> None:
    found = judged(
        SCRIPT + EXCEL + SCRIPT + "FUNCTION Sub GLOBAL\n" + SCRIPT + "END FUNCTION\n",
        flat(blocked="Scripting"),
    )
    (violation,) = found.violations
    assert [(spot.subflow, spot.row) for spot in violation.spots] == [
        ("Main", 1),
        ("Main", 3),
        ("Sub", 1),
    ]


def test_disabled_rows_are_aside_unless_asked_for() -> None:
    script = EXCEL + "DISABLE " + SCRIPT
    found = judged(script, flat(blocked="Scripting"))
    assert found.violations == ()
    assert [line.key for line in found.groups] == ["desktopflow.excel"]
    with_disabled = Setting(include_disabled=True)
    assert judged(script, flat(blocked="Scripting"), setting=with_disabled).violations


def test_children_for_themselves_or_with_their_parent() -> None:
    scripts = {"parent": EXCEL + RUN_CHILD, CHILD_ID: SCRIPT + RUN_CHILD}
    policy = flat(business="Excel RunFlow", general="Scripting")
    alone = judged(scripts, policy)
    # The child runs itself, so it mixes; the parent does not.
    assert [violation.flow_id for violation in alone.violations] == [CHILD_ID]
    together = judged(scripts, policy, setting=TOGETHER)
    assert [violation.flow_id for violation in together.violations] == ["parent", CHILD_ID]
    first = together.violations[0]
    assert {spot.flow_id for spot in first.spots} == {"parent", CHILD_ID}
    assert together.cells["desktopflow.scripting", "parent"].verdict is Verdict.BLOCKED
    for found in (alone, together):
        (note,) = map(str, found.notes)
        assert "June 2026" in note
        assert "August 2025" in note
    assert alone.notes != together.notes


def test_child_that_is_not_in_the_export_is_not_evaluated() -> None:
    policy = flat()
    assert judged(RUN_CHILD, policy).unevaluated == ()
    (found,) = judged(RUN_CHILD, policy, setting=TOGETHER).unevaluated
    assert "not in the export" in str(found.reasons[0])
    by_variable = "External.RunFlow FlowId: Which WaitToComplete: True\n"
    for name in ("flow", ""):
        (found,) = judged({name: by_variable}, policy, setting=TOGETHER).unevaluated
        assert "not in the export" in str(found.reasons[0])
    disabled = judged("DISABLE " + RUN_CHILD, policy, setting=TOGETHER)
    assert disabled.unevaluated == ()


@pytest.mark.parametrize(
    ("scope", "named", "chosen", "holds"),
    [
        ("AllEnvironments", "", "dev", True),
        ("AllEnvironments", "", None, True),
        ("OnlyEnvironments", "dev test", "DEV", True),
        ("OnlyEnvironments", "dev test", "prod", False),
        ("OnlyEnvironments", "dev test", None, True),
        ("OnlyEnvironments", "", None, False),
        ("SingleEnvironment", "dev", "dev", True),
        ("SingleEnvironment", "dev", "prod", False),
        ("ExceptEnvironments", "dev", "dev", False),
        ("ExceptEnvironments", "dev", "prod", True),
        ("ExceptEnvironments", "dev", None, True),
    ],
)
def test_environments(scope: str, named: str, chosen: str | None, holds: bool) -> None:
    policy = flat(blocked="Scripting", scope=scope, environments=named)
    found = judged(SCRIPT, policy, setting=Setting(environment=chosen))
    assert bool(found.violations) is holds
    assert (len(found.policies), len(found.elsewhere)) == ((1, 0) if holds else (0, 1))


def test_environment_is_known_by_its_whole_id_too() -> None:
    whole = "/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/dev"
    policy = flat(blocked="Scripting", scope="OnlyEnvironments", environments="dev")
    assert judged(SCRIPT, policy, setting=Setting(environment=whole)).violations


def test_what_if() -> None:
    flow = build_flow("flow", "Flow", EXCEL + SCRIPT)
    usage = [usage_of(flow)]
    policies = read(
        flat("One", business="Excel Scripting"), flat("Two", business="Excel Scripting")
    )
    assert evaluate(usage, policies).violations == ()
    blocked = with_class(policies, 1, "desktopflow.scripting", Classification.BLOCKED)
    (violation,) = evaluate(usage, blocked).violations
    assert (violation.ground, violation.policies) == (Ground.GROUP, ("Two",))
    whole = "providers/Microsoft.ProcessSimple/operationGroups/DesktopFlow.Scripting"
    mixed = with_class(blocked, 1, whole, Classification.NON_BUSINESS)
    assert [one.ground for one in evaluate(usage, mixed).violations] == [Ground.MIXED]
    assert evaluate(usage, policies).violations == ()


def test_draft_policy_holds_everywhere() -> None:
    draft = with_class([new_policy("Mine")], 0, "desktopflow.excel", Classification.BUSINESS)
    assert judged(EXCEL + SCRIPT, *draft).violations[0].policies == ("Mine",)


def test_configurations_alone_restrict_besides_other_policies() -> None:
    rules = configurations(actions("Excel", "Block LaunchExcel"))
    found = judged(EXCEL + SCRIPT, flat("One"), flat("Two"), rules)
    (violation,) = found.violations
    assert violation.policies == ("p.json",)
    assert {line.standing for line in found.groups} == {Standing.NON_BUSINESS}
    assert any("assumption" in str(note) for note in found.notes)


def screen(name: str, *attributes: tuple[str, str, bool]) -> Any:
    """Return a screen whose selector looks at attributes: name, value, whether it is left out."""
    looked_at = [
        {"Ignore": left, "IsOrdinal": False, "Name": key, "Operation": "EqualTo", "Value": value}
        for key, value, left in attributes
    ]
    selector = {"CustomSelector": None, "Elements": [{"Attributes": looked_at, "Tag": "window"}]}
    return {"Controls": [], "ElementTypeName": "Window", "Name": name, "Selectors": [selector]}


@pytest.mark.parametrize(
    ("attributes", "verdict"),
    [
        ([("Process", "Solitaire", False)], Verdict.BLOCKED),
        ([("Process", "Ledger", False)], Verdict.ALLOWED),
        ([("Process", "Solitaire", True)], Verdict.NOT_EVALUATED),
        ([("Process", "%Program%", False)], Verdict.NOT_EVALUATED),
        ([("Process", "javaw", False)], Verdict.NOT_EVALUATED),
        ([("Name", "Solitaire", False)], Verdict.NOT_EVALUATED),
        ([], Verdict.NOT_EVALUATED),
    ],
)
def test_the_process_behind_a_screen_is_filtered(attributes: Any, verdict: Verdict) -> None:
    data = json.dumps({"Screens": [screen("Window", *attributes)], "Version": 1}).encode()
    member = f"desktopflowbinaries/1/data/ControlRepository_{CHILD_ID}.json"
    name = "controlRepo.appmask"
    binary = Binary(CHILD_ID, "ControlRepository", name, name, CHILD_ID, member)
    source = Members({member: data})
    export = Export(None, ExportKind.SOLUTION, "", binaries=(binary,), source=source)
    press = "UIAutomation.PressButton Button: appmask['Window']['Button']\n"
    usage = usage_of(build_flow(CHILD_ID, "Flow", press), processes_of(export).get(CHILD_ID, {}))
    policies = read(split(flat(), endpoints("UIAutomation", "Deny sol*", "Allow *")))
    assert evaluate([usage], policies).flows[0].verdict is verdict


def test_real_exports_are_judged_whole(corpus) -> None:
    from padguard.session.session import Session

    session = Session.open(corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip")
    processes = processes_of(session.export)
    assert {name for screens in processes.values() for name in screens.values()} == {
        "Woodgrove Bank Funding Manager"
    }
    usages = [usage_of(flow, processes.get(flow.id, {})) for flow in session.flows]
    called = sum(bool(action.statement.action) for flow in session.flows for action in flow.actions)
    spots = [spot for usage in usages for use in usage.uses for spot in use.spots]
    assert len(spots) == called
    policies = read(split(flat(), endpoints("UIAutomation", "Deny woodgrove*", "Allow *")))
    found = evaluate(usages, policies)
    assert {violation.ground for violation in found.violations} == {Ground.ENDPOINT}
    allowed = read(split(flat(), endpoints("UIAutomation", "Allow woodgrove*", "Deny *")))
    assert not any(
        "filters" in str(r) for u in evaluate(usages, allowed).unevaluated for r in u.reasons
    )
