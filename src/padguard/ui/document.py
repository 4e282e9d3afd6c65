"""What all views of a window share: the open export, the place that is looked at, the changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from padguard.foundation.errors import CancelledError
from padguard.foundation.progress import Progress
from padguard.ui.failures import explain
from padguard.ui.finding_index import FindingIndex
from padguard.ui.jobs import Job, Jobs
from padguard.ui.place import Place

if TYPE_CHECKING:
    from padguard.analysis.inspection import Inspection
    from padguard.rules.finding import Finding
    from padguard.session.session import Session
    from padguard.ui.counts import Coverage

__all__ = ["Analysis", "Document", "Place"]


class Analysis(Enum):
    """How far the analysis of the export as it stands is."""

    WAITING = auto()  # nothing was analysed yet
    RUNNING = auto()
    DONE = auto()
    STOPPED = auto()  # cancelled or failed: what is known is older than the export


@dataclass(frozen=True, slots=True)
class Examination:
    """What an analysis found; plain data, made on the worker thread."""

    inspection: "Inspection"
    index: FindingIndex
    coverage: "Coverage"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change and the analysis behind it.

    ``examination`` is None where the analysis ended early; ``error`` says why.
    """

    flow_ids: frozenset[str]
    examination: Examination | None
    error: Exception | None = None


class Document(QObject):
    """One open export as the views see it: one selection, one history of places, one of changes.

    All changes run as background jobs, one after the other, and each is analysed in the same job.
    Afterwards ``modelChanged`` names the flows that were rebuilt (objects of their old version are
    stale then), ``findingsChanged`` tells that findings, the sensitivity of variables or the
    secrets of flows may differ, ``historyChanged`` that undo, redo or the modified state may, and
    ``failed`` says why something was not done. ``analysisChanged`` follows `analysis`.

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
        self._places = [self._first_place()]
        self._current = 0

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

    def close(self) -> None:
        """Hear of no job any more, for the end of the document; an analysis is cancelled."""
        self._closed = True
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
        """Look at the finding behind the present one, behind the last one at the first."""
        if self.findings:
            self.showFinding(self.findings[self._next % len(self.findings)])

    def previousFinding(self) -> None:
        """Look at the finding before the present one, before the first one at the last."""
        if self.findings:
            step = 1 if self.finding is None else 2
            self.showFinding(self.findings[(self._next - step) % len(self.findings)])

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
        """Look for findings in the export as it stands."""
        self._change(self.tr("Analysing…"), frozenset)

    def mark(
        self, flow_id: str, names: Sequence[str], sensitive: bool, local_to: str | None = None
    ) -> None:
        """Mark variables of one flow as sensitive, or remove their marks, as one undo step."""
        session = self.session
        wanted = tuple(names)
        title = self.tr("Marking…") if sensitive else self.tr("Removing the mark…")
        self._change(
            title, lambda: session.apply(*session.marking(flow_id, wanted, sensitive, local_to))
        )

    def undo(self) -> None:
        """Take back the last change."""
        self._change(self.tr("Undoing…"), self.session.undo)

    def redo(self) -> None:
        """Do again what `undo` took back."""
        self._change(self.tr("Redoing…"), self.session.redo)

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

    def _first_place(self) -> Place:
        """Return the first flow, or the subflow Main of an only flow."""
        flows = self.session.flows
        if not flows:
            return Place()
        return Place(flows[0].id, "" if len(flows) > 1 else flows[0].subflows[0].name)

    def _enter(self, place: Place) -> bool:
        """Show a place and remember it, unless it is shown already."""
        if place == self.place:
            return False
        del self._places[self._current + 1 :]
        self._places.append(place)
        self._current += 1
        self.placeChanged.emit(place)
        return True

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

    def _change(self, title: str, change: Callable[[], frozenset[str]]) -> None:
        """Change the session and analyse it, in one job."""
        session = self.session

        def work(progress: Progress) -> Outcome:
            progress.step(0, 0)
            flow_ids = change()
            try:
                return Outcome(flow_ids, _examine(session, progress))
            except Exception as error:  # noqa: BLE001 - the change was made whatever follows
                return Outcome(flow_ids, None, error)

        self._running += 1
        self._job = self._jobs.start(title, work, self._changed, self._not_changed)
        self.analysisChanged.emit()

    def _changed(self, outcome: Outcome) -> None:
        self._running -= 1
        if self._closed:
            return
        before = self.finding
        if outcome.examination is not None:
            self._take_over(outcome.examination)
        elif outcome.flow_ids:
            self._up_to_date = False
        if outcome.flow_ids:
            self.modelChanged.emit(outcome.flow_ids)
        self.findingsChanged.emit()
        if self.finding != before:
            self.findingChanged.emit(self.finding)
        self.analysisChanged.emit()
        self.historyChanged.emit()
        if outcome.error is not None:
            self.report(outcome.error)

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
        self.inspection, self.index, self.coverage = found.inspection, found.index, found.coverage
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


def _examine(session: "Session", progress: Progress) -> Examination:
    """Analyse a session; runs on the worker thread, and imports there what it takes."""
    from padguard.ui.counts import coverage

    inspection = session.inspect(progress)
    index = FindingIndex(session.findings, session.flows)
    return Examination(inspection, index, coverage(inspection))
