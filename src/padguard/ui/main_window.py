"""The window with its export: opening it, showing it, closing it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDesktopServices,
)
from PySide6.QtWidgets import QWidget

from padguard.foundation.errors import CancelledError
from padguard.foundation.messages import Message
from padguard.foundation.progress import Progress
from padguard.ui import layout
from padguard.ui.dialogs import Answer, CoverageDialog, ask_about_changes
from padguard.ui.document import Document
from padguard.ui.document_commands import DocumentCommands
from padguard.ui.failures import explain
from padguard.ui.frame import Frame
from padguard.ui.garbage import dismantle
from padguard.ui.handoff_desk import HandOffDesk
from padguard.ui.handoff_panel import HandOffPanel
from padguard.ui.notices import Notice, NoticeKind
from padguard.ui.opening import Source, is_sample
from padguard.ui.preferences import Preferences
from padguard.ui.slices import Slices
from padguard.ui.template_commands import TemplateCommands
from padguard.ui.template_shelf import TemplateShelf
from padguard.ui.words import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from padguard.session.session import Session
    from padguard.ui.workspace import Workspace

SAID_MS = 4000
"""How long the status bar tells of something small that was done."""


class MainWindow(Frame):
    """Holds one export, or none and then shows the start page.

    ``files.wanted`` asks for something to be opened, here or in another window; whoever keeps the
    windows decides and calls `open`.
    """

    opened = Signal()
    closed = Signal(object)  # the window
    quitWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, preferences: Preferences, desk: HandOffDesk, shelf: TemplateShelf) -> None:
        super().__init__(preferences)
        self.document: Document | None = None
        self.workspace: Workspace | None = None
        self.commands = DocumentCommands(self.actions_table, self)
        self.hand_offs = HandOffPanel(self, desk)
        self.templates = TemplateCommands(self.actions_table, self, shelf)
        self._source: Source | None = None
        self._building: Workspace | None = None
        self._slices = Slices(self)
        handlers: dict[str, Callable[[], None]] = {
            "close": self.close_export,
            "quit": self.quitWanted.emit,
            "find": self._find,
            "show-posture": self._show_posture,
            "show-flow": self._show_flow,
            "show-script": self._show_script,
            "show-dataflow": self._show_dataflow,
            "show-components": self._show_components,
            "show-access": self._show_access,
            "show-dlp": self._show_dlp,
            "open-policies": self._open_policies,
            "show-audit": self._show_audit,
            "open-snapshot": self._open_snapshot,
            "show-explorer": partial(self._toggle, "explorer"),
            "show-findings": partial(self._toggle, "findings"),
            "show-guide": partial(self._toggle, "guide"),
            "show-fixes": self._show_fixes,
            "show-summary": self._sum_up,
        }
        for identifier, handler in handlers.items():
            self.actions_table[identifier].triggered.connect(handler)
        self.commands.fixes.noticed.connect(self.notices.show_notice)
        self.commands.triage.noticed.connect(self.notices.show_notice)
        self.status.detailsWanted.connect(self._show_coverage)
        self.status.findingsWanted.connect(self._bring_findings)
        preferences.presentingChanged.connect(self._show_presenting)
        self._show_nothing()

    @property
    def is_free(self) -> bool:
        """Whether nothing is open here, or about to be."""
        return self._source is None

    @property
    def path(self) -> Path | None:
        """The path that is open here, or about to be."""
        if self.document is not None:
            return self.document.session.export.path
        return self._source.path if self._source is not None else None

    def open(self, source: Source) -> None:
        """Open an export in this window, which must be free."""
        self._source = source
        self.notices.clear()
        title = self.tr("Opening {name}…").format(name=source.label)
        self.jobs.start(title, source.open, self._opened, self._not_opened)

    def close_export(self) -> None:
        """Close the export, after asking; a window without one closes itself."""
        if self.document is None:
            self.close()
            return
        answer = self._ask_about_changes()
        if answer is Answer.SAVE:
            self.commands.save_then(self._show_nothing)
        elif answer is Answer.DISCARD:
            self._show_nothing()

    def panes(self) -> list[QWidget]:
        """Return the parts of the window that F6 goes through, in their order."""
        if self.workspace is None or self.document is None:
            return [*super().panes(), *self.hand_offs.panes]
        return [self.notices, *self.workspace.panes(), *self.hand_offs.panes, self.status]

    def tint(self) -> None:
        """Draw all icons in the colours of the current theme."""
        super().tint()
        if self.workspace is not None:
            self.workspace.tint()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, after asking what is to become of unsaved changes."""
        answer = self._ask_about_changes()
        if answer is Answer.DISCARD:
            self._shut_down()
            event.accept()
            return
        event.ignore()
        if answer is Answer.SAVE:
            self.commands.save_then(self._close)

    def _ask_about_changes(self) -> Answer:
        """Return what is to become of unsaved changes; without any there is nothing to keep."""
        if self.document is None or not self.document.session.modified:
            return Answer.DISCARD
        return ask_about_changes(self, self._name())

    def _close(self) -> None:
        self.close()

    def _shut_down(self) -> None:
        self._remember_layout()
        layout.save_geometry(self)
        session = self.document.session if self.document is not None else None
        self.jobs.stop(partial(dismantle, session.flows) if session is not None else None)
        self.recent.stop()
        self.closed.emit(self)

    def prepare(self) -> None:
        """Make the views while there is nothing else to do, so that the first export finds them."""
        if self.workspace is None and self.is_free and self.jobs.current is None:
            self.jobs.start(
                self.tr("Getting ready…"), _load_views, self._prepared, _ignore, quiet=True
            )

    def _prepared(self, _: object) -> None:
        if self._building is None:
            self._slices.start(self._make_views())

    def _opened(self, session: "Session") -> None:
        """Show an export, piece by piece, so that the window goes on answering."""
        self._slices.start(self._show_export(session, self._slices.rest()))

    def _make_views(self) -> "Iterator[None]":
        from padguard.ui.workspace import Workspace

        self._building = workspace = Workspace(self, self.actions_table)
        yield from workspace.build()
        for dock in workspace.docks.values():
            dock.visibilityChanged.connect(self._show_dock_state)
        workspace.findings.coverageWanted.connect(self._show_coverage)
        workspace.guide.said.connect(self._say)
        workspace.posture.noticed.connect(self.notices.show_notice)
        workspace.audit.policiesLoaded.connect(self._show_dlp)
        self.hand_offs.prepare(beside=workspace.docks["guide"])
        self.stack.addWidget(workspace)
        self.workspace = workspace
        self._show_presenting()

    def _show_export(self, session: "Session", before: "Iterator[None]") -> "Iterator[None]":
        yield from before
        if self.workspace is None:
            yield from self._make_views()
        document = Document(session, self.jobs, self)
        yield from self._show_views(document)
        self.document = document
        document.modelChanged.connect(self._show_counts)
        document.modelChanged.connect(self.notices.forget_news)
        document.findingsChanged.connect(self._show_findings)
        document.historyChanged.connect(self._show_title)
        document.triage.changed.connect(self._show_findings)
        document.failed.connect(self.tell)
        document.told.connect(self._tell_news)
        document.saved.connect(self._tell_saved)
        self._serve(document)
        self._show_counts()
        self._show_title()
        self._tell_problems(session)
        if session.export.path is not None and not is_sample(session.export.path):
            self.preferences.remember(session.export.path)
        self.opened.emit()
        document.analyse()

    def _serve(self, document: Document | None) -> None:
        for commands in (self.commands, self.hand_offs, self.templates):
            commands.set_document(document)

    def _not_opened(self, error: Exception) -> None:
        self._source = None
        if not isinstance(error, CancelledError):
            self.tell(explain(error))

    def _show_views(self, document: Document) -> "Iterator[None]":
        if self.workspace is None:
            return
        yield from self.workspace.show_document(document)
        self.workspace.show_docks(wanted=True)
        tab = layout.restore_state(self)
        if tab is not None:
            self.workspace.setCurrentIndex(tab)
        self._show_dock_state()
        self.hand_offs.stay()
        self.stack.setCurrentWidget(self.workspace)
        self.workspace.explorer.setFocus()

    def _show_nothing(self) -> None:
        """Forget the export, if there is one, and show the start page."""
        self._remember_layout()
        document, self.document, self._source = self.document, None, None
        if document is not None:
            document.close()
        self._serve(None)
        if self.workspace is not None:
            self.workspace.show_nothing()
            self.workspace.show_docks(wanted=False)
        self.stack.setCurrentWidget(self.start_page)
        self.start_page.setFocus()
        self.notices.clear()
        self._show_counts()
        self._show_title()
        if document is not None:
            document.deleteLater()
            flows = document.session.flows
            self.jobs.start(self.tr("Closing…"), lambda _: dismantle(flows), _ignore, _ignore)

    def _remember_layout(self) -> None:
        if self.workspace is not None and self.document is not None:
            layout.save_state(self, self.workspace.currentIndex())

    def _name(self) -> str:
        path = self.path
        return path.name if path is not None else self._source.label if self._source else ""

    def _show_title(self) -> None:
        document = self.document
        title = self.tr("{name}[*] – PAD Guard").format(name=self._name())
        self.setWindowTitle(title if document is not None else self.tr("PAD Guard"))
        self.setWindowModified(document is not None and document.session.modified)

    def _show_counts(self) -> None:
        if self.document is None:
            self.status.show_counts(None)
            return
        from padguard.ui.counts import count  # knows all of the analysis

        self.status.show_counts(count(self.document.session.flows))

    def _show_findings(self) -> None:
        document = self.document
        if document is not None and document.inspection is not None:
            self.status.show_findings(document.open_findings)
            self.status.show_coverage(document.coverage)

    def _tell_problems(self, session: "Session") -> None:
        lines = [
            self.tr("{where}: {reason}").format(
                where=problem.where, reason=translate(problem.message)
            )
            for problem in session.problems
        ]
        if lines:
            words = (
                self.tr("A part of this export could not be read; everything else was opened.")
                if len(lines) == 1
                else self.tr(
                    "{count} parts of this export could not be read; everything else was opened."
                )
            )
            text = words.format(count=len(lines))
            self.notices.show_notice(Notice(NoticeKind.WARNING, text, details=lines))
        elif session.config_path is not None:
            text = self.tr("Rules and names are as {file} says.")
            words = text.format(file=session.config_path)
            self.notices.show_notice(Notice(NoticeKind.INFO, words))
        elif not session.flows:
            text = self.tr(
                "This export holds no desktop flows. In Power Automate, add the desktop flows "
                "to the solution and export it again."
            )
            self.notices.show_notice(Notice(NoticeKind.INFO, text))

    def _tell_news(self, message: Message) -> None:
        self.notices.show_notice(Notice(NoticeKind.WARNING, translate(message)))

    def _tell_saved(self, path: Path) -> None:
        self._show_title()
        self.preferences.remember(path)
        text = self.tr("Saved as {name} in {folder}.").format(name=path.name, folder=path.parent)
        offer = self.tr("Show the folder")
        notice = Notice(NoticeKind.INFO, text, offer=offer, accept=self._show_folder)
        self.notices.show_notice(notice)

    def _show_folder(self) -> None:
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))

    def _show_coverage(self) -> None:
        document = self.document
        if document is not None and document.coverage is not None:
            CoverageDialog(document, document.coverage, self).exec()

    def _find(self) -> None:
        if self.workspace is not None:
            self.workspace.search()

    def _show_posture(self) -> None:
        if self.workspace is not None:
            self.workspace.bring(self.workspace.posture)

    def _show_flow(self) -> None:
        if self.workspace is not None:
            self.workspace.bring(self.workspace.flow)

    def _show_script(self) -> None:
        if self.workspace is not None:
            self.workspace.bring(self.workspace.script)

    def _show_dataflow(self) -> None:
        if self.workspace is not None:
            self.workspace.bring(self.workspace.dataflow)

    def _show_components(self) -> None:
        if self.workspace is not None:
            self.workspace.bring(self.workspace.components)

    def _show_access(self) -> None:
        if self.workspace is not None:
            self.workspace.bring(self.workspace.components)
            self.workspace.components.show_access()

    def _show_dlp(self) -> None:
        if self.workspace is not None:
            self.workspace.bring(self.workspace.dlp)

    def _open_policies(self) -> None:
        if self.workspace is not None:
            self._show_dlp()
            self.workspace.dlp.open_policies()

    def _show_audit(self) -> None:
        if self.workspace is not None:
            self.workspace.bring(self.workspace.audit)

    def _open_snapshot(self) -> None:
        if self.workspace is not None:
            self._show_audit()
            self.workspace.audit.open_snapshot()

    def _toggle(self, identifier: str) -> None:
        if self.workspace is not None:
            self.workspace.toggle(identifier)

    def _show_fixes(self) -> None:
        """Go to the fixes for what is selected, in whichever view."""
        if self.workspace is not None and self.document is not None:
            here = self.document.index.at(self.document.place)
            if self.document.finding is None and here:
                self.document.showFinding(here[0])
            self.workspace.show_fixes()

    def _sum_up(self) -> None:
        if self.workspace is not None and self.document is not None:
            self.workspace.sum_up()

    def _bring_findings(self) -> None:
        if self.workspace is not None:
            self.workspace.bring_dock("findings")

    def _say(self, words: str) -> None:
        self.status.showMessage(words, SAID_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _show_dock_state(self) -> None:
        if self.workspace is not None:
            for identifier, dock in self.workspace.docks.items():
                self.actions_table[f"show-{identifier}"].setChecked(not dock.isHidden())

    def _show_presenting(self) -> None:
        if self.workspace is not None:
            self.workspace.guide.reveal.set_presenting(presenting=self.preferences.presenting)


def _load_views(_: Progress) -> None:
    """Import what the views need; runs on the worker thread, as it would hold the GUI thread up."""
    import padguard.session.session
    import padguard.ui.template_dialog
    import padguard.ui.views.handoff_view
    import padguard.ui.workspace  # noqa: F401 - as above


def _ignore(_: object) -> None:
    """Take note of nothing: such work succeeds or fails without anybody having to know."""
