r"""PG104: a password is typed from the flow.

What it finds:
    A password in the text that is sent as keystrokes or filled into a field: in a password
    field, or behind a user name and {Tab} in a sign-in window.

Why it matters:
    The keystrokes are readable in the action and in the definition of the flow.

Example:
    MouseAndKeyboard.SendKeys.FocusAndSendKeysByControl Control: appmask['Window \'SAP Logon\''] TextToSend: $'''robot{Tab}Kx8!pomelo{Return}''' DelayBetweenKeystrokes: 10 SendTextAsHardwareKeys: False

Fixed:
    MouseAndKeyboard.SendKeys.FocusAndSendKeysByControl Control: appmask['Window \'SAP Logon\''] TextToSend: $'''{Tab}{Return}''' DelayBetweenKeystrokes: 10 SendTextAsHardwareKeys: False

Fixes:
    Retrieve the password with Get credential and send its Password property.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows), "Set up Power
    Automate credentials".
"""

from collections.abc import Iterator

from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.flow.words import title
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import hit_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "“{title}” types a password that is written into the flow.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every password that is typed from a literal."""
    for hit in inspection.hits_of(HitKind.TYPED):
        if hit.action is not None:
            yield hit_finding(hit, FOUND(title=title(hit.action)))


RULE = Rule(
    "PG104",
    "secret-typed-as-keys",
    Severity.HIGH,
    mark("rules", "A password is typed from the flow"),
    check,
    __doc__ or "",
)
