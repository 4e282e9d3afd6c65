"""What rows, payloads and binaries refer to, each once, and where it is."""

import pytest
from tests.governance.inventory_making import (
    ELSEWHERE,
    FIRST,
    HEADER,
    MARKS,
    QUEUE,
    SECOND,
    json_binary,
    made,
    run_flow,
    stored,
    taken,
)

from padguard.analysis.cloud import CloudRun
from padguard.exports.model import (
    Binary,
    CloudFlow,
    ConnectionReference,
    DesktopFlow,
    EnvironmentVariable,
    ExportKind,
    MissingPart,
    SolutionPart,
)
from padguard.governance.components import ComponentType, Evidence, Presence

OFFICE = "/providers/Microsoft.PowerApps/apis/shared_office365"
INTERNAL = "0a1b2c3d-0000-4000-8000-0000000000cc"
SEND = (
    f"@@connectionDisplayName: 'Mail'\r\nExternal.InvokeCloudConnector Connection: '{INTERNAL}' "
    f"ConnectorId: '{OFFICE}' OperationId: 'SendEmailV2' @'emailMessage/To': $'''a@b.example'''\r\n"
)
CONNECTION = {
    "api": {"name": OFFICE},
    "connectionReferenceLogicalName": "abc_Mail",
    "displayName": "Our mail",
    "connectionDisplayName": "ada@example.com",
    "padInternalId": INTERNAL,
    "isEmbedded": False,
}


def only(inventory, kind):
    (component,) = inventory.of_type(kind)
    return component


def places(component):
    return [(use.flow_id, use.subflow, use.row) for use in component.rows]


def test_a_child_flow_in_the_export_and_one_elsewhere():
    rows = f"SET A TO 1\r\n@@flowname: 'Close the day'\r\n{run_flow(ELSEWHERE)}{run_flow(SECOND)}"
    inventory = taken(made(stored(FIRST, rows), stored(SECOND, name="Books")))
    books, close = inventory.of_type(ComponentType.CHILD_FLOW)
    assert (books.name, books.presence, places(books)) == (
        "Books",
        Presence.IN_EXPORT,
        [(FIRST, "Main", 3)],
    )
    assert (close.name, close.id, close.presence) == ("Close the day", ELSEWHERE, Presence.MISSING)
    assert places(close) == [(FIRST, "Main", 2)]


def test_ids_are_the_same_whatever_their_case_and_every_row_counts():
    rows = run_flow(SECOND) + run_flow(SECOND.upper())
    inventory = taken(made(stored(FIRST, rows), stored(SECOND)))
    assert len(only(inventory, ComponentType.CHILD_FLOW).rows) == 2


def test_what_a_variable_decides_is_listed_as_such():
    rows = "SET Which TO $'''x'''\r\nExternal.RunFlow FlowId: Which WaitToComplete: True\r\n"
    rows += "WorkQueues.GetWorkQueueItems WorkQueue: $'''%Which%''' WorkQueueItems=> Items\r\n"
    inventory = taken(made(stored(FIRST, rows)))
    for kind in (ComponentType.CHILD_FLOW, ComponentType.WORK_QUEUE):
        found = only(inventory, kind)
        assert (found.presence, found.written, found.id) == (Presence.RUN_TIME, "Which", "")
        assert "Which" in str(found.title)


