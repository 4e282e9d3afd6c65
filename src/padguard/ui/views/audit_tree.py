"""What is audited on the screen: lines below headings."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from padguard.ui.views.audit_lines import AuditLines
from padguard.ui.views.branches import paint_branch
from padguard.ui.views.dlp_matrix import CellDelegate
from padguard.ui.views.two_levels import Index

CHARACTERS = (40, 24, 26)
"""How wide the columns are at first."""


class AuditTree(QTreeView):
    """Shows `AuditLines` below their headings, all of them unfolded at first."""

    def __init__(self, lines: AuditLines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is audited"))
        self.setModel(lines)
        self.setItemDelegate(CellDelegate(self))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(20)
        self.header().setSectionsMovable(False)
        width = QFontMetricsF(self.font()).averageCharWidth()
        for column, characters in enumerate(CHARACTERS):
            self.header().resizeSection(column, round(width * characters))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the sign that folds a heading."""
        paint_branch(self, painter, rect, index)
