"""A drawn graph as a file: SVG or PNG, dark on white whatever theme is worn."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from padguard.ui.theme import LIGHT
from padguard.ui.views.graph_scene import GraphScene

FINENESS = 2.0
MOST_PIXELS = 12_000
"""The longest side of a PNG; beyond, programs refuse to show it."""


def picture(scene: GraphScene[Any], title: str, suffix: str) -> bytes:
    """Return the drawing as the kind of file that a suffix asks for: PNG for ``.png``, else SVG."""
    return drawn(scene, title, suffix)()


def drawn(scene: GraphScene[Any], title: str, suffix: str) -> Callable[[], bytes]:
    """Draw what `picture` returns, and return the rest of the work, which any thread may do.

    Packing a large PNG takes ten times as long as drawing it.
    """
    if suffix.casefold() == ".png":
        return partial(_packed, _image(scene))
    data = svg(scene, title)
    return lambda: data


def svg(scene: GraphScene[Any], title: str) -> bytes:
    """Return the drawing as an SVG file; it holds shapes and words, no scripts and no links."""
    area = scene.sceneRect()
    data = QByteArray()
    device = QBuffer(data)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    generator.setSize(area.size().toSize())
    generator.setViewBox(QRect(0, 0, round(area.width()), round(area.height())))
    generator.setResolution(round(scene.style_shared.dpi))
    generator.setTitle(title)
    painter = QPainter(generator)
    _render(scene, painter, QRectF(0, 0, area.width(), area.height()))
    painter.end()
    device.close()
    return bytes(data.data())


def _image(scene: GraphScene[Any]) -> QImage:
    """Return the drawing, two pixels for each of the screen where there is room."""
    area = scene.sceneRect()
    longest = max(area.width(), area.height(), 1.0)
    scale = min(FINENESS, MOST_PIXELS / longest)
    image = QImage(
        QSize(max(1, round(area.width() * scale)), max(1, round(area.height() * scale))),
        QImage.Format.Format_RGB32,
    )
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    _render(scene, painter, QRectF(image.rect()))
    painter.end()
    return image


def _packed(image: QImage) -> bytes:
    """Return an image as a PNG file; the device is born and dies within the call."""
    data = QByteArray()
    device = QBuffer(data)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(device, "PNG")  # type: ignore[call-overload] # PySide takes the format as text
    device.close()
    return bytes(data.data())


def _render(scene: GraphScene[Any], painter: QPainter, target: QRectF) -> None:
    worn = scene.style_shared.theme
    scene.style_shared.theme = LIGHT
    scene.pin(0)
    try:
        painter.fillRect(target, QColor(Qt.GlobalColor.white))
        scene.render(painter, target, scene.sceneRect())
    finally:
        scene.style_shared.theme = worn
