"""Chips: a small frame with icon and word that tells how a variable stands."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from padguard.flow.model import Sensitivity
from padguard.ui.icons import pixmap
from padguard.ui.sensitivity import look
from padguard.ui.theme import Theme
from padguard.ui.words import translate

GAP = 4.0
RADIUS = 4.0
WORDLESS = frozenset({Sensitivity.CLEAN, Sensitivity.UNKNOWN})
"""What the icon alone says within a sentence, where a word after every name would drown it."""


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip shows: an icon always, and a text.

    ``strong`` draws a filled frame, for what the person looks at.
    """

    sensitivity: Sensitivity
    text: str
    strong: bool = False

    @classmethod
    def of_sensitivity(cls, sensitivity: Sensitivity) -> "Chip":
        """Return the chip with the word of a sensitivity."""
        return cls(sensitivity, translate(look(sensitivity).word))

    @classmethod
    def of_variable(cls, name: str, sensitivity: Sensitivity, *, strong: bool = False) -> "Chip":
        """Return the chip of a variable within a sentence: its name, and a word if it matters."""
        if sensitivity in WORDLESS:
            return cls(sensitivity, name, strong)
        word = translate(look(sensitivity).word)
        return cls(sensitivity, f"{name} · {word}", strong)

    def width(self, metrics: QFontMetricsF) -> float:
        """Return how wide it is, in logical pixels."""
        return icon_size(metrics) + metrics.horizontalAdvance(self.text) + 3 * GAP

    def paint(self, painter: QPainter, place: QRectF, theme: Theme, background: str) -> None:
        """Draw it at the left of ``place``, as high as that; a text too long ends in dots.

        Args:
            painter: Draws with its own font.
            place: Where there is room for it, in logical pixels.
            theme: Whose colours are used.
            background: What it is drawn on, ``#rrggbb``.
        """
        metrics = QFontMetricsF(painter.font())
        colour = theme.on(background, look(self.sensitivity).colour(theme))
        frame = QRectF(place)
        frame.setWidth(min(place.width(), self.width(metrics)))
        frame = frame.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), 2.0 if self.strong else 1.0))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        size = icon_size(metrics)
        ratio = painter.device().devicePixelRatioF()
        corner = QPointF(frame.left() + GAP, frame.center().y() - size / 2)
        painter.drawPixmap(corner, pixmap(look(self.sensitivity).icon, colour, size, ratio))
        inner = frame.adjusted(size + 2 * GAP, 0, -GAP + 1, 0)
        text = metrics.elidedText(self.text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


def icon_size(metrics: QFontMetricsF) -> int:
    """Return the width of a chip's icon that suits a font."""
    return round(metrics.height() * 0.75)
