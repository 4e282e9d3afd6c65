"""The history of what a session changed."""

from dataclasses import dataclass

from padguard.exports.texts import Texts
from padguard.foundation.messages import Message


@dataclass(frozen=True, slots=True)
class Step:
    """A change that was applied: what it is called, the texts it replaced, the texts it made."""

    label: Message
    before: Texts
    after: Texts

    def then(self, before: Texts, after: Texts) -> "Step":
        """Return the step that this one and a further change make together."""
        return Step(self.label, _over(self.before, before), _over(after, self.after))


def _over(first: Texts, second: Texts) -> Texts:
    """Return the texts of both; where both have one, that of the first."""
    flags = {
        flow_id: {**second.flags.get(flow_id, {}), **first.flags.get(flow_id, {})}
        for flow_id in (*second.flags, *first.flags)
    }
    return Texts({**second.scripts, **first.scripts}, {**second.cloud, **first.cloud}, flags)


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
    def done(self) -> int:
        """How many steps could be undone."""
        return self._done

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
