"""Findings as the pages of a report show them: every text worded, ready to be escaped."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from padguard.fixes.fix import Fix
from padguard.flow.model import Flow
from padguard.foundation.messages import Message
from padguard.reports.html_text import brief, sentence
from padguard.reports.locations import ELSEWHERE, locate, place_words
from padguard.reports.model import ExportReport
from padguard.reports.posture import COUNTED, Posture
from padguard.reports.text_triage import ENDED, REASON, SINCE, UNTIL
from padguard.reports.wording import SEVERITIES, STATES, SURENESS, wording
from padguard.rules.finding import Finding, Severity
from padguard.rules.registry import rule
from padguard.rules.triage import Decision, State


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done about a finding, or why it cannot.

    Attributes:
        title: What is done.
        sureness: How sure it is, in a word or two.
        reason: Why it cannot be done here, or "".
        steps: What a person does, where no edit can.
        notes: What to know before it is done.
    """

    title: str
    sureness: str
    reason: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding.

    Attributes:
        anchor: The same for the same finding within a page, and for no other.
        rule: Id of its rule.
        title: What its rule is about.
        severity: How bad it is; ``word`` says so.
        word: The severity in a word.
        state: Where it stands, or "" where it is open.
        place: Where it is, within its flow.
        message: What is wrong.
        why: Why it was found, or "" where the message says so.
        sure: How sure it is, in percent.
        steps: What happens on its path, and where.
        remedies: What can be done.
        decided: What was decided about it, in sentences.
    """

    anchor: str
    rule: str
    title: str
    severity: Severity
    word: str
    state: str
    place: str
    message: str
    why: str
    sure: int
    steps: tuple[tuple[str, str], ...]
    remedies: tuple[Remedy, ...]
    decided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The findings of one flow, or those outside all flows, the worst first."""

    anchor: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """All findings of an export.

    Attributes:
        parts: Those that count, by flow in the order of the export.
        aside: Those that somebody accepted or called false.
        anchors: The anchor of each, by fingerprint.
    """

    parts: tuple[Part, ...]
    aside: tuple[Entry, ...]
    anchors: dict[str, str]


def entries_of(
    report: ExportReport, posture: Posture, prefix: str, *, show_secrets: bool
) -> Entries:
    """Return the findings of an export as its page shows them.

    Args:
        report: The export.
        posture: How it stands.
        prefix: What its anchors begin with.
        show_secrets: Whether messages show their secrets.
    """
    numbers = count(1)
    parts: list[Part] = []
    aside: list[Entry] = []
    anchors: dict[str, str] = {}
    by_flow: dict[str, list[Finding]] = {flow_id: [] for flow_id in report.flows}
    for finding in report.findings:
        by_flow.setdefault(finding.place.flow_id, []).append(finding)
    for number, (flow_id, findings) in enumerate(by_flow.items(), 1):
        shown: list[Entry] = []
        for finding in findings:
            anchor = anchors[finding.fingerprint] = f"{prefix}-{next(numbers)}"
            entry = _entry(finding, report, posture, anchor, show_secrets=show_secrets)
            (shown if report.state(finding) in COUNTED else aside).append(entry)
        if shown:
            flow = report.flows.get(flow_id)
            parts.append(Part(f"{prefix}-flow-{number}", flow_name(flow), tuple(shown)))
    return Entries(tuple(parts), tuple(aside), anchors)


def flow_name(flow: Flow | None) -> str:
    """Return what a part of a page is called: as its flow, or as what is in none."""
    return sentence(ELSEWHERE) if flow is None else sentence(brief(flow.name))


def _entry(
    finding: Finding, report: ExportReport, posture: Posture, anchor: str, *, show_secrets: bool
) -> Entry:
    state = report.state(finding)
    message = sentence(wording(finding, show_secrets=show_secrets))
    why = sentence(finding.why)
    known = rule(finding.rule)
    decision = report.decision(finding)
    return Entry(
        anchor,
        finding.rule,
        sentence(known.title) if known else "",
        finding.severity,
        str(SEVERITIES[finding.severity]),
        "" if state is State.OPEN else str(STATES[state]),
        _place(finding, report),
        message,
        "" if why == message else why,
        round(100 * finding.confidence),
        tuple(_steps(finding, report)),
        tuple(_remedy(fix) for fix in posture.offered[finding.fingerprint]),
        tuple(map(sentence, _decided(decision, state))) if decision else (),
    )


def _place(finding: Finding, report: ExportReport) -> str:
    within = finding.place.flow_id if finding.place.flow_id in report.flows else None
    if within is None:
        return sentence(place_words(finding.place, report.flows))
    words = locate(finding.place, report.flows).words
    return sentence(words) if words is not None else ""


def _steps(finding: Finding, report: ExportReport) -> Iterator[tuple[str, str]]:
    for step in finding.path:
        text = sentence(step.text)
        where = sentence(place_words(step.place, report.flows, within=finding.place.flow_id))
        yield text, "" if where == text else where


def _remedy(fix: Fix) -> Remedy:
    plan = fix.plan
    return Remedy(
        sentence(fix.title),
        str(SURENESS[fix.applicability]),
        sentence(fix.reason) if fix.reason is not None else "",
        tuple(sentence(step.text) for step in plan.steps) if plan else (),
        tuple(map(sentence, plan.notes)) if plan else (),
    )


def _decided(decision: Decision, state: State) -> Iterator[Message]:
    if decision.reason:
        yield REASON(reason=decision.reason)
    if decision.date:
        yield SINCE(date=decision.date.isoformat())
    if decision.until:
        until = ENDED if state is State.OPEN else UNTIL
        yield until(until=decision.until.isoformat())
