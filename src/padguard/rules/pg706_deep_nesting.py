"""PG706: conditions are nested deep.

What it finds:
    An *If* that lies in more levels of *If* than agreed (five, unless your settings say
    otherwise). What lies deeper still is not named again.

Why it matters:
    Nobody can say any more under which conditions the innermost rows run.

Example:
    IF A = 1 THEN
        IF B = 1 THEN
            IF C = 1 THEN
                IF D = 1 THEN
                    IF E = 1 THEN
                        IF F = 1 THEN
                            SET Found TO True
                        END
                    END
                END
            END
        END
    END

Fixed:
    IF A = 1 AND B = 1 AND C = 1 THEN
        IF D = 1 AND E = 1 AND F = 1 THEN
            SET Found TO True
        END
    END

Fixes:
    Join conditions, use a switch, or move the inner levels to a subflow.

Source:
    Microsoft Learn, "Flow checker (preview)": nested if clauses.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Action, Flow
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind
from padguard.rules.finding import Finding, Severity, action_key, action_place
from padguard.rules.rule import Rule

FOUND = mark("rules", "This condition lies deep within others.")
WHY = mark("rules", "It is level {count}; {limit} are agreed.")
_BRANCHES = (Kind.IF, Kind.ELSE_IF, Kind.ELSE)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every condition that is the first one too deep."""
    limit = inspection.options.thresholds.nesting
    for flow in inspection.flows:
        for action in _at_level(flow, limit + 1):
            here = action_place(flow, action)
            why = WHY(count=limit + 1, limit=limit)
            yield Finding(here, FOUND, why, key=action_key(flow, action))


def _at_level(flow: Flow, level: int) -> Iterator[Action]:
    levels: dict[int, int] = {-1: 0}
    for index, statement in enumerate(flow.script.statements):
        inside = levels.get(statement.opener, 0)
        levels[index] = inside + (statement.kind in _BRANCHES and not statement.disabled)
    for action in flow.actions:
        statement = action.statement
        too_deep = levels[action.statement_index] == level
        if too_deep and statement.kind is Kind.IF and not statement.disabled:
            yield action


RULE = Rule(
    "PG706",
    "deep-nesting",
    Severity.LOW,
    mark("rules", "Conditions are nested deep"),
    check,
    __doc__ or "",
)
