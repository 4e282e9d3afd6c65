"""Back ends that keep their entries in memory, and those that get in the way."""

from collections.abc import Callable
from threading import Event


class MemoryBackend:
    """Keeps entries by service and user name; ``before`` gets to know every step."""

    def __init__(self, before: Callable[[str], None] = lambda done: None) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.before = before

    def get_password(self, service: str, username: str) -> str | None:
        self.before("get")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.before("set")
        self.entries[service, username] = password
        self.before("set done")

    def delete_password(self, service: str, username: str) -> None:
        self.before("delete")
        del self.entries[service, username]
        self.before("delete done")


def failing(error: BaseException, *steps: str) -> Callable[[str], None]:
    """Return what raises an error at some steps, or at all."""

    def before(step: str) -> None:
        if step in steps or not steps:
            raise error

    return before


class DeafBackend(MemoryBackend):
    """Stands still at some steps, or at all, until ``answered``: like a prompt."""

    def __init__(self, *steps: str) -> None:
        super().__init__(self._wait)
        self.steps = steps
        self.reached = Event()
        self.answered = Event()

    def _wait(self, step: str) -> None:
        if step in self.steps or not self.steps:
            self.reached.set()
            self.answered.wait(30)
