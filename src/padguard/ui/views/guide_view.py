"""The guide: one finding at a time in plain words, the way to the next one, and what helps."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from padguard.flow.model import Flow, Sensitivity, Variable
from padguard.rules.finding import Finding
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.document import Analysis, Document, Place
from padguard.ui.icons import icon
from padguard.ui.mark_command import command_words
from padguard.ui.marking import candidates, refusal
from padguard.ui.status import finding_words
from padguard.ui.views.details_page import Page, Target
from padguard.ui.views.guide_page import guide_page
from padguard.ui.views.mark_menu import mark_all
from padguard.ui.views.page_view import PageView
from padguard.ui.views.reveal import RevealBar
from padguard.ui.views.wrap_layout import WrapLayout

MARKED_BY = frozenset({"PG201", "PG202", "PG203", "PG205", "PG207"})
"""The rules whose findings marking the variable puts right."""


class GuidePage(PageView):
    """The text of the guide; its links go to places, as parts of the finding, and to findings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Guide to the finding"))
        self.document_shown: Document | None = None

    def render_page(self) -> None:
        """Show the finding that is looked at, or what to do without one."""
        document = self.document_shown
        if document is not None and document.finding is not None:
            self.show_page(guide_page(document, document.finding, current_theme()))
        else:
            self.show_page(self._message_page(document))

    def follow_target(self, target: Target) -> None:
        """Go where a link leads."""
        if self.document_shown is None:
            return
        if isinstance(target, Finding):
            self.document_shown.showFinding(target)
        elif isinstance(target, Place):
            self.document_shown.goToStep(target)

    def _message_page(self, document: Document | None) -> Page:
        page = Page(current_theme())
        title, words = self._message(document)
        if title:
            page.heading(title)
        page.paragraph(page.text(words))
        return page

    def _message(self, document: Document | None) -> tuple[str, str]:
        """Return a heading and a sentence for when no finding is looked at."""
        if document is None:
            return "", self.tr("Open an export to be guided through what is found in it.")
        if not document.findings:
            if document.analysis in (Analysis.WAITING, Analysis.RUNNING):
                return "", self.tr("Analysing…")
            if document.analysis is Analysis.STOPPED:
                words = self.tr("The analysis was stopped. Press F5 to analyse again.")
                return self.tr("Not analysed"), words
            words = self.tr("Everything could be analysed.")
            if document.coverage is not None and document.coverage.missed:
                words = self.tr("Some parts could not be analysed; the status bar lists them.")
            return self.tr("Nothing found"), words
        place = document.place
        if place.action >= 0 or place.variable:
            words = self.tr("Press F8 to go on with the next finding.")
            return self.tr("Nothing is found here"), words
        words = self.tr("Press F8 to go through them one by one; the worst come first.")
        return finding_words(document.findings), words


class GuideView(QWidget):
    """Shows the finding that the document looks at."""

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Guide"))
        self._actions = actions
        self._document: Document | None = None
        self.position = QLabel(self)
        self._progress = QProgressBar(self)
        self.page = GuidePage(self)
        self.reveal = RevealBar(self)
        self.mark = QPushButton(self.tr("Mark as sensitive"), self)
        self.rule = QPushButton(self.tr("About this rule"), self)
        self._previous = self._step_button("previous-finding")
        self._forth = self._step_button("next-finding")
        self._lay_out()
        self.mark.clicked.connect(self._mark)
        self.rule.clicked.connect(actions["rule-help"].trigger)
        self.setFocusProxy(self.page)
        self.setMinimumWidth(240)
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Guide through another export, or none."""
        if self._document is not None:
            self._document.findingChanged.disconnect(self._show)
            self._document.findingsChanged.disconnect(self._show)
            self._document.analysisChanged.disconnect(self._show_state)
            self._document.placeChanged.disconnect(self._show_state)
        self._document = self.page.document_shown = document
        if document is not None:
            document.findingChanged.connect(self._show)
            document.findingsChanged.connect(self._show)
            document.analysisChanged.connect(self._show_state)
            document.placeChanged.connect(self._show_state)
        self._show()

    def focusFilter(self) -> None:
        """Give the keyboard to the page; there is nothing to filter."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

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
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 8, 4)
        head.addWidget(self._previous)
        head.addWidget(self.position, 1, Qt.AlignmentFlag.AlignHCenter)
        head.addWidget(self._forth)
        foot = WrapLayout(gap=8)
        foot.setContentsMargins(8, 4, 8, 8)
        foot.addWidget(self.mark)
        foot.addWidget(self.rule)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._progress)
        column.addWidget(self.page, 1)
        column.addWidget(self.reveal)
        column.addLayout(foot)

    def _show(self) -> None:
        """Show the finding that is looked at."""
        document = self._document
        finding = document.finding if document is not None else None
        self.page.render_page()
        self.reveal.show_secret(finding.secret if finding is not None else None)
        self.rule.setVisible(finding is not None)
        pair = self._remedy()
        self.mark.setVisible(pair is not None)
        if pair is not None:
            words = command_words(pair[1]).replace("&", "")
            self.mark.setToolTip(words)
            self.mark.setAccessibleName(words)
        self._show_position()
        self._tint()

    def _show_state(self) -> None:
        """Say what to do where no finding is looked at."""
        if self._document is not None and self._document.finding is None:
            self.page.render_page()

    def _show_position(self) -> None:
        document = self._document
        count = len(document.findings) if document is not None else 0
        number = 0
        if document is not None and document.finding is not None:
            number = document.index.number(document.finding) + 1
        words = self.tr("{number} of {count}") if number else ""
        self.position.setText(words.format(number=number, count=count))
        self._progress.setVisible(bool(number))
        self._progress.setRange(0, max(count, 1))
        self._progress.setValue(number)
        for button in (self._previous, self._forth):
            button.setVisible(count > 0)

    def _remedy(self) -> tuple[Flow, Variable] | None:
        """Return the variable that marking as sensitive puts the finding right, if one does."""
        document = self._document
        finding = document.finding if document is not None else None
        if document is None or finding is None or finding.rule not in MARKED_BY:
            return None
        place = document.index.place(finding)
        flow = next((flow for flow in document.session.flows if flow.id == place.flow_id), None)
        if flow is None or not place.variable:
            return None
        for variable in candidates(flow, place):
            if variable.sensitivity is not Sensitivity.MARKED and refusal(variable) is None:
                return flow, variable
        return None

    def _mark(self) -> None:
        pair = self._remedy()
        if pair is not None and self._document is not None:
            mark_all(self._document, [pair])

    def _tint(self) -> None:
        self.mark.setIcon(icon("marked", current_theme(), current_theme().marked))
