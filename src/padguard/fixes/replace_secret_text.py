"""Writes the password of a credential where a secret stands in the text of a script."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from padguard.fixes.fix import NotPossibleError
from padguard.fixes.texts import is_calculated, literal_at
from padguard.foundation.edits import Edit
from padguard.foundation.messages import mark
from padguard.robin.expressions import Literal
from padguard.robin.literals import PieceKind, content_span, pieces
from padguard.robin.tokens import TokenKind

NOT_FOUND = mark("fixes", "The secret stands where it cannot be replaced by itself.")
NO_FORMULA = mark(
    "fixes", "The secret stands in a formula in which it cannot be replaced by itself."
)

CALCULATED = mark(
    "fixes",
    "The secret is a number that is calculated with, but a credential gives a text. Change it in "
    "the designer.",
)

Span = tuple[int, int]
_UNIT: Final = re.compile(r"\\['\"\\%]|%%|[\s\S]")
_QUOTED_UNIT: Final = re.compile(r"\\['\"\\]|[\s\S]")
_FX_UNIT: Final = re.compile(r"\\['\"\\]|\$\{[^{}]*\}|[\s\S]")


class Place(NamedTuple):
    """Where a secret stands: the part of a row that holds it, and its own characters."""

    clause: Span
    secret: Span


def replacing_edits(text: str, places: Iterable[Place], expression: str) -> Iterator[Edit]:
    """Yield the edits that write an expression where secrets stand.

    A text that is the secret gives way to the expression; in a text that only holds it, the
    expression is interpolated.

    Args:
        text: The script.
        places: Where the secrets stand.
        expression: What reads the password, such as ``Credential.Password``.

    Raises:
        NotPossibleError: A secret stands where nothing can take its place.
    """
    literals: defaultdict[Literal, list[Span]] = defaultdict(list)
    for place in places:
        literal = literal_at(text, *place.clause, place.secret[0])
        if literal is None:
            raise NotPossibleError(NOT_FOUND)
        if literal.kind is TokenKind.NUMBER and is_calculated(text, *place.clause, literal):
            raise NotPossibleError(CALCULATED)
        literals[literal].append(place.secret)
    for literal, spans in literals.items():
        yield from _in_literal(text, literal, sorted(spans), expression)


def _in_literal(
    text: str, literal: Literal, spans: Sequence[Span], expression: str
) -> Iterator[Edit]:
    if literal.kind in (TokenKind.NUMBER, TokenKind.ENCRYPTED):
        yield Edit(literal.start, literal.end, expression)
        return
    first, last = (literal.start + o for o in content_span(text[literal.start : literal.end]))
    if literal.kind is TokenKind.FX:
        if text.startswith("=", first):
            yield from (_in_formula(text, span, expression) for span in spans)
            return
        units = [match.span() for match in _FX_UNIT.finditer(text, first, last)]
        found = _whole_units(units, spans)
        if found == [(first, last)]:
            yield Edit(first, last, f"={expression}")
        else:
            yield from (Edit(*span, f"${{{expression}}}") for span in found)
        return
    interpolates = literal.kind is TokenKind.TEXT
    units = list(_text_units(text, first, last) if interpolates else _units(text, first, last))
    found = _whole_units(units, spans)
    if found == [(first, last)]:
        yield Edit(literal.start, literal.end, expression)
    elif interpolates:
        yield from _interpolated(text, units, found, expression)
    else:
        yield Edit(literal.start, literal.end, _as_text(text, units, found, expression))


def whole_span(text: str, literal: Literal, start: int, end: int) -> Span:
    r"""Return a span within the content of a literal, widened to whole escapes.

    Raises:
        NotPossibleError: It holds nothing.
    """
    first, last = (literal.start + o for o in content_span(text[literal.start : literal.end]))
    if literal.kind is TokenKind.TEXT:
        units = list(_text_units(text, first, last))
    elif literal.kind is TokenKind.FX:
        units = [match.span() for match in _FX_UNIT.finditer(text, first, last)]
    else:
        units = list(_units(text, first, last))
    return _whole_units(units, [(start, end)])[0]


def _text_units(text: str, first: int, last: int) -> Iterator[Span]:
    """Yield the characters of text as they are written, and its expressions whole."""
    position = first
    for piece in pieces(text, first, last):
        if piece.kind is PieceKind.EXPRESSION:
            yield piece.start - 1, piece.end + 1
            position = piece.end + 1
        else:
            yield from (match.span() for match in _UNIT.finditer(text, piece.start, piece.end))
            position = piece.end
    if position < last:
        yield position, last


def _units(text: str, first: int, last: int) -> Iterator[Span]:
    return (match.span() for match in _QUOTED_UNIT.finditer(text, first, last))


def _whole_units(units: Sequence[Span], spans: Iterable[Span]) -> list[Span]:
    r"""Return spans widened to whole escapes, apart and in order.

    A span may start behind the backslash of an escape that it holds, and end behind that of one
    that it does not hold.

    Raises:
        NotPossibleError: One of them holds nothing.
    """
    found: list[Span] = []
    for start, end in spans:
        held = [unit for unit in units if unit[1] > start and unit[1] <= end]
        if not held:
            raise NotPossibleError(NOT_FOUND)
        whole = (held[0][0], held[-1][1])
        if found and whole[0] < found[-1][1]:
            whole = (found[-1][0], max(whole[1], found[-1][1]))
            found.pop()
        found.append(whole)
    return found


def _interpolated(
    text: str, units: Sequence[Span], spans: Iterable[Span], expression: str
) -> Iterator[Edit]:
    starts = {unit[0]: index for index, unit in enumerate(units)}
    for start, end in spans:
        index = starts[start]
        before = text[slice(*units[index - 1])] if index else ""
        lead = "\\" if before == "\\" else ""  # a single backslash would escape the percent sign
        yield Edit(start, end, f"{lead}%{expression}%")


def _as_text(text: str, units: Sequence[Span], spans: Iterable[Span], expression: str) -> str:
    """Return a ``'…'`` literal as ``$'''…'''`` text in which an expression is interpolated."""
    starts, covered = {span[0] for span in spans}, list(spans)
    parts: list[str] = []
    for start, end in units:
        if start in starts:
            parts.append(f"%{expression}%")
        elif not any(first <= start < last for first, last in covered):
            parts.append(_in_text(text[start:end]))
    return f"$'''{''.join(parts)}'''"


def _in_text(unit: str) -> str:
    """Return one character of a ``'…'`` literal as it is written in ``$'''…'''`` text."""
    if unit == "%":
        return "%%"
    if unit in ("\\", '"', "'"):
        return f"\\{unit}"
    return unit


def _in_formula(text: str, span: Span, expression: str) -> Edit:
    """Return the edit for a secret within double quotes in a Power Fx formula."""
    start, end = span
    opens, closes = text[start - 1] == '"', text.startswith('"', end)
    doubled = text.startswith('""', end) or text[start - 2 : start] == '""'
    if "\\" in text[start:end] or doubled:
        raise NotPossibleError(NO_FORMULA)
    lead = "" if opens else '" & '
    tail = "" if closes else ' & "'
    return Edit(start - opens, end + closes, f"{lead}{expression}{tail}")
