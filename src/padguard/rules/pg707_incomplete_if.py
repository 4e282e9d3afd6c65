"""PG707: a condition decides nothing.

What it finds:
    An *If* in which nothing is done, or only in its *Else*.

Why it matters:
    Something is missing, or the condition says the opposite of what is meant.

Example:
    IF Total > 100 THEN
    ELSE
        SET Small TO True
    END

Fixed:
    IF Total <= 100 THEN
        SET Small TO True
    END

Fixes:
    Fill the branch in, turn the condition round, or delete it.

Source:
    Microsoft Learn, "Flow checker (preview)": incomplete if.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Action, Flow
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind
from padguard.rules.contents import contents
from padguard.rules.finding import Finding, Severity, action_key, action_place
from padguard.rules.rule import Rule

FOUND = mark("rules", "This condition decides nothing.")
WHY_EMPTY = mark("rules", "None of its branches does anything.")
WHY_ELSE = mark("rules", "Only its Else does anything.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every condition without rows, or with rows in its Else only."""
    for flow in inspection.flows:
        filled = contents(flow)
        for condition, otherwise in _conditions(flow, filled):
            why = WHY_ELSE if otherwise else WHY_EMPTY
            here = action_place(flow, condition)
            yield Finding(here, FOUND, why, key=action_key(flow, condition))


def _conditions(flow: Flow, filled: frozenset[int]) -> Iterator[tuple[Action, bool]]:
    """Yield the conditions that decide nothing, and whether their Else does anything."""
    open_heads: list[tuple[Action, list[Action]]] = []
    for action in flow.actions:
        statement = action.statement
        if statement.disabled:
            continue
        while open_heads and _is_over(open_heads[-1][0], action):
            open_heads.pop()
        if statement.kind is Kind.IF:
            open_heads.append((action, [action]))
        elif open_heads and statement.depth == open_heads[-1][0].statement.depth:
            condition, branches = open_heads[-1]
            if statement.kind is Kind.ELSE_IF:
                branches.append(action)
            elif statement.kind in (Kind.ELSE, Kind.END):
                if not any(branch.statement_index in filled for branch in branches):
                    yield condition, action.statement_index in filled
                open_heads.pop()


def _is_over(condition: Action, action: Action) -> bool:
    """Tell whether an action lies outside a condition that has no END."""
    return (
        action.subflow is not condition.subflow
        or action.statement.depth < condition.statement.depth
    )


RULE = Rule(
    "PG707",
    "incomplete-if",
    Severity.LOW,
    mark("rules", "A condition decides nothing"),
    check,
    __doc__ or "",
)
