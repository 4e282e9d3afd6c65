"""Where a drawn graph is looked at: zoom, pan, mouse and keyboard."""

from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsView, QWidget

from padguard.ui.views.graph_items import BoxItem, LineItem
from padguard.ui.views.graph_scene import GraphScene

ZOOM_STEP = 1.25
LEAST_ZOOM, MOST_ZOOM = 0.08, 4.0
READABLE_ZOOM = 0.62
"""Below it words are hard to read: a drawing that does not fit is shown in part at first."""
FIRST_ZOOM = 0.85
SIDE_ROOM = 60


class GraphCanvas(QGraphicsView):
    """Shows a drawing and says what a person does with it.

    ``chosen`` gives what was clicked or entered (the key of a box, or what a `Line` stands for),
    ``opened`` the same for a double click, ``menuWanted`` where on the screen a menu is wanted.
    """

    chosen = Signal(object)
    opened = Signal(object)
    menuWanted = Signal(QPoint)  # noqa: N815 - a signal of Qt
    zoomed = Signal()

    def __init__(self, scene: GraphScene[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.drawing = scene
        scene.setParent(self)  # it dies behind the view, which looks at it to the last
        self._pressed: QPoint | None = None
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    @property
    def zoom(self) -> float:
        """How large the drawing is, 1 for its own size."""
        return self.transform().m11()

    def zoom_by(self, factor: float) -> None:
        """Show the drawing larger or smaller."""
        wanted = min(MOST_ZOOM, max(LEAST_ZOOM, self.zoom * factor))
        self.scale(wanted / self.zoom, wanted / self.zoom)
        self.zoomed.emit()

    def fit(self) -> None:
        """Show all of the drawing, no larger than its own size."""
        area = self.sceneRect()
        room = self.viewport().size()
        if area.isEmpty() or room.isEmpty():
            return
        wanted = min(room.width() / area.width(), room.height() / area.height(), 1.0)
        self.resetTransform()
        self.scale(max(wanted, LEAST_ZOOM), max(wanted, LEAST_ZOOM))
        self.centerOn(area.center())
        self.zoomed.emit()

    def show_well(self) -> None:
        """Show all of the drawing where its words can be read then, else its beginning."""
        self.fit()
        if self.zoom < READABLE_ZOOM:
            self.resetTransform()
            self.scale(FIRST_ZOOM, FIRST_ZOOM)
            self.centerOn(0, 0)
            self.zoomed.emit()

    def show_node(self, key: str) -> None:
        """Bring a box into sight."""
        item = self.drawing.item_of(key)
        if item is not None:
            area: QRectF = item.sceneBoundingRect()
            self.ensureVisible(area, SIDE_ROOM, SIDE_ROOM)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move the drawing, and keep in sight what must be."""
        super().scrollContentsBy(dx, dy)
        self.drawing.pin(self.mapToScene(0, 0).x())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120))
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a click begins."""
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked, unless the drawing was dragged."""
        super().mouseReleaseEvent(event)
        where = event.position().toPoint()
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        if (where - pressed).manhattanLength() < QApplication.startDragDistance():
            self._click(where)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked twice; the first click has chosen it."""
        found = self._at(event.position().toPoint())
        if found is not None:
            self.opened.emit(found)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose what is below the mouse, and ask for a menu."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self._click(event.pos())
        self.menuWanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along edges with the arrows, choose with Enter, zoom with + and -."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(ZOOM_STEP)
        elif key is Qt.Key.Key_Minus:
            self.zoom_by(1 / ZOOM_STEP)
        elif key is Qt.Key.Key_0 and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.fit()
        elif key in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go_along(steps[key])
        elif key in moves:
            self._go_down(moves[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.drawing.nodes:
            self.go_to(self.drawing.nodes[0 if key is Qt.Key.Key_Home else -1].key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.drawing.current is not None:
                self.chosen.emit(self.drawing.current.key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if self.drawing.current is None and self.drawing.nodes:
            chosen = (item for item in self.drawing.nodes if item.chosen)
            self.go_to(next(chosen, self.drawing.nodes[0]).key, show=False)

    def go_to(self, key: str, *, show: bool = True) -> None:
        """Move the keyboard to a box, and say which it is to who cannot see it."""
        self.drawing.set_current(key)
        item = self.drawing.current
        self.setAccessibleDescription(item.face.spoken if item is not None else "")
        if show:
            self.show_node(key)

    def _go_along(self, step: int) -> None:
        """Move the keyboard along an edge, to the box that is nearest in height."""
        here = self.drawing.current
        if here is None:
            return
        found = self.drawing.beside(here.key, step)
        height = here.middle.y()
        nearest = min(found, key=lambda item: abs(item.middle.y() - height), default=None)
        if nearest is not None:
            self.go_to(nearest.key)

    def _go_down(self, step: int) -> None:
        """Move the keyboard to the next box of the same column."""
        here = self.drawing.current
        if here is None:
            return
        column = [item for item in self.drawing.nodes if item.column == here.column]
        column.sort(key=lambda item: item.middle.y())
        place = column.index(here) + step
        if 0 <= place < len(column):
            self.go_to(column[place].key)

    def _click(self, where: QPoint) -> None:
        found = self._at(where)
        if isinstance(found, str):
            self.go_to(found, show=False)
        if found is not None:
            self.chosen.emit(found)

    def _at(self, where: QPoint) -> object:
        """Return what is at a point of the viewport: the key of a box, what a line is, or None."""
        for item in self.items(where):
            if isinstance(item, BoxItem):
                return item.key
            if isinstance(item, LineItem):
                return item.line.what
        return None
