"""The questionnaire: what a person says of the environment, stated and not measured."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from padguard.foundation.messages import mark
from padguard.governance.audit_answers import (
    FOR_EVER,
    OWNERS,
    QUESTIONS,
    RETENTION,
    TABLES,
    Answers,
    Kind,
    Question,
    Said,
)
from padguard.governance.audit_model import AuditReport, Basis
from padguard.ui.appearance import current_theme
from padguard.ui.labels import colour_label
from padguard.ui.views.audit_words import standing_words
from padguard.ui.words import translate

MOST_DAYS = 365_000
"""The developer's guide allows as many; the administrator's guide fewer."""
USUAL_DAYS = 90
FIELD_WIDTH = 320
SEPARATOR = ";"

SAID_WORDS = {
    Said.UNKNOWN: mark("audit", "I do not know"),
    Said.YES: mark("audit", "Yes"),
    Said.NO: mark("audit", "No"),
}
INTRODUCTION = mark(
    "audit",
    "Answer as well as you know; ask your administrator for the rest. Your answers are stated, not "
    "measured, and are shown so everywhere.",
)
MEASURED = mark("audit", "Measured in the environment: {standing}. An answer does not count.")
STATED = mark("audit", "Stated, not measured")
FOR_EVER_WORDS = mark("audit", "For ever")
SOME_DAYS = mark("audit", "A number of days:")


class QuestionsForm(QScrollArea):
    """Asks the questions; ``answered`` gives all answers as they stand after one changed."""

    answered = Signal(object)  # Answers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Questions"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(self)
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(8, 8, 8, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self.choices: dict[str, QComboBox] = {}
        self._hints: dict[str, QLabel] = {}
        self._owners = ""
        introduction = self._label(translate(INTRODUCTION))
        self._grid.addWidget(introduction, 0, 0, 1, 2)
        for row, question in enumerate(QUESTIONS, 1):
            self._add(row, question)
        self._grid.setRowStretch(len(QUESTIONS) + 1, 1)
        self.setWidget(page)
        self.setFocusProxy(next(iter(self.choices.values())))
        self._tint()

    @property
    def answers(self) -> Answers:
        """All answers as they stand."""
        said = {
            key: Said(combo.currentData())
            for key, combo in self.choices.items()
            if combo.currentData() != Said.UNKNOWN.value
        }
        owners = frozenset(name.casefold() for name in self.names)
        return Answers(said, self._days(), owners or None)

    @property
    def names(self) -> tuple[str, ...]:
        """The agreed owners as they are spelt."""
        parts = (name.strip() for name in self.owners.text().split(SEPARATOR))
        return tuple(name for name in parts if name)

    def show_answers(self, answers: Answers) -> None:
        """Show other answers; nobody is told."""
        for key, combo in self.choices.items():
            combo.setCurrentIndex(combo.findData(answers.answer(key).value))
        days = answers.retention_days
        kind = 0 if days is None else 1 if days == FOR_EVER else 2
        self.retention.setCurrentIndex(kind)
        self.days.setValue(USUAL_DAYS if days in (None, FOR_EVER) else days or USUAL_DAYS)
        self.days.setVisible(kind == 2)
        self._owners = f"{SEPARATOR} ".join(sorted(answers.owners or ()))
        self.owners.setText(self._owners)
        self._show_hints({})

    def show_report(self, report: AuditReport | None) -> None:
        """Tell which answers do not count, as the environment was measured."""
        measured: dict[str, str] = {}
        for line in report.lines if report is not None else ():
            if line.basis is Basis.MEASURED:
                words = translate(MEASURED(standing=standing_words(line)))
                measured |= {line.key: words, f"{TABLES}.{line.key}": words}
        self._show_hints(measured)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the wheel scroll the questions, and never change an answer by accident."""
        if isinstance(event, QWheelEvent):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Write the hints in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _add(self, row: int, question: Question) -> None:
        words = translate(question.text)
        label, hint = self._label(words), self._label("")
        field: QWidget
        match question.kind:
            case Kind.CHOICE:
                field = self.choices[question.key] = self._choice()
                self.choices[question.key].activated.connect(self._tell)
            case Kind.DAYS:
                field = self._make_retention(words)
            case Kind.NAMES:
                field = self._make_owners()
        field.setAccessibleName(words)
        label.setBuddy(field)
        cell = QGridLayout()
        cell.setContentsMargins(0, 0, 0, 0)
        cell.setSpacing(2)
        cell.addWidget(label, 0, 0)
        cell.addWidget(hint, 1, 0)
        self._hints[question.key] = hint
        self._grid.addLayout(cell, row, 0)
        self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignTop)

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _choice(self) -> QComboBox:
        combo = QComboBox(self)
        for said, words in SAID_WORDS.items():
            combo.addItem(translate(words), said.value)
        combo.installEventFilter(self)
        return combo

    def _make_retention(self, name: str) -> QWidget:
        self.retention = QComboBox(self)
        for words in (SAID_WORDS[Said.UNKNOWN], FOR_EVER_WORDS, SOME_DAYS):
            self.retention.addItem(translate(words))
        self.retention.setAccessibleName(name)
        self.days = QSpinBox(self)
        self.days.setRange(1, MOST_DAYS)
        self.days.setValue(USUAL_DAYS)
        self.days.setAccessibleName(self.tr("Number of days"))
        self.days.setKeyboardTracking(False)
        self.days.hide()
        for widget in (self.retention, self.days):
            widget.installEventFilter(self)
        both = QWidget(self)
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.retention)
        line.addWidget(self.days)
        both.setFocusProxy(self.retention)
        self.retention.activated.connect(self._choose_retention)
        self.days.valueChanged.connect(self._tell_days)
        return both

    def _make_owners(self) -> QWidget:
        self.owners = QLineEdit(self)
        self.owners.setPlaceholderText(self.tr("Ada Field; Ben Lake"))
        self.owners.setToolTip(self.tr("Separate names with semicolons"))
        self.owners.setMaximumWidth(FIELD_WIDTH)
        self.owners.editingFinished.connect(self._tell_owners)
        return self.owners

    def _days(self) -> int | None:
        return (None, FOR_EVER, self.days.value())[self.retention.currentIndex()]

    def _choose_retention(self, chosen: int) -> None:
        self.days.setVisible(chosen == 2)
        self._tell()

    def _tell_days(self) -> None:
        if self.days.isVisible():
            self._tell()

    def _tell_owners(self) -> None:
        if self.owners.text() != self._owners:
            self._owners = self.owners.text()
            self._tell()

    def _tell(self) -> None:
        self.answered.emit(self.answers)

    def _show_hints(self, measured: dict[str, str]) -> None:
        answered = self._answered()
        for key, hint in self._hints.items():
            stated = translate(STATED) if key in answered else ""
            hint.setText(measured.get(key, stated))
            hint.setVisible(bool(hint.text()))

    def _answered(self) -> set[str]:
        """Return the keys of the questions that are answered."""
        answers = self.answers
        found = set(answers.said)
        found |= {RETENTION} if answers.retention_days is not None else set()
        return found | ({OWNERS} if answers.owners is not None else set())

    def _tint(self) -> None:
        for hint in self._hints.values():
            colour_label(hint, current_theme().muted)
