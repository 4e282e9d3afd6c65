"""The part of the text report that says what people decided and what was known before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.reports.locations import IN_FLOW, place_words
from padguard.reports.model import ExportReport
from padguard.reports.wording import SEVERITIES, wording
from padguard.rules.finding import Finding
from padguard.rules.triage import Decision, State

HEADINGS: Final = {
    State.ACCEPTED: mark("reports", "Accepted ({count})"),
    State.FALSE_POSITIVE: mark("reports", "False positives ({count})"),
    State.BASELINE: mark("reports", "Known from the baseline ({count})"),
}
COUNTS: Final = {
    State.ACCEPTED: mark("reports", "{count} accepted"),
    State.FALSE_POSITIVE: mark("reports", "{count} false positive"),
    State.BASELINE: mark("reports", "{count} known from the baseline"),
}
SET_ASIDE = mark("reports", "Set aside: {counts}")
LISTED = mark("reports", "--verbose lists them.")
EXPIRED = mark("reports", "Decisions that have run out ({count}); their findings are open again:")
UNUSED = mark(
    "reports",
    "Decisions whose finding is gone ({count}); take them back, so that they do not excuse the "
    "next one of its kind:",
)
GONE = mark(
    "reports",
    "Findings of the baseline that are gone: {count}. Make a new baseline, so that they cannot "
    "come back unseen.",
)
REASON = mark("reports", "Reason: {reason}")
SINCE = mark("reports", "Decided on {date}.")
UNTIL = mark("reports", "It holds until {until}.")
ENDED = mark("reports", "It held until {until}.")
ENTRY = mark("reports", "{rule}  {place}")


def set_aside_words(counts: Mapping[State, int]) -> list[Message]:
    """Return how many findings do not count because of what was decided, if there are any."""
    words = [
        str(words(count=counts[state])) for state, words in COUNTS.items() if counts.get(state)
    ]
    return [SET_ASIDE(counts=", ".join(words))] if words else []


def triage_words(
    report: ExportReport, *, show_secrets: bool, every: bool
) -> Iterator[tuple[Message | str, int]]:
    """Yield what a baseline says of an export, and by how many columns each text is indented.

    Args:
        report: The export.
        show_secrets: Whether messages show their secrets.
        every: Whether what is known from the baseline is listed, not only counted.
    """
    for state, heading in HEADINGS.items():
        found = report.by_state[state]
        if found:
            yield heading(count=len(found)), 2
        if found and state is State.BASELINE and not every:
            yield LISTED, 4
            continue
        for finding in found:
            yield from _set_aside(finding, report, show_secrets=show_secrets)
    if report.expired:
        yield EXPIRED(count=len(report.expired)), 2
        yield from _entries(report.expired, ENDED)
    decided = [one for one in report.unused if one.state is not State.BASELINE]
    if decided:
        yield UNUSED(count=len(decided)), 2
        yield from _entries(decided, UNTIL)
    if len(decided) < len(report.unused):
        yield GONE(count=len(report.unused) - len(decided)), 2


def _set_aside(
    finding: Finding, report: ExportReport, *, show_secrets: bool
) -> Iterator[tuple[Message | str, int]]:
    place = place_words(finding.place, report.flows)
    yield f"{SEVERITIES[finding.severity]} {finding.rule}  {place}", 4
    yield wording(finding, show_secrets=show_secrets), 6
    decision = report.decision(finding)
    if decision is not None:
        yield from _why(decision, UNTIL)


def _entries(decisions: Sequence[Decision], until: Message) -> Iterator[tuple[Message | str, int]]:
    for decision in decisions:
        place: Message | str = decision.flow_name or decision.about or decision.fingerprint
        if decision.flow_name and decision.about:
            place = IN_FLOW(flow=decision.flow_name, place=decision.about)
        yield ENTRY(rule=decision.rule, place=place), 4
        yield from _why(decision, until)


def _why(decision: Decision, until: Message) -> Iterator[tuple[Message | str, int]]:
    if decision.reason:
        yield REASON(reason=decision.reason), 6
    if decision.date:
        yield SINCE(date=decision.date.isoformat()), 6
    if decision.until:
        yield until(until=decision.until.isoformat()), 6
