"""Fixtures for the tests of exports: solutions of the tests' own making."""

import base64
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLOW_ID = "0a1b2c3d-0000-4000-8000-00000000000{}"
HEADER = (
    "@@ConnectionString: ''\r\n@@Type: 'Local'\r\n"
    "IMPORT 'controlRepo.appmask' AS appmask\r\nIMPORT 'imageRepo.imgrepo' AS imgrepo\r\n"
    "@SENSITIVE: [{sensitive}]\r\n"
)
INPUT = (
    "@INPUT {name} : {{ 'Description': '', 'FriendlyName': '{name}', 'Type': '{type}', "
    "'IsOptional': False, 'DefaultValue': {default} }} \r\n"
)
OUTPUT = "@OUTPUT {name} : {{ 'Description': '', 'FriendlyName': '{name}', 'Type': 'String' }} \r\n"
BODY = "SET Greeting TO $'''Hello <&> \\\"%User%\\\" ü'''\r\nCALL Finish\r\n"


def make_script(
    sensitive: str = "",
    inputs: tuple[tuple[str, str, str], ...] = (("User", "String", "'Ada'"),),
    outputs: tuple[str, ...] = ("Result",),
    body: str = BODY,
) -> str:
    """Return a script with a header, as exports hold it."""
    lines = [HEADER.format(sensitive=sensitive)]
    lines += [INPUT.format(name=name, type=kind, default=text) for name, kind, text in inputs]
    lines += [OUTPUT.format(name=name) for name in outputs]
    return "".join([*lines, body])


def make_schema(
    inputs: Mapping[str, tuple[str, Any]], sensitive: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return an Inputs payload: type and value by name."""
    properties = {
        name: {
            "isOptional": False,
            "default": "",
            "description": "",
            "format": "password" if name in sensitive else None,
            "title": name,
            "type": kind,
            "value": None if name in sensitive else value,
        }
        for name, (kind, value) in inputs.items()
    }
    return {"schema": {"required": list(inputs), "properties": properties, "type": "object"}}


def make_outputs(*names: str) -> dict[str, Any]:
    """Return an Outputs payload."""
    keys = {"default": "", "description": "", "format": None}
    properties = {name: {**keys, "title": name, "type": "string", "value": None} for name in names}
    return {"schema": {"properties": properties, "type": "object"}}


def compact(value: object) -> str:
    """Return JSON as exports hold it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def escape(text: str) -> str:
    """Return text as XML content, as exports hold it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def make_package(script: str) -> str:
    """Return a legacy package in base64."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("script.robin", script),
            ("controlRepo.appmask", "{}"),
            ("imageRepo.imgrepo", "{}"),
            ("flow.manifest", "{}"),
        ):
            archive.writestr(
                zipfile.ZipInfo(name, (2024, 4, 25, 16, 45, 50)), text.encode("utf-16-le")
            )
    return base64.b64encode(stream.getvalue()).decode("ascii")


@dataclass
class MadeFlow:
    """A desktop flow of a made solution; every part can be set by a test."""

    number: int = 1
    name: str = "Greeter"
    script: str = field(default_factory=make_script)
    inputs: Any = field(default_factory=lambda: make_schema({"User": ("string", "Ada")}))
    outputs: Any = field(default_factory=lambda: make_outputs("Result"))
    definition: str | None = None
    package: str = ""
    with_definition: bool = True
    metadata: Any = field(default_factory=lambda: {"isvalid": True})
    dependencies: Any = field(default_factory=lambda: {"childFlows": []})
    extra: str = ""

    @property
    def id(self) -> str:
        """The id of the flow."""
        return FLOW_ID.format(self.number)

    @property
    def json_member(self) -> str:
        """The name of its JSON member."""
        return f"Workflows/{self.name}-{self.id.upper()}.json"

    def element(self, indent: str = "    ") -> str:
        """Return its ``<Workflow>`` element."""
        parts = [
            f"<JsonFileName>/{self.json_member}</JsonFileName>",
            "<Type>1</Type>",
            "<Category>6</Category>",
            "<UIFlowType>2</UIFlowType>",
        ]
        if self.with_definition:
            text = compact(self.script) if self.definition is None else self.definition
            parts += [
                f"<Metadata>{escape(compact(self.metadata))}</Metadata>",
                f"<Inputs>{escape(compact(self.inputs))}</Inputs>",
                f"<Outputs>{escape(compact(self.outputs))}</Outputs>",
                f"<Dependencies>{escape(compact(self.dependencies))}</Dependencies>",
                "<ConnectionReferences>[]</ConnectionReferences>",
                f"<Definition>{escape(text)}</Definition>",
                "<SchemaVersion>2022.07</SchemaVersion>",
            ]
        parts.append(f"{self.extra}<PrimaryEntity>none</PrimaryEntity>")
        inner = "".join(f"{indent}  {part}\r\n" for part in parts)
        head = f'<Workflow WorkflowId="{{{self.id}}}" Name="{escape(self.name)}"'
        return f"{indent}{head}>\r\n{inner}{indent}</Workflow>\r\n"

    def json(self) -> str:
        """Return its JSON member."""
        if not self.package:
            empty = {"schema": {"properties": {}, "type": "object"}}
            properties = {"definition": {"package": ""}, "inputs": empty, "outputs": empty}
            return compact({"properties": properties, "schemaversion": "ROBIN_202208_DVRS"})
        return compact(
            {
                "clientversion": "2.21.244.22174",
                "properties": {
                    "definition": {"isvalid": True, "name": self.name, "package": self.package},
                    "inputs": self.inputs,
                    "outputs": self.outputs,
                },
                "schemaversion": "ROBIN_20211012",
            }
        )


