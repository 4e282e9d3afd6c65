"""Offers fixes for findings, and brings those of many findings together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from padguard.fixes.case import Case
from padguard.fixes.copies import copies
from padguard.fixes.draft import Draft
from padguard.fixes.fix import Applicability, Fix, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.registry import RECIPES
from padguard.foundation.errors import EditError
from padguard.foundation.messages import Message, mark
from padguard.rules.finding import Finding

DONE_ALREADY = mark("fixes", "Nothing has to change: it is so already.")
NO_FIX = mark("fixes", "Nothing can be changed for this finding by itself.")
NEEDS_REVIEW = mark("fixes", "Its fix changes what the flow does, so a person has to agree.")
NEEDS_A_PERSON = mark("fixes", "A person has to take its steps, in the designer or the portal.")
_NEEDS = {
    Applicability.REVIEW: NEEDS_REVIEW,
    Applicability.GUIDED: NEEDS_A_PERSON,
}


def fixes_for(case: Case) -> list[Fix]:
    """Return what can be done about a finding, the best first; what cannot, with the reason."""
    found = [_made(recipe, case) for recipe in RECIPES if _fits(recipe, case)]
    return sorted(found, key=lambda fix: fix.plan is None)


def _fits(recipe: Recipe, case: Case) -> bool:
    return case.finding.rule in recipe.rules and recipe.offered(case)


def _made(recipe: Recipe, case: Case) -> Fix:
    title = recipe.title(case)
    try:
        plan = recipe.plan(case)
    except EditError as error:
        return Fix(recipe.id, title, recipe.applicability, reason=error.message)
    if plan.changes_nothing and not plan.steps:
        return Fix(recipe.id, title, recipe.applicability, reason=DONE_ALREADY)
    said = [*plan.notes, *copies(case.inspection, plan)]
    plan = replace(plan, notes=tuple(said))
    return Fix(recipe.id, title, _sure(recipe, plan), plan)


def _sure(recipe: Recipe, plan: Plan) -> Applicability:
    if plan.changes_nothing:
        return Applicability.GUIDED
    return Applicability.REVIEW if plan.review else recipe.applicability


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A finding that is not mended, and why."""

    finding: Finding
    reason: Message


@dataclass(frozen=True, slots=True)
class Batch:
    """The fixes of many findings as one plan.

    Attributes:
        plan: All that goes together.
        mended: The findings that it mends, with the fix chosen for each.
        postponed: Findings whose fixes are in conflict with others; they may be possible after
            the plan is applied.
        left_out: Findings that have no fix of the wanted sort.
    """

    plan: Plan
    mended: tuple[tuple[Finding, Fix], ...]
    postponed: tuple[LeftOut, ...]
    left_out: tuple[LeftOut, ...]


def together(
    draft: Draft, cases: Iterable[Case], wanted: frozenset[Applicability], chosen: str = ""
) -> Batch:
    """Bring the fixes of many findings together: for each the first of the wanted sort.

    Args:
        draft: Takes up what goes together; empty.
        cases: The findings, all of the texts that the draft is made for.
        wanted: How sure the fixes must be. GUIDED ones change nothing and are never taken.
        chosen: Id of the one recipe to take, or "" for the best of each finding.
    """
    mended: list[tuple[Finding, Fix]] = []
    postponed: list[LeftOut] = []
    left_out: list[LeftOut] = []
    for case in cases:
        fix = _first(replace(case, claims=draft.claims), wanted, chosen)
        if fix.plan is None:
            left_out.append(LeftOut(case.finding, fix.reason or NO_FIX))
            continue
        try:
            draft.add(fix.plan)
        except EditError as error:
            postponed.append(LeftOut(case.finding, error.message))
        else:
            mended.append((case.finding, fix))
    return Batch(draft.plan(), tuple(mended), tuple(postponed), tuple(left_out))


def _first(case: Case, wanted: frozenset[Applicability], chosen: str) -> Fix:
    """Return the first fix of the wanted sort, or one that says why there is none."""
    refused: list[Fix] = []
    for recipe in RECIPES:
        if _fits(recipe, case) and chosen in ("", recipe.id):
            fix = _made(recipe, case)
            if fix.plan is not None and fix.applicability in wanted:
                return fix
            refused.append(fix)
    reason = _why_not(refused)
    return Fix("", NO_FIX, Applicability.GUIDED, reason=reason)


def _why_not(refused: Sequence[Fix]) -> Message:
    """Return why none of some fixes is taken: what a person could do comes first."""
    possible = [fix.applicability for fix in refused if fix.plan is not None]
    for sure in (Applicability.REVIEW, Applicability.GUIDED):
        if sure in possible:
            return _NEEDS[sure]
    return next((fix.reason for fix in refused if fix.reason is not None), NO_FIX)
