"""The JSON payloads of an export: decoded within limits, encoded as the designer writes them."""

import json
import re
from typing import Any, Final, TypeAlias

from padguard.exports.limits import MAX_JSON_DEPTH, RefusedError
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark

Json: TypeAlias = Any
"""What `json.loads` returns."""

BOM: Final = "\ufeff"

TOO_DEEP = mark("exports", "“{name}” is refused: its JSON is nested more than {limit} levels deep.")
DAMAGED_JSON = mark(
    "exports", "“{name}” is damaged: it is no valid JSON (at character {position})."
)
DAMAGED_TEXT = mark("exports", "“{name}” is damaged: it is no valid UTF-8 text.")

_NOT_FOR_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_STYLES = ((None, "\n"), (2, "\n"), (2, "\r\n"), (4, "\n"), (4, "\r\n"))


def decode_json(text: str, name: str) -> Json:
    """Return what a JSON text says.

    Args:
        text: The text, without byte order mark.
        name: The member or payload it stands in, for errors.

    Raises:
        RefusedError: It is nested too deep.
        OpenError: It is not valid.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise OpenError(DAMAGED_JSON(name=name, position=error.pos + 1)) from error
    except RecursionError:
        raise RefusedError(TOO_DEEP(name=name, limit=MAX_JSON_DEPTH)) from None
    except ValueError as error:  # a number of thousands of digits
        raise OpenError(DAMAGED_JSON(name=name, position=1)) from error
    if _deeper_than(value, MAX_JSON_DEPTH):
        raise RefusedError(TOO_DEEP(name=name, limit=MAX_JSON_DEPTH))
    return value


def decode_json_bytes(data: bytes, name: str) -> Json:
    """Return what a JSON member says; UTF-8 with or without byte order mark.

    Raises:
        RefusedError: It is nested too deep.
        OpenError: It is not valid.
    """
    return decode_json(decode_utf8(data, name).removeprefix(BOM), name)


def decode_utf8(data: bytes, name: str) -> str:
    """Return the text of a UTF-8 member to the letter, a byte order mark included.

    Encoding it as UTF-8 gives the bytes back.

    Raises:
        OpenError: It is not valid UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise OpenError(DAMAGED_TEXT(name=name)) from error


def encode_json(value: Json, indent: int | None = None) -> str:
    """Return JSON as the designer writes it: compact, with letters of all languages kept.

    What XML cannot hold (lone halves of surrogate pairs, U+FFFE, U+FFFF) stays escaped. Measured
    on the payloads of real exports, which this reproduces to the letter.
    """
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(value, ensure_ascii=False, separators=separators, indent=indent)
    return _NOT_FOR_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def encode_like(value: Json, original: str) -> str:
    """Return JSON laid out as ``original`` is: compact, or indented by a tool that unpacked it."""
    if not original:
        return encode_json(value)
    known = json.loads(original.removeprefix(BOM))
    bom = BOM if original.startswith(BOM) else ""
    for indent, line_break in _STYLES:
        if bom + encode_json(known, indent).replace("\n", line_break) == original:
            return bom + encode_json(value, indent).replace("\n", line_break)
    return bom + encode_json(value)


def escape_xml(text: str) -> bytes:
    """Return text as the content of an XML element, escaped as exports do."""
    return text.translate(_ESCAPES).encode("utf-8")


def _deeper_than(value: Json, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        if not level:
            return False
        level = [
            child
            for item in level
            if isinstance(item, list | dict)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
    return bool(level)
