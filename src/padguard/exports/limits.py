"""How much an export may hold before it is refused, and the error that refuses it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from padguard.foundation.errors import OpenError
from padguard.foundation.messages import Message, mark

MIB: Final = 1024 * 1024

TOO_LARGE = mark(
    "exports",
    "“{name}” is refused: it is larger than {limit} MB, far more than an export needs.",
)
MAX_JSON_DEPTH: Final = 200
"""Levels of nesting in a JSON payload. Cloud flows nest eight actions deep at most."""


class RefusedError(OpenError):
    """A member is built to do harm, or cannot be told from one that is.

    A damaged member costs only itself; a refused one refuses the whole export.
    """


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, counts, and the largest ratio of content to stored bytes.

    Dataverse takes solutions of up to 128 MB, so these are far from real exports. Deflate cannot
    reach ``ratio`` on text that repeats by the line, only on runs of a few bytes, so no real
    export comes near it; members below ``ratio_from`` are too small to matter.
    """

    container: int = 256 * MIB
    members: int = 20_000
    member: int = 128 * MIB
    total: int = 1024 * MIB
    ratio: int = 300
    ratio_from: int = MIB


LIMITS: Final = Limits()


def read_within(path: Path, limit: int, name: str) -> bytes:
    """Return the bytes of a file.

    Args:
        path: The file.
        limit: How many bytes it may hold.
        name: What to call it in errors.

    Raises:
        RefusedError: It holds more.
        OSError: It could not be read.
    """
    with path.open("rb") as stream:
        # Asked for no more than there is: Python sets aside room for all that is asked for.
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(min(size, limit) + 1)
    if len(data) > limit:
        raise RefusedError(too_large(name, limit))
    return data


def too_large(name: str, limit: int) -> Message:
    """Return the sentence that refuses a member larger than ``limit`` bytes."""
    return TOO_LARGE(name=name, limit=max(1, limit // MIB))
