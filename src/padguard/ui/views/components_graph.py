"""The dependency graph of the Components view: a drawing to look at, to click, and to save."""

from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress
from padguard.governance.graph import Graph
from padguard.ui.appearance import current_theme
from padguard.ui.document import Document
from padguard.ui.slices import Slices
from padguard.ui.views.components_taken import Taken
from padguard.ui.views.graph_bar import Choice, GraphBar
from padguard.ui.views.graph_canvas import ZOOM_STEP, GraphCanvas
from padguard.ui.views.graph_items import BoxItem, Line, face_size
from padguard.ui.views.graph_layers import Box
from padguard.ui.views.graph_layout import Layout, Spacing, lay_out
from padguard.ui.views.graph_picture import drawn
from padguard.ui.views.graph_scene import GraphScene
from padguard.ui.words import translate

AT_ONCE = 40
"""How many nodes are laid out at once; more are left to a background job."""
MOST_DRAWN = 2000
"""How many nodes are drawn at most; of more, those around the selection."""


class Scope(Enum):
    """How much is drawn."""

    WHOLE = auto()  # the export
    AROUND = auto()  # what the selected node needs, and what needs it


CHOICES = (
    Choice(
        Scope.WHOLE,
        mark("components", "Whole export"),
        mark("components", "Draw all flows of this export and all that they need"),
    ),
    Choice(
        Scope.AROUND,
        mark("components", "Around the selection"),
        mark("components", "Draw what is selected, all that it needs, and all that needs it"),
    ),
)
TOO_MANY = mark(
    "components",
    "The {count} flows and components of this export are too many to be drawn at once. What is "
    "selected is drawn with all that it needs; the table has everything.",
)
KEY = mark(
    "components",
    "Arrows lead from what needs to what is needed. A bar at the left: a desktop flow of this "
    "export. A dashed frame: not in it, or not known. ×3: by three rows.",
)


