"""The part of the dialog that shows how an action is written, lets one edit it, and checks it."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from padguard.fixes.template import Template, normalised
from padguard.foundation.errors import EditError
from padguard.ui.appearance import current_theme
from padguard.ui.labels import colour_label
from padguard.ui.template_reading import EXAMPLE, anatomy, example, judge
from padguard.ui.template_words import PREVIEW, anatomy_words
from padguard.ui.words import translate

LINES = 4


class TemplateText(QGroupBox):
    """Shows a template and what it would write; ``edited`` tells that it is another one.

    Attributes:
        entry: What stands there, whether it can be kept or not.
        template: The same if it can be kept, else None.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("How PAD Guard writes it"))
        self.entry = Template("")
        self.template: Template | None = None
        self.status = self._label()
        self.field = self._field()
        self.field.setAccessibleName(self.tr("How the action is written"))
        self.version = QLineEdit(self)
        self.version.setAccessibleName(self.tr("Version of the designer"))
        self.version.setPlaceholderText(self.tr("if you know it"))
        self.parts = self._label()
        self.problem = self._label()
        self.preview = self._field()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName(self.tr("Preview"))
        self._hint = self._label()
        self._preview_title = self._label()
        self._status_line = QHBoxLayout()
        self._lay_out()
        self._tint()
        self.field.textChanged.connect(self._check)
        self.version.textChanged.connect(self._check)
        self._check()

    def show_template(self, template: Template | None) -> None:
        """Show another template, or none."""
        shown = template or Template("")
        with QSignalBlocker(self.field), QSignalBlocker(self.version):
            if self.field.toPlainText() != shown.text:
                self.field.setPlainText(shown.text)
            self.version.setText(shown.product)
        self._check()

    def show_status(self, words: str) -> None:
        """Say where the template is known from."""
        self.status.setText(words)

    def add_to_status(self, widget: QWidget) -> None:
        """Put a widget beside what is said of the template."""
        self._status_line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def show_problem(self, words: str) -> None:
        """Say why the template cannot be kept."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        """Dress in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _field(self) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setTabChangesFocus(True)
        field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        field.setFixedHeight(field.fontMetrics().lineSpacing() * LINES + 16)
        return field

    def _lay_out(self) -> None:
        self._hint.setText(
            self.tr(
                "{credential} stands for the name of what is retrieved, {variable} for the "
                "variable that gets it."
            )
        )
        version = QLabel(self.tr("&Version of the designer:"), self)
        version.setBuddy(self.version)
        line = QHBoxLayout()
        line.addWidget(version)
        line.addWidget(self.version, 1)
        self._status_line.addWidget(self.status, 1)
        self._preview_title.setText(translate(PREVIEW(name=EXAMPLE)))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(self._status_line)
        for widget in (self.field, self._hint):
            column.addWidget(widget)
        column.addLayout(line)
        for widget in (self.parts, self.problem, self._preview_title, self.preview):
            column.addWidget(widget)

    def _check(self) -> None:
        """See whether what stands there can be kept, and what it would write."""
        text = normalised(self.field.toPlainText()).strip()
        self.entry = Template(text, self.version.text().strip())
        self.template, written, parts, problem = None, "", "", ""
        if text:
            try:
                judge(self.entry)
                written = example(self.entry)
            except EditError as error:
                problem = translate(error.message)
            else:
                self.template = self.entry
                parts = anatomy_words(anatomy(self.entry))
        self.parts.setText(parts)
        self.parts.setVisible(bool(parts))
        self.show_problem(problem)
        self.preview.setPlainText(written)
        self.preview.setVisible(bool(written))
        self._preview_title.setVisible(bool(written))
        self.edited.emit()

    def _tint(self) -> None:
        theme = current_theme()
        colour_label(self._hint, theme.muted)
        colour_label(self.problem, theme.medium)
