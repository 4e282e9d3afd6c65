"""The Posture view: how the whole export stands, and what to do first."""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from padguard.exports.atomic import saving, write_file
from padguard.foundation.messages import Message, mark
from padguard.foundation.progress import Progress
from padguard.reports.html import HtmlWriter
from padguard.reports.model import ExportReport, Triage
from padguard.reports.posture import Posture, posture_of
from padguard.rules.finding import Finding
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.document import Analysis, Document, Place
from padguard.ui.notices import Notice, NoticeKind
from padguard.ui.views.action_button import ActionButton
from padguard.ui.views.asking import ask_where_to_save
from padguard.ui.views.components_files import export_name
from padguard.ui.views.details_page import Target
from padguard.ui.views.page_view import PageView
from padguard.ui.views.posture_page import posture_page
from padguard.ui.views.posture_print import print_posture
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

if TYPE_CHECKING:
    from collections.abc import Callable

NO_EXPORT = mark("posture", "Open an export to see how it stands.")
STOPPED = mark("posture", "The analysis was stopped. Press F5 to see how the export stands.")
WAITING = mark("posture", "The export is being looked at. This takes a moment.")
WRITTEN = mark("posture", "{name} was written to {folder}.")


class PostureText(PageView):
    """The page; its links go to findings and to places, which the view hears of."""

    def __init__(self, view: "PostureView") -> None:
        super().__init__(view)
        self._view = view
        self.setAccessibleName(self.tr("Posture of the export"))

    def render_page(self) -> None:
        """Show the page in the colours of another theme."""
        self._view.render_page()

    def follow_target(self, target: Target) -> None:
        """Go where a link leads."""
        self._view.go(target)


