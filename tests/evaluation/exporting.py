"""Makes an export, in memory, of a case of the evaluation set."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.evaluation.model import Case, CloudPart, ElementPart

from padguard.exports.model import (
    Binary,
    CloudFlow,
    DesktopFlow,
    EnvironmentVariable,
    Export,
    ExportKind,
    Problem,
)
from padguard.foundation.errors import SaveError
from padguard.foundation.messages import Message
from padguard.foundation.progress import Progress

NEVER_WRITTEN = Message("tests", "A made export is never written.")
_PICTURE = b"\x89PNG\r\n\x1a\n"


class Members:
    """The members of a made export; nothing of it is ever written."""

    kind = ExportKind.SOLUTION
    sha256 = "0" * 64
    problems: tuple[Problem, ...] = ()

    def __init__(self, data: Mapping[str, bytes]) -> None:
        self._data = data

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._data)

    def read(self, name: str) -> bytes:
        return self._data[name]

    def render(self, changes: Mapping[str, bytes], /) -> bytes:
        raise SaveError(NEVER_WRITTEN)

    def save(self, changes: Mapping[str, bytes], path: Path, progress: Progress) -> None:
        raise SaveError(NEVER_WRITTEN)


def make_export(case: Case) -> Export:
    """Return the export that a case describes."""
    if case.bare:
        (flow,) = case.flows
        stored = DesktopFlow(id="", name=flow.name, script=flow.script)
        return Export(None, ExportKind.SCRIPT, "0" * 64, desktop_flows=(stored,))
    binaries: list[Binary] = []
    data: dict[str, bytes] = {}
    ids = {flow.name: flow.id for flow in case.flows}
    for flow in case.flows:
        elements = [element for element in case.elements if element.flow == flow.name]
        if elements:
            binaries += _element_binaries(flow.id, elements, data)
    return Export(
        None,
        ExportKind.SOLUTION,
        "0" * 64,
        desktop_flows=tuple(
            DesktopFlow(
                id=flow.id,
                name=flow.name,
                script=flow.script,
                schema_version="2022.07",
                power_fx=flow.power_fx,
                metadata={"disableScreenshotCaptureOnError": not flow.screenshots_on_error},
            )
            for flow in case.flows
        ),
        cloud_flows=tuple(_cloud_flow(part, ids) for part in case.cloud_flows),
        binaries=tuple(binaries),
        environment_variables=tuple(
            EnvironmentVariable(
                part.schema_name, part.schema_name, part.type, part.default, part.value
            )
            for part in case.environment
        ),
        members=tuple(data),
        source=Members(data),
    )


def _cloud_flow(part: CloudPart, ids: Mapping[str, str]) -> CloudFlow:
    parameters: dict[str, str] = {"uiFlowId": ids.get(part.calls, ""), "runMode": "unattended"}
    parameters |= dict(part.arguments)
    run: dict[str, Any] = {
        "type": "OpenApiConnection",
        "inputs": {
            "host": {
                "apiId": "/providers/Microsoft.PowerApps/apis/shared_uiflow",
                "operationId": "RunUIFlow_V2",
            },
            "parameters": parameters,
        },
    }
    if part.secure:
        run["runtimeConfiguration"] = {"secureData": {"properties": list(part.secure)}}
    actions: dict[str, Any] = {"Run_a_flow": run}
    for number, name in enumerate(part.reads):
        actions[f"Compose_{number}"] = {
            "type": "Compose",
            "inputs": f"@outputs('Run_a_flow')?['{name}']",
        }
    definition = {"properties": {"definition": {"actions": actions}}}
    return CloudFlow(part.id, part.name, f"Workflows/{part.name}.json", definition)


def _element_binaries(
    flow_id: str, elements: list[ElementPart], data: dict[str, bytes]
) -> list[Binary]:
    screens: dict[str, list[dict[str, Any]]] = {}
    found: list[Binary] = []
    for number, element in enumerate(elements):
        path = ""
        if element.screenshot:
            path = f"controlRepo-screenshots\\{flow_id}-{number}.png"
            member = f"desktopflowbinaries/{flow_id}-{number}/data/Untitled.txt"
            data[member] = _PICTURE
            found.append(
                Binary(
                    id=f"{flow_id}-{number}",
                    type="ControlRepositoryImageFile",
                    name=path,
                    reference=path,
                    flow_id=flow_id,
                    data_member=member,
                    mime_type="image/png",
                )
            )
        screens.setdefault(element.screen, []).append(_control(element, path))
    repository = {
        "Screens": [{"Name": name, "Controls": controls} for name, controls in screens.items()],
        "Version": 1,
    }
    member = f"desktopflowbinaries/{flow_id}/data/ControlRepository_{flow_id}.json"
    data[member] = json.dumps(repository).encode()
    name = "controlRepo.appmask"
    found.append(Binary(flow_id, "ControlRepository", name, name, flow_id, member))
    return found


def _control(element: ElementPart, screenshot: str) -> dict[str, Any]:
    attributes = [
        {"Name": name, "Operation": "EqualTo", "Value": value, "Ignore": False, "IsOrdinal": False}
        for name, value in element.attributes
    ]
    return {
        "Name": element.name,
        "ElementTypeName": element.type_name,
        "ScreenshotPath": screenshot,
        "Selectors": [{"Elements": [{"Name": element.name, "Attributes": attributes}]}],
    }
