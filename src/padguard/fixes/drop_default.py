"""Drops the default of a sensitive input."""

from padguard.fixes.case import Case
from padguard.fixes.defaults import drop_default
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.flow.masking import default_span
from padguard.foundation.messages import mark
from padguard.robin.tree import Declaration

TITLE = mark("fixes", "Drop the default of {name}")
NOT_FOUND = mark("fixes", "The default stands where it cannot be changed alone.")
CALLERS = mark(
    "fixes",
    "Whoever runs the flow without a value for {name} relied on the default. Give it there, or "
    "retrieve it with Get credential.",
)
CHANGE_IT = mark("fixes", "Change the secret where it is used: it has been seen.")


def _plan(case: Case) -> Plan:
    draft = case.draft()
    declaration = _declaration(case)
    drop_default(draft, case.flow, declaration)
    draft.note(CALLERS(name=declaration.name))
    if case.finding.secret is not None:
        draft.remove_secret(case.flow, case.finding.secret, declaration.name)
        draft.note(CHANGE_IT)
    return draft.plan()


def _declaration(case: Case) -> Declaration:
    """Return the declaration that the secret of the finding is the default of."""
    script, place = case.flow.script, case.finding.place
    for declaration in (*script.header.inputs, *script.header.outputs):
        start, end = default_span(script, declaration)
        if start <= place.start < end:
            return declaration
    raise NotPossibleError(NOT_FOUND)


RECIPE = Recipe(
    "drop-default",
    ("PG105",),
    Applicability.REVIEW,
    lambda case: TITLE(name=case.finding.variables[0] if case.finding.variables else ""),
    _plan,
)
