"""Bytes of a policy file made into JSON, within limits and in any encoding PowerShell writes."""

import json
from collections import Counter
from pathlib import Path
from typing import Final, NoReturn

from padguard.exports.encodings import decode
from padguard.exports.limits import MIB
from padguard.exports.payloads import Json
from padguard.foundation.errors import ConfigError, OpenError
from padguard.foundation.messages import Message, mark

LARGEST: Final = 32 * MIB
DEEPEST: Final = 60
"""Levels of nesting; policies have eight."""

NOT_READABLE = mark("governance", "“{file}” cannot be read ({reason}).")
TOO_LARGE = mark(
    "governance", "“{file}” is larger than {limit} MB, far more than policies need. It is not read."
)
NO_TEXT = mark("governance", "“{file}” is no text file, so it holds no policy.")
NO_JSON = mark(
    "governance",
    "“{file}” is no valid JSON from line {line}, column {column} on. Save what Get-DlpPolicy or "
    "the policies API gives as it is, with nothing before or after it and no comments: "
    "Get-DlpPolicy | ConvertTo-Json -Depth 20.",
)
TOO_DEEP = mark("governance", "“{file}” is nested more than {limit} levels deep. It is not read.")
BAD_NUMBER = mark("governance", "“{file}” holds a number that JSON does not allow.")


class Repeating(dict[str, Json]):
    """A JSON object that names a key more than once; ``repeated`` is the first such key."""

    repeated = ""


def read_json(path: Path) -> Json:
    """Return what a policy file says, as JSON.

    Raises:
        ConfigError: It cannot be read, or is no JSON within the limits.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(NOT_READABLE(file=path.name, reason=reason)) from error
    return parse_json(data, path.name)


def parse_json(data: bytes, file: str) -> Json:
    """Return what the bytes of a policy file say, as JSON.

    UTF-8 and UTF-16 with or without byte order mark; ``Out-File`` of Windows PowerShell writes
    UTF-16.

    Args:
        data: The bytes.
        file: The name of the file, for errors.

    Raises:
        ConfigError: They are no JSON within the limits.
    """
    if len(data) > LARGEST:
        raise ConfigError(TOO_LARGE(file=file, limit=LARGEST // MIB))
    try:
        text, _ = decode(data, file)
    except OpenError as error:
        raise ConfigError(NO_TEXT(file=file)) from error
    too_deep = TOO_DEEP(file=file, limit=DEEPEST)
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = NO_JSON(file=file, line=error.lineno, column=error.colno)
        raise ConfigError(place) from error
    except RecursionError:
        raise ConfigError(too_deep) from None
    except ValueError as error:  # NaN, a number of thousands of digits
        raise ConfigError(BAD_NUMBER(file=file)) from error
    _check_depth(found, too_deep)
    return found


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counts = Counter(name for name, _ in pairs)
    repeating = Repeating(found)
    repeating.repeated = counts.most_common(1)[0][0]
    return repeating


def _refuse(_constant: str) -> NoReturn:
    raise ValueError


def _check_depth(value: Json, too_deep: Message) -> None:
    level = [value]
    for _ in range(DEEPEST + 1):
        if not level:
            return
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
    raise ConfigError(too_deep)
