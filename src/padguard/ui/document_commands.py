"""What can be done to the open export: mark, undo, redo, save, go back and forth."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from padguard.foundation.messages import Message
from padguard.ui.action_table import When
from padguard.ui.actions import Actions
from padguard.ui.document import Analysis, Document
from padguard.ui.finding_commands import FindingCommands
from padguard.ui.fix_commands import FixCommands
from padguard.ui.mark_command import MarkCommand
from padguard.ui.saving import Saver
from padguard.ui.triage_commands import TriageCommands
from padguard.ui.words import translate


class DocumentCommands(QObject):
    """Carries out the actions that need an export, and keeps their words and states true."""

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._document: Document | None = None
        self._saver: Saver | None = None
        self._mark = MarkCommand(actions, window)
        self._findings = FindingCommands(actions, window)
        self.fixes = FixCommands(actions, window)
        self.triage = TriageCommands(actions, window)
        self._history_words = {
            identifier: (actions[identifier].text(), actions[identifier].statusTip())
            for identifier in ("undo", "redo")
        }
        handlers: dict[str, Callable[[], None]] = {
            "save": self.save,
            "save-as": self.save_as,
            "undo": self.undo,
            "redo": self.redo,
            "mark": self._mark.trigger,
            "back": self.back,
            "forward": self.forward,
            "analyse": self.analyse,
        }
        for identifier, handler in handlers.items():
            actions[identifier].triggered.connect(handler)

    def set_document(self, document: Document | None) -> None:
        """Work on another export, or on none."""
        self._document = document
        self._saver = Saver(document, self._window) if document else None
        self._mark.set_document(document)
        self._findings.set_document(document)
        self.fixes.set_document(document)
        self.triage.set_document(document)
        if document is not None:
            document.placeChanged.connect(self.refresh)
            document.findingChanged.connect(self._enable)
            document.findingsChanged.connect(self._enable)
            document.analysisChanged.connect(self._enable)
            document.historyChanged.connect(self.refresh)
            document.triage.changed.connect(self._enable)
            document.offers.chosenChanged.connect(self._enable)
        self.refresh()

    def refresh(self) -> None:
        """Make words and states of the actions true."""
        session = self._document.session if self._document else None
        self._enable()
        self._mark.describe()
        undo = self.tr("&Undo: {change}"), session.undo_label if session else None
        redo = self.tr("&Redo: {change}"), session.redo_label if session else None
        self._describe("undo", *undo)
        self._describe("redo", *redo)

    def _enable(self) -> None:
        """Enable what is possible, whatever it is called at the moment."""
        self._actions.refresh(self._possible())

    def save(self) -> None:
        """Save where it belongs."""
        if self._saver is not None:
            self._saver.save()

    def save_then(self, then: Callable[[], None]) -> None:
        """Save where it belongs, and do something once that has succeeded."""
        if self._saver is not None:
            self._saver.save(then)

    def save_as(self) -> None:
        """Save under another name."""
        if self._saver is not None:
            self._saver.save_as()

    def undo(self) -> None:
        """Take the last change back."""
        if self._document is not None:
            self._document.undo()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._document is not None:
            self._document.redo()

    def back(self) -> None:
        """Go to the place visited before."""
        if self._document is not None:
            self._document.back()

    def forward(self) -> None:
        """Go to the place that going back left."""
        if self._document is not None:
            self._document.forward()

    def analyse(self) -> None:
        """Look for findings in the export as it is now."""
        if self._document is not None:
            self._document.analyse()

    def _possible(self) -> set[When]:
        document = self._document
        if document is None:
            return set()
        session, finding = document.session, document.finding
        waiting = finding is not None and document.triage.is_waiting(finding)
        states = {
            When.OPEN: True,
            When.MODIFIED: session.modified,
            When.UNDO: session.undo_label is not None,
            When.REDO: session.redo_label is not None,
            When.BACK: document.canGoBack,
            When.FORWARD: document.canGoForward,
            When.MARK: self._mark.possible,
            When.ANALYSE: document.analysis is not Analysis.RUNNING,
            When.EXAMINED: document.inspection is not None,
            When.FINDINGS: bool(document.findings),
            When.FINDING: finding is not None,
            When.FIX: document.offers.can_apply,
            When.WAITING: waiting,
            When.DECIDED: finding is not None and not waiting,
        }
        return {when for when, true in states.items() if true}

    def _describe(self, identifier: str, words: str, change: Message | None) -> None:
        text, tip = self._history_words[identifier]
        if change is not None:
            what = translate(change)
            text, tip = words.format(change=what.replace("&", "&&")), words.format(change=what)
        action = self._actions[identifier]
        self._actions.describe(identifier, text, action.iconText(), tip.replace("&", ""))
