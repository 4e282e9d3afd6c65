"""What variables hold of the values that are followed, and how they came to hold it."""

from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Final, NamedTuple, Protocol

from padguard.analysis.effects import Shown, Use
from padguard.analysis.program import Call, Procedure
from padguard.flow.model import Action, Variable
from padguard.robin.tree import Kind, Role

LONGEST_PATH: Final = 30  # steps that a person can still follow


class Load(IntEnum):  # hashed a million times
    """What a variable holds that is followed."""

    SECRET = auto()  # sensitive data
    CREDENTIAL = auto()  # a credential: its password is sensitive, its user name is not
    LITERAL = auto()  # a text that may turn out to be a secret


class Fact(NamedTuple):
    """A variable that holds something that is followed."""

    variable: Variable
    load: Load


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """That a variable holds something from some row on, and how that came about.

    Attributes:
        fact: The variable and what it holds.
        procedure: The subflow in which it does.
        action: The action that brought it about; None for the start of a flow.
        before: The holding that it came from, or None at a source.
        steps: How many holdings lie between the source and this one.
        origin: The holding at the source, or None where this is it.
    """

    fact: Fact
    procedure: Procedure
    action: Action | None
    before: "Holding | None"
    steps: int
    origin: "Holding | None" = None

    @property
    def source(self) -> "Holding":
        """The holding that all of the path comes from."""
        return self.origin or self

    def path(self) -> list["Holding"]:
        """Return the holdings from the source to this one; of a very long way its end."""
        found: list[Holding] = []
        holding: Holding | None = self
        while holding is not None and len(found) < LONGEST_PATH:
            found.append(holding)
            holding = holding.before
        if holding is not None:
            found.append(self.source)
        return found[::-1]

    def passed_to(self, fact: Fact, procedure: Procedure, action: Action | None) -> "Holding":
        """Return that another variable holds, through an action, what this one holds."""
        return Holding(fact, procedure, action, self, self.steps + 1, self.source)


class Witness(Protocol):
    """Who is told what happens to values on their way."""

    def arrives(self, holding: Holding) -> None:
        """A variable came to hold something; of several ways the shortest is told first."""

    def passes(self, holding: Holding) -> None:
        """A value is given to an input, also where another call gave it one before."""

    def shown(self, holding: Holding, action: Action, shown: Shown) -> None:
        """A value becomes visible."""

    def serves(self, holding: Holding, action: Action, use: Use) -> None:
        """A value gets to where a secret belongs."""

    def leaves(self, holding: Holding, call: Call, use: Use) -> None:
        """A value is passed to a desktop flow that is not in the export."""


def load_left(holding: Holding, action: Action, use: Use) -> Load | None:
    """Return what is left of a load where only a property of the variable is used."""
    load = holding.fact.load
    if load is not Load.CREDENTIAL:
        return load
    properties = use.properties.casefold()
    if properties.startswith((".username", "['username']")):
        return None
    if properties or not _is_plain_copy(action, use):
        return Load.SECRET
    return Load.CREDENTIAL


def _is_plain_copy(action: Action, use: Use) -> bool:
    """Tell whether an action sets a variable to another one, or passes it on, as it is."""
    clause = use.clause
    return use.is_whole and (
        action.statement.kind in (Kind.SET, Kind.CALL)
        or (clause.role is Role.ARGUMENT and clause.dynamic)
    )
