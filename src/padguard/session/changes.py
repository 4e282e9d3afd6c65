"""What a session can change, as data, and the history of what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from padguard.foundation.edits import Edit
from padguard.foundation.messages import Message


@dataclass(frozen=True, slots=True)
class Change:
    """Edits to one or more scripts that are made together or not at all.

    ``label`` says in words what it does; ``edits`` are its edits by flow id, against the scripts
    as they stand when the change is applied.
    """

    label: Message
    edits: Mapping[str, tuple[Edit, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """A change that was applied: the texts it replaced and the texts it made, by flow id."""

    label: Message
    before: Mapping[str, str] = field(repr=False)
    after: Mapping[str, str] = field(repr=False)


class History:
    """The steps of a session in order, those that can be undone and those that can be redone.

    ``modified`` tells whether the present state differs from the one that was last saved.
    """

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._done = 0
        self._saved: int | None = 0

    def add(self, step: Step) -> None:
        """Note a step; what could be redone until now is forgotten."""
        if self._saved is not None and self._saved > self._done:
            self._saved = None
        del self._steps[self._done :]
        self._steps.append(step)
        self._done += 1

    @property
    def undoable(self) -> Step | None:
        """The step that undo would take back."""
        return self._steps[self._done - 1] if self._done else None

    @property
    def redoable(self) -> Step | None:
        """The step that redo would make again."""
        return self._steps[self._done] if self._done < len(self._steps) else None

    def step_back(self) -> None:
        """Note that the last step was taken back."""
        self._done -= 1

    def step_forward(self) -> None:
        """Note that the next step was made again."""
        self._done += 1

    def saved(self) -> None:
        """Note that the present state is what is on disk."""
        self._saved = self._done

    @property
    def modified(self) -> bool:
        """Whether the present state differs from the one last saved."""
        return self._saved != self._done
