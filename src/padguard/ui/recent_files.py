"""Keeps the recent files of the start page and of the menu in step with the settings."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from padguard.foundation.progress import Progress
from padguard.ui.actions import Actions
from padguard.ui.failures import explain
from padguard.ui.jobs import Jobs
from padguard.ui.preferences import Preferences
from padguard.ui.recent_list import fill_menu
from padguard.ui.start_page import StartPage


class RecentFiles(QObject):
    """Shows the recent files, and finds out in the background which of them are gone.

    Looking has a worker of its own, as a network drive that does not answer may hold it up.
    """

    chosen = Signal(object)  # Path

    def __init__(
        self, preferences: Preferences, page: StartPage, actions: Actions, window: QWidget
    ) -> None:
        super().__init__(window)
        self._preferences = preferences
        self._page = page
        self._menu = actions.recent_menu
        self._jobs = Jobs(self)
        page.chosen.connect(self.chosen)
        page.forget.connect(preferences.forget)
        if self._menu is not None:
            self._menu.triggered.connect(self._open)
        preferences.recentChanged.connect(self.refresh)
        page.shown.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the files as the settings have them, then look which of them are gone.

        A page that nobody sees is left alone; it asks again when it is shown.
        """
        files = self._preferences.recent
        if self._menu is not None:
            fill_menu(self._menu, files, self.tr("No files yet"))
        if not self._page.isVisible():
            return
        self._page.show_recent(files)
        paths = tuple(file.path for file in files)
        if paths:

            def work(progress: Progress) -> tuple[Path, ...]:
                return _missing(paths, progress)

            self._jobs.start(
                self.tr("Looking for recent files…"), work, self._found, self._not_found
            )

    def stop(self) -> None:
        """Look no further; for the end of the window."""
        self._jobs.stop()

    def _found(self, missing: tuple[Path, ...]) -> None:
        if missing:
            self._page.show_recent(self._preferences.recent, missing)

    def _not_found(self, error: Exception) -> None:
        explain(error)  # for the log: that looking failed is nothing to bother a person with

    def _open(self, action: QAction) -> None:
        if action.data() is not None:
            self.chosen.emit(action.data())


def _missing(paths: tuple[Path, ...], progress: Progress) -> tuple[Path, ...]:
    gone = []
    for done, path in enumerate(paths):
        progress.step(done, len(paths))
        try:
            exists = path.exists()
        except OSError:  # not to be looked at, as good as gone
            exists = False
        if not exists:
            gone.append(path)
    return tuple(gone)
