"""PG303: sensitive data is written to a file or the clipboard.

What it finds:
    Sensitive data in a text file, a table file, a document, the clipboard or an environment
    variable of the system.

Why it matters:
    The value outlives the run, and other people and programs can read it.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Clipboard.SetText Text: Password

Fixed:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Clipboard.SetText Text: $'''done'''

Fixes:
    Do not write it down. Where the clipboard is the only way, clear it afterwards.

Source:
    "Manage variables": a value is visible once it leaves the flow.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.catalog.roles import Channel
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import exposures
from padguard.rules.rule import Rule

FOUND = mark("rules", "{name} is sensitive and is written where others can read it.")
_CHANNELS = (
    Channel.FILE,
    Channel.CLIPBOARD,
    Channel.DOCUMENT,
    Channel.ENVIRONMENT,
)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every sensitive value that becomes visible there."""
    yield from exposures(inspection, _CHANNELS, FOUND)


RULE = Rule(
    "PG303",
    "written-to-file-or-clipboard",
    Severity.HIGH,
    mark("rules", "Sensitive data is written to a file or the clipboard"),
    check,
    __doc__ or "",
)
