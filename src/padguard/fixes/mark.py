"""Marks the variable of a finding as sensitive."""

from padguard.analysis.holdings import Holding
from padguard.fixes.case import Case
from padguard.fixes.defaults import declaration_of, drop_default, has_default
from padguard.fixes.draft import Draft
from padguard.fixes.fix import Applicability, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.subjects import Owned, main_variable, path_variables, unmarked
from padguard.flow.model import Flow, Variable
from padguard.foundation.messages import Message, mark

TITLE = mark("fixes", "Mark {name} as sensitive")
TITLE_BOTH = mark("fixes", "Mark {name} and {other} as sensitive, on both sides")
TITLE_SAME = mark("fixes", "Mark {name} as sensitive, on both sides")
DEFAULT_DROPPED = mark(
    "fixes",
    "The default of {name} is dropped as well: the mark would hide it in the designer only, not in "
    "the definition of the flow.",
)


def mark_all(case: Case, variables: list[Owned]) -> Plan:
    """Return the plan that marks some variables; an input that is marked loses its default."""
    draft = case.draft()
    for flow, variable in variables:
        mark_one(draft, flow, variable)
    return draft.plan()


def mark_one(draft: Draft, flow: Flow, variable: Variable) -> None:
    """Have a variable marked; a default that it has as an input is dropped."""
    draft.mark(flow, variable)
    declaration = declaration_of(flow, variable)
    if declaration is not None and has_default(declaration):
        drop_default(draft, flow, declaration)
        draft.note(DEFAULT_DROPPED(name=variable.name))
        draft.needs_review()


def _wanted(case: Case) -> list[Owned]:
    """Return the variable; for one that lies behind the border of a flow also the one before."""
    found = main_variable(case)
    if found is None:
        return []
    if case.finding.rule == "PG205":
        return unmarked(path_variables(case)[-2:])
    return unmarked([found])


def _title(case: Case) -> Message:
    names = [variable.name for _, variable in _wanted(case)]
    if len(names) == 2 and names[0].casefold() == names[1].casefold():
        return TITLE_SAME(name=names[0])
    if len(names) == 2:
        return TITLE_BOTH(name=names[1], other=names[0])
    return TITLE(name=names[0])


RECIPE = Recipe(
    "mark",
    ("PG201", "PG202", "PG203", "PG205", "PG207"),
    Applicability.SAFE,
    _title,
    lambda case: mark_all(case, _wanted(case)),
    lambda case: isinstance(case.finding.subject, Holding) and bool(_wanted(case)),
)
