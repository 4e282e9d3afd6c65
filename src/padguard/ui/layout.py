"""Remembers for each user how the window was laid out."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from padguard.foundation.paths import config_dir

VERSION = 3
"""Grows when docks or bars change, so that a layout of another version is left alone."""


def _store() -> QSettings:
    return QSettings(str(config_dir() / "layout.ini"), QSettings.Format.IniFormat)


def save_geometry(window: QMainWindow) -> None:
    """Remember where the window is and how large."""
    _store().setValue("geometry", window.saveGeometry())


def save_state(window: QMainWindow, tab: int) -> None:
    """Remember its docks and bars, and the tab in front."""
    store = _store()
    store.setValue("state", window.saveState(VERSION))
    store.setValue("tab", tab)


def restore_geometry(window: QMainWindow) -> bool:
    """Put the window where the last one was; False where there is nothing to go by."""
    geometry = _store().value("geometry")
    return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)


def restore_state(window: QMainWindow) -> int | None:
    """Put docks and bars as they were last; return the tab that was in front, if known."""
    store = _store()
    state = store.value("state")
    if isinstance(state, QByteArray):
        window.restoreState(state, VERSION)
    try:
        return int(str(store.value("tab")))
    except ValueError:
        return None
