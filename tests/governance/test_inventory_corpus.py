"""The inventory of real exports: it names what their payloads count, flow by flow."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from tests.governance.inventory_making import inventory_of

from padguard.governance.components import Component, ComponentType, Evidence, Presence
from padguard.governance.inventory import Inventory

ZIPS = [
    f"solutions/{name}.zip"
    for name in (
        "BuilderRiskService_1_0_0_1",
        "ConstructionFunding_1_0_0_2",
        "ConstructionFunding_1_0_0_5",
        "PADFramework_1_0_02407_1937",
        "PADFramework_1_0_12408_192",
        "PADFramework_1_1_02411_2210",
        "PADFramework_1_1_12501_241",
        "PADFramework_LocalConnectors_1_1_12501_241",
    )
]
FOLDER = "unpacked/padframework-local"
FRAMEWORK = "solutions/PADFramework_1_1_12501_241.zip"


def payloads(path: Path) -> dict[str, tuple[dict[str, list[str]], list[dict[str, object]]]]:
    """Return Dependencies and ConnectionReferences by flow, read without the product's help."""
    if path.is_dir():
        data = (path / "customizations.xml").read_bytes()
    else:
        with zipfile.ZipFile(path) as archive:
            data = archive.read("customizations.xml")
    root = etree.fromstring(data)
    return {
        (flow.get("WorkflowId") or "").strip("{}"): (
            json.loads(flow.findtext("Dependencies") or "{}"),
            json.loads(flow.findtext("ConnectionReferences") or "[]"),
        )
        for flow in root.iter("Workflow")
        if flow.findtext("Category") == "6"
    }


def by_rows(inventory: Inventory, flow_id: str, kind: ComponentType) -> list[Component]:
    return [
        component
        for component in inventory.of_flow(flow_id, kind)
        if any(use.is_row and use.flow_id == flow_id for use in component.uses)
    ]


@pytest.mark.parametrize("name", [*ZIPS, FOLDER])
def test_the_counts_equal_those_of_the_payloads_flow_by_flow(corpus: Path, name: str) -> None:
    path = corpus / name
    inventory = inventory_of(path)
    for flow_id, (dependencies, connections) in payloads(path).items():
        of_flow = {
            kind: inventory.of_flow(flow_id, kind)
            for kind in (
                ComponentType.CHILD_FLOW,
                ComponentType.WORK_QUEUE,
                ComponentType.ENVIRONMENT_VARIABLE,
                ComponentType.CONNECTION_REFERENCE,
            )
        }
        for kind, key in (
            (ComponentType.CHILD_FLOW, "childFlows"),
            (ComponentType.WORK_QUEUE, "workQueues"),
            (ComponentType.ENVIRONMENT_VARIABLE, "environmentVariables"),
        ):
            listed = dependencies.get(key, [])
            assert {component.id for component in of_flow[kind]} == set(listed)
            assert len(of_flow[kind]) == len(listed)
            assert len(by_rows(inventory, flow_id, kind)) == len(listed)
        references = of_flow[ComponentType.CONNECTION_REFERENCE]
        assert len(references) == len(connections)
        assert {component.id for component in references} == {
            entry["connectionReferenceLogicalName"] for entry in connections
        }
        rows = by_rows(inventory, flow_id, ComponentType.CONNECTION_REFERENCE)
        assert len(rows) == len(connections)
        required = dependencies.get("requiredBinaries", [])
        binaries = [
            component.id
            for component in inventory.of_flow(flow_id, ComponentType.BINARY)
            if any(
                use.evidence is Evidence.DEPENDENCIES and use.flow_id == flow_id
                for use in component.uses
            )
        ]
        assert sorted(binaries) == sorted(required)


@pytest.mark.parametrize("name", ZIPS)
def test_every_binary_of_the_container_is_listed(corpus: Path, name: str) -> None:
    path = corpus / name
    with zipfile.ZipFile(path) as archive:
        stored = {
            found[1]
            for member in archive.namelist()
            if (found := re.fullmatch(r"desktopflowbinaries/([^/]+)/desktopflowbinary.xml", member))
        }
    binaries = inventory_of(path).of_type(ComponentType.BINARY)
    assert {component.id for component in binaries} == stored
    assert all(component.presence is Presence.IN_EXPORT for component in binaries)


def test_the_framework_in_full(corpus: Path) -> None:
    inventory = inventory_of(corpus / FRAMEWORK)
    assert len(inventory.of_type(ComponentType.CHILD_FLOW)) == 8
    assert all(one.in_export for one in inventory.of_type(ComponentType.CHILD_FLOW))
    (queue,) = inventory.of_type(ComponentType.WORK_QUEUE)
    assert (queue.name, queue.presence) == ("WorkItem", Presence.IN_EXPORT)
    assert [(use.subflow, use.row) for use in queue.rows] == [
        ("ProcessWorkItems", 6),
        ("InsertWorkItem", 7),
    ]
    connectors = inventory.of_type(ComponentType.CONNECTOR)
    assert {(one.id, one.name) for one in connectors} == {
        ("shared_commondataserviceforapps", "Microsoft Dataverse"),
        ("shared_office365", "Office 365 Outlook"),
        ("shared_sharepointonline", "SharePoint"),
    }
    operations = {use.detail for one in connectors for use in one.rows}
    assert operations == {
        "CreateRecordWithOrganization",
        "GetItems",
        "ListRecordsWithOrganization",
        "PostItem",
        "SendEmailV2",
    }
    for reference in inventory.of_type(ComponentType.CONNECTION_REFERENCE):
        assert reference.in_export
        assert reference.connector in {one.key for one in connectors}
        assert {one.embedded for one in reference.connections} == {False}
    assert inventory.of_type(ComponentType.CUSTOM_ACTION, ComponentType.CREDENTIAL) == ()
    assert inventory.problems == ()


def test_cloud_flows_and_what_the_solution_misses(corpus: Path) -> None:
    inventory = inventory_of(corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip")
    assert [one.name for one in inventory.of_type(ComponentType.CLOUD_FLOW)] == [
        "CF Manage Inspection Process",
        "CF Manage Woodgrove Funding Process",
    ]
    (missing,) = inventory.of_type(ComponentType.CONNECTOR)
    assert (missing.name, missing.presence) == ("Builder Risk Service", Presence.MISSING)
