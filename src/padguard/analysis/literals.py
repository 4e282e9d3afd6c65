"""The texts that are written into a script, as a person reads them, and where each character is."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from padguard.analysis.secrets.model import HOLE
from padguard.robin.expressions import (
    Collection,
    Expression,
    Index,
    Literal,
    Name,
    children,
    parse_expression,
)
from padguard.robin.literals import PieceKind, content_span, pieces
from padguard.robin.tokens import TokenKind

_TEXTS = frozenset({TokenKind.TEXT, TokenKind.FX, TokenKind.TRIPLE, TokenKind.QUOTED})
_FORMULA_TEXT = re.compile(r'"([^"]*)"')
_ESCAPE = re.compile(r"\\['\"\\%]|%%")
_SIMPLE_TEXT = re.compile(r"\$'''[^'\\%]*+'''")
_LITERAL = re.compile(r"['0-9]")
_QUOTE_ESCAPE = re.compile(r"\\['\"\\]")


@dataclass(frozen=True, slots=True)
class Written:
    """A text with its escapes undone and `HOLE` for every interpolated expression.

    ``key`` is the key of the custom object that it stands under, or "". ``holes`` counts its
    interpolated expressions.
    """

    value: str = field(repr=False)
    start: int
    end: int
    key: str
    holes: int
    _jumps: tuple[tuple[int, int], ...] = field(repr=False)

    def offset(self, position: int) -> int:
        """Return where in the script a character of ``value`` stands."""
        index = bisect_right(self._jumps, position, key=itemgetter(0)) - 1
        if index < 0:
            return self.start + position
        place, offset = self._jumps[index]
        return offset + position - place


class _Keyed(NamedTuple):
    expression: Expression
    key: str


def written_texts(text: str, start: int, end: int) -> Iterator[Written]:
    """Yield the texts and numbers in the expression between two offsets of a script.

    Texts inside an interpolated expression or an index (``Row['Name']``) are names, not data, and
    left out; so are the keys of custom objects.
    """
    # Most clauses are one text without anything in it, or hold none: no need to parse these.
    if _SIMPLE_TEXT.fullmatch(text, start, end):
        yield Written(text[start + 4 : end - 3], start + 4, end - 3, "", 0, ())
    elif _LITERAL.search(text, start, end):
        expression = parse_expression(text, start, end)
        if expression is not None:
            yield from _texts_in(text, expression)


def _texts_in(text: str, expression: Expression) -> Iterator[Written]:
    waiting = [_Keyed(expression, "")]
    while waiting:
        found, key = waiting.pop()
        if isinstance(found, Literal):
            if found.kind is TokenKind.FX and text.startswith("=", found.start + len("$fx'")):
                yield from _formula_texts(text, found, key)
            elif found.kind in _TEXTS:
                yield written(text, found.start, found.end, key)
            elif found.kind is TokenKind.NUMBER:
                number = text[found.start : found.end]
                yield Written(number, found.start, found.end, key, 0, ())
        elif isinstance(found, Collection) and found.kind == "object":
            waiting += reversed(list(_entries(text, found)))
        elif isinstance(found, Collection) and found.kind == "table":
            waiting += reversed(list(_cells(text, found)))
        elif isinstance(found, Collection) or hasattr(found, "operands"):
            waiting += [_Keyed(child, key) for child in reversed(children(found))]


def _entries(text: str, found: Collection) -> Iterator[_Keyed]:
    for key, value in zip(found.items[::2], found.items[1::2], strict=False):
        yield _Keyed(value, _plain_text(text, key))


def _cells(text: str, table: Collection) -> Iterator[_Keyed]:
    """Yield the cells of a table; those below a header row stand under its words."""
    rows = [row for row in table.items if isinstance(row, Collection)]
    columns: list[str] = []
    if rows and "^" in text[table.start : rows[0].start]:
        columns = [_plain_text(text, cell) for cell in rows.pop(0).items]
    for row in rows:
        for place, cell in enumerate(row.items):
            yield _Keyed(cell, columns[place] if place < len(columns) else "")


def _plain_text(text: str, found: Expression) -> str:
    if isinstance(found, Literal) and found.kind in _TEXTS:
        return written(text, found.start, found.end).value
    return ""


def _formula_texts(text: str, formula: Literal, key: str) -> Iterator[Written]:
    """Yield the texts in quotes within a Power Fx formula."""
    for found in _FORMULA_TEXT.finditer(text, formula.start, formula.end):
        yield Written(found[1], *found.span(1), key, 0, ())


def written(text: str, start: int, end: int, key: str = "") -> Written:
    """Return the text of the string literal between two offsets of a script."""
    source = text[start:end]
    first, last = content_span(source)
    first, last = start + first, start + last
    interpolates = source.startswith("$'''")
    if "\\" in source or (interpolates and "%" in source):
        return _with_jumps(text, first, last, key, interpolates=interpolates)
    return Written(text[first:last], first, last, key, 0, ())


def _with_jumps(text: str, first: int, last: int, key: str, *, interpolates: bool) -> Written:
    parts: list[str] = []
    jumps: list[tuple[int, int]] = []
    length = holes = 0
    stretches = (
        [(piece.kind, piece.start, piece.end) for piece in pieces(text, first, last)]
        if interpolates
        else [(PieceKind.PLAIN, first, last)]
    )
    for kind, piece_start, piece_end in stretches:
        if kind is PieceKind.EXPRESSION:
            jumps.append((length, piece_start))
            parts.append(HOLE)
            length += 1
            holes += 1
            continue
        position = piece_start
        jumps.append((length, position))
        for escape in (_ESCAPE if interpolates else _QUOTE_ESCAPE).finditer(
            text, piece_start, piece_end
        ):
            parts.append(text[position : escape.start()])
            length += escape.start() - position
            position = escape.start() + 1  # the escaped character stands for itself
            jumps.append((length, position))
        parts.append(text[position:piece_end])
        length += piece_end - position
    return Written("".join(parts), first, last, key, holes, tuple(jumps))


def element_keys(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the keys of ``appmask['Screen']['Element']`` between two offsets of a script."""
    found = parse_expression(text, start, end)
    keys: list[str] = []
    while isinstance(found, Index) and isinstance(found.key, Literal) and found.key.kind in _TEXTS:
        keys.append(written(text, found.key.start, found.key.end).value)
        found = found.base
    if isinstance(found, Name) and found.path.casefold().startswith("appmask"):
        yield from reversed(keys)
