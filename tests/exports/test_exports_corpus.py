"""Every real export and script opens whole, and is written back to the byte."""

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from padguard.exports.model import Export, ExportKind
from padguard.exports.open import open_export, read_member
from padguard.exports.reconcile import changed_members, rewritten_members
from padguard.exports.save import render_export, save_export
from padguard.foundation.errors import SaveError
from padguard.robin.header import mark_edit
from padguard.robin.parser import parse, parse_header

SOLUTIONS = {
    "BuilderRiskService_1_0_0_1.zip": (0, 0, 0),
    "ConstructionFunding_1_0_0_2.zip": (2, 1, 0),
    "ConstructionFunding_1_0_0_5.zip": (2, 5, 0),
    "PADFramework_1_0_02407_1937.zip": (11, 0, 4),
    "PADFramework_1_0_12408_192.zip": (11, 0, 3),
    "PADFramework_1_1_02411_2210.zip": (13, 0, 0),
    "PADFramework_1_1_12501_241.zip": (13, 0, 0),
    "PADFramework_LocalConnectors_1_1_12501_241.zip": (10, 0, 0),
}
ELEMENT = re.compile(rb"<Workflow .*?</Workflow>", re.DOTALL)


def marked(script: str, name: str, sensitive: bool = True) -> str:
    edit = mark_edit(parse(script), {name: sensitive})
    assert edit is not None
    return script[: edit.start] + edit.text + script[edit.end :]


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def clear_inputs(export: Export) -> list[tuple[str, str]]:
    """Return flow and name of every input or output that is not sensitive."""
    found = []
    for flow in export.desktop_flows:
        header = parse_header(flow.script)
        sensitive = {name.casefold() for name in header.sensitive or ()}
        found += [
            (flow.id, declaration.name)
            for declaration in (*header.inputs, *header.outputs)
            if declaration.name.casefold() not in sensitive
        ]
    return found


@pytest.mark.parametrize("name", SOLUTIONS)
def test_solution_opens_whole(corpus: Path, name: str) -> None:
    export = open_export(corpus / "solutions" / name)
    assert export.problems == ()
    packages = sum(flow.has_package for flow in export.desktop_flows)
    assert (len(export.desktop_flows), len(export.cloud_flows), packages) == SOLUTIONS[name]
    assert all(flow.script.endswith("\r\n") for flow in export.desktop_flows)
    assert export.solution is not None
    assert not export.solution.managed
    assert name.startswith(export.solution.unique_name.replace("_LocalConnectors", ""))


def test_what_travels_along_is_read(corpus: Path) -> None:
    export = open_export(corpus / "solutions" / "PADFramework_1_1_12501_241.zip")
    assert [reference.logical_name for reference in export.connection_references] == [
        "def_PADFramework_Dataverse",
        "def_PADFramework_Office365Outlook",
        "def_PADFramework_SharePoint",
    ]
    assert [(table.name, table.audited, table.audited_columns) for table in export.entities] == [
        ("def_Config", False, 11),
        ("def_LogMessage", False, 13),
    ]
    types = {binary.type for binary in export.binaries}
    assert types == {
        "ConnectorDefinition", "ControlRepository", "DependenciesFile", "ImageRepository",
        "ManifestFile",
    }  # fmt: skip
    flow_ids = {flow.id for flow in export.desktop_flows}
    assert {binary.flow_id for binary in export.binaries} <= flow_ids


