"""PG708: a loop has no end.

What it finds:
    A loop, by *Loop condition* or by *Go to*, that cannot be left: its condition is always
    true or none of its variables changes in the loop, and nothing in it exits the loop, the
    subflow or the flow. Loops that ask something else than variables are trusted.

Why it matters:
    The flow runs until somebody stops it, and keeps the machine busy.

Example:
    LOOP WHILE (Status) <> ('Done')
        WAIT 5
    END

Fixed:
    LOOP WHILE (Status) <> ('Done')
        WAIT 5
        File.ReadTextFromFile.ReadText File: StatusFile Encoding: File.TextFileEncoding.UTF8 Content=> Status
    END

Fixes:
    Change what the condition asks for within the loop, or exit the loop after some tries.

Source:
    Microsoft Learn, "Flow checker (preview)": infinite loop.
"""

from collections.abc import Iterator

from padguard.analysis.endless import endless_rows
from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind
from padguard.rules.finding import Finding, Severity, action_key, action_place
from padguard.rules.rule import Rule

FOUND = mark("rules", "This loop has no end.")
WHY_LOOP = mark(
    "rules", "Nothing in it changes what the condition asks for, and nothing leaves it."
)
WHY_GOTO = mark("rules", "It always goes back, and nothing leads out of what it goes back to.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every loop that cannot be left; the outermost of several."""
    for travel in inspection.travels:
        for procedure, action in endless_rows(travel.program):
            why = WHY_GOTO if action.statement.kind is Kind.GOTO else WHY_LOOP
            here = action_place(procedure.flow, action)
            key = action_key(procedure.flow, action)
            yield Finding(here, FOUND, why, 0.8, key=key)


RULE = Rule(
    "PG708",
    "infinite-loop",
    Severity.MEDIUM,
    mark("rules", "A loop has no end"),
    check,
    __doc__ or "",
)
