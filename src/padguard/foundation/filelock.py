"""A lock that programs and threads share by way of a file."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 10.0  # seconds; locks are held for as long as a small file takes to write
_PAUSE: Final = 0.02

if sys.platform == "win32":
    import msvcrt

    def _took(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _give_back(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _took(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_back(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def file_lock(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock that ``path`` stands for.

    The system gives the lock back when a program dies. The file is empty and stays: who removed
    it would let two hold the lock at once.

    Args:
        path: The file; made where there is none, its folder is not.
        patience: Seconds to wait for another to give the lock back.

    Raises:
        TimeoutError: Another held it all the time.
        OSError: The file could not be made, or its disk knows no locks.
    """
    with path.open("ab") as stream:
        last = time.monotonic() + patience
        while not _took(stream.fileno()):
            if time.monotonic() >= last:
                raise TimeoutError
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            _give_back(stream.fileno())
