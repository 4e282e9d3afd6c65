"""The Components view: what flows need, as a table and as a drawing, and who must get access."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from padguard.exports.atomic import saving, write_file
from padguard.foundation.errors import EditError
from padguard.foundation.messages import Message, mark
from padguard.foundation.progress import Progress
from padguard.governance.components import Component, Use
from padguard.governance.graph import FLOW, Edge
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.document import Analysis, Document, Place
from padguard.ui.icons import icon
from padguard.ui.place import row_of
from padguard.ui.views.access_view import AccessView
from padguard.ui.views.asking import ask_where_to_save
from padguard.ui.views.components_files import components_file, export_name
from padguard.ui.views.components_graph import DependencyGraph
from padguard.ui.views.components_table import ComponentsTable
from padguard.ui.views.components_taken import Taken, take
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.analysis.inspection import Inspection

MENU = ("show-flow", "show-script", None, "back", "forward")

NO_EXPORT = mark("components", "Open an export to see what its flows need.")
STOPPED = mark("components", "The analysis was stopped. Press F5 to see what the flows need.")
WAITING = mark("components", "Components are being looked for. This takes a moment.")
NO_FLOWS = mark(
    "components",
    "There is no desktop flow in this export. In Power Automate, add the desktop flows to the "
    "solution and export it again.",
)


class ComponentsView(QWidget):
    """Table, dependency graph and access checklist of the export, with one selection.

    Out of sight nothing is done; what was missed is caught up with when the view is shown.
    Choosing a component goes to a row that refers to it; a row chosen elsewhere selects its
    component.
    """

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Components"))
        self._actions = actions
        self._document: Document | None = None
        self._read: Inspection | None = None
        self._taken: Taken | None = None
        self._chosen = ""
        self._catch_up_soon = QTimer(self, interval=0, singleShot=True)
        self._catch_up_soon.timeout.connect(self._catch_up)
        self.table = ComponentsTable(actions, self)
        self.graph = DependencyGraph(self)
        self.access = AccessView(self)
        self.tabs = QTabWidget(self)
        self.message = QLabel(self)
        self.pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""
        if self._document is not None:
            self._document.placeChanged.disconnect(self._follow)
            self._document.findingsChanged.disconnect(self._catch_up)
            self._document.analysisChanged.disconnect(self._show_state)
        self._document = document
        self._read = None
        self._chosen = ""
        self.table.clear_filter()
        self._show(None)
        if document is not None:
            document.placeChanged.connect(self._follow)
            document.findingsChanged.connect(self._catch_up)
            document.analysisChanged.connect(self._show_state)
        self._catch_up()

    def focusFilter(self) -> None:
        """Put the keyboard into the filter of the table."""
        self.tabs.setCurrentWidget(self.table)
        self.table.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.table.bar.field.selectAll()

    def show_access(self) -> None:
        """Show the access checklist and give it the keyboard."""
        self.tabs.setCurrentWidget(self.access)
        self.access.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_table(self, path: Path) -> None:
        """Write all components as CSV, or as JSON where the name of the file ends so."""
        document, taken = self._document, self._taken
        if document is None or taken is None:
            return
        export, name = document.session.export, export_name(self._document)

        def work(_: Progress) -> None:
            data = components_file(path.suffix, name, export, taken.inventory)
            with saving(path):
                write_file(data, path)

        title = self.tr("Writing {name}…").format(name=path.name)
        document.jobs.start(title, work, lambda _: None, document.report)

    def save_picture(self, path: Path) -> None:
        """Write the drawing as SVG, or as PNG where the name of the file ends so."""
        document = self._document
        if document is None:
            return
        title = self.tr("Dependencies of {name}").format(name=export_name(self._document))
        encode = self.graph.picture_of(title, path.suffix)

        def work(_: Progress) -> None:
            data = encode()
            with saving(path):
                write_file(data, path)

        words = self.tr("Writing {name}…").format(name=path.name)
        document.jobs.start(words, work, lambda _: None, document.report)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self._catch_up_soon.start()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _lay_out(self) -> None:
        self.message.setWordWrap(True)
        self.message.setMargin(24)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Parts of the components"))
        self.tabs.addTab(self.table, self.tr("Table"))
        self.tabs.addTab(self.graph, self.tr("Dependencies"))
        self.tabs.addTab(self.access, self.tr("Access checklist"))
        self.pages.addWidget(self.tabs)
        self.pages.addWidget(self.message)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self._tint()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn_to)
        self._turn_to(0)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.table.saveWanted.connect(self._ask_where_to_save)
        self.graph.chosen.connect(self._choose_drawn)
        self.graph.opened.connect(self._open)
        self.graph.menuWanted.connect(self._show_menu)
        self.graph.saveWanted.connect(self._ask_where_to_save_picture)
        self.access.componentWanted.connect(self._show_component)
        self.access.flowWanted.connect(self._show_flow)

    def _turn_to(self, part: int) -> None:
        """Have the keyboard given to the part in front whenever the view gets it."""
        front = self.tabs.widget(part)
        if front is not None:
            self.setFocusProxy(front.focusProxy() or front)

    def _catch_up(self) -> None:
        """Take the inventory of what was analysed since, if it is new."""
        document = self._document
        inspection = document.inspection if document is not None else None
        if document is None or inspection is None or not self.isVisible():
            self._show_state()
            return
        if inspection is self._read:
            self._follow(document.place)
            return
        self._read = inspection

        def taken(found: Taken) -> None:
            if self._read is inspection and self._document is document:
                self._show(found)
                self._follow(document.place)

        title = self.tr("Looking for components…")
        document.jobs.start(title, partial(take, inspection), taken, document.report)

    def _show(self, taken: Taken | None) -> None:
        before = self._taken
        if taken is not None and before is not None and taken.inventory == before.inventory:
            return
        self._taken = taken
        self.table.show_inventory(taken.inventory if taken is not None else None)
        self.graph.show_taken(self._document, taken)
        self.access.show_taken(self._document, taken)
        self._show_selection()
        self._show_state()

    def _follow(self, place: Place) -> None:
        """Select the component of a row that was chosen elsewhere, or the flow in the drawing."""
        taken = self._taken
        if taken is None:
            return
        keys = taken.at_row.get((place.flow_id, place.action), ())
        if keys and self._chosen not in keys:
            self._chosen = keys[0]
            self._show_selection()
        elif not keys:
            if place.action >= 0:
                self._chosen = ""
                self._show_selection()
            self.graph.select(frozenset({f"{FLOW}:{place.flow_id}"} & taken.graph.by_key.keys()))

    def _show_selection(self) -> None:
        """Show in all parts which component is selected."""
        self.table.select(self._chosen)
        if self._taken is not None:
            node = self._taken.node_of.get(self._chosen, "")
            self.graph.select(frozenset({node} - {""}))

    def _choose(self, component: Component, use: Use | None) -> None:
        """Go to what was chosen in the table: a component, or a place that refers to it."""
        self._chosen = component.key
        if use is not None:
            self._go((use,))
        elif not self._is_at(component):
            self._go(component.rows[:1])
        self._show_selection()

    def _choose_drawn(self, what: object) -> None:
        """Go to a node (its key) or an edge of the drawing."""
        taken = self._taken
        if taken is None or self._document is None:
            return
        if isinstance(what, Edge):
            self._go(what.uses[: what.count])
            return
        node = taken.graph.by_key.get(str(what))
        if node is None:
            return
        if node.component is not None:
            self._chosen = node.component.key
        if node.kind == FLOW:
            self._document.goTo(Place(node.flow_id))
        elif node.component is not None:
            self._go(node.component.rows)
        self._show_selection()
        self.graph.select(frozenset({node.key}))

    def _is_at(self, component: Component) -> bool:
        """Tell whether the place that is looked at refers to a component."""
        if self._document is None:
            return False
        place = self._document.place
        return any(
            (use.flow_id, use.action) == (place.flow_id, place.action) for use in component.rows
        )

    def _go(self, uses: tuple[Use, ...]) -> None:
        """Go to the first of some places, or to the next one from that which is shown."""
        document = self._document
        places = [place for use in uses if (place := self._place(use)) is not None]
        if document is None or not places:
            return
        at = places.index(document.place) + 1 if document.place in places else 0
        document.goTo(places[at % len(places)])

    def _place(self, use: Use) -> Place | None:
        """Return where a person looks at what refers to a component, as the flows stand now."""
        if self._document is None:
            return None
        try:
            flow = self._document.session.flow(use.flow_id)
        except EditError:  # a cloud flow, or one that is gone
            return None
        if not 0 <= use.action < len(flow.actions):
            return Place(flow.id)
        row = row_of(flow.actions[use.action])
        return Place(flow.id, row.subflow.name, row.index)

    def _open(self) -> None:
        """Give the keyboard to the row that was chosen."""
        self._actions["show-flow"].trigger()

    def _show_menu(self, where: QPoint) -> None:
        menu = self._actions.menu(MENU, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def _show_component(self, key: str) -> None:
        """Show a component of the checklist in the table."""
        self.table.clear_filter()
        self.tabs.setCurrentWidget(self.table)
        self._chosen = key
        self._show_selection()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_flow(self, flow_id: str) -> None:
        """Go to a flow of the checklist."""
        if self._document is not None:
            self._document.goTo(Place(flow_id))
            self._open()

    def _show_state(self) -> None:
        """Show the parts, or say why there is nothing to show and what to do."""
        empty = self._why_empty()
        self.message.setText(translate(empty) if empty else "")
        self.pages.setCurrentIndex(1 if empty else 0)

    def _why_empty(self) -> Message | None:
        document, taken = self._document, self._taken
        if document is None:
            return NO_EXPORT
        if taken is None:
            return STOPPED if document.analysis is Analysis.STOPPED else WAITING
        return None if taken.inventory.flows or taken.inventory.components else NO_FLOWS

    def _ask_where_to_save(self) -> None:
        kinds = {".csv": self.tr("Table"), ".json": self.tr("JSON")}
        name = self.tr("{export} - components").format(
            export=Path(export_name(self._document)).stem
        )
        path = ask_where_to_save(self, self.tr("Save the table"), name, kinds)
        if path is not None:
            self.save_table(path)

    def _ask_where_to_save_picture(self) -> None:
        kinds = {".svg": self.tr("SVG picture"), ".png": self.tr("PNG picture")}
        name = self.tr("{export} - dependencies").format(
            export=Path(export_name(self._document)).stem
        )
        path = ask_where_to_save(self, self.tr("Save the drawing"), name, kinds)
        if path is not None:
            self.save_picture(path)

    def _tint(self) -> None:
        theme = current_theme()
        for tab, name in enumerate(("components", "dataflow", "access")):
            self.tabs.setTabIcon(tab, icon(name, theme))
