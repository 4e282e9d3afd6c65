"""Exports opened: from a path, from bytes, from text; and their members on demand."""

from pathlib import Path
from typing import Final

from padguard.exports.container import NO_MEMBER
from padguard.exports.folder import FolderContainer
from padguard.exports.limits import LIMITS, read_within
from padguard.exports.model import DesktopFlow, Export, ExportKind
from padguard.exports.solution import read_solution
from padguard.exports.text import TextContainer
from padguard.exports.zip import ZipContainer
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress

NOT_FOUND = mark("exports", "There is no file or folder “{path}”.")
NOT_READABLE = mark(
    "exports",
    "“{path}” could not be read ({reason}). If another program has it open, close it there and "
    "try again.",
)

FILE_FORMATS: Final = (ZipContainer, TextContainer)
"""The formats of single files, in the order in which they are tried; the last takes any text."""


def open_export(path: Path, progress: Progress | None = None) -> Export:
    """Open a solution zip, an unpacked folder, or a text file with Robin in it.

    Args:
        path: The file or folder.
        progress: Told of every flow; may be cancelled.

    Returns:
        The export; what of it could not be read is in its problems.

    Raises:
        OpenError: It is no export, or is refused.
        CancelledError: ``progress`` was cancelled.
    """
    progress = progress or Progress()
    if path.is_dir():
        return read_solution(FolderContainer.open(path, progress), path.name, path, progress)
    return _open(_file_bytes(path), path.name, path, progress)


def open_bytes(data: bytes, name: str, progress: Progress | None = None) -> Export:
    """Open the bytes of a zip or text file, as standard input gives them.

    Raises:
        OpenError: They are no export, or are refused.
    """
    return _open(data, name, None, progress or Progress())


def open_text(text: str, name: str) -> Export:
    """Open Robin text that is in no file: what was pasted.

    Args:
        text: The text, to the letter.
        name: What to call it.

    Raises:
        OpenError: It is too large.
    """
    return _script(TextContainer.of_text(text, name), name, None)


def read_member(export: Export, name: str) -> bytes:
    """Return the bytes of a member of an export.

    Raises:
        OpenError: There is no such member, or it cannot be read.
    """
    if export.source is None:
        raise OpenError(NO_MEMBER(name=name))
    return export.source.read(name)


def _open(data: bytes, name: str, path: Path | None, progress: Progress) -> Export:
    tried = (file_format.of_file(data, name, path) for file_format in FILE_FORMATS)
    source = next(source for source in tried if source is not None)
    if isinstance(source, TextContainer):
        return _script(source, Path(name).stem, path)
    return read_solution(source, name, path, progress)


def _script(source: TextContainer, name: str, path: Path | None) -> Export:
    flow = DesktopFlow(id="", name=name, script=source.text)
    return Export(
        path=path,
        kind=ExportKind.SCRIPT,
        sha256=source.sha256,
        desktop_flows=(flow,),
        members=source.names,
        source=source,
    )


def _file_bytes(path: Path) -> bytes:
    try:
        return read_within(path, LIMITS.container, path.name)
    except FileNotFoundError as error:
        raise OpenError(NOT_FOUND(path=path)) from error
    except OSError as error:
        raise OpenError(NOT_READABLE(path=path, reason=error.strerror)) from error