class PostureView(QWidget):
    """Shows the posture of the export as it stands, prints it and writes the whole report.

    Out of sight nothing is done; what was missed is caught up with when the view is shown. The
    posture is worked out by a job, of what the last analysis found and what was decided since.
    ``noticed`` hands over a notice for the window.
    """

    noticed = Signal(object)  # Notice

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Posture"))
        self._actions = actions
        self._document: Document | None = None
        self._wanted: ExportReport | None = None
        self._shown: tuple[ExportReport, Posture] | None = None
        self._stale = True
        self._catch_up_soon = QTimer(self, interval=0, singleShot=True)
        self._catch_up_soon.timeout.connect(self._catch_up)
        self.page = PostureText(self)
        self.message = QLabel(self)
        self.pages = QStackedWidget(self)
        self.save = ActionButton(actions["save-posture"], self)
        self.export = ActionButton(actions["export-report"], self)
        self._lay_out()
        actions["save-posture"].triggered.connect(self._ask_for_pdf)
        actions["export-report"].triggered.connect(self._ask_for_html)
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""
        if self._document is not None:
            self._document.findingsChanged.disconnect(self._look_again)
            self._document.triage.changed.disconnect(self._look_again)
            self._document.analysisChanged.disconnect(self._show_state)
        self._document = document
        self._wanted = self._shown = None
        if document is not None:
            document.findingsChanged.connect(self._look_again)
            document.triage.changed.connect(self._look_again)
            document.analysisChanged.connect(self._show_state)
        self._look_again()

    def focusFilter(self) -> None:
        """Put the keyboard into the page."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self._catch_up_soon.start()

    def render_page(self) -> None:
        """Show the posture anew, at the place where the page is."""
        if self._shown is None:
            return
        report, posture = self._shown
        bar = self.page.verticalScrollBar()
        where = bar.value()
        self.page.show_page(posture_page(report.path, posture, report.flows, current_theme()))
        bar.setValue(where)

    def go(self, target: Target) -> None:
        """Go to a finding or a place; where it is a row, show the flow there."""
        document = self._document
        if document is None:
            return
        if isinstance(target, Finding) and document.index.number(target) >= 0:
            document.showFinding(target)
        elif isinstance(target, Place):
            document.goTo(target)
        if document.place.action >= 0:  # elsewhere Explorer and Guide show what it is about
            self._actions["show-flow"].trigger()

    def save_pdf(self, path: Path) -> None:
        """Work the posture out as the export stands, and write it as a PDF."""
        report = self._report()
        if report is None:
            return

        def print_it(posture: Posture) -> None:
            data = print_posture(report.path, posture, report.flows)

            def work(_: Progress) -> None:
                with saving(path):
                    write_file(data, path)

            self._start_writing(path, work)

        self._work_out(report, print_it)

    def save_html(self, path: Path) -> None:
        """Write the whole report as a page that stands alone; secrets are masked in it."""
        document, report = self._document, self._report()
        if document is None or report is None:
            return
        made = dt.datetime.now().astimezone()

        def work(_: Progress) -> None:
            writer = HtmlWriter(made)
            data = (writer.add(report) + writer.end([])).encode()
            with saving(path):
                write_file(data, path)

        self._start_writing(path, work)

    def _lay_out(self) -> None:
        self.message.setWordWrap(True)
        self.message.setMargin(24)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.message)
        foot = WrapLayout(gap=8)
        foot.setContentsMargins(8, 4, 8, 8)
        for button in (self.save, self.export):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.page)

    def _look_again(self) -> None:
        self._stale = True
        self._catch_up()

    def _catch_up(self) -> None:
        """Work out the posture of what was found and decided since, where it is to be seen."""
        report = self._report() if self._stale and self.isVisible() else None
        if report is not None:
            self._stale = False
            self._wanted = report
            self._work_out(report, partial(self._show, report))
        self._show_state()

    def _report(self) -> ExportReport | None:
        """Return what is known of the export now, or None before it was analysed."""
        document = self._document
        if document is None or document.inspection is None:
            return None
        session, triage = document.session, document.triage
        return ExportReport(
            export_name(document),
            document.inspection,
            document.findings,
            session.selection.rules(),
            Triage(triage.decisions, triage.today),
            session.templates,
        )

    def _work_out(self, report: ExportReport, done: "Callable[[Posture], None]") -> None:
        document = self._document
        if document is None:
            return

        def found(posture: Posture) -> None:
            if self._document is document:
                done(posture)

        title = self.tr("Working out the posture…")
        document.jobs.start(title, lambda _: posture_of(report), found, document.report, quiet=True)

    def _show(self, report: ExportReport, posture: Posture) -> None:
        """Show a posture, unless a newer one is on its way."""
        if report is self._wanted:
            self._shown = report, posture
            self.render_page()
            self._show_state()

    def _show_state(self) -> None:
        self.pages.setCurrentWidget(self.message if self._shown is None else self.page)
        self.message.setText(translate(self._why_empty()))

    def _why_empty(self) -> Message:
        if self._document is None:
            return NO_EXPORT
        return STOPPED if self._document.analysis is Analysis.STOPPED else WAITING

    def _ask_for_pdf(self) -> None:
        title, kinds = self.tr("Save posture as PDF"), {".pdf": self.tr("PDF document")}
        name = self.tr("{name} posture").format(name=Path(export_name(self._document)).stem)
        path = ask_where_to_save(self, title, name, kinds)
        if path is not None:
            self.save_pdf(path)

    def _ask_for_html(self) -> None:
        title, kinds = self.tr("Export report as HTML"), {".html": self.tr("Web page")}
        name = self.tr("{name} report").format(name=Path(export_name(self._document)).stem)
        path = ask_where_to_save(self, title, name, kinds)
        if path is not None:
            self.save_html(path)

    def _start_writing(self, path: Path, work: "Callable[[Progress], None]") -> None:
        document = self._document
        if document is None:
            return

        def written(_: None) -> None:
            words = translate(WRITTEN(name=path.name, folder=path.parent))
            self.noticed.emit(Notice(NoticeKind.INFO, words))

        title = self.tr("Writing {name}…").format(name=path.name)
        document.jobs.start(title, work, written, document.report)
