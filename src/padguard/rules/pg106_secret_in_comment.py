"""PG106: a secret stands in a remark or a disabled row.

What it finds:
    Secrets in comments, region names, labels, descriptions of inputs and outputs, and
    disabled rows.

Why it matters:
    What does not run is still in the definition of the flow, and everybody who has the flow
    can read it.

Example:
    # Login for the portal: user robot, password: Kx8!pomelo

Fixed:
    # The login for the portal comes from the credential "Portal"

Fixes:
    Take the secret out, or delete the row. Change the secret: it has been seen.

Source:
    "Manage variables": literals are not protected.
"""

from collections.abc import Iterator

from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import hit_finding
from padguard.rules.rule import Rule

FOUND = mark(
    "rules", "A secret stands in what does not run: a remark, a description or a disabled row."
)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every secret in what does not run."""
    for hit in inspection.hits_of(HitKind.REMARK):
        yield hit_finding(hit, FOUND)


RULE = Rule(
    "PG106",
    "secret-in-comment",
    Severity.HIGH,
    mark("rules", "A secret stands in a remark or a disabled row"),
    check,
    __doc__ or "",
)
