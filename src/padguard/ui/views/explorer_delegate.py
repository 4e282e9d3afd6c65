"""Paints the explorer's rows: name, type or number, and a chip for a variable's sensitivity."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from padguard.flow.model import Sensitivity
from padguard.rules.finding import Severity
from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.severity import look as severity_look
from padguard.ui.views.chips import Chip
from padguard.ui.views.explorer_model import (
    DETAIL,
    DISABLED_ROLE,
    FINDINGS_ROLE,
    ICON_ROLE,
    SENSITIVITY_ROLE,
)

Index = QModelIndex | QPersistentModelIndex
ICON_SIZE = 16
ROW_PADDING = 6
GAP = 6.0
NARROW = 180.0
"""Below this room beside its chip, the name of a variable matters more than numbers."""
DISABLED_SHARE = 0.5
"""How much of the room is left to the name of a disabled row."""


class SensitivityDelegate(QStyledItemDelegate):
    """Draws all that is known of a node in one cell: chips stand below each other at the right.

    Every colour is chosen for the background of the row, so that it stays readable when selected.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        self.initStyleOption(option, index)
        fields: Any = option  # Qt's own names of the fields are not in the type stubs
        theme = current_theme()
        selected = bool(fields.state & QStyle.StateFlag.State_Selected)
        background = theme.selection if selected else theme.base
        name, fields.text = fields.text, ""
        widget = fields.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        painter.save()
        painter.setFont(fields.font)
        place = QRectF(fields.rect).adjusted(2, 0, -GAP, 0)
        _Row(painter, place, background).draw(name, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row; all rows are equally high."""
        size = super().sizeHint(option, index)
        fields: Any = option
        size.setHeight(max(fields.fontMetrics.height(), ICON_SIZE) + ROW_PADDING)
        return size


class _Row:
    """Draws the parts of one row; lives as long as that."""

    def __init__(self, painter: QPainter, place: QRectF, background: str) -> None:
        self._painter = painter
        self._place = place
        self._theme = current_theme()
        self._background = background
        self._metrics = QFontMetricsF(painter.font())

    def draw(self, name: str, index: Index) -> None:
        """Draw what an index shows."""
        muted = self._theme.on(self._background, self._theme.muted)
        sensitivity = index.data(SENSITIVITY_ROLE)
        if isinstance(sensitivity, Sensitivity):
            self._chip(sensitivity)
        else:
            self._icon(index.data(ICON_ROLE), muted)
        findings = index.data(FINDINGS_ROLE)
        if findings:
            only = len(findings) == 1 or self._place.width() < NARROW
            only = only and isinstance(sensitivity, Sensitivity)
            self._findings(findings[0].severity, "" if only else str(len(findings)))
        faint = index.data(DISABLED_ROLE)
        # That a row is disabled must be read, also where its name has to give way.
        share = DISABLED_SHARE if faint else 1.0
        wanted = min(self._metrics.horizontalAdvance(name) + 1, share * self._place.width())
        self._right(index.sibling(index.row(), DETAIL).data(), wanted, muted)
        self._painter.setPen(
            QColor(muted if faint else self._theme.on(self._background, self._theme.text))
        )
        elide = Qt.TextElideMode.ElideMiddle
        text = self._metrics.elidedText(name, elide, self._place.width())
        self._painter.drawText(self._place, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _chip(self, sensitivity: Sensitivity) -> None:
        width = min(chip_column_width(self._metrics), self._place.width())
        place = self._place.adjusted(self._place.width() - width, 2, 0, -2)
        chip = Chip.of_sensitivity(sensitivity)
        chip.paint(self._painter, place, self._theme, self._background)
        self._place.setRight(place.left() - GAP)

    def _findings(self, worst: Severity, count: str) -> None:
        """Draw how bad the worst finding is, and how many there are, at the right."""
        colour = self._theme.on(self._background, severity_look(worst).colour(self._theme))
        if count:
            self._painter.setPen(QColor(colour))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._painter.drawText(self._place, int(side), count)
            width = self._metrics.horizontalAdvance(count) + GAP / 2
            self._place.setRight(self._place.right() - width)
        ratio = self._painter.device().devicePixelRatioF()
        picture = pixmap(severity_look(worst).icon, colour, ICON_SIZE, ratio)
        left = self._place.right() - ICON_SIZE
        self._painter.drawPixmap(QPointF(left, self._place.center().y() - ICON_SIZE / 2), picture)
        self._place.setRight(left - GAP)

    def _icon(self, name: str, colour: str) -> None:
        ratio = self._painter.device().devicePixelRatioF()
        corner = QPointF(self._place.left(), self._place.center().y() - ICON_SIZE / 2)
        self._painter.drawPixmap(corner, pixmap(name, colour, ICON_SIZE, ratio))
        self._place.setLeft(self._place.left() + ICON_SIZE + GAP)

    def _right(self, words: str, wanted: float, colour: str) -> None:
        """Draw a type or number at the right, where it leaves the room that the name wants."""
        width = self._metrics.horizontalAdvance(words) + GAP
        if words and self._place.width() - width >= wanted:
            self._painter.setPen(QColor(colour))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._painter.drawText(self._place, int(side), words)
            self._place.setRight(self._place.right() - width)


def chip_column_width(metrics: QFontMetricsF) -> float:
    """Return how much room the words of all sensitivities need."""
    chips = (Chip.of_sensitivity(sensitivity) for sensitivity in Sensitivity)
    return max(chip.width(metrics) for chip in chips)
