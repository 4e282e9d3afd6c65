"""Snapshot files: what is written is read again, and what is not understood is told where."""

import json

import jsonschema
import pytest
from tests.governance.policy_files import flat
from tests.governance.snapshot_making import ADA, BEN, NOON, audited, row, snapshot, table

from padguard.foundation.errors import ConfigError, SaveError
from padguard.foundation.paths import resources_dir
from padguard.governance.snapshot import (
    Part,
    PartState,
    PrincipalKind,
    ReadAllRole,
    Row,
    RowKind,
)
from padguard.governance.snapshot_reading import parse_snapshot, policies_of, read_snapshot
from padguard.governance.snapshot_writing import snapshot_bytes, snapshot_object, write_snapshot

WHOLE = snapshot(
    parts=(Part("audit", PartState.COMPLETE), Part("tables", PartState.PARTLY, "Why")),
    audit=audited(),
    tables=(table("workqueue"), table("workflow", audited=False, can_be_changed=False)),
    rows=(
        row(RowKind.DESKTOP_FLOW, "aa", BEN, name="Grüße 😀 \ud800"),
        Row(RowKind.ENVIRONMENT_VARIABLE, "bb", "Key", "", None, "abc_Key", "Secret"),
    ),
    read_all_roles=(ReadAllRole("r1", "Readers", (ADA,)), ReadAllRole("r2", "", None)),
    policies=(flat(),),
)
HEAD = {
    "format": "padguard-environment/1",
    "collected": {"from": "https://x", "started": NOON.isoformat(), "finished": NOON.isoformat()},
}


def parse(**parts):
    return parse_snapshot(json.dumps(HEAD | parts).encode(), "s.json")


@pytest.mark.parametrize("made", [WHOLE, snapshot()], ids=["whole", "empty"])
def test_what_is_written_is_read_again(made, tmp_path):
    path = tmp_path / "s.json"
    write_snapshot(path, made)
    found = read_snapshot(path)
    assert found == made
    assert found.ignored == ()
    assert found.file == "s.json"
    schema = json.loads((resources_dir() / "schemas/environment.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_bytes()))


def test_the_schema_names_every_field_and_word():
    schema = json.loads((resources_dir() / "schemas/environment.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    known = schema["properties"]
    assert snapshot_object(WHOLE).keys() == known.keys() - {"$schema"}
    words = {
        "rows": [kind.value for kind in RowKind],
        "principals": [kind.value for kind in PrincipalKind],
    }
    for name, values in words.items():
        assert known[name]["items"]["properties"]["kind"]["enum"] == values
    states = known["parts"]["items"]["properties"]["state"]["enum"]
    assert states == [state.value for state in PartState]
    for name in ("rows", "principals", "tables", "parts", "read_all_roles"):
        fields = known[name]["items"]["properties"].keys()
        written = [one.keys() for one in snapshot_object(WHOLE)[name]]
        assert set().union(*written) == fields


def test_a_byte_order_mark_is_no_matter():
    assert parse_snapshot(b"\xef\xbb\xbf" + snapshot_bytes(WHOLE), "s.json") == WHOLE


def test_what_is_not_known_is_ignored_and_told():
    found = parse(future=[1], rows=[{"kind": "machine", "id": "A", "colour": "red"}])
    assert [ignored.path for ignored in found.ignored] == ["$.rows[0].colour", "$.future"]
    assert found.rows == (Row(RowKind.MACHINE, "a", ""),)


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"collected": None}, "$.collected"),
        ({"collected": {"from": "x", "started": "today", "finished": "x"}}, "$.collected.started"),
        (
            {"collected": {"from": "x", "started": "2026-03-01T12:00:00", "finished": "x"}},
            "$.collected.started",
        ),
        ({"audit": []}, "$.audit"),
        ({"audit": {"enabled": 1}}, "$.audit.enabled"),
        ({"audit": {"retention_days": "90"}}, "$.audit.retention_days"),
        ({"tables": {}}, "$.tables"),
        ({"tables": [3]}, "$.tables[0]"),
        ({"tables": [{"name": ""}]}, "$.tables[0].name"),
        ({"tables": [{"name": "a"}, {"name": "A"}]}, "$.tables[1].name"),
        ({"tables": [{"name": "a", "audited": "yes"}]}, "$.tables[0].audited"),
        ({"principals": [{"id": "a"}]}, "$.principals[0].kind"),
        ({"principals": [{"id": "a", "kind": "robot"}]}, "$.principals[0].kind"),
        ({"rows": [{"kind": "machine"}]}, "$.rows[0].id"),
        ({"rows": [{"kind": "machine", "id": "a"}] * 2}, "$.rows[1].id"),
        ({"rows": [{"kind": "machine", "id": "a", "name": []}]}, "$.rows[0].name"),
        ({"rows": [{"kind": "machine", "id": "a", "name": "x" * 10_001}]}, "$.rows[0].name"),
        ({"rows": [{"kind": "machine", "id": "a", "shares": [{}]}]}, "$.rows[0].shares[0]"),
        (
            {
                "rows": [
                    {"kind": "machine", "id": "a", "shares": [{"principal": "p", "rights": "read"}]}
                ]
            },
            "$.rows[0].shares[0].rights",
        ),
        ({"read_all_roles": [{"id": "a", "holders": "b"}]}, "$.read_all_roles[0].holders"),
        ({"parts": [{"about": "audit", "state": "fine"}]}, "$.parts[0].state"),
        ({"policies": {}}, "$.policies"),
    ],
)
def test_errors_name_the_place(parts, path):
    with pytest.raises(ConfigError) as caught:
        parse(**parts)
    assert f"“{path}" in str(caught.value)
    assert "s.json" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no valid JSON"),
        (b"{", "no valid JSON"),
        (b"[]", "no snapshot"),
        (b"{}", "no snapshot"),
        (b'{"format": 3}', "no snapshot"),
        (b'{"format": "padguard-environment/2"}', "padguard-environment/2"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "levels deep"),
        (b'{"format": "padguard-environment/1", "x": ' + b"9" * 5000 + b"}", "no valid JSON"),
    ],
)
def test_what_is_no_snapshot(data, words):
    with pytest.raises(ConfigError, match=words):
        parse_snapshot(data, "s.json")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_snapshot(tmp_path / "none.json")


