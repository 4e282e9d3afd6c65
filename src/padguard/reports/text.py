"""Findings as text for a terminal: grouped by flow, the worst first, then what was not analysed."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.foundation.printable import printable
from padguard.reports.coverage import HEADINGS, Gap
from padguard.reports.locations import ELSEWHERE, locate, place_words
from padguard.reports.model import ExportReport, Failure
from padguard.reports.text_triage import set_aside_words, triage_words
from padguard.reports.wording import SEVERITIES, wording
from padguard.rules.finding import Finding, Severity
from padguard.rules.triage import State

NARROW: Final = 60  # columns; below it there is no room for deep indentation
LEAST: Final = 20
GAPS_SHOWN: Final = 5
COLOURS: Final = {
    Severity.CRITICAL: "bright_red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "white",
}

SOLUTION = mark("reports", "{name} {version} ({path})")
FLOW = mark("reports", "Flow “{name}”")
NOT_OPENED = mark("reports", "{path}: {reason}")
NO_FINDINGS = mark("reports", "No findings.")
NO_OPEN_FINDINGS = mark("reports", "No open findings.")
FINDINGS = mark("reports", "Findings: {count} ({severities})")
SEVERITY_COUNT = mark("reports", "{count} {severity}")
EXPLAINED = mark("reports", "“padguard rules {rule}” explains a rule.")
UNDERSTOOD = mark("reports", "Understood: {understood} of {statements} statements.")
NOT_ANALYSED = mark("reports", "What could not be analysed")
COUNTED = mark("reports", "{heading} ({count})")
MORE = mark("reports", "… and {count} more (--verbose lists them)")
AT = mark("reports", "{place}: {message}")
STEP = mark("reports", "{number}. {text} ({place})")
BARE_STEP = mark("reports", "{number}. {text}")
STANDARD_INPUT = mark("reports", "standard input")


def plain(text: str, _colour: str) -> str:
    """Return a text as it is: no colours."""
    return text


@dataclass(frozen=True, slots=True)
class Page:
    """What the text is written on: how wide it is, and how a text gets a colour."""

    width: int = 80
    paint: Callable[[str, str], str] = plain

    def lines(self, text: Message | str, indent: int, hang: int = 0) -> Iterator[str]:
        """Yield a text in lines that fit, indented by so many columns."""
        if self.width < NARROW:
            indent, hang = indent // 2, hang // 2
        yield from wrap(
            printable(str(text)),
            max(self.width, LEAST),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hang),
            break_on_hyphens=False,
        )


class TextWriter:
    """Writes every export as it comes, and the sum of all at the end."""

    def __init__(self, page: Page, *, show_secrets: bool = False, every_gap: bool = False) -> None:
        self._page = page
        self._show_secrets = show_secrets
        self._every = every_gap
        self._gaps_shown = None if every_gap else GAPS_SHOWN
        self._severities: Counter[Severity] = Counter()
        self._states: Counter[State] = Counter()
        self._rule = ""

    def add(self, report: ExportReport) -> str:
        """Take an export and return its findings and what could not be analysed."""
        found = report.by_state[State.OPEN]
        self._severities.update(finding.severity for finding in found)
        self._states.update({state: len(found) for state, found in report.by_state.items()})
        if found and not self._rule:
            self._rule = found[0].rule
        return _joined([*self._export(report), ""])

    def end(self, failures: Sequence[Failure]) -> str:
        """Return what could not be opened, and the sum of the findings."""
        return _joined(
            line
            for words in (*map(_failed, failures), *self._sum())
            for line in self._page.lines(words, 0)
        )

    def _sum(self) -> Iterator[Message]:
        set_aside = set_aside_words(self._states)
        if not self._severities:
            yield NO_OPEN_FINDINGS if set_aside else NO_FINDINGS
            yield from set_aside
            return
        counts = ", ".join(
            str(SEVERITY_COUNT(count=self._severities[severity], severity=SEVERITIES[severity]))
            for severity in Severity
            if self._severities[severity]
        )
        yield FINDINGS(count=self._severities.total(), severities=counts)
        yield from set_aside
        yield EXPLAINED(rule=self._rule)

    def _export(self, report: ExportReport) -> Iterator[str]:
        yield from self._page.lines(_heading(report), 0)
        yield ""
        by_flow: dict[str, list[Finding]] = {flow_id: [] for flow_id in report.flows}
        for finding in report.by_state[State.OPEN]:
            by_flow.setdefault(finding.place.flow_id, []).append(finding)
        for flow_id, findings in by_flow.items():
            if findings:
                flow = report.flows.get(flow_id)
                words = FLOW(name=flow.name) if flow else ELSEWHERE
                yield from self._page.lines(words, 2)
                yield ""
                for finding in findings:
                    yield from self._finding(finding, report)
                    yield ""
        shown = triage_words(report, show_secrets=self._show_secrets, every=self._every)
        for line, indent in shown:
            yield from self._page.lines(line, indent, 2)
        yield from self._coverage(report)

    def _finding(self, finding: Finding, report: ExportReport) -> Iterator[str]:
        place = locate(finding.place, report.flows).words
        severity = str(SEVERITIES[finding.severity]).upper()
        head = f"{severity} {finding.rule}  {place or ''}".rstrip()
        first, *others = self._page.lines(head, 4, 2)
        yield first.replace(severity, self._page.paint(severity, COLOURS[finding.severity]), 1)
        yield from others
        yield from self._page.lines(wording(finding, show_secrets=self._show_secrets), 6)
        if str(finding.why) != str(finding.message):
            yield from self._page.lines(finding.why, 6)
        for number, step in enumerate(finding.path, 1):
            where = place_words(step.place, report.flows, within=finding.place.flow_id)
            words = STEP if str(where) != str(step.text) else BARE_STEP
            yield from self._page.lines(words(number=number, text=step.text, place=where), 8, 3)

    def _coverage(self, report: ExportReport) -> Iterator[str]:
        counts = [flow.coverage for flow in report.inspection.flows]
        words = UNDERSTOOD(
            understood=sum(count.understood for count in counts),
            statements=sum(count.statements for count in counts),
        )
        yield from self._page.lines(words, 2)
        if report.gaps:
            yield from self._page.lines(NOT_ANALYSED, 2)
        for kind, heading in HEADINGS.items():
            found = [gap for gap in report.gaps if gap.kind is kind]
            if found:
                words = COUNTED(heading=heading, count=len(found))
                yield from self._page.lines(words, 4, 2)
                for gap in found[: self._gaps_shown]:
                    yield from self._page.lines(self._gap(gap, report), 6, 2)
                if len(found[: self._gaps_shown]) < len(found):
                    words = MORE(count=len(found) - GAPS_SHOWN)
                    yield from self._page.lines(words, 6)

    def _gap(self, gap: Gap, report: ExportReport) -> Message:
        if gap.place is None:
            return gap.message
        return AT(place=place_words(gap.place, report.flows), message=gap.subject or gap.message)


def _heading(report: ExportReport) -> Message | str:
    path = STANDARD_INPUT if report.path == "-" else report.path
    solution = report.inspection.export.solution
    if solution is None:
        return path
    return SOLUTION(name=solution.name, version=solution.version, path=path)


def _failed(failure: Failure) -> Message:
    return NOT_OPENED(path=failure.path, reason=failure.reason)


def _joined(lines: Sequence[str] | Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
