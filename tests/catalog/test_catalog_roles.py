"""Somebody has judged every text that goes into an action or comes out of it."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from padguard.catalog.forms import ActionForm
from padguard.catalog.lookup import load, read_lines
from padguard.catalog.roles import (
    UNKNOWN_INPUT,
    UNKNOWN_OUTPUT,
    Channel,
    Origin,
    deciding,
    holds_data,
    record_of,
    roles_of,
)
from padguard.foundation.paths import resources_dir

Line = dict[str, Any]

TEXTS = {
    "connection-string", "url", "headers", "command-line", "sql", "json", "xml", "html",
    "form-data", "powershell", "vbscript", "javascript", "python", "dotnet", "dos", "sap", "keys",
}  # fmt: skip

FOLDER = resources_dir() / "catalog" / "roles"
FILES = sorted(FOLDER.glob("*.jsonl"))
MODULES = sorted(path.stem for path in (FOLDER.parent / "forms").glob("*.jsonl"))


def lines() -> Iterator[Line]:
    for path in FILES:
        yield from read_lines(path)


def forms_by_line() -> dict[str, list[ActionForm]]:
    """Return the forms that each line decides for, by the id of the line."""
    found: dict[str, list[ActionForm]] = defaultdict(list)
    for form in load().forms():
        found[record_of(form.id).get("id", "")].append(form)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_are_tidy(path: Path) -> None:
    content = path.read_bytes()
    assert content.endswith(b"\n")
    assert b"\r" not in content
    ids = [line["id"] for line in read_lines(path)]
    assert len({key.lower() for key in ids}) == len(ids)
    assert ids == sorted(ids, key=str.lower)
    assert all(key.startswith(f"{path.stem}.") for key in ids)
    assert (FOLDER.parent / "forms" / path.name).exists()


def schema_faults(line: Line) -> Iterator[str]:
    """Yield what is wrong with a line whatever the forms: unknown keys, values of wrong kinds."""
    yield from line.keys() - {"id", "inputs", "outputs", "insecure", "note"}
    for key in ("inputs", "outputs", "insecure", "note"):
        if key in line and not line[key]:
            yield f"empty {key}"
    for name, role in line.get("inputs", {}).items():
        yield from (f"{name} {fault}" for fault in input_faults(role))
    for name, role in line.get("outputs", {}).items():
        yield from (f"{name} {fault}" for fault in output_faults(role))
    for condition in line.get("insecure", ()):
        if condition != {"always": True} and not is_condition(condition):
            yield f"insecure {condition}"


def input_faults(role: Line) -> Iterator[str]:
    yield from role.keys() - {"secret", "carries", "channel", "text"}
    for key in ("secret", "carries"):
        if key in role and not isinstance(role[key], bool):
            yield key
    if "channel" in role and role["channel"] not in {channel.value for channel in Channel}:
        yield "channel"
    if "text" in role and role["text"] not in TEXTS:
        yield "text"
    if role.get("secret") and role.keys() & {"carries", "channel"}:
        yield "a secret carries nothing and serves its purpose"


def output_faults(role: Line) -> Iterator[str]:
    yield from role.keys() - {"receives", "source", "when"}
    if "receives" in role and not isinstance(role["receives"], bool):
        yield "receives"
    if "source" in role and role["source"] not in {origin.value for origin in Origin}:
        yield "source"
    if "when" in role and not (is_condition(role["when"]) and "source" in role):
        yield "when"


def is_condition(condition: Line) -> bool:
    return condition.keys() == {"input", "equals"} and all(
        isinstance(value, str) and value for value in condition.values()
    )


def test_lines_say_only_what_is_known() -> None:
    faults = {line["id"]: found for line in lines() if (found := list(schema_faults(line)))}
    assert not faults


@pytest.mark.parametrize(
    "line",
    [
        {"id": "A.B", "input": {}},
        {"id": "A.B", "inputs": {}},
        {"id": "A.B", "inputs": {"C": {"chanel": "log"}}},
        {"id": "A.B", "inputs": {"C": {"channel": "printer"}}},
        {"id": "A.B", "inputs": {"C": {"text": "cobol"}}},
        {"id": "A.B", "inputs": {"C": {"carries": "no"}}},
        {"id": "A.B", "inputs": {"C": {"secret": True, "channel": "log"}}},
        {"id": "A.B", "outputs": {"C": {"source": "sky"}}},
        {"id": "A.B", "outputs": {"C": {"carries": True}}},
        {"id": "A.B", "outputs": {"C": {"when": {"input": "D", "equals": "E"}}}},
        {"id": "A.B", "outputs": {"C": {"source": "vault", "when": {"input": "D"}}}},
        {"id": "A.B", "insecure": [{"input": "D"}]},
        {"id": "A.B", "insecure": [{"always": False}]},
    ],
    ids=json.dumps,
)
def test_the_schema_refuses(line: Line) -> None:
    assert list(schema_faults(line))


def test_every_line_decides_for_a_form() -> None:
    assert not {line["id"] for line in lines()} - forms_by_line().keys()


def conditions_of(line: Line) -> list[dict[str, str]]:
    conditions = [role["when"] for role in line.get("outputs", {}).values() if "when" in role]
    return conditions + [found for found in line.get("insecure", ()) if "input" in found]


def test_lines_name_what_a_form_has() -> None:
    """Exactly as the form spells it, in at least one of the forms that the line decides for."""
    wrong = {}
    decided = forms_by_line()
    for line in lines():
        forms = decided[line["id"]]
        known = {parameter.name for form in forms for parameter in form.inputs} | {"*"}
        named = {*line.get("inputs", {}), *(found["input"] for found in conditions_of(line))}
        results = {output.name for form in forms for output in form.outputs} | {"*"}
        unknown = (named - known) | (line.get("outputs", {}).keys() - results)
        if unknown:
            wrong[line["id"]] = unknown
    assert not wrong


def test_conditions_name_values_that_exist() -> None:
    decided = forms_by_line()
    for line in lines():
        for condition in conditions_of(line):
            for form in decided[line["id"]]:
                parameter = form.input(condition["input"])
                allowed = parameter.enum or ("True", "False") if parameter else ()
                assert condition["equals"] in allowed, (form.id, condition)


def unjudged(form: ActionForm) -> Iterator[str]:
    """Yield the names of what can hold text, or accepts a secret, and has no role."""
    line = record_of(form.id)
    said_in = {name.lower() for name in line.get("inputs", {})}
    said_out = {name.lower() for name in line.get("outputs", {})}
    for parameter in form.inputs:
        judged = holds_data(parameter.type) and parameter.enum is None
        judged = judged or parameter.secret or parameter.may_hold_secret
        if judged and parameter.name.lower() not in said_in:
            yield f"in {parameter.name}"
    for output in form.outputs:
        judged = holds_data(output.type) or output.type == "EncryptableObject"
        if judged and output.name.lower() not in said_out:
            yield f"out {output.name}"


def forms_of(module: str) -> list[ActionForm]:
    return [form for form in load().forms() if form.id.startswith(f"{module}.")]


@pytest.mark.parametrize("module", MODULES)
def test_every_text_of_every_form_has_a_role(module: str) -> None:
    missing = {form.id: found for form in forms_of(module) if (found := list(unjudged(form)))}
    assert not missing


@pytest.mark.parametrize("module", MODULES)
def test_encrypted_inputs_say_whether_a_secret_belongs_there(module: str) -> None:
    """Some accept an encrypted value and usually hold ordinary text: silence would say secret."""
    silent = [
        f"{form.id} {parameter.name}"
        for form in forms_of(module)
        for parameter in form.inputs
        if parameter.secret
        and "secret" not in record_of(form.id).get("inputs", {}).get(parameter.name, {})
    ]
    assert not silent


def test_the_longest_start_decides_and_the_id_over_all() -> None:
    keys = ["a.b*", "a.b.c*", "a.b.c.d", "a.*", "a.b.c.d.e"]
    assert deciding("a.b.c.d", keys) == "a.b.c.d"
    assert deciding("a.b.c.x", keys) == "a.b.c*"
    assert deciding("a.bcd", keys) == "a.b*"
    assert deciding("a.x", keys) == "a.*"
    assert deciding("x.a", keys) == ""


def test_unknown_actions_carry_from_everything_to_everything() -> None:
    roles = roles_of("Nowhere.Nothing")
    assert roles.input("Anything") is UNKNOWN_INPUT
    assert roles.output("Anything") is UNKNOWN_OUTPUT


def test_names_and_ids_ignore_case() -> None:
    assert roles_of("LOGGING.logmessage").input("MESSAGE").channel is Channel.LOG


def test_dynamic_parameters_have_a_role_of_their_own() -> None:
    connector = roles_of("External.InvokeCloudConnector")
    assert connector.input("item/Title").channel is Channel.CONNECTOR
    assert not connector.input("item/Title").carries
    assert connector.input("ConnectorId").channel is None
    assert connector.output("PostItemResponse").receives
    assert roles_of("Text.Trim").input("NotInTheForm") is UNKNOWN_INPUT


@pytest.mark.parametrize(
    ("type_name", "holds"),
    [
        ("String", True), ("Object", True), (None, True), ("DataTable", True),
        ("List`1<FileObject>", True), ("CustomObject", True), ("Nullable`1<String>", True),
        ("Int32", False), ("Boolean", False), ("FileObject", False), ("DateTime", False),
        ("ExcelInstanceHandle", False), ("EncryptableObject", False),
        ("Nullable`1<DateTime>", False),
    ],
)  # fmt: skip
def test_what_can_hold_text(type_name: str | None, holds: bool) -> None:
    assert holds_data(type_name) is holds
