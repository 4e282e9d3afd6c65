"""The rows of a subflow on the screen: folding, walking, and what can be done with a row."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from padguard.flow.model import Action, Flow, Subflow, Variable
from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.finding_index import FindingIndex
from padguard.ui.views.branches import paint_branch
from padguard.ui.views.flow_delegate import GAP, FlowDelegate
from padguard.ui.views.flow_model import ACTION, NUMBER, FlowModel
from padguard.ui.views.mark_menu import MarkKey
from padguard.ui.views.row_commands import RowCommands
from padguard.ui.views.rows import variables_of


class FlowTree(QTreeView):
    """Shows the rows of a `FlowModel`.

    ``chosen`` tells the place of a row that a person went to, ``opened`` that its details are
    wanted. What is folded is remembered for each subflow as long as the export is open.
    """

    chosen = Signal(object)  # Place
    opened = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._document: Document | None = None
        self._following = False
        self._folded: dict[tuple[str, str], set[int]] = {}
        self._commands = RowCommands(self)
        self._delegate = FlowDelegate(self)
        self.rows = FlowModel(self)
        self.setAccessibleName(self.tr("Rows of the subflow"))
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setUniformRowHeights(True)
        self.setTreePosition(ACTION)
        self.setIndentation(20)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setHeaderHidden(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._choose)
        self.activated.connect(self._open)
        MarkKey(actions, self, self._current_variables, self._get_document, bulk=False)

    def set_document(self, document: Document | None) -> None:
        """Get ready for another export, or for none."""
        if self._document is not None:
            self._document.findingsChanged.disconnect(self._show_findings)
        self._document = document
        if document is not None:
            document.findingsChanged.connect(self._show_findings)
        self._folded.clear()
        self.look_at(None)
        names = {flow.id: flow.name for flow in document.session.flows} if document else {}
        self.rows.set_flow_names(names)
        self.rows.show(None, None)
        self.rows.set_findings(document.index if document else FindingIndex())

    def show_subflow(self, flow: Flow, subflow: Subflow) -> None:
        """Show the rows of a subflow; what was folded in it is folded again."""
        shown = self.rows
        if shown.flow is flow and shown.subflow is subflow and not shown.is_outdated:
            return
        self._following = True
        if not self._renewed(flow, subflow):
            self._remember_folds()
            shown.show(flow, subflow)
            self._fit_numbers(subflow)
            self._unfold(self._folded.get((flow.id, subflow.name), set()))
        self._following = False

    def follow(self, action: int) -> None:
        """Select the row of an action, given by its index; none for -1."""
        index = self.rows.index_of(action) if action >= 0 else QModelIndex()
        current = self.currentIndex()
        if current.isValid() and current.internalId() == index.internalId() and index.isValid():
            return
        self._following = True
        flag = QItemSelectionModel.SelectionFlag
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()
        self._following = False

    def look_at(self, variable: Variable | None) -> None:
        """Draw the chips of a variable strongly."""
        if self._delegate.looked_at is not variable:
            self._delegate.looked_at = variable
            self.viewport().update()

    def selected_rows(self) -> list[Action]:
        """Return the rows that are selected, in the order of the text."""
        indexes = self.selectionModel().selectedRows()
        return sorted(map(self.rows.action, indexes), key=lambda action: action.index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard and stay at the place: the row that Qt goes to was not chosen."""
        self._following = True
        super().focusInEvent(event)
        self._following = False

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the sign that unfolds a row."""
        paint_branch(self, painter, rect, index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected rows."""
        index, document, flow = self.currentIndex(), self._document, self.rows.flow
        if not index.isValid() or document is None or flow is None:
            return
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu = self._commands.menu(document, flow, self.rows.action(index), self.selected_rows())
        menu.addAction(self._actions["show-script"])
        menu.addSeparator()
        menu.addAction(self.tr("Fold &all"), self.collapseAll)
        menu.addAction(self.tr("&Unfold all"), self.expandAll)
        menu.popup(where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the selected rows, secrets masked."""
        flow = self.rows.flow
        if event.matches(QKeySequence.StandardKey.Copy) and flow is not None:
            self._commands.copy(flow, self.selected_rows())
            return
        super().keyPressEvent(event)

    def _show_findings(self) -> None:
        if self._document is not None:
            self.rows.set_findings(self._document.index)

    def _get_document(self) -> Document | None:
        return self._document

    def _current_variables(self) -> list[tuple[Flow, Variable]]:
        flow, index = self.rows.flow, self.currentIndex()
        if flow is None or not index.isValid():
            return []
        return [(flow, variable) for variable in variables_of(self.rows.action(index))]

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.chosen.emit(self.rows.place(current))

    def _open(self) -> None:
        self.opened.emit()

    def _fit_numbers(self, subflow: Subflow) -> None:
        """Make the column of the numbers as wide as the largest of them."""
        largest = max((action.row for action in subflow.actions), default=1)
        width = QFontMetricsF(self.font()).horizontalAdvance(f" {largest}") + 2 * GAP
        header = self.header()
        header.setMinimumSectionSize(16)
        header.setSectionResizeMode(NUMBER, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(NUMBER, round(width))
        header.setStretchLastSection(True)

    def _renewed(self, flow: Flow, subflow: Subflow) -> bool:
        """Show the same subflow after a change, where its rows still nest as before."""
        old_flow, old = self.rows.flow, self.rows.subflow
        if old_flow is None or old is None or (old_flow.id, old.name) != (flow.id, subflow.name):
            return False
        return self.rows.renew(flow, subflow)

    def _remember_folds(self) -> None:
        flow, subflow, tree = self.rows.flow, self.rows.subflow, self.rows.tree
        if flow is not None and subflow is not None:
            self._folded[flow.id, subflow.name] = {
                position
                for position in range(len(tree.rows))
                if tree.children(position) and not self.isExpanded(self.rows.at(position))
            }

    def _unfold(self, folded: set[int]) -> None:
        self.expandAll()
        for position in folded:
            if position < len(self.rows.tree.rows):
                self.collapse(self.rows.at(position))
