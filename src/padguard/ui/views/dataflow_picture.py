"""The drawing of the data flow as a file: SVG or PNG, dark on white whatever theme is worn."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from padguard.ui.theme import LIGHT
from padguard.ui.views.dataflow_scene import DataFlowScene

FINENESS = 2.0
MOST_PIXELS = 12_000
"""The longest side of a PNG; beyond, programs refuse to show it."""


def picture(scene: DataFlowScene, title: str, suffix: str) -> bytes:
    """Return the drawing as the kind of file that a suffix asks for: PNG for ``.png``, else SVG."""
    return png(scene) if suffix.casefold() == ".png" else svg(scene, title)


def svg(scene: DataFlowScene, title: str) -> bytes:
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


def png(scene: DataFlowScene) -> bytes:
    """Return the drawing as a PNG file, two pixels for each of the screen where there is room."""
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
    data = QByteArray()
    device = QBuffer(data)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(device, "PNG")  # type: ignore[call-overload] # PySide takes the format as text
    device.close()
    return bytes(data.data())


def _render(scene: DataFlowScene, painter: QPainter, target: QRectF) -> None:
    worn = scene.style_shared.theme
    scene.style_shared.theme = LIGHT
    scene.pin(0)
    try:
        painter.fillRect(target, QColor(Qt.GlobalColor.white))
        scene.render(painter, target, scene.sceneRect())
    finally:
        scene.style_shared.theme = worn
