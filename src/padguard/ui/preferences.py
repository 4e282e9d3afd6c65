"""The settings of the user as the windows share them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from padguard.foundation.settings import RecentFile, Settings, load_settings, save_settings
from padguard.ui.appearance import ThemeChoice


class Preferences(QObject):
    """Holds the settings for all windows, and writes each change at once, in the background."""

    recentChanged = Signal()  # noqa: N815 - a signal of Qt
    themeChanged = Signal()  # noqa: N815 - a signal of Qt
    presentingChanged = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = Settings()
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="padguard-settings")

    def load(self) -> None:
        """Read what was kept the last time."""
        self._settings = load_settings()
        self.recentChanged.emit()

    @property
    def recent(self) -> tuple[RecentFile, ...]:
        """The files opened lately, the latest first."""
        return self._settings.recent

    @property
    def theme(self) -> ThemeChoice:
        """The theme that was chosen."""
        known = {choice.value: choice for choice in ThemeChoice}
        return known.get(self._settings.theme, ThemeChoice.SYSTEM)

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Remember the theme."""
        self._keep(replace(self._settings, theme=choice.value))
        self.themeChanged.emit()

    @property
    def presenting(self) -> bool:
        """Whether others may be looking at the screen, so that nothing is revealed."""
        return self._settings.presenting

    def present(self, *, wanted: bool) -> None:
        """Turn the presentation mode on or off, and remember it."""
        if wanted != self.presenting:
            self._keep(replace(self._settings, presenting=wanted))
            self.presentingChanged.emit()

    def remember(self, path: Path) -> None:
        """Remember that a file was opened just now."""
        self._keep(self._settings.with_recent(path, datetime.now(UTC)))
        self.recentChanged.emit()

    def forget(self, path: Path) -> None:
        """Take a file off the recent ones."""
        self._keep(self._settings.without_recent(path))
        self.recentChanged.emit()

    def finish(self) -> None:
        """Wait until everything is written; nothing can be changed afterwards."""
        self._writer.shutdown()

    def _keep(self, settings: Settings) -> None:
        self._settings = settings
        self._writer.submit(save_settings, settings)
