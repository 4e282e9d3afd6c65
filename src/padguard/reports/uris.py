"""Paths as URIs."""

import os
from pathlib import Path
from typing import Final
from urllib.parse import quote

STANDARD_INPUT: Final = "stdin"


def relative_uri(path: str, folder: Path) -> str:
    """Return a path as a URI relative to a folder, or whole where it lies elsewhere.

    Args:
        path: As the person wrote it: absolute, or relative to ``folder``; ``-`` is standard input.
        folder: An absolute path.
    """
    if path == "-":
        return STANDARD_INPUT
    # Not resolve(): a link in a checkout is meant by its own name.
    whole = Path(os.path.normpath(folder / path))
    try:
        inside = whole.relative_to(folder)
    except ValueError:
        return whole.as_uri()
    return quote(inside.as_posix())
