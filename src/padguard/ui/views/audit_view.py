"""The Audit view: what is audited in the environment, how to turn on the rest, what is stated."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from padguard.governance.audit_answers import Answers
from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.dropping import read_offer
from padguard.ui.views.asking import ask_what_to_open, ask_where_to_save
from padguard.ui.views.audit_bar import AuditBar
from padguard.ui.views.audit_desk import AuditDesk
from padguard.ui.views.audit_files import ANSWERS_SUFFIX, audit_text
from padguard.ui.views.audit_kept import QuestionsPart
from padguard.ui.views.audit_lines import AuditLines
from padguard.ui.views.audit_page import AuditPage
from padguard.ui.views.audit_tree import AuditTree
from padguard.ui.views.audit_words import snapshot_words
from padguard.ui.views.components_files import export_name

if TYPE_CHECKING:
    from padguard.governance.audit_model import AuditReport

WIDTHS = (540, 340)
SNAPSHOT_SUFFIX = ".json"


class AuditView(QWidget):
    """Shows the report of the open export, its explanations, and the questionnaire.

    A snapshot may be dropped on it. ``policiesLoaded`` tells that the policies of the snapshot
    are those that flows are judged by now.
    """

    policiesLoaded = Signal()  # noqa: N815 - a signal of Qt

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Audit"))
        self.setAcceptDrops(True)
        self._document: Document | None = None
        self._report: AuditReport | None = None
        self.desk = AuditDesk(self)
        self.bar = AuditBar(actions, self)
        self.lines = AuditLines(self)
        self.tree = AuditTree(self.lines, self)
        self.page = AuditPage(self)
        self.questions = QuestionsPart(self)
        self.parts = QTabWidget(self)
        self.pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""
        self._document = document
        self.desk.set_document(document)
        self.pages.setCurrentIndex(0 if document is not None else 1)

    def focusFilter(self) -> None:
        """Put the keyboard into the lines, where typing finds one."""
        self.parts.setCurrentIndex(0)
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_snapshot(self) -> None:
        """Ask for a snapshot and open it."""
        words = self.tr("Snapshot of an environment")
        path = ask_what_to_open(self, self.tr("Open snapshot"), words, SNAPSHOT_SUFFIX)
        if path is not None:
            self.desk.open_snapshot(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome one snapshot; exports go to the window."""
        paths = read_offer(event.mimeData()).paths
        fits = len(paths) == 1 and paths[0].suffix.casefold() == SNAPSHOT_SUFFIX
        event.setAccepted(self._document is not None and fits)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the snapshot that was dropped."""
        event.acceptProposedAction()
        self.desk.open_snapshot(read_offer(event.mimeData()).paths[0])

    def _lay_out(self) -> None:
        report = QSplitter(Qt.Orientation.Horizontal, self)
        report.setChildrenCollapsible(False)
        report.addWidget(self.tree)
        report.addWidget(self.page)
        report.setSizes(list(WIDTHS))
        self.parts.setDocumentMode(True)
        self.parts.setAccessibleName(self.tr("Report and questions"))
        self.parts.addTab(report, self.tr("Report"))
        self.parts.addTab(self.questions, self.tr("Questions"))
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.parts, 1)
        nothing = QLabel(self.tr("Open an export to see what is audited around it."), self)
        nothing.setMargin(24)
        nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.pages.addWidget(whole)
        self.pages.addWidget(nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        self.desk.changed.connect(self._show)
        self.desk.answersRead.connect(self.questions.form.show_answers)
        self.desk.keptChanged.connect(self._show_kept)
        self.tree.selectionModel().currentChanged.connect(self._show_line)
        self.bar.forgetWanted.connect(self.desk.forget_snapshot)
        self.bar.policiesWanted.connect(self._load_policies)
        self.bar.copyWanted.connect(self._copy)
        self.bar.exportWanted.connect(self._export)
        self.questions.form.answered.connect(self._answer)
        self.questions.openWanted.connect(self._open_answers)
        self.questions.keepWanted.connect(self._keep)
        self.questions.besideWanted.connect(self._keep_beside)

    def _show(self) -> None:
        """Show what is known now; what is selected stays."""
        report = self._report = self.desk.report
        snapshot = self.desk.snapshot
        line = self.lines.line(self.tree.currentIndex())
        first = not self.lines.rowCount()
        self.lines.show(report)
        if first:
            self.tree.expandAll()
        if line is not None:
            self.tree.setCurrentIndex(self.lines.index_of(line.key))
        self._show_line(self.tree.currentIndex())
        has_policies = bool(snapshot is not None and snapshot.policies)
        words = snapshot_words(snapshot)
        has_snapshot = snapshot is not None
        self.bar.show_state(words, has_snapshot=has_snapshot, has_policies=has_policies)
        self.questions.form.show_report(report)
        count = len(report.open_questions) if report is not None else 0
        words = self.tr("Questions ({count} open)").format(count=count)
        self.parts.setTabText(1, words if count else self.tr("Questions"))

    def _show_line(self, index: QModelIndex) -> None:
        self.page.show_line(self._report, self.desk.snapshot, self.lines.line(index))

    def _show_kept(self) -> None:
        self.questions.show_kept(self.desk.kept, can_be_beside=self.desk.can_keep_beside)

    def _answer(self, answers: Answers) -> None:
        self.desk.answer(answers, self.questions.form.names)

    def _load_policies(self) -> None:
        self.desk.load_policies(self.policiesLoaded.emit)

    def _copy(self) -> None:
        """Put the report on the clipboard as text."""
        if self._report is not None and self._document is not None:
            export = self._document.session.export
            text = audit_text(export_name(self._document), export, self._report)
            QGuiApplication.clipboard().setText(text)

    def _export(self) -> None:
        kinds = {".txt": self.tr("Text"), ".csv": self.tr("Table"), ".json": self.tr("JSON")}
        name = self.tr("{export} - audit").format(export=Path(export_name(self._document)).stem)
        path = ask_where_to_save(self, self.tr("Export the report"), name, kinds)
        if path is not None:
            self.desk.export_to(path)

    def _open_answers(self) -> None:
        words = self.tr("Answers about an environment")
        path = ask_what_to_open(self, self.tr("Open answers"), words, ANSWERS_SUFFIX)
        if path is not None:
            self.desk.open_answers(path)

    def _keep(self) -> None:
        kinds = {ANSWERS_SUFFIX: self.tr("Answers about an environment")}
        name = self.tr("{export} - answers").format(export=Path(export_name(self._document)).stem)
        path = ask_where_to_save(self, self.tr("Keep answers"), name, kinds)
        if path is not None:
            form = self.questions.form
            self.desk.keep(path, form.answers, form.names)

    def _keep_beside(self) -> None:
        form = self.questions.form
        self.desk.keep_beside(form.answers, form.names)
