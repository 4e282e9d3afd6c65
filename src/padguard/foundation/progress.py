"""How long work tells where it is, and learns that nobody wants it any more."""

from collections.abc import Callable
from threading import Event

from padguard.foundation.errors import CancelledError
from padguard.foundation.messages import Message

Listener = Callable[[int, int, Message | None], None]


class Progress:
    """One piece of work under way; safe to use from the thread that works and one that watches.

    ``listener`` is called on the working thread with (steps done, steps in all, what is being
    done). Both counts are 0 while the size of the work is not known.
    """

    def __init__(self, listener: Listener | None = None) -> None:
        self._listener = listener
        self._cancelled = Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def step(self, done: int, total: int, doing: Message | None = None) -> None:
        """Report a step.

        Raises:
            CancelledError: `cancel` was called.
        """
        if self._cancelled.is_set():
            raise CancelledError
        if self._listener is not None:
            self._listener(done, total, doing)