def test_too_large_a_file_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("padguard.governance.snapshot_reading.LARGEST", 10)
    path = tmp_path / "s.json"
    write_snapshot(path, WHOLE)
    with pytest.raises(ConfigError, match="larger than"):
        read_snapshot(path)


def test_writing_is_all_or_nothing(tmp_path):
    with pytest.raises(SaveError):
        write_snapshot(tmp_path / "none" / "s.json", WHOLE)
    path = tmp_path / "s.json"
    write_snapshot(path, WHOLE)
    write_snapshot(path, snapshot())
    assert read_snapshot(path) == snapshot()
    assert [one.name for one in tmp_path.iterdir()] == ["s.json"]


def test_policies_come_out_as_policies():
    (policy,) = policies_of(WHOLE)
    assert policy.title == "Contoso"
    assert policies_of(snapshot()) == ()
    with pytest.raises(ConfigError):
        policies_of(parse(policies=[{"displayName": "P"}]))


def test_rows_are_found():
    assert WHOLE.row(RowKind.DESKTOP_FLOW, "{AA}") is WHOLE.rows[0]
    assert WHOLE.row(RowKind.MACHINE, "aa") is None
    assert WHOLE.named(RowKind.ENVIRONMENT_VARIABLE, "ABC_KEY") is WHOLE.rows[1]
    assert WHOLE.named(RowKind.ENVIRONMENT_VARIABLE, "key") is WHOLE.rows[1]
    twice = snapshot(
        rows=(row(RowKind.MACHINE, "a", name="M"), row(RowKind.MACHINE, "b", name="M"))
    )
    assert twice.named(RowKind.MACHINE, "m") is None
    assert WHOLE.principal("nobody").label == "nobody"
    assert [part.about for part in WHOLE.unread] == ["tables"]
