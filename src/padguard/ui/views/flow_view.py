"""The flow as the designer shows it: subflows, their rows, and the details of what is selected."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from padguard.flow.model import Action, Flow, Subflow, Variable
from padguard.foundation.errors import EditError
from padguard.ui.actions import Actions
from padguard.ui.document import Document, Place
from padguard.ui.marking import candidates
from padguard.ui.slices import Slices
from padguard.ui.views.details_view import DetailsView
from padguard.ui.views.elided_label import ElidedLabel
from padguard.ui.views.find_bar import FindBar
from padguard.ui.views.flow_tree import FlowTree
from padguard.ui.views.row_words import row_text, search_words
from padguard.ui.views.subflow_bar import SubflowBar

DETAILS_SHARE = (3, 2)
BITE = 50
"""Rows looked at between two chances for the window to do something else."""


class FlowView(QWidget):
    """Shows one subflow of the flow that the document's place lies in, and follows the place."""

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Flow"))
        self._document: Document | None = None
        self._slices = Slices(self)
        self._later = QTimer(self, interval=0, singleShot=True)
        self._later.timeout.connect(self._catch_up)
        self._name = ElidedLabel(self)
        self.subflows = SubflowBar(self)
        self.find_bar = FindBar(self.tr("Find an action, a variable or a text in this flow"), self)
        self.tree = FlowTree(actions, self)
        self.details = DetailsView(self)
        self._message = QLabel(self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.subflows.chosen.connect(self._open_subflow)
        self.tree.chosen.connect(self._go)
        self.tree.opened.connect(self._read_details)
        self.details.wanted.connect(self._go)
        self.find_bar.wanted.connect(self._find)
        self.find_bar.closed.connect(self.tree.setFocus)
        self.setFocusProxy(self.tree)
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""
        self._slices.stop()
        if self._document is not None:
            self._document.placeChanged.disconnect(self._follow)
            self._document.modelChanged.disconnect(self._wait)
            self._document.findingsChanged.disconnect(self._wait)
        self._document = document
        self.tree.set_document(document)
        self.details.set_document(document)
        if document is not None:
            document.placeChanged.connect(self._follow)
            document.modelChanged.connect(self._wait)
            document.findingsChanged.connect(self._wait)
            self._wait()
        self._show_state()

    def focusFilter(self) -> None:
        """Open the search for rows."""
        self.find_bar.open()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.details)
        for position, share in enumerate(DETAILS_SHARE):
            splitter.setStretchFactor(position, share)
        splitter.setChildrenCollapsible(False)
        self._message.setWordWrap(True)
        self._message.setMargin(24)
        self._message.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(splitter)
        self._pages.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addWidget(self.subflows)
        column.addWidget(self.find_bar)
        column.addWidget(self._pages, 1)

    def _go(self, place: Place) -> None:
        if self._document is not None:
            self._document.goTo(place)

    def _open_subflow(self, name: str) -> None:
        flow = self.tree.rows.flow
        if flow is not None:
            self._go(Place(flow.id, name))

    def _read_details(self) -> None:
        self.details.setFocus(Qt.FocusReason.OtherFocusReason)

    def _flow(self, place: Place) -> Flow | None:
        if self._document is None:
            return None
        try:
            return self._document.session.flow(place.flow_id)
        except EditError:  # the export as a whole
            return None

    def _wait(self) -> None:
        self._later.start()

    def _catch_up(self) -> None:
        """Show an export just opened, or what a change or an analysis made of the flow.

        The window has shown the rest of it by now: it is not kept waiting for all at once.
        """
        flow = self._flow(self._document.place) if self._document is not None else None
        shown = self.tree.rows
        if self._document is not None and (flow is not shown.flow or shown.is_outdated):
            self._follow(self._document.place)

    def _follow(self, place: Place) -> None:
        flow = self._flow(place)
        if flow is not None:
            subflow = self._subflow(flow, place)
            self._name.show_text(flow.name)
            self.subflows.show_names([found.name for found in flow.subflows], subflow.name)
            self.tree.show_subflow(flow, subflow)
            variable = next(iter(candidates(flow, place)), None) if place.variable else None
            self.tree.look_at(variable)
            self.tree.follow(place.action)
            self._show_details(flow, place, variable)
        self._show_state()

    def _subflow(self, flow: Flow, place: Place) -> Subflow:
        """Return the subflow of a place, else the one that is shown, else the first."""
        shown = self.tree.rows
        names = [place.subflow.casefold()]
        if not place.subflow and 0 <= place.action < len(flow.actions):
            return flow.actions[place.action].subflow
        if shown.flow is not None and shown.subflow is not None and shown.flow.id == flow.id:
            names.append(shown.subflow.name.casefold())
        for name in names:
            for subflow in flow.subflows:
                if subflow.name.casefold() == name:
                    return subflow
        return flow.subflows[0]

    def _show_details(self, flow: Flow, place: Place, variable: Variable | None) -> None:
        if variable is not None:
            self.details.show_variable(flow, variable)
        elif 0 <= place.action < len(flow.actions):
            index = self.tree.rows.index_of(place.action)
            action = self.tree.rows.action(index) if index.isValid() else flow.actions[place.action]
            self.details.show_row(flow, action)
        else:
            self.details.show_nothing()

    def _show_state(self) -> None:
        """Show the rows, or say why there are none."""
        subflow = self.tree.rows.subflow
        if self._document is None:
            words = self.tr("Open an export to read its flows here.")
        elif subflow is None:
            words = self.tr("Choose a flow in the Explorer to read it here.")
        elif not self.tree.rows.tree.rows:
            words = self.tr("This subflow has no rows.")
        else:
            words = ""
        self._message.setText(words)
        self._pages.setCurrentIndex(1 if words else 0)
        self._name.setVisible(subflow is not None)
        self.subflows.setVisible(subflow is not None)

    def _find(self, text: str, backwards: bool) -> None:
        flow = self.tree.rows.flow
        if flow is not None and self._document is not None:
            self.find_bar.remark("")
            self._slices.start(self._search(flow, text.casefold(), backwards=backwards))

    def _search(self, flow: Flow, text: str, *, backwards: bool) -> Iterator[None]:
        """Go to the next row of the flow that a text is found in, from the current one on."""
        for count, action in enumerate(self._from_current(flow, backwards=backwards)):
            found_by = f"{search_words(flow, action)}\n{row_text(flow, action)}"
            if text in found_by.casefold():
                self._go(Place(flow.id, action.subflow.name, action.index))
                return
            if count % BITE == BITE - 1:
                yield
        self.find_bar.remark(self.tr("Not found in this flow"))

    def _from_current(self, flow: Flow, *, backwards: bool) -> list[Action]:
        """Return the rows of a flow behind the current one, then those up to it."""
        rows = [action for action in flow.actions if action.own_row]
        if backwards:
            rows.reverse()
        index = self.tree.currentIndex()
        current = self.tree.rows.action(index) if index.isValid() else None
        start = rows.index(current) + 1 if current in rows else 0
        return rows[start:] + rows[:start]
