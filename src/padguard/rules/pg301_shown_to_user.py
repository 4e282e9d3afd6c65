"""PG301: sensitive data is shown on the screen.

What it finds:
    Sensitive data in the text of a message box, a notification or an input dialog.

Why it matters:
    Everybody at the screen can read it, and the text of a message is written to the run
    logs.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Display.ShowMessageDialog.ShowMessage Title: $'''Sign-in''' Message: $'''Signed in with %Password%''' Icon: Display.Icon.None Buttons: Display.Buttons.OK DefaultButton: Display.DefaultButton.Button1 IsTopMost: False

Fixed:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Display.ShowMessageDialog.ShowMessage Title: $'''Sign-in''' Message: $'''Signed in''' Icon: Display.Icon.None Buttons: Display.Buttons.OK DefaultButton: Display.DefaultButton.Button1 IsTopMost: False

Fixes:
    Take the value out of the text.

Source:
    "Manage variables": a value is visible when it is shown; monitoring guidelines: messages
    are logged.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.catalog.roles import Channel
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import exposures
from padguard.rules.rule import Rule

FOUND = mark("rules", "{name} is sensitive and is shown on the screen.")
_CHANNELS = (Channel.SCREEN,)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every sensitive value that becomes visible there."""
    yield from exposures(inspection, _CHANNELS, FOUND)


RULE = Rule(
    "PG301",
    "shown-to-user",
    Severity.HIGH,
    mark("rules", "Sensitive data is shown on the screen"),
    check,
    __doc__ or "",
)
