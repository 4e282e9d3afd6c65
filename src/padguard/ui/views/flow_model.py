"""The rows of one subflow as a tree that folds, in the words of the designer."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from padguard.flow.model import Action, Flow, Subflow, Variable
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding
from padguard.ui.document import Place
from padguard.ui.finding_index import FindingIndex
from padguard.ui.views.finding_words import finding_line
from padguard.ui.views.row_words import (
    Words,
    handler_text,
    row_line,
    row_title,
    run_flow_id,
    spoken_line,
)
from padguard.ui.views.rows import RowTree, handlers_of
from padguard.ui.views.states import State, state_of
from padguard.ui.views.tips import plain_tip
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()

NUMBER, ACTION = range(2)
BRANCH = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
LEAF = BRANCH | Qt.ItemFlag.ItemNeverHasChildren

SPOKEN = mark("flow view", "Row {row}: {title}. {line}")
SPOKEN_DISABLED = mark("flow view", "Row {row}, disabled: {title}. {line}")
ON_ERROR = mark("flow view", "If it fails:")


class FlowModel(QAbstractItemModel):
    """Shows the rows of one subflow; an index carries the position of its row, and nothing else.

    Words are made when a row is first shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow_names: Mapping[str, str] = {}
        self._flow: Flow | None = None
        self._subflow: Subflow | None = None
        self._tree = RowTree(())
        self._lines: dict[int, tuple[Words, ...]] = {}
        self._index = FindingIndex()
        self._flags: list[Qt.ItemFlag] = []
        self._state: State | None = None

    @property
    def flow(self) -> Flow | None:
        """The flow that is shown a part of."""
        return self._flow

    @property
    def subflow(self) -> Subflow | None:
        """The subflow that is shown."""
        return self._subflow

    @property
    def is_outdated(self) -> bool:
        """Whether an analysis found out more about the flow since it was shown."""
        return self._flow is not None and state_of(self._flow) != self._state

    @property
    def tree(self) -> RowTree:
        """The rows that are shown."""
        return self._tree

    def set_findings(self, index: FindingIndex) -> None:
        """Show what was found."""
        old, self._index = self._index, index
        flow_id = self._flow.id if self._flow else ""
        changed = [
            position
            for position, row in enumerate(self._tree.rows)
            if old.of_row(flow_id, row.index) != index.of_row(flow_id, row.index)
        ]
        for first, last in _runs(self._tree, changed):
            self.dataChanged.emit(self.at(first), self.at(last, ACTION))

    def findings(self, index: Index) -> list[Finding]:
        """Return what was found in a row, the worst first."""
        flow_id = self._flow.id if self._flow else ""
        return self._index.of_row(flow_id, self.action(index).index)

    def set_flow_names(self, names: Mapping[str, str]) -> None:
        """Tell what the flows of the export are called, by id."""
        self._flow_names = names

    def show(self, flow: Flow | None, subflow: Subflow | None) -> None:
        """Show another subflow, or none."""
        self.beginResetModel()
        self._adopt(flow, subflow, RowTree.of(subflow) if subflow else RowTree(()))
        self.endResetModel()

    def renew(self, flow: Flow, subflow: Subflow) -> bool:
        """Show the same subflow as it is after a change, if its rows nest as before.

        Indexes stay what they are then. Otherwise nothing is done, and False returned.
        """
        tree = RowTree.of(subflow)
        if tree.parents != self._tree.parents:
            return False
        changed = self._changed(flow, tree)
        self._adopt(flow, subflow, tree)
        for first, last in _runs(tree, changed):
            self.dataChanged.emit(self.at(first), self.at(last, ACTION))
        return True

    def at(self, position: int, column: int = NUMBER) -> QModelIndex:
        """Return the index of the row at a position."""
        return self.createIndex(self._tree.orders[position], column, position)

    def action(self, index: Index) -> Action:
        """Return the action that a valid index shows."""
        return self._tree.rows[index.internalId()]

    def line(self, index: Index) -> tuple[Words, ...]:
        """Return what the row of a valid index does, in words."""
        position = index.internalId()
        if position not in self._lines and self._flow is not None:
            action = self._tree.rows[position]
            called = run_flow_id(self._flow, action)
            name = self._flow_names.get(called, "") if called else ""
            self._lines[position] = row_line(self._flow, action, name)
        return self._lines.get(position, ())

    def handlers(self, index: Index) -> list[Action]:
        """Return the actions that stand in the error handlers of a row."""
        return handlers_of(self.action(index))

    def index_of(self, action: int) -> QModelIndex:
        """Return the index of the row of an action, given by its index; else an invalid one."""
        way = self._tree.way_to(action)
        return self.at(way[-1]) if way else QModelIndex()

    def place(self, index: Index) -> Place:
        """Return the place of a row."""
        action = self.action(index)
        flow_id = self._flow.id if self._flow else ""
        return Place(flow_id, action.subflow.name, action.index)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows lie in a row, or in none."""
        if parent.column() > NUMBER:
            return 0
        return len(self._tree.children(parent.internalId() if parent.isValid() else -1))

    def hasChildren(self, parent: Index = NO_INDEX) -> bool:
        """Tell whether rows lie in a row, or there are any."""
        return self.rowCount(parent) > 0

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: ARG002 - the same everywhere
        """Return the number of columns: row number and action."""
        return 2

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """Return the index of a row that lies in another, or in none."""
        if parent.column() > NUMBER:
            return QModelIndex()
        children = self._tree.children(parent.internalId() if parent.isValid() else -1)
        if not (0 <= row < len(children) and 0 <= column <= ACTION):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject has one too
        """Return the index of the row that a row lies in."""
        if not index.isValid():
            return QModelIndex()
        position = self._tree.parents[index.internalId()]
        return QModelIndex() if position < 0 else self.at(position)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return self._flags[index.internalId()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            return (self.tr("Row"), self.tr("Action"))[section]
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what a row shows as text; `FlowDelegate` paints it."""
        if not index.isValid():
            return None
        match role:
            case ItemRole.DisplayRole if index.column() == NUMBER:
                return str(self.action(index).row)
            case ItemRole.DisplayRole:
                return row_title(self.action(index))
            case ItemRole.AccessibleTextRole:
                return self._spoken(index)
            case ItemRole.ToolTipRole:
                return plain_tip(self._tip(index))
        return None

    def _adopt(self, flow: Flow | None, subflow: Subflow | None, tree: RowTree) -> None:
        self._flow, self._subflow, self._tree = flow, subflow, tree
        # The view asks for the flags of every row before it shows the first.
        self._flags = [BRANCH if tree.children(row) else LEAF for row in range(len(tree.rows))]
        self._lines = {}
        self._state = state_of(flow) if flow else None

    def _changed(self, flow: Flow, tree: RowTree) -> list[int]:
        """Return the positions of rows that look different in a new version of the flow."""
        old_flow = self._flow
        if old_flow is None or self._state is None:
            return []
        old_secrets, sensitivities = self._state
        if old_secrets != flow.secrets:
            return list(range(len(tree.rows)))
        names = (_identity(variable) for variable in old_flow.variables)
        old_looks = dict(zip(names, sensitivities, strict=True))
        changed = {
            variable
            for variable in flow.variables
            if old_looks.get(_identity(variable)) is not variable.sensitivity
        }
        return [
            position
            for position, (old, new) in enumerate(zip(self._tree.rows, tree.rows, strict=True))
            if not changed.isdisjoint(new.reads)
            or not changed.isdisjoint(new.writes)
            or old_flow.script.source(old.statement) != flow.script.source(new.statement)
        ]

    def _spoken(self, index: Index) -> str:
        action = self.action(index)
        line = spoken_line(self.line(index))
        sentence = SPOKEN_DISABLED if action.statement.disabled else SPOKEN
        words = translate(sentence(row=action.row, title=row_title(action), line=line))
        return " ".join((words, *map(finding_line, self.findings(index))))

    def _tip(self, index: Index) -> str:
        lines = ["".join(words.text for words in self.line(index))]
        handlers = self.handlers(index)
        if handlers and self._flow:
            lines.append(translate(ON_ERROR))
            lines += (handler_text(self._flow, handler) for handler in handlers)
        lines += map(finding_line, self.findings(index))
        return "\n".join(filter(None, lines))


def _identity(variable: Variable) -> tuple[str, str | None]:
    return variable.name.casefold(), variable.local_to


def _runs(tree: RowTree, positions: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the rows that follow each other within the same row."""
    by_parent: dict[int, list[int]] = {}
    for position in positions:
        by_parent.setdefault(tree.parents[position], []).append(position)
    for siblings in by_parent.values():
        first = last = siblings[0]
        for position in siblings[1:]:
            if tree.orders[position] != tree.orders[last] + 1:
                yield first, last
                first = position
            last = position
        yield first, last
