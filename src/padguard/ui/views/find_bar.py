"""The bar in which one types what to find in a view."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon


class FindBar(QWidget):
    """Asks for a text through ``wanted``; hidden until `open`, and again after Escape.

    ``wanted`` says what to find, and whether to look backwards. ``closed`` tells that the person is
    done: the view takes the keyboard back.
    """

    wanted = Signal(str, bool)
    closed = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._clear_remark)
        self.field.returnPressed.connect(self.find_next)
        self._remark = QLabel(self)
        self._buttons = {
            "previous": self._button(self.tr("Find the previous one (Shift+Enter)")),
            "next": self._button(self.tr("Find the next one (Enter)")),
            "close": self._button(self.tr("Close the search (Esc)")),
        }
        self._buttons["previous"].setArrowType(Qt.ArrowType.UpArrow)
        self._buttons["next"].setArrowType(Qt.ArrowType.DownArrow)
        self._buttons["previous"].clicked.connect(self.find_previous)
        self._buttons["next"].clicked.connect(self.find_next)
        self._buttons["close"].clicked.connect(self._leave)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(4)
        line.addWidget(self.field, 1)
        line.addWidget(self._remark)
        for button in self._buttons.values():
            line.addWidget(button)
        self._tint()
        self.hide()

    def open(self) -> None:
        """Show the bar and give it the keyboard."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def remark(self, words: str) -> None:
        """Say beside the field what came of the search."""
        self._remark.setText(words)

    def find_next(self) -> None:
        """Ask for the next one."""
        self._want(backwards=False)

    def find_previous(self) -> None:
        """Ask for the one before."""
        self._want(backwards=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - only one
        """Answer Shift+Enter and Escape in the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return True
        if shift and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.find_previous()
            return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _button(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _want(self, *, backwards: bool) -> None:
        text = self.field.text().strip()
        if text:
            self.wanted.emit(text, backwards)

    def _clear_remark(self) -> None:
        self.remark("")

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()

    def _tint(self) -> None:
        theme = current_theme()
        self._buttons["close"].setIcon(icon("close", theme))
