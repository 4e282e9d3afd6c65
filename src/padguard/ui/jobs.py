"""Work in the background: plain callables on one worker thread, results on the GUI thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from padguard.foundation.messages import Message
from padguard.foundation.progress import Progress

T = TypeVar("T")
Failed = Callable[[Exception], None]

POLL_MS = 20


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: steps done, steps in all (0 while unknown), what is being done."""

    done: int = 0
    total: int = 0
    doing: Message | None = None


class Job:
    """One piece of work: how it is called, how far it is, and in the end what came of it.

    Holds nothing of Qt, for its last reference may die on the worker thread.
    """

    def __init__(self, title: str, work: Callable[[Progress], Any], *, quiet: bool = False) -> None:
        self.title = title
        self.quiet = quiet
        self.step = Step()
        self.result: Any = None
        self.error: Exception | None = None
        self._work = work
        self._progress = Progress(self._note)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._progress.cancel()

    def run(self, ended: "SimpleQueue[Job]") -> None:
        """Do the work on the calling thread and put the job into ``ended``."""
        try:
            self._progress.step(0, 0)
            self.result = self._work(self._progress)
        except Exception as error:  # noqa: BLE001 - whatever it is, the GUI thread must hear of it
            self.error = error
        ended.put(self)

    def _note(self, done: int, total: int, doing: Message | None) -> None:
        self.step = Step(done, total, doing)


class Jobs(QObject):
    """Runs the jobs of one window, one after the other, in the order they were started.

    Lives on the GUI thread and calls back there. The worker thread knows no QObject at all: it puts
    ended jobs into a queue, which a timer of the GUI thread looks into while there is work.
    ``changed`` tells that `current` is another job or has got further.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="padguard-job")
        self._ended: SimpleQueue[Job] = SimpleQueue()
        self._callbacks: dict[Job, tuple[Callable[[Any], None], Failed]] = {}
        self._shown: tuple[Job | None, Step] = (None, Step())
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._look)

    @property
    def current(self) -> Job | None:
        """The job under way, or None."""
        return next(iter(self._callbacks), None)

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed,
        *,
        quiet: bool = False,
    ) -> Job:
        """Queue a job.

        Args:
            title: What is being done, for the status bar.
            work: Called on the worker thread; must not touch any QObject.
            done: Called with the result, on the GUI thread.
            failed: Called with what ``work`` raised, on the GUI thread; with a `CancelledError`
                when somebody cancelled it.
            quiet: Whether nobody needs to know of it: the status bar does not show it.
        """
        job = Job(title, work, quiet=quiet)
        self._callbacks[job] = (done, failed)
        self._pool.submit(job.run, self._ended)
        self._timer.start()
        self._tell()
        return job

    def cancel(self) -> None:
        """Ask the job under way to stop at its next step."""
        if self.current is not None:
            self.current.cancel()

    def stop(self, last: Callable[[], None] | None = None) -> None:
        """Cancel everything and call nobody back, for the end of the window; do ``last`` then."""
        for job in self._callbacks:
            job.cancel()
        self._callbacks.clear()
        self._timer.stop()
        if last is not None:
            self._pool.submit(last)
        self._pool.shutdown(wait=False)

    def _look(self) -> None:
        try:
            while True:
                self._deliver(self._ended.get_nowait())
        except Empty:
            self._tell()

    def _deliver(self, job: Job) -> None:
        done, failed = self._callbacks.pop(job)
        if not self._callbacks:
            self._timer.stop()
        self._tell()
        if job.error is None:
            done(job.result)
        else:
            failed(job.error)

    def _tell(self) -> None:
        job = self.current
        state = (job, job.step if job else Step())
        if state != self._shown:
            self._shown = state
            self.changed.emit()
