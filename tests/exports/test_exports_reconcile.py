"""What depends on a script follows it; nothing else moves."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from padguard.exports.model import Export
from padguard.exports.open import open_bytes, open_export, read_member
from padguard.exports.reconcile import changed_members, rewritten_members
from padguard.exports.save import render_export
from padguard.exports.schema import Variables, default_value, follow_header
from padguard.foundation.errors import SaveError
from padguard.robin.parser import parse_header

INPUTS = (
    ("User", "String", "'Ada'"),
    ("Tries", "Numeric", "3"),
    ("Loud", "Bool", "False"),
    ("Items", "List", "[]"),
    ("Options", "CustomObject", "{{ }}"),
)
STORED = {
    "User": ("string", "Ada"),
    "Tries": ("number", "3"),
    "Loud": ("boolean", "False"),
    "Items": ("array", "[\r\n]\r\n"),
    "Options": ("object", "{  }"),
}


def whole_flow(made: Any, **changes: Any) -> Any:
    return made.Flow(
        **{"script": made.script(inputs=INPUTS), "inputs": made.schema(STORED), **changes}
    )


def properties(payload: Any) -> dict[str, Any]:
    found: dict[str, Any] = payload["schema"]["properties"]
    return found


def change(export: Export, script: str) -> Export:
    return open_bytes(render_export(export, {export.desktop_flows[0].id: script}), "changed.zip")


@pytest.mark.parametrize("name", STORED)
def test_mark_and_unmark_an_input(made: Any, name: str) -> None:
    original = open_export(made.solution(whole_flow(made)))
    marked = change(original, made.script(name, INPUTS))
    before, after = (properties(e.desktop_flows[0].inputs) for e in (original, marked))
    assert after == {**before, name: {**before[name], "format": "password", "value": None}}
    assert list(after) == list(before)
    assert marked.desktop_flows[0].outputs == original.desktop_flows[0].outputs
    unmarked = change(marked, made.script(inputs=INPUTS))
    xml = "customizations.xml"
    assert read_member(unmarked, xml) == read_member(original, xml)


def test_mark_an_output_whatever_the_case(made: Any) -> None:
    original = open_export(made.solution())
    marked = change(original, made.script("rESULT, Unrelated"))
    held = properties(marked.desktop_flows[0].outputs)["Result"]
    assert (held["format"], held["value"]) == ("password", None)
    assert marked.desktop_flows[0].inputs == original.desktop_flows[0].inputs


def test_scripts_that_are_not_new_change_nothing(made: Any) -> None:
    export = open_export(made.solution())
    flow = export.desktop_flows[0]
    assert changed_members(export, {}) == {}
    assert changed_members(export, {flow.id: flow.script, "unknown": "SET A TO 1"}) == {}


def test_what_is_stored_unlike_the_rule_stays_so(made: Any) -> None:
    """Only what a change of the header touches is written anew, not what disagrees already."""
    odd = made.schema({**STORED, "User": ("string", "not the default")}, sensitive=("Tries",))
    export = open_export(made.solution(whole_flow(made, inputs=odd)))
    changed = change(export, made.script("Loud", INPUTS))
    before, after = (properties(e.desktop_flows[0].inputs) for e in (export, changed))
    assert {name for name in before if before[name] != after[name]} == {"Loud"}


def test_removed_and_added_variables(made: Any) -> None:
    export = open_export(made.solution(whole_flow(made)))
    inputs = (("Place", "String", "'Ulm \\'a\\''"), *INPUTS[1:])
    changed = change(export, made.script("Tries", inputs, outputs=()))
    flow = changed.desktop_flows[0]
    assert set(properties(flow.inputs)) == {"Place", "Tries", "Loud", "Items", "Options"}
    assert sorted(flow.inputs["schema"]["required"]) == sorted(properties(flow.inputs))
    assert properties(flow.inputs)["Place"] == {
        "isOptional": False, "default": "", "description": "", "format": None, "title": "Place",
        "type": "string", "value": "Ulm 'a'",
    }  # fmt: skip
    assert list(properties(flow.inputs)["Place"]) == list(properties(flow.inputs)["Tries"])
    assert flow.outputs == {"schema": None}
    back = change(changed, made.script(inputs=INPUTS)).desktop_flows[0]
    assert properties(back.inputs) == properties(export.desktop_flows[0].inputs)
    assert properties(back.outputs) == properties(export.desktop_flows[0].outputs)


def test_renamed_described_and_made_optional() -> None:
    line = (
        "@INPUT A : {{ 'Description': '{}', 'FriendlyName': '{}', 'Type': 'String', "
        "'IsOptional': {} }} \r\n"
    )
    old = parse_header("@SENSITIVE: []\r\n" + line.format("", "Full name", "False"))
    new = parse_header("@SENSITIVE: []\r\n" + line.format("Who", "Name", "True"))
    held = {"isOptional": False, "description": "", "format": None, "title": "Full name"}
    stored = {"schema": {"required": ["A"], "properties": {"A": held}, "type": "object"}}
    followed = follow_header(stored, Variables.inputs(old), Variables.inputs(new))
    assert followed["schema"]["required"] == []
    assert followed["schema"]["properties"] == {
        "A": {"isOptional": True, "description": "Who", "format": None, "title": "Name"}
    }
    assert stored["schema"]["required"] == ["A"]
    assert follow_header(stored, Variables.inputs(old), Variables.inputs(old)) is stored


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("''", ""),
        ("'pass@word1'", "pass@word1"),
        ("'it\\'s'", "it's"),
        ("'''two\r\nlines'''", "two\r\nlines"),
        ("0", "0"),
        ("3.50", "3.50"),
        ("True", "True"),
        ("[]", "[\r\n]\r\n"),
        ("{{ }}", "{  }"),
        ("['a', 1]", '[\r\n  "a",\r\n  1\r\n]\r\n'),
        ("{ 'Name': 'ü', 'Port': 25 }", '{ "Name": "ü", "Port": 25 }'),
        ("SomeVariable", None),
    ],
)
def test_value_of_a_default(source: str, value: str | None) -> None:
    assert default_value(source) == value


def test_package_only(made: Any) -> None:
    flow = made.Flow(package=made.package(made.script()), with_definition=False)
    export = open_export(made.solution(flow))
    read = export.desktop_flows[0]
    assert (read.script, read.has_package, read.xml_member) == (made.script(), True, "")
    assert properties(read.inputs)["User"]["value"] == "Ada"
    changed = changed_members(export, {read.id: made.script("User")})
    assert list(changed) == [flow.json_member]
    marked = change(export, made.script("User")).desktop_flows[0]
    assert marked.script == made.script("User")
    assert properties(marked.inputs)["User"]["format"] == "password"


def test_package_beside_the_definition(made: Any) -> None:
    flow = made.Flow(package=made.package("\ufeff" + made.script()))
    export = open_export(made.solution(flow))
    changed = changed_members(export, {flow.id: made.script("User")})
    assert sorted(changed) == [flow.json_member, "customizations.xml"]
    held = json.loads(changed[flow.json_member])["properties"]
    assert held["inputs"]["schema"]["properties"]["User"]["value"] is None
    assert held["outputs"] == made.outputs("Result")


def test_characters_that_xml_cannot_hold(made: Any) -> None:
    body = "SET A TO $'''\x01 \x7f \x85 \u2028 \ufffe \ud83d \U0001f642 ]]> &amp; <b>'''\r\n"
    export = open_export(made.solution())
    changed = change(export, made.script(body=body))
    assert changed.problems == ()
    assert changed.desktop_flows[0].script == made.script(body=body)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters()))
def test_any_script_comes_back(made: Any, script: str) -> None:
    flows = (
        made.Flow(),
        made.Flow(number=2, name="Both", package=made.package("SET A TO 1")),
        made.Flow(number=3, name="Old", package=made.package("A"), with_definition=False),
    )
    export = open_bytes(made.zip(made.members(*flows)), "made.zip")
    scripts = {flow.id: script for flow in flows}
    again = open_bytes(render_export(export, scripts), "changed.zip")
    assert again.problems == ()
    assert {flow.id: flow.script for flow in again.desktop_flows} == scripts
    assert changed_members(again, scripts) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('Name="Greeter"', "Name='a > b' Other=\"it's >\""),
        ("<Workflow WorkflowId", "<Workflow Label='WorkflowId > ' WorkflowId"),
        ("<Type>1</Type>", "<!-- <Workflow> --><Type>1</Type><![CDATA[</Workflow>]]><?pi <a> ?>"),
        ("<Definition>", "<Definition\r\n xml:space='preserve' >"),
        ("</Definition>", "</Definition >"),
    ],
)
def test_unusual_markup_stays(made: Any, old: str, new: str) -> None:
    xml = made.members(made.Flow())["customizations.xml"].decode()
    assert xml.count(old) == 1
    xml = xml.replace(old, new)
    export = open_export(made.solution(members={"customizations.xml": xml.encode()}))
    flow = export.desktop_flows[0]
    changed = changed_members(export, {flow.id: made.script("Unknown")})["customizations.xml"]
    assert changed.decode() == xml.replace("@SENSITIVE: []", "@SENSITIVE: [Unknown]")
    assert rewritten_members(export)["customizations.xml"] == xml.encode()


def test_cdata_gives_way_to_escaped_text(made: Any) -> None:
    flow = made.Flow()
    xml = flow.element()
    start, end = xml.index("<Definition>") + 12, xml.index("</Definition>")
    raw = made.compact(flow.script)
    element = f"{xml[:start]}<![CDATA[{raw}]]>{xml[end:]}"
    whole = made.members(flow)["customizations.xml"].decode().replace(xml, element)
    export = open_export(made.solution(members={"customizations.xml": whole.encode()}))
    assert export.desktop_flows[0].script == flow.script
    changed = change(export, made.script("User"))
    assert changed.desktop_flows[0].script == made.script("User")


@pytest.mark.parametrize("inside", ["<!-- note -->", "<?note?>"])
def test_markup_within_a_script_is_never_lost(made: Any, inside: str) -> None:
    xml = made.members(made.Flow())["customizations.xml"].decode()
    xml = xml.replace("SET Greeting", f"SET {inside}Greeting")
    export = open_export(made.solution(members={"customizations.xml": xml.encode()}))
    flow = export.desktop_flows[0]
    assert flow.script == made.script()
    with pytest.raises(SaveError, match="Greeter"):
        changed_members(export, {flow.id: made.script("User")})


@pytest.mark.parametrize("form", ["<Inputs />", "<Inputs></Inputs>", "<Inputs/>"])
def test_empty_elements_are_filled(made: Any, form: str) -> None:
    xml = made.members(made.Flow(script=made.script(inputs=())))["customizations.xml"].decode()
    start, end = xml.index("<Inputs>"), xml.index("</Inputs>") + len("</Inputs>")
    xml = xml[:start] + form + xml[end:]
    export = open_export(made.solution(members={"customizations.xml": xml.encode()}))
    assert export.problems == ()
    changed = change(export, made.script("User"))
    assert properties(changed.desktop_flows[0].inputs)["User"]["format"] == "password"
    assert b"xmlns" not in read_member(changed, "customizations.xml").split(b"<Inputs", 1)[1]
