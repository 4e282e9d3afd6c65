"""Reads the TOML files that people write: with a limit, and errors that say where to look."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import Message, mark

LARGEST: Final = 1_000_000  # bytes; people write a few hundred

NOT_READABLE = mark("foundation", "“{file}” could not be read ({reason}).")
TOO_LARGE = mark("foundation", "“{file}” is too large to be a file of settings or answers.")
NO_TEXT = mark("foundation", "“{file}” must be a text file in UTF-8.")
DAMAGED = mark("foundation", "“{file}” is no valid TOML: look at line {line}, character {column}.")


def read_toml(path: Path) -> Mapping[str, Any]:
    """Return what a TOML file says.

    Raises:
        ConfigError: It cannot be read, is too large, or is no TOML.
    """
    import tomlkit
    from tomlkit.exceptions import ParseError, TOMLKitError

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(NOT_READABLE(file=path.name, reason=reason)) from error
    if len(data) > LARGEST:
        raise ConfigError(TOO_LARGE(file=path.name))
    try:
        return tomlkit.parse(data.decode("utf-8-sig")).unwrap()
    except UnicodeDecodeError as error:
        raise ConfigError(NO_TEXT(file=path.name)) from error
    except ParseError as error:
        raise ConfigError(_damaged(path, error.line, error.col)) from error
    except (TOMLKitError, RecursionError) as error:  # a key given twice, tables without end
        raise ConfigError(_damaged(path, 1, 1)) from error


def _damaged(path: Path, line: int, column: int) -> Message:
    return DAMAGED(file=path.name, line=line, column=column)
