"""PG302: sensitive data is written to a log.

What it finds:
    Sensitive data in a log message, or in the text of an error that is passed on.

Why it matters:
    Run logs are read by many people and kept for a long time.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Logging.LogMessage Message: $'''Password is %Password%''' LogLevel: Logging.LogLevel.InfoLevel

Fixed:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Logging.LogMessage Message: $'''Signed in''' LogLevel: Logging.LogLevel.InfoLevel

Fixes:
    Take the value out of the text.

Source:
    Run logs of desktop flows; the guideline to log inputs and outputs does not hold for
    sensitive ones.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.catalog.roles import Channel
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import exposures
from padguard.rules.rule import Rule

FOUND = mark("rules", "{name} is sensitive and is written to the log.")
_CHANNELS = (Channel.LOG,)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every sensitive value that becomes visible there."""
    yield from exposures(inspection, _CHANNELS, FOUND)


RULE = Rule(
    "PG302",
    "written-to-log",
    Severity.HIGH,
    mark("rules", "Sensitive data is written to a log"),
    check,
    __doc__ or "",
)
