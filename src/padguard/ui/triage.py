"""What a person decided about the findings of the open export, and which ones were skipped."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from padguard.foundation.masked import Masked
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress
from padguard.rules.finding import Finding
from padguard.rules.triage import Decision, Decisions, State, decide, without_secrets
from padguard.ui.opening import is_sample

if TYPE_CHECKING:
    from padguard.ui.document import Document

NOT_KEPT = mark(
    "triage",
    "This decision holds until you close the export: there is no file of yours yet to keep it "
    "beside. Save the export, and the decision is kept beside it.",
)
REASON_MASKED = mark(
    "triage", "Something in your reason looked like a secret, so it was masked before it was kept."
)
Change = Callable[[Decisions], Decisions]


class Standing(Enum):
    """Where a finding stands for whoever goes through them."""

    OPEN = State.OPEN
    SKIPPED = "skipped"  # open, but put off until the export is closed
    ACCEPTED = State.ACCEPTED
    FALSE_POSITIVE = State.FALSE_POSITIVE
    KNOWN = State.BASELINE

    @property
    def is_open(self) -> bool:
        """Whether there is something to be done about it."""
        return self in (Standing.OPEN, Standing.SKIPPED)


class Triage(QObject):
    """The decisions about one document, kept in the file beside its export.

    ``changed`` tells that findings may stand elsewhere, ``loaded`` that the file was read. The file
    is read and written by jobs; what fails is reported by the document, and the decisions stay as
    they were. Where there is no file of the maker's own (clipboard, sample), they are kept in
    memory, and go to the file beside the export as soon as it is saved.
    """

    changed = Signal()
    loaded = Signal()

    def __init__(self, document: "Document") -> None:
        super().__init__(document)
        self._document = document
        self._skipped: set[str] = set()
        self.decisions = Decisions()
        self.is_loaded = False
        self._kept_beside = self._path
        document.saved.connect(self._follow)

    @property
    def today(self) -> dt.date:
        """The day on which decisions are judged."""
        return dt.datetime.now().astimezone().date()

    def standing(self, finding: Finding) -> Standing:
        """Return where a finding stands."""
        state = self.decisions.state_of(finding, self.today)
        if state is State.OPEN and finding.fingerprint in self._skipped:
            return Standing.SKIPPED
        return Standing(state)

    def is_open(self, finding: Finding) -> bool:
        """Tell whether nothing was decided about a finding that still holds."""
        return self.standing(finding).is_open

    def is_waiting(self, finding: Finding) -> bool:
        """Tell whether a finding is neither decided about nor skipped."""
        return self.standing(finding) is Standing.OPEN

    def decision(self, finding: Finding) -> Decision | None:
        """Return what was decided about a finding, also where that has run out."""
        found = self.decisions.get(finding.fingerprint)
        return None if found is None else without_secrets(found, self._secrets)

    @property
    def expired(self) -> list[Decision]:
        """The decisions about findings of now whose last day is over."""
        present = {found.fingerprint for found in self._document.findings}
        over = self.decisions.expired(self.today)
        return [without_secrets(one, self._secrets) for one in over if one.fingerprint in present]

    @property
    def unused(self) -> list[Decision]:
        """The decisions about this export whose finding is gone."""
        session = self._document.session
        flows = {flow.id for flow in session.flows} | {""}
        rules = {rule.id for rule in session.selection.rules()}
        unused = self.decisions.unused(self._document.findings, flows, rules)
        return [without_secrets(one, self._secrets) for one in unused]

    def load(self) -> None:
        """Read the decisions that are kept beside the export."""
        path = self._path
        if path is None:
            self._take_over(None, self.decisions)
            return

        def work(_: Progress) -> Decisions:
            from padguard.session.triage_file import read_decisions, triage_path

            return read_decisions(triage_path(path))

        taken = partial(self._take_over, None)
        title = self.tr("Reading decisions…")
        self._document.jobs.start(title, work, taken, self._document.report, quiet=True)

    def decide(
        self,
        finding: Finding,
        state: State,
        reason: str = "",
        until: dt.date | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Decide about a finding, and do something once that is kept.

        Args:
            finding: The finding.
            state: ``ACCEPTED``, which takes a reason, or ``FALSE_POSITIVE``.
            reason: Why; what in it looks like a secret is masked.
            until: The last day on which it holds, or None.
            then: Called on success.
        """
        flows = {flow.id: flow.name for flow in self._document.session.flows}
        decision = decide(
            finding,
            state,
            flow_name=flows.get(finding.place.flow_id, ""),
            today=self.today,
            reason=reason,
            until=until,
            secrets=self._secrets,
        )
        if decision.masked:
            self._document.told.emit(REASON_MASKED)
        self._change(lambda known: known.with_decision(decision), then, new=True)

    def reopen(self, finding: Finding) -> None:
        """Take back what was decided about a finding, or that it was skipped."""
        if finding.fingerprint in self._skipped:
            self._skipped.discard(finding.fingerprint)
            self.changed.emit()
        if finding.fingerprint in self.decisions:
            self._change(lambda known: known.without(finding.fingerprint))

    def forget(self, decisions: Sequence[Decision]) -> None:
        """Take decisions out of the file whose findings are gone."""
        gone = {decision.fingerprint for decision in decisions}
        self._change(partial(_without, gone=gone))

    def skip(self, finding: Finding) -> None:
        """Put a finding off until the export is closed."""
        self._skipped.add(finding.fingerprint)
        self.changed.emit()

    @property
    def _secrets(self) -> list[Masked]:
        return [found.secret for found in self._document.findings if found.secret]

    @property
    def _path(self) -> Path | None:
        """The export whose decisions are kept beside it; None where it is no file of a maker."""
        path = self._document.session.export.path
        return None if path is None or is_sample(path) else path

    def _change(
        self, change: Change, then: Callable[[], None] | None = None, *, new: bool = False
    ) -> None:
        path = self._path
        if path is None:
            if new:
                self._document.told.emit(NOT_KEPT)
            self._take_over(then, change(self.decisions))
            return

        def work(_: Progress) -> Decisions:
            from padguard.session.triage_file import change_decisions, triage_path

            return change_decisions(triage_path(path), change)

        taken = partial(self._take_over, then)
        title = self.tr("Keeping the decision…")
        self._document.jobs.start(title, work, taken, self._document.report)

    def _take_over(self, then: Callable[[], None] | None, decisions: Decisions) -> None:
        if self._document.is_closed:
            return
        first, self.is_loaded = not self.is_loaded, True
        self.decisions = decisions
        self.changed.emit()
        if first:
            self.loaded.emit()
        if then is not None:
            then()

    def _follow(self, path: Path) -> None:
        """Keep the decisions beside what was saved, where that is another file than before."""
        decisions = self.decisions
        before, self._kept_beside = self._kept_beside, self._path
        if not decisions or self._path is None:
            return

        def work(_: Progress) -> Decisions:
            from padguard.session.triage_file import change_decisions, read_decisions, triage_path

            target = triage_path(path)
            if before is not None and triage_path(before) == target:
                return read_decisions(target)
            return change_decisions(target, partial(_with_all, added=decisions))

        taken = partial(self._take_over, None)
        title = self.tr("Keeping the decisions…")
        self._document.jobs.start(title, work, taken, self._document.report, quiet=True)


def _without(known: Decisions, gone: Collection[str]) -> Decisions:
    return Decisions((one for one in known.values() if one.fingerprint not in gone), known.extra)


def _with_all(known: Decisions, added: Decisions) -> Decisions:
    return Decisions([*known.values(), *added.values()], known.extra)
