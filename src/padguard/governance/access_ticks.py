"""What of a checklist is done, kept in a small file that a person chooses."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from padguard.exports.atomic import saving, write_file
from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import mark

SCHEMA = "padguard-checklist/1"
"""What the file calls itself; keys of items are all that it holds."""

NOT_READABLE = mark("governance", "The checklist {file} cannot be read ({reason}).")
NO_CHECKLIST = mark("governance", "{file} is no checklist of PAD Guard.")


def read_ticks(path: Path) -> frozenset[str]:
    """Return the keys of the items that are done; none where there is no such file.

    Raises:
        ConfigError: It cannot be read or is no checklist.
    """
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(NOT_READABLE(file=path.name, reason=reason)) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(NO_CHECKLIST(file=path.name)) from error
    done = content.get("done")
    known = content.get("schema") == SCHEMA and isinstance(done, list)
    if not known or not all(isinstance(key, str) for key in done or ()):
        raise ConfigError(NO_CHECKLIST(file=path.name))
    return frozenset(done or ())


def write_ticks(path: Path, done: Iterable[str]) -> None:
    """Write the keys of the items that are done; the file is written whole or not at all.

    Raises:
        SaveError: It could not be written; what was there is whole.
    """
    import tomlkit

    keys = tomlkit.array()
    keys.extend(sorted(set(done)))
    document = tomlkit.document()
    document["schema"] = SCHEMA
    document["done"] = keys.multiline(multiline=True)
    with saving(path):
        write_file(tomlkit.dumps(document).encode(), path)
