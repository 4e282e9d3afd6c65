"""Fixtures for the tests of the window."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.foundation.keychains import MemoryBackend

from padguard.foundation.keychain import Keychain
from padguard.session.handoff import HandOffs
from padguard.ui import main_window
from padguard.ui.appearance import Appearance
from padguard.ui.dialogs import Answer
from padguard.ui.document import Analysis
from padguard.ui.handoff_desk import HandOffDesk
from padguard.ui.instance import Wish
from padguard.ui.main_window import MainWindow
from padguard.ui.opening import Source
from padguard.ui.preferences import Preferences
from padguard.ui.windows import Windows

Opener = Callable[[Source], MainWindow]

CLEAR_AFTER_MS = 50
"""How long a secret out of the keychain stays on the clipboard; half a minute is for people."""


@pytest.fixture(autouse=True)
def collect_on_this_thread_only() -> Iterator[None]:
    """Keep the garbage collector off the worker threads, as the running program does."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """Return the look of the application, in the light theme."""
    made = Appearance(qapp)
    yield made
    made.setParent(None)


@pytest.fixture
def keychain_opener() -> Callable[[], Keychain]:
    """Return what opens the keychain of the windows; no test touches that of the system."""
    keychain = Keychain(MemoryBackend())
    return lambda: keychain


@pytest.fixture
def windows(
    qtbot: QtBot,
    appearance: Appearance,
    monkeypatch: pytest.MonkeyPatch,
    keychain_opener: Callable[[], Keychain],
) -> Iterator[Windows]:
    """Return the windows of a PAD Guard that has just been started, none of them open yet."""
    preferences = Preferences()
    preferences.load()
    desk = HandOffDesk(preferences, lambda: HandOffs(keychain_opener), CLEAR_AFTER_MS)
    made = Windows(appearance, preferences, desk=desk)
    yield made
    monkeypatch.setattr(main_window, "ask_about_changes", lambda *_: Answer.DISCARD)
    qtbot.waitUntil(lambda: not made.is_busy())
    for window in list(made.all):
        window.close()
    preferences.finish()


@pytest.fixture
def opened(qtbot: QtBot, windows: Windows) -> Opener:
    """Return a function that opens something and gives the window that has analysed it."""

    def open_source(source: Source) -> MainWindow:
        if not windows.all:
            windows.grant(Wish())
        window = windows.open(source)
        qtbot.waitUntil(lambda: window.document is not None, timeout=20_000)
        qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)
        return window

    return open_source


@pytest.fixture
def show(opened: Opener, qtbot: QtBot) -> Opener:
    """Return a function that opens something and waits until it was analysed and is shown."""

    def open_source(source: Source) -> MainWindow:
        window = opened(source)
        qtbot.waitUntil(
            lambda: window.document is not None and window.document.analysis is Analysis.DONE,
            timeout=30_000,
        )
        workspace = window.workspace
        assert workspace is not None
        qtbot.waitUntil(lambda: not workspace.flow._later.isActive())
        return window

    return open_source
