"""Applies the fixes of many findings, round by round until nothing more can be mended."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from padguard.analysis.inspection import Inspection
from padguard.fixes.case import Case
from padguard.fixes.draft import Draft
from padguard.fixes.engine import Batch, LeftOut, together
from padguard.fixes.fix import Applicability, Fix
from padguard.flow.model import Flow
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding
from padguard.session.changes import Step
from padguard.session.content import Content

COMES_BACK = mark("session", "It is still found after its fix was applied.")
NOT_YET = mark("session", "There was too much to do for one go. Fix the rest in another one.")
FIX_ONE = mark("session", "Fix one finding")
FIX_ALL = mark("session", "Fix {count} findings")
MOST_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be mended, and how.

    Attributes:
        chosen: Tells of a finding whether it shall be mended; asked again after every round.
        wanted: How sure the fixes must be.
        recipe: Id of the only fix to take, or "" for the best of each finding.
    """

    chosen: Callable[[Finding], bool]
    wanted: frozenset[Applicability] = frozenset({Applicability.SAFE})
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was mended by what, and what was not.

    Attributes:
        mended: The findings that were mended, with the fix that was applied.
        left_out: The findings that are left, with the reason; they lie in the flows as they stand.
        flow_ids: The flows that were rebuilt.
        flows: For each that was mended, the flows that it lay in, by id: those of its round.
    """

    mended: tuple[tuple[Finding, Fix], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    flow_ids: frozenset[str] = frozenset()
    flows: tuple[Mapping[str, Flow], ...] = field(default=(), repr=False)

    def after(
        self, batch: Batch, others: Sequence[LeftOut], flows: Mapping[str, Flow]
    ) -> "Summary":
        """Return the summary after another round, which knows what is left."""
        return replace(
            self,
            mended=(*self.mended, *batch.mended),
            left_out=(*batch.left_out, *batch.postponed, *others),
            flows=self.flows + (flows,) * len(batch.mended),
        )


class _Chosen:
    """Knows which findings shall be mended, round after round.

    Fingerprints of findings that are alike move up when one of them is mended. Where one of a sort
    was not chosen, none of that sort is touched from then on: it might be the one.
    """

    def __init__(self, chosen: Callable[[Finding], bool]) -> None:
        self._is_chosen = chosen
        self._all: Counter[Hashable] | None = None
        self._declined: Counter[Hashable] = Counter()

    def split(self, cases: Sequence[Case]) -> tuple[list[Case], list[LeftOut]]:
        """Return the cases to be mended, and those that cannot be told from others any more."""
        now = Counter(_sort(case.finding) for case in cases)
        chosen = [case for case in cases if self._is_chosen(case.finding)]
        if self._all is None:
            self._all = now
            self._declined = now - Counter(_sort(case.finding) for case in chosen)
            return chosen, []
        moved = {sort for sort in self._declined if now[sort] != self._all[sort]}
        fresh = [case for case in chosen if _sort(case.finding) not in moved]
        unsure: list[LeftOut] = []
        for sort in moved:
            alike = [case.finding for case in cases if _sort(case.finding) == sort]
            left = max(0, now[sort] - self._declined[sort])
            unsure += [LeftOut(finding, NOT_YET) for finding in alike[:left]]
        return fresh, unsure


class _Returns:
    """Knows which findings come back after their fix.

    Findings that are alike cannot be told apart: of a sort that was mended, no more may be left
    than were not mended. If there are, none of that sort is mended again.
    """

    def __init__(self) -> None:
        self._most: Counter[Hashable] = Counter()
        self._stubborn: set[Hashable] = set()

    def split(self, cases: Sequence[Case]) -> tuple[list[Case], list[LeftOut]]:
        """Return the cases to be mended, and what came back."""
        now = Counter(_sort(case.finding) for case in cases)
        self._stubborn |= {sort for sort, most in self._most.items() if now[sort] > most}
        again = [case for case in cases if _sort(case.finding) in self._stubborn]
        fresh = [case for case in cases if _sort(case.finding) not in self._stubborn]
        return fresh, [LeftOut(case.finding, COMES_BACK) for case in again]

    def note(self, cases: Sequence[Case], batch: Batch) -> None:
        """Note which of some cases were mended."""
        now = Counter(_sort(case.finding) for case in cases)
        mended = Counter(_sort(finding) for finding, _ in batch.mended)
        self._most = Counter({sort: now[sort] - count for sort, count in mended.items()})


def _sort(finding: Finding) -> Hashable:
    """Return what the fingerprint of a finding is made of, but for its number."""
    place = finding.place
    where = str(place.where or "")
    secret = finding.secret, finding.variables
    return finding.rule, place.flow_id, place.subflow, where, finding.key, secret


def mend(
    content: Content, wish: Wish, analyse: Callable[[], list[Case]]
) -> tuple[Summary, Step | None]:
    """Mend what can be mended; flows that others run come before these.

    Args:
        content: The texts; they are changed.
        wish: What shall be mended.
        analyse: Analyses the texts as they stand and returns a case for each finding.

    Returns:
        What became of the findings, and all changes as one step; None where nothing changed.

    Raises:
        CancelledError: The analysis was cancelled; the texts are as before.
        EditError: A plan does not fit; the texts are as before.
    """
    summary, chosen, returns = Summary(), _Chosen(wish.chosen), _Returns()
    step: Step | None = None
    try:
        for number in range(MOST_ROUNDS + 1):
            cases, unsure = chosen.split(analyse())
            fresh, again = returns.split(cases)
            draft = Draft(content.export, content.flows.values())
            batch = together(draft, _innermost_first(fresh), wish.wanted, wish.recipe)
            if number == MOST_ROUNDS:
                batch = _put_off(batch)
            summary = summary.after(batch, [*again, *unsure], dict(content.flows))
            if not batch.mended:
                break
            returns.note(cases, batch)
            step = _with(step, batch, len(summary.mended))
            rebuilt = content.take_over(batch.plan.after)
            summary = replace(summary, flow_ids=summary.flow_ids | rebuilt)
    except BaseException:
        if step is not None:
            content.take_over(step.before)
        raise
    return summary, step


def _innermost_first(cases: Sequence[Case]) -> list[Case]:
    """Return cases so that those of a flow come before those of the flows that run it.

    What a flow no longer takes, the flows that run it need not retrieve.
    """
    if not cases:
        return []
    order = _flows_innermost_first(cases[0].inspection)
    rank = {flow.id: number for number, flow in enumerate(order)}
    return sorted(cases, key=lambda case: rank.get(case.finding.place.flow_id, len(rank)))


def _flows_innermost_first(inspection: Inspection) -> Iterator[Flow]:
    runs: defaultdict[Flow, list[Flow]] = defaultdict(list)
    for travel in inspection.travels:
        for call in travel.program.calls.values():
            if call.callee is not None and not call.shares:
                runs[call.caller.flow].append(call.callee.flow)
    seen: set[Flow] = set()
    waiting = [(flow, False) for flow in reversed(inspection.flows)]
    while waiting:
        flow, is_done = waiting.pop()
        if is_done:
            yield flow
        elif flow not in seen:
            seen.add(flow)
            waiting.append((flow, True))
            waiting += [(other, False) for other in reversed(runs[flow])]


def _put_off(batch: Batch) -> Batch:
    """Return a batch of which nothing is mended."""
    later = [LeftOut(finding, NOT_YET) for finding, _ in batch.mended]
    return replace(batch, mended=(), postponed=(*batch.postponed, *later))


def _with(step: Step | None, batch: Batch, count: int) -> Step:
    plan = batch.plan
    label = FIX_ONE if count == 1 else FIX_ALL(count=count)
    if step is None:
        return Step(label, plan.before, plan.after)
    return replace(step.then(plan.before, plan.after), label=label)
