"""The bundled sample: built the same anywhere, and shaped like a real export."""

import json
import struct
import zipfile
import zlib
from pathlib import Path
from types import ModuleType

import pytest

from padguard.catalog.lookup import load
from padguard.exports.open import open_export
from padguard.flow.build import build_flow
from padguard.flow.model import Sensitivity
from padguard.robin.tree import Role

PACKAGING = Path(__file__).resolve().parent.parent / "packaging"
CHILD_FLOW_ACTIONS = {"External.RunFlow", "External.InvokeCloudConnector"}


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import build_sample

    return build_sample


def test_members_are_what_the_scripts_build(builder: ModuleType, sample: Path) -> None:
    with zipfile.ZipFile(sample) as archive:
        stored = {info.filename: archive.read(info) for info in archive.infolist()}
    built = builder.members()
    assert list(stored) == list(built)
    assert stored == built


@pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="zlib-ng deflates in its own way")
def test_bytes_are_what_the_scripts_build(builder: ModuleType, sample: Path) -> None:
    assert sample.read_bytes() == builder.archive(builder.members())


def shape(path: Path) -> set[tuple[object, ...]]:
    """Return how the members of a zip are stored, apart from names, dates and sizes."""
    raw = path.read_bytes()
    found: set[tuple[object, ...]] = set()
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            start = info.header_offset
            name, extra = struct.unpack("<HH", raw[start + 26 : start + 30])
            local = raw[start + 30 + name : start + 30 + name + extra]
            attributes = (info.external_attr, info.internal_attr, info.create_system)
            versions = (info.create_version, info.extract_version, info.compress_type)
            found.add((local, info.flag_bits, info.extra, *attributes, *versions))
    return found


def test_zip_is_shaped_like_a_real_one(sample: Path, corpus: Path) -> None:
    real = corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip"
    assert shape(sample) == shape(real)
    with zipfile.ZipFile(sample) as ours, zipfile.ZipFile(real) as theirs:
        first = "customizations.xml", "[Content_Types].xml", "solution.xml"
        assert tuple(ours.namelist()[:3]) == tuple(theirs.namelist()[:3]) == first


def test_everything_in_it_is_read(sample: Path) -> None:
    export = open_export(sample)
    assert not export.problems
    assert [flow.name for flow in export.desktop_flows] == [
        "Invoice Desk: Collect invoices",
        "Invoice Desk: Book invoices",
        "Invoice Desk: Notify",
    ]
    assert [flow.name for flow in export.cloud_flows] == ["Invoice Desk: Every morning"]
    assert {binary.type for binary in export.binaries} >= {
        "ControlRepository",
        "ControlRepositoryImageFile",
        "ConnectorDefinition",
        "ManifestFile",
    }
    assert [entity.audited for entity in export.entities] == [False]
    assert len(export.environment_variables) == 2
    assert len(export.connection_references) == 3


def test_scripts_are_understood_and_use_known_actions(sample: Path) -> None:
    catalog = load()
    for stored in open_export(sample).desktop_flows:
        flow = build_flow(stored.id, stored.name, stored.script)
        assert not flow.script.diagnostics
        assert flow.coverage.understood == flow.coverage.statements
        assert flow.coverage.unknown_actions == ()
        for statement in flow.script.statements:
            form = catalog.form(statement.action) if statement.action else None
            if form is None or statement.action in CHILD_FLOW_ACTIONS:
                continue
            for clause in statement.clauses:
                if clause.role is Role.ARGUMENT:
                    assert form.input(clause.name), (statement.action, clause.name)
                if clause.role is Role.RESULT:
                    assert form.output(clause.name), (statement.action, clause.name)


def test_marks_agree_with_the_interface(sample: Path) -> None:
    for stored in open_export(sample).desktop_flows:
        flow = build_flow(stored.id, stored.name, stored.script)
        marked = {
            v.external_name or v.name
            for v in flow.variables
            if v.sensitivity is Sensitivity.MARKED and v.external_name
        }
        entries = stored.inputs["schema"]["properties"] | stored.outputs["schema"]["properties"]
        hidden = {name for name, entry in entries.items() if entry["format"] == "password"}
        assert hidden == marked
        assert all(entries[name]["value"] is None for name in hidden)


def test_cloud_flow_passes_a_literal_to_a_sensitive_input(sample: Path) -> None:
    export = open_export(sample)
    text = json.dumps(export.cloud_flows[0].definition)
    assert '"operationId": "RunUIFlow_V2"' in text
    assert export.desktop_flows[0].id in text
    assert '"item/SupplierPassword": "Paper-Lantern-17"' in text
