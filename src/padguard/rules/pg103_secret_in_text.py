"""PG103: a secret is part of a text.

What it finds:
    Secrets within connection strings, addresses, headers, command lines, request bodies,
    scripts and SQL.

Why it matters:
    The text is readable in the action and in the definition of the flow, and often ends up
    in logs of other systems as well.

Example:
    SET Connection TO $'''Server=sql01;Database=Invoices;User Id=robot;Password=Kx8!pomelo;'''

Fixed:
    SET Connection TO $'''Server=sql01;Database=Invoices;Integrated Security=SSPI;'''

Fixes:
    Split the secret off, retrieve it with Get credential, and mark the variable that holds
    the joined text as sensitive.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows), "Use sensitive
    variables": no password in a connection string.
"""

from collections.abc import Iterator

from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import hit_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "A secret is part of a text ({carrier}).")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every secret within a larger text."""
    for hit in inspection.hits_of(HitKind.PART):
        yield hit_finding(hit, FOUND(carrier=hit.carrier.value))


RULE = Rule(
    "PG103",
    "secret-in-text",
    Severity.CRITICAL,
    mark("rules", "A secret is part of a text"),
    check,
    __doc__ or "",
)
