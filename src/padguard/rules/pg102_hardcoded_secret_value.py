"""PG102: a secret is written into a variable.

What it finds:
    Literal text that is set to a variable, property, key, list item or table cell and is a
    secret: because it gets to a parameter that takes one, because of its form, or because
    of the name.

Why it matters:
    Marking the variable is not enough: the literal stays readable in the action and in the
    definition of the flow.

Example:
    SET ApiKey TO $'''q8Zr-77Lm-pomelo'''

Fixed:
    SET ApiKeyName TO $'''Invoice portal'''

Fixes:
    Retrieve the secret with Get credential. Change the secret: it has been seen.

Source:
    "Manage variables": marking a variable does not protect hard-coded data.
"""

from collections.abc import Iterator

from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import hit_finding, reached_path
from padguard.rules.rule import Rule

FOUND = mark("rules", "A secret is written into {name}.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every literal that is a secret by destination, form or name."""
    for hit in inspection.hits_of(HitKind.VALUE):
        name = hit.variable.name if hit.variable else hit.name
        yield hit_finding(hit, FOUND(name=name), reached_path(inspection, hit))


RULE = Rule(
    "PG102",
    "hardcoded-secret-value",
    Severity.CRITICAL,
    mark("rules", "A secret is written into a variable"),
    check,
    __doc__ or "",
)
