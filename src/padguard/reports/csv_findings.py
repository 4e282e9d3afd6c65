"""Findings as a table that spreadsheets open as it is, with what could not be analysed below."""

from collections.abc import Iterator, Sequence
from typing import Final

from padguard.foundation.messages import mark
from padguard.reports.coverage import Gap
from padguard.reports.inventory_csv import Cell, as_csv
from padguard.reports.locations import locate, place_words
from padguard.reports.model import ExportReport, Failure
from padguard.reports.posture_todo import best
from padguard.reports.text import STEP
from padguard.reports.wording import SEVERITIES, STATES, SURENESS, wording
from padguard.rules.finding import Finding, Place

FINDING = mark("reports", "finding")
GAP = mark("reports", "not analysed")
FAILURE = mark("reports", "not opened")

COLUMNS: Final = (
    mark("reports", "Export"),
    mark("reports", "Kind"),
    mark("reports", "Rule"),
    mark("reports", "Severity"),
    mark("reports", "State"),
    mark("reports", "Flow"),
    mark("reports", "Subflow"),
    mark("reports", "Row"),
    mark("reports", "Line"),
    mark("reports", "Where"),
    mark("reports", "Message"),
    mark("reports", "Why"),
    mark("reports", "How sure (%)"),
    mark("reports", "Variables"),
    mark("reports", "Path"),
    mark("reports", "What can be done"),
    mark("reports", "How"),
    mark("reports", "Reason"),
    mark("reports", "Fingerprint"),
)


class CsvWriter:
    """Writes a row for every finding, for all that was not analysed, and for failures."""

    def __init__(self, *, show_secrets: bool = False) -> None:
        self._show_secrets = show_secrets
        self._rows: list[Sequence[Cell]] = [COLUMNS]

    def add(self, report: ExportReport) -> str:
        """Take an export; the table is written as a whole."""
        self._rows += (self._finding(finding, report) for finding in report.findings)
        self._rows += (_gap(gap, report) for gap in report.gaps)
        return ""

    def end(self, failures: Sequence[Failure]) -> str:
        """Return the table, its byte order mark as the first character."""
        self._rows += (_padded((one.path, FAILURE, *("",) * 8, one.reason)) for one in failures)
        return as_csv(self._rows).decode()

    def _finding(self, finding: Finding, report: ExportReport) -> Sequence[Cell]:
        fix = best(report.fixes(finding))
        decision = report.decision(finding)
        return (
            report.path,
            FINDING,
            finding.rule,
            SEVERITIES[finding.severity],
            STATES[report.state(finding)],
            *_place(finding.place, report),
            wording(finding, show_secrets=self._show_secrets),
            finding.why,
            round(100 * finding.confidence),
            ", ".join(finding.variables),
            "; ".join(_steps(finding, report)),
            fix.title if fix else "",
            SURENESS[fix.applicability] if fix else "",
            decision.reason if decision else "",
            finding.fingerprint,
        )


def _place(place: Place | None, report: ExportReport) -> Sequence[Cell]:
    here = locate(place, report.flows)
    return (
        here.flow.name if here.flow else "",
        here.subflow or "",
        here.row,
        here.line,
        here.where or "",
    )


def _steps(finding: Finding, report: ExportReport) -> Iterator[str]:
    for number, step in enumerate(finding.path, 1):
        where = place_words(step.place, report.flows, within=finding.place.flow_id)
        yield str(STEP(number=number, text=step.text, place=where))


def _gap(gap: Gap, report: ExportReport) -> Sequence[Cell]:
    place = _place(gap.place, report)
    return _padded((report.path, GAP, "", "", "", *place, gap.message))


def _padded(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Return a row that is as long as the heading."""
    return (*cells, *("",) * (len(COLUMNS) - len(cells)))
