"""The things that a drawn graph is made of: boxes and the lines between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from padguard.ui.theme import Theme
from padguard.ui.views.graph_layout import Placed
from padguard.ui.views.graph_style import Style
from padguard.ui.views.tips import plain_tip

PADDING = 8.0
RADIUS = 6.0
BAR = 5.0
ARROW = 8.0
LOOP = 16.0
SLACK = 3.0  # fonts are measured in fractions and drawn in pixels
CLICKABLE = 10.0
HEAVY_WIDTH, LINKED_WIDTH, WIDTH = 2.6, 2.0, 1.2
LEAST_EMS, MOST_EMS = 8, 34
BEHIND, LINE, FRONT_LINE, BOX = 0, 1, 2, 3


class Shape(Enum):
    """What the frame of a box looks like."""

    PLAIN = auto()
    ROUND = auto()
    BARRED = auto()  # a bar at its left side


@dataclass(frozen=True, slots=True)
class Face:
    """What a box shows.

    Attributes:
        title: What it is called.
        detail: What else there is to say, in few words.
        icon: Name of its icon.
        colour: Gives its colour in a theme.
        tip: What its tool tip says.
        spoken: What a screen reader says.
        shape: What its frame looks like.
        dashed: Whether its frame is a dashed line.
        sign: Name of an icon at its right end, or "".
    """

    title: str
    detail: str
    icon: str
    colour: Callable[[Theme], str]
    tip: str
    spoken: str
    shape: Shape = Shape.PLAIN
    dashed: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line between two boxes shows.

    Attributes:
        start: Key of the box it begins at.
        end: Key of the box that its arrow points at.
        what: What a click on it gives.
        tip: What its tool tip says.
        count: How many it stands for; more than one are written on it.
        sign: Name of an icon on it, or "".
        colour: Gives its colour in a theme, or None for the usual one.
        heavy: Whether it is drawn thick, before others.
        dashed: Whether it is a dashed line.
        sign_at: How far along it its sign stands, from 0 to 1.
    """

    start: str
    end: str
    what: object
    tip: str
    count: int = 1
    sign: str = ""
    colour: Callable[[Theme], str] | None = None
    heavy: bool = False
    dashed: bool = False
    sign_at: float = 0.5


class Way(NamedTuple):
    """Where a line goes, the head of its arrow, and where its sign stands."""

    path: QPainterPath
    head: QPolygonF
    sign: QPointF


def face_size(face: Face, style: Style) -> tuple[float, float]:
    """Return how much room a box takes, wide enough for its words unless they are very long."""
    em = style.metrics.horizontalAdvance("m")
    text = max(
        style.strong_metrics.horizontalAdvance(face.title),
        style.metrics.horizontalAdvance(face.detail),
    )
    width = text + style.line * (2.6 if face.sign else 1.3) + 4 * PADDING + SLACK
    return min(max(width, LEAST_EMS * em), MOST_EMS * em), 2 * style.line + PADDING


class BoxItem(QGraphicsItem):
    """A box: icon, what it is called, and what else there is to say."""

    def __init__(self, key: str, face: Face, placed: Placed, style: Style) -> None:
        super().__init__()
        self.key = key
        self.face = face
        self.column = placed.column
        self.chosen = False
        self.current = False
        self._style = style
        self._rect = QRectF(0, 0, placed.width, placed.height)
        self.setPos(placed.x, placed.y)
        self.setZValue(BOX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(face.tip))

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
        theme, face = self._style.theme, self.face
        ground = theme.selection if self.chosen else theme.base
        colour = theme.on(ground, face.colour(theme))
        line = Qt.PenStyle.DashLine if face.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colour), 2.4 if self.chosen else 1.4, line))
        painter.setBrush(QColor(ground))
        radius = self._rect.height() / 2 if face.shape is Shape.ROUND else RADIUS
        painter.drawRoundedRect(self._rect, radius, radius)
        if face.shape is Shape.BARRED:
            bar = QRectF(0, RADIUS, BAR, self._rect.height() - 2 * RADIUS)
            painter.fillRect(bar, QColor(colour))
        self._draw_words(painter, colour, theme.on(ground, theme.text))
        if self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.focus), 2, Qt.PenStyle.DashLine))
            ring = self._rect.adjusted(-4, -4, 4, 4)
            painter.drawRoundedRect(ring, radius + 4, radius + 4)

    def _draw_words(self, painter: QPainter, colour: str, text: str) -> None:
        style, face = self._style, self.face
        size = style.line * 1.3
        top = (self._rect.height() - size) / 2
        icon = QRectF(PADDING * 1.5, top, size, size)
        style.draw_icon(painter, face.icon, colour, icon)
        right = self._rect.width() - PADDING
        if face.sign:
            style.draw_icon(painter, face.sign, colour, QRectF(right - size, top, size, size))
            right -= size + PADDING / 2
        place = QRectF(icon.right() + PADDING, PADDING / 2, 0, style.line)
        place.setRight(right)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        dots = Qt.TextElideMode.ElideMiddle
        painter.setFont(style.strong)
        painter.setPen(QColor(text))
        shown = style.strong_metrics.elidedText(face.title, dots, place.width())
        painter.drawText(place, flags, shown)
        painter.setFont(style.font)
        painter.setPen(QColor(colour))
        shown = style.metrics.elidedText(face.detail, dots, place.width())
        painter.drawText(place.translated(0, style.line), flags, shown)


