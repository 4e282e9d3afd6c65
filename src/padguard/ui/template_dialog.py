"""The dialog that learns how the designer writes the actions that retrieve secrets."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from padguard.fixes.template import Retrieval, Template, Templates
from padguard.foundation.messages import Message
from padguard.foundation.progress import Progress
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.template_lesson import TemplateLesson
from padguard.ui.template_reading import Reading, read
from padguard.ui.template_shelf import TemplateShelf
from padguard.ui.template_text import TemplateText
from padguard.ui.template_words import NOT_KEPT, status_words
from padguard.ui.words import translate

SIZE = QSize(620, 680)


class TemplateDialog(QDialog):
    """Learns from a pasted row, shows and edits what is kept; stays while one goes on working.

    Rows that are pasted are never shown, as others than the wanted one may hold secrets.
    """

    def __init__(
        self, shelf: TemplateShelf, shown: Templates | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._shown = shown or Templates()
        self._retrieval = Retrieval.CREDENTIAL
        self._pasted = ""
        self.setWindowTitle(self.tr("Teach Get credential"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        self.switch = {
            Retrieval.CREDENTIAL: QRadioButton(self.tr("&Get credential"), self),
            Retrieval.ENVIRONMENT: QRadioButton(self.tr("&Retrieve environment variable"), self),
        }
        self.lesson = TemplateLesson(self)
        self.text = TemplateText(self)
        self.adopt = QPushButton(self.tr("Keep for &other exports"), self)
        self.keep = QPushButton(self.tr("&Keep"), self)
        self.forget = QPushButton(self.tr("&Forget"), self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        self._lay_out()
        self._connect()
        self.switch[Retrieval.CREDENTIAL].setChecked(True)
        self._start_over()
        self._tint()
        self.lesson.paste.setFocus()

    def show_shown(self, shown: Templates | None) -> None:
        """Take over what another export shows itself."""
        untouched = not self._is_touched
        self._shown = shown or Templates()
        if untouched:
            self._fill()
        self._show_state()

    def reject(self) -> None:
        """Close, after asking what is to become of a template that was not kept."""
        if self._is_touched and self.text.template is not None:
            self._ask_about_changes()
        else:
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    @property
    def _kept(self) -> Template | None:
        return (self._shelf.templates or Templates()).of(self._retrieval)

    @property
    def _is_touched(self) -> bool:
        """Whether the text is another one than what is kept or shown."""
        return self.text.entry not in (
            self._kept,
            self._shown.of(self._retrieval) or Template(""),
            Template(""),
        )

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        line = QHBoxLayout()
        for button in self.switch.values():
            group.addButton(button)
            line.addWidget(button)
        line.addStretch(1)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.lesson)
        column.addWidget(self.text)
        column.addStretch(1)
        self.text.add_to_status(self.adopt)
        area = QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.windowTitle())
        role = QDialogButtonBox.ButtonRole
        self._buttons.addButton(self.keep, role.ApplyRole)
        self._buttons.addButton(self.forget, role.DestructiveRole)
        whole = QVBoxLayout(self)
        whole.addWidget(area, 1)
        whole.addWidget(self._buttons)
        for pressed in self.findChildren(QPushButton):
            pressed.setAutoDefault(False)  # Enter in a field shall do nothing

    def _connect(self) -> None:
        for button in self.switch.values():
            button.clicked.connect(self._start_over)
        self.lesson.paste.clicked.connect(self._paste)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.activated.connect(self._paste)
        self.lesson.inputChosen.connect(self._read)
        self.text.edited.connect(self._show_state)
        self.adopt.clicked.connect(self._adopt)
        self.keep.clicked.connect(self._keep)
        self.forget.clicked.connect(partial(self._save, None))
        self._buttons.rejected.connect(self.reject)
        self._shelf.changed.connect(self._take_over)
        self._shelf.failed.connect(self._say_failed)

    def _start_over(self) -> None:
        """Show what is known of the action that is chosen."""
        checked = (one for one, button in self.switch.items() if button.isChecked())
        self._retrieval = next(checked)
        self._pasted = ""
        self.lesson.ask(self._retrieval)
        self._fill()
        self._show_state()

    def _fill(self) -> None:
        self.text.show_template(self._kept or self._shown.of(self._retrieval))

    def _take_over(self) -> None:
        """Show what is kept now; what a person is working on stays."""
        if not self._is_touched:
            self._fill()
        self._show_state()

    def _show_state(self) -> None:
        kept, shown = self._kept, self._shown.of(self._retrieval)
        trouble = self._shelf.trouble
        words = translate(trouble) if trouble is not None else status_words(kept, shown)
        if self._is_touched and self.text.template is not None and trouble is None:
            words = translate(NOT_KEPT)
        self.text.show_status(words)
        self.adopt.setVisible(shown is not None and shown != kept)
        entry = self.text.template
        self.keep.setEnabled(entry is not None and entry != kept)
        self.forget.setEnabled(kept is not None)

    def _paste(self) -> None:
        self._pasted = QGuiApplication.clipboard().text()
        if self._pasted.strip():
            self._read("")
        else:
            words = self.tr("The clipboard holds no text. Copy the row in the designer first.")
            self.lesson.say(words, warning=True)

    def _read(self, input_name: str) -> None:
        """Learn from what was pasted; a person may have said which input holds the name."""
        pasted, retrieval = self._pasted, self._retrieval

        def work(_: Progress) -> Reading:
            return read(pasted, retrieval, input_name)

        def done(reading: Reading) -> None:
            if (pasted, retrieval) == (self._pasted, self._retrieval):
                self._learn(reading, input_name)

        title = self.tr("Reading the row…")
        self._shelf.jobs.start(title, work, done, self._shelf.report)

    def _learn(self, reading: Reading, input_name: str) -> None:
        self.lesson.show_reading(reading, input_name)
        if reading.template is not None:
            kept = self._kept
            same = kept is not None and kept.text == reading.template.text
            self.text.show_template(kept if same else reading.template)
            self._show_state()

    def _adopt(self) -> None:
        shown = self._shown.of(self._retrieval)
        if shown is not None:
            self.text.show_template(shown)
            self._save(shown)

    def _keep(self) -> None:
        if self.text.template is not None:
            self._save(self.text.template)

    def _save(self, template: Template | None) -> None:
        if template is None:
            self.text.show_template(self._shown.of(self._retrieval))
        self.lesson.say("")
        self._shelf.keep(self._retrieval, template)

    def _say_failed(self, reason: Message) -> None:
        self.text.show_problem(translate(reason))

    def _ask_about_changes(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.windowTitle())
        box.setText(self.tr("Keep how the action is written?"))
        box.setInformativeText(self.tr("Otherwise what you changed here is lost."))
        role = QMessageBox.ButtonRole
        keep = box.addButton(self.tr("Keep"), role.AcceptRole)
        drop = box.addButton(self.tr("Do not keep"), role.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        keep.clicked.connect(self._keep_and_close)
        drop.clicked.connect(super().reject)
        box.open()

    def _keep_and_close(self) -> None:
        self._keep()
        super().reject()

    def _tint(self) -> None:
        theme = current_theme()
        self.lesson.paste.setIcon(icon("clipboard-paste", theme))
        self.keep.setIcon(icon("save", theme))
        self.forget.setIcon(icon("delete", theme))
