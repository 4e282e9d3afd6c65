"""The fixes for the finding that is looked at: worked out in the background, one of them chosen."""

from collections.abc import Callable
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from padguard.foundation.errors import CancelledError, EditError
from padguard.foundation.progress import Progress
from padguard.ui.failures import explain

if TYPE_CHECKING:
    from padguard.fixes.case import Choices
    from padguard.fixes.fix import Fix
    from padguard.fixes.plan import Plan
    from padguard.foundation.messages import Message
    from padguard.rules.finding import Finding
    from padguard.session.session import Session
    from padguard.ui.document import Document
    from padguard.ui.fix_preview import FixPreview
    from padguard.ui.jobs import Job

T = TypeVar("T")
PAUSE_SECONDS = 0.04
"""How long the worker lets the views paint another place first; a busy one slows them down."""


class Offers(QObject):
    """What can be done about the present finding of a document.

    Fixes are made for the flows as they stand and vanish as soon as those are about to change.
    ``changed`` tells that ``fixes`` may be others or are being worked out, ``chosenChanged`` that
    ``chosen`` or its ``preview`` is another one. What a person chose for a finding is kept until
    the finding is left.

    Attributes:
        finding: The finding that the fixes are for, or None.
        fixes: The fixes, the best first; those that cannot be made are among them.
        chosen: The fix that would be applied, or None where none can be.
        wanted: The id of the fix that was chosen last, also where it can no longer be made.
        preview: What it would change; None while that is being worked out.
        choices: What a person chose, for fixes that ask, or None.
        is_working: Whether the fixes are still being worked out.
        trouble: Why they could not be, or None.
    """

    changed = Signal()
    chosenChanged = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, document: "Document") -> None:
        super().__init__(document)
        self._document = document
        self._job: Job | None = None
        self.wanted = ""
        self._is_stale = False
        self.finding: Finding | None = None
        self.fixes: tuple[Fix, ...] = ()
        self.chosen: Fix | None = None
        self.preview: FixPreview | None = None
        self.choices: Choices | None = None
        self.is_working = False
        self.trouble: Message | None = None
        document.findingChanged.connect(self._renew)
        document.findingsChanged.connect(self._renew)
        document.analysisChanged.connect(self._look_at_analysis)

    @property
    def is_ready(self) -> bool:
        """Whether the fixes are those of the finding as it stands."""
        return self.finding is not None and not self.is_working and not self._is_stale

    @property
    def can_apply(self) -> bool:
        """Whether the chosen fix can be applied as things stand."""
        chosen = self.chosen
        return chosen is not None and chosen.plan is not None and not chosen.plan.changes_nothing

    def choose(self, fix_id: str) -> None:
        """Choose one of the fixes that can be made."""
        chosen = next((fix for fix in self.fixes if fix.id == fix_id and fix.plan), None)
        if chosen is not None and chosen is not self.chosen and not self.is_working:
            self._choose(chosen)

    def set_choices(self, choices: "Choices") -> None:
        """Have the fixes worked out anew, as a person wants them."""
        finding = self.finding
        if choices != self.choices and finding is not None and not self._is_stale:
            self._cancel()
            self.choices, self.chosen, self.preview = choices, None, None
            self._work_out(finding)
            self.chosenChanged.emit()

    def renew(self) -> None:
        """Have the fixes worked out anew, as something else that they are made from has changed."""
        self._renew()

    def _look_at_analysis(self) -> None:
        from padguard.ui.document import Analysis

        if self._document.analysis is Analysis.RUNNING:
            self._drop()
            self._is_stale = True
            self.changed.emit()
            self.chosenChanged.emit()
        elif self._is_stale:
            self._renew()  # nothing was changed, so what was dropped still holds

    def _renew(self) -> None:
        """Forget the fixes, and work them out for the finding of now."""
        from padguard.ui.document import Analysis

        document, finding = self._document, self._document.finding
        if finding is None or self.finding is None or not _same(finding, self.finding):
            self.choices, self.wanted = None, ""
        self._drop()
        self.finding = finding
        self._is_stale = document.analysis is Analysis.RUNNING
        if finding is not None and not self._is_stale:
            self._work_out(finding)
        self.changed.emit()
        self.chosenChanged.emit()

    def _work_out(self, finding: "Finding") -> None:
        session, choices = self._document.session, self.choices

        def work(progress: Progress) -> "tuple[Fix, ...]":
            sleep(PAUSE_SECONDS)
            progress.step(0, 0)  # somebody may have gone on to another finding meanwhile
            present = (one for one in session.findings if _same(one, finding))
            return tuple(fix for one in present for fix in session.fixes(one, choices))

        self.is_working = True
        self._start(self.tr("Looking for fixes…"), work, self._take_over)

    def _take_over(self, fixes: "tuple[Fix, ...]") -> None:
        self._job, self.is_working, self.fixes = None, False, fixes
        possible = [fix for fix in fixes if fix.plan is not None]
        kept = next((fix for fix in possible if fix.id == self.wanted), None)
        if self.choices is None:  # what was chosen last must not give way to another fix
            kept = kept or next(iter(possible), None)
        self.changed.emit()
        self._choose(kept)

    def _choose(self, fix: "Fix | None") -> None:
        self._cancel()
        self.chosen, self.preview = fix, None
        self.wanted = fix.id if fix is not None else self.wanted
        if fix is not None and fix.plan is not None:
            work = partial(_preview, self._document.session, fix.plan)
            self._start(self.tr("Looking at the fix…"), work, self._show)
        self.chosenChanged.emit()

    def _show(self, preview: "FixPreview") -> None:
        self._job, self.preview = None, preview
        self.chosenChanged.emit()

    def _failed(self, error: Exception) -> None:
        self._job, self.is_working = None, False
        if not isinstance(
            error, EditError | CancelledError
        ):  # a finding of before: the next analysis renews it
            self.trouble = explain(error)
        self.changed.emit()

    def _start(self, title: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Start a job of which only the last one started is heard."""
        job: Job | None = None

        def ended(result: T) -> None:
            if job is self._job:
                done(result)

        def failed(error: Exception) -> None:
            if job is self._job:
                self._failed(error)

        job = self._job = self._document.jobs.start(title, work, ended, failed, quiet=True)

    def stop(self) -> None:
        """Hear of no work any more, for the end of the document."""
        self._cancel()

    def _drop(self) -> None:
        self._cancel()
        self.fixes, self.chosen, self.preview = (), None, None
        self.is_working, self.trouble = False, None

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None


def _preview(session: "Session", plan: "Plan", _: Progress) -> "FixPreview":
    from padguard.ui.fix_preview import fix_preview  # knows all of the deliveries

    return fix_preview(session, plan)


def _same(one: "Finding", other: "Finding") -> bool:
    return one.fingerprint == other.fingerprint
