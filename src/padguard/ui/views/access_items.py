"""The access checklist as rows with boxes to tick."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from padguard.foundation.messages import mark
from padguard.governance.access_model import KIND_WORDS, Checklist, Item, ItemKind
from padguard.ui.views.components_words import Look
from padguard.ui.views.tips import plain_tip
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()

TITLE, KIND = range(2)
LOOK_ROLE = ItemRole.UserRole

NUMBERED = mark("access", "{number}. {title}")
SPOKEN = mark("access", "{number}. {kind}: {title}. {state}")
DONE = mark("access", "Done")
TO_DO = mark("access", "To do")
TO_KNOW = mark("access", "To be read")
COLUMNS = mark("access", "What to do"), mark("access", "Kind")
LOOKS = {
    ItemKind.KNOW: Look("info", "low"),
    ItemKind.SHARE: Look("access", "text"),
    ItemKind.CHECK: Look("search", "text"),
}


class AccessItems(QAbstractTableModel):
    """Shows a checklist; ``ticked`` tells that a person ticked an item, or took the tick away.

    Items that are only to be known have no box.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._done: set[str] = set()

    @property
    def done(self) -> frozenset[str]:
        """Keys of all items that are ticked, of other checklists as well."""
        return frozenset(self._done)

    @property
    def counts(self) -> tuple[int, int]:
        """How many items of this checklist are ticked, and how many can be."""
        keys = [item.key for item in self._items if item.kind is not ItemKind.KNOW]
        return sum(key in self._done for key in keys), len(keys)

    def show(self, checklist: Checklist | None) -> None:
        """Show another checklist, or none; the ticks stay."""
        self.beginResetModel()
        self._items = checklist.items if checklist is not None else ()
        self.endResetModel()

    def set_done(self, done: Iterable[str]) -> None:
        """Tick other items than before; nobody is told."""
        self._done = set(done)
        if self._items:
            last = self.index(len(self._items) - 1, KIND)
            self.dataChanged.emit(self.index(0, TITLE), last)

    def item(self, index: Index) -> Item | None:
        """Return the item that an index shows."""
        return self._items[index.row()] if index.isValid() else None

    def toggle(self, index: Index) -> None:
        """Tick an item, or take its tick away; one without a box stays as it is."""
        item = self.item(index)
        if item is not None:
            wanted = Qt.CheckState.Unchecked if item.key in self._done else Qt.CheckState.Checked
            self.setData(self.index(index.row(), TITLE), wanted, ItemRole.CheckStateRole)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many items there are."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of columns: what to do, and of which kind it is."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        item = self.item(index)
        if item is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == TITLE and item.kind is not ItemKind.KNOW:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            return translate(COLUMNS[section])
        return None

    def setData(self, index: Index, value: object, role: int = ItemRole.EditRole) -> bool:
        """Tick an item, or take its tick away."""
        item = self.item(index)
        can = item is not None and index.column() == TITLE and item.kind is not ItemKind.KNOW
        if item is None or not can or role != ItemRole.CheckStateRole:
            return False
        checked = Qt.CheckState.Checked
        (self._done.add if value in (checked, checked.value) else self._done.discard)(item.key)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what a row shows."""
        item = self.item(index)
        if item is None:
            return None
        number, column = index.row() + 1, index.column()
        kind = KIND_WORDS[item.kind]
        match role:
            case ItemRole.DisplayRole if column == KIND:
                return translate(kind)
            case ItemRole.DisplayRole | ItemRole.ToolTipRole if column == TITLE:
                words = translate(NUMBERED(number=number, title=item.title))
                return words if role == ItemRole.DisplayRole else plain_tip(words)
            case ItemRole.CheckStateRole if column == TITLE and item.kind is not ItemKind.KNOW:
                done = item.key in self._done
                return Qt.CheckState.Checked if done else Qt.CheckState.Unchecked
            case ItemRole.AccessibleTextRole if column == TITLE:
                state = TO_KNOW
                if item.kind is not ItemKind.KNOW:
                    state = DONE if item.key in self._done else TO_DO
                title = item.title
                return translate(SPOKEN(number=number, kind=kind, title=title, state=state))
            case _ if role == LOOK_ROLE and column == KIND:
                return LOOKS[item.kind]
        return None
