"""What is reported of an export, and what every format does with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Flow
from padguard.reports.coverage import Gap, gaps
from padguard.rules.finding import Finding
from padguard.rules.rule import Rule


@dataclass(frozen=True)
class ExportReport:
    """What is known of one export that was analysed.

    Attributes:
        path: What the person called it: a path as written, or ``-`` for standard input.
        inspection: The export and its flows, looked through.
        findings: What was found, the worst first.
        rules: The rules that ran.
    """

    path: str
    inspection: Inspection
    findings: Sequence[Finding] = field(repr=False)
    rules: Sequence[Rule] = field(repr=False)

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """The flows by id, in the order of the export."""
        return {flow.id: flow for flow in self.inspection.flows}

    @cached_property
    def gaps(self) -> list[Gap]:
        """What could not be analysed."""
        return list(gaps(self.inspection))


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
