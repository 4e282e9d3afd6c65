"""How JSON text is laid out, and new text laid out the same way."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from padguard.exports.jsontree import CLOSING, OPENING, TOKEN, Container
from padguard.exports.payloads import BOM

_BREAK: Final = re.compile(r"\r\n|\n|\r")
_LAST_LINE: Final = re.compile(r"(?:\r\n|\n|\r)[ \t]*\Z")
_INDENT: Final = "  "  # where nothing in the text tells how far


class Layout(NamedTuple):
    """How the members of an object or array are set apart.

    Attributes:
        lead: The line break and indentation before each; empty where they share a line.
        tail: The same before the closing bracket.
        comma: What stands between two of them.
        colon: What stands between a key and its value.
        unit: How much further the next level is indented.
    """

    lead: str
    tail: str
    comma: str
    colon: str
    unit: str

    def deeper(self) -> "Layout":
        """Return the layout of an object or array within."""
        if not self.lead:
            return self
        lead = self.lead + self.unit
        return self._replace(lead=lead, tail=self.lead, comma=f",{lead}")


def layout_of(text: str, levels: Sequence[Container]) -> Layout:
    """Return the layout of the last of some containers, each within the one before.

    Where it is empty, its layout follows from what is around it.
    """
    colon = next(
        (
            text[member.key.end : member.value.start]
            for level in reversed(levels)
            if level.is_object
            for member in level.members[-1:]
        ),
        "",
    )
    if levels[-1].members:
        return _layout(text, levels[-1], colon)
    if len(levels) > 1:
        return _layout(text, levels[-2], colon).deeper()
    found = _BREAK.search(text, *levels[-1].place)
    lead, tail = (found[0] + _INDENT, found[0]) if found else ("", "")
    return Layout(lead, tail, f",{lead}", ": " if lead else ":", _INDENT)


def laid_out(value_json: str, layout: Layout) -> str:
    """Return a JSON value laid out as a member is, its strings and numbers to the letter.

    Args:
        value_json: Valid JSON.
        layout: The layout of the object that the value becomes a part of.
    """
    tokens = TOKEN.findall(value_json.removeprefix(BOM))
    layouts = [layout]
    parts: list[str] = []
    for before, token, after in zip(["", *tokens[:-1]], tokens, [*tokens[1:], ""], strict=True):
        if token in OPENING:
            layouts.append(layouts[-1].deeper())
            parts.append(token if after in CLOSING else token + layouts[-1].lead)
        elif token in CLOSING:
            tail = layouts.pop().tail
            parts.append(token if before in OPENING else tail + token)
        else:
            parts.append({",": layouts[-1].comma, ":": layout.colon}.get(token, token))
    return "".join(parts)


def _layout(text: str, level: Container, colon: str) -> Layout:
    """Return the layout of a container that holds something."""
    last = level.members[-1]
    lead = _line_before(text, last.key.start)
    tail = _line_before(text, level.place.end - 1)
    unit = lead.removeprefix(tail) if lead.startswith(tail) else ""
    colon = colon or (": " if lead else ":")
    if len(level.members) > 1:
        comma = text[level.members[-2].value.end : last.key.start]
    elif lead:
        comma = f",{lead}"
    else:
        comma = ", " if colon.endswith(" ") else ","
    return Layout(lead, tail if lead else "", comma, colon, unit or _INDENT)


def _line_before(text: str, position: int) -> str:
    """Return the line break and indentation before a place that starts a line, or empty."""
    start = position
    while text[start - 1] in " \t\r\n":
        start -= 1
    found = _LAST_LINE.search(text, start, position)
    return found[0] if found else ""
