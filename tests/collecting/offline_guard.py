"""Runs Python programs in which every step towards the network is refused and written down."""

import os
import subprocess
import sys
from pathlib import Path

GUARD = """
import os, sys

def _watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        where = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        where = arguments[1]
        if isinstance(where, (str, bytes)):  # a socket of this machine that is a file
            return
    else:
        return
    with open(os.environ["OFFLINE_LOG"], "a", encoding="utf-8") as log:
        log.write(f"{event} {where!r}\\n")
    raise OSError("the network is forbidden here")

sys.addaudithook(_watch)
with open(os.environ["OFFLINE_LOG"], "a", encoding="utf-8") as log:
    log.write("watching\\n")
"""
"""A sitecustomize: Python runs it before anything else. Audit hooks cannot be taken away again."""


class Offline:
    """Programs without a network, and what they tried."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "network.log"
        guard = folder / "guard"
        guard.mkdir()
        (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(guard),
            "OFFLINE_LOG": str(self._log),
            "PADGUARD_HOME": str(folder / "home"),
            "QT_QPA_PLATFORM": "offscreen",
            "PADGUARD_TOKEN": "token",
        }

    def run(self, *arguments: object) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        """Run Python; return how it ended and every step towards the network."""
        self._log.unlink(missing_ok=True)
        result = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )
        first, *steps = self._log.read_text(encoding="utf-8").splitlines()
        assert first == "watching"
        return result, [step for step in steps if step != "watching"]
