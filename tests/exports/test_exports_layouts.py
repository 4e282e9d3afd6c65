"""Solutions unpacked for source control: every workflow's element in a file of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from padguard.exports.model import EnvironmentVariable, Export, ExportKind
from padguard.exports.open import open_export, read_member
from padguard.exports.reconcile import changed_members, rewritten_members
from padguard.exports.save import save_export
from padguard.foundation.errors import OpenError

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
VARIABLE = """<environmentvariabledefinition schemaname="made_{name}">
  <defaultvalue>{default}</defaultvalue>
  <displayname default="{name} of all">
    <label description="{name} of all" languagecode="1033" />
  </displayname>
  <secretstore>0</secretstore>
  <type>{type}</type>
</environmentvariabledefinition>"""
TABLE = (
    '<Entity><Name LocalizedName="Loan">made_Loan</Name><EntityInfo><entity Name="made_Loan">'
    '<attributes><attribute PhysicalName="A"><IsAuditEnabled>1</IsAuditEnabled></attribute>'
    '<attribute PhysicalName="B"><IsAuditEnabled>0</IsAuditEnabled></attribute></attributes>'
    "<IsAuditEnabled>1</IsAuditEnabled></entity></EntityInfo></Entity>"
)


def split_members(made: Any, *flows: Any) -> dict[str, bytes]:
    """Return the members of a solution as a tool for source control unpacks them."""
    members = made.members(*flows)
    solution = members["solution.xml"].replace(b"<Managed>0", b"<Managed>1")
    split = {
        "Other/Solution.xml": DECLARATION.encode() + solution,
        "Other/Customizations.xml": (DECLARATION + "<ImportExportXml><Workflows />"
            '<connectionreferences><connectionreference connectionreferencelogicalname="made_mail">'
            "<connectionreferencedisplayname>Mail</connectionreferencedisplayname>"
            "<connectorid>/providers/shared_office365</connectorid></connectionreference>"
            "</connectionreferences></ImportExportXml>").encode(),
        "Entities/Loan/Entity.xml": (DECLARATION + TABLE).encode(),
    }  # fmt: skip
    for flow in flows:
        element = DECLARATION + flow.element("").replace("\r\n", "\n").strip()
        split[f"{flow.json_member}.data.xml"] = element.encode()
        split[flow.json_member] = json.dumps(json.loads(flow.json()), indent=2).encode()
    return split


@pytest.fixture
def root(made: Any) -> Path:
    folder: Path = made.unpack(
        split_members(
            made,
            made.Flow(package=made.package(made.script())),
            made.Flow(number=2, name="Second"),
        )
    )
    return folder


def test_opens_like_any_other(root: Path) -> None:
    export = open_export(root)
    assert (export.kind, export.problems) == (ExportKind.FOLDER, ())
    assert [flow.name for flow in export.desktop_flows] == ["Greeter", "Second"]
    assert export.desktop_flows[0].xml_member.endswith(".json.data.xml")
    assert export.solution is not None
    assert (export.solution.name, export.solution.managed) == ("Made up", True)
    assert [reference.display_name for reference in export.connection_references] == ["Mail"]
    table = export.entities[0]
    assert (table.name, table.audited, table.columns, table.audited_columns) == (
        "made_Loan", True, 2, 1,
    )  # fmt: skip


def test_mark_changes_the_files_of_its_flow(made: Any, root: Path) -> None:
    export = open_export(root)
    flow = export.desktop_flows[0]
    for name, data in rewritten_members(export).items():
        assert data == read_member(export, name), name
    changed = changed_members(export, {flow.id: made.script("User")})
    assert sorted(changed) == [flow.json_member, flow.xml_member]
    save_export(export, {flow.id: made.script("User")}, root)
    again = open_export(root).desktop_flows[0]
    assert again.script == made.script("User")
    assert again.inputs["schema"]["properties"]["User"]["format"] == "password"
    old = json.loads(read_member(export, flow.json_member))
    text = (root / flow.json_member).read_text("utf-8")
    assert text == json.dumps(json.loads(text), indent=2)
    assert json.loads(text).keys() == old.keys()


def test_one_damaged_file_costs_one_flow(root: Path) -> None:
    broken = next(root.glob("Workflows/Greeter*.data.xml"))
    broken.write_bytes(broken.read_bytes()[:-30])
    export = open_export(root)
    names = [flow.name for flow in export.desktop_flows]
    assert "Second" in names
    assert export.problems[0].where == broken.relative_to(root).as_posix()


@pytest.mark.parametrize("base", ["src", "solutions/Made/src"])
def test_found_within_a_project(made: Any, base: str) -> None:
    members = split_members(made, made.Flow())
    project = {f"{base}/{name}": data for name, data in members.items()} | {"README.md": b"# x"}
    export = open_export(made.unpack(project, "project"))
    assert export.problems == ()
    flow = export.desktop_flows[0]
    assert flow.xml_member.startswith(f"{base}/Workflows/")
    assert export.solution is not None
    save_export(export, {flow.id: made.script("User")}, made.folder / "project")
    assert open_export(made.folder / "project").desktop_flows[0].script == made.script("User")


def test_several_solutions_are_not_guessed_between(made: Any) -> None:
    members = split_members(made, made.Flow())
    both = {f"{base}/{name}": data for base in ("one", "two") for name, data in members.items()}
    with pytest.raises(OpenError, match=r"one.*two"):
        open_export(made.unpack(both, "both"))


def test_without_any_solution_file(made: Any) -> None:
    members = split_members(made, made.Flow())
    bare = {name: data for name, data in members.items() if name.startswith("Workflows/")}
    export = open_export(made.unpack(bare, "bare"))
    assert (len(export.desktop_flows), export.solution, export.problems) == (1, None, ())


def test_zip_of_such_a_folder(made: Any) -> None:
    export = open_export(made.write(made.zip(split_members(made, made.Flow())), "source.zip"))
    assert (export.kind, export.problems) == (ExportKind.SOLUTION, ())
    assert [flow.name for flow in export.desktop_flows] == ["Greeter"]


def test_fingerprint_of_a_folder(made: Any, root: Path) -> None:
    export = open_export(root)
    assert open_export(root).sha256 == export.sha256
    (root / "README.md").write_text("more", "utf-8")
    assert open_export(root).sha256 != export.sha256


def variables(made: Any, **members: bytes) -> tuple[EnvironmentVariable, ...]:
    found = {
        f"environmentvariabledefinitions/made_{name.replace('__', '/environmentvariable')}": data
        for name, data in members.items()
    }
    renamed = {name.replace("definition_", "definition.").replace("values_", "values."): data
        for name, data in found.items()}  # fmt: skip
    return open_clean(made, renamed).environment_variables


def open_clean(made: Any, members: dict[str, bytes]) -> Export:
    export = open_export(made.solution(members=members))
    assert export.problems == ()
    return export


def test_environment_variables(made: Any) -> None:
    found = variables(
        made,
        Mail__definition_xml=VARIABLE.format(name="Mail", default="a@b", type=100000000).encode(),
        Mail__values_json=b'{"environmentvariablevalues":{"environmentvariablevalue":'
        b'{"@environmentvariablevalueid":"1","iscustomizable":"1","value":"c@d"}}}',
        Key__definition_xml=VARIABLE.format(name="Key", default="", type=100000005).encode(),
        New__definition_xml=VARIABLE.format(name="New", default="1", type=100000099).encode(),
        New__values_json=b'{"something":"else"}',
    )
    assert found == (
        EnvironmentVariable("made_Mail", "Mail of all", "String", "a@b", "c@d"),
        EnvironmentVariable("made_Key", "Key of all", "Secret", "", None),
        EnvironmentVariable("made_New", "New of all", "100000099", "1", None),
    )
    assert "a@b" not in repr(found)
    assert "c@d" not in repr(found)


def test_power_fx_and_shared_data(made: Any) -> None:
    flow = made.Flow()

    def binary(number: int, kind: str, data: str, mime: str = "") -> bytes:
        mime_element = f"<mimetype>{mime}</mimetype>" if mime else ""
        return (
            f'<desktopflowbinary desktopflowbinaryid="{number}">'
            f'<data mimetype="application/json">{data}</data><name>n</name>{mime_element}'
            f"<process><workflowid>{flow.id}</workflowid></process><reference>r</reference>"
            f"<type>{kind}</type></desktopflowbinary>"
        ).encode()

    base = "desktopflowbinaries"
    members = {
        f"{base}/1/desktopflowbinary.xml": binary(1, "ManifestFile", "Manifest_1.json"),
        f"{base}/1/data/Manifest_1.json": b'{"PowerFxEnabled":true}',
        f"{base}/2/desktopflowbinary.xml": binary(2, "ConnectorDefinition", "Connector_9.json"),
        f"{base}/3/desktopflowbinary.xml": binary(
            3, "ConnectorDefinition", "Connector_9.json", "a/b"
        ),
        f"{base}/3/data/Connector_9.json": b"{}",
    }
    export = open_clean(made, members)
    assert export.desktop_flows[0].power_fx
    shared = f"{base}/3/data/Connector_9.json"
    assert [(b.id, b.data_member, b.mime_type) for b in export.binaries[1:]] == [
        ("2", shared, "application/json"), ("3", shared, "a/b"),
    ]  # fmt: skip
    del members[f"{base}/1/data/Manifest_1.json"]
    export = open_clean(made, members)
    assert not export.desktop_flows[0].power_fx
    assert export.binaries[0].data_member == ""
