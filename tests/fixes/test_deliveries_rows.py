"""Which rows, marks and declarations a change touches."""

import pytest
from tests.fixes.deliveries_help import HEADER, flow_of

from padguard.fixes.deliveries.header import (
    DeclarationField,
    SubflowChange,
    VariableEdit,
    changed_subflows,
    changed_variables,
)
from padguard.fixes.deliveries.rows import changed_rows
from padguard.flow.model import VariableKind

INPUT = (
    "@INPUT Password : {{ 'Description': '{description}', 'FriendlyName': 'Password',{default} "
    "'Type': 'String', 'IsOptional': {optional} }}\n"
)


LOCAL = """@SENSITIVE: []
FUNCTION 'Login' user
    @SENSITIVE: [{}]
    SET Pin TO {}
END FUNCTION
"""


def declared(description="", default="", optional="False"):
    default = f" 'DefaultValue': {default}," if default else ""
    return INPUT.format(description=description, default=default, optional=optional)


def told(before, after):
    """Return the changes as state and numbers before and after."""
    return [
        (
            change.subflow,
            change.state.value,
            change.before.number if change.before else None,
            change.after.number if change.after else None,
        )
        for change in changed_rows(flow_of(HEADER + before), flow_of(HEADER + after))
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("WAIT 1\n", "WAIT 1\n", []),
        ("WAIT 1\n", "    wait 1\n", [("Main", "changed", 1, 1)]),
        ("WAIT 1\nSET A TO 1\n", "\n    WAIT 1\n\nSET A TO 1\n", []),  # layout is no change
        ("WAIT 1\n", "DISABLE WAIT 1\n", [("Main", "changed", 1, 1)]),
        ("WAIT 1\n", "SET A TO 1\nWAIT 1\n", [("Main", "added", None, 1)]),
        ("SET A TO 1\nWAIT 1\n", "WAIT 1\n", [("Main", "removed", 1, None)]),
        (
            "SET A TO $'''x'''\nSET B TO A\n",
            "EXIT FUNCTION\nSET A TO $'''y'''\nSET B TO A\n",
            [("Main", "added", None, 1), ("Main", "changed", 1, 2)],
        ),
        (  # another action is another row: nobody can make one of the other
            "WAIT 1\nSET A TO 1\n",
            "CALL Sub\nSET A TO 1\n",
            [("Main", "removed", 1, None), ("Main", "added", None, 1)],
        ),
        (  # of two rows of one sort, the one that writes the same variable is the same row
            "SET A TO 1\n",
            "SET B TO 2\nSET A TO 2\n",
            [("Main", "added", None, 1), ("Main", "changed", 1, 2)],
        ),
        (
            "WAIT 1\nFUNCTION 処理 GLOBAL\n    SET 値 TO 1\nEND FUNCTION\n",
            "WAIT 1\nFUNCTION 処理 GLOBAL\n    SET 値 TO 2\nEND FUNCTION\n",
            [("処理", "changed", 1, 1)],
        ),
    ],
)
def test_rows_are_told_by_what_became_of_them(before, after, expected):
    assert told(before, after) == expected


def test_an_error_handler_is_a_setting_of_its_row():
    row = (
        "Display.ShowMessageDialog.ShowMessage Message: $'''x'''\nON ERROR\n    SET A TO {}\nEND\n"
    )
    assert told(row.format(1) + "WAIT 1\n", row.format(2) + "WAIT 1\n") == [
        ("Main", "changed", 1, 1)
    ]
    (change,) = changed_rows(flow_of(HEADER + row.format(1)), flow_of(HEADER + row.format(2)))
    assert change.rewritten
    assert not change.switched


def test_annotations_belong_to_the_row_below_them():
    row = "@@flowname: '{}'\nExternal.RunFlow FlowId: 'a'\n"
    assert told("WAIT 1\n" + row.format("A"), "WAIT 1\n" + row.format("B")) == [
        ("Main", "changed", 2, 2)
    ]


def test_large_flows_with_changes_all_over():
    before = [f"SET V{place} TO {place}\n" if place % 3 else "WAIT 1\n" for place in range(5000)]
    after = list(before)
    for place in range(1, 5000, 100):
        after[place] = f"DISABLE {before[place]}"
    after.insert(4000, "CALL Sub\n")
    after.insert(7, "CALL Sub\n")
    states = [state for _, state, _, _ in told("".join(before), "".join(after))]
    assert states.count("changed") == len(range(1, 5000, 100))
    assert states.count("added") == 2
    assert states.count("removed") == 0


def test_large_flows_of_rows_that_are_all_alike():
    before = ["WAIT 1\n"] * 1000
    after = ["CALL Sub\n", *before[:500], "CALL Sub\n", *before[500:]]
    states = [state for _, state, _, _ in told("".join(before), "".join(after))]
    assert states == ["added", "added"]


def variables(before, after):
    return changed_variables(flow_of(before), flow_of(after))


def test_marks_gained_and_lost():
    body = "SET A TO 1\nSET B TO 1\n"
    gained, lost = variables(f"@SENSITIVE: [A]\n{body}", f"@SENSITIVE: [b]\n{body}")
    assert (gained.edit, gained.name) == (VariableEdit.MARKED, "b")
    assert (lost.edit, lost.name) == (VariableEdit.UNMARKED, "A")


def test_a_mark_that_goes_with_its_variable_is_no_change_of_its_own():
    before = "@SENSITIVE: [Password]\n" + declared()
    (change,) = variables(before, HEADER)
    assert (change.edit, change.kind) == (VariableEdit.REMOVED, VariableKind.INPUT)


def test_text_without_a_header_says_nothing_about_marks():
    assert variables("SET A TO 1\n", "@SENSITIVE: [A]\nSET A TO 1\n") == ()


def test_marks_of_local_scope_subflows_have_an_owner():
    body = LOCAL.format("{}", "user")
    (change,) = variables(body.format(""), body.format("Pin"))
    assert (change.edit, change.name, change.local_to) == (VariableEdit.MARKED, "Pin", "Login")


def test_inputs_of_local_scope_subflows():
    body = "@SENSITIVE: []\nFUNCTION 'Login' {}\n    @SENSITIVE: []\n    WAIT 1\nEND FUNCTION\n"
    (change,) = variables(body.format("user, password"), body.format("user"))
    assert (change.edit, change.name, change.local_to) == (
        VariableEdit.REMOVED,
        "password",
        "Login",
    )


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ({"default": "'x'"}, {}, DeclarationField.DEFAULT),
        ({"default": "'x'"}, {"default": "''"}, DeclarationField.DEFAULT),
        ({"description": "a"}, {"description": "b"}, DeclarationField.DESCRIPTION),
        ({}, {"optional": "True"}, DeclarationField.OPTIONAL),
    ],
)
def test_fields_of_a_declaration(old, new, field):
    (change,) = variables(HEADER + declared(**old), HEADER + declared(**new))
    assert (change.edit, change.fields) == (VariableEdit.CHANGED, (field,))


def test_subflows_that_are_new_or_gone():
    body = "@SENSITIVE: []\nWAIT 1\nFUNCTION {} GLOBAL\n    WAIT 1\nEND FUNCTION\n"
    changes = changed_subflows(flow_of(body.format("A")), flow_of(body.format("B")))
    assert changes == (SubflowChange("B", added=True), SubflowChange("A", added=False))
