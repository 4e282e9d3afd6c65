"""PG207: a credential's password is copied.

What it finds:
    The password of a credential that is copied into an ordinary variable.

Why it matters:
    A credential is sensitive by itself; its copy is not.

Example:
    Vault.GetCredential CredentialName: $'''Portal''' Credential=> Login
    SET Secret TO Login.Password

Fixed:
    Vault.GetCredential CredentialName: $'''Portal''' Credential=> Login
    FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' Password: Login.Password Connection=> Ftp

Fixes:
    Use the property of the credential where it is needed, or mark the copy as sensitive.

Source:
    "Power Automate secret variables": a credential keeps its sensitivity, its copies as
    text do not.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.flow.model import VariableKind
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import holding_finding, is_password_copy, unmarked
from padguard.rules.rule import Rule

FOUND = mark(
    "rules", "{name} is a copy of the password of {source} and is not marked as sensitive."
)
WHY = mark("rules", "Only the credential itself is sensitive by its type.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every unmarked copy of a credential's password."""
    for travel, variable, holdings in unmarked(inspection):
        first = holdings[0]
        if variable.kind is VariableKind.FLOW and first.before and is_password_copy(first):
            message = FOUND(name=variable.name, source=first.before.fact.variable.name)
            yield holding_finding(travel, first, message, WHY)


RULE = Rule(
    "PG207",
    "credential-copied",
    Severity.MEDIUM,
    mark("rules", "A credential's password is copied"),
    check,
    __doc__ or "",
)
