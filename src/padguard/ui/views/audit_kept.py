"""The questionnaire with the buttons that say where its answers are kept."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.views.audit_questions import QuestionsForm
from padguard.ui.views.wrap_layout import WrapLayout


class QuestionsPart(QWidget):
    """The questions, and where their answers are kept."""

    openWanted = Signal()  # noqa: N815 - a signal of Qt
    keepWanted = Signal()  # noqa: N815 - a signal of Qt
    besideWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = QuestionsForm(self)
        self.open = QPushButton(self.tr("&Open answers…"), self)
        self.keep = QPushButton(self.tr("&Keep answers…"), self)
        self.beside = QPushButton(self.tr("Keep &beside the export"), self)
        self.kept = QLabel(self)
        self.kept.setWordWrap(True)
        self.kept.setTextFormat(Qt.TextFormat.PlainText)
        self.kept.setContentsMargins(8, 0, 8, 4)
        buttons = QWidget(self)
        row = WrapLayout(buttons, gap=8)
        row.setContentsMargins(8, 4, 8, 4)
        for button in (self.open, self.keep, self.beside):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(buttons)
        column.addWidget(self.kept)
        self.setFocusProxy(self.form)
        self.open.clicked.connect(self.openWanted)
        self.keep.clicked.connect(self.keepWanted)
        self.beside.clicked.connect(self.besideWanted)
        self._tint()

    def show_kept(self, path: Path | None, *, can_be_beside: bool) -> None:
        """Say where answers are kept."""
        words = self.tr(
            "Answers are kept nowhere yet, and closing the export forgets them. Choose a file."
        )
        if path is not None:
            words = self.tr("Answers are kept in {path}.").format(path=path)
        self.kept.setText(words)
        self.beside.setVisible(can_be_beside and path is None)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        theme = current_theme()
        self.open.setIcon(icon("open", theme))
        for button in (self.keep, self.beside):
            button.setIcon(icon("save", theme))
