"""What a person is told when something fails; what was not foreseen goes into the log as well."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from padguard.foundation.errors import PadGuardError
from padguard.foundation.log import describe
from padguard.foundation.messages import Message, mark

UNEXPECTED = mark(
    "failures",
    "Something went wrong inside PAD Guard ({kind}). Your files are as they were. "
    "You can go on; if it happens again, please report it with the log (Help > Show the log).",
)

_log = logging.getLogger(__name__)


def explain(error: BaseException) -> Message:
    """Return the sentence that tells a person of an error; an unforeseen one is logged."""
    if isinstance(error, PadGuardError):
        return error.message
    _log.error("Unforeseen: %s", describe(error))
    return UNEXPECTED(kind=type(error).__name__)


def catch_everything(tell: Callable[[Message], None]) -> None:
    """Have errors that nobody caught logged and told by ``tell``, which the GUI thread calls."""

    def on_error(
        kind: type[BaseException], error: BaseException, place: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, place)
            return
        message = explain(error)
        if threading.current_thread() is threading.main_thread():
            tell(message)

    def on_lost(lost: "sys.UnraisableHookArgs") -> None:
        if lost.exc_value is not None:
            explain(lost.exc_value)

    sys.excepthook = on_error
    sys.unraisablehook = on_lost
