"""What a fix would change, as data."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from padguard.exports.texts import Texts
from padguard.foundation.edits import Edit
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message
from padguard.rules.finding import Place


@dataclass(frozen=True, slots=True)
class Mark:
    """That a variable shall be marked as sensitive, or no longer be.

    ``local_to`` names the local-scope subflow that owns it, or is None.
    """

    flow_id: str
    name: str
    sensitive: bool
    local_to: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Which variable it speaks of."""
        return self.flow_id, self.name.casefold(), self.local_to or ""


@dataclass(frozen=True, slots=True)
class Claim:
    """That a variable of a flow gets a credential, and what that credential holds.

    ``holds`` is the secret, or says which input the credential takes the place of: one credential
    holds one secret, and one secret is in one credential.
    """

    flow_id: str
    variable: str
    credential: str
    holds: Hashable = field(repr=False)

    def rivals(self, other: "Claim") -> bool:
        """Tell whether another secret is given to the same variable or credential."""
        if self.holds == other.holds:
            return False
        home = self.flow_id, self.variable.casefold()
        same_variable = home == (other.flow_id, other.variable.casefold())
        return same_variable or self.credential.casefold() == other.credential.casefold()


@dataclass(frozen=True, slots=True)
class Removed:
    """A secret that a fix takes out of the export, and the credential that shall hold it."""

    credential: str
    flow_id: str
    secret: Masked = field(repr=False)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One step that a person takes in the designer or the portal.

    ``place`` is where, as the flow stands when the step is taken; None for the portal.
    ``source`` is the page that the step is taken from, or "".
    """

    text: Message
    place: Place | None = None
    source: str = ""


@dataclass(frozen=True)
class Plan:
    """Changes that are made together or not at all; made with a `Draft`.

    Attributes:
        before: The texts that it changes, as they stand before; it fits no others.
        after: What becomes of them.
        edits: The edits of scripts, by id of flow; marks are not among them.
        cloud_edits: The edits of cloud flows, by id of cloud flow.
        marks: Variables that are marked, or unmarked.
        drops: Variables that it takes out of their flows; see `Mark.key`.
        claims: The credentials that it has flows use.
        removed: Secrets that it takes out.
        notes: What a person should know before it is applied, and see to afterwards.
        steps: What a person does, where no edit can.
        review: Whether a person has to agree, although such fixes are safe as a rule.
    """

    before: Texts = field(default_factory=Texts, repr=False)
    after: Texts = field(default_factory=Texts, repr=False)
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict, repr=False)
    cloud_edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict, repr=False)
    marks: tuple[Mark, ...] = ()
    drops: frozenset[tuple[str, str, str]] = frozenset()
    claims: tuple[Claim, ...] = ()
    removed: tuple[Removed, ...] = ()
    notes: tuple[Message, ...] = ()
    steps: tuple[Instruction, ...] = ()
    review: bool = False

    @property
    def changes_nothing(self) -> bool:
        """Whether all that is to be done is left to a person."""
        return self.before == self.after
