"""What a drawing of the data flow has of its own: its nodes, and the lanes of flows."""

from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from padguard.analysis.graph import Edge, Graph, Node, NodeKind
from padguard.ui.theme import Theme
from padguard.ui.views import dataflow_words as words
from padguard.ui.views.graph_items import (
    BEHIND,
    PADDING,
    RADIUS,
    BoxItem,
    Face,
    Line,
    Shape,
)
from padguard.ui.views.graph_layout import Placed
from padguard.ui.views.graph_style import Style
from padguard.ui.views.tips import plain_tip


def face_of(node: Node, *, is_link: bool = False) -> Face:
    """Return how a node looks; its shape says what it is.

    A link, which lies in another flow than the rest of the drawing, has a dashed frame.
    """
    shape = Shape.BARRED if node.is_end else Shape.PLAIN
    return Face(
        words.title(node),
        words.detail(node, is_link=is_link),
        words.icon_of(node),
        partial(words.colour_of, node),
        words.node_tip(node),
        words.spoken(node),
        Shape.ROUND if node.kind is NodeKind.SOURCE else shape,
        dashed=is_link,
    )


def line_of(graph: Graph, edge: Edge) -> Line:
    """Return how an edge looks: one at which a mask is lost is thick and bears a sign."""
    lost = edge.loses_mask
    return Line(
        edge.start,
        edge.end,
        edge,
        words.edge_tip(graph, edge),
        len(edge.steps),
        sign="exposed" if lost else "",
        colour=_exposed if lost else None,
        heavy=lost,
    )


def _exposed(theme: Theme) -> str:
    return theme.exposed


class NodeItem(BoxItem):
    """The box of a node."""

    def __init__(self, node: Node, face: Face, placed: Placed, style: Style) -> None:
        super().__init__(node.key, face, placed, style)
        self.node = node


class LaneItem(QGraphicsItem):
    """The ground that the nodes of one flow stand on, with the name of the flow.

    The name stays in sight where the drawing is moved to the left; see `pin`.
    """

    def __init__(self, name: str, place: QRectF, style: Style) -> None:
        super().__init__()
        self._name = name
        self._rect = place
        self._left = place.left()
        self._style = style
        self.setZValue(BEHIND)
        self.setToolTip(plain_tip(name))

    def boundingRect(self) -> QRectF:
        """Return what it covers."""
        return self._rect

    def pin(self, left: float) -> None:
        """Write the name no farther left than that, in coordinates of the scene."""
        self._left = max(self._rect.left(), min(left, self._rect.right() - self._style.line * 8))
        self.update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - the same for every state
        widget: QWidget | None = None,  # noqa: ARG002 - drawn alike everywhere
    ) -> None:
        """Draw it."""
        style, theme = self._style, self._style.theme
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(QColor(theme.alternate))
        painter.drawRoundedRect(self._rect, RADIUS, RADIUS)
        size = style.line
        icon = QRectF(self._left + PADDING, self._rect.top() + PADDING / 2, size, size)
        style.draw_icon(painter, "flow", theme.muted, icon)
        painter.setFont(style.strong)
        painter.setPen(QColor(theme.text))
        place = QRectF(icon.right() + PADDING, icon.top(), 0, size)
        place.setRight(self._rect.right() - PADDING)
        dots = Qt.TextElideMode.ElideMiddle
        shown = style.strong_metrics.elidedText(self._name, dots, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
