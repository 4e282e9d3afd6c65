"""PG201: a secret result is kept in a variable that is not marked.

What it finds:
    The result of an action that gives secrets (a vault, a password dialog, decryption, a
    generated password, a secret environment variable) in a variable that is not marked as
    sensitive.

Why it matters:
    The value is shown while debugging and written to the run logs.

Example:
    Cryptography.DecryptText.DecryptTextWithAES Encoding: Cryptography.EncryptionEncoding.Unicode TextToDecrypt: Cipher DecryptionKey: Key Padding: Cryptography.PaddingMode.PKCS7 DecryptedText=> Plain

Fixed:
    @SENSITIVE: [Plain]
    Cryptography.DecryptText.DecryptTextWithAES Encoding: Cryptography.EncryptionEncoding.Unicode TextToDecrypt: Cipher DecryptionKey: Key Padding: Cryptography.PaddingMode.PKCS7 DecryptedText=> Plain

Fixes:
    Mark the variable as sensitive.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows), "Use sensitive
    variables": mark the output of the action.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.analysis.trace import SourceKind
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import holding_finding, unmarked
from padguard.rules.rule import Rule

FOUND = mark("rules", "{name} holds a secret and is not marked as sensitive.")
WHY = mark("rules", "What the action gives is sensitive, and marks do not come by themselves.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every unmarked variable that a source gives its result to."""
    for travel, variable, holdings in unmarked(inspection):
        first = next((holding for holding in holdings if holding.before is None), None)
        source = travel.trace.source_of(first) if first else None
        if first is not None and source is not None and source.kind is SourceKind.RESULT:
            yield holding_finding(travel, first, FOUND(name=variable.name), WHY)


RULE = Rule(
    "PG201",
    "unmarked-secret-variable",
    Severity.HIGH,
    mark("rules", "A secret result is kept in a variable that is not marked"),
    check,
    __doc__ or "",
)
