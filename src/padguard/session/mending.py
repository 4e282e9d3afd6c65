"""Applies the fixes of many findings, round by round until nothing more can be mended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from padguard.fixes.case import Case
from padguard.fixes.draft import Draft
from padguard.fixes.engine import Batch, LeftOut, together
from padguard.fixes.fix import Applicability, Fix
from padguard.foundation.errors import CancelledError, EditError
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding
from padguard.session.changes import Step
from padguard.session.content import Content

COMES_BACK = mark("session", "It is still found after its fix was applied.")
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
        left_out: The findings that are left, with the reason.
        flow_ids: The flows that were rebuilt.
    """

    mended: tuple[tuple[Finding, Fix], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    flow_ids: frozenset[str] = frozenset()

    def knows(self, finding: Finding) -> bool:
        """Tell whether a fix for a finding was applied already."""
        return any(finding.fingerprint == known.fingerprint for known, _ in self.mended)

    def after(self, batch: Batch, others: Sequence[LeftOut]) -> "Summary":
        """Return the summary after another round, which knows what is left."""
        left_out = (*batch.left_out, *batch.postponed, *others)
        return replace(self, mended=(*self.mended, *batch.mended), left_out=left_out)


def mend(
    content: Content, wish: Wish, analyse: Callable[[], list[Case]]
) -> tuple[Summary, Step | None]:
    """Mend what can be mended.

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
    summary = Summary()
    step: Step | None = None
    try:
        for _ in range(MOST_ROUNDS):
            cases = [case for case in analyse() if wish.chosen(case.finding)]
            again = [case for case in cases if summary.knows(case.finding)]
            fresh = [case for case in cases if not summary.knows(case.finding)]
            draft = Draft(content.export, content.flows.values())
            batch = together(draft, fresh, wish.wanted, wish.recipe)
            summary = summary.after(batch, [LeftOut(case.finding, COMES_BACK) for case in again])
            if not batch.mended:
                break
            step = _with(step, batch, len(summary.mended))
            rebuilt = content.take_over(batch.plan.after)
            summary = replace(summary, flow_ids=summary.flow_ids | rebuilt)
    except (CancelledError, EditError):
        if step is not None:
            content.take_over(step.before)
        raise
    return summary, step


def _with(step: Step | None, batch: Batch, count: int) -> Step:
    plan = batch.plan
    label = FIX_ONE if count == 1 else FIX_ALL(count=count)
    if step is None:
        return Step(label, plan.before, plan.after)
    return replace(step.then(plan.before, plan.after), label=label)