@dataclass
class MadeCloud:
    """A cloud flow of a made solution."""

    text: str
    number: int = 9
    name: str = "Nightly"

    @property
    def id(self) -> str:
        """The id of the flow."""
        return FLOW_ID.format(self.number)

    @property
    def json_member(self) -> str:
        """The name of its JSON member."""
        return f"Workflows/{self.name}-{self.id.upper()}.json"

    def element(self, indent: str = "    ") -> str:
        """Return its ``<Workflow>`` element."""
        parts = [f"<JsonFileName>/{self.json_member}</JsonFileName>", "<Category>5</Category>"]
        inner = "".join(f"{indent}  {part}\r\n" for part in parts)
        head = f'<Workflow WorkflowId="{{{self.id}}}" Name="{escape(self.name)}"'
        return f"{indent}{head}>\r\n{inner}{indent}</Workflow>\r\n"

    def json(self) -> str:
        """Return its JSON member."""
        return self.text


def make_members(*flows: MadeFlow | MadeCloud) -> dict[str, bytes]:
    """Return the members of a solution with these flows."""
    elements = "".join(flow.element() for flow in flows)
    customizations = (
        '<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\r\n'
        "  <Entities></Entities>\r\n  <Workflows>\r\n"
        f"{elements}  </Workflows>\r\n  <Languages>\r\n    <Language>1033</Language>\r\n"
        "  </Languages>\r\n</ImportExportXml>"
    )
    solution = (
        "<ImportExportXml><SolutionManifest><UniqueName>Made</UniqueName><LocalizedNames>"
        '<LocalizedName description="Made up" languagecode="1033" /></LocalizedNames>'
        "<Version>1.2.3.4</Version><Managed>0</Managed><Publisher><UniqueName>maker</UniqueName>"
        "</Publisher></SolutionManifest></ImportExportXml>"
    )
    return {
        "customizations.xml": customizations.encode(),
        "[Content_Types].xml": b"\xef\xbb\xbf<Types />",
        "solution.xml": solution.encode(),
        **{flow.json_member: flow.json().encode() for flow in flows},
    }


def make_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2025, 1, 2, 3, 4, 6)), data, zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()


class Made:
    """Makes solutions in memory and on disk."""

    Flow = MadeFlow
    Cloud = MadeCloud
    script = staticmethod(make_script)
    schema = staticmethod(make_schema)
    outputs = staticmethod(make_outputs)
    package = staticmethod(make_package)
    members = staticmethod(make_members)
    zip = staticmethod(make_zip)
    compact = staticmethod(compact)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def solution(
        self, *flows: MadeFlow | MadeCloud, members: Mapping[str, bytes | None] | None = None
    ) -> Path:
        """Write a solution zip; ``members`` are added, replaced, or left out where None."""
        all_members = {**make_members(*(flows or (MadeFlow(),))), **(members or {})}
        return self.write(make_zip({k: v for k, v in all_members.items() if v is not None}))

    def write(self, data: bytes, name: str = "Made_1_2_3_4.zip") -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_bytes(data)
        return path

    def unpack(self, members: Mapping[str, bytes], name: str = "made") -> Path:
        """Write members as a folder."""
        root = self.folder / name
        for member, data in members.items():
            path = root / member
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return root


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a maker of solutions, in a folder of this test."""
    folder = tmp_path / "made-up"
    folder.mkdir()
    return Made(folder)
