"""Values of Robin literals, and the literals of values."""

import re
from enum import Enum, auto
from typing import NamedTuple

from padguard.robin.tokens import RULE, WORD, TokenKind

_ESCAPE = re.compile(r"\\(['\"\\%])")
_OPENING = re.compile(r"(?i:\$?'''|\$fx'|P?')")


class PieceKind(Enum):
    """What a piece of text is."""

    PLAIN = auto()
    EXPRESSION = auto()  # between percent signs, or in ${…} of Power Fx text
    BROKEN = auto()  # a single percent sign: the designer refuses the text


class Piece(NamedTuple):
    """A piece of text; offsets count characters of the script, percent signs left out."""

    kind: PieceKind
    start: int
    end: int


def content_span(source: str) -> tuple[int, int]:
    """Return where the content of a string literal starts and ends within its source.

    Raises:
        ValueError: ``source`` is no string literal.
    """
    opening = _OPENING.match(source)
    if opening:
        start = opening.end()
        end = len(source) - (3 if opening[0].endswith("'''") else 1)
        if start <= end:
            return start, end
    message = "not a string literal"
    raise ValueError(message)


def decode_text(source: str) -> str:
    """Return the content of a string literal with its escapes undone.

    Percent signs stay as written: ``%Name%`` is not evaluated, ``%%`` stays double.

    Raises:
        ValueError: ``source`` is no string literal.
    """
    start, end = content_span(source)
    return _ESCAPE.sub(r"\1", source[start:end])


def escape_text(value: str) -> str:
    r"""Return ``value`` with ``\``, ``'`` and ``"`` escaped as exports do within ``$'''…'''``."""
    return value.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')


def encode_text(value: str) -> str:
    """Return the ``$'''…'''`` literal of a value, its percent signs doubled."""
    return f"$'''{escape_text(value).replace('%', '%%')}'''"


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Split the content of a ``$'''…'''`` literal at its percent signs.

    Args:
        text: The script.
        start: Where the content starts, after the opening quotes.
        end: Where the content ends, before the closing quotes.

    Returns:
        The pieces in order. Percent signs belong to no piece, but for ``%%``, which is plain, and
        for a single one, which is a BROKEN piece that reaches to the end.
    """
    found: list[Piece] = []
    plain_start = position = start
    while (position := _next_percent(text, position, end)) >= 0:
        if text.startswith("%", position + 1) and position + 1 < end:
            position += 2
            continue
        if plain_start < position:
            found.append(Piece(PieceKind.PLAIN, plain_start, position))
        closing = _closing_percent(text, position + 1, end)
        if closing < 0:
            found.append(Piece(PieceKind.BROKEN, position, end))
            return found
        found.append(Piece(PieceKind.EXPRESSION, position + 1, closing))
        plain_start = position = closing + 1
    if plain_start < end:
        found.append(Piece(PieceKind.PLAIN, plain_start, end))
    return found


def _next_percent(text: str, position: int, end: int) -> int:
    """Find the next percent sign that no backslash escapes, or -1."""
    while (percent := text.find("%", position, end)) >= 0:
        first = percent
        while first > position and text[first - 1] == "\\":
            first -= 1
        if (percent - first) % 2 == 0:
            return percent
        position = percent + 1
    return -1


def _closing_percent(text: str, position: int, end: int) -> int:
    """Find the percent sign that ends an expression, stepping over quoted text, or -1."""
    for match in RULE.finditer(text, position, end):
        if match.lastindex == TokenKind.ERROR and match.group() == "%":
            return match.start()
    return -1


_FX_HOLE = re.compile(r"\$\{([^{}]*)\}")
_FX_NAME = re.compile(
    rf""""(?:[^"]|"")*" | (?P<call>{WORD}\s*\() | (?P<property>[.!]\s*{WORD})
      | (?P<key>{WORD}\s*:) | \\'(?P<quoted>[^'\\]+)\\' | (?P<name>{WORD})""",
    re.VERBOSE,
)
_FX_WORDS = frozenset(
    {"true", "false", "and", "or", "not", "in", "exactin", "as", "self", "parent"}
)


def fx_names(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the variables that a ``$fx'…'`` literal reads, with their offsets in the script.

    A literal that starts with ``=`` is a formula; in any other only ``${…}`` reads variables.
    The grammar of Power Fx is not parsed: names that are called, follow a dot or name a field
    are left out.
    """
    first, last = content_span(text[start:end])
    first, last = start + first, start + last
    if text.startswith("=", first):
        holes = [(first + 1, last)]
    else:
        holes = [hole.span(1) for hole in _FX_HOLE.finditer(text, first, last)]
    found: list[tuple[str, int, int]] = []
    for hole_start, hole_end in holes:
        for match in _FX_NAME.finditer(text, hole_start, hole_end):
            group = "quoted" if match["quoted"] else "name"
            if match[group] and match[group].casefold() not in _FX_WORDS:
                found.append((match[group], *match.span(group)))
    return found
