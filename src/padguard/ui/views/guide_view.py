"""The guide: one finding at a time in plain words, the choice of fixes, and the way to the next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from padguard.fixes.template import Retrieval
from padguard.ui.actions import Actions
from padguard.ui.change_list import counts_words
from padguard.ui.document import Document
from padguard.ui.tally import tally
from padguard.ui.views.action_button import ActionButton
from padguard.ui.views.guide_choices import ASKING, ChoicesForm
from padguard.ui.views.guide_closing import Closing
from padguard.ui.views.guide_deliveries import Deliveries
from padguard.ui.views.guide_fixes import FixList
from padguard.ui.views.guide_text import GuideText
from padguard.ui.views.reveal import RevealBar
from padguard.ui.views.wrap_layout import WrapLayout

if TYPE_CHECKING:
    from padguard.rules.finding import Finding

TEACH = "teach-template"
"""The action that learns how Get credential is written; its button is there if it is."""
LEAST_HEIGHT = 72
"""Pixels of a part of the guide; in a low window they are scrolled rather than crushed."""


class FixPane(QScrollArea):
    """The choice of fixes, and below it what a person decides for the one that is chosen."""

    def __init__(self, actions: Actions, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self.fixes = FixList(before, self)
        self.teach = ActionButton(actions[TEACH], self) if TEACH in actions else None
        self.form = ChoicesForm(self)
        self.unlearned = QLabel(self)
        self.unlearned.setTextFormat(Qt.TextFormat.PlainText)
        self.unlearned.setWordWrap(True)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(8)
        column.addWidget(self.fixes)
        column.addWidget(self.unlearned)
        if self.teach is not None:
            column.addWidget(self.teach, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.form)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Choice of fixes"))
        self.form.changed.connect(self._choose)

    def setDocument(self, document: Document | None) -> None:
        """Offer the fixes of another export, or none."""
        if self._document is not None:
            self._document.offers.changed.disconnect(self._show)
            self._document.offers.chosenChanged.disconnect(self._show)
        self._document = document
        self.fixes.setDocument(document)
        if document is not None:
            document.offers.changed.connect(self._show)
            document.offers.chosenChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        offers = self._document.offers if self._document is not None else None
        asking = offers is not None and offers.wanted in ASKING and bool(offers.fixes)
        if offers is not None and asking:
            self.form.show_choices(offers.choices or type(self.form.choices)())
        self.form.setVisible(asking)
        if self.teach is not None:
            lacking = asking and self._lacks_template()
            self.unlearned.setText(
                self.tr(
                    "PAD Guard can do this for you as soon as it knows how your designer writes "
                    "“{action}”. Teach it once:"
                ).format(action=self.form.source.currentText())
            )
            self.unlearned.setVisible(lacking)
            self.teach.setVisible(lacking)

    def _lacks_template(self) -> bool:
        """Tell whether the action that the fix would add was not learned yet."""
        if self._document is None:
            return False
        environment = self.form.choices.from_environment
        wanted = Retrieval.ENVIRONMENT if environment else Retrieval.CREDENTIAL
        return self._document.session.templates.of(wanted) is None

    def _choose(self, choices: object) -> None:
        if self._document is not None and isinstance(choices, type(self.form.choices)):
            self._document.offers.set_choices(choices)


class GuideView(QWidget):
    """Shows the finding that the document looks at, with its fixes, or sums up what was done.

    ``said`` has a sentence on something small that was done.
    """

    said = Signal(str)

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Guide"))
        self._actions = actions
        self._document: Document | None = None
        self._summing_up = False
        self._summed_up: Finding | None = None  # looked at when the summary was asked for
        self.position = QLabel(self)
        self.counts = QLabel(self)
        self._progress = QProgressBar(self)
        self.page = GuideText(self)
        self.reveal = RevealBar(self)
        self.pane = FixPane(actions, self.reveal.copy_button, self)
        self.deliveries = Deliveries(self)
        self.closing = Closing(actions, self)
        self.buttons = {
            identifier: ActionButton(actions[identifier], self)
            for identifier in ("apply-fix", "skip-finding", "accept", "reopen", "rule-help")
        }
        self._previous = self._step_button("previous-finding")
        self._forth = self._step_button("next-finding")
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.pane.fixes.applyWanted.connect(actions["apply-fix"].trigger)
        self.buttons["apply-fix"].clicked.connect(self.pane.fixes.take_focus)
        self.buttons["skip-finding"].clicked.connect(self._stay_at_skip)
        self.deliveries.said.connect(self.said)
        self.setFocusProxy(self.page)
        self.setMinimumWidth(240)
        self.setDocument(document)

    @property
    def fixes(self) -> FixList:
        """The choice of fixes."""
        return self.pane.fixes

    def setDocument(self, document: Document | None) -> None:
        """Guide through another export, or none."""
        old = self._document
        if old is not None:
            old.findingChanged.disconnect(self._show)
            old.findingsChanged.disconnect(self._show)
            old.analysisChanged.disconnect(self._show_state)
            old.placeChanged.disconnect(self._show_state)
            old.historyChanged.disconnect(self._show_closing)
            old.triage.changed.disconnect(self._show)
            old.allSettled.disconnect(self.sum_up)
            old.offers.changed.disconnect(self._show_fixes)
            old.offers.chosenChanged.disconnect(self._show_fixes)
        self._document = self.page.document_shown = self.closing.page.document_shown = document
        self._summing_up = False
        self.pane.setDocument(document)
        self.deliveries.setDocument(document)
        if document is not None:
            document.findingChanged.connect(self._show)
            document.findingsChanged.connect(self._show)
            document.analysisChanged.connect(self._show_state)
            document.placeChanged.connect(self._show_state)
            document.historyChanged.connect(self._show_closing)
            document.triage.changed.connect(self._show)
            document.allSettled.connect(self.sum_up)
            document.offers.changed.connect(self._show_fixes)
            document.offers.chosenChanged.connect(self._show_fixes)
        self._show()

    def focusFilter(self) -> None:
        """Give the keyboard to the page; there is nothing to filter."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sum_up(self) -> None:
        """Show what was done, until a finding is looked at."""
        self._summing_up = True
        self._summed_up = self._document.finding if self._document is not None else None
        self._show()
        self.closing.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the text in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._document is not None:
            self._show_position()

    def _step_button(self, identifier: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setDefaultAction(self._actions[identifier])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(self._actions[identifier].iconText())
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _lay_out(self) -> None:
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        self._progress.setAccessibleName(self.tr("How far along the findings"))
        self.counts.setWordWrap(True)
        self.counts.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.counts.setContentsMargins(8, 2, 8, 2)
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 8, 4)
        head.addWidget(self._previous)
        head.addWidget(self.position, 1, Qt.AlignmentFlag.AlignHCenter)
        head.addWidget(self._forth)
        self._stack.addWidget(self._finding_side())
        self._stack.addWidget(self.closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._progress)
        column.addWidget(self.counts)
        column.addWidget(self._stack, 1)

    def _finding_side(self) -> QWidget:
        """Return what shows a finding: its text, its fixes, the chosen one, the buttons."""
        text = QWidget(self)
        inner = QVBoxLayout(text)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.page, 1)
        inner.addWidget(self.reveal)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self.page.setMinimumHeight(LEAST_HEIGHT)
        self.pane.setMinimumHeight(LEAST_HEIGHT)
        for number, (part, share) in enumerate(((text, 5), (self.pane, 3), (self.deliveries, 5))):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(number, share)
        self._splitter.setSizes([250, 150, 250])
        foot = WrapLayout(gap=8)
        foot.setContentsMargins(8, 4, 8, 8)
        for button in self.buttons.values():
            foot.addWidget(button)
        room = QScrollArea(self)  # a low window must not grow for the guide
        room.setWidget(self._splitter)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(room, 1)
        column.addLayout(foot)
        return side

    def _stay_at_skip(self) -> None:
        """Keep the keyboard where it was: the button was away for a moment."""
        if self.buttons["skip-finding"].isVisible():
            self.buttons["skip-finding"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Show the finding that is looked at, or the summary."""
        document = self._document
        finding = document.finding if document is not None else None
        if finding is not None and finding is not self._summed_up:
            self._summing_up = False
        self._stack.setCurrentIndex(1 if self._summing_up and document is not None else 0)
        self.page.render_page()
        self.reveal.show_secret(finding.secret if finding is not None else None)
        self._show_fixes()
        self._show_position()
        self._show_closing()

    def _show_closing(self) -> None:
        if self._stack.currentIndex() == 1:
            self.closing.page.render_page()

    def _show_fixes(self) -> None:
        """Show fixes only where there is a finding, and a change only where one is chosen."""
        document = self._document
        finding = document.finding if document is not None else None
        self.pane.setVisible(finding is not None)
        chosen = document is not None and document.offers.chosen is not None
        self.deliveries.setVisible(finding is not None and chosen)
        decided = (
            document is not None and finding is not None and not document.triage.is_waiting(finding)
        )
        for identifier, button in self.buttons.items():
            wanted = {"reopen": decided, "skip-finding": not decided, "accept": not decided}
            button.setVisible(finding is not None and wanted.get(identifier, True))

    def _show_state(self) -> None:
        """Say what to do where no finding is looked at."""
        if self._document is not None and self._document.finding is None:
            self.page.render_page()

    def _show_position(self) -> None:
        document = self._document
        walked = document.open_findings if document is not None else []
        number = 0
        if document is not None and document.finding is not None:
            place = document.index.number(document.finding)
            numbers = [document.index.number(found) for found in walked]
            number = numbers.index(place) + 1 if place in numbers else 0
        words = self.tr("{number} of {count}") if number else ""
        self.position.setText(words.format(number=number, count=len(walked)))
        if document is None:
            self._progress.hide()
            self.counts.hide()
            return
        counts = tally(document)
        words = counts_words(counts)
        self._progress.setVisible(counts.total > 0)
        self._progress.setRange(0, max(counts.total, 1))
        self._progress.setValue(counts.settled)
        self._progress.setToolTip(words)
        self._progress.setAccessibleDescription(words)
        self.counts.setText(words)
        self.counts.setVisible(counts.settled > 0)
        for button in (self._previous, self._forth):
            button.setVisible(bool(document.findings))