def test_work_queue_named_by_annotation_and_by_the_solution():
    row = (
        f"@@'InputSummaryValue:WORKQUEUE': 'Noted'\r\n"
        f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{QUEUE}''' WorkQueueItems=> Items\r\n"
    )
    alone = only(taken(made(stored(FIRST, row))), ComponentType.WORK_QUEUE)
    assert (alone.name, alone.presence) == ("Noted", Presence.MISSING)
    part = SolutionPart("workqueue", QUEUE, "Invoices")
    held = only(taken(made(stored(FIRST, row), parts=(part,))), ComponentType.WORK_QUEUE)
    assert (held.name, held.presence) == ("Invoices", Presence.IN_EXPORT)


def test_actions_on_a_queue_item_name_no_queue():
    row = "WorkQueues.UpdateProcessingNotes.WithProcessingNotes WorkQueueItem: Item\r\n"
    assert taken(made(stored(FIRST, row))).components == ()


def test_disabled_rows_are_told_apart():
    rows = f"DISABLE {run_flow(ELSEWHERE)}"
    off = only(taken(made(stored(FIRST, rows))), ComponentType.CHILD_FLOW)
    assert off.only_disabled
    assert [use.disabled for use in off.rows] == [True]
    both = only(taken(made(stored(FIRST, rows + run_flow(ELSEWHERE)))), ComponentType.CHILD_FLOW)
    assert not both.only_disabled


def test_a_connection_is_known_by_its_logical_name():
    flow = stored(FIRST, SEND, connection_references=[CONNECTION])
    reference = ConnectionReference("abc_Mail", "Company mail", OFFICE)
    inventory = taken(made(flow, connection_references=(reference,)))
    found = only(inventory, ComponentType.CONNECTION_REFERENCE)
    assert (found.id, found.name, found.presence) == (
        "abc_Mail",
        "Company mail",
        Presence.IN_EXPORT,
    )
    assert {use.evidence for use in found.uses} == {
        Evidence.SCRIPT,
        Evidence.CONNECTION_REFERENCES,
    }
    assert [use.is_row for use in found.used_by] == [True]
    (connection,) = found.connections
    assert (connection.account, connection.embedded) == ("ada@example.com", False)
    connector = only(inventory, ComponentType.CONNECTOR)
    assert found.connector == connector.key
    assert (connector.name, connector.presence) == ("Office 365 Outlook", Presence.OUTSIDE)
    assert [use.detail for use in connector.rows] == ["SendEmailV2"]


def test_a_connection_without_payload_keeps_what_the_row_says():
    found = only(taken(made(stored(FIRST, SEND))), ComponentType.CONNECTION_REFERENCE)
    assert (found.id, found.name, found.presence) == (INTERNAL, "Mail", Presence.MISSING)


def test_payloads_alone_are_enough():
    flow = stored(
        FIRST,
        dependencies={
            "childFlows": [ELSEWHERE],
            "workQueues": [QUEUE],
            "environmentVariables": ["abc_Url"],
            "requiredBinaries": [f"{{{ELSEWHERE}}}"],
        },
        connection_references=[CONNECTION],
    )
    inventory = taken(made(flow))
    assert {one.type for one in inventory.components} == {
        ComponentType.CHILD_FLOW,
        ComponentType.WORK_QUEUE,
        ComponentType.ENVIRONMENT_VARIABLE,
        ComponentType.BINARY,
        ComponentType.CONNECTION_REFERENCE,
        ComponentType.CONNECTOR,
    }
    assert only(inventory, ComponentType.BINARY).presence is Presence.MISSING
    assert only(inventory, ComponentType.WORK_QUEUE).used_by[0].evidence is Evidence.DEPENDENCIES


@pytest.mark.parametrize(
    "payload",
    [None, [], "text", 3, {"childFlows": None}, {"childFlows": [1, None, {}]}, {"childFlows": {}}],
)
def test_payloads_of_another_shape_are_left_out(payload):
    flow = stored(FIRST, dependencies=payload, connection_references=payload, metadata=payload)
    assert taken(made(flow)).components == ()


def test_a_new_kind_of_dependency_is_told():
    inventory = taken(made(stored(FIRST, dependencies={"robots": ["x"], "empty": []})))
    (problem,) = inventory.problems
    assert "robots" in str(problem.message)


def test_credentials_by_literal_by_variable_and_by_flag():
    get = "PowerAutomateSecretVariables.GetCredential Credential: {} Timeout: 0 Credential=> C\r\n"
    named = only(taken(made(stored(FIRST, get.format("$'''Sap'''")))), ComponentType.CREDENTIAL)
    assert (named.id, named.name, named.presence) == ("Sap", "Sap", Presence.MISSING)
    decided = only(taken(made(stored(FIRST, get.format("Which")))), ComponentType.CREDENTIAL)
    assert decided.presence is Presence.RUN_TIME
    flags = {"containsActiveCredentialsActions": True}
    flagged = only(taken(made(stored(FIRST, metadata=flags))), ComponentType.CREDENTIAL)
    assert flagged.presence is Presence.UNKNOWN
    both = taken(made(stored(FIRST, get.format("$'''Sap'''"), metadata=flags)))
    assert only(both, ComponentType.CREDENTIAL).id == "Sap"


def test_credentials_listed_in_the_dependencies_file():
    data: dict[str, bytes] = {}
    listed = {"EnvironmentVariables": ["abc_Url"], "Credentials": [{"unknown": "shape"}]}
    binary = json_binary(FIRST, "DependenciesFile", listed, data)
    inventory = taken(made(stored(FIRST), data=data, binaries=(binary,)))
    assert only(inventory, ComponentType.CREDENTIAL).presence is Presence.UNKNOWN
    assert only(inventory, ComponentType.ENVIRONMENT_VARIABLE).id == "abc_Url"


def test_something_that_travels_is_found_by_its_id():
    row = f"Vault.GetCredential CredentialName: $'''{ELSEWHERE}''' Credential=> C\r\n"
    data = {f"credentials/{ELSEWHERE.upper()}/credential.xml": b""}
    found = only(taken(made(stored(FIRST, row), data=data)), ComponentType.CREDENTIAL)
    assert found.presence is Presence.IN_EXPORT


def test_environment_variables_of_the_platform_and_not_of_windows():
    rows = (
        "PowerAutomateEnvironment.GetEnvironmentVariable Variable: $'''abc_Url''' Value=> V\r\n"
        "System.GetEnvironmentVariable.GetEnvironmentVariable Name: $'''PATH''' Value=> W\r\n"
        f"External.InvokeCloudConnector Connection: '{INTERNAL}' "
        "ConnectorId: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps' "
        "OperationId: 'PerformUnboundActionWithOrganization' "
        "@actionName: $'''RetrieveEnvironmentVariableSecretValue''' "
        "@'item/EnvironmentVariableName': $'''abc_Key''' @Response=> R\r\n"
    )
    known = EnvironmentVariable("abc_Url", "Address", "String")
    inventory = taken(made(stored(FIRST, rows), environment_variables=(known,)))
    key, url = sorted(inventory.of_type(ComponentType.ENVIRONMENT_VARIABLE), key=lambda one: one.id)
    assert (key.id, key.presence) == ("abc_Key", Presence.MISSING)
    assert (url.id, url.name, url.presence) == ("abc_Url", "Address", Presence.IN_EXPORT)


def test_a_collection_is_used_where_its_elements_are():
    header = HEADER + (
        f"@@IsExternal: 'True'\r\n@@ExternalId: '{ELSEWHERE}'\r\n@@Type: 'Local'\r\n"
        "@@DisplayName: 'Portal'\r\n"
        "IMPORT 'external_controlRepository.appmask' AS appmask_external_1\r\n"
    )
    row = "SET A TO 1\r\nUIAutomation.Click Element: appmask_external_1['Page']['Button']\r\n"
    flow = DesktopFlow(FIRST, "Flow", header + MARKS + row)
    found = only(taken(made(flow)), ComponentType.UI_ELEMENTS)
    assert (found.id, found.name) == (ELSEWHERE, "Portal")
    assert places(found) == [(FIRST, "Main", 2)]
    assert not found.only_disabled


def test_custom_actions_by_manifest_and_by_row():
    row = "ContosoLedger.Post Amount: 3\r\n"
    alone = only(taken(made(stored(FIRST, row))), ComponentType.CUSTOM_ACTION)
    assert (alone.name, places(alone)) == ("ContosoLedger", [(FIRST, "Main", 1)])
    data: dict[str, bytes] = {}
    modules = [
        {
            "AssemblyName": "Contoso.Ledger.Actions",
            "Name": "ContosoLedger",
            "Id": ELSEWHERE,
            "PublicKeyToken": "0000000000000000",
        },
        {
            "AssemblyName": "Microsoft.Flow.RPA.Desktop.Modules.Text.Actions",
            "Name": "Text",
            "Id": "00000000-0000-0000-0000-000000000000",
            "PublicKeyToken": "31bf3856ad364e35",
        },
    ]
    binary = json_binary(FIRST, "ManifestFile", {"ModuleReferences": modules}, data)
    found = only(
        taken(made(stored(FIRST, row), data=data, binaries=(binary,))),
        ComponentType.CUSTOM_ACTION,
    )
    assert (found.id, found.name, places(found)) == (ELSEWHERE, "ContosoLedger", places(alone))


def test_a_module_of_the_product_that_the_catalogue_lacks_is_no_custom_action():
    data: dict[str, bytes] = {}
    module = {"AssemblyName": "Microsoft.Flow.RPA.Desktop.Modules.Next.Actions", "Name": "Next"}
    binary = json_binary(FIRST, "ManifestFile", {"ModuleReferences": [module]}, data)
    export = made(stored(FIRST, "Next.Thing A: 1\r\n"), data=data, binaries=(binary,))
    assert taken(export).of_type(ComponentType.CUSTOM_ACTION) == ()


def test_a_damaged_binary_costs_only_itself():
    data: dict[str, bytes] = {}
    binary = json_binary(FIRST, "ManifestFile", b"{", data)
    inventory = taken(made(stored(FIRST, run_flow(ELSEWHERE)), data=data, binaries=(binary,)))
    assert [problem.where for problem in inventory.problems] == [binary.data_member]
    assert inventory.of_type(ComponentType.CHILD_FLOW)


def test_a_binary_without_content_is_there_and_one_without_a_record_is_not():
    binary = Binary(ELSEWHERE, "ImageRepository", "n", "r", FIRST, "")
    flow = stored(FIRST, dependencies={"requiredBinaries": [ELSEWHERE, SECOND]})
    missing, held = taken(made(flow, binaries=(binary,))).of_type(ComponentType.BINARY)
    assert (held.name, held.presence) == ("ImageRepository", Presence.IN_EXPORT)
    assert (missing.id, missing.presence) == (SECOND, Presence.MISSING)


def test_cloud_flows_that_run_flows():
    cloud = CloudFlow("c1", "Nightly", "Workflows/c.json", {})
    runs = [
        CloudRun(cloud, "Run it", FIRST, (), secure_inputs=False, secure_outputs=False),
        CloudRun(cloud, "Run other", ELSEWHERE, (), secure_inputs=False, secure_outputs=False),
        CloudRun(cloud, "Run any", "", (), secure_inputs=False, secure_outputs=False),
    ]
    inventory = taken(made(stored(FIRST), cloud_flows=(cloud,)), runs)
    found = only(inventory, ComponentType.CLOUD_FLOW)
    assert (found.name, found.flow_ids) == ("Nightly", (FIRST,))
    assert [use.detail for use in found.uses] == ["Run it", "Run other", "Run any"]
    missing = only(inventory, ComponentType.CHILD_FLOW)
    assert (missing.id, missing.presence) == (ELSEWHERE, Presence.MISSING)


def test_what_solution_xml_says_is_missing():
    required = SolutionPart("29", ELSEWHERE, "Archive")
    missing = MissingPart(required, SolutionPart("29", FIRST))
    web_resource = MissingPart(SolutionPart("61", "icon.png"), SolutionPart("80", "app"))
    found = only(
        taken(made(stored(FIRST), missing=(missing, web_resource))), ComponentType.CHILD_FLOW
    )
    assert (found.name, found.presence, found.flow_ids) == ("Archive", Presence.MISSING, (FIRST,))


def test_bare_text_has_components_too():
    text = DesktopFlow("", "Copied", run_flow(ELSEWHERE))
    inventory = taken(made(text, kind=ExportKind.SCRIPT))
    assert only(inventory, ComponentType.CHILD_FLOW).flow_ids == ("",)


def test_a_machine_is_listed_where_the_header_names_one():
    text = HEADER.replace("'Local'", "'Citrix'\r\n@@DisplayName: 'Desk 4'", 1) + MARKS
    found = only(taken(made(DesktopFlow(FIRST, "Flow", text))), ComponentType.MACHINE)
    assert (found.name, found.presence) == ("Desk 4", Presence.OUTSIDE)


def test_keys_are_unique_and_stay_when_other_rows_change():
    rows = run_flow(SECOND) + run_flow(ELSEWHERE) + SEND
    before = taken(made(stored(FIRST, rows), stored(SECOND)))
    after = taken(made(stored(FIRST, "SET A TO 1\r\n" + SEND + rows), stored(SECOND)))
    assert len(before.by_key) == len(before.components)
    assert list(before.by_key) == list(after.by_key)
