"""Says where else a secret stands that a fix takes out: where nothing told that it is one."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from padguard.analysis.inspection import Inspection
from padguard.analysis.secrets.model import HOLE
from padguard.fixes.plan import Plan
from padguard.fixes.rows import in_words
from padguard.fixes.texts import SHORTEST_SECRET, secret_spans
from padguard.flow.model import Action, Flow
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind

IN_ROWS = mark(
    "fixes",
    "The same text also stands in “{flow}” ({rows}), where nothing says that it is a secret. If it "
    "is, take it out there as well.",
)
IN_HEADER = mark(
    "fixes",
    "The same text also stands in the inputs or outputs of “{flow}”, where nothing says that it is "
    "a secret. If it is, take it out there as well.",
)
_MOST: Final = 6  # rows that are named


def copies(inspection: Inspection, plan: Plan) -> Iterator[Message]:
    """Yield what is to be said of the places of a plan's secrets that no finding speaks of."""
    for secret in dict.fromkeys(removed.secret.reveal() for removed in plan.removed):
        if len(secret) < SHORTEST_SECRET or HOLE in secret:
            continue
        for flow in inspection.flows:
            places = list(_places(flow, plan, secret))
            if None in places:
                yield IN_HEADER(flow=flow.name)
            rows = [action for action in places if action is not None and not _follows(action)]
            if rows:
                more = ", …" if len(rows) > _MOST else ""
                yield IN_ROWS(flow=flow.name, rows=in_words(rows[:_MOST]) + more)


def _follows(action: Action) -> bool:
    """Tell whether a row only names a label, which it is renamed with."""
    return action.statement.kind is Kind.GOTO


def _places(flow: Flow, plan: Plan, secret: str) -> Iterator[Action | None]:
    """Yield the actions that hold a secret which is not known there and stays; None: the header."""
    if flow.secrets is None:
        return
    gone = [(edit.start, edit.end) for edit in plan.edits.get(flow.id, ())]
    for start, end in secret_spans(secret, flow.script.text, 0, len(flow.script.text)):
        before = bisect_right(flow.secrets, end - 1, key=lambda span: span[0]) - 1
        is_known = before >= 0 and flow.secrets[before][1] > start
        if not is_known and not any(first < end and start < last for first, last in gone):
            yield _action_at(flow, start)


def _action_at(flow: Flow, offset: int) -> Action | None:
    """Return the action at a character, or the one that the lines there belong to."""
    statements = flow.script.statements
    index = bisect_right(statements, offset, key=lambda statement: statement.start) - 1
    while statements[index].kind is Kind.ANNOTATION and index + 1 < len(statements):
        index += 1
    place = bisect_right(flow.actions, index, key=lambda action: action.statement_index) - 1
    if place < 0 or statements[index].kind in (Kind.INPUT, Kind.OUTPUT):
        return None
    return flow.actions[place]
