"""PG202: sensitive data loses its mask.

What it finds:
    A variable that is not marked as sensitive and holds what comes from sensitive data. One
    finding for each variable, with the shortest way.

Why it matters:
    Sensitivity is not inherited: the value is shown while debugging and written to the run
    logs, although its source is marked.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    SET Connection TO $'''Server=sql01;User Id=robot;Password=%Password%;'''

Fixed:
    @SENSITIVE: [Password, Connection]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    SET Connection TO $'''Server=sql01;User Id=robot;Password=%Password%;'''

Fixes:
    Mark the variable, or every variable along the way; or use the property of the
    credential directly.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows), "Use sensitive
    variables": sensitivity is not inheritable.
"""

from collections.abc import Iterator

from padguard.analysis.effects import is_run_flow
from padguard.analysis.holdings import Holding
from padguard.analysis.inspection import Inspection
from padguard.analysis.trace import SourceKind
from padguard.analysis.travel import Travel
from padguard.flow.model import VariableKind
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import holding_finding, is_password_copy, unmarked
from padguard.rules.rule import Rule

FOUND = mark("rules", "{name} holds sensitive data from {source} and is not marked as sensitive.")
WRITTEN = mark("rules", "{name} holds a secret and is not marked as sensitive.")
WHY = mark("rules", "A mark does not pass on to what is made of the value; ways here: {ways}.")
WHY_WRITTEN = mark("rules", "A secret is written into {name}.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every unmarked variable that sensitive data gets to."""
    for travel, variable, holdings in unmarked(inspection):
        first = holdings[0]
        interface = variable.kind is not VariableKind.FLOW and variable.local_to is None
        if interface or _has_own_rule(travel, first):
            continue
        name = variable.name
        if first.before is None:
            yield holding_finding(travel, first, WRITTEN(name=name), WHY_WRITTEN(name=name))
        else:
            source = first.source.fact.variable.name
            message = FOUND(name=name, source=source)
            yield holding_finding(travel, first, message, WHY(ways=len(holdings)))


def _has_own_rule(travel: Travel, holding: Holding) -> bool:
    """Tell whether another rule speaks of how a variable came to what it holds."""
    if holding.before is None:
        source = travel.trace.source_of(holding)
        return source is None or source.kind is not SourceKind.SECRET
    between_flows = holding.action is not None and is_run_flow(holding.action)
    return between_flows or is_password_copy(holding)


RULE = Rule(
    "PG202",
    "sensitivity-lost",
    Severity.HIGH,
    mark("rules", "Sensitive data loses its mask"),
    check,
    __doc__ or "",
)
