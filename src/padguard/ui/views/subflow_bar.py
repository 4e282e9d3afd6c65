"""Chooses the subflow that is shown: tabs as in the designer, or a list to search where many."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QTabBar, QWidget

from padguard.ui.views.tips import plain_tip

MOST_TABS = 8
LIST_LETTERS = 16


class SubflowBar(QWidget):
    """Shows the names of the subflows of a flow; ``chosen`` tells the one that a person picked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(self.tr("Subflows"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.currentChanged.connect(self._choose)
        self.list = QComboBox(self)
        self._prepare_list(self.list)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.tabs, 1)
        line.addWidget(self.list, 1)

    def show_names(self, names: Sequence[str], current: str) -> None:
        """Offer some subflows, one of them being shown."""
        with QSignalBlocker(self.tabs), QSignalBlocker(self.list):
            if list(names) != self._names:
                self._offer(list(names))
            if current in self._names:
                self.tabs.setCurrentIndex(self._names.index(current))
                self.list.setCurrentIndex(self._names.index(current))

    def _prepare_list(self, field: QComboBox) -> None:
        field.setAccessibleName(self.tr("Subflow"))
        field.setToolTip(self.tr("Choose a subflow, or type a part of its name"))
        field.setEditable(True)
        field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field.setMaxVisibleItems(20)
        field.setMinimumContentsLength(LIST_LETTERS)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(field.model(), field)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        field.setCompleter(completer)
        field.activated.connect(self._choose)
        line = field.lineEdit()
        if line is not None:
            line.setAccessibleName(field.accessibleName())
            line.editingFinished.connect(self._restore_name)

    def _offer(self, names: list[str]) -> None:
        self._names = names
        many = len(names) > MOST_TABS
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.list.clear()
        self.list.addItems(names)
        for name in () if many else names:
            # An ampersand would become a shortcut.
            self.tabs.setTabToolTip(self.tabs.addTab(name.replace("&", "&&")), plain_tip(name))
        self.tabs.setVisible(not many)
        self.list.setVisible(many)

    def _choose(self, position: int) -> None:
        if 0 <= position < len(self._names):
            self.chosen.emit(self._names[position])

    def _restore_name(self) -> None:
        """Show the name of the subflow again where what was typed is no name."""
        self.list.setEditText(self.list.itemText(self.list.currentIndex()))
