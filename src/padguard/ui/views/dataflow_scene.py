"""The drawing of the data flow: nodes, edges and lanes where the layout puts them."""

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QFont

from padguard.analysis.graph import Edge, Graph, Node, NodeKind
from padguard.ui.theme import Theme
from padguard.ui.views.dataflow_items import LaneItem, NodeItem, face_of, line_of
from padguard.ui.views.graph_items import Face, face_size
from padguard.ui.views.graph_layers import Box, Side
from padguard.ui.views.graph_layout import Layout
from padguard.ui.views.graph_scene import MARGIN, GraphScene
from padguard.ui.views.graph_style import Style


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
        found.append(Box(node.key, *face_size(_face(node, home), style), lane, side))
    return found


def _face(node: Node, home: str | None) -> Face:
    return face_of(node, is_link=home is not None and node.flow_id != home)


def _side(node: Node) -> Side:
    if node.kind is NodeKind.SOURCE:
        return Side.FIRST
    return Side.LAST if node.is_end else Side.MIDDLE


def _link_side(graph: Graph, node: Node) -> Side:
    """Return where a node of another flow belongs: left where values come from there alone."""
    if node.key not in graph.incoming:
        return Side.FIRST
    return Side.MIDDLE if node.key in graph.outgoing else Side.LAST


class DataFlowScene(GraphScene[NodeItem]):
    """Draws one graph at a time, in lanes of flows."""

    def __init__(self, theme: Theme, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(theme, font, parent)
        self.graph = Graph({}, ())
        self._lanes: list[LaneItem] = []

    def show_graph(self, graph: Graph, layout: Layout, home: str | None = None) -> None:
        """Draw a graph where the layout says; see `boxes_of` for ``home``."""
        self.forget()
        self.graph = graph
        self._add_lanes(graph, layout, home)
        boxes = (
            NodeItem(node, _face(node, home), layout.boxes[key], self.style_shared)
            for key, node in graph.nodes.items()
        )
        for _ in self.put(boxes, (line_of(graph, edge) for edge in graph.edges), layout):
            pass  # at once: no more is drawn than is laid out for a glance

    def forget(self) -> None:
        """Draw nothing."""
        self._lanes = []
        super().forget()
        self.graph = Graph({}, ())

    def pin(self, left: float) -> None:
        """Keep the names of flows right of a line, in coordinates of the scene."""
        for lane in self._lanes:
            lane.pin(left)

    def choose(self, keys: AbstractSet[str], rows: AbstractSet[tuple[str, int]]) -> None:
        """Show which nodes are selected.

        Edges are emphasised that belong to selected rows (flow id and index of the action), or,
        where none is, that meet a selected node.
        """
        self.show_chosen(keys, (item for item in self.lines if _rows(item.line.what) & rows))

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


def _rows(edge: object) -> set[tuple[str, int]]:
    if not isinstance(edge, Edge):
        return set()
    return {(step.spot.flow_id, step.spot.action) for step in edge.steps}
