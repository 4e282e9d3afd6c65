"""What is reported of an export, and what every format does with it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from padguard.analysis.inspection import Inspection
from padguard.fixes.case import Case
from padguard.fixes.engine import fixes_for
from padguard.fixes.fix import Fix
from padguard.fixes.template import Templates
from padguard.flow.model import Flow
from padguard.foundation.masked import Masked
from padguard.reports.coverage import Gap, gaps
from padguard.rules.finding import Finding
from padguard.rules.rule import Rule
from padguard.rules.triage import Decision, Decisions, State, without_secrets


@dataclass(frozen=True, slots=True)
class Triage:
    """What a baseline says of the findings of an export.

    Attributes:
        decisions: What was decided, and what was known before.
        today: The day on which decisions are judged.
        compared: Whether an earlier state is known, so that what it lacks is new.
        alone: Whether decisions on what is in no flow can only be about this export.
    """

    decisions: Decisions
    today: dt.date
    compared: bool = False
    alone: bool = True


@dataclass(frozen=True)
class ExportReport:
    """What is known of one export that was analysed.

    Attributes:
        path: What the person called it: a path as written, or ``-`` for standard input.
        inspection: The export and its flows, looked through.
        findings: What was found, the worst first.
        rules: The rules that ran.
        triage: What a baseline says of the findings, or None where none was given.
        templates: How the actions that retrieve secrets are written, as far as that is known.
    """

    path: str
    inspection: Inspection
    findings: Sequence[Finding] = field(repr=False)
    rules: Sequence[Rule] = field(repr=False)
    triage: Triage | None = field(default=None, repr=False)
    templates: Templates = field(default_factory=Templates)

    def fixes(self, finding: Finding) -> list[Fix]:
        """Return what can be done about a finding, the best first."""
        return fixes_for(Case(self.inspection, finding, self.templates))

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """The flows by id, in the order of the export."""
        return {flow.id: flow for flow in self.inspection.flows}

    @cached_property
    def gaps(self) -> list[Gap]:
        """What could not be analysed."""
        return list(gaps(self.inspection))

    def state(self, finding: Finding) -> State:
        """Return where a finding stands."""
        if self.triage is None:
            return State.OPEN
        return self.triage.decisions.state_of(finding, self.triage.today)

    def decision(self, finding: Finding) -> Decision | None:
        """Return what was decided about a finding, also where that has run out."""
        found = self.triage.decisions.get(finding.fingerprint) if self.triage else None
        return None if found is None else without_secrets(found, self._secrets)

    @cached_property
    def by_state(self) -> dict[State, list[Finding]]:
        """The findings by where they stand, the worst first."""
        found: dict[State, list[Finding]] = {state: [] for state in State}
        for finding in self.findings:
            found[self.state(finding)].append(finding)
        return found

    @cached_property
    def unused(self) -> list[Decision]:
        """The decisions about this export whose finding is gone."""
        if self.triage is None:
            return []
        flows = {*self.flows, *([""] if self.triage.alone else [])}
        rules = {rule.id for rule in self.rules}
        return self._masked(self.triage.decisions.unused(self.findings, flows, rules))

    @cached_property
    def expired(self) -> list[Decision]:
        """The decisions that have run out, so that their findings are open again."""
        if self.triage is None:
            return []
        found = {finding.fingerprint for finding in self.findings}
        over = self.triage.decisions.expired(self.triage.today)
        return self._masked(one for one in over if one.fingerprint in found)

    @cached_property
    def _secrets(self) -> list[Masked]:
        return [finding.secret for finding in self.findings if finding.secret]

    def _masked(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Return decisions without the secrets of the export, which no report may hold."""
        return [without_secrets(decision, self._secrets) for decision in decisions]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be opened: what the person called it, and why."""

    path: str
    reason: str


class Writer(Protocol):
    """A format: takes the exports one after the other and gives text."""

    def add(self, report: ExportReport) -> str:
        """Take an export; return the text that can be written already, or ""."""

    def end(self, failures: Sequence[Failure]) -> str:
        """Return the text that is left when there are no more exports."""
