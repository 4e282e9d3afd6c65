"""The window and all commands but one never go to the network."""

import ast
import json
from pathlib import Path

import pytest
from tests.collecting.offline_guard import Offline
from tests.governance.policy_files import flat

import padguard
from padguard.cli.main import commands

PACKAGE = Path(padguard.__file__).parent
NETWORK = {
    *("httpx", "httpcore", "requests", "urllib3", "socket", "socketserver", "ssl", "asyncio"),
    *("http", "ftplib", "smtplib", "imaplib", "poplib", "nntplib", "telnetlib", "xmlrpc"),
    *("webbrowser", "urllib.request", "PySide6.QtNetwork", "PySide6.QtWebSockets"),
    *("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "multiprocessing.connection"),
}
LOCAL_SOCKET = {"QLocalServer", "QLocalSocket"}
"""What one window says to another of the same user; it never leaves the machine."""

WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from padguard.ui import app as program
from padguard.ui.document import Analysis
from padguard.ui.main_window import MainWindow

made = program.make_application

def make():
    application = made()
    watch = QTimer(application)
    watch.timeout.connect(end)
    watch.start(50)
    return application

def end():
    for window in QApplication.topLevelWidgets():
        document = window.document if isinstance(window, MainWindow) else None
        if document is not None and document.analysis is Analysis.DONE:
            QApplication.exit(7)

program.make_application = make
sys.exit(program.run_window(["--sample"]))
"""


@pytest.fixture
def offline(tmp_path):
    return Offline(tmp_path)


def test_every_command_but_collect_stays_offline(offline, sample, tmp_path):
    policies = tmp_path / "policies.json"
    policies.write_text(json.dumps(flat()), encoding="utf-8")
    snippet = tmp_path / "snippet.robin"
    snippet.write_text("SET A TO 1\n", encoding="utf-8")
    arguments = {
        "show": [sample],
        "scan": [sample, "--format", "json"],
        "rules": [],
        "verify": [sample],
        "check-snippet": [snippet],
        "fix": [sample, "--output", tmp_path / "fixed.zip"],
        "access": [sample, "--for", "user"],
        "dlp": [sample, "--policy", policies],
        "audit": [sample],
    }
    assert commands.commands.keys() <= arguments.keys() | {"collect"}
    for name in commands.commands.keys() - {"collect"}:
        result, steps = offline.run("-m", "padguard", name, *arguments[name])
        assert steps == [], name
        assert result.returncode in (0, 1), (name, result.stderr)


def test_the_window_stays_offline(offline):
    result, steps = offline.run("-c", WINDOW)
    assert steps == []
    assert result.returncode == 7, result.stderr


def test_the_guard_would_see_it(offline, tmp_path):
    """Otherwise nothing above proves anything."""
    url = ("--url", "https://contoso.example", "-o", tmp_path / "x.json")
    result, steps = offline.run("-m", "padguard", "collect", *url)
    assert result.returncode == 3
    assert steps
    assert "contoso.example" in steps[0]
    code = "import socket; socket.socket().connect(('127.0.0.1', 9))"
    assert offline.run("-c", code)[1] == ["socket.connect ('127.0.0.1', 9)"]


def test_nothing_but_collecting_imports_what_reaches_the_network():
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}: {name}"
        for path in PACKAGE.rglob("*.py")
        if path.parent.name != "collecting"
        for name in imports(path)
        if any(name == one or name.startswith(f"{one}.") for one in NETWORK)
    ]
    assert sorted(found) == [
        f"ui/instance.py: PySide6.QtNetwork.{name}" for name in sorted(LOCAL_SOCKET)
    ]


def imports(path):
    """Yield the full name of everything that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_only_the_command_imports_the_package_and_late(offline):
    """Neither the package nor httpx is loaded where nobody collects."""
    code = (
        "import sys, padguard.cli.main; "
        "print([name for name in sys.modules if name.split('.')[0] in ('httpx', 'ssl')"
        " or name.startswith('padguard.collecting')])"
    )
    result, _ = offline.run("-c", code)
    assert result.stdout.strip() == "[]", result.stderr
