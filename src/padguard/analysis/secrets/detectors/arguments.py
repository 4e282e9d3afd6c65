"""Cuts the arguments of a call in a script."""

import re

_PIECE = re.compile(
    r""""(?:[^"\\\r\n]|\\.|"")*+" | '(?:[^'\\\r\n]|\\.|'')*+' | (?P<open>[(\[{]) | (?P<close>[)\]}])
      | (?P<comma>[,;]) | (?P<line>[\r\n]+) | [^"'()\[\]{},;\r\n]+ | .""",
    re.VERBOSE,
)
_REACH = 1500
_MAX_ARGUMENTS = 12


def arguments(text: str, position: int) -> list[tuple[int, int]]:
    """Return the spans of the arguments of a call, without white space around them.

    Args:
        text: A script in any of the usual languages.
        position: Where the opening parenthesis stands, or the first argument of a language that
            calls without one (Visual Basic, SQL); those end with the line.
    """
    bracketed = text.startswith("(", position)
    start = position + bracketed
    spans: list[tuple[int, int]] = []
    depth = 0
    for match in _PIECE.finditer(text, start, min(len(text), position + _REACH)):
        if match["open"]:
            depth += 1
        elif match["close"]:
            depth -= 1
        ends = depth < 0 or (match["line"] and not bracketed)
        if ends or (match["comma"] and depth == 0):
            spans.append(_stripped(text, start, match.start()))
            start = match.end()
        if ends or len(spans) == _MAX_ARGUMENTS:
            return spans
    spans.append(_stripped(text, start, min(len(text), position + _REACH)))
    return spans


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))
