"""Makes exports, in memory, with what flows refer to."""

import json
from pathlib import Path
from typing import Any

from tests.evaluation.exporting import Members

from padguard.analysis.cloud import desktop_runs
from padguard.exports.model import Binary, DesktopFlow, Export, ExportKind
from padguard.exports.open import open_export
from padguard.flow.build import build_flow
from padguard.governance.inventory import Inventory, take_inventory

HEADER = "@@ConnectionString: ''\r\n@@Type: 'Local'\r\nIMPORT 'controlRepo.appmask' AS appmask\r\n"
MARKS = "@SENSITIVE: []\r\n"
FIRST = "0a1b2c3d-0000-4000-8000-000000000001"
SECOND = "0a1b2c3d-0000-4000-8000-000000000002"
THIRD = "0a1b2c3d-0000-4000-8000-000000000003"
ELSEWHERE = "0a1b2c3d-0000-4000-8000-00000000000e"
QUEUE = "0a1b2c3d-0000-4000-8000-0000000000aa"


def stored(flow_id: str, body: str = "", name: str = "", **payloads: Any) -> DesktopFlow:
    """Return a desktop flow with some rows and payloads."""
    return DesktopFlow(flow_id, name or f"Flow {flow_id[-1]}", HEADER + MARKS + body, **payloads)


def made(*flows: DesktopFlow, data: dict[str, bytes] | None = None, **parts: Any) -> Export:
    """Return an export of some flows; ``data`` are its members, ``parts`` its other parts."""
    kind = parts.pop("kind", ExportKind.SOLUTION)
    members = Members(data or {})
    known = {"desktop_flows": flows, "members": members.names, "source": members, **parts}
    return Export(None, kind, "0" * 64, **known)


def json_binary(flow_id: str, kind: str, content: object, data: dict[str, bytes]) -> Binary:
    """Return a binary that holds JSON, and put its content into ``data``."""
    binary_id = f"{flow_id[:-2]}b{len(data)}"
    member = f"desktopflowbinaries/{binary_id}/data/{kind}_{binary_id}.json"
    data[member] = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Binary(binary_id, kind, kind, kind, flow_id, member)


def inventory_of(path: Path) -> Inventory:
    """Return the components of an export on disk."""
    export = open_export(path)
    flows = [build_flow(flow.id, flow.name, flow.script) for flow in export.desktop_flows]
    runs = [run for cloud in export.cloud_flows for run in desktop_runs(cloud)]
    return take_inventory(export, flows, runs)


def taken(export: Export, runs: Any = ()) -> Inventory:
    """Return the components of an export."""
    flows = [build_flow(flow.id, flow.name, flow.script) for flow in export.desktop_flows]
    return take_inventory(export, flows, runs)


def run_flow(flow_id: str) -> str:
    """Return a row that runs a desktop flow."""
    return f"External.RunFlow FlowId: '{flow_id}' WaitToComplete: True\r\n"
