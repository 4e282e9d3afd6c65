"""The table of components on the screen: its columns, its icons, its keys and its menu."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.views.branches import paint_branch
from padguard.ui.views.components_model import LOOK_ROLE, TITLES, TYPE, ComponentsModel
from padguard.ui.views.components_words import Look

Index = QModelIndex | QPersistentModelIndex
ICON_SIZE = 16
ROW_PADDING = 6
CHARACTERS = (30, 38, 24, 38, 26, 40, 40, 40, 40)
"""How wide the columns are at first; beyond, texts are shortened and tool tips have the rest."""


class LookDelegate(QStyledItemDelegate):
    """Draws cells with their icons, in colours that stay readable on the selection."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Add the icon of a cell."""
        super().initStyleOption(option, index)
        look = index.data(LOOK_ROLE)
        if not isinstance(look, Look):
            return
        fields: Any = option  # Qt's own names of the fields are not in the type stubs
        theme = current_theme()
        selected = bool(fields.state & QStyle.StateFlag.State_Selected)
        background = theme.selection if selected else theme.base
        colour = theme.on(background, look.colour(theme))
        ratio = fields.widget.devicePixelRatioF() if fields.widget else 1.0
        picture = pixmap(look.icon, colour, ICON_SIZE, ratio)
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)
        fields.icon = icon
        fields.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell; all rows are equally high."""
        size = super().sizeHint(option, index)
        fields: Any = option
        size.setHeight(max(fields.fontMetrics.height(), ICON_SIZE) + ROW_PADDING)
        return size


class ComponentsList(QTreeView):
    """Shows a `ComponentsModel`; ``opened`` tells that a person wants to see the row."""

    opened = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.components = ComponentsModel(self)
        self.setAccessibleName(self.tr("Components"))
        self.setModel(self.components)
        self.setItemDelegate(LookDelegate(self))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setIndentation(20)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSortingEnabled(True)
        self.sortByColumn(TYPE, Qt.SortOrder.AscendingOrder)
        self.setExpandsOnDoubleClick(False)
        self.activated.connect(self.opened)
        header = self.header()
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        width = QFontMetricsF(self.font()).averageCharWidth()
        for column in range(len(TITLES)):
            header.resizeSection(column, round(width * CHARACTERS[column]))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the sign that unfolds the places that refer to a component."""
        paint_branch(self, painter, rect, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row that is selected, its cells apart by tabs."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            self.copy_row()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a component."""
        index = self.currentIndex()
        if not index.isValid():
            return
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu = self._actions.menu(("show-flow", "show-script", None, "back", "forward"), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        menu.addAction(self.tr("&Copy the row"), self.copy_row)
        menu.popup(where)

    def copy_row(self) -> None:
        """Put the row that is selected on the clipboard."""
        index = self.currentIndex()
        cells = (str(index.siblingAtColumn(n).data() or "") for n in range(len(TITLES)))
        QGuiApplication.clipboard().setText("\t".join(cells).rstrip("\t"))
