"""Python's cyclic garbage collection, on the GUI thread only and in small bites."""

import gc
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from padguard.flow.model import Flow

INTERVAL_MS = 1000


class GarbageCollector(QObject):
    """Collects when Python's own thresholds say so, but never on a worker thread.

    Objects of Qt that lie in reference cycles would otherwise be finalised wherever the collector
    happened to run. What an opened export is made of is set aside (`settle`), so that the
    collector need not walk through millions of objects again and again; while a job piles them
    up, it waits.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._is_busy: Callable[[], bool] = _never
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def wait_while(self, is_busy: Callable[[], bool]) -> None:
        """Collect nothing while ``is_busy`` says so."""
        self._is_busy = is_busy

    def check(self) -> None:
        """Collect the oldest generation whose threshold is passed."""
        if self._is_busy():
            return
        for generation in (2, 1, 0):
            threshold = gc.get_threshold()[generation]
            if threshold and gc.get_count()[generation] > threshold:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """Take all objects of now for long-lived; call it after an export was opened."""
        gc.freeze()


def _never() -> bool:
    return False


def dismantle(flows: Iterable[Flow]) -> None:
    """Take flows apart that nobody looks at any more, so that their memory is free at once.

    Actions and their subflows know each other; objects in such a circle that the collector has
    set aside would stay for ever. May run on a worker thread: there is nothing of Qt in them.
    """
    for flow in flows:
        for subflow in flow.subflows:
            subflow.actions.clear()
        flow.actions.clear()
