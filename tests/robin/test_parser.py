"""The tree: nesting, what is never closed, odd characters, the footer of copied text."""

import pytest

from padguard.robin.parser import parse, parse_header
from padguard.robin.tree import Kind, Script


def outline(script: Script) -> str:
    """Return the kinds of the statements, indented by their depth."""
    return "\n".join(
        f"{'  ' * statement.depth}{statement.kind.name}"
        for statement in script.statements
        if statement.kind is not Kind.BLANK
    )


def heads(script: Script) -> list[str]:
    """Return for every statement the word that heads the block it lies in."""
    return [
        script.source(script.statements[statement.opener]).split()[0]
        if statement.opener >= 0
        else ""
        for statement in script.statements
    ]


NESTING = {
    "if": (
        "IF A THEN\nSET B TO 1\nELSE IF C THEN\nELSE\nIF D THEN\nSET E TO 1\nEND\nEND",
        "IF\n  SET\nELSE_IF\nELSE\n  IF\n    SET\n  END\nEND",
    ),
    "switch": (
        "SWITCH A\nCASE = 1\nSET B TO 1\nCASE > 2\nDEFAULT\nSWITCH C\nCASE = 1\nEND\nEND\nEXIT",
        "SWITCH\n  CASE\n    SET\n  CASE\n  DEFAULT\n    SWITCH\n      CASE\n    END\nEND\nEXIT",
    ),
    "a switch without a case": ("SWITCH A\nEND\nEXIT", "SWITCH\nEND\nEXIT"),
    "loops": (
        "LOOP i FROM 1 TO 2\nLOOP FOREACH x IN L\nLOOP WHILE A\nNEXT LOOP\nEND\nEND\nWAIT 1\nEND",
        "LOOP\n  LOOP_FOREACH\n    LOOP_WHILE\n      NEXT_LOOP\n    END\n  END\n  WAIT\nEND",
    ),
    "the handler of an action": (
        (
            "Text.Trim Text: A\nON ERROR REPEAT 3 TIMES WAIT 3\nON ERROR TimeoutError\nSET B TO 1\n"
            "ON ERROR\n\nEND\nEXIT"
        ),
        "ACTION\nON_ERROR\nON_ERROR\n  SET\nON_ERROR\nEND\nEXIT",
    ),
    "the handler of a condition": (
        "IF (File.IfFile.Exists File: P) THEN\nON ERROR\nCALL E\nEND\nSET A TO 1\nELSE\nEND",
        "IF\n  ON_ERROR\n    CALL\n  END\n  SET\nELSE\nEND",
    ),
    "blocks, unindented as the designer writes them": (
        (
            "BLOCK \nON BLOCK ERROR all\nSET A TO 1\nEND\n    BLOCK b\nON BLOCK ERROR\nEND\n"
            "    WAIT 1\nEND\n    WAIT 2\nEND"
        ),
        (
            "BLOCK\n  ON_BLOCK_ERROR\n    SET\n  END\n  BLOCK\n    ON_BLOCK_ERROR\n    END\n"
            "    WAIT\n  END\n  WAIT\nEND"
        ),
    ),
    "a switched-off block": (
        "DISABLE IF A THEN\nDISABLE SET B TO 1\nDISABLE END\nEXIT",
        "IF\n  SET\nEND\nEXIT",
    ),
    "regions are no blocks": (
        "**REGION a\nIF A THEN\n**ENDREGION\nEND\n**ENDREGION",
        "REGION\nIF\n  END_REGION\nEND\nEND_REGION",
    ),
    "annotations stand before their statement": (
        "IF A THEN\n    @@flowname: 'x'\n@@more: 'y'\nExternal.RunFlow FlowId: 'z'\nEND",
        "IF\n  ANNOTATION\n  ANNOTATION\n  ACTION\nEND",
    ),
    "subflows": (
        (
            "CALL F\nFUNCTION F GLOBAL\nIF A THEN\nEND\nEND FUNCTION\n"
            "FUNCTION 'L' in_a, OUTPUT out_b\n    @SENSITIVE: [a]\nSET out_b TO in_a\nEND FUNCTION"
        ),
        "CALL\nFUNCTION\n  IF\n  END\nEND_FUNCTION\nFUNCTION\n  SENSITIVE\n  SET\nEND_FUNCTION",
    ),
}


@pytest.mark.parametrize("case", NESTING)
def test_statements_nest(case: str) -> None:
    text, expected = NESTING[case]
    script = parse(text)
    assert outline(script) == expected
    assert not script.diagnostics


def test_a_statement_knows_the_head_of_its_block() -> None:
    script = parse("IF A THEN\nWAIT 1\nELSE\nWAIT 2\nEND\nSWITCH B\nCASE = 1\nWAIT 3\nEND\n")
    assert heads(script) == ["", "IF", "", "ELSE", "", "", "SWITCH", "CASE", ""]


