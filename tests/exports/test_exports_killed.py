"""Whenever a saving program is killed, every file is whole, and the next save works."""

import os
import random
import shutil
import signal
import statistics
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from padguard.exports.model import Export
from padguard.exports.open import open_export
from padguard.exports.reconcile import changed_members
from padguard.exports.save import render_export, save_export

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="this system cannot fork a process to be killed"
)

KILLS = 80  # in each of five tests
EVENTS = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.listdir"}
)


def in_child(work: Callable[[], None]) -> tuple[int, int]:
    """Start work in a child; return its process id, and a pipe that closes once it begins."""
    begun, begin = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside other threads
        child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(begun)
            os.close(begin)
            work()
            code = 0
        finally:
            os._exit(code)
    os.close(begin)
    return child, begun


def finished(child: int, begun: int) -> bool:
    """Wait for a child; return whether it ended by itself, which it must have done well."""
    os.close(begun)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.waitstatus_to_exitcode(status) == 0
    return True


def killed_after(seconds: float, work: Callable[[], None]) -> bool:
    """Return whether work was killed before it was done."""
    child, begun = in_child(work)
    os.read(begun, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return not finished(child, begun)


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Kill work right before the step-th thing it asks of the file system, counted from 0."""

    def count(event: str, _: Any) -> None:
        nonlocal step
        if event in EVENTS:
            step -= 1
            if step < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def counted() -> None:
        sys.addaudithook(count)  # there is no taking it away: it ends with the child
        work()

    return not finished(*in_child(counted))


def usual_seconds(work: Callable[[], None], reset: Callable[[], None]) -> float:
    """Return how long work takes when nobody kills it."""
    taken = []
    for _ in range(7):
        reset()
        child, begun = in_child(work)
        os.read(begun, 1)
        started = time.perf_counter()
        assert finished(child, begun)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def kills_at_random(work: Callable[[], None], reset: Callable[[], None]) -> Iterator[None]:
    """Yield after every kill; the times are spread over as long as work takes."""
    duration = usual_seconds(work, reset)
    chance = random.Random(4)
    kills = 0
    for _ in range(KILLS * 20):
        reset()
        if killed_after(chance.uniform(0, duration), work):
            kills += 1
            yield
        if kills == KILLS:
            return
    pytest.fail(f"only {kills} saves could be killed")


def kills_at_every_step(work: Callable[[], None], reset: Callable[[], None]) -> Iterator[None]:
    """Yield after every kill, until work gets through."""
    for step in range(1000):
        reset()
        if not killed_at(step, work):
            return
        yield
    pytest.fail("the work never ends")


KILLERS = pytest.mark.parametrize("kills", [kills_at_random, kills_at_every_step])


def stages(folder: Path) -> list[Path]:
    return sorted(folder.rglob(".padguard-*"))


def texts(export: Export) -> tuple[dict[str, str], dict[str, str]]:
    """Return a new script and a new cloud flow for an export."""
    flow, cloud = export.desktop_flows[0], export.cloud_flows[0]
    return {flow.id: flow.script + "# changed\r\n"}, {cloud.id: cloud.text + "\r\n"}


class TestZip:
    @pytest.fixture
    def export(self, sample: Path, tmp_path: Path) -> Export:
        (tmp_path / "here").mkdir()
        return open_export(Path(shutil.copy(sample, tmp_path / "here")))

    @KILLERS
    @pytest.mark.parametrize("target", ["over another save", "new", "over the original"])
    def test_it_is_the_old_or_the_new_one(self, export: Export, kills: Any, target: str) -> None:
        assert export.path is not None
        original = export.path.read_bytes()
        scripts, cloud = texts(export)
        new = render_export(export, scripts, cloud)
        old = None if target == "new" else render_export(export, scripts)
        path = export.path.with_name("Sample.guarded.zip")
        if target == "over the original":
            path, old = export.path, original
        backup = path.with_name(f"{path.stem}.bak.zip")

        def reset() -> None:
            path.unlink(missing_ok=True) if old is None else path.write_bytes(old)
            backup.unlink(missing_ok=True)

        def save() -> None:
            save_export(export, scripts, path, cloud=cloud)

        found = []
        for _ in kills(save, reset):
            now = path.read_bytes() if path.exists() else None
            assert now in (old, new)
            found.append(now == new)
            if path == export.path:
                assert now == old or backup.read_bytes() == original
                assert not backup.exists() or backup.read_bytes() == original
        assert True in found or kills is kills_at_random
        assert False in found

        self.check_next_save(save, path, new)

    def check_next_save(self, save: Callable[[], None], path: Path, new: bytes) -> None:
        left = stages(path.parent)
        assert left
        save()
        assert path.read_bytes() == new
        assert stages(path.parent) == left  # another program may be saving there
        for stage in left[1:]:
            os.utime(stage, (0, 0))
        save()
        assert stages(path.parent) == left[:1]
        assert path.read_bytes() == new


class TestFolder:
    @pytest.fixture
    def root(self, sample: Path, tmp_path: Path) -> Path:
        folder = tmp_path / "here" / "sample"
        with zipfile.ZipFile(sample) as archive:
            small = [name for name in archive.namelist() if "desktopflowbinaries" not in name]
            archive.extractall(folder, small)
        return folder

    @KILLERS
    def test_every_file_is_the_old_or_the_new_one(self, root: Path, kills: Any) -> None:
        export = open_export(root)
        scripts, cloud = texts(export)
        new = changed_members(export, scripts, cloud)
        assert len(new) == 2
        old = {name: (root / name).read_bytes() for name in new}
        rest = tree(root).keys()
        copies = root.with_name("sample.bak")
        mixed = 0

        def reset() -> None:
            shutil.rmtree(copies, ignore_errors=True)
            for stage in stages(root):
                stage.unlink()
            for name, data in old.items():
                (root / name).write_bytes(data)

        def save() -> None:
            save_export(export, scripts, root, cloud=cloud)

        for _ in kills(save, reset):
            now = {name: (root / name).read_bytes() for name in new}
            assert all(now[name] in (old[name], new[name]) for name in new)
            assert {name for name in tree(root) if ".padguard-" not in name} == rest
            if now != old:
                assert {name: (copies / name).read_bytes() for name in new} == old
            again = open_export(root)
            assert again.members == export.members
            assert len(again.problems) == len(stages(root))
            assert all("cut off" in str(problem.message) for problem in again.problems)
            if now not in (old, new):
                mixed += 1
                assert again.problems
        assert mixed or kills is kills_at_random

        reset()
        killed_at(5, save)
        save()
        assert {name: (root / name).read_bytes() for name in new} == new

    @KILLERS
    def test_a_new_folder_is_whole_or_not_there(self, root: Path, kills: Any) -> None:
        export = open_export(root)
        scripts, cloud = texts(export)
        whole = {**tree(root), **changed_members(export, scripts, cloud)}
        target = root.with_name("copy")

        def reset() -> None:
            shutil.rmtree(target, ignore_errors=True)
            if len(list(root.parent.iterdir())) > 5:
                for stage in root.parent.glob(".padguard-*"):
                    shutil.rmtree(stage)

        def save() -> None:
            save_export(export, scripts, target, cloud=cloud)

        for _ in kills(save, reset):
            assert not target.exists() or tree(target) == whole
        reset()
        killed_at(8, save)
        left = [path for path in root.parent.iterdir() if path.name.startswith(".padguard-")]
        assert left
        os.utime(left[0], (0, 0))
        save()
        assert tree(target) == whole
        assert sorted(root.parent.iterdir()) == sorted([*left[1:], root, target])


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
