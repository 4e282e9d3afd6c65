"""A secret that is written into a script: what it is, where it stands, why it is thought one."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from padguard.analysis.options import Options
from padguard.analysis.secrets.model import Carrier
from padguard.analysis.secrets.names import name_verdict
from padguard.flow.model import Action, Flow, Variable
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message
from padguard.robin.tree import Clause

SURE: Final = 0.5  # from here on a find is worth a finding


class HitKind(Enum):
    """How a secret is written into a flow."""

    ARGUMENT = auto()  # given to a parameter that takes secrets
    VALUE = auto()  # assigned to a variable, key, property or element
    PART = auto()  # a part of a larger text
    TYPED = auto()  # typed as keystrokes or filled into a field
    DEFAULT = auto()  # the default of a sensitive input
    REMARK = auto()  # in a comment, a region, a label, a description or a disabled row
    ENCRYPTED = auto()  # encrypted for one machine


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A secret in a script.

    Attributes:
        kind: How it is written there.
        flow: The flow.
        action: The action, or None for a declaration.
        clause: The part of the action that holds it, or None.
        start: First character of the secret in the script.
        end: Character behind its last one.
        value: The secret.
        reason: Why it is thought one, as a sentence.
        confidence: How sure it is, from 0 to 1.
        carrier: What kind of text holds it.
        name: The parameter, key or variable that it is given to, or "".
        variable: The variable that holds it afterwards, or None.
    """

    kind: HitKind
    flow: Flow
    action: Action | None
    clause: Clause | None
    start: int
    end: int
    value: Masked = field(repr=False)
    reason: Message
    confidence: float
    carrier: Carrier = Carrier.TEXT
    name: str = ""
    variable: Variable | None = None


def name_strength(name: str, options: Options) -> float:
    """Return how strongly a name says that its value is a secret, from 0 to 1."""
    if options.is_ordinary_name(name):
        return 0.0
    if options.is_secret_name(name):
        return 1.0
    return {"strong": 0.9, "weak": 0.4}.get(name_verdict(name, options.vocabulary).strength, 0.0)
