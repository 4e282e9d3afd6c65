"""The unpacked solution: a folder of the members that a solution zip would hold."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from padguard.exports.atomic import is_stage
from padguard.exports.container import NO_MEMBER
from padguard.exports.foldersave import copy_folder, digest, replace_files
from padguard.exports.limits import LIMITS, MIB, Limits, RefusedError, read_within, too_large
from padguard.exports.model import ExportKind, Problem
from padguard.foundation.errors import OpenError, SaveError
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress

TOO_MANY_FILES = mark(
    "exports",
    "The folder “{name}” is refused: it holds more than {limit} files. Open the folder of one "
    "unpacked solution.",
)
TOO_MUCH = mark(
    "exports",
    "The folder “{name}” is refused: its files come to more than {limit} MB. Open the folder of "
    "one unpacked solution.",
)
LINK = mark("exports", "This is a link to another place, so it was not followed.")
CUT_OFF = mark(
    "exports",
    "This was left by a save that was cut off. Every file of this folder is whole, but some may be "
    "from before that save and some from after it. Compare them with the copies kept beside this "
    "folder (“{folder}.bak”) or with the folder you started from, then delete this file.",
)
UNREADABLE = mark("exports", "“{name}” could not be read ({reason}).")
NO_SINGLE_FILE = mark("exports", "A folder is saved as a folder, file by file.")

_MOUNT_POINT = 0xA0000003  # Windows' IO_REPARSE_TAG_MOUNT_POINT
_KEPT_SUFFIXES = (".xml", ".json")
_BINARIES = "/desktopflowbinaries/"


class FolderContainer:
    """An unpacked solution.

    Links are not followed and hidden folders (``.git``) are no part of it. What may have to be
    written anew is kept as it was when it was read, so undoing and saving again starts from what
    was opened, whatever has been saved to the folder since; binaries are read when asked for.
    """

    kind = ExportKind.FOLDER

    def __init__(
        self, root: Path, files: dict[str, Path], digests: dict[str, str], problems: list[Problem]
    ) -> None:
        self.problems = tuple(problems)
        self._files = files
        self._kept: dict[str, bytes] = {}
        self._root = root
        self._known = {root: dict(digests)}
        self._written: dict[Path, set[str]] = {root: set()}
        self.sha256 = _fingerprint(digests)

    @classmethod
    def open(cls, path: Path, progress: Progress, limits: Limits = LIMITS) -> "FolderContainer":
        """List a folder and take the fingerprint of its files.

        Raises:
            OpenError: It is refused, or a file of it could not be read.
        """
        problems: list[Problem] = []
        files: dict[str, Path] = {}
        total = 0
        for name, file, size in _walk(path, problems):
            total += size
            files[name] = file
            if len(files) > limits.members:
                raise RefusedError(TOO_MANY_FILES(name=path.name, limit=limits.members))
            if size > limits.member:
                raise RefusedError(too_large(name, limits.member))
            if total > limits.total:
                raise RefusedError(TOO_MUCH(name=path.name, limit=limits.total // MIB))
        files = dict(sorted(files.items()))
        digests: dict[str, str] = {}
        for number, (name, file) in enumerate(files.items()):
            progress.step(number, len(files))
            digests[name] = digest(_read_file(file, name))
        return cls(path.resolve(), files, digests, problems)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, sorted, relative to the folder."""
        return tuple(self._files)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; of what may be written anew, those of the first reading.

        Raises:
            OpenError: There is no such file, or it could not be read.
        """
        if name in self._kept:
            return self._kept[name]
        path = self._files.get(name)
        if path is None:
            raise OpenError(NO_MEMBER(name=name))
        data = _read_file(path, name)
        if name.lower().endswith(_KEPT_SUFFIXES) and _BINARIES not in f"/{name}".lower():
            self._kept[name] = data
        return data

    def render(self, _changes: Mapping[str, bytes], /) -> bytes:
        """Refuse: there are no bytes of a folder.

        Raises:
            SaveError: Always.
        """
        raise SaveError(NO_SINGLE_FILE)

    def save(self, changes: Mapping[str, bytes], path: Path, progress: Progress) -> None:
        """Write the changed files into the opened folder, or a copy of it all to a new folder.

        In a folder that was opened or saved to, only files that differ are written. What they
        replace in the opened folder is copied to a folder ``name.bak`` beside it first.

        Raises:
            SaveError: Nothing was written.
        """
        target = path.resolve()
        is_new = target not in self._known
        for name in changes:
            self._kept.setdefault(name, self.read(name))
        # What an earlier save changed and this one does not goes back to what was opened.
        written = self._written[self._root if is_new else target]
        wanted = {name: self._kept[name] for name in written} | dict(changes)
        if is_new:
            copy_folder(self._files, wanted, target, progress)
            digests = {name: digest(data) for name, data in wanted.items()}
            self._known[target] = self._known[self._root] | digests
            self._written[target] = set(wanted)
        else:
            keep = wanted.keys() - written if target == self._root else set[str]()
            known = self._known[target]
            known.update(replace_files(target, wanted, known, keep, progress))
            written.update(changes)


def _fingerprint(digests: Mapping[str, str]) -> str:
    whole = hashlib.sha256()
    for name, known in digests.items():
        whole.update(f"{name}\0{known}\n".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _read_file(path: Path, name: str) -> bytes:
    try:
        return read_within(path, LIMITS.member, name)
    except OSError as error:
        raise OpenError(UNREADABLE(name=name, reason=error.strerror)) from error


def _walk(root: Path, problems: list[Problem]) -> Iterator[tuple[str, Path, int]]:
    """Yield name, path and size of the files in a folder and below.

    Links become problems, and so does what a save left that was killed.
    """
    pending = [(root, "")]
    while pending:
        folder, prefix = pending.pop()
        try:
            with os.scandir(folder) as found:
                entries = [(entry.name, entry.stat(follow_symlinks=False)) for entry in found]
        except OSError as error:
            name = prefix or str(folder)
            raise OpenError(UNREADABLE(name=name, reason=error.strerror)) from error
        for name, status in entries:
            if stat.S_ISLNK(status.st_mode) or _is_junction(status):
                problems.append(Problem(prefix + name, LINK))
            elif stat.S_ISREG(status.st_mode) and is_stage(name):
                problems.append(Problem(prefix + name, CUT_OFF(folder=root.name)))
            elif stat.S_ISREG(status.st_mode):
                yield prefix + name, folder / name, status.st_size
            elif stat.S_ISDIR(status.st_mode) and not name.startswith("."):
                pending.append((folder / name, f"{prefix}{name}/"))


def _is_junction(status: os.stat_result) -> bool:
    """Tell whether an entry is a junction: it links folders, but is no symbolic link."""
    return getattr(status, "st_reparse_tag", 0) == _MOUNT_POINT
