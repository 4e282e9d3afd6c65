"""Line icons, drawn from resources/icons in the colour that their place asks for."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from padguard.foundation.paths import resources_dir
from padguard.ui.theme import Theme

UNKNOWN_ICON = "action"
"""Drawn where resources/icons has no icon of the wanted name."""

DISABLED_OPACITY = 0.35

SIZES = (16, 20, 24)
"""Logical sizes of the icons of buttons and menus."""


@cache
def source(name: str) -> str:
    """Return the SVG text of an icon; its lines are drawn in ``currentColor``."""
    folder = resources_dir() / "icons"
    path = folder / f"{name}.svg"
    if not path.is_file():
        path = folder / f"{UNKNOWN_ICON}.svg"
    return path.read_text(encoding="utf-8")


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, opacity: float = 1.0) -> QPixmap:
    """Return an icon as a square picture, from Qt's picture cache where it was drawn before.

    Args:
        name: Name of a file in resources/icons, without ``.svg``.
        colour: ``#rrggbb``.
        size: Width and height in logical pixels.
        ratio: Device pixels per logical pixel (``widget.devicePixelRatioF()``).
        opacity: 1 for as it is, less for paler.
    """
    key = f"padguard-icon/{name}/{colour}/{size}/{ratio}/{opacity}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    svg = source(name).replace("currentColor", colour)
    painter = QPainter(picture)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture


def icon(name: str, theme: Theme, colour: str = "") -> QIcon:
    """Return an icon for a button, menu or item, with a paler picture for when it is disabled.

    Args:
        name: Name of a file in resources/icons, without ``.svg``.
        theme: The theme it is drawn for.
        colour: ``#rrggbb``; the theme's text colour where left out.
    """
    result = QIcon()
    for ratio in {1.0, _largest_ratio()}:
        for size in SIZES:
            result.addPixmap(pixmap(name, colour or theme.text, size, ratio))
            pale = pixmap(name, colour or theme.text, size, ratio, DISABLED_OPACITY)
            result.addPixmap(pale, QIcon.Mode.Disabled)
    return result


def _largest_ratio() -> float:
    """Return how many device pixels a logical pixel has on the finest screen."""
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