class DependencyGraph(QWidget):
    """Draws flows and components; ``chosen`` gives the key of a node or an `Edge` to go to.

    Out of sight nothing is drawn; what was missed is caught up with when it is shown.
    """

    chosen = Signal(object)
    opened = Signal()
    menuWanted = Signal(QPoint)  # noqa: N815 - a signal of Qt
    saveWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._taken: Taken | None = None
        self._drawn: Graph | None = None
        self._scope = Scope.WHOLE
        self._keys: frozenset[str] = frozenset()
        self.bar = GraphBar(self.tr("How the dependencies are shown"), CHOICES, self)
        self.notice = QLabel(self)
        self.scene: GraphScene[BoxItem] = GraphScene(current_theme(), self.font())
        self.canvas = GraphCanvas(self.scene, self.tr("Drawing of the dependencies"), self)
        self.key = QLabel(translate(KEY), self)
        self._slices = Slices(self)
        self._slices.finished.connect(self._drawing_done)
        self._lay_out()
        self.bar.scopeWanted.connect(self._choose_scope)
        self.bar.zoomWanted.connect(self._zoom)
        self.bar.saveWanted.connect(self.saveWanted)
        self.canvas.zoomed.connect(self._show_state)
        self.canvas.chosen.connect(self.chosen)
        self.canvas.opened.connect(self.opened)
        self.canvas.menuWanted.connect(self.menuWanted)
        self.setFocusProxy(self.canvas)

    def show_taken(self, document: Document | None, taken: Taken | None) -> None:
        """Draw other components, or none; what is drawn already stays as it is."""
        before = self._taken.graph if self._taken is not None else None
        if taken is not None and document is self._document and taken.graph == before:
            self._taken = taken
            return
        self._document, self._taken, self._drawn = document, taken, None
        self._keys = frozenset()
        self._slices.stop()
        self.scene.forget()
        self._catch_up()

    def select(self, keys: frozenset[str]) -> None:
        """Show which nodes are selected, by their keys.

        What is drawn stays as long as they are in it, so that a click never moves what was clicked.
        """
        if keys == self._keys:
            return
        self._keys = keys
        if not all(map(self.scene.item_of, keys)):
            self._catch_up()
        self._show_selection()

    def picture_of(self, title: str, suffix: str) -> Callable[[], bytes]:
        """Return what gives the drawing as the kind of file that a suffix asks for; see `drawn`."""
        return drawn(self.scene, title, suffix)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not drawn out of sight."""
        super().showEvent(event)
        self._catch_up()

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.scene.tint(current_theme())
            self.bar.tint()

    def _lay_out(self) -> None:
        for label in (self.notice, self.key):
            label.setWordWrap(True)
            label.setMargin(8)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.notice):
            column.addWidget(widget)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.key)

    def _catch_up(self) -> None:
        document, taken = self._document, self._taken
        if document is None or taken is None or not self.isVisible():
            self._show_state()
            return
        wanted = self._wanted(taken.graph)
        if wanted == self._drawn:
            self._show_state()
            return
        self._drawn = wanted
        style = self.scene.style_shared
        keys = wanted.by_key.keys()
        lines = [line for line in taken.lines if line.start in keys and line.end in keys]
        lane = wanted.parts()
        boxes = [Box(key, *face_size(taken.faces[key], style), lane[key]) for key in keys]
        spacing = Spacing(
            column=4.5 * style.line,
            row=1.4 * style.line,
            bend=0.5 * style.line,
            heading=1.4 * style.line,
            lane=style.line,
        )
        work = partial(_lay_out_lines, boxes, lines, spacing)
        show = partial(self._show, wanted, lines)
        if len(boxes) <= AT_ONCE:
            show(work(Progress()))
            return
        document.jobs.start(self.tr("Drawing the dependencies…"), work, show, document.report)

    def _wanted(self, graph: Graph) -> Graph:
        key = next(iter(self._keys), "")
        too_many = len(graph.nodes) > MOST_DRAWN
        if not (too_many or self._scope is Scope.AROUND):
            return graph
        if key not in graph.by_key:
            return graph.around(graph.nodes[0].key) if too_many else graph
        return graph.around(key)

    def _show(self, graph: Graph, lines: list[Line], layout: Layout) -> None:
        taken = self._taken
        if graph is not self._drawn or taken is None:
            return  # something else is wanted by now
        self._slices.stop()
        self.scene.forget()
        style = self.scene.style_shared
        boxes = (BoxItem(key, taken.faces[key], layout.boxes[key], style) for key in graph.by_key)
        self._slices.start(self.scene.put(boxes, lines, layout))

    def _drawing_done(self) -> None:
        self._show_state()
        self.canvas.show_well()
        self._show_selection()

    def _show_selection(self) -> None:
        self.scene.show_chosen(self._keys)
        current = self.scene.current
        first = next((key for key in self._keys if self.scene.item_of(key)), "")
        if first and (current is None or current.key not in self._keys):
            self.canvas.go_to(first)

    def _choose_scope(self, scope: Scope) -> None:
        self._scope = scope
        self._catch_up()

    def _zoom(self, direction: int) -> None:
        if direction:
            self.canvas.zoom_by(ZOOM_STEP**direction)
        else:
            self.canvas.fit()

    def _show_state(self) -> None:
        nodes = len(self._taken.graph.nodes) if self._taken is not None else 0
        self.bar.show_state(self._scope, self.canvas.zoom, drawn=bool(self.scene.nodes))
        too_many = nodes > MOST_DRAWN
        self.notice.setText(translate(TOO_MANY(count=nodes)) if too_many else "")
        self.notice.setVisible(too_many)


def _lay_out_lines(
    boxes: list[Box], lines: list[Line], spacing: Spacing, progress: Progress
) -> Layout:
    return lay_out(boxes, [(line.start, line.end) for line in lines], spacing, progress)
