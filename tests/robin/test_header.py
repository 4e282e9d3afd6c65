"""Headers: what they declare, and marking variables in them."""

import pytest

from padguard.foundation.edits import Edit, apply_edits
from padguard.foundation.errors import EditError
from padguard.robin.header import local_header, mark_edit
from padguard.robin.parser import parse
from padguard.robin.tree import Declaration, Kind

HEADER = """\
@@ConnectionString: ''\r
@@Type: 'Local'\r
@@DesktopType: 'local'\r
@@DisplayName: 'Computador local'\r
IMPORT 'controlRepo.appmask' AS appmask\r
@@IsExternal: 'True'\r
IMPORT 'external_controlRepository.appmask' AS appmask_external_1f\r
IMPORT 'imageRepo.imgrepo' AS imgrepo\r
@SENSITIVE: [Username, Password]\r
@INPUT Username : { 'Description': '''The name to be used.\r
It\\'s required''', 'FriendlyName': 'User', 'Type': 'String', 'IsOptional': False } \r
@INPUT Retries : { 'Description': '', 'FriendlyName': '', 'DefaultValue': 3, 'Type': 'Numeric' } \r
@OUTPUT Done : { 'Description': '', 'FriendlyName': 'Done', 'Type': 'Bool' } \r
SET Password TO $'''@SENSITIVE: [X]'''\r
"""


def test_a_header_tells_what_is_declared() -> None:
    script = parse(HEADER)
    header = script.header
    assert not script.diagnostics
    assert header.sensitive == ("Username", "Password")
    assert header.imports == ("appmask", "appmask_external_1f", "imgrepo")
    username, retries = header.inputs
    assert username == Declaration(
        name="Username",
        type="String",
        external_name="User",
        description="The name to be used.\r\nIt's required",
        optional=False,
        default=None,
        statement=9,
    )
    assert (retries.type, retries.default, retries.optional) == ("Numeric", "3", None)
    assert [(output.name, output.type) for output in header.outputs] == [("Done", "Bool")]
    assert script.statements[username.statement].kind is Kind.INPUT


DEFAULTS = [
    ("String", "'pass@word1'"),
    ("String", "'''two\r\nlines'''"),
    ("Numeric", "-1"),
    ("Bool", "False"),
    ("List", "[]"),
    ("List", "['a', { 'b': 1 }]"),
    ("CustomObject", "{{ }}"),
    ("CustomObject", "{ 'Key': 'Value', 'List': [1, 2] }"),
    ("Datatable", "{ ^['A'], ['x'] }"),
]


@pytest.mark.parametrize(("type_name", "source"), DEFAULTS)
def test_every_type_has_a_default(type_name: str, source: str) -> None:
    default, kind = f"'DefaultValue': {source}", f"'Type': '{type_name}'"
    for fields in (f"{default}, {kind}", f"{kind}, 'IsOptional': True, {default}"):
        script = parse(f"@INPUT A : {{ 'Description': '', {fields} }} ")
        (declaration,) = script.header.inputs
        assert not script.diagnostics
        assert (declaration.type, declaration.default) == (type_name, source)


def test_a_default_does_not_show_in_representations() -> None:
    script = parse("@INPUT A : { 'DefaultValue': 'hunter2', 'Type': 'String' }")
    assert script.header.inputs[0].default == "'hunter2'"
    assert "hunter2" not in repr(script)
    assert "hunter2" not in repr(script.header)


def test_a_declaration_that_is_not_understood_is_told_and_does_not_hide_the_rest() -> None:
    script = parse("@INPUT A : { 'Type': }\n@INPUT 1 : x\n@NEW: 1\n@SENSITIVE: [A]\nEXIT\n")
    assert len(script.diagnostics) == 3
    assert script.header.sensitive == ("A",)
    assert [declaration.name for declaration in script.header.inputs] == ["A"]


def test_text_without_a_header_declares_nothing() -> None:
    header = parse("SET A TO 1\n@SENSITIVE: [A]\n").header
    assert header.sensitive is None
    assert [*header.inputs, *header.outputs, *header.imports] == []


MARKS = [
    ("[]", ["A"], True, "[A]"),
    ("[ ]", ["A"], True, "[A]"),
    ("[A]", ["B"], True, "[A, B]"),
    ("[A]", ["B", "C"], True, "[A, B, C]"),
    ("[A, B]", ["b", "C"], True, "[A, B, C]"),
    ("[A]", ["a"], True, None),
    ("[A, B, C]", ["A"], False, "[B, C]"),
    ("[A, B, C]", ["B"], False, "[A, C]"),
    ("[A, B, C]", ["c"], False, "[A, B]"),
    ("[A, B, C]", ["C", "A"], False, "[B]"),
    ("[A]", ["A"], False, "[]"),
    ("[A]", ["B"], False, None),
    ("[]", ["A"], False, None),
    ("[Straße]", ["STRASSE"], False, "[]"),
]


@pytest.mark.parametrize(("before", "names", "sensitive", "after"), MARKS)
def test_marking_changes_the_list_alone(
    before: str, names: list[str], sensitive: bool, after: str | None
) -> None:
    def text(marks: str) -> str:
        return f"@@Type: 'Local'\r\n@SENSITIVE: {marks}\r\nSET A TO $'''[x]'''\r\n"

    script = parse(text(before))
    edit = mark_edit(script, dict.fromkeys(names, sensitive))
    if after is None:
        assert edit is None
        return
    assert edit is not None
    marked = apply_edits(script.text, [edit])
    assert marked == text(after)
    back = Edit(edit.start, edit.start + len(edit.text), script.text[edit.start : edit.end])
    assert apply_edits(marked, [back]) == script.text


LOCAL = """\
@SENSITIVE: [A]\r
CALL 'Local' in_a: 1\r
FUNCTION 'Local' in_a\r
    @SENSITIVE: []\r
    SET B TO in_a\r
END FUNCTION\r
FUNCTION Shared GLOBAL\r
SET C TO 1\r
END FUNCTION\r
"""


def test_a_local_subflow_has_marks_of_its_own() -> None:
    script = parse(LOCAL)
    functions = [
        index for index, statement in enumerate(script.statements)
        if statement.kind is Kind.FUNCTION
    ]  # fmt: skip
    edit = mark_edit(script, {"B": True}, function=functions[0])
    assert edit is not None
    marked = parse(apply_edits(LOCAL, [edit]))
    assert marked.text == LOCAL.replace("    @SENSITIVE: []", "    @SENSITIVE: [B]")
    assert marked.header.sensitive == ("A",)
    assert local_header(marked, functions[0]).sensitive == ("B",)
    assert local_header(marked, functions[1]).sensitive is None
    with pytest.raises(EditError, match="no header"):
        mark_edit(script, {"C": True}, function=functions[1])


@pytest.mark.parametrize(
    "text",
    ["", "SET A TO 1\n", "SET A TO 1\n@SENSITIVE: [A]\n", "@SENSITIVE: [A\n",
     "FUNCTION F a\n@SENSITIVE: []\nEND FUNCTION\n"],
)  # fmt: skip
def test_without_a_header_nothing_can_be_marked(text: str) -> None:
    with pytest.raises(EditError, match="no header"):
        mark_edit(parse(text), {"A": True})
