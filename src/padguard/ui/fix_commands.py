"""Fixing: one finding, all that is safe, all of one rule; and the list of what was changed."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from padguard.foundation.progress import Progress
from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from padguard.rules.finding import Finding
    from padguard.session.mending import Summary
    from padguard.ui.fix_all import Survey


class FixCommands(QObject):
    """Carries out the actions that fix findings and report on it.

    ``noticed`` hands over a notice for the window.
    """

    noticed = Signal(object)  # Notice

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._document: Document | None = None
        handlers: dict[str, Callable[[], None]] = {
            "apply-fix": self.apply,
            "fix-all-safe": self.fix_all_safe,
            "fix-all-rule": self.fix_all_of_rule,
            "export-changes": self.export,
        }
        for identifier, handler in handlers.items():
            actions[identifier].triggered.connect(handler)

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none."""
        self._document = document

    def apply(self) -> None:
        """Apply the fix that is chosen."""
        document = self._document
        if document is None or document.finding is None:
            return
        chosen = document.offers.chosen
        if chosen is not None and document.offers.can_apply:
            document.apply(document.finding, chosen)

    def fix_all_safe(self) -> None:
        """Look what can be fixed safely, ask, and fix it."""
        self._survey(self.tr("Fix all safe"), lambda _: True, review=False)

    def fix_all_of_rule(self) -> None:
        """Look what can be fixed of the findings of one rule, ask, and fix it."""
        finding = self._document.finding if self._document is not None else None
        if finding is not None:
            rule = finding.rule
            title = self.tr("Fix all of {rule}").format(rule=rule)
            self._survey(title, lambda found: found.rule == rule, review=True)

    def export(self) -> None:
        """Ask for a file and write what was changed and what is left into it."""
        document = self._document
        if document is None:
            return
        path = document.session.suggested_path()
        suggestion = path.with_name(self.tr("{name} changes.md").format(name=path.stem))
        chosen, kind = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export change list"),
            str(suggestion),
            self.tr("Markdown (*.md);;Text (*.txt)"),
        )
        if chosen:
            target = Path(QDir.toNativeSeparators(chosen))
            if not target.suffix:
                target = target.with_suffix(".txt" if "*.txt" in kind else ".md")
            self._write(document, target)

    def _write(self, document: Document, target: Path) -> None:
        from padguard.ui.change_list import summary_text

        text = summary_text(document, markdown=target.suffix.casefold() == ".md")

        def work(_: Progress) -> Path:
            from padguard.exports.atomic import saving, write_file

            with saving(target):
                write_file(text.encode("utf-8", "replace"), target)
            return target

        title = self.tr("Writing {name}…").format(name=target.name)
        document.jobs.start(title, work, self._tell_written, document.report)

    def _tell_written(self, path: Path) -> None:
        words = self.tr("The list of changes is in {name} in {folder}.")
        text = words.format(name=path.name, folder=path.parent)
        self.noticed.emit(Notice(NoticeKind.INFO, text))

    def _survey(self, title: str, wanted: "Callable[[Finding], bool]", *, review: bool) -> None:
        document = self._document
        if document is None:
            return
        session = document.session
        chosen = frozenset(found.fingerprint for found in document.open_findings if wanted(found))

        def work(progress: Progress) -> "Survey":
            from padguard.ui.fix_all import survey

            return survey(session, chosen, progress)

        ask = partial(self._ask, document, title, wanted, review)
        document.jobs.start(self.tr("Looking for fixes…"), work, ask, document.report)

    def _ask(
        self,
        document: Document,
        title: str,
        wanted: "Callable[[Finding], bool]",
        review: bool,
        found: "Survey",
    ) -> None:
        from padguard.session.mending import Wish
        from padguard.ui.fix_all_dialog import FixAllDialog

        if document is not self._document:
            return
        dialog = FixAllDialog(found, title, self._window, review=review)
        is_wanted = dialog.exec() == FixAllDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not is_wanted or document is not self._document:
            return
        decided = frozenset(
            one.fingerprint for one in document.findings if not document.triage.is_open(one)
        )

        def is_chosen(one: "Finding") -> bool:
            return one.fingerprint not in decided and wanted(one)

        wish = Wish(is_chosen, dialog.wanted, dialog.chosen)
        document.mendAll(wish, partial(self._sum_up, document))

    def _sum_up(self, document: Document, summary: "Summary") -> None:
        from padguard.ui.fix_all_dialog import SummaryDialog

        if document is not self._document:
            return
        flows = {flow.id: flow for flow in document.session.flows}
        dialog = SummaryDialog(summary, flows, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
