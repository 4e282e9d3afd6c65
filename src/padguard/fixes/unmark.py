"""Takes away a mark that protects nothing."""

from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.subjects import main_variable
from padguard.foundation.messages import mark

TITLE = mark("fixes", "Take the mark of {name} away")


def _plan(case: Case) -> Plan:
    draft = case.draft()
    found = main_variable(case)
    if found is not None:
        draft.mark(*found, sensitive=False)
    return draft.plan()


RECIPE = Recipe(
    "unmark",
    ("PG208",),
    Applicability.REVIEW,
    lambda case: TITLE(name=case.finding.variables[0]),
    _plan,
)
