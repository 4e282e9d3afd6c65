"""PG709: a flow waits often.

What it finds:
    Flows with more rows that wait for a fixed time than agreed (ten, unless your settings
    say otherwise). Rows that wait for something to happen are no such rows.

Why it matters:
    Fixed times are too long on good days and too short on bad ones.

Example:
    WAIT 1
    WAIT 2
    WAIT 3
    WAIT 4
    WAIT 5
    WAIT 6
    WAIT 7
    WAIT 8
    WAIT 9
    WAIT 10
    WAIT 11

Fixed:
    WAIT 1
    WAIT 2
    WAIT 3
    WAIT 4
    WAIT 5
    WAIT 6
    WAIT 7
    WAIT 8
    WAIT 9
    WAIT 10

Fixes:
    Wait for what you really wait for: a window, a file, the content of a web page.

Source:
    Microsoft Learn, "Flow checker (preview)": misuse of wait actions.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind
from padguard.rules.finding import Finding, Severity, Step, action_place
from padguard.rules.rule import Rule

FOUND = mark("rules", "The flow “{flow}” waits often for a fixed time.")
WHY = mark("rules", "There are {count} such rows; {limit} are agreed.")
WAITS = mark("rules", "The flow waits here")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every flow that waits too often, at the first row too many."""
    limit = inspection.options.thresholds.waits
    for flow in inspection.flows:
        rows = [
            action
            for action in flow.actions
            if action.statement.kind is Kind.WAIT
            and not action.statement.action
            and not action.statement.disabled
        ]
        if len(rows) > limit:
            path = tuple(Step(action_place(flow, row), WAITS) for row in rows)
            why = WHY(count=len(rows), limit=limit)
            yield Finding(path[limit].place, FOUND(flow=flow.name), why, path=path)


RULE = Rule(
    "PG709",
    "many-waits",
    Severity.LOW,
    mark("rules", "A flow waits often"),
    check,
    __doc__ or "",
)
