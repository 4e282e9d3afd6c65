"""What dev.py decides before and around the installation; nothing is downloaded here."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """Return dev.py as a module that keeps its hands off the real .venv."""
    spec = importlib.util.spec_from_file_location("dev", PROJECT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.txt")
    return module


@pytest.fixture
def ran(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect what would be run in .venv, which exists and works."""
    commands: list[list[str]] = []

    def run_in_venv(arguments: list[str], *_others: object) -> int:
        commands.append(arguments)
        return 0

    dev.VENV.mkdir()
    monkeypatch.setattr(dev, "usable", lambda _python: True)
    monkeypatch.setattr(dev, "run_in_venv", run_in_venv)
    monkeypatch.setattr(dev, "missing_packages", lambda _libraries: [])
    return commands


def test_an_old_python_is_named_with_the_remedy(dev: ModuleType) -> None:
    with pytest.raises(dev.SetupError, match=r"needs Python 3\.11 or newer; this is Python 3\.8"):
        dev.check_python((3, 8, 1))
    dev.check_python((3, 11, 0))
    dev.check_python((4, 0))


def test_missing_venv_module_names_the_debian_package(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        dev.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object()
    )
    with pytest.raises(dev.SetupError, match=r"no module ensurepip.*\n.*python3-venv"):
        dev.check_venv_modules()


def test_missing_libraries_are_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "has_fonts", lambda: False)
    monkeypatch.setattr(dev, "loads", lambda name: name != "libEGL.so.1")
    with pytest.raises(dev.SetupError, match="sudo apt-get install libegl1 fonts-dejavu-core"):
        dev.check_libraries(dev.QT_LIBRARIES)


def test_windows_needs_no_libraries(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "platform", "win32")
    monkeypatch.setattr(dev, "loads", lambda _name: False)
    assert dev.missing_packages(dev.QT_LIBRARIES) == []
    assert dev.has_screen({})


def test_installs_once_and_again_after_a_change(dev: ModuleType, ran: list[list[str]]) -> None:
    dev.install("dev")
    assert ran[-1][-4:] == ["-c", "constraints.txt", "-e", ".[dev]"]
    dev.install("dev")
    dev.install("")
    assert len(ran) == 1
    constraints = dev.ROOT / "constraints.txt"
    constraints.write_text(constraints.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    dev.install("")
    assert ran[-1][-1] == "."
    dev.install("dev")
    assert ran[-1][-1] == ".[dev]"


def test_failed_installation_is_tried_again(
    dev: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "run_in_venv", lambda *_arguments: 1)
    with pytest.raises(dev.SetupError, match="pip could not install"):
        dev.install("")
    assert not dev.STAMP.exists()


@pytest.mark.parametrize(
    ("environment", "platform"),
    [({}, "offscreen"), ({"DISPLAY": ":0"}, None), ({"QT_QPA_PLATFORM": "vnc"}, "vnc")],
)
def test_tests_run_without_a_screen(
    dev: ModuleType,
    ran: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    platform: str | None,
) -> None:
    seen: dict[str, str] = {}

    def run_in_venv(_arguments: list[str], given: dict[str, str], *_others: object) -> int:
        seen.update(given)
        return 5

    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev.os, "environ", environment)
    monkeypatch.setattr(dev, "install", lambda _extra: None)
    monkeypatch.setattr(dev, "run_in_venv", run_in_venv)
    assert dev.main(["test"]) == 5
    assert seen.get("QT_QPA_PLATFORM") == platform


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_crash_is_told(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "venv_python", lambda: Path(sys.executable))
    crash = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert dev.run_in_venv(["-c", crash], {}) == 137
    assert "signal 9" in capsys.readouterr().err


def test_arguments_are_passed_on(dev: ModuleType, ran: list[list[str]]) -> None:
    assert dev.main(["test", "-k", "verify", "--help"]) == 0
    shared_out = ["-n", "auto", "--dist", "worksteal"]
    assert ran[-1] == ["-m", "pytest", *shared_out, "-k", "verify", "--help"]


def test_who_says_on_how_many_cores_is_heard(dev: ModuleType, ran: list[list[str]]) -> None:
    assert dev.main(["test", "-n", "0"]) == 0
    assert ran[-1] == ["-m", "pytest", "-n", "0"]


def test_sample_opens_the_window_on_the_sample(
    dev: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "has_screen", lambda _environment: True)
    assert dev.main(["sample"]) == 0
    assert ran[-1] == ["-m", "padguard", "--sample"]


def test_sample_without_a_screen_says_so(
    dev: ModuleType,
    ran: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev.os, "environ", {})
    assert dev.main(["sample"]) == 1
    assert "no screen" in capsys.readouterr().err
    assert ran == []


def test_problems_are_told_without_a_traceback() -> None:
    script = "import dev; dev.MINIMUM = (99, 0); raise SystemExit(dev.main(['test']))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("PAD Guard needs Python")
    assert "Traceback" not in done.stderr


def test_constraints_pin_every_dependency_plainly() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.]*", pin) for pin in pins)
    pinned = {re.sub(r"[._-]", "-", pin.split("==")[0]).lower() for pin in pins}
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.sub(r"[._-]", "-", re.split(r"[<>=~! ]", need)[0]).lower() for need in needed}
    assert names | {"colorama", "pywin32-ctypes"} <= pinned
