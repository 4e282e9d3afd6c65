"""The script of one flow on the screen, and which of its characters are shown where."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from padguard.flow.masking import action_spans, masked_spans
from padguard.flow.model import Action, Flow
from padguard.robin.tree import Statement
from padguard.ui.appearance import current_theme
from padguard.ui.views.highlighter import Highlighter
from padguard.ui.views.projection import Projection, Span
from padguard.ui.views.rows import settings_of
from padguard.ui.views.script_edit import KEEP_ANCHOR, ScriptEdit
from padguard.ui.views.slices import Slices

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
        self._projection = Projection()
        self._slices = Slices(self)
        self._slices.finished.connect(self.filled)

    @property
    def is_filled(self) -> bool:
        """Whether all of the script is there."""
        return not self._slices.busy

    def show_flow(self, flow: Flow | None) -> None:
        """Show the script of another flow, or none; of the same flow scrolled as before."""
        same = flow is not None and self.flow is not None and flow.id == self.flow.id
        scrolled = self.verticalScrollBar().value() if same else 0
        self.flow = flow
        if flow is None:
            self._slices.stop()
            self.clear()
        else:
            self._slices.start(self._fill(flow, scrolled))

    def clear(self) -> None:
        """Show nothing."""
        self.colour = None
        self.lift(None)
        self._projection = Projection()
        super().clear()

    def tint(self) -> None:
        """Colour the script anew, for the theme of now."""
        if self.flow is not None and self._projection.text:
            highlighter = Highlighter(self.flow, self._projection, current_theme())
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

    def show_row(self, action: Action) -> None:
        """Lift out the row of an action, with its error handlers."""
        last = settings_of(action)[-1:] or [action]
        self._show_statements(action.statement, last[0].statement)

    def show_statement(self, statement: Statement) -> None:
        """Lift out a statement that is no row."""
        self._show_statements(statement, statement)

    def show_spans(self, spans: Iterable[Span]) -> None:
        """Lift out some stretches, and bring the first into sight unless one is."""
        cursors = [self._cursor(span) for span in spans]
        self.lift(None, cursors)
        if cursors and not any(map(self._in_sight, cursors)):
            self.reveal(cursors[0])

    def _show_statements(self, first: Statement, last: Statement) -> None:
        start = self._line(first.start)
        end = max(start, self._line(last.end - 1))
        self.lift((start, end))
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
    spans = set(masked_spans(replace(flow, actions=[])))  # those of the header
    for count, action in enumerate(flow.actions):
        spans.update(action_spans(flow, action))
        if count % BITE == BITE - 1:
            yield
    found += sorted(spans)
