"""PG702: the name of a variable is long.

What it finds:
    Variables whose names have more characters than agreed (25, unless your settings say
    otherwise).

Why it matters:
    Long names are cut off in the designer, so that variables are mixed up.

Example:
    SET InvoiceNumberOfTheFirstRowOfTheTable TO 1

Fixed:
    SET FirstInvoiceNumber TO 1

Fixes:
    Rename the variable in the designer; it changes every place where it stands.

Source:
    Microsoft Learn, "Flow checker (preview)": variable length exceeded.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import variable_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "The name {name} is long.")
WHY = mark("rules", "It has {count} characters; {limit} are agreed.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every variable with a long name."""
    limit = inspection.options.thresholds.name_length
    for flow in inspection.flows:
        for variable in flow.variables:
            count = len(variable.name)
            if count > limit:
                why = WHY(count=count, limit=limit)
                message = FOUND(name=variable.name)
                yield variable_finding(flow, variable, message, why, confidence=1.0)


RULE = Rule(
    "PG702",
    "long-variable-name",
    Severity.LOW,
    mark("rules", "The name of a variable is long"),
    check,
    __doc__ or "",
)
