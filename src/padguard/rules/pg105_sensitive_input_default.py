"""PG105: a sensitive input has a default in clear.

What it finds:
    A default value of an input or output that is marked as sensitive.

Why it matters:
    The designer hides the default, but it stays in clear in the definition of the flow and
    in every export.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': 'Kx8!pomelo', 'Type': 'String' }

Fixed:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }

Fixes:
    Drop the default. Change the secret: it has been seen.

Source:
    "Manage variables": the default of a sensitive input is not protected.
"""

from collections.abc import Iterator

from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import hit_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "The default of the sensitive input {name} is kept in clear.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every default of a sensitive input or output."""
    for hit in inspection.hits_of(HitKind.DEFAULT):
        yield hit_finding(hit, FOUND(name=hit.name))


RULE = Rule(
    "PG105",
    "sensitive-input-default",
    Severity.HIGH,
    mark("rules", "A sensitive input has a default in clear"),
    check,
    __doc__ or "",
)