def test_screenshot_is_read_on_demand_whatever_its_name(corpus: Path) -> None:
    export = open_export(corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip")
    pictures = [b for b in export.binaries if b.type == "ControlRepositoryImageFile"]
    assert len(pictures) == 36
    assert {picture.mime_type for picture in pictures} == {"image/png"}
    untitled = next(p for p in pictures if p.data_member.endswith("/Untitled.txt"))
    assert read_member(export, untitled.data_member).startswith(b"\x89PNG")
    assert all(read_member(export, picture.data_member) for picture in pictures)


@pytest.mark.parametrize("name", SOLUTIONS)
def test_untouched_solution_is_written_to_the_byte(corpus: Path, name: str, tmp_path: Path) -> None:
    path = corpus / "solutions" / name
    export = open_export(path)
    assert render_export(export, {}) == path.read_bytes()
    same = {flow.id: flow.script for flow in export.desktop_flows}
    save_export(export, same, tmp_path / name)
    assert (tmp_path / name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", SOLUTIONS)
def test_payloads_are_encoded_as_the_designer_does(corpus: Path, name: str) -> None:
    export = open_export(corpus / "solutions" / name)
    rewritten = rewritten_members(export)
    assert bool(rewritten) == bool(export.desktop_flows)
    for member, data in rewritten.items():
        assert data == read_member(export, member), member


@pytest.mark.parametrize("name", [name for name, (flows, _, _) in SOLUTIONS.items() if flows])
def test_one_mark_changes_only_its_flow(corpus: Path, name: str) -> None:
    path = corpus / "solutions" / name
    export = open_export(path)
    flow_id, variable = clear_inputs(export)[0]
    flow = next(flow for flow in export.desktop_flows if flow.id == flow_id)
    script = marked(flow.script, variable)
    rendered = render_export(export, {flow_id: script})

    old, new = contents(path.read_bytes()), contents(rendered)
    assert list(old) == list(new)
    differing = {member for member in old if old[member] != new[member]}
    expected = {"customizations.xml"} | ({flow.json_member} if flow.has_package else set())
    assert differing == expected

    before, after = (ELEMENT.findall(data["customizations.xml"]) for data in (old, new))
    touched = [
        place for place, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1
    ]
    assert [flow_id.encode() in before[place] for place in touched] == [True]
    assert ELEMENT.sub(b"", old["customizations.xml"]) == ELEMENT.sub(
        b"", new["customizations.xml"]
    )

    again = open_export_bytes(rendered)
    assert {f.id: f.script for f in again.desktop_flows} == {
        **{f.id: f.script for f in export.desktop_flows}, flow_id: script,
    }  # fmt: skip
    assert again.problems == ()


@pytest.mark.parametrize("name", [name for name, (flows, _, _) in SOLUTIONS.items() if flows])
def test_marks_taken_away_in_a_later_session_restore_every_payload(corpus: Path, name: str) -> None:
    path = corpus / "solutions" / name
    export = open_export(path)
    scripts = {flow.id: flow.script for flow in export.desktop_flows}
    marks = clear_inputs(export)
    for flow_id, variable in marks:
        scripts[flow_id] = marked(scripts[flow_id], variable)
    later = open_export_bytes(render_export(export, scripts))
    for flow in later.desktop_flows:
        for payload in (flow.inputs, flow.outputs):
            for held in ((payload or {}).get("schema") or {"properties": {}})[
                "properties"
            ].values():
                assert (held["format"], held["value"]) == ("password", None)
    scripts = {flow.id: flow.script for flow in later.desktop_flows}
    for flow_id, variable in marks:
        scripts[flow_id] = marked(scripts[flow_id], variable, sensitive=False)
    assert scripts == {flow.id: flow.script for flow in export.desktop_flows}
    changed = changed_members(later, scripts)
    assert changed["customizations.xml"] == read_member(export, "customizations.xml")
    for member in changed.keys() - {"customizations.xml"}:
        old, new = json.loads(read_member(export, member)), json.loads(changed[member])
        for part in ("inputs", "outputs"):
            assert new["properties"][part] == old["properties"][part]


def test_legacy_package_changes_with_the_definition(corpus: Path) -> None:
    export = open_export(corpus / "solutions" / "PADFramework_1_0_02407_1937.zip")
    flow = next(flow for flow in export.desktop_flows if flow.name.endswith("BrowserLauncher"))
    script = marked(flow.script, "Input_URL")
    changed = changed_members(export, {flow.id: script})
    assert changed.keys() == {"customizations.xml", flow.json_member}
    old = json.loads(read_member(export, flow.json_member))
    new = json.loads(changed[flow.json_member])
    assert new["properties"]["inputs"]["schema"]["properties"]["Input_URL"]["format"] == "password"
    packages = [
        unpacked(content["properties"]["definition"].pop("package")) for content in (old, new)
    ]
    assert packages[1].pop("script.robin").decode("utf-16-le") == script
    assert packages[0].pop("script.robin").decode("utf-16-le") == flow.script
    assert packages[0] == packages[1]
    assert list(packages[0]) == ["controlRepo.appmask", "imageRepo.imgrepo", "flow.manifest"]
    assert new["properties"]["definition"] == old["properties"]["definition"]


def test_unpacked_folder_is_the_same_export(corpus: Path, tmp_path: Path) -> None:
    root = corpus / "unpacked" / "padframework-local"
    export = open_export(root)
    assert (export.kind, export.problems) == (ExportKind.FOLDER, ())
    assert len(export.desktop_flows) == 10
    for member, data in rewritten_members(export).items():
        assert data == (root / member).read_bytes(), member
    with pytest.raises(SaveError):
        render_export(export, {})
    save_export(export, {}, tmp_path / "copy")
    copied = {p.relative_to(tmp_path / "copy"): p.read_bytes() for p in files(tmp_path / "copy")}
    assert copied == {p.relative_to(root): p.read_bytes() for p in files(root)}


def test_one_mark_in_a_folder_writes_one_file(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "unpacked"
    shutil.copytree(corpus / "unpacked" / "padframework-local", root)
    root.chmod(0o755)
    for path in root.rglob("*"):
        path.chmod(0o755)
    before = {path: path.read_bytes() for path in files(root)}
    export = open_export(root)
    flow_id, variable = clear_inputs(export)[0]
    script = marked(next(f.script for f in export.desktop_flows if f.id == flow_id), variable)
    save_export(export, {flow_id: script}, root)
    after = {path: path.read_bytes() for path in files(root)}
    assert [path.name for path in after if after[path] != before.get(path)] == [
        "customizations.xml"
    ]
    assert before.keys() == after.keys()
    kept = tmp_path / "unpacked.bak" / "customizations.xml"
    assert kept.read_bytes() == before[root / "customizations.xml"]


def test_every_script_opens_and_is_written_to_the_byte(corpus: Path) -> None:
    scripts = files(corpus / "scripts")
    assert len(scripts) > 60
    for path in scripts:
        export = open_export(path)
        assert (export.kind, export.problems) == (ExportKind.SCRIPT, ())
        flow = export.desktop_flows[0]
        assert (flow.id, flow.name) == ("", path.stem)
        assert flow.script.encode() == path.read_bytes()
        assert render_export(export, {"": flow.script}) == path.read_bytes()
        assert rewritten_members(export) == {path.name: path.read_bytes()}


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def unpacked(package: str) -> dict[str, bytes]:
    import base64

    return contents(base64.b64decode(package))


def open_export_bytes(data: bytes) -> Export:
    from padguard.exports.open import open_bytes

    return open_bytes(data, "rendered.zip")
