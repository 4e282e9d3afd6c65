"""What the reader and the writer of exports need of a container, whatever its format."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Protocol

from padguard.exports.atomic import backup_kept, is_same, put, saving, staged, sweep
from padguard.exports.model import ExportKind, Problem
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress

NO_MEMBER = mark("exports", "There is no member “{name}” in this export.")
PACKING = mark("exports", "Packing")
WRITING = mark("exports", "Writing {name}")


class Container(Protocol):
    """An opened container. Names use ``/`` and are spelt as the container spells them."""

    @property
    def kind(self) -> ExportKind:
        """What container it is."""

    @property
    def sha256(self) -> str:
        """Hex digest of its bytes (for a folder: of its members, by name)."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in the order of the container."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the container itself could not be read."""

    def read(self, name: str) -> bytes:
        """Return the bytes of a member as they were when the container was opened.

        Raises:
            OpenError: There is no such member, or it cannot be read.
        """

    def render(self, changes: Mapping[str, bytes], /) -> bytes:
        """Return the bytes of the container with some members changed.

        Raises:
            SaveError: The container is no single file, or cannot be written anew.
        """

    def save(self, changes: Mapping[str, bytes], path: Path, progress: Progress) -> None:
        """Write the container with some members changed; all or nothing.

        Every save starts from what was opened, so members that an earlier one changed and this
        one does not are what they were. Over what was opened, a copy is kept beside it.

        Args:
            changes: New bytes by name of member.
            path: Where to.
            progress: Told of every step.

        Raises:
            SaveError: Nothing was written.
        """


class FileContainer(ABC):
    """A container that is one file.

    Its bytes stay in memory, so the file may be replaced, moved or locked while it is open, and
    every save starts from what was opened. ``path`` is where they came from, if from a file.
    """

    kind: ClassVar[ExportKind]

    def __init__(self, data: bytes, path: Path | None) -> None:
        self.data = data
        self._path = path
        self._saved_sha256 = ""

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Nothing: a file is opened whole or not at all."""
        return ()

    @abstractmethod
    def render(self, changes: Mapping[str, bytes], /) -> bytes:
        """Return the bytes of the file with some members changed.

        Raises:
            SaveError: The file cannot be written anew.
        """

    def save(self, changes: Mapping[str, bytes], path: Path, progress: Progress) -> None:
        """Write the file with some members changed; all or nothing.

        Whenever the program is killed, the file is whole: as it was, or as it shall be. What may
        be left beside it (a copy of the original, a staged file) does no harm; staged files are
        removed by a later save once they are a day old.

        Raises:
            SaveError: Nothing was written.
        """
        progress.step(0, 2, PACKING)
        data = self.render(changes)
        progress.step(1, 2, WRITING(name=path.name))
        with saving(path):
            target = path.resolve()  # a link keeps pointing to its file
            replaces_original = is_same(target, self._path)
            with ExitStack() as stack:
                stage = stack.enter_context(staged(data, target))
                if replaces_original:
                    stack.enter_context(backup_kept(target, self._saved_sha256))
                put(stage, target)
            sweep(target.parent)
        if replaces_original:
            self._saved_sha256 = hashlib.sha256(data).hexdigest()
