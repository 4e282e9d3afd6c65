"""The script of one flow on the screen, and which of its characters are shown where."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QToolTip, QWidget

from padguard.flow.masking import action_spans, header_spans, merged
from padguard.flow.model import Action, Flow
from padguard.robin.tree import Statement
from padguard.rules.finding import Finding
from padguard.ui.appearance import current_theme
from padguard.ui.finding_index import FindingIndex
from padguard.ui.slices import Slices
from padguard.ui.views.finding_words import finding_line
from padguard.ui.views.highlighter import Highlighter
from padguard.ui.views.projection import Projection, Span
from padguard.ui.views.rows import settings_of
from padguard.ui.views.script_edit import KEEP_ANCHOR, ScriptEdit
from padguard.ui.views.states import State, state_of
from padguard.ui.views.tips import plain_tip

LINES_AT_ONCE = 1_000
BITE = 200
"""Actions looked at between two chances for the window to do something else."""


class ScriptText(ScriptEdit):
    """Shows the script of a flow as a `Projection`; nothing is ever read back from it.

    Long scripts are filled in slices; ``filled`` tells when all of it is there. Offsets count
    characters of the script.
    """

    filled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow: Flow | None = None
        self._state: State | None = None
        self._index = FindingIndex()
        self._projection = Projection()
        self._slices = Slices(self)
        self._slices.finished.connect(self.filled)

    @property
    def is_filled(self) -> bool:
        """Whether all of the script is there."""
        return not self._slices.busy

    @property
    def is_outdated(self) -> bool:
        """Whether an analysis found out more about the flow since it was shown."""
        return self.flow is not None and state_of(self.flow) != self._state

    def show_flow(self, flow: Flow | None) -> None:
        """Show the script of another flow, or none; of the same flow scrolled as before."""
        same = flow is not None and self.flow is not None and flow.id == self.flow.id
        scrolled = self.verticalScrollBar().value() if same else 0
        self.flow = flow
        self._state = state_of(flow) if flow else None
        if flow is None:
            self._slices.stop()
            self.clear()
        else:
            self._slices.start(self._fill(flow, scrolled))

    def set_findings(self, index: FindingIndex) -> None:
        """Underline what was found."""
        flow_id = self.flow.id if self.flow is not None else ""
        changed = index.of_flow(flow_id) != self._index.of_flow(flow_id)
        self._index = index
        if changed and self.is_filled:
            self.tint()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what was found in the statement under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = "\n".join(map(finding_line, self._findings_at(event.pos())))
            QToolTip.showText(event.globalPos(), plain_tip(words), self.viewport())
            return True
        return super().viewportEvent(event)

    def _findings_at(self, where: QPoint) -> list[Finding]:
        """Return the findings whose place is at a point of the viewport."""
        if self.flow is None or not self.is_filled:
            return []
        cursor = self.cursorForPosition(where)
        if not self.cursorRect(cursor).adjusted(-20, 0, 20, 0).contains(where):
            return []  # beside the text
        shown = self._projection.offset(cursor.blockNumber(), cursor.positionInBlock())
        offset = self._projection.to_script(shown)
        return [
            found
            for found in self._index.of_flow(self.flow.id)
            if found.place.where is None and found.place.start <= offset < found.place.end
        ]

    def clear(self) -> None:
        """Show nothing."""
        self.colour = None
        self.lift(None)
        self._projection = Projection()
        super().clear()

    def tint(self) -> None:
        """Colour the script anew, for the theme of now."""
        if self.flow is not None and self._projection.text:
            found = self._index.of_flow(self.flow.id)
            highlighter = Highlighter(self.flow, self._projection, current_theme(), found)
            self.colour = highlighter.colour
            self.viewport().update()

    def statement_at_cursor(self) -> int:
        """Return the index of the statement that the cursor stands in, or -1."""
        if self.flow is None or not self.flow.script.statements:
            return -1
        cursor = self.textCursor()
        shown = self._projection.offset(cursor.blockNumber(), cursor.positionInBlock())
        offset = self._projection.to_script(shown)
        statements = self.flow.script.statements
        return bisect_right(statements, offset, key=lambda statement: statement.start) - 1

    def show_row(self, action: Action, spans: Iterable[Span] = ()) -> None:
        """Lift out the row of an action with its error handlers, and some stretches anywhere."""
        last = settings_of(action)[-1:] or [action]
        self._show_statements(action.statement, last[0].statement, spans)

    def show_statement(self, statement: Statement) -> None:
        """Lift out a statement that is no row."""
        self._show_statements(statement, statement)

    def show_spans(self, spans: Iterable[Span]) -> None:
        """Lift out some stretches, and bring the first into sight unless one is."""
        cursors = [self._cursor(span) for span in spans]
        self.lift(None, cursors)
        if cursors and not any(map(self._in_sight, cursors)):
            self.reveal(cursors[0])

    def _show_statements(
        self, first: Statement, last: Statement, spans: Iterable[Span] = ()
    ) -> None:
        start = self._line(first.start)
        end = max(start, self._line(last.end - 1))
        self.lift((start, end), [self._cursor(span) for span in spans])
        if not start <= self.textCursor().blockNumber() <= end:
            self.reveal(QTextCursor(self.document().findBlockByNumber(start)))

    def _line(self, offset: int) -> int:
        return self._projection.line_column(self._projection.to_shown(offset))[0]

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.document())
        for offset, mode in zip(span, (QTextCursor.MoveMode.MoveAnchor, KEEP_ANCHOR), strict=True):
            line, column = self._projection.line_column(self._projection.to_shown(offset))
            block = self.document().findBlockByNumber(line)
            cursor.setPosition(block.position() + column, mode)
        return cursor

    def _in_sight(self, cursor: QTextCursor) -> bool:
        return self.viewport().rect().contains(self.cursorRect(cursor))

    def _number(self, line: int) -> int:
        """Return the number of the script's line that a shown line starts in."""
        if self.flow is None or line >= self._projection.lines:
            return line + 1
        offset = self._projection.to_script(self._projection.line_start(line))
        return self.flow.script.line_column(offset)[0]

    def _fill(self, flow: Flow, scrolled: int) -> Iterator[None]:
        projection = Projection()
        spans: list[Span] = []
        yield from _masked(flow, spans)
        cut = self.tr(" … (the rest of this line is not shown)")
        yield from projection.build(flow.script.text, spans, cut)
        self.clear()
        self._projection = projection
        self.tint()
        cursor = QTextCursor(self.document())
        start, line = 0, 0
        while start < len(projection.text):
            line += LINES_AT_ONCE
            end = projection.line_start(line) if line < projection.lines else len(projection.text)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(projection.text[start:end])
            start = end
            yield
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(scrolled)


def _masked(flow: Flow, found: list[Span]) -> Iterator[None]:
    """Find the spans to be shown masked, pausing now and then."""
    spans = header_spans(flow)
    for count, action in enumerate(flow.actions):
        spans += action_spans(flow, action)
        if count % BITE == BITE - 1:
            yield
    found += merged(spans)
