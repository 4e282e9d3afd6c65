"""What was done to an export, for the page that sums it up; it shrinks and grows with undo."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from padguard.fixes.plan import Instruction, Plan, Removed
from padguard.foundation.messages import Message
from padguard.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Deed:
    """One fix that was applied, or one mark that was set without a finding."""

    title: Message
    plan: Plan = field(repr=False)
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the undo history: what was done in it."""

    deeds: tuple[Deed, ...]

    @property
    def removed(self) -> tuple[Removed, ...]:
        """The secrets that it took out of the export."""
        return tuple(dict.fromkeys(one for deed in self.deeds for one in deed.plan.removed))


class Journal:
    """The steps of the undo history, in order; as many of them hold as are not undone."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._count = 0

    def follow(self, count: int, entry: Entry | None = None) -> None:
        """Note how many steps hold now, and what the last of them was if it is new."""
        if entry is not None:
            del self._entries[count - 1 :]
            self._entries.append(entry)
        self._count = count

    @property
    def last(self) -> Entry | None:
        """The step that undo would take back."""
        return self._entries[self._count - 1] if self._count else None

    @property
    def deeds(self) -> list[Deed]:
        """All that was done and not undone, in order."""
        return [deed for entry in self._entries[: self._count] for deed in entry.deeds]

    def notes(self) -> list[Message]:
        """Return what a person should see to, each once."""
        found = (note for deed in self.deeds for note in deed.plan.notes)
        return list({str(note): note for note in found}.values())

    def steps(self) -> Iterator[Instruction]:
        """Yield the steps that a person takes because no edit can, each once."""
        found = (step for deed in self.deeds for step in deed.plan.steps)
        yield from {str(step.text): step for step in found}.values()
