"""What all formats say alike of a finding, with its secret masked or shown."""

from typing import Final

from padguard.fixes.fix import Applicability
from padguard.foundation.messages import Message, mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.triage import State

WITH_SECRET = mark("reports", "{message} It reads: {secret}")

SEVERITIES: Final = {
    Severity.CRITICAL: mark("reports", "critical"),
    Severity.HIGH: mark("reports", "high"),
    Severity.MEDIUM: mark("reports", "medium"),
    Severity.LOW: mark("reports", "low"),
    Severity.INFO: mark("reports", "info"),
}

STATES: Final = {
    State.OPEN: mark("reports", "open"),
    State.ACCEPTED: mark("reports", "accepted"),
    State.FALSE_POSITIVE: mark("reports", "false positive"),
    State.BASELINE: mark("reports", "known before"),
}
SURENESS: Final = {
    Applicability.SAFE: mark("reports", "safe"),
    Applicability.REVIEW: mark("reports", "to review"),
    Applicability.GUIDED: mark("reports", "by hand"),
}


def wording(finding: Finding, *, show_secrets: bool) -> Message:
    """Return what is wrong, as a sentence; only with ``show_secrets`` is the literal in it."""
    if not show_secrets or finding.secret is None:
        return finding.message
    return WITH_SECRET(message=finding.message, secret=finding.secret.reveal())
