"""The table part of the Components view: filter, table, and the selected component in full."""

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from padguard.foundation.messages import mark
from padguard.governance.inventory import Inventory
from padguard.ui.actions import Actions
from padguard.ui.views.components_bar import ComponentsBar
from padguard.ui.views.components_list import ComponentsList
from padguard.ui.views.components_page import ComponentPage
from padguard.ui.words import translate

TYPING_MS = 120
"""How long a person must stop typing before the filter is applied."""
HEIGHTS = (380, 240)

NOTHING = mark(
    "components",
    "The flows of this export refer to nothing beside themselves: no child flows, queues, "
    "credentials or connections. Who needs access to the flows is on “Access checklist”.",
)
NO_MATCH = mark("components", "No component matches the filter. Clear it to see all of them.")


class ComponentsTable(QWidget):
    """Lists components.

    ``chosen`` gives the `Component` that a person chose, and the `Use` of it or None; ``opened``
    tells that a person wants to see the row, ``saveWanted`` asks for a file.
    """

    chosen = Signal(object, object)
    opened = Signal()
    saveWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inventory: Inventory | None = None
        self._selected = ""
        self._following = False
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.apply_filter)
        self.bar = ComponentsBar(self)
        self.list = ComponentsList(actions, self)
        self.page = ComponentPage(self)
        self.remark = QLabel(self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.bar.filtered.connect(self._wait_for_typing)
        self.bar.saveWanted.connect(self.saveWanted)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.clicked.connect(self._choose)
        self.list.opened.connect(self.opened)
        self.list.components.modelReset.connect(self._show_selection)
        self.page.wanted.connect(self._choose_use)
        self.setFocusProxy(self.list)
        self._show_state()

    def show_inventory(self, inventory: Inventory | None) -> None:
        """Show other components, or none."""
        self._inventory = inventory
        self.list.components.show(inventory)
        self._show_state()

    def select(self, key: str) -> None:
        """Select a component by its key; nothing with an empty one."""
        self._selected = key
        self._show_selection()

    def clear_filter(self) -> None:
        """Show all components again."""
        self.bar.clear()
        self.apply_filter()

    def apply_filter(self) -> None:
        """Show what the bar says is wanted."""
        self._typing.stop()
        self.list.components.set_filter(self.bar.wanted)
        self._show_state()

    def _lay_out(self) -> None:
        self.remark.setWordWrap(True)
        self.remark.setMargin(24)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.remark)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self._pages)
        splitter.addWidget(self.page)
        splitter.setSizes(list(HEIGHTS))
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(splitter, 1)

    def _wait_for_typing(self) -> None:
        self._typing.start()

    def _show_state(self) -> None:
        components = self._inventory.components if self._inventory is not None else ()
        shown = self.list.components.shown
        self.bar.count(components, len(shown))
        self.remark.setText("" if shown else translate(NO_MATCH if components else NOTHING))
        self._pages.setCurrentIndex(0 if shown else 1)

    def _show_selection(self) -> None:
        """Select the component, unless one of its places is; show it in full."""
        inventory, model = self._inventory, self.list.components
        component = inventory.by_key.get(self._selected) if inventory is not None else None
        self.page.show_component(component, inventory)
        if model.component(self.list.currentIndex()) == component:
            return
        self._following = True
        index = model.index_of(self._selected)
        flag = QItemSelectionModel.SelectionFlag
        if index.isValid():
            self.list.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
            self.list.scrollTo(index)
        else:
            self.list.selectionModel().clear()
        self._following = False

    def _choose(self) -> None:
        index = self.list.currentIndex()
        component = self.list.components.component(index)
        if self._following or component is None:
            return
        if not self.list.selectionModel().isSelected(index):
            return  # the keyboard came by: Qt makes a row the current one then
        self._selected = component.key
        self.page.show_component(component, self._inventory)
        self.chosen.emit(component, self.list.components.use(index))

    def _choose_use(self, use: object) -> None:
        if self._inventory is not None:
            self.chosen.emit(self._inventory.by_key.get(self._selected), use)
