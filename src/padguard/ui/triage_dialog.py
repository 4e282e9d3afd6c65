"""Asks why a finding may stay as it is: an accepted risk, or none at all."""

import datetime as dt

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from padguard.rules.triage import State
from padguard.ui.labels import breakable

WIDTH = 480
REASON_LINES = 4
USUAL_DAYS = 90
"""How long an acceptance holds that is to end, until a person says otherwise."""


class TriageDialog(QDialog):
    """Asks for a decision; one that a risk is accepted cannot be made without a reason."""

    def __init__(self, words: str, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Accept risk"))
        self.setMinimumWidth(WIDTH)
        finding = QLabel(breakable(words), self)
        finding.setTextFormat(Qt.TextFormat.PlainText)
        finding.setWordWrap(True)
        self.accepted_risk = QRadioButton(self.tr("Accept the &risk: it may stay for now"), self)
        self.false_positive = QRadioButton(self.tr("&False positive: this is no risk at all"), self)
        self.accepted_risk.setChecked(True)
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.reason.setFixedHeight(self.reason.fontMetrics().lineSpacing() * REASON_LINES + 12)
        self.reason.setAccessibleName(self.tr("Reason"))
        self.label = QLabel(self)
        self.label.setBuddy(self.reason)
        self.ends = QCheckBox(self.tr("It holds &until"), self)
        self.until = QDateEdit(self)
        self.until.setCalendarPopup(True)
        self.until.setMinimumDate(QDate(today.year, today.month, today.day))
        last = today + dt.timedelta(days=USUAL_DAYS)
        self.until.setDate(QDate(last.year, last.month, last.day))
        self.until.setAccessibleName(self.tr("Last day on which it holds"))
        self.until.setEnabled(False)
        kept = QLabel(
            self.tr(
                "The decision is kept in a file beside the export. Do not write secrets into the "
                "reason."
            ),
            self,
        )
        kept.setWordWrap(True)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.keep = QPushButton(self.tr("&Keep the decision"), self)
        box.addButton(self.keep, QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setDefault(True)
        line = QHBoxLayout()
        line.addWidget(self.ends)
        line.addWidget(self.until)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (finding, self.accepted_risk, self.false_positive, self.label, self.reason):
            column.addWidget(widget)
        column.addLayout(line)
        column.addWidget(kept)
        column.addWidget(box)
        self.accepted_risk.toggled.connect(self._follow)
        self.reason.textChanged.connect(self._follow)
        self.ends.toggled.connect(self.until.setEnabled)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self._follow()
        self.reason.setFocus()

    @property
    def state(self) -> State:
        """What is decided."""
        return State.ACCEPTED if self.accepted_risk.isChecked() else State.FALSE_POSITIVE

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds, or None."""
        if not self.ends.isChecked():
            return None
        day = self.until.date()
        return dt.date(day.year(), day.month(), day.day())

    def _follow(self) -> None:
        """Ask for a reason where one is needed."""
        needed = self.state is State.ACCEPTED
        self.label.setText(self.tr("R&eason:") if needed else self.tr("R&eason (if you like):"))
        text = self.reason.toPlainText().strip()
        self.keep.setEnabled(bool(text) or not needed)
        tip = self.tr("Write down why the risk may stay") if not self.keep.isEnabled() else ""
        self.keep.setToolTip(tip)
