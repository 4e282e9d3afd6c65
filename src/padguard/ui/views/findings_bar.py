"""What stands above the list of findings: a filter, a chip for each severity, the grouping."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.severity import look
from padguard.ui.triage import Standing
from padguard.ui.views.chip_button import chip_button
from padguard.ui.views.findings_model import STANDINGS, Filter, Grouping
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

GROUPINGS = {
    Grouping.NONE: mark("findings", "Not grouped"),
    Grouping.FLOW: mark("findings", "By flow"),
    Grouping.RULE: mark("findings", "By rule"),
    Grouping.SEVERITY: mark("findings", "By severity"),
}
FIELD_WIDTH = 260
TOP = Qt.AlignmentFlag.AlignTop


class FindingsBar(QWidget):
    """Tells through ``filtered`` and ``grouped`` what a person wants to see."""

    filtered = Signal(object)  # Filter
    grouped = Signal(object)  # Grouping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Filter the findings"))
        self.field.setAccessibleName(self.tr("Filter the findings"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(FIELD_WIDTH)
        self.field.setMinimumWidth(FIELD_WIDTH // 2)
        self.field.textChanged.connect(self._tell)
        self._loupe = QAction(self)
        self.field.addAction(self._loupe, QLineEdit.ActionPosition.LeadingPosition)
        self.buttons = {severity: self._button(severity) for severity in Severity}
        self.standings = {standing: self._standing_button(standing) for standing in Standing}
        self.grouping = QComboBox(self)
        self.grouping.setAccessibleName(self.tr("Group the findings"))
        for grouping, words in GROUPINGS.items():
            self.grouping.addItem(translate(words), grouping)
        self.grouping.currentIndexChanged.connect(self._tell_grouping)
        self._remark = QLabel(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(4)
        line.addWidget(self.field, 1, TOP)
        line.addLayout(self._chips(), 3)
        line.addWidget(self._remark, 0, TOP)
        line.addWidget(self.grouping, 0, TOP)
        self._tint()

    @property
    def wanted(self) -> Filter:
        """Which findings are wanted."""
        chosen = (severity for severity, button in self.buttons.items() if button.isChecked())
        decided = (one for one, button in self.standings.items() if button.isChecked())
        return Filter(self.field.text().strip(), frozenset(chosen), frozenset(decided))

    def clear(self) -> None:
        """Want all findings again."""
        self.field.clear()
        for button in (*self.buttons.values(), *self.standings.values()):
            button.setChecked(False)

    def count(
        self, findings: Sequence[Finding], shown: int, standing: Callable[[Finding], Standing]
    ) -> None:
        """Tell how many findings there are of each sort, and how many of them are shown.

        Those that something was decided about are not shown until a person asks for them.
        """
        standings = Counter(map(standing, findings))
        is_mixed = len(standings) > 1 or not standings[Standing.OPEN]
        for one, button in self.standings.items():
            button.setVisible((bool(standings[one]) and is_mixed) or button.isChecked())
            words = self.tr("{state} {count}")
            word = translate(STANDINGS[one])
            button.setText(words.format(state=word, count=standings[one]))
        findings = [found for found in findings if self.wanted.takes(standing(found))]
        counted = Counter(found.severity for found in findings)
        for severity, button in self.buttons.items():
            button.setVisible(bool(counted[severity]) or button.isChecked())
            words = self.tr("{severity} {count}")
            word = translate(look(severity).word)
            button.setText(words.format(severity=word, count=counted[severity]))
        words = self.tr("{shown} of {count}")
        filtered = words.format(shown=shown, count=len(findings))
        self._remark.setText(filtered if self.wanted else "")

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _chips(self) -> WrapLayout:
        """Return the buttons, in more lines than one where room is short."""
        chips = WrapLayout()
        for button in (*self.buttons.values(), *self.standings.values()):
            chips.addWidget(button)
        return chips

    def _button(self, severity: Severity) -> QToolButton:
        word = translate(look(severity).word)
        tip = self.tr("Show only findings of this severity: {severity}").format(severity=word)
        button = chip_button(self, tip)
        button.toggled.connect(self._tell)
        return button

    def _standing_button(self, standing: Standing) -> QToolButton:
        word = translate(STANDINGS[standing])
        tip = self.tr("Show only findings of this state: {state}").format(state=word)
        button = chip_button(self, tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.toggled.connect(self._tell)
        return button

    def _tell(self) -> None:
        self.filtered.emit(self.wanted)

    def _tell_grouping(self) -> None:
        self.grouped.emit(self.grouping.currentData())

    def _tint(self) -> None:
        theme = current_theme()
        self._loupe.setIcon(icon("search", theme, theme.muted))
        for severity, button in self.buttons.items():
            shown = look(severity)
            button.setIcon(icon(shown.icon, theme, shown.colour(theme)))
