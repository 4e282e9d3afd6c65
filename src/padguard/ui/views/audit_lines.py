"""What is audited as rows below headings."""

from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from padguard.foundation.messages import Message, mark
from padguard.governance.audit_model import AuditLine, AuditReport
from padguard.ui.views import audit_words as words
from padguard.ui.views.dlp_model import LOOK_ROLE
from padguard.ui.views.tips import plain_tip
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()

NAME, STANDING, BASIS = range(3)
TITLES = mark("audit", "What"), mark("audit", "Audited"), mark("audit", "What says so")


class _Group(NamedTuple):
    title: Message
    lines: list[AuditLine]


class AuditLines(QAbstractItemModel):
    """Shows a report; the index of a line carries the number of its heading, from 1.

    A report with the same lines takes the place of the one before without a reset.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[_Group] = []

    def show(self, report: AuditReport | None) -> None:
        """Show another report, or none."""
        lines = list(report.lines) if report is not None else []
        found = [
            _Group(title, here)
            for title, levels in words.GROUPS
            if (here := [line for line in lines if line.level in levels])
        ]
        if _keys(found) == _keys(self._groups):
            self._groups = found
            for number, group in enumerate(found):
                first = self.createIndex(0, NAME, number + 1)
                last = self.createIndex(len(group.lines) - 1, BASIS, number + 1)
                self.dataChanged.emit(first, last)
                heading = self.createIndex(number, NAME, 0)
                self.dataChanged.emit(heading, heading.siblingAtColumn(BASIS))
            return
        self.beginResetModel()
        self._groups = found
        self.endResetModel()

    def line(self, index: Index) -> AuditLine | None:
        """Return the line that an index shows, or None for a heading."""
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1].lines[index.row()]

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a line, or an invalid one."""
        for number, group in enumerate(self._groups, 1):
            for row, line in enumerate(group.lines):
                if line.key == key:
                    return self.createIndex(row, NAME, number)
        return QModelIndex()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many headings there are, or lines below one."""
        if not parent.isValid():
            return len(self._groups)
        if parent.column() > 0 or parent.internalId():
            return 0
        return len(self._groups[parent.row()].lines)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: ARG002 - the same everywhere
        """Return the number of columns."""
        return len(TITLES)

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """Return the index of a heading or of a line."""
        if not (0 <= row < self.rowCount(parent) and 0 <= column < len(TITLES)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject has one too
        """Return the index of the heading above a line."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren if index.internalId() else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            return translate(TITLES[section])
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        line = self.line(index)
        if line is None:
            return _heading(self._groups[index.row()], index.column(), role)
        match role:
            case ItemRole.DisplayRole:
                return _text(line, index.column())
            case ItemRole.ToolTipRole:
                return plain_tip("\n".join((words.spoken(line), *map(translate, line.details))))
            case ItemRole.AccessibleTextRole if index.column() == NAME:
                return words.spoken(line)
            case _ if role == LOOK_ROLE and index.column() == STANDING:
                return words.LOOKS[line.standing]
        return None


def _keys(groups: list[_Group]) -> list[tuple[str, ...]]:
    return [tuple(line.key for line in group.lines) for group in groups]


def _heading(group: _Group, column: int, role: int) -> object:
    count = words.count_words(group.lines)
    if role == ItemRole.FontRole and column == NAME:
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font
    if role not in (ItemRole.DisplayRole, ItemRole.AccessibleTextRole):
        return None
    if column == NAME:
        return translate(group.title)
    return translate(count) if column == STANDING and count is not None else ""


def _text(line: AuditLine, column: int) -> str:
    if column == STANDING:
        return words.standing_words(line)
    return words.basis_words(line) if column == BASIS else translate(line.name)
