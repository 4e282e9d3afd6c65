"""Files written whole or not at all, and the words for why one could not be."""

import errno
import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from padguard.foundation.errors import SaveError
from padguard.foundation.messages import Message, mark

DISK_FULL = mark(
    "exports",
    "There is not enough room on the disk to save “{path}”. Make room or choose another place. "
    "Nothing was changed.",
)
NOT_ALLOWED = mark(
    "exports",
    "“{path}” could not be written. Either another program has it open (close it there and save "
    "again), or you may not write in this folder (choose another place). Nothing was changed.",
)
READ_ONLY = mark(
    "exports",
    "“{path}” lies on a disk that can only be read. Choose another place. Nothing was changed.",
)
NO_FOLDER = mark(
    "exports",
    "The folder of “{path}” does not exist (any more). Choose another place. Nothing was changed.",
)
NAME_TOO_LONG = mark(
    "exports",
    "“{path}” is too long for this disk. Choose a shorter name. Nothing was changed.",
)
NOT_WRITTEN = mark("exports", "“{path}” could not be written ({reason}). Nothing was changed.")

_STAGE = re.compile(r"\.padguard-[0-9a-f]{8}\.tmp")
_STALE_SECONDS = 24 * 60 * 60
_WORDS = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.EBUSY: NOT_ALLOWED,
    errno.ETXTBSY: NOT_ALLOWED,
    errno.ENOENT: NO_FOLDER,
    errno.ENOTDIR: NO_FOLDER,
    errno.ENAMETOOLONG: NAME_TOO_LONG,
}


def write_error(error: OSError, path: Path) -> Message:
    """Return the sentence that says why ``path`` could not be written."""
    words = _WORDS.get(error.errno or 0)
    if words is None:
        return NOT_WRITTEN(path=path, reason=error.strerror or type(error).__name__)
    return words(path=path)


@contextmanager
def saving(path: Path) -> Iterator[None]:
    """Turn what the system says of a failed write into a `SaveError` about ``path``."""
    try:
        yield
    except OSError as error:
        raise SaveError(write_error(error, path)) from error


def stage_beside(path: Path) -> Path:
    """Return a new name beside ``path`` under which it can be made ready.

    It is short, so that a long name of the target never fails for its sake.
    """
    return path.with_name(f".padguard-{secrets.token_hex(4)}.tmp")


def is_stage(name: str) -> bool:
    """Tell whether a file or folder of that name is one that a save makes and takes away again."""
    return _STAGE.fullmatch(name) is not None


def sweep(folder: Path) -> None:
    """Remove what saves that were killed left in a folder.

    Only what is a day old: another PAD Guard may be saving there right now.
    """
    too_new = time.time() - _STALE_SECONDS
    with suppress(OSError):
        for path in [path for path in folder.iterdir() if is_stage(path.name)]:
            with suppress(OSError):
                if path.lstat().st_mtime > too_new:
                    continue
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()


@contextmanager
def staged(data: bytes, path: Path) -> Iterator[Path]:
    """Write a file beside ``path``, to be moved over it with `put`; it is gone afterwards.

    A program that is killed meanwhile leaves it behind. That harms nothing, as every stage has a
    name of its own; see `sweep`.
    """
    stage = stage_beside(path)
    try:
        with stage.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if os.name == "posix" and path.exists():  # a read-only copy could not be removed again
            shutil.copymode(path, stage)
        yield stage
    finally:
        with suppress(OSError):
            stage.unlink(missing_ok=True)


def is_same(path: Path, other: Path | None) -> bool:
    """Tell whether two paths lead to the same file or folder, however they are spelt."""
    return other is not None and path.exists() and other.exists() and path.samefile(other)


def put(stage: Path, path: Path) -> None:
    """Move a staged file over ``path`` at once."""
    stage.replace(path)
    if os.name == "posix":
        with suppress(OSError):
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)  # the new name, too, survives a power cut
            finally:
                os.close(folder)


def write_file(data: bytes, path: Path) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: The file could not be written; what stood there stands there still.
    """
    with staged(data, path) as stage:
        put(stage, path)


@contextmanager
def backup_kept(path: Path, own_sha256: str = "") -> Iterator[None]:
    """Keep a copy of a file beside it while it is replaced.

    The copy is called ``name.bak.zip``, or ``name.bak2.zip`` and so on where that is taken. An
    older copy is never overwritten. No further copy is made where one with the same bytes is
    there already, or where the file is what was saved to it last, so that saving ten times keeps
    one copy. The copy goes again when replacing the file fails.

    Args:
        path: The file; where there is none, nothing happens.
        own_sha256: Hex digest of what was saved to it last, or empty.

    Raises:
        OSError: The copy could not be made.
    """
    made: Path | None = None
    if path.exists():
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != own_sha256:
            made = _free_backup(path, data)
            if made is not None:
                write_file(data, made)
    try:
        yield
    except BaseException:
        if made is not None:
            with suppress(OSError):
                made.unlink()
        raise


def _free_backup(path: Path, data: bytes) -> Path | None:
    """Return a free name for a copy, or None where a copy with these bytes exists."""
    number = 1
    while True:
        suffix = ".bak" if number == 1 else f".bak{number}"
        backup = path.with_name(f"{path.stem}{suffix}{path.suffix}")
        if not backup.exists():
            return backup
        if backup.read_bytes() == data:
            return None
        number += 1
