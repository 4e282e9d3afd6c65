"""What models of two levels share: rows, and below each of them further rows."""

from typing import ClassVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from padguard.foundation.messages import Message
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()
LEAF = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
BRANCH = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TwoLevels(QAbstractItemModel):
    """A model whose index carries 0 for a row of the first level, below it the row's number from 1.

    Those that inherit say how many rows there are, what they show, and in ``TITLES`` the titles of
    the columns.
    """

    TITLES: ClassVar[tuple[Message, ...]] = ()

    def count(self) -> int:
        """Return how many rows the first level has."""
        raise NotImplementedError

    def count_below(self, row: int) -> int:
        """Return how many rows there are below one of the first level."""
        raise NotImplementedError

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows there are below an index."""
        if not parent.isValid():
            return self.count()
        if parent.column() > 0 or parent.internalId():
            return 0
        return self.count_below(parent.row())

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: ARG002 - the same everywhere
        """Return the number of columns."""
        return len(self.TITLES)

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """Return the index of a row."""
        if not (0 <= row < self.rowCount(parent) and 0 <= column < len(self.TITLES)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject has one too
        """Return the index of the row of the first level above another row."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return LEAF if index.internalId() else BRANCH

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            return translate(self.TITLES[section])
        return None
