"""Deciding about findings: skipping, accepting, opening again, and telling of old decisions."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from padguard.rules.triage import Decision


class TriageCommands(QObject):
    """Carries out the actions that decide about the finding that is looked at.

    ``noticed`` hands over a notice on decisions that have run out, or whose finding is gone.
    """

    noticed = Signal(object)  # Notice

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._document: Document | None = None
        self._is_told = False
        handlers: dict[str, Callable[[], None]] = {
            "skip-finding": self.skip,
            "accept": self.accept,
            "reopen": self.reopen,
        }
        for identifier, handler in handlers.items():
            actions[identifier].triggered.connect(handler)

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none."""
        self._document = document
        self._is_told = False
        if document is not None:
            document.findingsChanged.connect(self._look_at_decisions)
            document.triage.loaded.connect(self._look_at_decisions)

    def skip(self) -> None:
        """Put the finding off and go on with the next one."""
        if self._document is not None:
            self._document.skip()

    def accept(self) -> None:
        """Ask for a decision about the finding, keep it and go on with the next one."""
        from padguard.ui.triage_dialog import TriageDialog
        from padguard.ui.views.finding_words import finding_line

        document = self._document
        finding = document.finding if document is not None else None
        if document is None or finding is None:
            return
        dialog = TriageDialog(finding_line(finding), document.triage.today, self._window)
        is_kept = dialog.exec() == TriageDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not is_kept or document is not self._document:
            return
        number = document.index.number(finding)
        reason = dialog.reason.toPlainText()
        then = partial(document.goOn, number + 1)
        document.triage.decide(finding, dialog.state, reason, dialog.last_day, then)

    def reopen(self) -> None:
        """Take back what was decided about the finding."""
        document = self._document
        if document is not None and document.finding is not None:
            document.triage.reopen(document.finding)

    def _look_at_decisions(self) -> None:
        """Tell once of decisions that no longer hold, when both they and the findings are known."""
        document = self._document
        if document is None or self._is_told or document.inspection is None:
            return
        if not document.triage.is_loaded:
            return
        self._is_told = True
        unused, expired = document.triage.unused, document.triage.expired
        if expired:
            text = self.tr("{count} decisions have run out; their findings are open again.")
            if len(expired) == 1:
                text = self.tr("One decision has run out; its finding is open again.")
            self._tell(text, expired)
        if unused:
            text = self.tr(
                "{count} decisions are about findings that are gone. Remove them, so that they do "
                "not excuse the next finding of their kind."
            )
            if len(unused) == 1:
                text = self.tr(
                    "One decision is about a finding that is gone. Remove it, so that it does not "
                    "excuse the next finding of its kind."
                )
            self._tell(text, unused)

    def _tell(self, text: str, decisions: "Sequence[Decision]") -> None:
        """Tell of decisions, and offer to remove them."""
        document = self._document
        if document is not None:
            remove = self.tr("Remove them") if len(decisions) > 1 else self.tr("Remove it")
            words, lines = text.format(count=len(decisions)), list(self._lines(decisions))
            forget = partial(document.triage.forget, decisions)
            self.noticed.emit(Notice(NoticeKind.WARNING, words, lines, remove, forget))

    def _lines(self, decisions: "Sequence[Decision]") -> Iterator[str]:
        for decision in decisions:
            words = self.tr("{rule} {flow} {about}: {reason}")
            if decision.until is not None:
                words = self.tr("{rule} {flow} {about}: {reason} (until {until})")
            yield words.format(
                rule=decision.rule,
                flow=decision.flow_name,
                about=decision.about,
                reason=decision.reason,
                until=decision.until.isoformat() if decision.until else "",
            )
