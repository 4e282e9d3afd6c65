"""Switches a row off that shows or passes on sensitive data."""

from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.rows import (
    HAS_NOTES,
    notes_of,
    refuse_handler,
    refuse_needed,
    refuse_part_of_block,
)
from padguard.flow.model import Action
from padguard.flow.words import title
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind

TITLE = mark("fixes", "Disable row {row} ({title})")
STAYS = mark(
    "fixes",
    "The row stays in the flow and does nothing from now on. Delete it in the designer when nobody "
    "misses it.",
)
NO_ROW = mark("fixes", "This is no row that could be disabled.")
ENDS_FLOW = mark("fixes", "Row {row} ends the flow. Without it the flow would go on.")
HOLDS_SECRET = mark(
    "fixes",
    "A secret is written into row {row} as well, and would stay there. Take it out first.",
)


def _plan(case: Case) -> Plan:
    action = _row(case)
    flow, statement = case.flow, action.statement
    if statement.kind is Kind.EXIT:
        raise NotPossibleError(ENDS_FLOW(row=action.row))
    refuse_part_of_block(action)
    refuse_handler(flow, action)
    if notes_of(flow, action):
        raise NotPossibleError(HAS_NOTES(row=action.row))
    refuse_needed(flow, action)
    _refuse_secrets(case, action)
    draft = case.draft()
    code = statement.start + statement.code
    # not an insertion: a row that another fix puts before this one must not get between
    draft.replace(flow, code, code + 1, f"DISABLE {flow.script.text[code]}")
    draft.note(STAYS)
    return draft.plan()


def _row(case: Case) -> Action:
    action = case.action
    if action is None:
        raise NotPossibleError(NO_ROW)
    return action


def _refuse_secrets(case: Case, action: Action) -> None:
    """Refuse a row with a secret written into it: in a disabled row that is a finding, too."""
    travel = case.inspection.travel_of(case.flow)
    hits = (*case.inspection.hits[case.flow], *travel.destined)
    if any(hit.action is action for hit in hits):
        raise NotPossibleError(HOLDS_SECRET(row=action.row))


def _title(case: Case) -> Message:
    action = case.action
    if action is None:
        return TITLE(row="", title="")
    return TITLE(row=action.row, title=title(action))


RECIPE = Recipe(
    "disable-row",
    ("PG301", "PG302", "PG303", "PG304", "PG305", "PG501"),
    Applicability.REVIEW,
    _title,
    _plan,
    lambda case: case.action is not None,
)
