"""A read-only page of Robin text with line numbers."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from padguard.ui.appearance import current_theme

MARGIN = 8
BAR = 3
KEEP_ANCHOR = QTextCursor.MoveMode.KeepAnchor
FEWEST_DIGITS = 3


def counted_from_1(line: int) -> int:
    """Return the number of a line, counted from 1, where lines are shown as they are."""
    return line + 1


class ScriptEdit(QPlainTextEdit):
    """Shows text that others fill in; colours lines as they come into sight.

    Attributes:
        colour: Colours a line that is about to be drawn, or None.
        number_of: Gives the number that stands beside a shown line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour: Callable[[QTextBlock], None] | None = None
        self.number_of: Callable[[int], int] = counted_from_1
        self._lines: tuple[int, int] | None = None
        self._stretches: Sequence[QTextCursor] = ()
        self._gutter = _Gutter(self)
        self.setAccessibleName(self.tr("Script"))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.setFont(font)
        self.blockCountChanged.connect(self._fit_gutter)
        self.updateRequest.connect(self._scroll_gutter)
        self._fit_gutter()

    def lift(self, lines: tuple[int, int] | None, stretches: Sequence[QTextCursor] = ()) -> None:
        """Lift out what a person looks at: shown lines, the last one included, and stretches."""
        self._lines = lines
        self._stretches = stretches
        self._show_lifted()
        self._gutter.update()

    def reveal(self, there: QTextCursor) -> None:
        """Put the cursor to the start of what ``there`` selects, with its neighbours in sight."""
        cursor = QTextCursor(there.block())
        cursor.setPosition(there.selectionStart())
        place = self.blockBoundingGeometry(there.block()).translated(self.contentOffset())
        in_sight = place.top() >= 0 and place.bottom() <= self.viewport().height()
        self.setTextCursor(cursor)
        if not in_sight:
            self.centerCursor()
        self.horizontalScrollBar().setValue(0)  # lines are read from their start where possible
        if self.cursorRect().right() > self.viewport().width():
            self.ensureCursorVisible()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Colour what is about to be drawn, and draw it."""
        if self.colour is not None:
            bottom = self.viewport().height()
            block = self.firstVisibleBlock()
            top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
            while block.isValid() and top < bottom:
                self.colour(block)
                top += self.blockBoundingRect(block).height()
                block = block.next()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line numbers as high as the text."""
        super().resizeEvent(event)
        area = self.contentsRect()
        self._gutter.setGeometry(QRect(area.left(), area.top(), self.gutter_width(), area.height()))

    def changeEvent(self, event: QEvent) -> None:
        """Take over another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_lifted()

    def gutter_width(self) -> int:
        """Return how wide the line numbers are."""
        digits = max(FEWEST_DIGITS, len(str(self.number_of(self.blockCount() - 1))))
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * MARGIN

    def paint_gutter(self, event: QPaintEvent) -> None:
        """Draw the line numbers."""
        theme = current_theme()
        painter = QPainter(self._gutter)
        painter.fillRect(event.rect(), QColor(theme.window))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        width = self._gutter.width()
        first, last = self._lines or (-1, -1)
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            lifted = first <= block.blockNumber() <= last
            colour = QColor(theme.accent if lifted else theme.muted)
            if lifted:
                painter.fillRect(QRectF(width - BAR, top, BAR, height), colour)
            painter.setPen(colour)
            place = QRectF(0, top, width - MARGIN, height)
            number = str(self.number_of(block.blockNumber()))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight), number)
            top += height
            block = block.next()
        painter.end()

    def _show_lifted(self) -> None:
        theme = current_theme()
        selections = []
        if self._lines is not None:
            cursor = QTextCursor(self.document().findBlockByNumber(self._lines[0]))
            end = self.document().findBlockByNumber(self._lines[1])
            cursor.setPosition(end.position() + max(0, end.length() - 1), KEEP_ANCHOR)
            found = QTextCharFormat()
            found.setBackground(QColor(theme.alternate))
            found.setProperty(QTextFormat.Property.FullWidthSelection, True)  # noqa: FBT003 - Qt's own
            selections.append(_selection(cursor, found))
        for stretch in self._stretches:
            found = QTextCharFormat()
            found.setFontUnderline(True)
            found.setUnderlineColor(QColor(theme.accent))
            found.setBackground(QColor(theme.alternate))
            selections.append(_selection(stretch, found))
        self.setExtraSelections(selections)

    def _fit_gutter(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)

    def _scroll_gutter(self, place: QRect, distance: int) -> None:
        if distance:
            self._gutter.scroll(0, distance)
        else:
            self._gutter.update(0, place.y(), self._gutter.width(), place.height())


def _selection(cursor: QTextCursor, found: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    # Qt's own names of these fields are not in the type stubs.
    fields: Any = selection
    fields.cursor, fields.format = cursor, found
    return selection


class _Gutter(QWidget):
    """The place of the line numbers; the text draws them."""

    def __init__(self, text: ScriptEdit) -> None:
        super().__init__(text)
        self._text = text

    def paintEvent(self, event: QPaintEvent) -> None:
        """Have the line numbers drawn."""
        self._text.paint_gutter(event)
