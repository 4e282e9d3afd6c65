"""The drawing of the data flow: nodes, edges and lanes where the layout puts them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from padguard.analysis.graph import Edge, Graph, Node, NodeKind
from padguard.ui.theme import Theme
from padguard.ui.views import dataflow_words as words
from padguard.ui.views.dataflow_items import EdgeItem, LaneItem, NodeItem, node_size
from padguard.ui.views.dataflow_layers import Box, Side
from padguard.ui.views.dataflow_layout import Layout, Spacing
from padguard.ui.views.dataflow_style import Style

MARGIN = 12.0


def boxes_of(graph: Graph, style: Style, home: str | None = None) -> list[Box]:
    """Return the nodes of a graph as boxes: a lane for each flow, sources first, ends last.

    Where one flow is ``home``, there is but its lane, and what lies in other flows stands in it
    where values come in or go out.
    """
    lanes: dict[str, int] = {}
    found: list[Box] = []
    for node in graph.nodes.values():
        is_link = home is not None and node.flow_id != home
        lane = 0 if home is not None else lanes.setdefault(node.flow_id, len(lanes))
        side = _link_side(graph, node) if is_link else _side(node)
        found.append(Box(node.key, *node_size(node, style, is_link=is_link), lane, side))
    return found


def spacing_of(style: Style) -> Spacing:
    """Return the distances that suit a font."""
    line = style.line
    return Spacing(column=3.5 * line, row=0.75 * line, bend=0.5 * line, heading=2 * line, lane=line)


def _side(node: Node) -> Side:
    if node.kind is NodeKind.SOURCE:
        return Side.FIRST
    return Side.LAST if node.is_end else Side.MIDDLE


def _link_side(graph: Graph, node: Node) -> Side:
    """Return where a node of another flow belongs: left where values come from there alone."""
    if node.key not in graph.incoming:
        return Side.FIRST
    return Side.MIDDLE if node.key in graph.outgoing else Side.LAST


class DataFlowScene(QGraphicsScene):
    """Draws one graph at a time, in the colours of one theme."""

    def __init__(self, theme: Theme, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.style_shared = Style(theme, font)
        self.graph = Graph({}, ())
        self._nodes: dict[str, NodeItem] = {}
        self._edges: list[EdgeItem] = []
        self._lanes: list[LaneItem] = []
        self._current = ""

    def show_graph(self, graph: Graph, layout: Layout, home: str | None = None) -> None:
        """Draw a graph where the layout says; see `boxes_of` for ``home``."""
        self.forget()
        self.graph = graph
        style = self.style_shared
        self._current = ""
        self._add_lanes(graph, layout, home)
        self._edges = [
            EdgeItem(edge, route.points, words.edge_tip(graph, edge), style)
            for edge, route in zip(graph.edges, layout.routes, strict=True)
        ]
        self._nodes = {
            key: NodeItem(
                node, layout.boxes[key], style, is_link=home is not None and node.flow_id != home
            )
            for key, node in graph.nodes.items()
        }
        items: list[QGraphicsItem] = [*self._edges, *self._nodes.values()]
        for item in items:
            self.addItem(item)
        area = QRectF(0, 0, layout.width, layout.height)
        self.setSceneRect(area.adjusted(-2 * MARGIN, -MARGIN, 2 * MARGIN, MARGIN))

    def forget(self) -> None:
        """Draw nothing."""
        self._nodes, self._edges, self._lanes = {}, [], []
        self.clear()
        self.graph = Graph({}, ())
        self.setSceneRect(QRectF())

    def pin(self, left: float) -> None:
        """Keep the names of flows right of a line, in coordinates of the scene."""
        for lane in self._lanes:
            lane.pin(left)

    def tint(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self.style_shared.theme = theme
        self.update()

    def item_of(self, key: str) -> NodeItem | None:
        """Return what draws a node, or None where it is not drawn."""
        return self._nodes.get(key)

    @property
    def nodes(self) -> Sequence[NodeItem]:
        """What draws the nodes, in their order."""
        return list(self._nodes.values())

    @property
    def current(self) -> NodeItem | None:
        """The node that the keyboard is at."""
        return self._nodes.get(self._current)

    def set_current(self, key: str) -> None:
        """Move the keyboard to a node; to none with an empty key."""
        for known in {self._current, key}:
            item = self._nodes.get(known)
            if item is not None:
                item.current = known == key
                item.update()
        self._current = key

    def choose(self, keys: AbstractSet[str], rows: AbstractSet[tuple[str, int]]) -> None:
        """Show which nodes are selected.

        Edges are emphasised that belong to selected rows (flow id and index of the action), or,
        where none is, that meet a selected node.
        """
        for key, node in self._nodes.items():
            if node.chosen != (key in keys):
                node.chosen = key in keys
                node.update()
        by_row = [item for item in self._edges if _rows(item.edge) & rows]
        linked = set(by_row) or {
            item for item in self._edges if item.edge.start in keys or item.edge.end in keys
        }
        for edge in self._edges:
            if edge.linked != (edge in linked):
                edge.linked = edge in linked
                edge.update()

    def _add_lanes(self, graph: Graph, layout: Layout, home: str | None) -> None:
        names = dict.fromkeys(
            (node.flow_id, node.flow_name)
            for node in graph.nodes.values()
            if home is None or node.flow_id == home
        )
        for lane, (_, name) in enumerate(names):
            top, bottom = layout.lanes[lane]
            place = QRectF(-MARGIN, top, layout.width + 2 * MARGIN, bottom - top)
            self._lanes.append(LaneItem(name, place, self.style_shared))
            self.addItem(self._lanes[-1])


def _rows(edge: Edge) -> set[tuple[str, int]]:
    return {(step.spot.flow_id, step.spot.action) for step in edge.steps}
