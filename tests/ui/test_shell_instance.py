"""A second start hands over to the first; starts with nonsense say so."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from padguard.ui.app import USAGE_ERROR, read_arguments
from padguard.ui.instance import Doorkeeper, Wish, channel_name, decode, hand_over

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def doorkeeper(qapp):
    made = Doorkeeper(qapp)
    assert made.listen()
    yield made
    made.close()
    made.deleteLater()


def test_wishes_survive_the_way():
    wish = Wish((Path("C:/Ärger & Co/x.zip"), Path("/tmp/中.robin")), sample=True)
    assert decode(wish.encode()) == wish


@pytest.mark.parametrize(
    "line",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"paths": [1], "sample": true}', b'{"paths": [""]}'],
)
def test_nonsense_is_no_wish(line):
    assert decode(line) is None


def test_nobody_answers_where_nobody_runs(qapp):
    assert not hand_over(Wish())


def test_wish_arrives(doorkeeper, qtbot, tmp_path):
    heard: list[Wish] = []
    doorkeeper.wished.connect(heard.append)
    wish = Wish((tmp_path / "Ärger & Co.zip",), sample=True)
    handing_over = (
        "import sys\n"
        "from padguard.ui.instance import decode, hand_over\n"
        "sys.exit(0 if hand_over(decode(sys.argv[1].encode())) else 1)\n"
    )
    start = subprocess.Popen([sys.executable, "-c", handing_over, wish.encode().decode()])
    qtbot.waitUntil(lambda: start.poll() is not None, timeout=30_000)
    assert start.returncode == 0
    assert heard == [wish]


def test_nonsense_is_turned_away(doorkeeper, qtbot):
    heard: list[Wish] = []
    doorkeeper.wished.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(channel_name())
    socket.write(b"open the door\n")
    socket.flush()
    unconnected = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: socket.state() == unconnected)
    assert heard == []


def test_users_with_other_settings_do_not_meet(doorkeeper, monkeypatch, tmp_path):
    monkeypatch.setenv("PADGUARD_HOME", str(tmp_path / "other"))
    assert not hand_over(Wish())


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows end with their process")
def test_what_a_crash_left_behind_is_cleared_away(qapp, qtbot):
    crashing = (
        "import os\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from padguard.ui.instance import Doorkeeper\n"
        "app = QCoreApplication([])\n"
        "print(Doorkeeper(app).listen(), flush=True)\n"
        "os._exit(1)\n"
    )
    left = subprocess.run([sys.executable, "-c", crashing], capture_output=True, check=False)
    assert left.stdout.strip() == b"True"
    assert not hand_over(Wish())
    keeper = Doorkeeper(qapp)
    assert keeper.listen()
    keeper.close()


def test_second_start_opens_in_the_first(doorkeeper, windows, qtbot, sample):
    doorkeeper.wished.connect(windows.grant)
    windows.grant(Wish())
    second = subprocess.Popen([sys.executable, "-m", "padguard", sample.name], cwd=sample.parent)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert second.returncode == 0
    window = windows.all[0]
    qtbot.waitUntil(lambda: window.document is not None, timeout=20_000)
    assert window.path == sample


def test_arguments_become_a_wish(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert read_arguments([]) == Wish()
    assert read_arguments(["--sample"]) == Wish(sample=True)
    assert read_arguments(["a.zip", "b"]) == Wish((tmp_path / "a.zip", tmp_path / "b"))


def test_unknown_options_are_an_error():
    assert read_arguments(["--frobnicate"]) is None
    command = [sys.executable, "-m", "padguard", "--frobnicate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == USAGE_ERROR
    assert done.stderr.startswith("Usage: padguard")
