"""What all formats say alike of a finding, with its secret masked or shown."""

from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.rules.finding import Finding, Severity

WITH_SECRET = mark("reports", "{message} It reads: {secret}")

SEVERITIES: Final = {
    Severity.CRITICAL: mark("reports", "critical"),
    Severity.HIGH: mark("reports", "high"),
    Severity.MEDIUM: mark("reports", "medium"),
    Severity.LOW: mark("reports", "low"),
    Severity.INFO: mark("reports", "info"),
}


def wording(finding: Finding, *, show_secrets: bool) -> Message:
    """Return what is wrong, as a sentence; only with ``show_secrets`` is the literal in it."""
    if not show_secrets or finding.secret is None:
        return finding.message
    return WITH_SECRET(message=finding.message, secret=finding.secret.reveal())
