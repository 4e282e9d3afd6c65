"""Where a member of JSON text stands, and the edits that take one out or add one."""

from typing import NamedTuple

from padguard.exports.jsonlayout import laid_out, layout_of
from padguard.exports.jsontree import Container, JsonPath, Range, check_json, containers_on
from padguard.exports.payloads import encode_json
from padguard.foundation.edits import Edit
from padguard.foundation.errors import EditError
from padguard.foundation.messages import mark

NOT_THERE = mark("exports", "There is no “{key}” there (any more). Nothing was changed.")
NO_OBJECT = mark(
    "exports", "There is nothing at “{place}” that can hold “{key}”. Nothing was changed."
)
ALREADY_THERE = mark("exports", "There is a “{key}” there already. Nothing was changed.")


class Span(NamedTuple):
    """Where a member of an object, or an item of an array, stands in characters of the text.

    Attributes:
        key: The key with its quotes; of an item the empty range before it.
        value: The value.
        whole: What to delete for the rest to be valid JSON: key, value, one comma, and the white
            space that laid them out. Of an object that becomes empty ``{}`` is left.
    """

    key: Range
    value: Range
    whole: Range


def member_span(text: str, path: JsonPath) -> Span | None:
    r"""Find a member of JSON text.

    Args:
        text: The text, with or without byte order mark.
        path: Keys as they read once decoded (``A`` finds ``"\u0041"`` too), positions in arrays.

    Returns:
        Where it stands; None where there is none (the text as a whole is no member).

    Raises:
        EditError: The text is no JSON, or a key of the path stands twice in its object.
    """
    check_json(text)
    levels = containers_on(text, path[:-1]) if path else []
    place = levels[-1].find(path[-1]) if levels else None
    return None if place is None else _span(levels[-1], place)


def remove_member_edit(text: str, path: JsonPath) -> Edit:
    """Return the edit that takes a member out; all other characters stay.

    Raises:
        EditError: There is none, or it cannot be told which is meant; see `member_span`.
    """
    span = member_span(text, path)
    if span is None:
        raise EditError(NOT_THERE(key=_words(path)))
    return Edit(span.whole.start, span.whole.end, "")


def insert_member_edit(text: str, path_of_object: JsonPath, key: str, value_json: str) -> Edit:
    """Return the edit that adds a member at the end of an object, laid out as the text is.

    Where the members of the object have lines of their own, so have the new one and all that it
    holds, with the indentation and the line ends of the text; else it goes on the same line.

    Args:
        text: The text, with or without byte order mark.
        path_of_object: Leads to the object; empty for the root.
        key: The new key, decoded.
        value_json: The new value as JSON; its strings and numbers are taken to the letter.

    Raises:
        EditError: The text or the value is no JSON, there is no such object, it holds the key
            already, or a key of the path stands twice.
    """
    check_json(text)
    check_json(value_json)
    levels = containers_on(text, path_of_object)
    if not levels or not levels[-1].is_object:
        raise EditError(NO_OBJECT(place=_words(path_of_object), key=key))
    place, members, _ = levels[-1]
    if any(member.name == key for member in members):
        raise EditError(ALREADY_THERE(key=key))
    layout = layout_of(text, levels)
    member = f"{encode_json(key)}{layout.colon}{laid_out(value_json, layout)}"
    if members:
        end = members[-1].value.end
        return Edit(end, end, layout.comma + member)
    return Edit(place.start + 1, place.end - 1, layout.lead + member + layout.tail)


def _span(level: Container, place: int) -> Span:
    _, key, value = level.members[place]
    if place + 1 < len(level.members):
        whole = Range(key.start, level.members[place + 1].key.start)
    elif place:
        whole = Range(level.members[place - 1].value.end, value.end)
    else:
        whole = Range(level.place.start + 1, level.place.end - 1)
    return Span(key, value, whole)


def _words(path: JsonPath) -> str:
    return " › ".join(map(str, path)) or "{ }"
