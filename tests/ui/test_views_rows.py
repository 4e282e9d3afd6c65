"""How rows nest: blocks, cases, regions."""

from padguard.flow.build import build_flow
from padguard.ui.views.rows import RowTree, handlers_of, settings_of


def tree_of(script):
    flow = build_flow("", "", "@SENSITIVE: []\r\n" + script.replace("\n", "\r\n"))
    return RowTree.of(flow.subflows[0])


def drawn(script):
    """Return the tree as indented lines of kinds."""
    tree = tree_of(script)

    def lines(position, depth):
        for child in tree.children(position):
            yield "  " * depth + tree.rows[child].statement.kind.name
            yield from lines(child, depth + 1)

    return "\n".join(lines(-1, 0))


def test_else_and_end_stand_beside_their_if():
    script = "IF A = 1 THEN\nSET B TO 1\nELSE\nSET B TO 2\nEND\nSET C TO 1"
    assert drawn(script) == "IF\n  SET\nELSE\n  SET\nEND\nSET"


def test_cases_lie_within_their_switch():
    script = "SWITCH A\nCASE = 1\nSET B TO 1\nDEFAULT\nIF B = 1 THEN\nEND\nEND\nSET C TO 1"
    assert drawn(script) == "SWITCH\n  CASE\n    SET\n  DEFAULT\n    IF\n    END\nEND\nSET"


def test_regions_hold_what_stands_between_their_lines():
    script = "**REGION One\nIF A = 1 THEN\nSET B TO 1\nEND\n**ENDREGION\nSET C TO 1"
    assert drawn(script) == "REGION\n  IF\n    SET\n  END\nEND_REGION\nSET"


def test_a_region_that_is_never_closed_ends_with_its_block():
    script = "IF A = 1 THEN\n**REGION One\nSET B TO 1\nEND\nSET C TO 1"
    assert drawn(script) == "IF\n  REGION\n    SET\nEND\nSET"


def test_a_stray_end_of_region_changes_nothing():
    assert drawn("**ENDREGION\nSET C TO 1") == "END_REGION\nSET"


def test_a_region_that_ends_in_an_inner_block_goes_on():
    script = "**REGION One\nIF A = 1 THEN\n**ENDREGION\nEND\nSET C TO 1"
    assert drawn(script) == "REGION\n  IF\n    END_REGION\n  END\n  SET"


def test_error_handlers_are_no_rows_but_belong_to_one():
    tree = tree_of("Text.ToNumber Text: A Number=> N\nON ERROR\nSET B TO 1\nEND\nSET C TO 1")
    assert [action.statement.kind.name for action in tree.rows] == ["ACTION", "SET"]
    first = tree.rows[0]
    assert [found.statement.kind.name for found in settings_of(first)] == ["ON_ERROR", "SET", "END"]
    assert [found.statement.kind.name for found in handlers_of(first)] == ["ON_ERROR", "SET"]


def test_the_way_to_an_action_leads_through_its_blocks():
    tree = tree_of("IF A = 1 THEN\nLOOP FROM 1 TO 2 STEP 1\nSET B TO 1\nEND\nEND")
    assert tree.way_to(tree.rows[2].index) == [0, 1, 2]
    assert tree.way_to(-1) == []


def test_the_way_to_what_stands_in_a_handler_leads_to_its_row():
    tree = tree_of("Text.ToNumber Text: A Number=> N\nON ERROR\nSET B TO 1\nEND")
    assert tree.way_to(tree.rows[0].index + 2) == [0]
