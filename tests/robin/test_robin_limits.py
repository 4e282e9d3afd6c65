"""Hostile sizes: work grows with the text and not with its square, or these tests would hang."""

import pytest

from padguard.robin.parser import parse
from padguard.robin.paste import paste_problems
from padguard.robin.tokens import tokenize
from padguard.robin.tree import Kind

MANY = 20_000

PARTS = [
    "$'''", "'''", "'", "P'", "$fx'", "/#", "(", "[", "{", "{{", "}", "%", "%A% ", "\\",
    "\\%", "\\'''", "$'''%A%'''", "$fx'${", "@", "@@", "NOT ", "-", "A.", "L[", "A + ", "'x', ",
    "A: ", "=> ", "TO ", "DISABLE ", "\u2028", "  ", "\x00", "**REGION",
    "# [ControlRepository]", "A: 1 B=> C ",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_a_very_long_line(part: str) -> None:
    for text in (part * MANY, f"SET A TO {part * MANY}", f"SET A TO $'''%{part * MANY}%'''"):
        script = parse(text)
        assert "".join(map(script.source, script.statements)) == text
        assert sum(1 for _ in tokenize(text)) > 0
        paste_problems(script)


LINES = [
    "IF A THEN", "IF A THEN\nELSE", "SWITCH A\nCASE = 1", "LOOP WHILE A", "BLOCK b", "ON ERROR",
    "FUNCTION F GLOBAL", "END", "END FUNCTION", "ELSE", "CASE = 1", "SET A TO $'''", "SET A TO '",
    "$'''\\", "/# x", "/# x #/", "@@x: 1", "@SENSITIVE: [A]", "@INPUT A : { 'Type': 'x' }",
    "@INPUT A : {", "SET A TO %A%", "**REGION x", "DISABLE", "",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_very_many_lines(line: str) -> None:
    text = f"{line}\n" * MANY
    script = parse(text)
    assert "".join(map(script.source, script.statements)) == text
    paste_problems(script)


def test_a_line_with_too_many_tokens_is_told_and_kept() -> None:
    script = parse("SET A TO " + "A + " * 100_000 + "A\nWAIT 1")
    assert [statement.kind for statement in script.statements] == [Kind.OPAQUE, Kind.WAIT]
    assert [str(diagnostic.message) for diagnostic in script.diagnostics] == [
        "The line is too long to be read."
    ]


NESTED = ["(", "[", "NOT ", "- ", "IsEmpty(", "A[", "{ 'k': ", "A OR B AND C = D + E * IsEmpty("]


@pytest.mark.parametrize("opening", NESTED)
@pytest.mark.parametrize("depth", [60, 200, 3000])
def test_expressions_may_nest_too_deeply_to_be_read(opening: str, depth: int) -> None:
    (diagnostic,) = parse(f"SET A TO {opening * depth}B").diagnostics
    assert str(diagnostic.message) == "The expression is nested too deeply to be read."


def test_expressions_nest_as_deep_as_people_write() -> None:
    assert parse(f"SET A TO {'(' * 40}B{')' * 40}").diagnostics == []
