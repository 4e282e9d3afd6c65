"""Saving is all or nothing, keeps a copy of what it replaces, and leaves nothing lying about."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from padguard.exports.open import open_export, open_text
from padguard.exports.save import save_export
from padguard.foundation.errors import CancelledError, SaveError
from padguard.foundation.progress import Progress

TOO_FULL = OSError(errno.ENOSPC, "No space left on device")
LOCKED = PermissionError(errno.EACCES, "The file is in use by another program")
READ_ONLY = OSError(errno.EROFS, "Read-only file system")


def failing(error: OSError, on_call: int = 1) -> Callable[..., Any]:
    calls = 0

    def fail(*_: Any, **__: Any) -> None:
        nonlocal calls
        calls += 1
        if calls >= on_call:
            raise error

    return fail


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_new_file(made: Any) -> None:
    path = made.solution()
    export = open_export(path)
    script = made.script("User")
    target = made.folder / "Made.guarded.zip"
    save_export(export, {export.desktop_flows[0].id: script}, target)
    assert open_export(target).desktop_flows[0].script == script
    assert sorted(tree(made.folder)) == ["Made.guarded.zip", "Made_1_2_3_4.zip"]


def test_over_the_original_keeps_one_copy(made: Any) -> None:
    path = made.solution()
    original = path.read_bytes()
    export = open_export(path)
    flow = export.desktop_flows[0]
    for sensitive in ("User", "User, Result", "Result"):
        save_export(export, {flow.id: made.script(sensitive)}, path)
        assert open_export(path).desktop_flows[0].script == made.script(sensitive)
    save_export(export, {}, path)
    assert tree(made.folder) == {
        "Made_1_2_3_4.zip": original,
        "Made_1_2_3_4.bak.zip": original,
    }


def test_an_older_copy_is_never_overwritten(made: Any) -> None:
    path = made.solution()
    older = made.write(b"something older", "Made_1_2_3_4.bak.zip")
    original = path.read_bytes()
    export = open_export(path)
    save_export(export, {export.desktop_flows[0].id: made.script("User")}, path)
    assert older.read_bytes() == b"something older"
    assert (made.folder / "Made_1_2_3_4.bak2.zip").read_bytes() == original


def test_what_another_program_wrote_meanwhile_is_kept_too(made: Any) -> None:
    path = made.solution()
    export = open_export(path)
    save_export(export, {export.desktop_flows[0].id: made.script("User")}, path)
    path.write_bytes(b"written by another program")
    save_export(export, {}, path)
    assert (made.folder / "Made_1_2_3_4.bak2.zip").read_bytes() == b"written by another program"


def test_mode_and_link_stay(made: Any) -> None:
    path = made.solution()
    path.chmod(0o640)
    link = made.folder / "link.zip"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("links need a privilege here")
    mode = path.stat().st_mode
    export = open_export(link)
    save_export(export, {export.desktop_flows[0].id: made.script("User")}, link)
    assert link.is_symlink()
    assert path.stat().st_mode == mode
    assert open_export(path).desktop_flows[0].script == made.script("User")


@pytest.mark.parametrize(
    ("function", "error", "words"),
    [
        ("os.replace", LOCKED, "another program has it open"),
        ("os.replace", TOO_FULL, "not enough room"),
        ("os.fsync", TOO_FULL, "not enough room"),
        ("pathlib.Path.open", LOCKED, "another program has it open"),
        ("pathlib.Path.open", READ_ONLY, "can only be read"),
        ("os.fsync", OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_failure_leaves_everything_as_it_was(
    made: Any, monkeypatch: pytest.MonkeyPatch, function: str, error: OSError, words: str
) -> None:
    path = made.solution()
    before = tree(made.folder)
    export = open_export(path)
    with monkeypatch.context() as patched:
        patched.setattr(function, failing(error))
        with pytest.raises(SaveError) as failed:
            save_export(export, {export.desktop_flows[0].id: made.script("User")}, path)
    assert words in str(failed.value)
    assert str(path) in str(failed.value)
    assert tree(made.folder) == before


def test_failure_of_the_last_step_takes_the_copy_back(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made.solution()
    before = tree(made.folder)
    export = open_export(path)
    real, calls = os.replace, []

    def replace(source: Any, target: Any, **_: Any) -> None:
        calls.append(target)
        if len(calls) == 2:  # the copy is in place, the export is not
            raise LOCKED
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", replace)
        with pytest.raises(SaveError):
            save_export(export, {export.desktop_flows[0].id: made.script("User")}, path)
    assert [Path(target).name for target in calls] == ["Made_1_2_3_4.bak.zip", path.name]
    assert tree(made.folder) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_folder_that_may_not_be_written_to(made: Any) -> None:
    path = made.solution()
    before = tree(made.folder)
    export = open_export(path)
    made.folder.chmod(0o555)
    try:
        with pytest.raises(SaveError, match="may not write"):
            save_export(export, {export.desktop_flows[0].id: made.script("User")}, path)
    finally:
        made.folder.chmod(0o755)
    assert tree(made.folder) == before


def test_folder_that_is_gone_and_name_that_is_too_long(made: Any) -> None:
    export = open_export(made.solution())
    with pytest.raises(SaveError, match="does not exist"):
        save_export(export, {}, made.folder / "gone" / "new.zip")
    with pytest.raises(SaveError, match="too long"):
        save_export(export, {}, made.folder / ("n" * 300 + ".zip"))
    long_name = made.folder / ("n" * 250 + ".zip")
    save_export(export, {}, long_name)
    assert long_name.exists()
    with pytest.raises(SaveError):
        save_export(export, {}, made.folder)


def test_cancelled(made: Any) -> None:
    path = made.solution()
    before = tree(made.folder)
    export = open_export(path)
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        save_export(export, {}, made.folder / "new.zip", progress)
    with pytest.raises(CancelledError):
        open_export(path, progress)
    assert tree(made.folder) == before


def test_progress_is_told(made: Any) -> None:
    told: list[tuple[int, int, object]] = []
    open_export(
        made.solution(made.Flow(), made.Flow(number=2, name="Second")),
        Progress(lambda *step: told.append(step)),
    )
    assert [(done, total, str(doing)) for done, total, doing in told] == [
        (0, 2, "Reading Greeter"),
        (1, 2, "Reading Second"),
    ]


def test_pasted_text_is_saved_to_a_file(made: Any) -> None:
    export = open_text("SET A TO 1\r\n# ü\n", "Clipboard")
    save_export(export, {"": "SET A TO 2\r\n# ü\n"}, made.folder / "pasted.txt")
    assert (made.folder / "pasted.txt").read_bytes() == "SET A TO 2\r\n# ü\n".encode()


class TestFolder:
    """An unpacked solution: only changed files are written, all of them or none."""

    @pytest.fixture
    def root(self, made: Any) -> Path:
        first = made.Flow(package=made.package(made.script()))
        folder: Path = made.unpack(made.members(first, made.Flow(number=2, name="Second")))
        (folder / ".git").mkdir()
        (folder / ".git" / "config").write_bytes(b"not a member")
        return folder

    def scripts(self, made: Any, sensitive: str) -> dict[str, str]:
        return {made.Flow().id: made.script(sensitive)}

    def test_saved_in_place_again_and_again(self, made: Any, root: Path) -> None:
        before = tree(root)
        export = open_export(root)
        assert ".git/config" not in export.members
        for sensitive in ("User", "User, Result"):
            save_export(export, self.scripts(made, sensitive), root)
            after = tree(root)
            changed = sorted(name for name in after if after[name] != before.get(name))
            assert changed == [export.desktop_flows[0].json_member, "customizations.xml"]
            assert open_export(root).desktop_flows[0].script == made.script(sensitive)
        save_export(export, {}, root)
        assert tree(root) == before
        kept = tree(made.folder / "made.bak")
        assert kept == {name: before[name] for name in changed}
        assert sorted(path.name for path in made.folder.iterdir()) == ["made", "made.bak"]

    def test_what_another_program_changed_is_not_written_over(self, made: Any, root: Path) -> None:
        export = open_export(root)
        path = root / "customizations.xml"
        path.write_bytes(path.read_bytes() + b"\n")
        before = tree(root)
        with pytest.raises(SaveError, match=r"customizations\.xml"):
            save_export(export, self.scripts(made, "User"), root)
        assert tree(root) == before

    @pytest.mark.parametrize("on_call", [1, 2, 3, 4])
    def test_failure_puts_back_what_was_replaced(
        self, made: Any, root: Path, monkeypatch: pytest.MonkeyPatch, on_call: int
    ) -> None:
        before = tree(made.folder)
        export = open_export(root)
        real, calls = os.replace, 0

        def replace(source: Any, target: Any, **_: Any) -> None:
            nonlocal calls
            calls += 1
            if calls == on_call:
                raise LOCKED
            real(source, target)

        with monkeypatch.context() as patched:
            patched.setattr("os.replace", replace)
            with pytest.raises(SaveError):
                save_export(export, self.scripts(made, "User"), root)
        assert calls >= on_call
        assert tree(made.folder) == before

    def test_saved_to_a_new_folder_and_again(self, made: Any, root: Path) -> None:
        before = tree(root)
        export = open_export(root)
        target = made.folder / "made.guarded"
        for sensitive in ("User", "Result"):
            save_export(export, self.scripts(made, sensitive), target)
            assert open_export(target).desktop_flows[0].script == made.script(sensitive)
        save_export(export, {}, target)
        del before[".git/config"]
        assert tree(target) == before
        assert sorted(path.name for path in made.folder.iterdir()) == ["made", "made.guarded"]

    def test_saved_in_place_then_undone_and_saved_elsewhere(self, made: Any, root: Path) -> None:
        before = tree(root)
        export = open_export(root)
        save_export(export, self.scripts(made, "User"), root)
        save_export(export, {}, made.folder / "elsewhere")
        del before[".git/config"]
        assert tree(made.folder / "elsewhere") == before
        save_export(export, self.scripts(made, "Result"), made.folder / "elsewhere")
        assert open_export(root).desktop_flows[0].script == made.script("User")
        again = open_export(made.folder / "elsewhere")
        assert again.desktop_flows[0].script == made.script("Result")

    def test_never_into_a_folder_that_holds_something(self, made: Any, root: Path) -> None:
        other = made.unpack({"precious.txt": b"precious"}, "other")
        with pytest.raises(SaveError, match="not empty"):
            save_export(open_export(root), {}, other)
        assert tree(other) == {"precious.txt": b"precious"}
        (made.folder / "empty").mkdir()
        save_export(open_export(root), {}, made.folder / "empty")
        assert "customizations.xml" in tree(made.folder / "empty")

    def test_failed_copy_leaves_nothing(
        self, made: Any, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = tree(made.folder)
        export = open_export(root)
        with monkeypatch.context() as patched:
            patched.setattr("shutil.copyfile", failing(TOO_FULL, on_call=2))
            with pytest.raises(SaveError, match="not enough room"):
                save_export(export, {}, made.folder / "copy")
        assert tree(made.folder) == before
        assert sorted(path.name for path in made.folder.iterdir()) == ["made"]

    def test_what_a_killed_save_left_is_told_and_is_no_member(self, made: Any, root: Path) -> None:
        left = root / "Workflows" / ".padguard-0123abcd.tmp"
        left.write_bytes(b"half of a sav")
        (root / ".padguard-notes.tmp").write_bytes(b"a file of the maker")
        export = open_export(root)
        (problem,) = export.problems
        assert problem.where == "Workflows/.padguard-0123abcd.tmp"
        assert "made.bak" in str(problem.message)
        assert problem.where not in export.members
        assert ".padguard-notes.tmp" in export.members
        save_export(export, self.scripts(made, "User"), root)
        assert left.read_bytes() == b"half of a sav"
        save_export(export, {}, made.folder / "copy")
        assert problem.where not in tree(made.folder / "copy")


def test_what_killed_saves_left_is_removed_when_it_is_a_day_old(made: Any) -> None:
    path = made.solution()
    fresh, stale = (made.write(b"PK", f".padguard-0123abc{digit}.tmp") for digit in "de")
    folder = made.unpack({"customizations.xml": b"<x />"}, ".padguard-0123abcf.tmp")
    kept = made.write(b"not one of ours", ".padguard-notes.tmp")
    for old in (stale, folder, kept):
        os.utime(old, (0, 0))
    save_export(open_export(path), {}, made.folder / "new.zip")
    assert sorted(made.folder.iterdir()) == sorted([fresh, kept, path, made.folder / "new.zip"])
