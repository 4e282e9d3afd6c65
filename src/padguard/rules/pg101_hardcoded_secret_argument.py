"""PG101: a secret is written into an action.

What it finds:
    Literal text in a parameter that takes a password, key or token.

Why it matters:
    The definition of a flow is plain text in Dataverse. Everybody who may use the flow can
    make a copy of it and read the literal, and so can everybody who gets the export.

Example:
    FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' Password: $'''Kx8!pomelo''' Connection=> Ftp

Fixed:
    FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' Password: FtpLogin Connection=> Ftp

Fixes:
    Retrieve the secret with Get credential and use its Password property. Change the
    secret: it has been seen.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows), "Set up Power
    Automate credentials"; "Manage variables": literals are not protected.
"""

from collections.abc import Iterator

from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.flow.words import title
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import hit_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "A secret is written into “{parameter}” of “{title}”.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every literal in a parameter that takes a secret."""
    for hit in inspection.hits_of(HitKind.ARGUMENT):
        if hit.action is not None:
            yield hit_finding(hit, FOUND(parameter=hit.name, title=title(hit.action)))


RULE = Rule(
    "PG101",
    "hardcoded-secret-argument",
    Severity.CRITICAL,
    mark("rules", "A secret is written into an action"),
    check,
    __doc__ or "",
)
