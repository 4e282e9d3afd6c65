r"""PG305: sensitive data is on a command line or in a script.

What it finds:
    Sensitive data in the command line of a program or DOS command, or interpolated into the
    text of a script.

Why it matters:
    Command lines can be read by every program on the machine and are written to audit logs;
    text that is interpolated into a script can change what the script does.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: $'''net use X: \\\\srv\\share %Password%''' StandardOutput=> Out

Fixed:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: $'''net use X: \\\\srv\\share''' StandardOutput=> Out

Fixes:
    Let the program read the secret itself, from the Windows credential manager or from its
    standard input.

Source:
    Microsoft governance queries for desktop flows look for the same.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.catalog.roles import Channel
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import exposures
from padguard.rules.rule import Rule

FOUND = mark("rules", "{name} is sensitive and stands on a command line or in a script.")
_CHANNELS = (
    Channel.COMMAND_LINE,
    Channel.SCRIPT,
)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every sensitive value that becomes visible there."""
    yield from exposures(inspection, _CHANNELS, FOUND)


RULE = Rule(
    "PG305",
    "on-a-command-line",
    Severity.HIGH,
    mark("rules", "Sensitive data is on a command line or in a script"),
    check,
    __doc__ or "",
)
