"""Work of the GUI thread that is done in slices, so that the window goes on answering."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_SECONDS = 0.012


class Slices(QObject):
    """Runs one generator at a time, a slice whenever nothing else is waiting.

    The generator yields wherever it may be interrupted, and hands over its results itself. What
    needs no more than one slice is done before `start` returns. ``finished`` tells that there is
    nothing left to do.
    """

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)

    @property
    def busy(self) -> bool:
        """Whether there is work left."""
        return self._work is not None

    def start(self, work: Iterator[None]) -> None:
        """Begin some work; work that was not finished is dropped."""
        self._work = work
        self._timer.start()
        self._slice()

    def rest(self) -> Iterator[None]:
        """Return what is left to do, for work that goes on behind it, and drop it."""
        rest, self._work = self._work, None
        return rest if rest is not None else iter(())

    def stop(self) -> None:
        """Drop the work."""
        self._work = None
        self._timer.stop()

    def _slice(self) -> None:
        work = self._work
        until = perf_counter() + SLICE_SECONDS
        while work is not None and perf_counter() < until:
            try:
                next(work)
            except StopIteration:
                self.stop()
                self.finished.emit()
                return
            if self._work is not work:  # the work began other work, or was dropped
                return
