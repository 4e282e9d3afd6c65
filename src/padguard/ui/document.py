"""What all views of a window share: the open export, the place that is looked at, the changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from padguard.foundation.errors import CancelledError
from padguard.foundation.progress import Progress
from padguard.ui.failures import explain
from padguard.ui.jobs import Jobs

if TYPE_CHECKING:
    from padguard.session.session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a person can look at; the emptier, the more general.

    Attributes:
        flow_id: The flow, or empty for the export as a whole.
        subflow: The subflow, or empty.
        action: Index into ``Flow.actions``, or -1.
        variable: Name of the variable, or empty.
        local_to: Name of the local-scope subflow that owns the variable, or None.
    """

    flow_id: str = ""
    subflow: str = ""
    action: int = -1
    variable: str = ""
    local_to: str | None = None


class Document(QObject):
    """One open export as the views see it: one selection, one history of places, one of changes.

    All changes run as background jobs, one after the other. Afterwards ``modelChanged`` names the
    flows that were rebuilt (objects of their old version are stale then), ``historyChanged`` tells
    that undo, redo or the modified state may differ, and ``failed`` says why something was
    not done.
    """

    modelChanged = Signal(object)  # noqa: N815 - a signal of Qt: frozenset of flow ids
    placeChanged = Signal(object)  # noqa: N815 - a signal of Qt: Place
    historyChanged = Signal()  # noqa: N815 - a signal of Qt
    saved = Signal(object)  # Path
    failed = Signal(object)  # Message

    def __init__(self, session: "Session", jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._jobs = jobs
        self._places = [self._first_place()]
        self._current = 0

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
        """Show a place in all views and remember it."""
        if place == self.place:
            return
        del self._places[self._current + 1 :]
        self._places.append(place)
        self._current += 1
        self.placeChanged.emit(place)

    def back(self) -> None:
        """Show the place visited before."""
        if self.canGoBack:
            self._current -= 1
            self.placeChanged.emit(self.place)

    def forward(self) -> None:
        """Show the place that `back` left."""
        if self.canGoForward:
            self._current += 1
            self.placeChanged.emit(self.place)

    def mark(
        self, flow_id: str, names: Sequence[str], sensitive: bool, local_to: str | None = None
    ) -> None:
        """Mark variables of one flow as sensitive, or remove their marks, as one undo step."""
        session = self.session
        wanted = tuple(names)

        def work(progress: Progress) -> frozenset[str]:
            progress.step(0, 0)
            return session.apply(session.marking(flow_id, wanted, sensitive, local_to))

        title = self.tr("Marking…") if sensitive else self.tr("Removing the mark…")
        self._jobs.start(title, work, self._rebuilt, self.report)

    def undo(self) -> None:
        """Take back the last change."""
        session = self.session
        self._jobs.start(self.tr("Undoing…"), lambda _: session.undo(), self._rebuilt, self.report)

    def redo(self) -> None:
        """Do again what `undo` took back."""
        session = self.session
        self._jobs.start(self.tr("Redoing…"), lambda _: session.redo(), self._rebuilt, self.report)

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
        if not isinstance(error, CancelledError):  # who cancelled knows
            self.failed.emit(explain(error))

    def _first_place(self) -> Place:
        """Return the first flow, or the subflow Main of an only flow."""
        flows = self.session.flows
        if not flows:
            return Place()
        return Place(flows[0].id, "" if len(flows) > 1 else flows[0].subflows[0].name)

    def _rebuilt(self, flow_ids: frozenset[str]) -> None:
        if flow_ids:
            self.modelChanged.emit(flow_ids)
        self.historyChanged.emit()

    def _written(self, path: Path) -> None:
        self.historyChanged.emit()
        self.saved.emit(path)
