"""Values taken out of what stands in a script: texts, lists, sums, Power Fx."""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from padguard.foundation.edits import Edit, apply_edits
from padguard.robin.expressions import Collection as Several
from padguard.robin.expressions import (
    Expression,
    Literal,
    Operation,
    children,
    parse_expression,
)
from padguard.robin.literals import PieceKind, content_span, encode_text, escape_text, pieces
from padguard.robin.tokens import WORD, TokenKind

_TEXTS: Final = frozenset({TokenKind.TEXT, TokenKind.QUOTED, TokenKind.TRIPLE})
SHORTEST_SECRET: Final = 4  # characters; shorter ones stand in many places by chance
_CALCULATES: Final = frozenset({"+", "-", "*", "/", "MOD"})
_EMPTY: Final = {TokenKind.QUOTED: "''", TokenKind.TRIPLE: "''''''", TokenKind.FX: "$fx''"}
_FX_HOLE: Final = re.compile(r"\$\{[^{}]*\}")
_FX_REST: Final = re.compile(rf"(?:[.!]{WORD})*")


def without_values(
    text: str, start: int, end: int, places: Collection[int], words: str
) -> list[Edit]:
    """Return the edits by which values in an expression give way to words.

    What stands around a value stays where that makes sense: the text around ``%…%``, the other
    items of a list, the other parts of texts that are joined.

    Args:
        text: The script.
        start: Where the expression starts.
        end: Where it ends.
        places: Where the names of the variables start that shall be gone.
        words: What stands in for a value; may be empty.
    """
    whole = Edit(start, end, encode_text(words))
    expression = parse_expression(text, start, end)
    if expression is None:
        return [whole]
    edits = list(_Taker(text, frozenset(places), words).edits(expression, inside=False))
    after = apply_edits(text[:end], edits)
    understood = parse_expression(after, start, len(after)) is not None
    return edits if understood else [whole]


def is_all(text: str, start: int, end: int, edits: list[Edit]) -> bool:
    """Tell whether edits leave nothing of an expression but what they put there."""
    source = text[start:end]
    first, last = (start, end)
    if source[:1] in ("'", "$"):
        first, last = (start + offset for offset in content_span(source))
    taken = sorted((edit.start, edit.end) for edit in edits)
    for edit_start, edit_end in taken:
        if text[first:edit_start].strip(" \t\r\n"):
            return False
        first = max(first, edit_end)
    return not text[first:last].strip(" \t\r\n")


def literal_at(text: str, start: int, end: int, place: int) -> Literal | None:
    """Return the literal of an expression that a character of the script belongs to, or None."""
    waiting: list[Expression] = [
        found for found in [parse_expression(text, start, end)] if found is not None
    ]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Literal):
            if found.start <= place < found.end:
                return found
        else:
            waiting += children(found)
    return None


def is_calculated(text: str, start: int, end: int, number: Literal) -> bool:
    """Tell whether a number of an expression is calculated with; also a minus sign before it."""
    waiting: list[Expression] = [
        found for found in [parse_expression(text, start, end)] if found is not None
    ]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Operation) and number in found.operands:
            return found.operator in _CALCULATES
        if not isinstance(found, Literal):
            waiting += children(found)
    return False


