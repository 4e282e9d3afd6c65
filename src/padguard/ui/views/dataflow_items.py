"""The things that a drawing of the data flow is made of: nodes, edges, the lanes of flows."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from padguard.analysis.graph import Edge, Node, NodeKind
from padguard.ui.views import dataflow_words as words
from padguard.ui.views.dataflow_layout import Placed
from padguard.ui.views.dataflow_style import Style
from padguard.ui.views.tips import plain_tip

PADDING = 8.0
RADIUS = 6.0
BAR = 5.0
ARROW = 8.0
CLICKABLE = 10.0
LOST_WIDTH, LINKED_WIDTH, WIDTH = 2.6, 2.0, 1.2
LEAST_EMS, MOST_EMS = 8, 28
BEHIND, LINE, FRONT_LINE, BOX = 0, 1, 2, 3


def node_size(node: Node, style: Style, *, is_link: bool = False) -> tuple[float, float]:
    """Return how much room a node takes, wide enough for its words unless they are very long."""
    em = style.metrics.horizontalAdvance("m")
    text = max(
        style.strong_metrics.horizontalAdvance(words.title(node)),
        style.metrics.horizontalAdvance(words.detail(node, is_link=is_link)),
    )
    width = text + style.line * 1.3 + 4 * PADDING
    return min(max(width, LEAST_EMS * em), MOST_EMS * em), 2 * style.line + PADDING


class NodeItem(QGraphicsItem):
    """A node: icon, what it is called, and what else there is to say; its shape says what it is.

    A link, which lies in another flow than the rest of the drawing, has a dashed frame.
    """

    def __init__(self, node: Node, placed: Placed, style: Style, *, is_link: bool = False) -> None:
        super().__init__()
        self.node = node
        self.column = placed.column
        self.chosen = False
        self.current = False
        self._style = style
        self._rect = QRectF(0, 0, placed.width, placed.height)
        self._is_link = is_link
        self._title, self._detail = words.title(node), words.detail(node, is_link=is_link)
        self.setPos(placed.x, placed.y)
        self.setZValue(BOX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(words.node_tip(node)))

    def boundingRect(self) -> QRectF:
        """Return what it covers, the ring of the keyboard included."""
        return self._rect.adjusted(-5, -5, 5, 5)

    @property
    def middle(self) -> QPointF:
        """Where its middle is in the scene."""
        return self.mapToScene(self._rect.center())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - the same for every state
        widget: QWidget | None = None,  # noqa: ARG002 - drawn alike everywhere
    ) -> None:
        """Draw it."""
        theme = self._style.theme
        ground = theme.selection if self.chosen else theme.base
        colour = theme.on(ground, words.colour_of(self.node, theme))
        line = Qt.PenStyle.DashLine if self._is_link else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colour), 2.4 if self.chosen else 1.4, line))
        painter.setBrush(QColor(ground))
        is_source = self.node.kind is NodeKind.SOURCE
        radius = self._rect.height() / 2 if is_source else RADIUS
        painter.drawRoundedRect(self._rect, radius, radius)
        if self.node.is_end:
            painter.fillRect(
                QRectF(0, RADIUS, BAR, self._rect.height() - 2 * RADIUS), QColor(colour)
            )
        self._draw_words(painter, colour, theme.on(ground, theme.text))
        if self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.focus), 2, Qt.PenStyle.DashLine))
            ring = self._rect.adjusted(-4, -4, 4, 4)
            painter.drawRoundedRect(ring, radius + 4, radius + 4)

    def _draw_words(self, painter: QPainter, colour: str, text: str) -> None:
        style = self._style
        size = style.line * 1.3
        left = PADDING * 1.5
        icon = QRectF(left, (self._rect.height() - size) / 2, size, size)
        style.draw_icon(painter, words.icon_of(self.node), colour, icon)
        place = QRectF(icon.right() + PADDING, PADDING / 2, 0, style.line)
        place.setRight(self._rect.width() - PADDING)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        dots, last = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        painter.setFont(style.strong)
        painter.setPen(QColor(text))
        shown = style.strong_metrics.elidedText(self._title, dots, place.width())
        painter.drawText(place, flags, shown)
        painter.setFont(style.font)
        painter.setPen(QColor(colour))
        shown = style.metrics.elidedText(
            self._detail, dots if self._is_link else last, place.width()
        )
        painter.drawText(place.translated(0, style.line), flags, shown)


class EdgeItem(QGraphicsItem):
    """An edge: a curve with an arrowhead, the number of its rows, and a sign for a lost mask."""

    def __init__(
        self, edge: Edge, points: Sequence[tuple[float, float]], tip: str, style: Style
    ) -> None:
        super().__init__()
        self.edge = edge
        self.linked = False
        self._style = style
        self._path = _curve(points)
        self._head = _arrowhead(points)
        self._sign = self._path.pointAtPercent(0.5)
        self.setZValue(FRONT_LINE if edge.loses_mask else LINE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(tip))

    def boundingRect(self) -> QRectF:
        """Return what it covers."""
        room = self._style.line * 1.5
        return self._path.boundingRect().adjusted(-room, -room, room, room)

    def shape(self) -> QPainterPath:
        """Return where the mouse finds it."""
        stroker = QPainterPathStroker()
        stroker.setWidth(CLICKABLE)
        found = stroker.createStroke(self._path)
        if self.edge.loses_mask or len(self.edge.steps) > 1:
            found.addEllipse(self._sign, self._style.line, self._style.line)
        return found

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - the same for every state
        widget: QWidget | None = None,  # noqa: ARG002 - drawn alike everywhere
    ) -> None:
        """Draw it."""
        theme = self._style.theme
        lost = self.edge.loses_mask
        colour = QColor(theme.exposed if lost else theme.accent if self.linked else theme.muted)
        width = LOST_WIDTH if lost else LINKED_WIDTH if self.linked else WIDTH
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, width + (lost and self.linked)))
        painter.drawPath(self._path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(self._head)
        if lost or len(self.edge.steps) > 1:
            self._draw_sign(painter, colour)

    def _draw_sign(self, painter: QPainter, colour: QColor) -> None:
        style, lost = self._style, self.edge.loses_mask
        count = len(self.edge.steps)
        text = f"×{count}" if count > 1 else ""
        size = style.line
        width = style.metrics.horizontalAdvance(text) + (size if lost else 0) + PADDING
        frame = QRectF(0, 0, width, size + 2)
        frame.moveCenter(self._sign)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QColor(style.theme.base))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        if lost:
            place = QRectF(frame.left() + PADDING / 2, frame.top() + 1, size, size)
            style.draw_icon(painter, "exposed", colour.name(), place)
        painter.setFont(style.font)
        painter.setPen(colour)
        place = frame.adjusted((size if lost else 0) + PADDING / 2, 0, 0, 0)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)


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


def _curve(points: Sequence[tuple[float, float]]) -> QPainterPath:
    """Return a smooth way through the points of a route; see `Route`."""
    path = QPainterPath(QPointF(*points[0]))
    for place, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        if place % 2:
            path.lineTo(to_x, to_y)
            continue
        middle = (x + to_x) / 2
        path.cubicTo(middle, y, middle, to_y, to_x, to_y)
    return path


def _arrowhead(points: Sequence[tuple[float, float]]) -> QPolygonF:
    """Return the head of an arrow at the last point; lines come in level."""
    tip = QPointF(*points[-1])
    backwards = -ARROW if points[-1][0] >= points[-2][0] else ARROW
    wing = QLineF(0, 0, 0, ARROW * 0.45).p2()
    back = tip + QPointF(backwards, 0)
    return QPolygonF([tip, back + wing, back - wing])
