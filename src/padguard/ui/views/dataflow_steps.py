"""The data flow as a list: the same nodes and edges in words, for who reads rather than looks."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from padguard.analysis.graph import Graph, Spot
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon, pixmap
from padguard.ui.views import dataflow_words as words
from padguard.ui.views.branches import paint_branch
from padguard.ui.views.tips import plain_tip

ICON_SIZE = 16
WHERE_WIDTH, FLOW_WIDTH = 150, 150
PLACE = Qt.ItemDataRole.UserRole
"""What an item stands for: the key of a node, or the `Spot` of a step."""


class StepsTree(QTreeWidget):
    """Lists every node of the drawing, and below it the rows by which values come and go.

    ``chosen`` gives what a person went to: the key of a node, or the `Spot` of a step.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._graph = Graph({}, ())
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setAccessibleName(self.tr("Steps of the data flow"))
        self.setHeaderLabels([self.tr("Steps"), self.tr("Where"), self.tr("Flow")])
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(False)
        self.header().resizeSection(1, WHERE_WIDTH)
        self.header().resizeSection(2, FLOW_WIDTH)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.itemExpanded.connect(self._fill)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def show_graph(self, graph: Graph) -> None:
        """List another graph; what stands below a node is filled in when it is unfolded."""
        self.clear()
        self._graph = graph
        self._items = {}
        for key, node in graph.nodes.items():
            where = words.detail(node)
            item = self._item([words.title(node), where, node.flow_name], key)
            steps = graph.incoming.get(key) or graph.outgoing.get(key)
            policy = QTreeWidgetItem.ChildIndicatorPolicy
            item.setChildIndicatorPolicy(
                policy.ShowIndicator if steps else policy.DontShowIndicator
            )
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words.spoken(node))
            self._items[key] = item
        self.addTopLevelItems(list(self._items.values()))
        self.tint()

    def show_node(self, key: str) -> None:
        """Make a node the current one and unfold its steps."""
        item = self._items.get(key)
        if item is None:
            self.setCurrentIndex(QModelIndex())
        elif self._node_of(self.currentItem()) is not item:
            self.setCurrentItem(item)
            item.setExpanded(True)
            self.scrollToItem(item, QTreeWidget.ScrollHint.PositionAtTop)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the sign of what can be unfolded, to be seen on every ground."""
        paint_branch(self, painter, rect, index)

    def tint(self) -> None:
        """Draw the icons in the colours of the current theme."""
        theme = current_theme()
        for key, item in self._items.items():
            node = self._graph.nodes[key]
            colour = words.colour_of(node, theme)
            shown = icon(words.icon_of(node), theme, colour)
            colour = theme.on(theme.selection, colour)
            selected = pixmap(words.icon_of(node), colour, ICON_SIZE, self.devicePixelRatioF())
            shown.addPixmap(selected, QIcon.Mode.Selected)
            item.setIcon(0, shown)

    def _item(self, texts: list[str], place: object) -> QTreeWidgetItem:
        item = QTreeWidgetItem(texts)
        item.setData(0, PLACE, place)
        for column, text in enumerate(texts):
            item.setToolTip(column, plain_tip(text))
        return item

    def _node_of(self, item: QTreeWidgetItem | None) -> QTreeWidgetItem | None:
        return item if item is None or item.parent() is None else item.parent()

    def _fill(self, item: QTreeWidgetItem) -> None:
        if item.childCount() or item.parent() is not None:
            return
        graph, key = self._graph, item.data(0, PLACE)
        for edge in (*graph.incoming.get(key, ()), *graph.outgoing.get(key, ())):
            for step in edge.steps:
                flow_name = graph.nodes[edge.end].flow_name
                texts = [
                    words.step_words(graph, edge, step),
                    words.spot_words(step.spot),
                    flow_name,
                ]
                item.addChild(self._item(texts, step.spot))

    def _choose(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, PLACE)
        if isinstance(place, (str, Spot)):
            self.chosen.emit(place)
