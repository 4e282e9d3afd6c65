"""PG203: an output gives sensitive data without its mask.

What it finds:
    An output of the flow that holds sensitive data and is not marked as sensitive.

Why it matters:
    The value is written to the run history of this flow and of every flow that runs it.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    @OUTPUT Login : { 'Description': '', 'FriendlyName': 'Login', 'Type': 'String' }
    SET Login TO $'''robot:%Password%'''

Fixed:
    @SENSITIVE: [Password, Login]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    @OUTPUT Login : { 'Description': '', 'FriendlyName': 'Login', 'Type': 'String' }
    SET Login TO $'''robot:%Password%'''

Fixes:
    Mark the output as sensitive.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows), "Use sensitive
    variables": mark input, output and flow variables.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.flow.model import VariableKind
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import holding_finding, unmarked
from padguard.rules.rule import Rule

FOUND = mark("rules", "The output {name} gives sensitive data and is not marked as sensitive.")
WHY = mark("rules", "A mark does not pass on to what is made of the value.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every unmarked output that sensitive data gets to."""
    for travel, variable, holdings in unmarked(inspection):
        if variable.kind is VariableKind.OUTPUT:
            yield holding_finding(travel, holdings[0], FOUND(name=variable.name), WHY)


RULE = Rule(
    "PG203",
    "sensitive-output-unmarked",
    Severity.HIGH,
    mark("rules", "An output gives sensitive data without its mask"),
    check,
    __doc__ or "",
)
