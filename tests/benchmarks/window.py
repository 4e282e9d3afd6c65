"""Measures the window: how soon it shows an export, and how long it stands still meanwhile."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView

from padguard.foundation.progress import Progress
from padguard.session.session import Session
from padguard.ui.app import SWITCH_INTERVAL, make_application
from padguard.ui.appearance import Appearance
from padguard.ui.garbage import GarbageCollector
from padguard.ui.instance import Wish
from padguard.ui.main_window import MainWindow
from padguard.ui.opening import Source
from padguard.ui.preferences import Preferences
from padguard.ui.windows import Windows

BEAT_MS = 5
SETTLE_MS = 1500
"""How long the window is watched after it has shown everything."""
GIVE_UP_MS = 60_000


class TimedSource(Source):
    """Notes when the model of an export was ready."""

    ready = 0.0

    def open(self, progress: Progress) -> Session:
        """Open the export as the window does."""
        session = super().open(progress)
        TimedSource.ready = time.perf_counter()
        return session


class Heartbeat(QObject):
    """A timer of the GUI thread that notes the longest time it was kept from beating."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - BEAT_MS / 1000)
        self._last = now


class FirstPaint(QObject):
    """Notes when a view first painted itself with something in it."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.at = 0.0
        self._view = view
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look for paint events and let all pass."""
        model = self._view.model()
        if event.type() is QEvent.Type.Paint and not self.at and model and model.rowCount():
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self.at = self.at or time.perf_counter()


def _pump(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _watch(shown: MainWindow) -> list[FirstPaint]:
    if shown.workspace is None:
        message = "the window shows no views"
        raise RuntimeError(message)
    parts = (shown.workspace.explorer, shown.workspace.flow)
    views = [view for part in parts for view in part.findChildren(QAbstractItemView)]
    return [FirstPaint(view) for view in views]


def window(path: Path) -> dict[str, float]:
    """Return seconds from the ready model to the painted views, and of the longest standstill."""
    app = make_application()
    sys.setswitchinterval(SWITCH_INTERVAL)
    preferences = Preferences(app)
    windows = Windows(Appearance(app, preferences.theme), preferences, GarbageCollector(app), app)
    windows.grant(Wish((), sample=False))
    _pump(SETTLE_MS)
    shown = windows.all[0]
    paints: list[FirstPaint] = []
    loop = QEventLoop()
    shown.opened.connect(lambda: paints.extend(_watch(shown)))
    shown.opened.connect(loop.quit)
    QTimer.singleShot(GIVE_UP_MS, loop.quit)
    heart = Heartbeat()
    windows.open(TimedSource(path=path))
    loop.exec()
    _pump(SETTLE_MS)
    windows.close_all()
    painted = [paint.at for paint in paints if paint.at]
    return {
        "views": len(painted),
        "first_tree": max(painted) - TimedSource.ready,
        "standstill": heart.longest,
    }
