"""The status bar: what the export holds, what was found in it, and the work under way."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QToolButton, QWidget

from padguard.rules.finding import Finding, Severity
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.jobs import Job, Jobs
from padguard.ui.severity import look
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.ui.counts import Counts, Coverage

PROGRESS_WIDTH = 160
DELAY_MS = 250
"""Work that is done sooner shows no progress: it would only flicker."""


class Status(QStatusBar):
    """Shows counts at the left and, while there is work, its progress with a way to cancel."""

    detailsWanted = Signal()  # noqa: N815 - a signal of Qt
    findingsWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._held = QLabel(self)
        self._worst: Severity | None = None
        self.findings = QToolButton(self)
        self.findings.setAutoRaise(True)
        self.findings.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.findings.setToolTip(self.tr("Show the list of findings"))
        self.findings.clicked.connect(self.findingsWanted)
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
        for button in (self.findings, self.coverage):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContentsMargins(8, 0, 0, 0)
        self.addWidget(self._held)
        self.addWidget(self.findings)
        self.addWidget(self.coverage)
        for widget in (self._doing, self._bar, self.cancel):
            self.addPermanentWidget(widget)
        jobs.changed.connect(self._follow)
        self.show_counts(None)
        self._follow()

    def show_counts(self, counts: "Counts | None") -> None:
        """Show what the export holds, or nothing where none is open."""
        self._held.setVisible(counts is not None)
        if counts is None:
            self.show_findings(None)
            return
        flows = self.tr("1 flow") if counts.flows == 1 else self.tr("{count} flows")
        rows = self.tr("1 row") if counts.rows == 1 else self.tr("{count} rows")
        held = (flows.format(count=counts.flows), rows.format(count=counts.rows))
        self._held.setText(" · ".join(held))

    def show_findings(self, findings: Sequence[Finding] | None) -> None:
        """Show how many findings there are; nothing before the first analysis."""
        self.findings.setVisible(findings is not None)
        if findings is None:
            self.show_coverage(None)
            return
        self.findings.setText(finding_words(findings))
        self._worst = findings[0].severity if findings else None
        self._tint()

    def show_coverage(self, coverage: "Coverage | None") -> None:
        """Show how much was analysed; nothing before the first analysis."""
        self.coverage.setVisible(coverage is not None)
        if coverage is not None:
            self.coverage.setText(coverage_words(coverage))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        theme = current_theme()
        if self._worst is None:
            self.findings.setIcon(icon("findings", theme, theme.muted))
        else:
            shown = look(self._worst)
            self.findings.setIcon(icon(shown.icon, theme, shown.colour(theme)))

    def _follow(self) -> None:
        job = self._jobs.current
        if job is None or job.quiet:
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
        if job is not None and not job.quiet:
            for widget in (self._doing, self._bar, self.cancel):
                widget.show()
            self._show(job)

    def _show(self, job: Job) -> None:
        step = job.step
        self._doing.setText(translate(step.doing) if step.doing else job.title)
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)


def finding_words(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each severity."""
    tr = QCoreApplication.translate
    if not findings:
        return tr("Status", "No findings")
    words = tr("Status", "{count} findings: {sorts}")
    if len(findings) == 1:
        words = tr("Status", "1 finding: {sorts}")
    counted = Counter(found.severity for found in findings)
    sort = tr("Status", "{count} {severity}")
    sorts = (
        sort.format(count=counted[severity], severity=translate(look(severity).word).lower())
        for severity in Severity
        if counted[severity]
    )
    return words.format(count=len(findings), sorts=", ".join(sorts))


def coverage_words(coverage: "Coverage") -> str:
    """Return how much of an export was analysed, in a few words."""
    tr = QCoreApplication.translate
    if not coverage.missed:
        return tr("Status", "Everything was analysed")
    if coverage.share_missed == 0:
        return tr("Status", "Some parts were not analysed ▸")
    if coverage.share_missed < 0.01:
        return tr("Status", "Less than 1 % not analysed ▸")
    percent = round(coverage.share_missed * 100)
    return tr("Status", "{percent} % not analysed ▸").format(percent=percent)
