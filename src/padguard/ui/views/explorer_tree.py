"""The tree of the explorer: what is open, what is selected, and what can be done with it."""

from collections.abc import Iterator

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView, QWidget

from padguard.flow.model import Flow, Variable
from padguard.ui.actions import Actions
from padguard.ui.document import Document, Place
from padguard.ui.marking import candidates
from padguard.ui.views.branches import paint_branch
from padguard.ui.views.explorer_delegate import SensitivityDelegate
from padguard.ui.views.explorer_model import DETAIL, PLACE_ROLE, SENSITIVITY, ExplorerModel
from padguard.ui.views.explorer_nodes import NodeKind
from padguard.ui.views.mark_menu import MarkKey, add_selection, add_variables

MOST_OPENED_AT_FIRST = 12
"""Parts of a group that is opened by itself when an export is opened."""
MOST_OPENED = 300
"""Rows that are opened by themselves to show what a filter found."""

Way = tuple[object, ...]
"""The keys of the nodes from the export down to a node: the same in every state of the model."""


class ExplorerTree(QTreeView):
    """Shows the explorer's model; choosing a node is going to its place, and the other way round.

    A row is followed down to where the tree is open, so that walking through a flow does not
    unfold the tree.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._document: Document | None = None
        self._explorer: ExplorerModel | None = None
        self._following = False
        self.setAccessibleName(self.tr("Explorer"))
        self.setItemDelegate(SensitivityDelegate(self))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setIndentation(14)
        self.setHeaderHidden(True)
        self.setExpandsOnDoubleClick(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.activated.connect(self._show_flow)
        MarkKey(actions, self, self.selected_variables, self._get_document, bulk=True)

    def set_document(self, document: Document | None) -> None:
        """Show another export, or none."""
        if self._document is not None:
            self._document.placeChanged.disconnect(self.follow)
        self._document = document
        old = self._explorer
        self._explorer = None if document is None else ExplorerModel(document, self)
        self.setModel(self._explorer)
        if old is not None:
            old.deleteLater()
        if document is None:
            return
        document.placeChanged.connect(self.follow)
        self.explorer.renewing.connect(self._hold_still)
        self.explorer.renewed.connect(self._follow_again)
        self.selectionModel().currentChanged.connect(self._go_there)
        for column in (SENSITIVITY, DETAIL):  # drawn beside the name
            self.hideColumn(column)
        self._open_first()
        self.follow(document.place)

    @property
    def explorer(self) -> ExplorerModel:
        """The model; there is one while an export is open."""
        if self._explorer is None:
            message = "no export is open"
            raise LookupError(message)
        return self._explorer

    def selected_variables(self) -> list[tuple[Flow, Variable]]:
        """Return the variables that are selected, in the order they were."""
        if self._explorer is None:
            return []
        return self.explorer.variables(self.selectionModel().selectedRows())

    def follow(self, place: Place) -> None:
        """Select what shows a place, unless it is selected already."""
        if self._explorer is None or self.currentIndex().data(PLACE_ROLE) == place:
            return
        index = self._last_open(self.explorer.indexOf(place))
        if not index.isValid():
            return
        self._following = True
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)
        self._following = False

    def opened(self) -> set[Way]:
        """Return which nodes are open."""
        return {way for way, index in self._walk((), QModelIndex()) if self.isExpanded(index)}

    def open_again(self, ways: set[Way]) -> None:
        """Open the nodes that were open, as far as they are there, and close all others."""
        for way, index in self._walk((), QModelIndex()):
            if way in ways:
                self._open(index)
            else:
                self.collapse(index)

    def open_some(self) -> None:
        """Open the tree from the top as far as it can be overlooked."""
        for count, (_, index) in enumerate(self._walk((), QModelIndex())):
            if count >= MOST_OPENED:
                return
            self._open(index)

    def open_below(self, index: QModelIndex) -> None:
        """Open a node, and all that lies in it."""
        self._open(index)
        for _, inner in self._walk((), index):
            self._open(inner)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the sign that unfolds a row."""
        paint_branch(self, painter, rect, index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection."""
        index = self.currentIndex()
        document = self._document
        if not index.isValid() or document is None:
            return
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu, document, index)
        menu.popup(where)

    def _get_document(self) -> Document | None:
        return self._document

    def _fill_menu(self, menu: QMenu, document: Document, index: QModelIndex) -> None:
        content = self.explorer.content(index)
        selected = self.selected_variables()
        if not selected and content.action and content.flow:
            variables = candidates(content.flow, content.place)
            selected = [(content.flow, variable) for variable in variables]
            add_variables(menu, document, selected)
        elif len(selected) > 1:
            add_selection(menu, document, selected)
        else:
            add_variables(menu, document, selected)
        menu.addSeparator()
        menu.addAction(self._actions["show-flow"])
        menu.addAction(self._actions["show-script"])
        menu.addSeparator()
        menu.addAction(self.tr("Open everything &below"), self._open_current)
        menu.addAction(self.tr("&Close all flows"), self._close_flows)

    def _open(self, index: QModelIndex) -> None:
        """Open a node at once, also while the view waits with laying itself out."""
        self.explorer.fetchMore(index)
        self.expand(index)

    def _open_current(self) -> None:
        self.open_below(self.currentIndex())

    def _close_flows(self) -> None:
        self.collapseAll()
        self.expand(self.explorer.index(0, 0))

    def _show_flow(self) -> None:
        self._actions["show-flow"].trigger()

    def _hold_still(self) -> None:
        self._following = True

    def _follow_again(self) -> None:
        self._following = False
        if self._document is not None:
            self.follow(self._document.place)

    def _go_there(self, current: QModelIndex) -> None:
        if self._document is not None and current.isValid() and not self._following:
            self._document.goTo(current.data(PLACE_ROLE))

    def _last_open(self, index: QModelIndex) -> QModelIndex:
        """Return the index, or of a row below a closed node that node."""
        found = index
        while index.isValid() and self.explorer.content(index).kind is NodeKind.ACTION:
            index = index.parent()
            if not self.isExpanded(index):
                found = index
        return found

    def _open_first(self) -> None:
        """Open the export and its first flow, with its variables where they are not too many."""
        model = self.explorer
        export = model.index(0, 0)
        self._open(export)
        flow = model.index(0, 0, export)
        if not flow.isValid():
            return
        self._open(flow)
        for row in range(model.rowCount(flow)):
            group = model.index(row, 0, flow)
            if model.content(group).count <= MOST_OPENED_AT_FIRST:
                self._open(group)

    def _walk(self, way: Way, parent: QModelIndex) -> Iterator[tuple[Way, QModelIndex]]:
        """Yield what the tree shows, top down; what is opened meanwhile is walked through too."""
        model = self.explorer
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            inner = (*way, model.content(index).key)
            yield inner, index
            if self.isExpanded(index):
                yield from self._walk(inner, index)
