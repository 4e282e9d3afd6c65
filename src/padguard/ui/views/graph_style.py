"""What everything in a drawn graph shares: theme, fonts, icons."""

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgRenderer

from padguard.ui.icons import source
from padguard.ui.theme import Theme


class Style:
    """Theme and fonts of one drawing; items ask it whenever they paint.

    Icons are drawn as lines, not as pictures, so that they are sharp at every zoom and in files.
    """

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.font = font
        self.strong = QFont(font)
        self.strong.setWeight(QFont.Weight.DemiBold)
        self.metrics = QFontMetricsF(font)
        self.strong_metrics = QFontMetricsF(self.strong)
        self._icons: dict[tuple[str, str], QSvgRenderer] = {}

    @property
    def line(self) -> float:
        """The height of a line of text."""
        return max(self.metrics.height(), self.strong_metrics.height())

    @property
    def dpi(self) -> float:
        """How many pixels the fonts take for an inch; files must take as many."""
        return self.metrics.fontDpi()

    def draw_icon(self, painter: QPainter, name: str, colour: str, place: QRectF) -> None:
        """Draw an icon in a colour ``#rrggbb``."""
        found = self._icons.get((name, colour))
        if found is None:
            svg = source(name).replace("currentColor", colour)
            found = self._icons[name, colour] = QSvgRenderer(QByteArray(svg.encode()))
        found.render(painter, place)
