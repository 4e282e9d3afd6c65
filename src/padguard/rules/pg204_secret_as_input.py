"""PG204: a secret is passed as an input.

What it finds:
    An input that carries a secret: because it is marked, because of its name or
    description, or because it gets to a parameter that takes a secret.

Why it matters:
    Whoever runs the flow must know the secret, and it passes through run histories on its
    way. Get credential retrieves it where it is needed and never logs it.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' Password: Password Connection=> Ftp

Fixed:
    @SENSITIVE: []
    @INPUT Host : { 'Description': '', 'FriendlyName': 'Host', 'DefaultValue': '', 'Type': 'String' }
    FTP.OpenConnection Host: Host Port: 21 Username: $'''bob''' Password: FtpLogin Connection=> Ftp

Fixes:
    Replace the input by Get credential. Marking it is the lesser remedy.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows), tip: use Get
    credential instead of passing input variables.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import input_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "The input {name} carries a secret: retrieve it with Get credential instead.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every input that carries a secret."""
    for travel in inspection.travels:
        for variable, reached in travel.secret_inputs.items():
            yield input_finding(travel, variable, reached, FOUND(name=variable.name))


RULE = Rule(
    "PG204",
    "secret-as-input",
    Severity.MEDIUM,
    mark("rules", "A secret is passed as an input"),
    check,
    __doc__ or "",
)
