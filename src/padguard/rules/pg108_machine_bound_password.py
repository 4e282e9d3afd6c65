"""PG108: a password works on one machine only.

What it finds:
    A value that was typed as direct encrypted input.

Why it matters:
    It is encrypted for the machine where it was typed. On every other machine the flow is
    invalid until somebody types it again.

Example:
    WebAutomation.PopulateTextField.PopulateTextField BrowserInstance: Browser Control: appmask['Portal']['Password'] Text: P'AQAAANCMnd8BFdERjHoAwE==' Mode: WebAutomation.PopulateTextMode.Replace UnfocusAfterPopulate: False WaitForPageToLoadTimeout: 60

Fixed:
    WebAutomation.PopulateTextField.PopulateTextField BrowserInstance: Browser Control: appmask['Portal']['Password'] Text: Login.Password Mode: WebAutomation.PopulateTextMode.Replace UnfocusAfterPopulate: False WaitForPageToLoadTimeout: 60

Fixes:
    Retrieve the password with Get credential.

Source:
    "Use passwords": direct input is encrypted by the machine.
"""

from collections.abc import Iterator

from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.flow.words import title
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import hit_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "“{title}” has a password that works on one machine only.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every directly encrypted value."""
    for hit in inspection.hits_of(HitKind.ENCRYPTED):
        if hit.action is not None:
            yield hit_finding(hit, FOUND(title=title(hit.action)))


RULE = Rule(
    "PG108",
    "machine-bound-password",
    Severity.LOW,
    mark("rules", "A password works on one machine only"),
    check,
    __doc__ or "",
)
