"""The status bar: what the export holds, how much of it was understood, and the work under way."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QToolButton, QWidget

from padguard.ui.counts import Counts
from padguard.ui.jobs import Job, Jobs
from padguard.ui.words import translate

PROGRESS_WIDTH = 160
DELAY_MS = 250
"""Work that is done sooner shows no progress: it would only flicker."""


class Status(QStatusBar):
    """Shows counts at the left and, while there is work, its progress with a way to cancel."""

    detailsWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._held = QLabel(self)
        self.coverage = QToolButton(self)
        self.coverage.setAutoRaise(True)
        self.coverage.setToolTip(self.tr("Show what could not be analysed, and why"))
        self.coverage.clicked.connect(self.detailsWanted)
        self._doing = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(PROGRESS_WIDTH)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setAccessibleName(self.tr("Cancel the work under way"))
        self.cancel.clicked.connect(jobs.cancel)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self._reveal)
        self.setContentsMargins(8, 0, 0, 0)
        self.addWidget(self._held)
        self.addWidget(self.coverage)
        for widget in (self._doing, self._bar, self.cancel):
            self.addPermanentWidget(widget)
        jobs.changed.connect(self._follow)
        self.show_counts(None)
        self._follow()

    def show_counts(self, counts: Counts | None) -> None:
        """Show what the export holds, or nothing where none is open."""
        self._held.setVisible(counts is not None)
        self.coverage.setVisible(counts is not None)
        if counts is None:
            return
        flows = self.tr("1 flow") if counts.flows == 1 else self.tr("{count} flows")
        actions = self.tr("1 action") if counts.actions == 1 else self.tr("{count} actions")
        held = (flows.format(count=counts.flows), actions.format(count=counts.actions))
        self._held.setText(" · ".join(held))
        self.coverage.setText(self._coverage_words(counts))

    def _coverage_words(self, counts: Counts) -> str:
        if counts.complete:
            return self.tr("Everything was analysed")
        if counts.share_missed == 0:
            return self.tr("Some parts were not read ▸")
        if counts.share_missed < 0.01:
            return self.tr("Less than 1 % not analysed ▸")
        percent = round(counts.share_missed * 100)
        return self.tr("{percent} % not analysed ▸").format(percent=percent)

    def _follow(self) -> None:
        job = self._jobs.current
        if job is None:
            self._delay.stop()
            for widget in (self._doing, self._bar, self.cancel):
                widget.hide()
        elif self.cancel.isHidden():
            if not self._delay.isActive():
                self._delay.start()
        else:
            self._show(job)

    def _reveal(self) -> None:
        job = self._jobs.current
        if job is not None:
            for widget in (self._doing, self._bar, self.cancel):
                widget.show()
            self._show(job)

    def _show(self, job: Job) -> None:
        step = job.step
        self._doing.setText(translate(step.doing) if step.doing else job.title)
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
