"""JSON text read as nested places: where objects and arrays, their keys and values stand."""

import json
import re
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from padguard.exports.payloads import BOM
from padguard.foundation.errors import EditError
from padguard.foundation.messages import mark

JsonPath: TypeAlias = Sequence[str | int]
"""The way from the root to a value: keys of objects (decoded), positions in arrays from 0."""

NO_JSON = mark("exports", "This is no valid JSON (at character {position}). Nothing was changed.")
TOO_DEEP = mark("exports", "This JSON is nested too deep to be changed. Nothing was changed.")
TWICE = mark(
    "exports",
    "“{key}” stands there twice, so it is not clear which one counts. Nothing was changed.",
)

TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^ \t\r\n\[\]{}:,"]+', re.DOTALL)
OPENING: Final = frozenset("[{")
CLOSING: Final = frozenset("]}")
_SPACE: Final = re.compile(r"[ \t\r\n]*")


class Range(NamedTuple):
    """The characters ``start`` up to ``end`` of a text."""

    start: int
    end: int


class Member(NamedTuple):
    """A member of an object, or an item of an array.

    ``name`` is the decoded key, or the position; ``key`` is where the key stands with its quotes,
    of an item the empty range before it.
    """

    name: str | int
    key: Range
    value: Range


class Container(NamedTuple):
    """An object or array: where it stands with its brackets, and what it holds."""

    place: Range
    members: list[Member]
    is_object: bool

    def find(self, step: str | int) -> int | None:
        """Return which member a step of a path means.

        Raises:
            EditError: Two members bear that key.
        """
        if isinstance(step, int) == self.is_object:
            return None
        found = [place for place, member in enumerate(self.members) if member.name == step]
        if len(found) > 1:
            raise EditError(TWICE(key=step))
        return found[0] if found else None


def check_json(text: str) -> None:
    """Refuse what is no JSON; numbers are not worked out, so they may be of any length.

    Raises:
        EditError: The text is no JSON, or nested deeper than Python reads.
    """
    try:
        json.loads(text.removeprefix(BOM), parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise EditError(NO_JSON(position=error.pos + 1)) from None  # it holds the whole text
    except RecursionError:
        raise EditError(TOO_DEEP) from None


def containers_on(text: str, path: JsonPath) -> list[Container]:
    """Return the objects and arrays on a path, from the root to the one it ends at.

    Args:
        text: Valid JSON, with or without byte order mark.
        path: Leads to an object or array.

    Returns:
        One more than the path has steps; none where it leads to nothing, or to another value.

    Raises:
        EditError: A key of the path stands twice in its object.
    """
    levels: list[Container] = []
    position = _after_space(text, len(BOM) if text.startswith(BOM) else 0)
    for step in (*path, None):
        level = _container(text, position)
        if level is None:
            return []
        levels.append(level)
        if step is not None:
            place = level.find(step)
            if place is None:
                return []
            position = level.members[place].value.start
    return levels


def _container(text: str, start: int) -> Container | None:
    """Read what an object or array holds; None for any other value."""
    if text[start] not in OPENING:
        return None
    is_object = text[start] == "{"
    members: list[Member] = []
    position = _after_space(text, start + 1)
    while text[position] not in CLOSING:
        key = Range(position, _value_end(text, position) if is_object else position)
        name = json.loads(text[key.start : key.end]) if is_object else len(members)
        if is_object:
            colon = _after_space(text, key.end)
            position = _after_space(text, colon + 1)
        value = Range(position, _value_end(text, position))
        members.append(Member(name, key, value))
        position = _after_space(text, value.end)
        if text[position] == ",":
            position = _after_space(text, position + 1)
    return Container(Range(start, position + 1), members, is_object)


def _value_end(text: str, start: int) -> int:
    """Return where the value that starts at ``start`` ends, however deep it is."""
    depth = 0
    for token in TOKEN.finditer(text, start):
        first = text[token.start()]
        depth += (first in OPENING) - (first in CLOSING)
        if depth == 0:
            return token.end()
    return len(text)


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
