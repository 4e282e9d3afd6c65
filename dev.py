"""Sets PAD Guard up in .venv beside this file, then opens the sample or runs the tests.

Needs nothing but Python itself, so it also has to start on a Python that is too old, to say so.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "padguard-installed.txt"
MINIMUM = (3, 11)

QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt loads even without a screen, and the Debian package that brings it."""

X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads besides to draw on an X11 screen."""

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class SetupError(Exception):
    """Something on this machine is missing; the text says what to do about it."""


def check_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that is too old for PAD Guard."""
    if version[:2] < MINIMUM:
        found = ".".join(map(str, version[:2]))
        message = f"PAD Guard needs Python 3.11 or newer; this is Python {found}."
        raise SetupError(message)


def check_venv_modules() -> None:
    """Refuse a Python that cannot make virtual environments (Debian splits them off)."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        message = (
            "This Python cannot make virtual environments (no module "
            f"{' and no module '.join(missing)}).\n"
            "On Debian and Ubuntu, install it with:  sudo apt-get install python3-venv"
        )
        raise SetupError(message)


def loads(library: str) -> bool:
    """Tell whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    """Tell whether the system has any font that Qt could draw with."""
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(path.suffix in {".ttf", ".otf", ".ttc"} for f in folders for path in f.rglob("*"))


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Return the Debian packages that Qt needs and this machine lacks; none elsewhere."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for library, package in libraries.items() if not loads(library)]
    return missing if has_fonts() else [*missing, "fonts-dejavu-core"]


def check_libraries(libraries: dict[str, str]) -> None:
    """Refuse a Linux on which Qt could not start."""
    missing = missing_packages(libraries)
    if missing:
        message = (
            "Qt needs system libraries that are missing here. On Debian and Ubuntu:\n"
            f"  sudo apt-get install {' '.join(missing)}\n"
            "Other distributions have the same libraries under similar names."
        )
        raise SetupError(message)


def has_screen(environment: dict[str, str]) -> bool:
    """Tell whether windows can be shown (Windows and macOS always can)."""
    shown = "DISPLAY" in environment or "WAYLAND_DISPLAY" in environment
    return shown or not sys.platform.startswith("linux")


def venv_python() -> Path:
    """Return where the Python of .venv lies."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def usable(python: Path) -> bool:
    """Tell whether .venv has a Python that runs and is new enough."""
    probe = f"import pip, sys; sys.exit(sys.version_info < {MINIMUM})"
    try:
        return (
            subprocess.run([python, "-c", probe], check=False, capture_output=True).returncode == 0
        )
    except OSError:
        return False


def fingerprint() -> str:
    """Return what an installation depends on: the two files, and where the checkout lies."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def run_in_venv(arguments: list[str], environment: dict[str, str], folder: Path = ROOT) -> int:
    """Run the Python of .venv and return its exit code."""
    command = [str(venv_python()), *arguments]
    code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    if code < 0:  # as shells have it
        print(f"Python was ended by signal {-code}.", file=sys.stderr)
        return 128 - code
    return code


def install(extra: str) -> None:
    """Make .venv and install PAD Guard in it, unless that is done already.

    Args:
        extra: ``dev`` to bring the tools of the tests too, else empty.
    """
    if not usable(venv_python()):
        print("Making a virtual environment in .venv...", flush=True)
        check_venv_modules()
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    wanted = fingerprint()
    installed = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    if installed[:1] == [wanted] and (not extra or extra in installed):
        return
    print("Installing what PAD Guard needs; the first time this takes a few minutes...", flush=True)
    target = f".[{extra}]" if extra else "."
    pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if run_in_venv([*pip, "-c", "constraints.txt", "-e", target], dict(os.environ)):
        message = "pip could not install PAD Guard; its own words above say why."
        raise SetupError(message)
    STAMP.write_text(f"{wanted} {extra}\n", encoding="utf-8")


def sample(arguments: list[str]) -> int:
    """Open the bundled sample export in the window."""
    environment = dict(os.environ)
    if not has_screen(environment) and "QT_QPA_PLATFORM" not in environment:
        message = "There is no screen here to open a window on. The tests run without one."
        raise SetupError(message)
    on_x11 = "DISPLAY" in environment and "WAYLAND_DISPLAY" not in environment
    check_libraries({**QT_LIBRARIES, **X11_LIBRARIES} if on_x11 else QT_LIBRARIES)
    install("")
    return run_in_venv(["-m", "padguard", "--sample", *arguments], environment, Path.cwd())


def test(arguments: list[str]) -> int:
    """Run the tests, without a screen where there is none."""
    check_libraries(QT_LIBRARIES)
    install("dev")
    environment = dict(os.environ)
    if not has_screen(environment):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    shared_out = [] if "-n" in arguments else ["-n", "auto", "--dist", "worksteal"]
    return run_in_venv(["-m", "pytest", *shared_out, *arguments], environment)


def libraries(_arguments: list[str]) -> int:
    """Print the Debian packages that the tests need and this machine lacks, one a line."""
    for package in missing_packages(QT_LIBRARIES):
        print(package)
    return 0


def main(arguments: list[str]) -> int:
    """Run the command that the arguments name; what follows it is passed on."""
    commands = {"sample": sample, "test": test, "libraries": libraries}
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Sets PAD Guard up in .venv, then opens the sample or runs the tests.",
        epilog="What follows the command is passed on: python dev.py test -k verify",
    )
    parser.add_argument(
        "command",
        choices=commands,
        help="; ".join(f"{name}: {command.__doc__}" for name, command in commands.items()),
    )
    chosen = parser.parse_args(arguments[:1])
    try:
        check_python(sys.version_info[:2])
        return commands[chosen.command](arguments[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
