"""The posture of an export: the score is a plain sum, and what to do mends what it says."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.fixes.fix import Applicability
from padguard.fixes.registry import RECIPES
from padguard.foundation.messages import mark
from padguard.reports.coverage import Gap, GapKind
from padguard.reports.model import ExportReport, Triage
from padguard.reports.posture import FAMILIES, posture_of
from padguard.reports.posture_score import HALF, LACKS, WEIGHTS, Lack, score_of
from padguard.reports.posture_todo import MANY
from padguard.reports.posture_words import caveats, formula_words, score_words, set_aside_words
from padguard.rules.finding import Finding, Place, Severity
from padguard.rules.registry import RULES
from padguard.rules.triage import Decisions, State, decide
from padguard.session.session import Session

WORDS = mark("tests", "Something.")
TODAY = dt.date(2026, 1, 5)


def finding(severity: Severity) -> Finding:
    return Finding(Place("a"), WORDS, WORDS, severity=severity)


def gap(kind: GapKind) -> Gap:
    return Gap(kind, WORDS)


FINDINGS = st.lists(st.sampled_from(list(Severity)).map(finding), max_size=40)
GAPS = st.lists(st.sampled_from(list(GapKind)).map(gap), max_size=40)


def test_nothing_found_and_everything_read_is_100() -> None:
    assert score_of([], []).value == 100


@pytest.mark.parametrize(
    ("severities", "kinds", "value"),
    [
        ([Severity.INFO] * 30, [], 100),
        ([Severity.LOW], [], 98),
        ([Severity.CRITICAL], [], 83),
        ([Severity.CRITICAL] * 5, [], 50),
        ([Severity.HIGH] * 10, [], 50),
        ([Severity.MEDIUM] * 25, [], 50),
        ([], [GapKind.UNREADABLE] * 5, 50),
        ([], [GapKind.SCRIPT], 98),
        ([Severity.CRITICAL] * 10_000, [], 0),
    ],
)
def test_score_by_hand(severities: list[Severity], kinds: list[GapKind], value: int) -> None:
    assert score_of(map(finding, severities), map(gap, kinds)).value == value


@given(FINDINGS, GAPS, st.sampled_from(list(Severity)), st.sampled_from(list(GapKind)))
def test_nothing_more_ever_raises_the_score(
    findings: list[Finding], gaps: list[Gap], severity: Severity, kind: GapKind
) -> None:
    before = score_of(findings, gaps)
    assert 0 <= before.value <= 100
    assert (before.value == 100) == (before.points == 0)
    assert score_of([*findings, finding(severity)], gaps).value <= before.value
    assert score_of(findings, [*gaps, gap(kind)]).value <= before.value


@given(FINDINGS, GAPS, st.sampled_from(list(Severity)))
def test_what_cannot_be_read_hides_no_finding(
    findings: list[Finding], gaps: list[Gap], severity: Severity
) -> None:
    """A place that can no longer be read costs at least what was found there."""
    read = score_of([*findings, finding(severity)], gaps)
    unread = score_of(findings, [*gaps, gap(GapKind.NOT_UNDERSTOOD)])
    assert unread.value <= read.value


def test_worse_costs_more_and_every_gap_costs_something() -> None:
    weights = [WEIGHTS[severity] for severity in Severity]
    assert weights == sorted(weights, reverse=True)
    assert set(LACKS) == set(GapKind)
    assert all(WEIGHTS[lack] > 0 for lack in Lack)


def test_the_sum_on_the_page_is_the_sum_of_the_score(sample_report: ExportReport) -> None:
    posture = posture_of(sample_report)
    score = posture.score
    assert score is not None
    assert score.points == sum(line.points for line in score.lines)
    assert score.value == 100 * HALF // (HALF + score.points)
    counted = Counter(one.severity for one in sample_report.findings)
    assert {line.what: line.count for line in score.lines if isinstance(line.what, Severity)} == {
        severity: counted[severity] for severity in Severity if severity is not Severity.INFO
    }
    assert str(score_words(posture)) == f"{score.value} of 100"
    assert str(HALF) in str(formula_words())


def test_families_hold_every_finding(sample_report: ExportReport) -> None:
    posture = posture_of(sample_report)
    assert sum(family.total for family in posture.families) == len(sample_report.findings)
    assert posture.severities == {
        severity: sum(family.counts[severity] for family in posture.families)
        for severity in Severity
    }
    assert {rule.id[:3] for rule in RULES} <= FAMILIES.keys()


def test_what_to_do_first(sample_report: ExportReport) -> None:
    posture = posture_of(sample_report)
    assert [one.by_hand for one in posture.todo] == sorted(one.by_hand for one in posture.todo)
    for part in (posture.changes, posture.by_hand):
        points = [one.points for one in part]
        assert points == sorted(points, reverse=True)
    mended = [found.fingerprint for one in posture.todo for found in one.findings]
    assert len(mended) == len(set(mended))
    assert posture.helpless + len(mended) == sum(
        one.severity is not Severity.INFO for one in sample_report.findings
    )
    for one in posture.todo:
        fixes = [posture.offered[found.fingerprint] for found in one.findings]
        assert all(one.recipe in {fix.id for fix in offered if fix.plan} for offered in fixes)
    first = posture.changes[0]
    assert first.recipe == "mark"
    assert first.applicability is Applicability.SAFE
    assert str(first.title) == "Mark variables as sensitive"


def test_one_of_a_kind_is_named(sample_report: ExportReport) -> None:
    titles = {str(one.title) for one in posture_of(sample_report).todo if len(one.findings) == 1}
    assert "Drop the default of SupplierPassword" in titles


def test_general_titles_belong_to_recipes() -> None:
    assert MANY.keys() <= {recipe.id for recipe in RECIPES}


def decided(report: ExportReport, one: Finding, state: State) -> ExportReport:
    decision = decide(one, state, flow_name="", today=TODAY, reason="Agreed")
    return replace(report, triage=Triage(Decisions([decision]), TODAY))


@pytest.mark.parametrize("state", [State.ACCEPTED, State.FALSE_POSITIVE])
def test_what_was_decided_stands_apart(sample_report: ExportReport, state: State) -> None:
    before = posture_of(sample_report)
    after = posture_of(decided(sample_report, sample_report.findings[0], state))
    assert before.score is not None
    assert after.score is not None
    assert after.score.points == before.score.points - WEIGHTS[Severity.CRITICAL]
    assert after.set_aside[state] == 1
    assert len(after.counted) == len(before.counted) - 1
    assert len(set_aside_words(after)) == 1
    assert not set_aside_words(before)


def test_being_known_before_makes_nothing_better(sample_report: ExportReport) -> None:
    known = posture_of(decided(sample_report, sample_report.findings[0], State.BASELINE))
    assert known.score == posture_of(sample_report).score
    assert known.known == 1


def test_what_could_not_be_read_makes_the_score_a_limit(report_of_text) -> None:
    posture = posture_of(report_of_text("@SENSITIVE: []\nSET Total TO 1\nTHIS IS NO ROBIN\n"))
    assert posture.score is not None
    assert posture.score.is_limit
    assert str(score_words(posture)).endswith("at most")
    assert len(caveats(posture)) == 1


def test_fewer_rules_are_told(report_of_text) -> None:
    report = replace(report_of_text("@SENSITIVE: []\nSET Total TO 1\n"), rules=RULES[:3])
    assert "Only 3 of" in str(caveats(posture_of(report))[0])


def test_without_flows_there_is_no_score(corpus: Path) -> None:
    session = Session.open(corpus / "solutions" / "BuilderRiskService_1_0_0_1.zip")
    report = ExportReport("x", session.inspect(), session.findings, session.selection.rules())
    posture = posture_of(report)
    assert posture.score is None
    assert str(score_words(posture)).startswith("No score")


def test_components_and_audit_in_brief(sample_report: ExportReport) -> None:
    posture = posture_of(sample_report)
    assert sum(kind.count for kind in posture.components) == len(posture.inventory.components)
    assert sum(kind.missing for kind in posture.components) == 1
    assert posture.policed is None
    assert all(line.basis.value == "in-the-export" for line in posture.audited)
