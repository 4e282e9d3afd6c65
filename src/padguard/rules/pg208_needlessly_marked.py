"""PG208: a mark protects nothing.

What it finds:
    A flow variable that is marked as sensitive although nothing sensitive ever gets to it
    and nothing about it says secret.

Why it matters:
    Masked values are hard to debug, and marks without need hide the ones that matter.

Example:
    @SENSITIVE: [Counter]
    SET Counter TO $'''start'''
    Variables.IncreaseVariable Value: Counter IncrementValue: 1

Fixed:
    @SENSITIVE: []
    SET Counter TO $'''start'''
    Variables.IncreaseVariable Value: Counter IncrementValue: 1

Fixes:
    Take the mark away, if you know that the value is not sensitive.

Source:
    "Manage variables".
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import needless_marks, variable_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "{name} is marked as sensitive, but nothing sensitive gets to it.")
WHY = mark("rules", "None of the rows that set it uses sensitive data, and its name says nothing.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every mark without a cause."""
    for flow, variable in needless_marks(inspection):
        yield variable_finding(flow, variable, FOUND(name=variable.name), WHY, confidence=0.6)


RULE = Rule(
    "PG208",
    "needlessly-marked",
    Severity.INFO,
    mark("rules", "A mark protects nothing"),
    check,
    __doc__ or "",
)
