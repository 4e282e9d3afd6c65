"""The Data flow view: a drawing of how sensitive values travel, and the same steps as a list."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from padguard.analysis.graph import Edge, Graph, Spot
from padguard.analysis.graph_building import build_graph
from padguard.analysis.inspection import Inspection
from padguard.exports.atomic import saving, write_file
from padguard.foundation.errors import EditError, SaveError
from padguard.foundation.progress import Progress
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.document import Document, Place
from padguard.ui.views.asking import ask_where_to_save
from padguard.ui.views.dataflow_bar import DataFlowBar
from padguard.ui.views.dataflow_notices import why_empty, why_partial
from padguard.ui.views.dataflow_scene import DataFlowScene, boxes_of
from padguard.ui.views.dataflow_scope import Excerpt, Scope, excerpt, touched
from padguard.ui.views.dataflow_steps import StepsTree
from padguard.ui.views.graph_canvas import ZOOM_STEP, GraphCanvas
from padguard.ui.views.graph_layers import Box
from padguard.ui.views.graph_layout import Layout, Spacing, lay_out
from padguard.ui.views.graph_picture import picture
from padguard.ui.views.graph_scene import spacing_of
from padguard.ui.words import translate

AT_ONCE = 40
"""How many nodes are laid out at once; more are left to a background job."""
HEIGHTS = (700, 150)
"""Of drawing and list at first, in logical pixels."""
MENU = ("mark", None, "show-flow", "show-script", None, "back", "forward")


class DataFlowView(QWidget):
    """Draws the data flow around the place of the document, and goes where it is clicked.

    Out of sight nothing is done; what was missed is caught up with when the view is shown. What
    is drawn depends on three things: what the analysis found, the place, and the scope that a
    person chose (or none: then it is as much as can be taken in at once).
    """

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Data flow"))
        self._actions = actions
        self._document: Document | None = None
        self._read: Inspection | None = None
        self._graph: Graph | None = None
        self._drawn: Excerpt | None = None
        self._wanted: Scope | None = None
        self._going = False
        self.bar = DataFlowBar(self)
        self.notice = QLabel(self)
        self.scene = DataFlowScene(current_theme(), self.font())
        self.canvas = GraphCanvas(self.scene, self.tr("Drawing of the data flow"), self)
        self.steps = StepsTree(self)
        self.message = QLabel(self)
        self.pages = QStackedWidget(self)
        self._catch_up_soon = QTimer(self, interval=0, singleShot=True)
        self._catch_up_soon.timeout.connect(self._catch_up)
        self._lay_out()
        self._connect()
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""
        if self._document is not None:
            self._document.placeChanged.disconnect(self._follow)
            self._document.findingsChanged.disconnect(self._catch_up)
            self._document.analysisChanged.disconnect(self._show_state)
            self._document.findingChanged.disconnect(self._emphasise)
        self._document = document
        self._read = self._graph = self._drawn = self._wanted = None
        self.scene.forget()
        self.steps.show_graph(Graph({}, ()))
        if document is not None:
            document.placeChanged.connect(self._follow)
            document.findingsChanged.connect(self._catch_up)
            document.analysisChanged.connect(self._show_state)
            document.findingChanged.connect(self._emphasise)
        self._catch_up()

    def focusFilter(self) -> None:
        """Put the keyboard into the list of steps, where typing finds a name."""
        self.steps.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile, once the view has its size."""
        super().showEvent(event)
        self._catch_up_soon.start()

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the colours of another theme, or in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.scene.tint(current_theme())
            self.steps.tint()
            self.bar.tint()

    def _lay_out(self) -> None:
        self.notice.setWordWrap(True)
        self.notice.setMargin(8)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setMargin(24)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.canvas)
        splitter.addWidget(self.steps)
        splitter.setSizes(list(HEIGHTS))
        splitter.setStretchFactor(0, 1)
        splitter.setCollapsible(0, False)  # noqa: FBT003 - of Qt
        self.pages.addWidget(splitter)
        self.pages.addWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        self.setFocusProxy(self.canvas)

    def _connect(self) -> None:
        self.bar.scopeWanted.connect(self._choose_scope)
        self.bar.zoomWanted.connect(self._zoom)
        self.bar.saveWanted.connect(self._ask_where_to_save)
        self.canvas.zoomed.connect(self._show_state)
        self.canvas.chosen.connect(self._choose)
        self.canvas.opened.connect(self._open)
        self.canvas.menuWanted.connect(self._show_menu)
        self.steps.chosen.connect(self._choose)

    def _catch_up(self) -> None:
        """Draw what the analysis found since, if it is new."""
        document = self._document
        if document is None or not self.isVisible():
            self._show_state()
            return
        inspection = document.inspection
        if inspection is None or inspection is self._read:
            self._follow(document.place)
            return
        self._read = inspection

        def built(graph: Graph) -> None:
            if self._read is inspection and self._document is document:
                self._graph, self._drawn = graph, None
                self._follow(document.place)

        title = self.tr("Reading the data flow…")
        document.jobs.start(title, partial(_build, inspection), built, document.report)

    def _follow(self, place: Place) -> None:
        """Draw the part that belongs to a place, and show what of it is selected."""
        if self._graph is None or not self.isVisible():
            self._show_state()
            return
        keys = touched(self._graph, place)
        drawn = self._drawn
        if self._going and drawn is not None and keys & drawn.graph.nodes.keys():
            self._select(place)  # a click never moves what was clicked
            return
        part = excerpt(self._graph, place, self._wanted)
        if drawn is not None and part.home == drawn.home and part.graph == drawn.graph:
            self._drawn = part
            self._select(place)
            return
        self._draw(part)

    def _draw(self, part: Excerpt) -> None:
        document, style = self._document, self.scene.style_shared
        if document is None:
            return
        self._drawn = part
        boxes = boxes_of(part.graph, style, part.home)
        work = partial(_lay_out_part, part.graph, boxes, spacing_of(style))
        if len(part.graph.nodes) <= AT_ONCE:
            self._show(part, work(Progress()))
            return
        title = self.tr("Drawing the data flow…")
        document.jobs.start(title, work, partial(self._show, part), document.report)

    def _show(self, part: Excerpt, layout: Layout) -> None:
        if part is not self._drawn or self._document is None:
            return  # something else is wanted by now
        self.scene.show_graph(part.graph, layout, part.home)
        self.steps.show_graph(part.graph)
        self._show_state()
        self.canvas.show_well()
        self._select(self._document.place)

    def _select(self, place: Place) -> None:
        keys = touched(self.scene.graph, place)
        self._emphasise()
        first = next((key for key in self.scene.graph.nodes if key in keys), None)
        if first is not None:
            current = self.scene.current
            if current is None or current.node.key not in keys:
                self.canvas.go_to(first, show=not self._going)
            self.steps.show_node(first)
        self._show_state()

    def _emphasise(self) -> None:
        """Show what is selected, and by which rows the values of the finding travel."""
        document = self._document
        if document is None:
            return
        place, finding = document.place, document.finding
        rows = {(place.flow_id, place.action)} if place.action >= 0 else set()
        if finding is not None:
            rows |= {(step.place.flow_id, step.place.action) for step in finding.path}
        self.scene.choose(touched(self.scene.graph, place), rows)

    def _choose_scope(self, scope: Scope) -> None:
        self._wanted = scope
        self._drawn = None
        if self._document is not None:
            self._follow(self._document.place)

    def _choose(self, what: object) -> None:
        """Go to a node (its key), an edge, or a place in the list of steps."""
        if isinstance(what, str) and what in self.scene.graph.nodes:
            self._go(self.scene.graph.nodes[what].spots)
        elif isinstance(what, Edge):
            self._go(tuple(step.spot for step in what.steps))
        elif isinstance(what, Spot):
            self._go((what,))

    def _go(self, spots: tuple[Spot, ...]) -> None:
        """Go to the first of some places, or to the next one from that which is shown."""
        document = self._document
        if document is None:
            return
        places = [_place(spot) for spot in spots]
        at = places.index(document.place) + 1 if document.place in places else 0
        self._going = True
        document.goTo(places[at % len(places)])
        self._going = False

    def _open(self, what: object) -> None:
        """Show the rows of what was chosen last."""
        if what is not None:
            self._actions["show-flow"].trigger()

    def _show_menu(self, where: QPoint) -> None:
        self._actions.menu(MENU, self).popup(where)

    def _zoom(self, direction: int) -> None:
        if direction:
            self.canvas.zoom_by(ZOOM_STEP**direction)
        else:
            self.canvas.fit()

    def _ask_where_to_save(self) -> None:
        name = self._flow_name() or self.tr("Data flow")
        kinds = {".svg": self.tr("SVG picture"), ".png": self.tr("PNG picture")}
        path = ask_where_to_save(self, self.tr("Save the drawing"), name, kinds)
        if path is not None:
            self.save_picture(path)

    def save_picture(self, path: Path) -> None:
        """Write what is drawn as SVG, or as PNG where the name of the file ends so."""
        title = self.tr("Data flow of {name}").format(name=self._flow_name())
        data = picture(self.scene, title, path.suffix)
        try:
            with saving(path):
                write_file(data, path)
        except SaveError as error:
            if self._document is not None:
                self._document.report(error)

    def _flow_name(self) -> str:
        if self._document is None:
            return ""
        try:
            return self._document.session.flow(self._document.place.flow_id).name
        except EditError:  # the export as a whole
            return ""

    def _show_state(self) -> None:
        """Show the drawing, or say why there is none and what to do."""
        part = self._drawn
        empty = why_empty(self._document, self._graph, part)
        self.message.setText(translate(empty) if empty else "")
        self.pages.setCurrentIndex(1 if empty else 0)
        self.bar.setEnabled(self._graph is not None and bool(self._graph.nodes))
        self.bar.show_state(part.scope if part else None, self.canvas.zoom, drawn=empty is None)
        partial_words = why_partial(part, self._wanted) if part and not empty else None
        self.notice.setText(translate(partial_words) if partial_words else "")
        self.notice.setVisible(partial_words is not None)


def _build(inspection: Inspection, progress: Progress) -> Graph:
    return build_graph(inspection, progress)


def _lay_out_part(graph: Graph, boxes: list[Box], spacing: Spacing, progress: Progress) -> Layout:
    links = [(edge.start, edge.end) for edge in graph.edges]
    return lay_out(boxes, links, spacing, progress)


def _place(spot: Spot) -> Place:
    return Place(spot.flow_id, spot.subflow, spot.action, spot.variable, spot.local_to)
