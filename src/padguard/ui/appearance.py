"""Which theme the window wears: the maker's choice, else what the system asks for."""

from enum import Enum

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from padguard.ui.outlined_style import OutlinedStyle
from padguard.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Theme


class ThemeChoice(Enum):
    """What the menu View > Theme offers; the values are kept in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


CHOSEN = {
    ThemeChoice.LIGHT: LIGHT,
    ThemeChoice.DARK: DARK,
    ThemeChoice.HIGH_CONTRAST: HIGH_CONTRAST,
}


class Appearance(QObject):
    """Dresses the whole application in one theme and follows the system where asked to.

    One lives as a child of the application. Widgets ask `current_theme` when they paint and look
    again at ``QEvent.PaletteChange``, which every change of theme sends to them.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self.choice = choice
        self.theme = LIGHT
        self._outlined = LIGHT
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._wear)
        self._follow_contrast()
        self._wear()

    def choose(self, choice: ThemeChoice) -> None:
        """Wear another theme, or follow the system from now on."""
        self.choice = choice
        self._wear()

    def _wear(self) -> None:
        theme = CHOSEN.get(self.choice) or system_theme()
        palette = theme.palette()
        if theme == self.theme and palette == self._app.palette():
            return
        self.theme = theme
        self._draw_outlines(theme)
        self._app.setPalette(palette)
        self.changed.emit()

    def _draw_outlines(self, theme: Theme) -> None:
        if theme is not self._outlined:
            self._outlined = theme
            outlined = OutlinedStyle(theme, only_indicators=theme is DARK)
            self._app.setStyle("Fusion" if theme is LIGHT else outlined)

    def _follow_contrast(self) -> None:
        hints = QGuiApplication.styleHints()
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._wear)


def system_theme() -> Theme:
    """Return the theme that fits what the system asks for."""
    hints = QGuiApplication.styleHints()
    if hasattr(hints, "accessibility"):  # since Qt 6.10
        preference = hints.accessibility().contrastPreference()
        if preference == Qt.ContrastPreference.HighContrast:
            return HIGH_CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def current_theme() -> Theme:
    """Return the theme that the application wears (the light one before it wears any)."""
    app = QCoreApplication.instance()
    appearance = app.findChild(Appearance) if app else None
    return appearance.theme if isinstance(appearance, Appearance) else LIGHT
