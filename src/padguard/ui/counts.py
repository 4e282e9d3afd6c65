"""How much an export holds, and how much of it was understood."""

from collections.abc import Iterable
from dataclasses import dataclass

from padguard.flow.model import Flow


@dataclass(frozen=True, slots=True)
class Missed:
    """What of one flow was not understood: statements, and ids of actions nobody knows."""

    flow: str
    statements: int
    unknown_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the status bar; ``problems`` counts the parts that could not be read."""

    flows: int
    actions: int
    statements: int
    missed: tuple[Missed, ...]
    problems: int

    @property
    def share_missed(self) -> float:
        """How much of all statements was not understood, 0 to 1."""
        missed = sum(entry.statements for entry in self.missed)
        return missed / self.statements if self.statements else 0.0

    @property
    def complete(self) -> bool:
        """Whether everything was read and understood."""
        return not self.missed and not self.problems


def count(flows: Iterable[Flow], problems: int) -> Counts:
    """Return the numbers of some flows."""
    listed = list(flows)
    missed = (
        Missed(
            flow.name,
            flow.coverage.statements - flow.coverage.understood,
            flow.coverage.unknown_actions,
        )
        for flow in listed
    )
    return Counts(
        flows=len(listed),
        actions=sum(flow.coverage.actions for flow in listed),
        statements=sum(flow.coverage.statements for flow in listed),
        missed=tuple(entry for entry in missed if entry.statements or entry.unknown_actions),
        problems=problems,
    )