MISMATCHED = {
    "END": ["This END closes nothing."],
    "END FUNCTION": ["This END closes nothing."],
    "ELSE": ["This branch belongs to no IF or SWITCH."],
    "CASE = 1": ["This branch belongs to no IF or SWITCH."],
    "LOOP WHILE A\nELSE\nEND": ["This branch belongs to no IF or SWITCH."],
    "IF A THEN\nELSE\nELSE\nEND": ["This branch belongs to no IF or SWITCH."],
    "IF A THEN": ["This block is never closed by an END."],
    "SWITCH A\nCASE = 1": ["This block is never closed by an END."],
    "BLOCK b\nON BLOCK ERROR\nEND": ["This block is never closed by an END."],
    "FUNCTION F GLOBAL\nIF A THEN\nEND FUNCTION": ["This block is never closed by an END."],
    "FUNCTION F GLOBAL\nFUNCTION G GLOBAL\nEND FUNCTION": ["This block is never closed by an END."],
    "FUNCTION F GLOBAL\nEND\nEND FUNCTION": ["This END closes nothing."],
    "/# open": ["The comment never ends."],
    "/#/": ["The comment never ends."],
}


@pytest.mark.parametrize("text", MISMATCHED)
def test_what_does_not_match_is_told(text: str) -> None:
    assert [str(diagnostic.message) for diagnostic in parse(text).diagnostics] == MISMATCHED[text]


def test_a_stray_branch_does_not_unbalance_what_follows() -> None:
    script = parse("LOOP WHILE A\nELSE\nWAIT 1\nEND\nEXIT")
    assert outline(script) == "LOOP_WHILE\n  ELSE\n  WAIT\nEND\nEXIT"


def test_diagnostics_stand_in_the_order_of_the_text() -> None:
    script = parse("IF A THEN\nSET B TO %C%\nhello\n/# open")
    starts = [diagnostic.start for diagnostic in script.diagnostics]
    assert starts == sorted(starts)
    assert len(starts) == 4


def test_two_diagnostics_may_stand_at_one_place() -> None:
    starts = [diagnostic.start for diagnostic in parse("IF (A['b'].C").diagnostics]
    assert starts == [0, 12, 12]


def test_a_trailing_comment_is_a_statement_of_its_own() -> None:
    script = parse("SET A TO $'''# x''' # note\r\nEND\r\n")
    first, second, _ = script.statements
    assert script.source(first) == "SET A TO $'''# x''' "
    assert (second.kind, script.source(second)) == (Kind.COMMENT, "# note\r\n")


def test_multi_line_text_may_look_like_statements() -> None:
    script = parse("SET A TO $'''one\r\nEND\r\n\r\n# no note\r\nIF x THEN'''\r\nWAIT 1\r\n")
    assert [statement.kind for statement in script.statements] == [Kind.SET, Kind.WAIT]
    assert not script.diagnostics


def test_the_footer_of_copied_text_is_one_statement() -> None:
    footer = "# [ControlRepository][PowerAutomateDesktop]\r\n\r\n{ \"A\": [\"END\", '$'''] }\r\nEND"
    script = parse(f"WAIT 1\r\n{footer}")
    assert [statement.kind for statement in script.statements] == [Kind.WAIT, Kind.FOOTER]
    assert script.source(script.statements[1]) == footer
    assert not script.diagnostics


ONE_LINE = ["\u2028", "\u2029", "\u00a0", "\x85", "\x0b", "\x0c", "\x1c", "\u3000"]


@pytest.mark.parametrize("space", ONE_LINE)
def test_only_cr_and_lf_end_a_line(space: str) -> None:
    script = parse(f"SET{space}A TO 1{space}\nWAIT{space}2")
    assert [statement.kind for statement in script.statements] == [Kind.SET, Kind.WAIT]
    assert not script.diagnostics


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\n\n", "\r\r\n"])
def test_every_line_break_ends_a_line(line_break: str) -> None:
    text = line_break.join(["SET A TO 1", "  WAIT 2  ", "# note", "EXIT"])
    script = parse(text)
    kinds = [statement.kind for statement in script.statements if statement.kind is not Kind.BLANK]
    assert kinds == [Kind.SET, Kind.WAIT, Kind.COMMENT, Kind.EXIT]
    assert "".join(map(script.source, script.statements)) == text


@pytest.mark.parametrize("text", ["", "\x00", "\ufeff", "\ud800", "\ufeffSET A TO 1\n", "a\x00b\n"])
def test_odd_characters_are_kept(text: str) -> None:
    script = parse(text)
    assert "".join(map(script.source, script.statements)) == text


def test_lines_and_columns_count_from_one() -> None:
    script = parse("SET A TO 1\r\n  WAIT %B%\r\n")
    assert [script.line_column(d.start) for d in script.diagnostics] == [(2, 8)]
    assert script.line_column(0) == (1, 1)
    assert script.line_column(len(script.text)) == (3, 1)


def test_the_same_line_at_two_places_has_its_own_place() -> None:
    script = parse("WAIT %A%\nIF B THEN\nWAIT %A%\nEND\nWAIT %A%")
    assert [diagnostic.start for diagnostic in script.diagnostics] == [5, 24, 37]
    assert [statement.depth for statement in script.statements] == [0, 0, 1, 0, 0]


def test_a_long_line_is_read_like_any_other() -> None:
    script = parse(f"IF A THEN\n  SET B TO $'''{'x' * 5000}%C%''' + %D%\nEND")
    assert script.statements[1].reads == ("C",)
    assert script.statements[1].depth == 1
    assert len(script.diagnostics) == 1


def test_the_header_is_read_without_the_rest() -> None:
    text = "@@Type: 'Local'\nIMPORT 'x' AS appmask\n@SENSITIVE: [A]\n\nSET A TO 1\n@SENSITIVE: [B]"
    header = parse_header(text)
    assert header.sensitive == ("A",)
    assert header.imports == ("appmask",)
    assert parse(text).header == header
