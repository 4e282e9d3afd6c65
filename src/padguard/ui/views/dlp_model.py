"""The matrix of groups and flows: what policies say of every group in every flow."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from padguard.foundation.messages import mark
from padguard.governance.dlp_judging import Verdict
from padguard.governance.dlp_model import GroupLine
from padguard.ui.appearance import current_theme
from padguard.ui.views import dlp_words as words
from padguard.ui.views.components_words import Look
from padguard.ui.views.dlp_shown import Difference, Picked, Shown
from padguard.ui.views.tips import plain_tip
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()

LOOK_ROLE = ItemRole.UserRole
MOST_REASONS = 3
"""How many reasons a tool tip gives; the page beside the rows gives all."""

ALL_GROUPS = mark("dlp", "All groups")
CLASS = mark("dlp", "Class")
IN_FLOW = mark("dlp", "{group} in {flow}: {words}")
OF_GROUP = mark("dlp", "{group}: {words}")
DECIDED = mark("dlp", "Decided by: {policies}")
ROWS = mark("dlp", "Rows: {count}")
ALL_FLOWS = mark("dlp", "All flows: {words}")


class DlpModel(QAbstractTableModel):
    """Shows groups as rows and flows as columns.

    The first row sums up each flow, the first column says what each group is, and the cell that is
    both sums up everything. An evaluation of the same groups and flows takes the place of the one
    before without a reset, so that what is selected stays.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._groups: list[str] = []
        self._flows: list[str] = []

    @property
    def shown(self) -> Shown | None:
        """What is shown, or None."""
        return self._shown

    def show(self, shown: Shown | None) -> None:
        """Show another evaluation, or none."""
        groups = [line.key for line in shown.groups] if shown is not None else []
        flows = [line.flow_id for line in shown.lines] if shown is not None else []
        if groups == self._groups and flows == self._flows and shown and self._shown:
            self._shown = shown
            last = self.index(len(groups), len(flows))
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(groups))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(flows))
            return
        self.beginResetModel()
        self._shown, self._groups, self._flows = shown, groups, flows
        self.endResetModel()

    def picked(self, index: Index) -> Picked:
        """Return what an index is about."""
        if self._shown is None or not index.isValid():
            return Picked()
        row, column = index.row(), index.column()
        return Picked(
            self._groups[row - 1] if row else None, self._flows[column - 1] if column else None
        )

    def index_of(self, picked: Picked) -> QModelIndex:
        """Return where something is shown; all of it where it is not."""
        group, flow = picked
        row = self._groups.index(group) + 1 if group in self._groups else 0
        column = self._flows.index(flow) + 1 if flow in self._flows else 0
        return self.index(row, column)

    def group(self, key: str | None) -> GroupLine | None:
        """Return a group by its key, or None where it is not shown."""
        if self._shown is None or key not in self._groups:
            return None
        return self._shown.groups[self._groups.index(key)]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() or self._shown is None else len(self._groups) + 1

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() or self._shown is None else len(self._flows) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the name of a group or of a flow."""
        shown = self._shown
        roles = (ItemRole.DisplayRole, ItemRole.ToolTipRole, ItemRole.AccessibleTextRole)
        if shown is None or role not in roles:
            return None
        if orientation is Qt.Orientation.Vertical:
            text = words.group_words(shown.groups[section - 1]) if section else ""
            text = text or translate(ALL_GROUPS)
        else:
            text = shown.lines[section - 1].name if section else translate(CLASS)
        return plain_tip(text) if role == ItemRole.ToolTipRole else text

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if self._shown is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case ItemRole.DisplayRole:
                return self._text(self._shown, row, column)
            case ItemRole.ToolTipRole:
                return plain_tip(self._tip(self._shown, row, column))
            case ItemRole.AccessibleTextRole:
                return self._spoken(self._shown, row, column)
            case ItemRole.BackgroundRole:
                return self._background(self._shown, row, column)
            case _ if role == LOOK_ROLE:
                return self._look(self._shown, row, column)
        return None

    def _text(self, shown: Shown, row: int, column: int) -> str:
        if not row and not column:
            return words.sum_words(shown)
        if not row:
            line = shown.lines[column - 1]
            return words.verdict_words(shown, line.flow_id, line.verdict)
        if not column:
            return words.standing_words(shown, shown.groups[row - 1])
        return words.cell_words(shown, shown.groups[row - 1], self._flows[column - 1])

    def _look(self, shown: Shown, row: int, column: int) -> Look | None:
        if not row and not column:
            verdict = Verdict.BLOCKED if shown.evaluation.violations else Verdict.ALLOWED
            return words.VERDICT_LOOKS[verdict]
        if not row:
            return words.VERDICT_LOOKS[shown.lines[column - 1].verdict]
        group = shown.groups[row - 1]
        if not column:
            return words.STANDING_LOOKS[group.standing]
        return words.cell_look(shown, group, self._flows[column - 1])

    def _background(self, shown: Shown, row: int, column: int) -> object:
        """Return the colour of what a what-if changes, or None."""
        if not (shown.is_trial and row and column):
            return None
        theme = current_theme()
        match shown.difference(self._groups[row - 1], self._flows[column - 1]):
            case Difference.NEW:
                return QColor(theme.removed)
            case Difference.GONE:
                return QColor(theme.added)
        return None

    def _spoken(self, shown: Shown, row: int, column: int) -> str:
        """Return a cell as a screen reader says it, with what it is about."""
        text = self._text(shown, row, column) or translate(words.NOT_USED)
        if not row and not column:
            return translate(ALL_FLOWS(words=text))
        if not row:
            return translate(OF_GROUP(group=shown.lines[column - 1].name, words=text))
        group = words.group_words(shown.groups[row - 1])
        if not column:
            return translate(OF_GROUP(group=group, words=text))
        return translate(IN_FLOW(group=group, flow=shown.lines[column - 1].name, words=text))

    def _tip(self, shown: Shown, row: int, column: int) -> str:
        """Return the cell in full: what it is about, who decides, why, and in how many rows."""
        lines = [self._spoken(shown, row, column)]
        if row and column:
            key = self._groups[row - 1], self._flows[column - 1]
            cell = shown.cell(*key)
            if cell is not None:
                lines += _why(shown, key)
                lines.append(translate(ROWS(count=cell.count)))
        if row and shown.groups[row - 1].deciders:
            lines.append(_decided(shown.groups[row - 1].deciders))
        return "\n".join(lines)


def _why(shown: Shown, key: tuple[str, str]) -> list[str]:
    violations = shown.violations.get(key, ())
    reasons = [translate(found.reason) for found in violations]
    unevaluated = shown.unevaluated.get(key)
    if unevaluated is not None:
        reasons += [translate(reason) for reason in unevaluated.reasons]
    return reasons[:MOST_REASONS]


def _decided(policies: tuple[str, ...]) -> str:
    return translate(DECIDED(policies=", ".join(policies)))
