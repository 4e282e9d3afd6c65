"""Labels that shorten their text, and labels in a colour of the theme."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_WITHIN_NAMES = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_./\\])(?=\w)|(?<=\w{20})(?=\w)")
_BREAK = "\u200b"  # zero width space: a line may end here


def breakable(text: str) -> str:
    """Return a text to be shown whose long names may go on in the next line."""
    return _WITHIN_NAMES.sub(_BREAK, text)


class ElidedLabel(QLabel):
    """A label of one line that shortens its text in the middle where there is no room."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the text as there is room for."""
        super().resizeEvent(event)
        mode = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self.whole, mode, self.width()))


def colour_label(label: QLabel, colour: str) -> None:
    """Write a label in a colour ``#rrggbb``.

    By its palette, as a widget with a style sheet no longer hears of a change of theme.
    """
    palette = label.palette()
    if palette.color(QPalette.ColorRole.WindowText) != QColor(colour):
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        label.setPalette(palette)
        label.setForegroundRole(QPalette.ColorRole.WindowText)  # within lists it is another one
