"""Secure inputs and outputs are turned on in cloud flows, in whatever of the setting is there."""

import json
from typing import Any

import pytest

from padguard.exports.model import CloudFlow, DesktopFlow, Export, ExportKind
from padguard.fixes.fix import Fix
from padguard.session.session import Session

FLOW = "11111111-2222-3333-4444-555555555555"
SCRIPT = (
    "@SENSITIVE: [Password, Login]\r\n"
    "@INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'Type': 'String' } \r\n"
    "@OUTPUT Login : { 'Description': '', 'FriendlyName': 'Login', 'Type': 'String' } \r\n"
    "SET Login TO Password\r\n"
)


def action(**more: Any) -> dict[str, Any]:
    return {
        "type": "OpenApiConnection",
        "inputs": {
            "host": {
                "apiId": "/providers/Microsoft.PowerApps/apis/shared_uiflow",
                "operationId": "RunUIFlow_V2",
            },
            "parameters": {"uiFlowId": FLOW, "item/Password": "@triggerBody()['text']"},
        },
        **more,
    }


def setting(*names: str) -> dict[str, Any]:
    return {"runtimeConfiguration": {"secureData": {"properties": list(names)}}}


def opened(actions: dict[str, Any], indent: int | None = None) -> Session:
    definition = {"properties": {"definition": {"actions": actions}}}
    text = json.dumps(definition, indent=indent)
    cloud = CloudFlow("cloud", "Nightly", "Workflows/n.json", definition, text)
    flow = DesktopFlow(FLOW, "Collect", SCRIPT)
    export = Export(
        None, ExportKind.SOLUTION, "0" * 64, desktop_flows=(flow,), cloud_flows=(cloud,)
    )
    session = Session(export)
    session.analyse()
    return session


def fixes_of(session: Session) -> list[Fix]:
    return [
        fix
        for finding in session.findings
        if finding.rule == "PG206"
        for fix in session.fixes(finding)
        if fix.id == "secure-caller"
    ]


def actions_after(session: Session, fix: Fix) -> dict[str, Any]:
    assert fix.plan is not None, fix.reason
    session.apply(fix.title, fix.plan)
    assert "PG206" not in {finding.rule for finding in session.analyse()}
    (cloud,) = session.export.cloud_flows
    found: dict[str, Any] = json.loads(cloud.text)["properties"]["definition"]["actions"]
    return found


BEFORE = [
    {},
    {"runtimeConfiguration": {}},
    {"runtimeConfiguration": {"paginationPolicy": {"minimumItemCount": 5}}},
    {"runtimeConfiguration": {"secureData": {}}},
    setting(),
]


@pytest.mark.parametrize("before", BEFORE, ids=str)
@pytest.mark.parametrize("indent", [None, 2])
def test_the_setting_is_made(before: dict[str, Any], indent: int | None) -> None:
    session = opened({"Run_it": action(**before)}, indent)
    first, second = fixes_of(session)
    title = "Turn on secure inputs and secure outputs for the action “Run it”"
    assert str(first.title) == str(second.title) == title
    after = actions_after(session, first)["Run_it"]
    properties = after["runtimeConfiguration"]["secureData"]["properties"]
    assert properties == ["inputs", "outputs"]
    assert before.get("runtimeConfiguration", {}).keys() <= after["runtimeConfiguration"].keys()


@pytest.mark.parametrize("indent", [None, 2])
def test_the_list_is_made_longer(indent: int | None) -> None:
    session = opened({"Run_it": action(**setting("outputs"))}, indent)
    (fix,) = fixes_of(session)
    assert str(fix.title) == "Turn on secure inputs for the action “Run it”"
    assert actions_after(session, fix) == {"Run_it": action(**setting("outputs", "inputs"))}


def test_of_two_actions_of_one_name_the_right_one_is_changed() -> None:
    scope = {"type": "Scope", "actions": {"Run_it": action(**setting("inputs", "outputs"))}}
    other = {"type": "Scope", "actions": {"Run_it": action()}}
    session = opened({"First": scope, "Second": other})
    after = actions_after(session, fixes_of(session)[0])
    assert after["First"] == scope
    assert after["Second"]["actions"]["Run_it"] == action(**setting("inputs", "outputs"))


def test_both_findings_together_are_one_change() -> None:
    session = opened({"Run_it": action()})
    both = [fix.plan for fix in fixes_of(session)]
    assert both[0] is not None
    assert both[1] is not None
    assert both[0].after == both[1].after


@pytest.mark.parametrize(
    "odd",
    [
        {"runtimeConfiguration": "none"},
        {"runtimeConfiguration": {"secureData": {"properties": "inputs"}}},
    ],
    ids=str,
)
def test_settings_that_are_not_as_expected_stay(odd: dict[str, Any]) -> None:
    session = opened({"Run_it": action(**odd)})
    fix = fixes_of(session)[0]
    assert fix.plan is None
    assert str(fix.reason)
