"""Makes a solution zip, shaped like a real one, of an export that exists in memory only."""

import json
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from padguard.exports.model import Binary, DesktopFlow, EnvironmentVariable, Export
from padguard.exports.open import read_member
from padguard.exports.schema import Variables, follow_header
from padguard.robin.parser import parse_header
from padguard.robin.tree import Header

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
import build_sample
from sample import solution
from sample.scripts import compact

_NO_HEADER = Header(None)
_TYPES = {"Text": 100000000, "Number": 100000001, "JSON": 100000003, "Secret": 100000005}


def zipped(export: Export) -> bytes:
    """Return the bytes of a solution zip that opens as the export."""
    workflows = "".join(
        [
            *(_desktop(flow, export.binaries) for flow in export.desktop_flows),
            *(
                solution._workflow(cloud.id, escape(cloud.name), 5, "")
                for cloud in export.cloud_flows
            ),
        ]
    )
    members = {
        "customizations.xml": solution.customizations_xml("", workflows, "", ""),
        "[Content_Types].xml": build_sample.content_types(),
        "solution.xml": solution.solution_xml([], []),
    }
    for flow in export.desktop_flows:
        members[solution.json_name(flow.id, flow.name)] = build_sample.STUB.encode()
    for cloud in export.cloud_flows:
        text = json.dumps(cloud.definition, indent=2)
        members[solution.json_name(cloud.id, cloud.name)] = text.encode()
    for binary in export.binaries:
        name = f"desktopflowbinaries/{binary.id}"
        file = binary.data_member.rsplit("/", 1)[-1]
        members[f"{name}/data/{file}"] = read_member(export, binary.data_member)
        members[f"{name}/desktopflowbinary.xml"] = _binary(binary, file)
    members |= dict(_variable(variable) for variable in export.environment_variables)
    return build_sample.archive(members)


def _desktop(flow: DesktopFlow, binaries: tuple[Binary, ...]) -> str:
    header = parse_header(flow.script)
    none: Any = {"schema": {"properties": {}, "type": "object"}}
    payloads = {
        "Metadata": flow.metadata,
        "Inputs": follow_header(none, Variables.inputs(_NO_HEADER), Variables.inputs(header)),
        "Outputs": follow_header(none, Variables.outputs(_NO_HEADER), Variables.outputs(header)),
        "Dependencies": {
            "childFlows": [],
            "requiredBinaries": [binary.id for binary in binaries if binary.flow_id == flow.id],
        },
        "ConnectionReferences": [],
        "Definition": flow.script,
    }
    elements = "".join(
        f"      <{tag}>{escape(compact(payload))}</{tag}>\n" for tag, payload in payloads.items()
    )
    kind = "      <UIFlowType>2</UIFlowType>\n"
    version = f"      <SchemaVersion>{flow.schema_version}</SchemaVersion>\n"
    return solution._workflow(
        flow.id, escape(flow.name, {'"': "&quot;"}), 6, kind + elements + version
    )


def _binary(binary: Binary, file: str) -> bytes:
    return solution.crlf(f"""\
<desktopflowbinary desktopflowbinaryid="{binary.id}">
  <data mimetype="{binary.mime_type}">{escape(file)}</data>
  <name>{escape(binary.name)}</name>
  <process>
    <workflowid>{binary.flow_id}</workflowid>
  </process>
  <reference>{escape(binary.reference)}</reference>
  <type>{binary.type}</type>
</desktopflowbinary>""")


def _variable(variable: EnvironmentVariable) -> tuple[str, bytes]:
    default = "" if variable.default is None else escape(variable.default)
    folder = f"environmentvariabledefinitions/{variable.schema_name}"
    return f"{folder}/environmentvariabledefinition.xml", solution.crlf(f"""\
<environmentvariabledefinition schemaname="{variable.schema_name}">
  <defaultvalue>{default}</defaultvalue>
  <displayname default="{escape(variable.display_name)}">
  </displayname>
  <type>{_TYPES.get(variable.type, 100000000)}</type>
</environmentvariabledefinition>""")