class LineItem(QGraphicsItem):
    """A line: a curve with an arrowhead, and a sign where it stands for several or is special."""

    def __init__(self, line: Line, way: Way, style: Style) -> None:
        super().__init__()
        self.line = line
        self.linked = False
        self._style = style
        self._way = way
        self.setZValue(FRONT_LINE if line.heavy else LINE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(line.tip))

    @property
    def bears_sign(self) -> bool:
        """Whether a sign stands on it."""
        return bool(self.line.sign) or self.line.count > 1

    def boundingRect(self) -> QRectF:
        """Return what it covers."""
        room = self._style.line * 1.5
        return self._way.path.boundingRect().adjusted(-room, -room, room, room)

    def shape(self) -> QPainterPath:
        """Return where the mouse finds it."""
        stroker = QPainterPathStroker()
        stroker.setWidth(CLICKABLE)
        found = stroker.createStroke(self._way.path)
        if self.bears_sign:
            found.addEllipse(self._way.sign, self._style.line, self._style.line)
        return found

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - the same for every state
        widget: QWidget | None = None,  # noqa: ARG002 - drawn alike everywhere
    ) -> None:
        """Draw it."""
        theme, line = self._style.theme, self.line
        usual = theme.accent if self.linked else theme.muted
        colour = QColor(line.colour(theme) if line.colour else usual)
        width = HEAVY_WIDTH if line.heavy else LINKED_WIDTH if self.linked else WIDTH
        style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, width + (line.heavy and self.linked), style))
        painter.drawPath(self._way.path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(self._way.head)
        if self.bears_sign:
            self._draw_sign(painter, colour)

    def _draw_sign(self, painter: QPainter, colour: QColor) -> None:
        style, line = self._style, self.line
        text = f"×{line.count}" if line.count > 1 else ""
        size = style.line
        width = style.metrics.horizontalAdvance(text) + (size if line.sign else 0) + PADDING
        frame = QRectF(0, 0, width, size + 2)
        frame.moveCenter(self._way.sign)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QColor(style.theme.base))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        if line.sign:
            place = QRectF(frame.left() + PADDING / 2, frame.top() + 1, size, size)
            style.draw_icon(painter, line.sign, colour.name(), place)
        painter.setFont(style.font)
        painter.setPen(colour)
        place = frame.adjusted((size if line.sign else 0) + PADDING / 2, 0, 0, 0)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)


def curve(points: Sequence[tuple[float, float]], sign_at: float = 0.5) -> Way:
    """Return a smooth way through the points of a route; see `Route` and `Line`."""
    path = QPainterPath(QPointF(*points[0]))
    for place, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        if place % 2:
            path.lineTo(to_x, to_y)
            continue
        middle = (x + to_x) / 2
        path.cubicTo(middle, y, middle, to_y, to_x, to_y)
    backwards = -ARROW if points[-1][0] >= points[-2][0] else ARROW
    return Way(path, _head(QPointF(*points[-1]), backwards), path.pointAtPercent(sign_at))


def loop(placed: Placed) -> Way:
    """Return the way of a line that leads from a box back to itself, around its upper corner."""
    right, top = placed.x + placed.width, placed.y
    start, end = QPointF(right - 3 * LOOP, top), QPointF(right, top + placed.height * 0.3)
    path = QPainterPath(start)
    corner = QPointF(right - LOOP, top - LOOP)
    path.quadTo(QPointF(start.x(), corner.y()), corner)
    path.cubicTo(QPointF(right + LOOP, corner.y()), end + QPointF(2 * LOOP, 0), end)
    return Way(path, _head(end, ARROW), corner)


def _head(tip: QPointF, backwards: float) -> QPolygonF:
    """Return the head of an arrow; lines come in level."""
    wing = QLineF(0, 0, 0, ARROW * 0.45).p2()
    back = tip + QPointF(backwards, 0)
    return QPolygonF([tip, back + wing, back - wing])
