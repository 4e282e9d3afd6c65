"""Marks every variable along the way of a finding as sensitive."""

from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, Recipe
from padguard.fixes.mark import mark_all
from padguard.fixes.plan import Plan
from padguard.fixes.subjects import path_variables, unmarked
from padguard.foundation.messages import Message, mark

TITLE = mark("fixes", "Mark along the whole path: {names}")


def _title(case: Case) -> Message:
    names = dict.fromkeys(variable.name for _, variable in unmarked(path_variables(case)))
    return TITLE(names=", ".join(names))


def _plan(case: Case) -> Plan:
    return mark_all(case, unmarked(path_variables(case)))


RECIPE = Recipe(
    "mark-path",
    ("PG201", "PG202", "PG203", "PG205", "PG207"),
    Applicability.SAFE,
    _title,
    _plan,
    lambda case: len(unmarked(path_variables(case))) > 1,
)
