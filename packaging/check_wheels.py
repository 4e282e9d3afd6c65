"""Proves that everything dev.py installs can be had on Windows from ready-made wheels.

Downloads them (about 250 MB for each version of Python) into a temporary folder and throws them
away; run it after every change of the dependencies or of constraints.txt.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORM = "win_amd64"


def pins() -> list[str]:
    """Return the lines of constraints.txt that pin something.

    Raises:
        SystemExit: A line is no plain ``name==version``.
    """
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    for line in pinned:
        if line.count("==") != 1 or set(line) & set(" ;@/<>,"):
            sys.exit(f"constraints.txt: not a plain name==version line: {line}")
    return pinned


def missing_wheels(python: str, requirements: list[str]) -> bool:
    """Tell whether pip cannot resolve and download the requirements for a Python on Windows."""
    with tempfile.TemporaryDirectory() as folder:
        target = ["--platform", PLATFORM, "--python-version", python, "--implementation", "cp"]
        command = [
            sys.executable,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "download",
            "--quiet",
        ]
        command += ["--only-binary=:all:", *target, "-c", str(ROOT / "constraints.txt")]
        return subprocess.run([*command, "-d", folder, *requirements], check=False).returncode != 0


def main() -> None:
    """Check all versions of Python; exit 1 where a wheel is missing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["dev"]
    # pip evaluates markers for the machine it runs on, so what only Windows needs is named here.
    windows_only = [pin for pin in pins() if pin.startswith(("colorama==", "pywin32-ctypes=="))]
    failed = False
    for python in PYTHONS:
        missing = missing_wheels(python, [*needed, *windows_only])
        print(f"Python {python} on {PLATFORM}: {'MISSING' if missing else 'all wheels there'}")
        failed |= missing
    sys.exit(failed)


if __name__ == "__main__":
    main()
