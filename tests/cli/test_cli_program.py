"""The program from the outside: entry point, streams, code pages, pipes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import padguard
from padguard import __main__ as program
from padguard.cli import COMMAND_WORDS
from padguard.cli import main as command_line
from padguard.cli.main import commands

PROGRAM = [sys.executable, "-m", "padguard"]


def test_every_command_is_known_to_the_entry_point() -> None:
    assert set(commands.commands) | {"--help", "-h", "--version"} == COMMAND_WORDS


@pytest.mark.parametrize("arguments", [[], ["--sample"], ["some export.zip"], ["show.zip"]])
def test_anything_else_opens_the_window(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    given: list[list[str]] = []

    def run_window(words: list[str]) -> int:
        given.append(words)
        return 0

    monkeypatch.setattr("padguard.ui.app.run_window", run_window)
    monkeypatch.setattr("sys.argv", ["padguard", *arguments])
    with pytest.raises(SystemExit) as ended:
        program.main()
    assert ended.value.code == 0
    assert given == [arguments]


def test_version_and_help() -> None:
    version = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.split() == ["padguard", padguard.__version__]
    shown = subprocess.run([*PROGRAM, "--help"], capture_output=True, text=True, check=True)
    assert all(name in shown.stdout for name in ("show", "verify", "check-snippet", "--sample"))


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp932"])
def test_any_code_page_will_do(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "flow.robin"
    path.write_text("SET Größe_行高_π TO 1\r\n", encoding="utf-8", newline="")
    done = subprocess.run(
        [*PROGRAM, "show", str(path)],
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"_" in done.stdout


def test_closed_pipe_is_no_error(sample: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "show", *[str(sample)] * 40],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b"Invoice Desk")
        running.stdout.close()
        complaints = running.stderr.read()
        running.stderr.close()
    assert complaints == b""
    assert running.returncode == 0


def test_unforeseen_errors_show_no_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_given: object) -> int:
        message = "Hunter2"
        raise KeyError(message)

    monkeypatch.setattr(commands, "main", fail)
    monkeypatch.setattr(command_line, "prepare_streams", lambda: None)
    with pytest.raises(SystemExit) as ended:
        command_line.run_command()
    assert ended.value.code == 3
    told = capsys.readouterr().err
    assert "Something went wrong" in told
    assert "KeyError" in told
    assert "Hunter2" not in told


def test_command_line_never_loads_the_window(sample: Path) -> None:
    script = (
        "import sys; sys.argv = ['padguard', 'show', sys.argv[1]]\n"
        "from padguard.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.exit('PySide6' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(sample)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    assert done.returncode == 0
