"""Draws the signs that fold and unfold trees, in colours that stay readable on selected rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QTreeView

from padguard.ui.appearance import current_theme

HALF = 4.0
"""Half of the longer side of a sign, in logical pixels."""


def paint_branch(
    view: QTreeView, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex
) -> None:
    """Draw the sign of a row where it has something to unfold.

    Args:
        view: The tree.
        painter: What its ``drawBranches`` was given to draw with.
        place: The room before the row, as many indentations wide as the row is deep.
        index: The row.
    """
    if not view.model().hasChildren(index):
        return
    theme = current_theme()
    selected = view.selectionModel().isSelected(index)
    colour = theme.on(theme.selection if selected else theme.base, theme.muted)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.translate(place.right() + 1 - view.indentation() / 2, place.top() + place.height() / 2)
    if view.isExpanded(index):
        painter.rotate(90)
    corners = (QPointF(-HALF / 2, -HALF), QPointF(HALF / 2 + 1, 0), QPointF(-HALF / 2, HALF))
    painter.drawPolygon(QPolygonF(corners))
    painter.restore()
