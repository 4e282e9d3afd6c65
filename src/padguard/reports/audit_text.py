"""What is audited, as text for a terminal."""

from collections.abc import Iterator

from padguard.foundation.messages import mark
from padguard.governance.audit_answers import QUESTIONS
from padguard.governance.audit_model import (
    BASES,
    STANDINGS,
    AuditLine,
    AuditReport,
    Basis,
    Level,
)
from padguard.reports.text import Page

MEASURED_IN = mark("reports", "Environment: {organisation}")
NO_SNAPSHOT = mark(
    "reports",
    "No snapshot of an environment was given, so what is not in the export is not known or only "
    "stated. “padguard collect” makes one.",
)
ENVIRONMENT = mark("reports", "Environment")
TABLES = mark("reports", "Tables of automation")
PROCESS = mark("reports", "The table of the flows themselves")
OWN = mark("reports", "Tables in this solution")
LINE = mark("reports", "{name}: {standing} ({basis})")
BARE_LINE = mark("reports", "{name}: {standing}")
TO_TURN_ON = mark("reports", "To turn it on:")
TO_SET = mark("reports", "To set it:")
STEP = mark("reports", "{number}. {step}")
SOURCES = mark("reports", "Source: {titles}")
SAME_STEPS = mark("reports", "To turn it on: as for {name} above, with this table.")
KNOW = mark("reports", "Good to know")
OPEN = mark("reports", "Questions that nothing answers")
HOW_TO_ANSWER = mark(
    "reports",
    "“padguard audit --questions” prints a file to fill in; give it with --answers. Answers are "
    "shown as stated, not measured.",
)

_GROUPS = (
    (ENVIRONMENT, (Level.ENVIRONMENT, Level.RETENTION, Level.LOG_ACCESS)),
    (TABLES, (Level.AUTOMATION_TABLE, Level.COMPONENT_TABLE)),
    (PROCESS, (Level.PROCESS_TABLE,)),
    (OWN, (Level.SOLUTION_TABLE,)),
)


def audit_lines(report: AuditReport, page: Page) -> Iterator[str]:
    """Yield what is audited, and how to turn on what is not.

    The steps for a table are written once; further tables refer to them.

    Args:
        report: What is known.
        page: What the text is written on.
    """
    where = MEASURED_IN(organisation=report.organisation) if report.organisation else NO_SNAPSHOT
    yield from page.lines(where, 2)
    for heading, levels in _GROUPS:
        lines = [line for line in report.lines if line.level in levels]
        if lines:
            yield ""
            yield from page.lines(heading, 2)
            yield from _group(lines, page)
    yield ""
    yield from page.lines(KNOW, 2)
    for note in report.notes:
        yield from page.lines(note, 4)
    if report.open_questions:
        yield ""
        yield from page.lines(OPEN, 2)
        for question in QUESTIONS:
            if question.key in report.open_questions:
                yield from page.lines(question.text, 4, 2)
        yield from page.lines(HOW_TO_ANSWER, 4)


def _group(lines: list[AuditLine], page: Page) -> Iterator[str]:
    shown: AuditLine | None = None
    for line in lines:
        template = BARE_LINE if line.basis is Basis.NONE else LINE
        words = template(name=line.name, standing=STANDINGS[line.standing], basis=BASES[line.basis])
        yield from page.lines(words, 4, 2)
        for detail in line.details:
            yield from page.lines(detail, 6)
        if line.steps and shown is not None and shown.level is line.level:
            yield from page.lines(SAME_STEPS(name=shown.name), 6, 2)
            continue
        if line.steps:
            shown = line
        yield from _steps(line, page)


def _steps(line: AuditLine, page: Page) -> Iterator[str]:
    if line.steps:
        yield from page.lines(TO_SET if line.level is Level.RETENTION else TO_TURN_ON, 6)
        if line.roles is not None:
            yield from page.lines(line.roles, 8)
        for number, step in enumerate(line.steps, 1):
            yield from page.lines(STEP(number=number, step=step), 8, 3)
    titles = ", ".join(dict.fromkeys(source.title for source in line.sources))
    if titles:
        yield from page.lines(SOURCES(titles=titles), 6, 2)
