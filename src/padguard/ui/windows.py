"""All windows of the running PAD Guard, and which of them opens what."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from padguard.foundation.messages import Message
from padguard.ui.appearance import Appearance
from padguard.ui.garbage import GarbageCollector
from padguard.ui.handoff_desk import HandOffDesk
from padguard.ui.instance import Wish
from padguard.ui.main_window import MainWindow
from padguard.ui.opening import Source
from padguard.ui.preferences import Preferences
from padguard.ui.template_shelf import TemplateShelf

IDLE_MS = 500
"""How long after a window is shown it gets ready for an export, if nothing else is to be done."""


class Windows(QObject):
    """Keeps the windows alive; one window holds one export, and one path is open only once."""

    def __init__(
        self,
        appearance: Appearance,
        preferences: Preferences,
        collector: GarbageCollector | None = None,
        parent: QObject | None = None,
        desk: HandOffDesk | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preferences = preferences
        self._desk = desk or HandOffDesk(preferences, parent=self)
        self._shelf = TemplateShelf(self)
        self._collector = collector
        self.all: list[MainWindow] = []
        if collector is not None:
            collector.wait_while(self.is_busy)
        preferences.themeChanged.connect(self._wear_theme)

    def grant(self, wish: Wish) -> None:
        """Open what a start of PAD Guard was asked for; nothing asked brings a window forward."""
        if not self.all:
            self._add()
        if not wish.paths and not wish.sample:
            self._bring(self._latest())
        for path in wish.paths:
            self.open(Source(path=path))
        if wish.sample:
            self._latest().files.open_sample()

    def open(self, source: Source) -> MainWindow:
        """Open something in the latest window if that is free, else in a free or a new one.

        Returns:
            The window that shows it, or is about to.
        """
        window = self._showing(source.path) if source.path is not None else None
        if window is None:
            latest = self._latest()
            free = [latest] if latest.is_free else [item for item in self.all if item.is_free]
            window = free[0] if free else self._add(beside=latest)
            window.open(source)
        self._bring(window)
        return window

    def tell(self, message: Message) -> None:
        """Say in the latest window that something went wrong."""
        if self.all:
            self._latest().tell(message)

    def close_all(self) -> None:
        """Close all windows, until one of them stays."""
        for window in list(self.all):
            self._bring(window)
            if not window.close():
                return

    def is_busy(self) -> bool:
        """Tell whether any work is under way."""
        workers = (self._desk.jobs, self._shelf.jobs, *(window.jobs for window in self.all))
        return any(jobs.current is not None for jobs in workers)

    def _add(self, beside: MainWindow | None = None) -> MainWindow:
        window = MainWindow(self._preferences, self._desk, self._shelf)
        window.files.wanted.connect(self.open)
        window.quitWanted.connect(self.close_all)
        window.closed.connect(self._remove)
        if self._collector is not None:
            window.opened.connect(self._collector.settle)
        if beside is not None:
            step = beside.menuBar().height()
            window.move(beside.pos().x() + step, beside.pos().y() + step)
        self.all.append(window)
        window.show()
        QTimer.singleShot(IDLE_MS, window, window.prepare)
        return window

    def _remove(self, window: MainWindow) -> None:
        self.all.remove(window)
        window.deleteLater()

    def _latest(self) -> MainWindow:
        active = QApplication.activeWindow()
        for window in self.all:
            if window is active or (active is not None and window.isAncestorOf(active)):
                return window
        return self.all[-1]

    def _showing(self, path: Path) -> MainWindow | None:
        return next((window for window in self.all if window.path == path), None)

    def _bring(self, window: MainWindow) -> None:
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()

    def _wear_theme(self) -> None:
        self._appearance.choose(self._preferences.theme)
