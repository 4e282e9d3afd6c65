"""PG710: a row waits long.

What it finds:
    A row that waits for a fixed time that is longer than agreed (600 seconds, unless your
    settings say otherwise).

Why it matters:
    The machine does nothing for so long, whatever happens meanwhile.

Example:
    WAIT 1800

Fixed:
    WAIT 30

Fixes:
    Wait for what you really wait for, or start the flow by a schedule or an event.

Source:
    Microsoft Learn, "Flow checker (preview)": immense wait time.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Action, Flow
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind
from padguard.rules.finding import Finding, Severity, action_key, action_place
from padguard.rules.rule import Rule

FOUND = mark("rules", "The flow waits here for {count} seconds.")
WHY = mark("rules", "{limit} seconds are agreed.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every row that waits too long."""
    limit = inspection.options.thresholds.wait_seconds
    for flow in inspection.flows:
        for action in flow.actions:
            seconds = _seconds(flow, action)
            if seconds > limit:
                message = FOUND(count=f"{seconds:g}")
                here = action_place(flow, action)
                yield Finding(here, message, WHY(limit=limit), key=action_key(flow, action))


def _seconds(flow: Flow, action: Action) -> float:
    """Return how long a row waits for a fixed time; 0 where that is not written there."""
    statement = action.statement
    if statement.kind is not Kind.WAIT or statement.action or statement.disabled:
        return 0
    text = flow.script.clause_text(statement, statement.clauses[0]).strip("()$' ")
    try:
        return float(text)
    except ValueError:
        return 0


RULE = Rule(
    "PG710",
    "long-wait",
    Severity.LOW,
    mark("rules", "A row waits long"),
    check,
    __doc__ or "",
)
