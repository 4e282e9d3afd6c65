"""The explorer's tree: export, flows, variables, subflows and rows, made as they are opened."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from padguard.flow.model import Flow, Variable
from padguard.ui.document import Document, Place
from padguard.ui.views.explorer_filter import NOTHING, FlowMatches
from padguard.ui.views.explorer_nodes import (
    EXPORT_KEY,
    VARIABLE_GROUPS,
    Branches,
    Content,
    Node,
    NodeKind,
)
from padguard.ui.views.explorer_words import ExplorerWords, icon_of, sensitivity_of
from padguard.ui.views.node_store import NodeStore, kept_ends
from padguard.ui.views.states import state_of
from padguard.ui.views.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()

NAME, SENSITIVITY, DETAIL = range(3)
PLACE_ROLE = ItemRole.UserRole
SENSITIVITY_ROLE = ItemRole.UserRole + 1
ICON_ROLE = ItemRole.UserRole + 2
DISABLED_ROLE = ItemRole.UserRole + 3
FINDINGS_ROLE = ItemRole.UserRole + 4

BRANCH = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
LEAF = BRANCH | Qt.ItemFlag.ItemNeverHasChildren


class ExplorerModel(QAbstractItemModel):
    """Shows the flows of a document as a tree that is built as far as it was opened.

    Indexes carry the ids of plain nodes that the model owns; an id is never used twice. After a
    change only the nodes of the rebuilt flows are looked at. What has the same key as before stays
    the node it is, also when a filter comes or goes, so that views keep what is open and selected.

    Between ``renewing`` and ``renewed`` nodes come and go, and a view's current index may be moved
    by it: that is nobody's choice.
    """

    renewing = Signal()
    renewed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._matches: Mapping[str, FlowMatches] | None = None
        self._branches = Branches(lambda: document.session.flows, self._matches_of)
        self._words = ExplorerWords(document)
        self._nodes = NodeStore()
        self._states = {flow.id: self._state(flow) for flow in document.session.flows}
        document.modelChanged.connect(self._renew_flows)
        document.findingsChanged.connect(self._renew_all)

    def setMatches(self, matches: Mapping[str, FlowMatches] | None) -> None:
        """Show only what passes a filter (by flow id), or everything for None."""
        self._matches = matches
        self.renewing.emit()
        self._renew(self._nodes.root, self._nodes.root.content)
        self.renewed.emit()

    def content(self, index: Index) -> Content:
        """Return what an index shows; an invalid one stands for the root."""
        return self._node(index).content

    def variables(self, indexes: Iterable[Index]) -> list[tuple[Flow, Variable]]:
        """Return the variables among some indexes, each once, with their flows."""
        found: dict[Variable, Flow] = {}
        for index in indexes:
            content = self.content(index)
            if content.flow and content.variable:
                found[content.variable] = content.flow
        return [(flow, variable) for variable, flow in found.items()]

    def indexOf(self, place: Place) -> QModelIndex:
        """Return the index that shows a place, making nodes on the way; else an invalid one.

        Of a row that lies deeper than what was opened of its subflow, it is that of the subflow.
        """
        export = self._child(NO_INDEX, NodeKind.EXPORT, EXPORT_KEY)
        flow = self._child(export, NodeKind.FLOW, place.flow_id)
        if place.variable:
            for group, kind in VARIABLE_GROUPS.items():
                key = (kind, place.variable.casefold(), place.local_to)
                found = self._child(self._child(flow, group, group), NodeKind.VARIABLE, key)
                if found.isValid():
                    return found
            return QModelIndex()
        if not place.subflow:
            return flow
        subflows = self._child(flow, NodeKind.SUBFLOWS, NodeKind.SUBFLOWS)
        return self._row_index(self._child(subflows, NodeKind.SUBFLOW, place.subflow), place.action)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many children of an index were made."""
        return 0 if parent.column() > 0 else len(self._node(parent).children or ())

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: ARG002 - the same everywhere
        """Return the number of columns: name, sensitivity, detail."""
        return 3

    def hasChildren(self, parent: Index = NO_INDEX) -> bool:
        """Tell whether an index can be opened."""
        node = self._node(parent)
        if parent.column() > 0:
            return False
        if node.children is not None:
            return bool(node.children)
        return self._branches.has_children(node.content)

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether an index has children that were not made yet."""
        return self._node(parent).children is None and self.hasChildren(parent)

    def fetchMore(self, parent: Index) -> None:
        """Make the children of an index."""
        node = self._node(parent)
        if node.children is None and parent.column() <= 0:
            self._insert(node, 0, list(self._branches.children(node.content)))

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """Return the index of a child."""
        children = self._node(parent).children or ()
        if parent.column() > 0 or not (0 <= row < len(children) and 0 <= column < 3):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject has one too
        """Return the index that an index lies in."""
        if not index.isValid():
            return QModelIndex()
        return self._index(self._nodes[self._node(index).parent])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with an index."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return LEAF if self._node(index).content.variable else BRANCH

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            return (self.tr("Name"), self.tr("Sensitivity"), self.tr("Type"))[section]
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what an index shows: texts, and the roles of this module."""
        if not index.isValid():
            return None
        content, column = self._node(index).content, index.column()
        words = self._words
        match role:
            case ItemRole.DisplayRole:
                return (words.name, words.sensitivity, words.detail)[column](content)
            case ItemRole.ToolTipRole:
                return plain_tip(words.tip(content))
            case ItemRole.AccessibleTextRole:
                return words.spoken(content) if column == NAME else None
            case _ if role == FINDINGS_ROLE:
                return words.findings(content)
            case _:
                return _own_role(content, role)

    def _matches_of(self, flow: Flow) -> FlowMatches | None:
        return None if self._matches is None else self._matches.get(flow.id, NOTHING)

    def _node(self, index: Index) -> Node:
        return self._nodes[index.internalId()] if index.isValid() else self._nodes.root

    def _index(self, node: Node, column: int = 0) -> QModelIndex:
        if node is self._nodes.root:
            return QModelIndex()
        return self.createIndex(node.row, column, node.id)

    def _child(self, parent: Index, kind: NodeKind, key: object) -> QModelIndex:
        """Return the child of that kind and key, making the children if need be."""
        self.fetchMore(parent)
        for node in self._nodes.children(self._node(parent)):
            if node.content.kind is kind and node.content.key == key:
                return self._index(node)
        return QModelIndex()

    def _row_index(self, subflow: QModelIndex, action: int) -> QModelIndex:
        """Return the index of an action, or of the last opened one that it lies in."""
        node = self._node(subflow)
        rows = node.content.rows
        if action < 0 or rows is None:
            return subflow
        for position in rows.way_to(action):
            children = self._nodes.children(node)
            inner = next((child for child in children if child.content.position == position), None)
            if inner is None:
                break
            node = inner
        return self._index(node)

    def _insert(self, parent: Node, row: int, contents: Sequence[Content]) -> None:
        if not contents:
            return
        self.beginInsertRows(self._index(parent), row, row + len(contents) - 1)
        self._nodes.insert(parent, row, contents)
        self.endInsertRows()

    def _remove(self, parent: Node, start: int, end: int) -> None:
        if start == end:
            return
        self.beginRemoveRows(self._index(parent), start, end - 1)
        self._nodes.remove(parent, start, end)
        self.endRemoveRows()

    def _renew_all(self) -> None:
        """Show what an analysis found out about the flows that it knows more of now."""
        flows = self._document.session.flows
        known = self._states
        self._renew_flows(
            frozenset(flow.id for flow in flows if self._state(flow) != known.get(flow.id))
        )
        for export in self._nodes.children(self._nodes.root):
            self.dataChanged.emit(self._index(export), self._index(export, DETAIL))

    def _state(self, flow: Flow) -> tuple[object, ...]:
        findings = self._document.index.of_flow(flow.id)
        return state_of(flow), tuple(found.fingerprint for found in findings)

    def _renew_flows(self, flow_ids: frozenset[str]) -> None:
        contents = {flow.id: flow for flow in self._document.session.flows if flow.id in flow_ids}
        self._states |= {flow.id: self._state(flow) for flow in contents.values()}
        self.renewing.emit()
        for export in self._nodes.children(self._nodes.root):
            for node in self._nodes.children(export):
                flow = contents.get(node.content.flow.id) if node.content.flow else None
                if flow is not None:
                    self._renew(node, self._branches.flow_content(flow))
                    self.dataChanged.emit(self._index(node), self._index(node, DETAIL))
        self.renewed.emit()

    def _renew(self, node: Node, content: Content) -> None:
        """Give a node new content, and bring the children that were made up to date."""
        node.content = content
        if node.children is None:
            return
        contents = list(self._branches.children(content))
        old = [child.content.key for child in self._nodes.children(node)]
        start, end = kept_ends(old, [child.key for child in contents])
        self._remove(node, start, len(old) - end)
        self._insert(node, start, contents[start : len(contents) - end])
        children = self._nodes.children(node)
        for child, child_content in zip(children, contents, strict=True):
            self._renew(child, child_content)
        if children:
            self.dataChanged.emit(self._index(children[0]), self._index(children[-1], DETAIL))


def _own_role(content: Content, role: int) -> object:
    match role:
        case _ if role == PLACE_ROLE:
            return content.place
        case _ if role == SENSITIVITY_ROLE:
            return sensitivity_of(content)
        case _ if role == ICON_ROLE:
            return icon_of(content)
        case _ if role == DISABLED_ROLE:
            return content.action is not None and content.action.statement.disabled
    return None
