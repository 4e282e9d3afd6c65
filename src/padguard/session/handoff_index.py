"""The list of hand-offs in a file, without their secrets."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from padguard.exports.atomic import write_error, write_file
from padguard.foundation.errors import HandOffError
from padguard.foundation.filelock import file_lock
from padguard.foundation.messages import Message, mark
from padguard.foundation.paths import config_dir
from padguard.session.handoff_record import (
    HandOff,
    NewerFormatError,
    read_hand_offs,
    write_hand_offs,
)

BUSY = mark(
    "session",
    "Another window of PAD Guard is working on the list of hand-offs and does not come to an end. "
    "Close the other windows and try again. Nothing was changed.",
)
NOT_READ = mark(
    "session",
    "The list of hand-offs in “{path}” could not be read ({reason}). Nothing was changed.",
)
NEWER = mark(
    "session",
    "The list of hand-offs in “{path}” was written by a newer PAD Guard. Use that one. Nothing was "
    "changed.",
)
SET_ASIDE = mark(
    "session",
    "The list of hand-offs was damaged. What could be read is listed; the damaged list is kept as "
    "“{path}”. Your keychain may hold entries of “PAD Guard” that are no longer listed: look for "
    "them there, and delete the damaged list when you have.",
)


class Listing(NamedTuple):
    """The hand-offs, the oldest first; ``damage`` says what is wrong with the list, or is None."""

    hand_offs: tuple[HandOff, ...]
    damage: Message | None = None


class HandOffIndex:
    """The list of hand-offs in a JSON file, which several windows may change at once.

    Every change reads the file, changes one entry and writes the file whole, under a lock that all
    windows share, so that none loses what another wrote. A damaged file is kept beside as
    ``NAME.damaged-1.json`` before it is written anew. No secret gets here.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Listing:
        """Return the list.

        Raises:
            HandOffError: It cannot be read.
        """
        if not self._path.exists():
            return Listing((), self._damage())
        with self._locked():
            found = self._load()
        return Listing(tuple(found.values()), self._damage())

    def put(self, hand_off: HandOff) -> None:
        """Add an entry, or replace that with its id.

        Raises:
            HandOffError: The list cannot be read or written; nothing was changed.
        """
        self._change(lambda listed: {**listed, hand_off.id: hand_off})

    def remove(self, id_: str) -> None:
        """Take an entry out; where there is none, all is well.

        Raises:
            HandOffError: The list cannot be read or written; nothing was changed.
        """
        self._change(lambda listed: {key: each for key, each in listed.items() if key != id_})

    def note(self, id_: str, *, copied: bool | None = None, missing: bool | None = None) -> None:
        """Write down what became of an entry, if it is still listed; None leaves a word as it is.

        Raises:
            HandOffError: The list cannot be read or written; nothing was changed.
        """

        def noted(listed: Mapping[str, HandOff]) -> Mapping[str, HandOff]:
            if (old := listed.get(id_)) is None:
                return listed
            new = replace(
                old,
                copied=old.copied if copied is None else copied,
                missing=old.missing if missing is None else missing,
            )
            return {**listed, id_: new}

        self._change(noted)

    def _change(self, change: Callable[[Mapping[str, HandOff]], Mapping[str, HandOff]]) -> None:
        with self._locked():
            listed = self._load()
            changed = change(listed)
            if changed != listed:
                self._write(write_hand_offs(changed.values()), self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self._path.with_suffix(".lock")
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            with file_lock(lock):
                yield
        except TimeoutError as error:
            raise HandOffError(BUSY) from error
        except OSError as error:
            raise HandOffError(write_error(error, lock)) from error

    def _load(self) -> Mapping[str, HandOff]:
        """Read the list, and set a damaged one aside; held by the lock."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise HandOffError(NOT_READ(path=self._path, reason=reason)) from error
        try:
            listed, whole = read_hand_offs(data)
        except NewerFormatError as error:
            raise HandOffError(NEWER(path=self._path)) from error
        if not whole:
            self._write(data, self._free_name())
            self._write(write_hand_offs(listed.values()), self._path)
        return listed

    def _write(self, data: bytes, path: Path) -> None:
        try:
            write_file(data, path)
        except OSError as error:
            raise HandOffError(write_error(error, path)) from error

    def _set_aside(self) -> list[Path]:
        return sorted(self._path.parent.glob(f"{self._path.stem}.damaged-*.json"))

    def _free_name(self) -> Path:
        taken = {path.name for path in self._set_aside()}
        number = 1
        while (name := f"{self._path.stem}.damaged-{number}.json") in taken:
            number += 1
        return self._path.with_name(name)

    def _damage(self) -> Message | None:
        """Return what to say for as long as a damaged list lies about."""
        found = self._set_aside()
        return SET_ASIDE(path=found[-1]) if found else None


def index_file() -> Path:
    """Return where the list is kept; the file need not exist."""
    return config_dir() / "hand-offs.json"
