"""The posture of an export: its score, the counts behind it, what to do first, what is unknown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from padguard.analysis.inspection import Inspection
from padguard.fixes.fix import Fix
from padguard.foundation.messages import Message, mark
from padguard.governance.audit import audit_of
from padguard.governance.audit_model import AuditLine
from padguard.governance.components import ComponentType, Presence
from padguard.governance.dlp_judging import Verdict
from padguard.governance.dlp_model import Evaluation
from padguard.governance.inventory import Inventory
from padguard.governance.inventory_masking import without_secrets
from padguard.reports.coverage import HEADINGS, Gap, GapKind
from padguard.reports.model import ExportReport
from padguard.reports.posture_score import Score, score_of
from padguard.reports.posture_todo import Todo, todo_of
from padguard.rules.finding import Finding, Severity
from padguard.rules.registry import RULES
from padguard.rules.triage import State

FAMILIES: Final = {
    "PG1": mark("reports", "Secrets written into the definition"),
    "PG2": mark("reports", "Sensitivity not kept"),
    "PG3": mark("reports", "Sensitive data made visible"),
    "PG4": mark("reports", "Components and access"),
    "PG5": mark("reports", "Data loss prevention policies"),
    "PG6": mark("reports", "Audit"),
    "PG7": mark("reports", "Sturdiness"),
}
"""What rules are about, by the beginning of their ids."""

COUNTED: Final = (State.OPEN, State.BASELINE)
"""Findings that nobody decided about; that one was known before makes it no better."""


@dataclass(frozen=True, slots=True)
class Family:
    """How many findings count in one family of rules, by severity; every severity is a key."""

    name: Message
    counts: Mapping[Severity, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Kind:
    """How many components of one kind the flows refer to, and how many of them are missing."""

    type: ComponentType
    count: int
    missing: int


@dataclass(frozen=True, slots=True)
class Policed:
    """What the loaded policies say, in brief.

    Attributes:
        policies: Titles of the policies that hold.
        flows: The flows, by name and verdict, in the order of the export.
    """

    policies: tuple[str, ...]
    flows: tuple[tuple[str, Verdict], ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many flows have a verdict."""
        return sum(found is verdict for _, found in self.flows)


@dataclass(frozen=True)
class Posture:
    """How an export stands.

    Attributes:
        score: The score, or None where there is no flow that could have one.
        counted: The findings that count, the worst first; those of severity info cost nothing.
        families: They by family, without those that have none.
        set_aside: How many findings somebody accepted or called false, by state.
        known: How many of those that count were known before.
        todo: What to do, the most useful first; for findings that cost something.
        gaps: What could not be analysed, by kind in the order of importance.
        statements: How many statements there are.
        understood: How many of them are understood.
        inventory: The components, secrets in their names masked.
        components: They by kind.
        policed: What policies say, or None where none are loaded.
        audited: What is audited and what is not; without anything that tells of the environment
            only the tables of the solution.
        rules_run: How many rules looked at it.
        rules: How many rules there are.
        offered: What can be done about each finding, by fingerprint.
    """

    score: Score | None
    counted: tuple[Finding, ...] = field(repr=False)
    families: tuple[Family, ...]
    set_aside: Mapping[State, int]
    known: int
    todo: tuple[Todo, ...] = field(repr=False)
    gaps: Mapping[GapKind, tuple[Gap, ...]] = field(repr=False)
    statements: int
    understood: int
    inventory: Inventory = field(repr=False)
    components: tuple[Kind, ...]
    policed: Policed | None
    audited: tuple[AuditLine, ...] = field(repr=False)
    rules_run: int
    rules: int
    offered: Mapping[str, tuple[Fix, ...]] = field(repr=False)

    @property
    def changes(self) -> tuple[Todo, ...]:
        """What of `todo` changes the export."""
        return tuple(one for one in self.todo if not one.by_hand)

    @property
    def by_hand(self) -> tuple[Todo, ...]:
        """What of `todo` a person does, in the designer or the portal."""
        return tuple(one for one in self.todo if one.by_hand)

    @property
    def severities(self) -> Mapping[Severity, int]:
        """How many findings count, by severity; every severity is a key."""
        return _by_severity(self.counted)

    @property
    def gap_count(self) -> int:
        """How many things could not be analysed."""
        return sum(map(len, self.gaps.values()))

    @property
    def helpless(self) -> int:
        """How many findings that cost something have no remedy that PAD Guard knows."""
        costly = sum(finding.severity is not Severity.INFO for finding in self.counted)
        return costly - sum(len(one.findings) for one in self.todo)


def posture_of(report: ExportReport) -> Posture:
    """Return how an export stands."""
    counted = tuple(one for one in report.findings if report.state(one) in COUNTED)
    costly = [finding for finding in counted if finding.severity is not Severity.INFO]
    offered = {one.fingerprint: tuple(report.fixes(one)) for one in report.findings}
    inspection = report.inspection
    coverage = [flow.coverage for flow in inspection.flows]
    inventory = without_secrets(inspection.inventory, inspection.flows)
    return Posture(
        score=score_of(counted, report.gaps) if inspection.flows or report.gaps else None,
        counted=counted,
        families=tuple(_families(counted)),
        set_aside={
            state: len(found) for state, found in report.by_state.items() if state not in COUNTED
        },
        known=len(report.by_state[State.BASELINE]),
        todo=tuple(todo_of(costly, offered)),
        gaps=_by_kind(report.gaps),
        statements=sum(one.statements for one in coverage),
        understood=sum(one.understood for one in coverage),
        inventory=inventory,
        components=tuple(_kinds(inventory)),
        policed=_policed(inspection.evaluation),
        audited=_audited(inspection),
        rules_run=len(report.rules),
        rules=len(RULES),
        offered=offered,
    )


def _by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in Severity}


def _families(findings: Iterable[Finding]) -> Iterator[Family]:
    found: dict[str, list[Finding]] = {start: [] for start in FAMILIES}
    for finding in findings:
        found[finding.rule[:3]].append(finding)
    for start, members in found.items():
        if members:
            yield Family(FAMILIES[start], _by_severity(members))


def _by_kind(gaps: Iterable[Gap]) -> dict[GapKind, tuple[Gap, ...]]:
    found: dict[GapKind, list[Gap]] = {kind: [] for kind in HEADINGS}
    for gap in gaps:
        found[gap.kind].append(gap)
    return {kind: tuple(members) for kind, members in found.items() if members}


def _kinds(inventory: Inventory) -> Iterator[Kind]:
    for kind in ComponentType:
        found = inventory.of_type(kind)
        if found:
            missing = sum(one.presence is Presence.MISSING for one in found)
            yield Kind(kind, len(found), missing)


def _policed(evaluation: Evaluation | None) -> Policed | None:
    if evaluation is None:
        return None
    return Policed(
        tuple(policy.title for policy in evaluation.policies),
        tuple((flow.name, flow.verdict) for flow in evaluation.flows),
    )


def _audited(inspection: Inspection) -> tuple[AuditLine, ...]:
    audit = audit_of(inspection.export, inspection.snapshot, inspection.answers)
    told = inspection.snapshot is not None or inspection.answers is not None
    return tuple(audit.lines) if told else audit.own
