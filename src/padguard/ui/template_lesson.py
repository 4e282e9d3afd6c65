"""The part of the dialog that takes a row from the designer and says what was recognised."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from padguard.fixes.template import Retrieval
from padguard.ui.appearance import current_theme
from padguard.ui.labels import colour_label
from padguard.ui.template_reading import Reading
from padguard.ui.template_words import LESSONS, RECOGNISED
from padguard.ui.words import translate


class TemplateLesson(QGroupBox):
    """Says how to show PAD Guard an action, and what became of it.

    ``inputChosen`` says which input holds the name, where several could.
    """

    inputChosen = Signal(str)  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_warning = False
        self.setTitle(self.tr("Show PAD Guard how it is written"))
        self.intro = QLabel(self)
        self.outcome = QLabel(self)
        self.paste = QPushButton(self.tr("&Paste the copied row"), self)
        self.paste.setToolTip(self.tr("Reads the row that you copied in the designer (Ctrl+V)"))
        self.inputs = QComboBox(self)
        self.inputs.setAccessibleName(self.tr("Input that holds the name"))
        self.inputs.activated.connect(self._choose)
        self._which = QLabel(self.tr("The &name stands in the input:"), self)
        self._which.setBuddy(self.inputs)
        self._choice = QWidget(self)
        line = QHBoxLayout(self._choice)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._which)
        line.addWidget(self.inputs)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.intro)
        column.addWidget(self.paste, 0, Qt.AlignmentFlag.AlignLeft)
        for label in (self.intro, self.outcome):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        column.addWidget(self.outcome)
        column.addWidget(self._choice)

    def ask(self, retrieval: Retrieval) -> None:
        """Ask for the row of an action."""
        self.intro.setText(translate(LESSONS[retrieval]))
        self.say("")
        self._choice.hide()

    def show_reading(self, reading: Reading, input_name: str) -> None:
        """Say what was recognised, or why nothing was; ask which input holds the name."""
        if reading.reason is not None:
            self.say(translate(reading.reason), warning=True)
        else:
            self.say(translate(RECOGNISED))
        self.inputs.clear()
        self.inputs.addItems(list(reading.inputs))
        self.inputs.setCurrentText(input_name)
        if not input_name:
            self.inputs.setCurrentIndex(-1)
        self._choice.setVisible(bool(reading.inputs))

    def say(self, words: str, *, warning: bool = False) -> None:
        """Say what became of the row."""
        self._is_warning = warning
        self.outcome.setText(words)
        self.outcome.setVisible(bool(words))
        self._tint()
        if words and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def changeEvent(self, event: QEvent) -> None:
        """Dress in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        theme = current_theme()
        colour_label(self.outcome, theme.medium if self._is_warning else theme.marked)

    def _choose(self) -> None:
        self.inputChosen.emit(self.inputs.currentText())
