"""The findings of the export in a list: sorted, filtered, grouped, in step with the other views."""

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from padguard.rules.finding import Finding
from padguard.ui.actions import Actions
from padguard.ui.document import Analysis, Document
from padguard.ui.views.finding_words import finding_text
from padguard.ui.views.findings_bar import FindingsBar
from padguard.ui.views.findings_list import FindingsList
from padguard.ui.views.findings_model import Filter, Grouping

TYPING_MS = 120
"""How long a person must stop typing before the filter is applied."""


class FindingsView(QWidget):
    """Lists findings; choosing one is looking at it, and the other way round.

    ``coverageWanted`` asks for what could not be analysed.
    """

    coverageWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Findings"))
        self._actions = actions
        self._document: Document | None = None
        self._following = False
        self._filter = Filter()
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._apply_filter)
        self.bar = FindingsBar(self)
        self.list = FindingsList(actions, self)
        self._message = QLabel(self)
        self.button = QPushButton(self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.bar.filtered.connect(self._wait_for_typing)
        self.bar.grouped.connect(self._group)
        self.list.opened.connect(self._open)
        self.list.copyWanted.connect(self._copy)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.findings.modelReset.connect(self._show_selection)
        self.button.clicked.connect(self._help)
        self.setFocusProxy(self.list)
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show the findings of another export, or of none."""
        if self._document is not None:
            self._document.findingsChanged.disconnect(self._renew)
            self._document.findingChanged.disconnect(self._show_selection)
            self._document.analysisChanged.disconnect(self._show_state)
            self._document.triage.changed.disconnect(self._renew)
        self._document = document
        self.bar.clear()
        self._apply_filter()
        if document is not None:
            document.findingsChanged.connect(self._renew)
            document.findingChanged.connect(self._show_selection)
            document.analysisChanged.connect(self._show_state)
            document.triage.changed.connect(self._renew)
        self._renew()

    def focusFilter(self) -> None:
        """Give the keyboard to the filter."""
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()

    def _lay_out(self) -> None:
        page = QWidget(self)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(16, 16, 16, 16)
        inner.addStretch(1)
        inner.addWidget(self._message)
        inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(2)
        self._pages.addWidget(self.list)
        self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        self.setMinimumHeight(96)

    def _renew(self) -> None:
        """Show the findings of now; what was selected stays selected."""
        document = self._document
        if document is None:
            self.list.findings.show((), ())
        else:
            flows = document.session.flows
            self.list.findings.show(document.findings, flows, document.triage)
        self._show_state()

    def _wait_for_typing(self) -> None:
        self._typing.start()

    def _apply_filter(self) -> None:
        self._typing.stop()
        if self.bar.wanted != self._filter:
            self._filter = self.bar.wanted
            self.list.findings.set_filter(self._filter)
        self._show_state()

    def _group(self, grouping: Grouping) -> None:
        self.list.findings.set_grouping(grouping)

    def _show_selection(self) -> None:
        """Select the finding that is looked at."""
        model = self.list.findings
        self._following = True
        self.list.show_grouping(grouped=model.grouping is not Grouping.NONE)
        index = model.index_of(self._document.finding if self._document else None)
        flag = QItemSelectionModel.SelectionFlag
        if index.isValid():
            self.list.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
            self.list.scrollTo(index)
        else:
            self.list.selectionModel().clear()
        self._following = False

    def _choose(self) -> None:
        finding = self.list.current_finding()
        if not self.list.selectionModel().isSelected(self.list.currentIndex()):
            return  # the keyboard came by: Qt makes a row the current one then
        if finding is not None and self._document is not None and not self._following:
            self._document.showFinding(finding)

    def _open(self) -> None:
        """Give the keyboard to the row that a finding is in."""
        finding = self.list.current_finding()
        if finding is not None and self._document is not None:
            self._document.showFinding(finding)
            self._actions["show-flow"].trigger()

    def _copy(self, finding: Finding) -> None:
        if self._document is not None:
            flows = {flow.id: flow for flow in self._document.session.flows}
            QGuiApplication.clipboard().setText(finding_text(finding, flows))

    def _show_state(self) -> None:
        """Show the list, or say why it is empty and what to do."""
        document = self._document
        shown = self.list.findings.shown
        findings = document.findings if document else ()
        self.bar.count(findings, len(shown), self.list.findings.standing)
        self.bar.setVisible(bool(document and document.findings))
        self._pages.setCurrentIndex(0 if shown else 1)
        if not shown:
            self._message.setText(self._why_empty(document))
            self.button.setText(self._offer(document))
            self.button.setVisible(bool(self.button.text()))

    def _why_empty(self, document: Document | None) -> str:
        if document is None:
            return self.tr("Open an export to see what is found in it.")
        if document.findings and not document.open_findings and not self._filter:
            return self.tr("Nothing is open: everything that was found was decided about.")
        if document.findings:
            return self.tr("No finding matches the filter.")
        if document.analysis in (Analysis.RUNNING, Analysis.WAITING):
            return self.tr("Analysing…")
        if document.analysis is Analysis.STOPPED:
            return self.tr("The analysis was stopped, so nothing is known of this export yet.")
        rules = len(document.session.selection.rules())
        if document.coverage is None or not document.coverage.missed:
            words = self.tr("Nothing found by {count} rules; everything could be analysed.")
            return words.format(count=rules)
        percent = document.coverage.share_missed * 100
        words = self.tr(
            "Nothing found by {count} rules; {percent} % of the export could not be analysed."
        )
        return words.format(count=rules, percent=round(percent) if percent >= 1 else "< 1")

    def _offer(self, document: Document | None) -> str:
        """Return the words of the button that helps, or nothing where none does."""
        if document is None:
            return ""
        if document.findings:
            return self.tr("Clear the filter") if self._filter else ""
        if document.analysis is Analysis.STOPPED:
            return self.tr("Analyse again")
        if document.coverage is not None and document.coverage.missed:
            return self.tr("Show what was not analysed ▸")
        return ""

    def _help(self) -> None:
        document = self._document
        if document is None:
            return
        if document.findings:
            self.bar.clear()
            self._apply_filter()
        elif document.analysis is Analysis.STOPPED:
            document.analyse()
        else:
            self.coverageWanted.emit()
