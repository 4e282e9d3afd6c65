"""Going from finding to finding, and explaining the rule of one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from padguard.ui.actions import Actions
from padguard.ui.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_MS = 4000
"""How long the status bar tells which finding was gone to."""


class FindingCommands(QObject):
    """Carries out the actions about findings, and tells screen readers where they led."""

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._document: Document | None = None
        handlers: dict[str, Callable[[], None]] = {
            "next-finding": self.next,
            "previous-finding": self.previous,
            "rule-help": self.explain,
        }
        for identifier, handler in handlers.items():
            actions[identifier].triggered.connect(handler)

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none."""
        self._document = document

    def next(self) -> None:
        """Go to the next finding; behind the last one comes the first."""
        document = self._document
        if document is not None and document.findings:
            before = document.finding
            document.nextFinding()
            last = before is not None and before == document.findings[-1]
            self._announce(document, self.tr("Back at the first finding.") if last else "")

    def previous(self) -> None:
        """Go to the previous finding; before the first one comes the last."""
        document = self._document
        if document is not None and document.findings:
            before = document.finding
            document.previousFinding()
            first = before is not None and before == document.findings[0]
            self._announce(document, self.tr("On to the last finding.") if first else "")

    def explain(self) -> None:
        """Explain the rule of the finding that is looked at."""
        from padguard.ui.views.rule_help import RuleHelp

        if self._document is not None and self._document.finding is not None:
            panel = RuleHelp(self._document.finding, self._window)
            panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            panel.show()

    def _announce(self, document: Document, wrapped: str) -> None:
        from padguard.ui.views.finding_words import spoken

        finding = document.finding
        if finding is None:
            return
        flows = {flow.id: flow for flow in document.session.flows}
        number, count = document.index.number(finding) + 1, len(document.findings)
        words = self.tr("Finding {number} of {count}. {finding} {wrapped}").format(
            number=number,
            count=count,
            finding=spoken(finding, flows.get(finding.place.flow_id)),
            wrapped=wrapped,
        )
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, words.strip()))
        if isinstance(self._window, QMainWindow) and wrapped:
            self._window.statusBar().showMessage(wrapped, SHOWN_MS)
