"""What is audited as rows below headings."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QFont

from padguard.foundation.messages import Message, mark
from padguard.governance.audit_model import AuditLine, AuditReport
from padguard.ui.views import audit_words as words
from padguard.ui.views.dlp_model import LOOK_ROLE
from padguard.ui.views.tips import plain_tip
from padguard.ui.views.two_levels import Index, TwoLevels
from padguard.ui.words import translate

ItemRole = Qt.ItemDataRole

NAME, STANDING, BASIS = range(3)
TITLES = mark("audit", "What"), mark("audit", "Audited"), mark("audit", "What says so")


class _Group(NamedTuple):
    title: Message
    lines: list[AuditLine]


class AuditLines(TwoLevels):
    """Shows a report; the index of a line carries the number of its heading, from 1.

    A report with the same lines takes the place of the one before without a reset.
    """

    TITLES = TITLES

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

    def count(self) -> int:
        """Return how many rows the first level has."""
        return len(self._groups)

    def count_below(self, row: int) -> int:
        """Return how many rows there are below one of the first level."""
        return len(self._groups[row].lines)

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
