"""Findings as JUnit XML, which build servers show as tests.

There is no standard for it; the elements and attributes used here are those that Jenkins, GitLab
and Azure Pipelines all read: testsuites, testsuite, testcase, failure, error, skipped, system-out.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from padguard.foundation.messages import Message, mark
from padguard.reports.coverage import Gap
from padguard.reports.html_text import shortened
from padguard.reports.locations import ELSEWHERE, locate, place_words
from padguard.reports.model import ExportReport, Failure
from padguard.reports.text import AT, STEP
from padguard.reports.wording import SEVERITIES, STATES, wording
from padguard.rules.finding import Finding, Severity
from padguard.rules.triage import Decision, State

SUITE = mark("reports", "{path}: {flow}")
CASE = mark("reports", "{rule} {place}: {message}")
NOTHING = mark("reports", "No findings")
READ = mark("reports", "Could be opened")
NOT_ANALYSED = mark("reports", "Not analysed: {gap}")
ASIDE = mark("reports", "{state}: {reason}")

COUNTS: Final = {
    "tests": "testcase",
    "failures": "failure",
    "errors": "error",
    "skipped": "skipped",
}
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (§2.2) has no way to say."""


class JunitWriter:
    """Gathers a suite for every flow.

    A finding that is open is a failed test, unless it is merely info; one that was decided about
    or known before is a skipped one. A flow without findings is a test that passed.
    """

    def __init__(self, *, show_secrets: bool = False) -> None:
        self._show_secrets = show_secrets
        self._root = ET.Element("testsuites", name="padguard")

    def add(self, report: ExportReport) -> str:
        """Take an export; the file is written as a whole."""
        by_flow: dict[str, list[Finding]] = {flow_id: [] for flow_id in report.flows}
        gaps: dict[str, list[Gap]] = {}
        for gap in report.gaps:
            flow_id = gap.place.flow_id if gap.place is not None else ""
            gaps.setdefault(flow_id, []).append(gap)
            by_flow.setdefault(flow_id, [])
        for finding in report.findings:
            by_flow.setdefault(finding.place.flow_id, []).append(finding)
        for flow_id, findings in by_flow.items():
            self._suite(flow_id, findings, gaps.get(flow_id, ()), report)
        return ""

    def end(self, failures: Sequence[Failure]) -> str:
        """Return the whole file; all of it is ASCII, so that no code page can spoil it."""
        for failed in failures:
            suite = ET.SubElement(self._root, "testsuite", name=_fit(failed.path))
            case = ET.SubElement(suite, "testcase", name=str(READ), classname=_fit(failed.path))
            ET.SubElement(case, "error", type="not-opened", message=_fit(failed.reason))
            _count(suite)
        _count(self._root)
        ET.indent(self._root)
        text = ET.tostring(self._root, "us-ascii", xml_declaration=True).decode("ascii")
        return f"{text}\n"

    def _suite(
        self, flow_id: str, findings: Sequence[Finding], gaps: Iterable[Gap], report: ExportReport
    ) -> None:
        flow = report.flows.get(flow_id)
        name = _fit(SUITE(path=report.path, flow=flow.name if flow else ELSEWHERE))
        suite = ET.SubElement(self._root, "testsuite", name=name)
        for finding in findings:
            self._case(suite, name, finding, report)
        if not findings:
            ET.SubElement(suite, "testcase", name=str(NOTHING), classname=name)
        missed = [_fit(NOT_ANALYSED(gap=_gap(gap, report))) for gap in gaps]
        if missed:
            ET.SubElement(suite, "system-out").text = "\n".join(missed)
        _count(suite)

    def _case(
        self, suite: ET.Element, classname: str, finding: Finding, report: ExportReport
    ) -> None:
        message = _fit(wording(finding, show_secrets=self._show_secrets))
        place = locate(finding.place, report.flows).words or ELSEWHERE
        name = _fit(CASE(rule=finding.rule, place=place, message=message))
        case = ET.SubElement(suite, "testcase", name=name, classname=classname)
        state = report.state(finding)
        text = _fit("\n".join(_lines(finding, report)))
        if state is not State.OPEN:
            reason = _reason(report.decision(finding))
            words = _fit(ASIDE(state=STATES[state], reason=reason)) if reason else STATES[state]
            ET.SubElement(case, "skipped", message=str(words))
        elif finding.severity is Severity.INFO:
            ET.SubElement(case, "system-out").text = text
        else:
            kind = f"{finding.rule} {SEVERITIES[finding.severity]}"
            ET.SubElement(case, "failure", type=kind, message=message).text = text


def _lines(finding: Finding, report: ExportReport) -> list[str]:
    steps = [
        str(
            STEP(
                number=number,
                text=step.text,
                place=place_words(step.place, report.flows, within=finding.place.flow_id),
            )
        )
        for number, step in enumerate(finding.path, 1)
    ]
    return [str(place_words(finding.place, report.flows)), str(finding.why), *steps]


def _reason(decision: Decision | None) -> str:
    return decision.reason if decision is not None else ""


def _gap(gap: Gap, report: ExportReport) -> str:
    if gap.place is None:
        return str(gap.message)
    return str(AT(place=place_words(gap.place, report.flows), message=gap.message))


def _count(element: ET.Element) -> None:
    """Write how many tests there are in a suite, or in all, and how many did not pass."""
    for name, tag in COUNTS.items():
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _fit(words: Message | str) -> str:
    text = words if isinstance(words, str) else str(shortened(words))
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
