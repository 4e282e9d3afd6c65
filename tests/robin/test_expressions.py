"""Expressions: their shape, the names they read, the values of literals."""

import pytest

from padguard.robin.expressions import (
    Call,
    Collection,
    Expression,
    Index,
    Literal,
    Name,
    Operation,
    Property,
    parse_expression,
    references,
)
from padguard.robin.values import literal_value


def shape(found: Expression | None) -> object:
    """Return an expression without its offsets, as nested tuples that are easy to read."""
    match found:
        case Literal():
            return ("text", *map(shape, found.parts)) if found.parts else found.kind.name.lower()
        case Name():
            return found.path
        case Property():
            return (shape(found.base), "." + found.name)
        case Index():
            return (shape(found.base), [shape(found.key)])
        case Call():
            return (found.function + "()", *map(shape, found.arguments))
        case Operation():
            return (found.operator, *map(shape, found.operands))
        case Collection():
            return (found.kind, *map(shape, found.items))
    return None


SHAPES = [
    ("$'''text'''", "text"),
    ("'key'", "quoted"),
    ("3.14", "number"),
    ("-1", ("-", "number")),
    ("1E3", "number"),
    ("True", "name"),
    ("false", "name"),
    ("P'AQAA'", "encrypted"),
    ("$fx'text'", "fx"),
    ("Name", "Name"),
    ("Mail.Subject", "Mail.Subject"),
    ("Text.CaseOption.UpperCase", "Text.CaseOption.UpperCase"),
    ("GLOBAL.Counter", "GLOBAL.Counter"),
    ("Row['Status']", ("Row", ["quoted"])),
    ("Table[0]['Status']", (("Table", ["number"]), ["quoted"])),
    ("Items[-1]", ("Items", [("-", "number")])),
    ("L[L.Count - 1].Name", (("L", [("-", "L.Count", "number")]), ".Name")),
    ("A + B * 2", ("+", "A", ("*", "B", "number"))),
    ("A - B - C", ("-", ("-", "A", "B"), "C")),
    ("(A + B) / 2", ("/", ("+", "A", "B"), "number")),
    ("N mod 2", ("MOD", "N", "number")),
    ("A = 1 AND B <> 2 OR C >= 3",
     ("OR", ("AND", ("=", "A", "number"), ("<>", "B", "number")), (">=", "C", "number"))),
    ("NOT(A = B)", ("NOT", ("=", "A", "B"))),
    ("NOT A and not B", ("AND", ("NOT", "A"), ("NOT", "B"))),
    ("(Status) <> ($'''Done''')", ("<>", "Status", "text")),
    ("(A = 'x' AND B >= 3) = True",
     ("=", ("AND", ("=", "A", "quoted"), (">=", "B", "number")), "name")),
    ("IsEmpty(S)", ("IsEmpty()", "S")),
    ("Contains(Row['a'], $'''b''', False)",
     ("Contains()", ("Row", ["quoted"]), "text", "name")),
    ("[]", ("list",)),
    ("['a', 1, L[0]]", ("list", "quoted", "number", ("L", ["number"]))),
    ("[imgrepo['a'], imgrepo['b']]",
     ("list", ("imgrepo", ["quoted"]), ("imgrepo", ["quoted"]))),
    ("{ 'Name': Txt, 'X': { 'Y': 1 } }",
     ("object", "quoted", "Txt", "quoted", ("object", "quoted", "number"))),
    ("{{ }}", ("object",)),
    ("{ }", ("table",)),
    ("{ ^['A', 'B'], [$'''n''', A / B] }",
     ("table", ("list", "quoted", "quoted"), ("list", "text", ("/", "A", "B")))),
    ("{[1, 2], [3, 4]}", ("table", ("list", "number", "number"), ("list", "number", "number"))),
    ("{^[ ]}", ("table", ("list",))),
    ("$'''Hi %Name%, %L.Count + 1%!'''", ("text", "Name", ("+", "L.Count", "number"))),
    ("$'''%Row['a']%'''", ("text", ("Row", ["quoted"]))),
    ("$'''100%% and %'%'%'''", ("text", "quoted")),
    ("$fx'=A + B'", ("text", "A", "B")),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), SHAPES)
def test_an_expression_has_its_shape(source: str, expected: object) -> None:
    found = parse_expression(source, 0, len(source))
    assert shape(found) == expected
    assert found is not None
    assert (found.start, found.end) == (0, len(source))


NOT_UNDERSTOOD = [
    "", "%N%", "%N + 1%", "A +", "+ ", "A B", "(A", "A)", "[1, 2", "L[", "L[]", "L.",
    "{'a'}", "{'a': }", "IsEmpty(", "From", "O.From", "O[0].To", "GLOBAL", "TRUE.x", "=> A",
    "'open", "$'''open",
    "$'''50% off'''", "$'''%%%'''", "$'''%A B%'''", "$'''% %'''", "$'''%O.From%'''", "#",
    "A # b",
]  # fmt: skip


@pytest.mark.parametrize("source", NOT_UNDERSTOOD)
def test_what_is_no_expression_is_none(source: str) -> None:
    assert parse_expression(source, 0, len(source)) is None


READS = [
    ("Name", [("Name", "")]),
    ("Mail.Subject", [("Mail", ".Subject")]),
    ("GLOBAL.Credential.Password", [("Credential", ".Password")]),
    ("Table[Row]['a'].Length", [("Table", "[Row]['a'].Length"), ("Row", "")]),
    ("A + Contains(B, $'''%C['x']% and %D%''', E)",
     [("A", ""), ("B", ""), ("C", "['x']"), ("D", ""), ("E", "")]),
    ("{ 'k': V, 'l': [W] }", [("V", ""), ("W", "")]),
    ("$fx'=Now() + Offset'", [("Offset", "")]),
    ("True", []),
    ("(A)[0]", [("A", ")[0]")]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), READS)
def test_names_are_found_where_they_are_read(source: str, expected: list[tuple[str, str]]) -> None:
    text = f"SET X TO {source} # more"
    found = parse_expression(text, 9, 9 + len(source))
    assert found is not None
    reads = list(references(text, found))
    assert [(read.name, read.properties) for read in reads] == expected
    assert all(text[read.start : read.end] == read.name for read in reads)


VALUES = [
    ("'txt'", "txt"),
    ("'''two\r\nlines'''", "two\r\nlines"),
    (r"$'''it\'s'''", "it's"),
    ("3", 3),
    ("-2.5", -2.5),
    ("1E3", 1000.0),
    ("True", True),
    ("false", False),
    ("[]", []),
    ("['a', [1, -1]]", ["a", [1, -1]]),
    ("{ 'Name': 'x', 'N': 3 }", {"Name": "x", "N": 3}),
    ("{{ }}", {}),
    ("{ }", []),
    ("{ ^['A'], [1] }", [["A"], [1]]),
]


@pytest.mark.parametrize(("source", "value"), VALUES)
def test_a_literal_has_its_value(source: str, value: object) -> None:
    assert literal_value(source) == value
    assert type(literal_value(source)) is type(value)


@pytest.mark.parametrize("source", ["", "Name", "1 + 1", "[Name]", "-True", "'open"])
def test_what_refers_to_something_is_no_literal(source: str) -> None:
    with pytest.raises(ValueError, match="not a literal"):
        literal_value(source)
