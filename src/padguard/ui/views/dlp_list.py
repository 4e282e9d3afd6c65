"""The list of rows on the screen: a click goes to the row."""

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from padguard.ui.actions import Actions
from padguard.ui.views.dlp_matrix import CellDelegate
from padguard.ui.views.dlp_rows import TITLES, RowsModel
from padguard.ui.views.dlp_shown import Picked, Shown

CHARACTERS = (28, 36, 70)
MENU = ("show-flow", "show-script", None, "back", "forward")


class RowsList(QTreeView):
    """Shows rows; ``chosen`` gives a `Place` to go to, ``opened`` tells to bring it forward."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Rows that policies speak of"))
        self.setItemDelegate(CellDelegate(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.header().setSectionsMovable(False)
        width = QFontMetricsF(self.font()).averageCharWidth()
        for column, characters in enumerate(CHARACTERS):
            self.header().resizeSection(column, round(width * characters))
        self.clicked.connect(self._tell)
        self.activated.connect(self._open)

    def show_picked(self, shown: Shown | None, picked: Picked) -> None:
        """Show the rows of something else, none of them selected."""
        self.rows.show(shown, picked)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Go to the row that was selected."""
        super().selectionChanged(selected, deselected)
        if not selected.isEmpty():
            self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row that is selected, its cells apart by tabs."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            self.copy_row()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a row."""
        index = self.currentIndex()
        if not index.isValid():
            return
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu = self._actions.menu(MENU, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        menu.addAction(self.tr("&Copy the row"), self.copy_row)
        menu.popup(where)

    def copy_row(self) -> None:
        """Put the row that is selected on the clipboard; its secrets are masked."""
        index = self.currentIndex()
        cells = (str(index.siblingAtColumn(n).data() or "") for n in range(len(TITLES)))
        QGuiApplication.clipboard().setText("\t".join(cells))

    def take_focus(self) -> None:
        """Take the keyboard; go to the first row unless one is selected."""
        if not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.rows.index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self) -> None:
        self._tell()
        self.opened.emit()

    def _tell(self) -> None:
        place = self.rows.place(self.currentIndex())
        if place is not None:
            self.chosen.emit(place)
