"""Reads the sample's Robin scripts and derives what an export says about them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

HERE = Path(__file__).resolve().parent
SCHEMA = (
    "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
    "workflowdefinition.json#"
)
JSON_TYPES = {
    "String": "string",
    "Numeric": "number",
    "Bool": "boolean",
    "List": "array",
    "CustomObject": "object",
}
DECLARATION = re.compile(
    r"^@(?P<kind>INPUT|OUTPUT) (?P<name>\w+) : "
    r"\{ 'Description': (?P<description>'''.*?'''|'[^'\n]*'), 'FriendlyName': '(?P<title>\w+)', "
    r"'Type': '(?P<type>\w+)'(?:, 'IsOptional': (?P<optional>True|False), "
    r"'DefaultValue': (?P<default>[^\n]*?))? \}",
    re.MULTILINE | re.DOTALL,
)

MODULE = re.compile(r"(?:^ *(?:DISABLE )?|(?:IF|WHILE|WAIT) \()([A-Z]\w+)(?:\.\w+)+ ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SampleFlow:
    """One desktop flow of the sample; ``text`` is its script as an export holds it."""

    id: str
    name: str
    text: str

    @property
    def sensitive(self) -> list[str]:
        """The variables that the script marks."""
        names = re.findall(r"^@SENSITIVE: \[(.*)\]", self.text, re.MULTILINE)[0]
        return [name for name in names.split(", ") if name]

    def part_id(self, part: str) -> str:
        """Return an id for a part of the flow, always the same one."""
        return str(uuid5(UUID(self.id), part))


def load(flow_id: str, name: str, file: str) -> SampleFlow:
    """Read a script, with the line breaks and trailing blanks that the designer writes."""
    text = (HERE / file).read_text(encoding="utf-8")
    text = DECLARATION.sub(lambda match: match[0] + " ", text)
    return SampleFlow(flow_id, name, text.replace("\n", "\r\n"))


def compact(payload: object) -> str:
    """Return JSON as the payloads of customizations.xml are written."""
    return json.dumps(payload, separators=(",", ":"), ensure_ascii=False)


def _value(literal: str) -> str:
    if literal == "[]":
        return "[\r\n]\r\n"
    return literal.strip("'")


def _property(match: re.Match[str], sensitive: list[str]) -> dict[str, Any]:
    marked = match["name"] in sensitive
    optional = {} if match["optional"] is None else {"isOptional": match["optional"] == "True"}
    default = match["default"]
    return optional | {
        "default": "",
        "description": match["description"].strip("'"),
        "format": "password" if marked else None,
        "title": match["title"],
        "type": JSON_TYPES[match["type"]],
        "value": None if marked or default is None else _value(default),
    }


def interface(flow: SampleFlow, kind: str) -> dict[str, Any]:
    """Return the Inputs (kind ``INPUT``) or Outputs (``OUTPUT``) payload of a flow."""
    found = [match for match in DECLARATION.finditer(flow.text) if match["kind"] == kind]
    properties = {match["title"]: _property(match, flow.sensitive) for match in found}
    schema: dict[str, Any] = {"properties": properties, "type": "object"}
    if kind == "INPUT":
        required = [title for title, entry in properties.items() if not entry.get("isOptional")]
        schema = {"required": required} | schema
    return {"schema": schema}


def metadata(flow: SampleFlow) -> dict[str, Any]:
    """Return the Metadata payload of a flow."""
    return {
        "clientversion": "2.52.62.25009",
        "isvalid": True,
        "$schema": SCHEMA,
        "schemaVersion": "ROBIN_20211012",
        "containsActiveConnections": "External.InvokeCloudConnector" in flow.text,
        "containsGptPredictActions": False,
        "containsActiveCopilotActions": False,
        "containsActiveWorkQueuesActions": "WorkQueues." in flow.text,
        "containsActiveLogMessageActions": "Logging.LogMessage" in flow.text,
        "containsActiveCredentialsActions": False,
        "multipleRequestsState": 0,
        "scriptType": 0,
        "disableScreenshotCaptureOnError": False,
        "missingUiElementRepairType": None,
        "flowTimeout": None,
    }


def _unique(found: list[str]) -> list[str]:
    return list(dict.fromkeys(found))


def dependencies(flow: SampleFlow, binaries: list[str]) -> dict[str, list[str]]:
    """Return the Dependencies payload of a flow that needs some binaries."""
    return {
        "childFlows": _unique(re.findall(r"External\.RunFlow FlowId: '([^']+)'", flow.text)),
        "workQueues": _unique(re.findall(r"WorkQueue: \$'''([^']+)'''", flow.text)),
        "environmentVariables": [],
        "requiredBinaries": binaries,
    }


def connectors(flow: SampleFlow) -> list[str]:
    """Return the ids of the cloud connectors that a flow invokes."""
    return _unique(re.findall(r"ConnectorId: '([^']+)'", flow.text))


def _version(major: int, minor: int, build: int, revision: int) -> dict[str, int]:
    return {
        "Major": major,
        "Minor": minor,
        "Build": build,
        "Revision": revision,
        "MajorRevision": 0,
        "MinorRevision": revision,
    }


def manifest(flow: SampleFlow) -> dict[str, Any]:
    """Return the content of the flow's manifest file."""
    modules = _unique(MODULE.findall(flow.text))
    return {
        "CreatedEngineVersion": _version(2, 15, 293, 25009),
        "ModuleReferences": [
            {
                "AssemblyName": f"Microsoft.Flow.RPA.Desktop.Modules.{module}.Actions",
                "Name": module,
                "Id": str(UUID(int=0)),
                "PublicKeyToken": "31bf3856ad364e35",
                "Type": 1,
                "Version": _version(1, 0, 0, 0),
            }
            for module in modules
            if module != "External"
        ],
        "ConnectorReferences": [
            {
                "ConnectorId": connector,
                "ConnectorName": connector.rsplit("/", 1)[-1],
                "IsCustom": False,
                "Locale": "en-US",
            }
            for connector in connectors(flow)
        ],
        "PowerFxEnabled": False,
        "EngineVersion": _version(2, 15, 293, 25009),
        "PowerFxVersion": _version(1, 10, 20241004, 2),
    }
