"""Flows judged by policies as text for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from padguard.exports.model import Export
from padguard.flow.model import Flow
from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_judging import Verdict
from padguard.governance.dlp_model import STANDINGS, Evaluation, Setting, Unevaluated, Violation
from padguard.governance.dlp_usage import Spot
from padguard.governance.policy import Policy
from padguard.reports.access_text import heading
from padguard.reports.dlp_words import (
    GROUNDS,
    VERDICTS,
    classes_words,
    default_words,
    scope_words,
)
from padguard.reports.locations import AT_ROW
from padguard.reports.text import Page

SHOWN: Final = 10
"""How many rows and ignored parts are listed unless all are asked for."""

COLOURS: Final = {Verdict.ALLOWED: "green", Verdict.NOT_EVALUATED: "yellow", Verdict.BLOCKED: "red"}

POLICIES = mark("reports", "Policies")
POLICY = mark(
    "reports", "“{title}” ({file}) holds {scope}. Groups that it does not name: {default}."
)
RULES_ONLY = mark("reports", "“{title}”: rules for actions and addresses; they class no groups.")
ELSEWHERE = mark("reports", "It does not hold in the environment {environment}.")
IGNORED = mark("reports", "Ignored: {path}. {reason}")
MORE = mark("reports", "… and {count} more (--verbose lists them)")
GROUPS = mark("reports", "Groups that are used")
GROUP = mark("reports", "{name}: {standing}")
GROUP_BY_POLICY = mark("reports", "{name}: {standing}. {classes}")
FLOW = mark("reports", "{verdict}  Flow “{name}”")
VIOLATION = mark("reports", "{kind}: {reason}")
AGREES = mark("reports", "So decide: {policies}.")
OPEN = mark("reports", "Not evaluated: {reason}")
IN_FLOW = mark("reports", "{flow}: {place}")
NOTHING = mark("reports", "Its flows use nothing that policies speak of.")
SUM = mark("reports", "Flows: {flows}. With violations: {violating}. Not wholly evaluated: {open}.")


def policy_lines(
    policies: Sequence[Policy], setting: Setting, page: Page, *, everything: bool = False
) -> Iterator[str]:
    """Yield the policies with where they hold and what of them was ignored.

    Args:
        policies: All policies that were read.
        setting: How is judged.
        page: What the text is written on.
        everything: Whether long lists are not cut.
    """
    yield from page.lines(POLICIES, 0)
    for policy in policies:
        words = RULES_ONLY if policy.rules_only else POLICY
        words = words(
            title=policy.title,
            file=policy.file,
            scope=scope_words(policy),
            default=default_words(policy),
        )
        yield from page.lines(words, 2, 2)
        if not policy.holds_in(setting.environment):
            yield from page.lines(ELSEWHERE(environment=setting.environment), 4, 2)
        ignored = (IGNORED(path=one.path, reason=one.reason) for one in policy.ignored)
        yield from _list(list(ignored), page, 4, everything=everything)
    yield ""


def dlp_lines(
    path: str,
    export: Export,
    flows: Sequence[Flow],
    evaluation: Evaluation,
    page: Page,
    *,
    everything: bool = False,
) -> Iterator[str]:
    """Yield what policies say of an export: groups, then flow by flow what is wrong or open.

    Args:
        path: What the person called the export.
        export: The export.
        flows: Its flows.
        evaluation: What came out for them.
        page: What the text is written on.
        everything: Whether long lists are not cut.
    """
    by_id = {flow.id: flow for flow in flows}
    yield from heading(path, export, page)
    for note in evaluation.notes:
        yield from page.lines(note, 2)
    yield ""
    yield from _group_lines(evaluation, page)
    for flow in evaluation.flows:
        verdict = str(VERDICTS[flow.verdict])
        first, *others = page.lines(FLOW(verdict=verdict, name=flow.name), 2, 2)
        yield first.replace(verdict, page.paint(verdict, COLOURS[flow.verdict]), 1)
        yield from others
        for violation in evaluation.violations:
            if violation.flow_id == flow.flow_id:
                yield from _violation(violation, by_id, page, everything=everything)
        for found in evaluation.unevaluated:
            if found.flow_id == flow.flow_id:
                yield from _open(found, by_id, page, everything=everything)
    yield ""
    yield from page.lines(_sum(evaluation), 2)
    yield ""


def _group_lines(evaluation: Evaluation, page: Page) -> Iterator[str]:
    yield from page.lines(GROUPS if evaluation.groups else NOTHING, 2)
    for line in evaluation.groups:
        words = GROUP(name=line.name, standing=STANDINGS[line.standing])
        if len(set(line.classes)) > 1:
            classes = classes_words(line, evaluation.policies)
            words = GROUP_BY_POLICY(
                name=line.name, standing=STANDINGS[line.standing], classes=classes
            )
        yield from page.lines(words, 4, 2)
    yield ""


def _violation(
    found: Violation, flows: Mapping[str, Flow], page: Page, *, everything: bool
) -> Iterator[str]:
    yield from page.lines(VIOLATION(kind=GROUNDS[found.ground], reason=found.reason), 4, 2)
    if len(found.policies) > 1:
        policies = ", ".join(f"“{policy}”" for policy in found.policies)
        yield from page.lines(AGREES(policies=policies), 6, 2)
    yield from _rows(found.spots, found.flow_id, flows, page, everything=everything)


def _open(
    found: Unevaluated, flows: Mapping[str, Flow], page: Page, *, everything: bool
) -> Iterator[str]:
    for reason in found.reasons:
        yield from page.lines(OPEN(reason=reason), 4, 2)
    yield from _rows(found.spots, found.flow_id, flows, page, everything=everything)


def _rows(
    spots: Sequence[Spot],
    flow_id: str,
    flows: Mapping[str, Flow],
    page: Page,
    *,
    everything: bool,
) -> Iterator[str]:
    words = [_place(spot, flow_id, flows) for spot in spots]
    yield from _list(words, page, 6, everything=everything)


def _place(spot: Spot, flow_id: str, flows: Mapping[str, Flow]) -> Message:
    flow = flows[spot.flow_id]
    statement = flow.actions[spot.action].statement
    line = flow.script.line_column(statement.start + statement.code)[0]
    place = AT_ROW(subflow=spot.subflow, row=spot.row, line=line)
    return place if spot.flow_id == flow_id else IN_FLOW(flow=flow.name, place=place)


def _list(lines: Sequence[Message], page: Page, indent: int, *, everything: bool) -> Iterator[str]:
    shown = lines if everything else lines[:SHOWN]
    for words in shown:
        yield from page.lines(words, indent, 2)
    if len(shown) < len(lines):
        yield from page.lines(MORE(count=len(lines) - len(shown)), indent)


def _sum(evaluation: Evaluation) -> Message:
    violating = {found.flow_id for found in evaluation.violations}
    unevaluated = {found.flow_id for found in evaluation.unevaluated}
    return SUM(flows=len(evaluation.flows), violating=len(violating), open=len(unevaluated))
