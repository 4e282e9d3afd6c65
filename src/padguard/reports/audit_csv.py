"""What is audited, as a table."""

from collections.abc import Iterator, Sequence
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.audit_model import BASES, STANDINGS, AuditReport, Level
from padguard.reports.inventory_csv import Cell, source_words

COLUMNS: Final = (
    mark("reports", "Export"),
    mark("reports", "Environment"),
    mark("reports", "Level"),
    mark("reports", "What"),
    mark("reports", "Audited"),
    mark("reports", "Said by"),
    mark("reports", "Details"),
    mark("reports", "Roles"),
    mark("reports", "Where to click"),
    mark("reports", "Sources"),
)

_LEVELS: Final = {
    Level.ENVIRONMENT: mark("reports", "Environment"),
    Level.RETENTION: mark("reports", "Environment"),
    Level.LOG_ACCESS: mark("reports", "Environment"),
    Level.AUTOMATION_TABLE: mark("reports", "Table of automation"),
    Level.COMPONENT_TABLE: mark("reports", "Table of components"),
    Level.PROCESS_TABLE: mark("reports", "Table of flows"),
    Level.SOLUTION_TABLE: mark("reports", "Table in this solution"),
}


def audit_rows(path: str, report: AuditReport) -> Iterator[Sequence[Cell]]:
    """Yield a row for everything that is audited or not; the heading is `COLUMNS`.

    Args:
        path: What the person called the export.
        report: What is known.
    """
    for line in report.lines:
        yield (
            path,
            report.organisation,
            _LEVELS[line.level],
            line.name,
            STANDINGS[line.standing],
            BASES[line.basis],
            _joined(line.details),
            line.roles,
            "\n".join(f"{number}. {step}" for number, step in enumerate(line.steps, 1)),
            source_words(line.sources),
        )


def _joined(messages: Sequence[Message]) -> str:
    return " ".join(map(str, messages))
