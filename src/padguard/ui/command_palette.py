"""The command palette: every action that is possible now, found by typing."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

WIDTH = 560
HEIGHT = 400
MOVING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandPalette(QDialog):
    """Lists the enabled ones of some actions; Enter triggers the chosen one after closing."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._offered = [action for action in actions if action.isEnabled()]
        self.setWindowTitle(self.tr("All commands"))
        self.resize(WIDTH, HEIGHT)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Type a part of a command"))
        self.field.setAccessibleName(self.tr("Search commands"))
        self.field.setClearButtonEnabled(True)
        self._model = QStandardItemModel(0, 2, self)
        self.list = self._make_list()
        self._nothing = QLabel(self.tr("No command that is possible now has these words."), self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        self.field.textChanged.connect(self._show_matches)
        self.field.installEventFilter(self)
        self._show_matches("")

    def accept(self) -> None:
        """Close, and do what is chosen."""
        index = self.list.currentIndex()
        super().accept()
        if index.isValid():
            action: QAction = index.siblingAtColumn(0).data(Qt.ItemDataRole.UserRole)
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys of the field move in the list, and Enter accept."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVING_KEYS:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
        return super().eventFilter(watched, event)

    def _make_list(self) -> QTreeView:
        view = QTreeView(self)
        view.setModel(self._model)
        view.setRootIsDecorated(False)
        view.setHeaderHidden(True)
        view.setAllColumnsShowFocus(True)
        view.setUniformRowHeights(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(self.tr("Commands"))
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        view.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        view.clicked.connect(self._choose)
        return view

    def _show_matches(self, text: str) -> None:
        words = text.casefold().split()
        self._model.removeRows(0, self._model.rowCount())
        for action in self._offered:
            name = action.text().replace("&", "")
            haystack = f"{name} {action.statusTip()}".casefold()
            if all(word in haystack for word in words):
                self._model.appendRow(_row(action, name))
        found = self._model.rowCount() > 0
        self.list.setVisible(found)
        self._nothing.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self.accept()


def _row(action: QAction, name: str) -> list[QStandardItem]:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    item = QStandardItem(action.icon(), name)
    item.setData(action, Qt.ItemDataRole.UserRole)
    item.setToolTip(action.statusTip())
    return [item, QStandardItem(keys)]
