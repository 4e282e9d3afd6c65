"""Metadata and Dependencies follow the statements of a script."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from padguard.exports.model import Export
from padguard.exports.open import open_bytes, open_export, read_member
from padguard.exports.reconcile import changed_members, rewritten_members
from padguard.exports.save import render_export
from padguard.exports.uses import Uses, follow_dependencies, follow_flags
from padguard.robin.parser import parse

CONNECTIONS = "containsActiveConnections"
QUEUES = "containsActiveWorkQueuesActions"
LOGS = "containsActiveLogMessageActions"
CREDENTIALS = "containsActiveCredentialsActions"
FLAGS = (CONNECTIONS, QUEUES, LOGS, CREDENTIALS)

CHILD = "5e1d7a30-1b2c-4d3e-8f90-0123456789ab"
OTHER = "6f2e8b41-2c3d-4e4f-9a01-123456789abc"
RUN = "External.RunFlow FlowId: '{}' WaitToComplete: True @Input_User: User\r\n"
CONNECTOR = (
    "@@connectionDisplayName: 'Mail'\r\nExternal.InvokeCloudConnector Connection: "
    f"'{OTHER}' ConnectorId: '/providers/Microsoft.PowerApps/apis/shared_keyvault' "
    "OperationId: 'GetSecret' @secretName: $'''Portal''' @GetSecretResponse=> Secret\r\n"
)
QUEUE = (
    "WorkQueues.EnqueueWorkQueueItem.WithoutUniqueId WorkQueue: $'''{}''' WorkQueueItem=> Item\r\n"
)
LOG = "Logging.LogMessage Message: $'''Started''' LogLevel: Logging.LogLevel.Info\r\n"
CREDENTIAL = "Vault.GetCredential CredentialName: $'''Portal''' Credential=> Login\r\n"
OTHERWISE_NAMED = "Vault.Retrieve Name: $'''Portal''' Credential=> Login\r\n"
EXAMPLES = [
    (CONNECTIONS, CONNECTOR),
    (QUEUES, QUEUE.format(OTHER)),
    (LOGS, LOG),
    (CREDENTIALS, CREDENTIAL),
    (CREDENTIALS, OTHERWISE_NAMED),
]


def flow_with(made: Any, body: str, metadata: Any, dependencies: Any, **more: Any) -> Any:
    script = made.script(body=body)
    return made.Flow(script=script, metadata=metadata, dependencies=dependencies, **more)


def changed(made: Any, flow: Any, body: str) -> Export:
    export = open_export(made.solution(flow))
    scripts = {flow.id: made.script(body=body)}
    return open_bytes(render_export(export, scripts), "changed.zip")


@pytest.mark.parametrize(("flag", "line"), EXAMPLES)
def test_a_flag_comes_and_goes_with_its_action(made: Any, flag: str, line: str) -> None:
    metadata = {"isvalid": True, **dict.fromkeys(FLAGS, False), "flowTimeout": None}
    flow = flow_with(made, "SET A TO 1\r\n", metadata, {"childFlows": []})
    original = open_export(made.solution(flow))
    later = changed(made, flow, f"SET A TO 1\r\n{line}")
    after = later.desktop_flows[0].metadata
    assert after == {**metadata, flag: True}
    assert list(after) == list(metadata)
    back = changed_members(later, {flow.id: flow.script})
    assert back["customizations.xml"] == read_member(original, "customizations.xml")


@pytest.mark.parametrize(("flag", "line"), EXAMPLES)
def test_a_disabled_action_is_not_active(made: Any, flag: str, line: str) -> None:
    *notes, action = line.strip().split("\r\n")
    disabled = "".join(f"{note}\r\n" for note in notes) + f"DISABLE {action}\r\n"
    metadata = dict.fromkeys(FLAGS, True)
    flow = flow_with(made, line, metadata, {"childFlows": []})
    later = changed(made, flow, disabled)
    assert later.desktop_flows[0].metadata == {**metadata, flag: False}


@pytest.mark.parametrize(
    "body",
    [
        "# Logging.LogMessage and Vault.GetCredential are for later\r\n",
        "SET A TO $'''External.RunFlow\r\nWorkQueues.GetWorkQueueItems WorkQueue: 1'''\r\n",
        "Exchange.ConnectToExchangeServer.ConnectWithCredentials Connection=> Exchange\r\n",
    ],
)
def test_words_are_no_actions(made: Any, body: str) -> None:
    assert Uses.of(made.script(body=body)) == Uses()


def test_what_the_change_does_not_touch_stays_as_stored(made: Any) -> None:
    metadata = {LOGS: True, QUEUES: "odd", CREDENTIALS: None}
    dependencies = {"childFlows": [OTHER], "workQueues": None}
    flow = flow_with(made, LOG, metadata, dependencies)
    later = changed(made, flow, LOG + CONNECTOR + LOG).desktop_flows[0]
    assert later.metadata == metadata  # the flag of connections is not there, so it is not added
    assert later.dependencies == dependencies


def test_without_metadata_nothing_is_invented() -> None:
    old, new = Uses.of(""), Uses.of(CONNECTOR + RUN.format(CHILD))
    payloads: list[Any] = [None, [], {}, {"childFlows": None}, "text"]
    for stored in payloads:
        assert follow_flags(stored, old, new) is stored
        assert follow_dependencies(stored, old, new) is stored


def test_dependencies_follow_what_comes_and_goes_altogether(made: Any) -> None:
    dependencies = {
        "childFlows": [OTHER.upper(), "kept"], "workQueues": [], "requiredBinaries": [CHILD],
    }  # fmt: skip
    flow = flow_with(made, RUN.format(OTHER), {"isvalid": True}, dependencies)
    original = open_export(made.solution(flow))
    assert original.desktop_flows[0].dependencies == dependencies
    body = RUN.format(CHILD.upper()) * 2 + QUEUE.format(f"{{{OTHER}}}")
    later = changed(made, flow, body).desktop_flows[0].dependencies
    expected = {"childFlows": ["kept", CHILD], "workQueues": [OTHER], "requiredBinaries": [CHILD]}
    assert later == expected
    assert list(later) == list(dependencies)
    assert original.desktop_flows[0].metadata == {"isvalid": True}


@pytest.mark.parametrize("held", [[], [CHILD]])
def test_a_disabled_reference_leaves_what_is_stored(held: list[str]) -> None:
    run = RUN.format(CHILD)
    none, enabled, disabled = (Uses.of(text) for text in ("", run, f"DISABLE {run}"))
    both = Uses.of(f"{run}DISABLE {run}")
    stored = {"childFlows": held}
    for old, new in ((none, disabled), (enabled, disabled), (both, disabled), (both, enabled)):
        assert follow_dependencies(stored, old, new) is stored
    for old in (none, disabled):
        assert follow_dependencies(stored, old, enabled) == {"childFlows": [CHILD]}
    for old in (enabled, disabled, both):
        assert follow_dependencies(stored, old, none) == {"childFlows": []}


def test_an_id_that_an_expression_gives_is_none() -> None:
    text = (
        "WorkQueues.EnqueueWorkQueueItem.WithoutUniqueId WorkQueue: Queue WorkQueueItem=> Item\r\n"
    )
    assert Uses.of(text).work_queues == ((), ())
    assert Uses.of(QUEUE.format("%Queue%")).work_queues == ((), ())


def test_a_legacy_flow_keeps_its_flags_in_its_json(made: Any) -> None:
    script = made.script()
    content = json.loads(made.Flow(package=made.package(script)).json())
    definition = content["properties"]["definition"]
    definition |= {CONNECTIONS: False, LOGS: False, "dependencies": [], "scriptType": 0}
    flow = made.Flow(package="unused", with_definition=False)
    member = {flow.json_member: made.compact(content).encode()}
    export = open_export(made.solution(flow, members=member))
    assert (export.problems, export.desktop_flows[0].script) == ((), script)
    assert rewritten_members(export)[flow.json_member] == member[flow.json_member]
    new = script + CONNECTOR + RUN.format(CHILD)
    members = changed_members(export, {flow.id: new})
    assert list(members) == [flow.json_member]
    after = json.loads(members[flow.json_member])["properties"]["definition"]
    assert list(after) == list(definition)
    assert {**after, "package": ""} == {**definition, CONNECTIONS: True, "package": ""}


def test_damaged_metadata_stands_in_the_way_of_nothing_else(made: Any) -> None:
    flow = flow_with(made, "SET A TO 1\r\n", {}, {"childFlows": []})
    xml = made.members(flow)["customizations.xml"].replace(
        b"<Metadata>{}<", b'<Metadata>{"is valid<'
    )
    path = made.solution(flow, members={"customizations.xml": xml})
    export = open_export(path)
    assert [problem.where for problem in export.problems] == ["Greeter"]
    changed_xml = changed_members(export, {flow.id: made.script(body="SET A TO 2\r\n")})
    assert b'<Metadata>{"is valid</Metadata>' in changed_xml["customizations.xml"]
    assert rewritten_members(export)["customizations.xml"] == xml


def test_a_setting_is_changed_where_it_is(made: Any) -> None:
    metadata = {"isvalid": True, "disableScreenshotCaptureOnError": False, LOGS: False}
    flow = flow_with(made, "SET A TO 1\r\n", metadata, {"childFlows": []})
    export = open_export(made.solution(flow))
    flags = {flow.id: {"disableScreenshotCaptureOnError": True, "unknown": True}}
    new = made.script(body=LOG)
    later = open_bytes(render_export(export, {flow.id: new}, flags=flags), "changed.zip")
    assert later.desktop_flows[0].metadata == {
        "isvalid": True, "disableScreenshotCaptureOnError": True, LOGS: True,
    }  # fmt: skip
    xml = changed_members(export, {}, flags=flags)["customizations.xml"]
    old = read_member(export, "customizations.xml")
    assert xml == old.replace(b'OnError":false', b'OnError":true')
    same = {flow.id: {"disableScreenshotCaptureOnError": False}}
    assert changed_members(export, {}, flags=same) == {}
    assert changed_members(export, {}, flags={"unknown": {"isvalid": False}}) == {}


def test_real_exports_say_what_their_scripts_use(corpus: Path) -> None:
    """The relation that changes follow, on every flow; and that none is disabled anywhere."""
    seen = {flag: [0, 0] for flag in FLAGS}
    for path in sorted((corpus / "solutions").glob("*.zip")):
        for flow in open_export(path).desktop_flows:
            uses = Uses.of(flow.script)
            for flag in FLAGS:
                if flag in (flow.metadata or {}):
                    assert flow.metadata[flag] is (flag in uses.flags), (path.name, flow.name)
                    seen[flag][flow.metadata[flag]] += 1
            for name, references in (
                ("childFlows", uses.child_flows), ("workQueues", uses.work_queues),
            ):  # fmt: skip
                assert set(flow.dependencies[name]) == set(references.enabled)
                assert len(flow.dependencies[name]) == len(references.enabled)
            assert not any(statement.disabled for statement in parse(flow.script).statements)
    assert seen == {CONNECTIONS: [50, 12], QUEUES: [50, 5], LOGS: [55, 0], CREDENTIALS: [37, 0]}


def test_child_flow_taken_out_of_a_real_flow(corpus: Path) -> None:
    export = open_export(corpus / "solutions" / "PADFramework_1_1_12501_241.zip")
    flow = next(flow for flow in export.desktop_flows if flow.dependencies["childFlows"])
    lines = flow.script.splitlines(keepends=True)
    kept = [line for line in lines if not re.match(r"\s*External\.RunFlow\b", line)]
    later = open_bytes(render_export(export, {flow.id: "".join(kept)}), "changed.zip")
    after = next(one for one in later.desktop_flows if one.id == flow.id)
    assert after.dependencies == {**flow.dependencies, "childFlows": []}
    assert after.metadata == flow.metadata
    back = changed_members(later, {flow.id: flow.script})["customizations.xml"]
    restored = open_bytes(
        render_export(later, {flow.id: flow.script}), "restored.zip"
    ).desktop_flows
    held = next(one for one in restored if one.id == flow.id).dependencies["childFlows"]
    assert set(held) == set(flow.dependencies["childFlows"])
    assert len(back) == len(read_member(export, "customizations.xml"))
