"""Files of an unpacked solution replaced together, or copied to a new folder."""

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from padguard.exports.atomic import put, saving, stage_beside, staged, sweep, write_file
from padguard.foundation.errors import SaveError
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress

CHANGED_ON_DISK = mark(
    "exports",
    "“{name}” was changed by another program since this folder was opened, so it was not written "
    "over. Open the folder again, or save to a new folder. Nothing was changed.",
)
NOT_EMPTY = mark(
    "exports",
    "The folder “{path}” is not empty. Choose a new folder. Nothing was changed.",
)
COPYING = mark("exports", "Copying {name}")


def replace_files(
    root: Path,
    wanted: Mapping[str, bytes],
    known: Mapping[str, str],
    keep: Collection[str],
    progress: Progress,
) -> dict[str, str]:
    """Replace the files of a folder that differ; all of them or none.

    All new files are written beside the old ones first, so a full disk is noticed before anything
    is replaced; if replacing one fails, those replaced before are put back.

    A program that is killed meanwhile leaves every file whole, but between the first and the last
    replacement some are new and others old. No system replaces several files at once, so this is
    told instead of hidden: the staged files that could not be moved any more stay, and opening the
    folder reports them. What the opened folder held can be restored from ``name.bak``, which is
    complete before anything is replaced.

    Args:
        root: The folder.
        wanted: The bytes that files shall have, by name.
        known: Hex digests of what files must hold before, by name.
        keep: Names of the files to copy to the folder ``name.bak`` beside ``root`` first.
        progress: Told of every step.

    Returns:
        The hex digests of the files that were written.

    Raises:
        SaveError: Nothing was written.
    """
    old: dict[str, bytes] = {}
    with ExitStack() as stack:
        stages: dict[str, Path] = {}
        for name, data in wanted.items():
            with saving(root / name):
                old[name] = (root / name).read_bytes()
                if known.get(name, digest(old[name])) != digest(old[name]):
                    raise SaveError(CHANGED_ON_DISK(name=name))
                if data != old[name]:
                    stages[name] = stack.enter_context(staged(data, root / name))
        kept = {name: old[name] for name in stages if name in keep}
        with saving(root):
            stack.enter_context(_copies_kept(kept, root))
        _put_all(root, stages, old, progress)
    return {name: digest(wanted[name]) for name in stages}


def _put_all(
    root: Path, stages: Mapping[str, Path], old: Mapping[str, bytes], progress: Progress
) -> None:
    done: list[str] = []
    try:
        for name, stage in stages.items():
            progress.step(len(done), len(stages))
            with saving(root / name):
                put(stage, root / name)
            done.append(name)
    except BaseException:
        for name in done:
            with suppress(OSError):
                write_file(old[name], root / name)
        raise


@contextmanager
def _copies_kept(files: Mapping[str, bytes], root: Path) -> Iterator[None]:
    """Keep copies of files in ``name.bak``, ``name.bak2`` …; they go again when saving fails."""
    number = 1
    while True:
        backup = root.with_name(f"{root.name}.bak{number if number > 1 else ''}")
        if not any((backup / name).exists() for name in files):
            break
        number += 1
    is_new = not backup.exists()
    try:
        for name, data in files.items():
            (backup / name).parent.mkdir(parents=True, exist_ok=True)
            write_file(data, backup / name)
        yield
    except BaseException:
        for name in files:
            with suppress(OSError):
                (backup / name).unlink()
        if is_new:
            shutil.rmtree(backup, ignore_errors=True)
        raise


def digest(data: bytes) -> str:
    """Return the fingerprint by which a file is known."""
    return hashlib.sha256(data).hexdigest()


def copy_folder(
    files: Mapping[str, Path], changes: Mapping[str, bytes], target: Path, progress: Progress
) -> None:
    """Copy a folder with some files changed; the new folder appears whole or not at all.

    A program that is killed meanwhile leaves a folder ``.padguard-….tmp`` beside ``target``, which
    a later save removes once it is a day old.

    Args:
        files: The files by name.
        changes: The bytes of some of them.
        target: The new folder; it must not exist, or be empty.
        progress: Told of every step.

    Raises:
        SaveError: Nothing was written.
    """
    with saving(target):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise SaveError(NOT_EMPTY(path=target))
        stage = stage_beside(target)
        try:
            stage.mkdir()
            for number, (name, source) in enumerate(files.items()):
                progress.step(number, len(files), COPYING(name=name))
                copy = stage / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                if name in changes:
                    copy.write_bytes(changes[name])
                else:
                    shutil.copyfile(source, copy)
            if target.exists():
                target.rmdir()
            stage.rename(target)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        sweep(target.parent)
