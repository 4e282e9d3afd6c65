"""PG304: sensitive data is sent out.

What it finds:
    Sensitive data in an e-mail, in the body or address of a web request, in a work queue
    item, in a cloud connector, a directory or an AI prompt. Not where the parameter is
    meant for a credential.

Why it matters:
    The value leaves the machine and is kept by systems that the flow does not control.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Email.SendEmail.Send SMTPServer: $'''mail.example.com''' Port: 587 EnableSSL: True SendFrom: $'''a@example.com''' SendTo: $'''b@example.com''' Subject: $'''Login''' Body: $'''%Password%''' IsBodyHtml: False

Fixed:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    Email.SendEmail.Send SMTPServer: $'''mail.example.com''' Port: 587 EnableSSL: True SendFrom: $'''a@example.com''' SendTo: $'''b@example.com''' Subject: $'''Login''' Body: $'''The login is in the credential''' IsBodyHtml: False

Fixes:
    Send a reference instead: the name of the credential or of the work item.

Source:
    "Manage variables": a value is visible once it is sent outside the flow.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.catalog.roles import Channel
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import exposures
from padguard.rules.rule import Rule

FOUND = mark("rules", "{name} is sensitive and is sent out.")
_CHANNELS = (
    Channel.MAIL,
    Channel.HTTP,
    Channel.QUEUE,
    Channel.CONNECTOR,
    Channel.DIRECTORY,
    Channel.AI,
)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every sensitive value that becomes visible there."""
    yield from exposures(inspection, _CHANNELS, FOUND)


RULE = Rule(
    "PG304",
    "sent-out",
    Severity.HIGH,
    mark("rules", "Sensitive data is sent out"),
    check,
    __doc__ or "",
)
