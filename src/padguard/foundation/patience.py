"""Waits for what may never answer."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what ``work`` returns, but wait no longer than some seconds for it.

    It runs on a thread of its own. Given up, it goes on there; what comes of it is dropped, and it
    does not keep the program from ending.

    Raises:
        TimeoutError: It took longer.
        BaseException: Whatever ``work`` raises.
    """
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            answer.set_exception(error)

    Thread(target=run, name="padguard-patience", daemon=True).start()
    return answer.result(seconds)
