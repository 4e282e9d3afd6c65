"""One thing that is audited or not in full: what it means, how to turn it on, who says so."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from padguard.foundation.messages import mark
from padguard.governance.audit_model import (
    BASES,
    STANDINGS,
    AuditLine,
    AuditReport,
    Level,
    Standing,
)
from padguard.governance.snapshot import Snapshot
from padguard.reports.audit_text import STEP, TO_SET, TO_TURN_ON
from padguard.ui.appearance import current_theme
from padguard.ui.views.components_words import source_words
from padguard.ui.views.details_page import Page, Target, ToCopy
from padguard.ui.views.page_view import PageView
from padguard.ui.words import translate

OVERVIEW = mark("audit", "What is audited")
SAID = mark("audit", "{standing} ({basis})")
KNOW = mark("audit", "Good to know")
SOURCES = mark("audit", "Sources")
COPY = mark("audit", "Copy the steps")
CHOOSE = mark("audit", "Select a line to see what it means and where to click.")
HOW_TO = mark(
    "audit",
    "An administrator makes a snapshot with “padguard collect”, the only part of PAD Guard that "
    "goes online: it reads settings, and changes nothing. Here the file is opened offline.",
)
OR_ANSWER = mark(
    "audit",
    "Without one, answer the questions in the next tab as well as you know. Answers are shown as "
    "stated, not measured. Questions that nothing answers yet: {count}.",
)
FROM_EXPORT = mark(
    "audit", "The tables inside the solution are read from the export itself; they stand below."
)
NOT_READ = mark("audit", "Not or only partly read")
PART = mark("audit", "{about}: {reason}")
IGNORED = mark("audit", "Ignored in the snapshot file")
IGNORED_PART = mark("audit", "{path}: {reason}")
MOST_IGNORED = 30
MORE = mark("audit", "… and {count} more")


class AuditPage(PageView):
    """Shows a line of the report, or what there is to know of the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What it means and where to click"))
        self._report: AuditReport | None = None
        self._snapshot: Snapshot | None = None
        self._line: AuditLine | None = None

    def show_line(
        self, report: AuditReport | None, snapshot: Snapshot | None, line: AuditLine | None
    ) -> None:
        """Show another line, or the whole where there is none."""
        self._report, self._snapshot, self._line = report, snapshot, line
        self.render_page()

    def render_page(self) -> None:
        """Show the page anew."""
        page = Page(current_theme())
        if self._line is not None:
            _fill_line(page, self._line)
        elif self._report is not None:
            _fill_overview(page, self._report, self._snapshot)
        self.show_page(page)

    def follow_target(self, target: Target) -> None:
        """Copy the steps."""
        if isinstance(target, ToCopy):
            QGuiApplication.clipboard().setText(target.text)


def steps_text(line: AuditLine) -> str:
    """Return the steps that turn something on as plain text, with who can take them."""
    steps = [STEP(number=number, step=step) for number, step in enumerate(line.steps, 1)]
    parts = [line.name, *([line.roles] if line.roles is not None else []), *steps]
    return "\n".join(map(translate, parts))


def _fill_line(page: Page, line: AuditLine) -> None:
    page.heading(translate(line.name))
    page.remark(translate(SAID(standing=STANDINGS[line.standing], basis=BASES[line.basis])))
    for detail in line.details:
        page.paragraph(page.text(translate(detail)))
    if line.steps:
        page.section(translate(TO_SET if line.level is Level.RETENTION else TO_TURN_ON))
        if line.roles is not None:
            page.remark(translate(line.roles))
        page.steps((page.text(translate(step)), "") for step in line.steps)
        page.paragraph(page.link(translate(COPY), ToCopy(steps_text(line))))
    if line.sources:
        page.section(translate(SOURCES))
        page.items(page.text(source_words(source)) for source in line.sources)


def _fill_overview(page: Page, report: AuditReport, snapshot: Snapshot | None) -> None:
    page.heading(translate(OVERVIEW))
    page.remark(translate(CHOOSE))
    if snapshot is None:
        page.paragraph(page.text(translate(HOW_TO)))
        page.paragraph(page.text(translate(OR_ANSWER(count=len(report.open_questions)))))
        if any(line.standing is not Standing.UNKNOWN for line in report.own):
            page.paragraph(page.text(translate(FROM_EXPORT)))
    else:
        _fill_snapshot(page, snapshot)
    page.section(translate(KNOW))
    page.items(page.text(translate(note)) for note in report.notes)


def _fill_snapshot(page: Page, snapshot: Snapshot) -> None:
    """Tell what could not be read of the environment, and what not of the file."""
    if snapshot.unread:
        page.section(translate(NOT_READ))
        page.items(
            page.text(translate(PART(about=part.about, reason=part.reason)))
            for part in snapshot.unread[:MOST_IGNORED]
        )
    if snapshot.ignored:
        page.section(translate(IGNORED))
        page.items(
            page.text(translate(IGNORED_PART(path=one.path, reason=one.reason)))
            for one in snapshot.ignored[:MOST_IGNORED]
        )
    hidden = max(0, len(snapshot.ignored) - MOST_IGNORED)
    hidden += max(0, len(snapshot.unread) - MOST_IGNORED)
    if hidden:
        page.remark(translate(MORE(count=hidden)))
