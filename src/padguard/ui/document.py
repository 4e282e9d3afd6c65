"""What all views of a window share: the open export, the place that is looked at, the changes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from padguard.foundation.errors import CancelledError
from padguard.foundation.progress import Progress
from padguard.ui.examination import Analysis, Done, Examination, Outcome, examine
from padguard.ui.failures import explain
from padguard.ui.finding_index import FindingIndex
from padguard.ui.fix_offers import Offers
from padguard.ui.jobs import Job, Jobs
from padguard.ui.journal import Deed, Entry, Journal
from padguard.ui.place import Place, first_place
from padguard.ui.triage import Triage

if TYPE_CHECKING:
    from padguard.analysis.inspection import Inspection
    from padguard.fixes.fix import Fix
    from padguard.rules.finding import Finding
    from padguard.session.mending import Summary, Wish
    from padguard.session.session import Session
    from padguard.ui.counts import Coverage

Change = Callable[[Progress], Done]

__all__ = ["Analysis", "Document", "Place"]


class Document(QObject):
    """One open export as the views see it: one selection, one history of places, one of changes.

    All changes run as background jobs, one after the other, and each is analysed in the same job.
    Afterwards ``modelChanged`` names the flows that were rebuilt (objects of their old version are
    stale then), ``findingsChanged`` tells that findings, the sensitivity of variables or the
    secrets of flows may differ, ``historyChanged`` that undo, redo or the modified state may, and
    ``failed`` says why something was not done. ``analysisChanged`` follows `analysis`.
    ``secretsTakenOut`` hands over the secrets that fixes took out of the export, once, when they
    are applied. ``allSettled`` tells that no finding is left to go on with.

    What is looked at is one place and one finding. Going to a place chooses the first of its
    findings, unless the present one is among them; a place without any keeps the present one if it
    lies on its path, or is no row and no variable.
    """

    modelChanged = Signal(object)  # noqa: N815 - a signal of Qt: frozenset of flow ids
    placeChanged = Signal(object)  # noqa: N815 - a signal of Qt: Place
    findingsChanged = Signal()  # noqa: N815 - a signal of Qt
    analysisChanged = Signal()  # noqa: N815 - a signal of Qt
    findingChanged = Signal(object)  # noqa: N815 - a signal of Qt: Finding or None
    historyChanged = Signal()  # noqa: N815 - a signal of Qt
    saved = Signal(object)  # Path
    failed = Signal(object)  # Message
    told = Signal(object)  # Message: something that a person should know
    secretsTakenOut = Signal(object)  # noqa: N815 - a signal of Qt: tuple of Removed
    allSettled = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, session: "Session", jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.inspection: Inspection | None = None
        self.index = FindingIndex()
        self.coverage: Coverage | None = None
        self.finding: Finding | None = None
        self._next = 0
        self._jobs = jobs
        self._job: Job | None = None
        self._running = 0
        self._up_to_date = False
        self._closed = False
        self._places = [first_place(session.flows)]
        self._current = 0
        self.journal = Journal()
        self.first_found: frozenset[str] = frozenset()
        self.triage = Triage(self)
        self.offers = Offers(self)

    @property
    def jobs(self) -> Jobs:
        """Where views have their own work done, behind changes and analyses."""
        return self._jobs

    @property
    def findings(self) -> "tuple[Finding, ...]":
        """What the last analysis found, the worst first."""
        return self.index.findings

    @property
    def analysis(self) -> Analysis:
        """How far the analysis of the export as it stands is."""
        if self._running:
            return Analysis.RUNNING
        if self._up_to_date:
            return Analysis.DONE
        return Analysis.WAITING if self._job is None else Analysis.STOPPED

    @property
    def open_findings(self) -> "list[Finding]":
        """The findings that nothing was decided about, the worst first."""
        return [found for found in self.findings if self.triage.is_open(found)]

    @property
    def is_closed(self) -> bool:
        """Whether nobody looks at it any more."""
        return self._closed

    def close(self) -> None:
        """Hear of no job any more, for the end of the document; an analysis is cancelled."""
        self._closed = True
        self.offers.stop()
        if self._job is not None:
            self._job.cancel()

    @property
    def place(self) -> Place:
        """The place that all views show."""
        return self._places[self._current]

    @property
    def canGoBack(self) -> bool:
        """Whether there is a place visited before."""
        return self._current > 0

    @property
    def canGoForward(self) -> bool:
        """Whether `back` left a place behind."""
        return self._current < len(self._places) - 1

    def goTo(self, place: Place) -> None:
        """Show a place in all views, with its findings, and remember it."""
        if self._enter(place):
            self._choose_finding()

    def goToStep(self, place: Place) -> None:
        """Show a place in all views, as a part of the finding that is looked at."""
        self._enter(place)

    def showFinding(self, finding: "Finding") -> None:
        """Look at a finding, and go to its place."""
        self._look_at(finding)
        self._enter(self.index.place(finding))

    def nextFinding(self) -> None:
        """Look at the open finding behind the present one, behind the last one at the first."""
        self._walk(1)

    def previousFinding(self) -> None:
        """Look at the open finding before the present one, before the first one at the last."""
        self._walk(-1)

    def goOn(self, number: int) -> None:
        """Look at the first finding from a number on that is neither decided about nor skipped.

        Behind the last one comes the first; ``allSettled`` where there is none.
        """
        waiting = [found for found in self.open_findings if self.triage.is_waiting(found)]
        if not waiting:
            self._look_at(None)
            self.allSettled.emit()
            return
        behind = (found for found in waiting if self.index.number(found) >= number)
        self.showFinding(next(behind, waiting[0]))

    def skip(self) -> None:
        """Put the present finding off and go on with the next one."""
        if self.finding is not None:
            number = self.index.number(self.finding)
            self.triage.skip(self.finding)
            self.goOn(number + 1)

    def back(self) -> None:
        """Show the place visited before."""
        if self.canGoBack:
            self._current -= 1
            self.placeChanged.emit(self.place)
            self._choose_finding()

    def forward(self) -> None:
        """Show the place that `back` left."""
        if self.canGoForward:
            self._current += 1
            self.placeChanged.emit(self.place)
            self._choose_finding()

    def analyse(self) -> None:
        """Look for findings in the export as it stands, and read what was decided about them."""
        self._change(self.tr("Analysing…"), lambda _: Done())
        self.triage.load()

    def learn(
        self,
        change: "Callable[[Session, Progress], None]",
        then: Callable[[], None] | None = None,
    ) -> None:
        """Change what the session knows of the environment, and work out the findings anew.

        Args:
            change: Changes policies, snapshot or answers of the session, as a job.
            then: Follows all signals.
        """
        session = self.session

        def work(progress: Progress) -> Done:
            change(session, progress)
            return Done()

        self._change(self.tr("Judging…"), work, (lambda _: then()) if then else None)

    def mark(
        self, flow_id: str, names: Sequence[str], sensitive: bool, local_to: str | None = None
    ) -> None:
        """Mark variables of one flow as sensitive, or remove their marks, as one undo step."""
        session = self.session
        wanted = tuple(names)

        def change(_: Progress) -> Done:
            label, plan = session.marking(flow_id, wanted, sensitive, local_to)
            return Done(session.apply(label, plan), Entry((Deed(label, plan),)))

        title = self.tr("Marking…") if sensitive else self.tr("Removing the mark…")
        self._change(title, change)

    def apply(self, finding: "Finding", fix: "Fix") -> None:
        """Apply a fix of a finding, and go on with the next one."""
        session, plan = self.session, fix.plan
        if plan is None:
            return

        def change(_: Progress) -> Done:
            entry = Entry((Deed(fix.title, plan, finding),))
            return Done(session.apply(fix.title, plan), entry)

        number = self.index.number(finding)
        self._change(self.tr("Applying the fix…"), change, partial(self._applied, finding, number))

    def mendAll(self, wish: "Wish", then: "Callable[[Summary], None]") -> None:
        """Apply the fixes of many findings as one undo step; ``then`` hears what became of it."""
        session = self.session

        def change(progress: Progress) -> Done:
            summary = session.mend_all(wish, progress)
            deeds = (Deed(fix.title, fix.plan, found) for found, fix in summary.mended if fix.plan)
            return Done(summary.flow_ids, Entry(tuple(deeds)), summary)

        def ended(done: Done) -> None:
            if done.summary is not None:
                then(done.summary)

        self._change(self.tr("Fixing…"), change, ended)

    def undo(self) -> None:
        """Take back the last change; a finding that comes back is looked at."""
        last = self.journal.last
        deeds = last.deeds if last is not None else ()

        def ended(_: Done) -> None:
            found = deeds[0].finding if len(deeds) == 1 else None
            number = self.index.number(found) if found is not None else -1
            if number >= 0:
                self.showFinding(self.findings[number])

        self._change(self.tr("Undoing…"), lambda _: Done(self.session.undo()), ended)

    def redo(self) -> None:
        """Do again what `undo` took back."""
        self._change(self.tr("Redoing…"), lambda _: Done(self.session.redo()))

    def save(self, path: Path) -> None:
        """Write the export to ``path``; ``saved`` follows."""
        session = self.session

        def work(progress: Progress) -> Path:
            session.save(path, progress)
            return path

        title = self.tr("Saving {name}…").format(name=path.name)
        self._jobs.start(title, work, self._written, self.report)

    def report(self, error: Exception) -> None:
        """Tell the person why something was not done, through ``failed``."""
        if not self._closed and not isinstance(error, CancelledError):  # who cancelled knows
            self.failed.emit(explain(error))

    def _enter(self, place: Place) -> bool:
        """Show a place and remember it, unless it is shown already."""
        if place == self.place:
            return False
        del self._places[self._current + 1 :]
        self._places.append(place)
        self._current += 1
        self.placeChanged.emit(place)
        return True

    def _walk(self, step: int) -> None:
        """Look at the next or the previous of the open findings, or of all where none is open."""
        walked = self.open_findings or self.findings
        if walked:
            present = -1 if self.finding is None else self.index.number(self.finding)
            start = present if present >= 0 else self._next - (step > 0)
            self.showFinding(self.index.beside(walked, start, step))

    def _choose_finding(self) -> None:
        """Look at a finding of the present place."""
        place, present = self.place, self.finding
        found = self.index.at(place)
        if found:
            self._look_at(present if present in found else found[0])
        elif present is not None and (place.action >= 0 or place.variable):
            self._look_at(present if self.index.is_on_path(present, place) else None)

    def _look_at(self, finding: "Finding | None") -> None:
        if finding is not None:
            self._next = self.index.number(finding) + 1
        if finding != self.finding:
            self.finding = finding
            self.findingChanged.emit(finding)

    def _change(
        self, title: str, change: Change, then: Callable[[Done], None] | None = None
    ) -> None:
        """Change the session and analyse it, in one job; ``then`` follows all signals."""
        session = self.session

        def work(progress: Progress) -> Outcome:
            progress.step(0, 0)
            before = session.change_count
            done = change(progress)
            count = session.change_count
            if count == before:  # nothing had to be changed
                done = replace(done, entry=None)
            outcome = Outcome(done, count, count != before)
            try:
                return replace(outcome, examination=examine(session, progress))
            except Exception as error:  # noqa: BLE001 - the change was made whatever follows
                return replace(outcome, error=error)

        self._running += 1
        self._job = self._jobs.start(title, work, partial(self._changed, then), self._not_changed)
        self.analysisChanged.emit()

    def _changed(self, then: Callable[[Done], None] | None, outcome: Outcome) -> None:
        self._running -= 1
        if self._closed:
            return
        before, done = self.finding, outcome.done
        self.journal.follow(outcome.count, done.entry)
        if outcome.examination is not None:
            self._take_over(outcome.examination)
        elif outcome.is_changed:
            self._up_to_date = False
        if outcome.is_changed:
            self.modelChanged.emit(done.flow_ids)
        self.findingsChanged.emit()
        if self.finding != before:
            self.findingChanged.emit(self.finding)
        self.analysisChanged.emit()
        self.historyChanged.emit()
        if outcome.error is not None:
            self.report(outcome.error)
        if done.entry is not None and done.entry.removed:
            self.secretsTakenOut.emit(done.entry.removed)
        if then is not None:
            then(done)

    def _applied(self, finding: "Finding", number: int, _: Done) -> None:
        """Go on behind a finding that a fix was applied for."""
        is_left = self.index.number(finding) >= 0
        self.goOn(number + 1 if is_left else number)

    def _not_changed(self, error: Exception) -> None:
        """Go on with what was known: nothing was changed."""
        self._running -= 1
        if not self._closed:
            self.analysisChanged.emit()
            self.report(error)

    def _take_over(self, found: Examination) -> None:
        """Know what a new analysis found; what is looked at stays, if it is still there."""
        number = self.index.number(self.finding) if self.finding is not None else -1
        self._up_to_date = True
        first = self.inspection is None
        self.inspection, self.index, self.coverage = found.inspection, found.index, found.coverage
        if first:
            self.first_found = frozenset(one.fingerprint for one in self.findings)
        if self.finding is not None:
            here = self.index.at(self.place)
            same = self.index.number(self.finding)
            self._next = same + 1 if same >= 0 else number
            self.finding = self.findings[same] if same >= 0 else next(iter(here), None)
            if same < 0 and self.finding is not None:
                self._next = self.index.number(self.finding) + 1

    def _written(self, path: Path) -> None:
        if not self._closed:
            self.historyChanged.emit()
            self.saved.emit(path)
