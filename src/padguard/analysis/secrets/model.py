"""What is found in a text: the part that is a secret, what carries it, and why it is thought so."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from padguard.foundation.messages import Message

HOLE: Final = "\ufffc"
"""Stands in a text for an interpolated expression (OBJECT REPLACEMENT CHARACTER)."""

SecretKind = Literal["password", "pin", "token", "key", "secret", "cookie", "identifier", "webhook"]
"""What sort of secret it is; an ``identifier`` is the public half of a pair of keys."""


class Carrier(Enum):
    """What a text is, or what the part of it that holds a secret is.

    Also given to `secrets_in_text` as a hint, where the catalogue knows what a parameter takes.
    """

    TEXT = "text"
    """Nothing is known about it."""
    CONNECTION = "connection string"
    URL = "URL"
    HEADERS = "HTTP headers"
    COMMAND = "command line"
    BODY = "JSON, XML or YAML"
    FORM = "form data"
    PAIRS = "key=value pairs"
    SENTENCE = "sentence"
    COMMENT = "comment"
    POWERSHELL = "PowerShell"
    VBSCRIPT = "VBScript"
    JAVASCRIPT = "JavaScript"
    PYTHON = "Python"
    DOTNET = "C# or Visual Basic"
    DOS = "batch"
    SQL = "SQL"
    KEYS = "keystrokes"
    TOKEN = "token"  # noqa: S105 - the word, not one


SCRIPTS: Final = frozenset(
    {Carrier.POWERSHELL, Carrier.VBSCRIPT, Carrier.JAVASCRIPT, Carrier.PYTHON, Carrier.DOTNET}
)
"""Languages in which text that is not quoted is code, so that no secret can stand there."""


@dataclass(frozen=True, slots=True)
class SecretPart:
    """A part of a text that is a secret, or a place where one belongs.

    Attributes:
        start: Where the secret starts, in characters of the text.
        end: Where it ends. The part is the secret alone: no quotes, no key, no scheme.
        carrier: What holds it.
        kind: What sort of secret it is.
        confidence: From 0 to 1 how sure it is. From 0.5 on it is worth a finding.
        reason: Why it is thought a secret, as a sentence.
        is_reference: Whether a variable stands there instead of text: the variable then holds a
            secret, the text does not.
        name: The key, switch or header that it belongs to, as written; may be empty.
    """

    start: int
    end: int
    carrier: Carrier
    kind: SecretKind
    confidence: float
    reason: Message
    is_reference: bool = False
    name: str = ""
