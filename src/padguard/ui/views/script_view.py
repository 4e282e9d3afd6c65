"""The flow as Robin text: read-only, coloured, in step with the row that is selected."""

from bisect import bisect_left

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from padguard.flow.model import Flow, Variable
from padguard.flow.occurrences import occurrences
from padguard.foundation.errors import EditError
from padguard.robin.tree import Kind
from padguard.ui.actions import Actions
from padguard.ui.document import Document, Place
from padguard.ui.marking import candidates
from padguard.ui.place import row_of
from padguard.ui.views.find_bar import FindBar
from padguard.ui.views.mark_menu import MarkKey
from padguard.ui.views.row_commands import RowCommands
from padguard.ui.views.script_text import ScriptText


class ScriptView(QWidget):
    """Shows the script of the flow that the document's place lies in, and follows the place.

    Out of sight nothing is done; the place is caught up with when the view is shown.
    """

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Script"))
        self._actions = actions
        self._document: Document | None = None
        self._following = False
        self._later = QTimer(self, interval=0, singleShot=True)
        self._later.timeout.connect(self._follow)
        self.text = ScriptText(self)
        self.find_bar = FindBar(self.tr("Find in this script"), self)
        self._commands = RowCommands(self.text)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.find_bar.wanted.connect(self._find)
        self.find_bar.closed.connect(self.text.setFocus)
        self.text.filled.connect(self._follow)
        self.text.cursorPositionChanged.connect(self._go_to_cursor)
        self.text.customContextMenuRequested.connect(self._show_menu)
        MarkKey(actions, self.text, self._variables_here, self._get_document, bulk=False)
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""
        if self._document is not None:
            self._document.placeChanged.disconnect(self._follow)
            self._document.modelChanged.disconnect(self._wait)
            self._document.findingsChanged.disconnect(self._wait)
            self._document.findingsChanged.disconnect(self._show_findings)
        self._document = document
        self._show_flow(None)
        if document is not None:
            document.placeChanged.connect(self._follow)
            document.modelChanged.connect(self._wait)
            document.findingsChanged.connect(self._wait)
            document.findingsChanged.connect(self._show_findings)
            self._show_findings()
            self._follow()

    def focusFilter(self) -> None:
        """Open the search."""
        self.find_bar.open()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the place, once the view has its size."""
        super().showEvent(event)
        self._wait()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the script for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.text.tint()

    def _lay_out(self) -> None:
        message = QLabel(self.tr("Choose a flow in the Explorer to read its script."), self)
        message.setWordWrap(True)
        message.setMargin(24)
        message.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.text)
        self._pages.addWidget(message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self._pages, 1)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFocusProxy(self.text)

    def _wait(self) -> None:
        """Have the place shown anew when the window has come to rest."""
        self._later.start()

    def _show_findings(self) -> None:
        if self._document is not None:
            self.text.set_findings(self._document.index)

    def _get_document(self) -> Document | None:
        return self._document

    def _variables_here(self) -> list[tuple[Flow, Variable]]:
        flow = self.text.flow
        if flow is None or self._document is None:
            return []
        return [(flow, variable) for variable in candidates(flow, self._document.place)]

    def _show_flow(self, flow: Flow | None) -> None:
        self._following = True
        self._pages.setCurrentIndex(1 if flow is None else 0)
        self.text.show_flow(flow)
        self._following = False

    def _follow(self) -> None:
        """Show what the place of the document points at."""
        document = self._document
        if document is None or not self.isVisible():
            return
        try:
            flow = document.session.flow(document.place.flow_id)
        except EditError:  # the export as a whole
            return
        if flow is not self.text.flow or self.text.is_outdated:
            self._show_flow(flow)
        if self.text.is_filled:
            self._following = True
            self._show_place(flow, document.place)
            self._following = False

    def _show_place(self, flow: Flow, place: Place) -> None:
        variable = next(iter(candidates(flow, place)), None) if place.variable else None
        spans = _spans(flow, variable) if variable is not None else []
        if 0 <= place.action < len(flow.actions):
            self.text.show_row(row_of(flow.actions[place.action]), spans)
        elif variable is not None:
            self.text.show_spans(spans)
        else:
            subflow = next((found for found in flow.subflows if found.name == place.subflow), None)
            if subflow is not None and subflow.function is not None:
                self.text.show_statement(subflow.function)
            else:
                self.text.lift(None)

    def _go_to_cursor(self) -> None:
        """Go to the row, the variable or the subflow that a person put the cursor into."""
        flow, document = self.text.flow, self._document
        if self._following or flow is None or document is None or not self.text.is_filled:
            return
        place = _place_of(flow, self.text.statement_at_cursor())
        if place is not None:
            document.goTo(place)

    def _show_menu(self, where: QPoint) -> None:
        document, flow = self._document, self.text.flow
        if document is None or flow is None:
            return
        action = document.place.action
        if not 0 <= action < len(flow.actions):
            return
        row = row_of(flow.actions[action])
        menu = self._commands.menu(document, flow, row, [row])
        menu.addAction(self._actions["show-flow"])
        menu.popup(self.text.viewport().mapToGlobal(where))

    def _find(self, text: str, backwards: bool) -> None:
        flag = QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0)
        found = self.text.find(text, flag)
        if not found:
            start = QTextCursor(self.text.document())
            if backwards:
                start.movePosition(QTextCursor.MoveOperation.End)
            again = self.text.document().find(text, start, flag)
            found = not again.isNull()
            if found:
                self.text.setTextCursor(again)
        self.find_bar.remark("" if found else self.tr("Not found"))


def _spans(flow: Flow, variable: Variable) -> list[tuple[int, int]]:
    """Return where a variable is declared and used."""
    spans = [(found.start, found.end) for found in occurrences(flow, variable)]
    header = flow.script.header
    for declaration in (*header.inputs, *header.outputs) if variable.local_to is None else ():
        if declaration.name.casefold() == variable.name.casefold():
            statement = flow.script.statements[declaration.statement]
            start = statement.start + flow.script.source(statement).index(declaration.name)
            spans.insert(0, (start, start + len(declaration.name)))
    return spans


def _place_of(flow: Flow, index: int) -> Place | None:
    """Return the place of a statement, by its index; None where it is none."""
    if index < 0:
        return None
    statement = flow.script.statements[index]
    position = bisect_left(flow.actions, index, key=lambda action: action.statement_index)
    if position < len(flow.actions) and flow.actions[position].statement is statement:
        row = row_of(flow.actions[position])
        return Place(flow.id, row.subflow.name, row.index)
    if statement.kind is Kind.FUNCTION:
        subflow = next((found for found in flow.subflows if found.function is statement), None)
        return Place(flow.id, subflow.name) if subflow else None
    for declaration in (*flow.script.header.inputs, *flow.script.header.outputs):
        if declaration.statement == index:
            return Place(flow.id, variable=declaration.name)
    return None