def secret_spans(secret: str, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where a secret stands in a script, as it reads or as it is written in a literal.

    Args:
        secret: The secret in clear.
        text: The script.
        start: Where to start looking.
        end: Where to stop.

    Returns:
        The places as offsets in the script, in order and apart; none within other words.
    """
    quoted = secret.replace("\\", "\\\\").replace("'", "\\'")
    texts = (secret, quoted, escape_text(secret)) if secret else ()
    forms = {form for one in texts for form in (one, one.replace("%", "%%"))}
    found = [span for form in forms for span in _words(form, text, start, end)]
    apart: list[tuple[int, int]] = []
    for first, last in sorted(found, key=lambda span: (span[0], -span[1])):
        if not apart or first >= apart[-1][1]:
            apart.append((first, last))
    return apart


def _words(word: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where a text stands that is not within a longer word."""
    place = text.find(word, start, end)
    while place >= 0:
        after = place + len(word)
        joined = (
            place > 0 and _is_of_word(text[place - 1]) and _is_of_word(word[0]),
            after < len(text) and _is_of_word(text[after]) and _is_of_word(word[-1]),
        )
        if not any(joined):
            yield place, after
        place = text.find(word, place + 1, end)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def emptied(literal: Literal) -> Edit:
    """Return the edit that leaves an empty text of a literal."""
    return Edit(literal.start, literal.end, _EMPTY.get(literal.kind, encode_text("")))


class _Span(NamedTuple):
    start: int
    end: int


class _Taker:
    """Finds what has to give way in one expression.

    Attributes of a value go with it: ``Login.Password``, ``Row['Code']``.
    """

    def __init__(self, text: str, places: frozenset[int], words: str) -> None:
        self._text = text
        self._places = places
        self._words = words

    def edits(self, found: Expression, *, inside: bool) -> Iterator[Edit]:
        """Yield the edits; ``inside`` tells whether the expression stands between percent signs."""
        if not self._touches(found.start, found.end):
            return
        if isinstance(found, Literal):
            yield from self._fx(found) if found.kind is TokenKind.FX else self._text_edits(found)
        elif isinstance(found, Several) or _joins_texts(found):
            for child in children(found):
                yield from self.edits(child, inside=inside)
        else:
            quoted = "'" + self._words.replace("'", "") + "'"
            yield Edit(found.start, found.end, quoted if inside else encode_text(self._words))

    def _touches(self, start: int, end: int) -> bool:
        return any(start <= place < end for place in self._places)

    def _text_edits(self, literal: Literal) -> Iterator[Edit]:
        first, last = (literal.start + offset for offset in content_span(self._source(literal)))
        holes = [
            piece for piece in pieces(self._text, first, last) if piece.kind is PieceKind.EXPRESSION
        ]
        for hole, expression in zip(holes, literal.parts, strict=True):
            if _joins_texts(expression):
                yield from self.edits(expression, inside=True)
            elif self._touches(hole.start, hole.end):
                words = escape_text(self._words).replace("%", "%%")
                yield Edit(hole.start - 1, hole.end + 1, words)

    def _fx(self, literal: Literal) -> Iterator[Edit]:
        source = self._source(literal)
        first, last = (literal.start + offset for offset in content_span(source))
        plain = self._words.replace("\\", "").replace("'", "")
        if not self._text.startswith("=", first):
            for hole in _FX_HOLE.finditer(self._text, first, last):
                if self._touches(*hole.span()):
                    yield Edit(*hole.span(), plain)
            return
        names = [self._fx_name(place, last) for place in sorted(self._places)]
        names = [name for name in names if literal.start <= name.start < literal.end]
        if all(self._is_joined(name, first, last) for name in names):
            quoted = '"' + plain.replace('"', "") + '"'
            yield from (Edit(name.start, name.end, quoted) for name in names)
        else:
            yield Edit(literal.start, literal.end, f"$fx'{plain}'")

    def _fx_name(self, place: int, last: int) -> _Span:
        """Return a name with what is read of it."""
        word = re.compile(WORD).match(self._text, place, last)
        end = word.end() if word else place
        rest = _FX_REST.match(self._text, end, last)
        return _Span(place, rest.end() if rest else end)

    def _is_joined(self, name: _Span, first: int, last: int) -> bool:
        """Tell whether ``&`` joins a name in a formula with other texts, and nothing else."""
        before = self._text[first : name.start].rstrip()
        after = self._text[name.end : last].lstrip()
        alone = before == "=" and not after
        return not alone and before[-1:] in ("&", "=") and (not after or after[0] == "&")

    def _source(self, literal: Literal) -> str:
        return self._text[literal.start : literal.end]


def _joins_texts(found: Expression) -> bool:
    """Tell whether an expression is a sum with a text in it, so that it joins texts."""
    return (
        isinstance(found, Operation)
        and found.operator == "+"
        and any(
            (isinstance(one, Literal) and one.kind in _TEXTS) or _joins_texts(one)
            for one in found.operands
        )
    )
