"""The matrix on the screen: its cells, its keys and its menu."""

from typing import Any

from PySide6.QtCore import QElapsedTimer, QItemSelection, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetricsF, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.views.components_words import Look
from padguard.ui.views.dlp_model import LOOK_ROLE, DlpModel, Index
from padguard.ui.views.dlp_shown import Picked, Shown

ICON_SIZE = 16
ROW_PADDING = 10
CELL_PADDING = 6
CHARACTERS = 24
"""How wide a column is at first; beyond, texts are shortened and tool tips have the rest."""
NAME_CHARACTERS = 30
"""How much room the names of groups take at most, so that there is some left for the flows."""


class CellDelegate(QStyledItemDelegate):
    """Draws cells with their icons, in colours that are readable on their ground."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Add the icon of a cell."""
        super().initStyleOption(option, index)
        look = index.data(LOOK_ROLE)
        if not isinstance(look, Look):
            return
        fields: Any = option  # Qt's own names of the fields are not in the type stubs
        theme = current_theme()
        ground = theme.base
        if fields.state & QStyle.StateFlag.State_Selected:
            ground = theme.selection
        elif fields.backgroundBrush.style() is not Qt.BrushStyle.NoBrush:
            ground = fields.backgroundBrush.color().name()
        ratio = fields.widget.devicePixelRatioF() if fields.widget else 1.0
        picture = pixmap(look.icon, theme.on(ground, look.colour(theme)), ICON_SIZE, ratio)
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)
        fields.icon = icon
        fields.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        fields.decorationSize = QSize(ICON_SIZE, ICON_SIZE)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell; all rows are equally high."""
        size = super().sizeHint(option, index)
        fields: Any = option
        size.setHeight(max(fields.fontMetrics.height(), ICON_SIZE) + CELL_PADDING)
        return size


class GridDelegate(CellDelegate):
    """Draws the lines between cells, which the style draws too faintly on dark ground."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell, and lines at its right and below it."""
        super().paint(painter, option, index)
        fields: Any = option
        area: QRect = fields.rect
        painter.save()
        painter.setPen(QColor(current_theme().border))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()


class DlpMatrix(QTableView):
    """Shows a `DlpModel`.

    ``picked`` gives what a person looks at (`Picked`), ``opened`` tells that they want to see its
    rows, ``menuWanted`` where a menu is wanted for it, in global coordinates.
    """

    picked = Signal(object)
    opened = Signal()
    menuWanted = Signal(object)  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._typing = QElapsedTimer()
        self.cells = DlpModel(self)
        self.setModel(self.cells)
        self.setAccessibleName(self.tr("Groups of actions and flows"))
        self.setItemDelegate(GridDelegate(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self._set_up(self.horizontalHeader(), self.tr("Flows"))
        self._set_up(self.verticalHeader(), self.tr("Groups"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._measure()
        self.activated.connect(self.opened)
        self.horizontalHeader().sectionClicked.connect(self._pick_flow)
        self.verticalHeader().sectionClicked.connect(self._pick_group)
        self.verticalHeader().customContextMenuRequested.connect(self._show_header_menu)

    def show_evaluation(self, shown: Shown | None) -> None:
        """Show another evaluation, or none; what is looked at stays, if it is still there."""
        before = self.cells.picked(self.currentIndex())
        self.cells.show(shown)
        if shown is not None:
            self.select(before)

    def select(self, picked: Picked) -> None:
        """Look at something."""
        index = self.cells.index_of(picked)
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next group whose name holds what is typed."""
        goes_on = self._typing.isValid() and self._typing.elapsed() < _typing_pause()
        self._typed = self._typed + search if goes_on else search
        self._typing.start()
        cells, current = self.cells, self.currentIndex()
        count, first = cells.rowCount(), max(current.row(), 0) + (not goes_on)
        for row in ((first + step) % count for step in range(count)):
            name = str(cells.headerData(row, Qt.Orientation.Vertical))
            if row and self._typed.casefold() in name.casefold():
                self.setCurrentIndex(cells.index(row, max(current.column(), 0)))
                return

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what a person looks at now."""
        super().selectionChanged(selected, deselected)
        if not selected.isEmpty():
            self.picked.emit(self.cells.picked(selected.indexes()[0]))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is looked at."""
        index = self.currentIndex()
        if index.isValid():
            where = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                where = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menuWanted.emit(where)

    def _set_up(self, header: QHeaderView, name: str) -> None:
        header.setAccessibleName(name)
        header.setSectionsClickable(True)
        header.setHighlightSections(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _measure(self) -> None:
        """Make rows and columns as large as the font asks for."""
        metrics = QFontMetricsF(self.font())
        width = metrics.averageCharWidth()
        self.horizontalHeader().setDefaultSectionSize(round(width * CHARACTERS) + ICON_SIZE)
        self.verticalHeader().setMaximumWidth(round(width * NAME_CHARACTERS))
        height = max(round(metrics.height()), ICON_SIZE) + ROW_PADDING
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setMinimumHeight(height)

    def _pick_flow(self, section: int) -> None:
        self.setCurrentIndex(self.cells.index(0, section))

    def _pick_group(self, section: int) -> None:
        self.setCurrentIndex(self.cells.index(section, 0))

    def _show_header_menu(self, where: QPoint) -> None:
        header = self.verticalHeader()
        section = header.logicalIndexAt(where)
        if section >= 0:
            self._pick_group(section)
            self.menuWanted.emit(header.viewport().mapToGlobal(where))


def _typing_pause() -> int:
    """Return how long somebody may pause within a word, in milliseconds."""
    return QApplication.keyboardInputInterval()
