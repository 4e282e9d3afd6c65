"""Runs the rules over an inspection."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from padguard.analysis.inspection import Inspection
from padguard.rules.finding import Finding, Severity, with_fingerprints
from padguard.rules.registry import RULES
from padguard.rules.rule import Rule


@dataclass(frozen=True)
class Selection:
    """Which rules run, and how bad their findings are.

    Attributes:
        select: Ids of rules, or how they start (``PG1``); empty for all.
        ignore: The same for rules that do not run; wins over ``select``.
        severities: Severity by rule id, where a person decided otherwise.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def rules(self) -> list[Rule]:
        """Return the rules that run."""
        return [one for one in RULES if self._runs(one)]

    def _runs(self, one: Rule) -> bool:
        chosen = not self.select or any(_fits(one, start) for start in self.select)
        return chosen and not any(_fits(one, start) for start in self.ignore)

    def severity(self, one: Rule) -> Severity:
        """Return how bad the findings of a rule are."""
        return self.severities.get(one.id, one.severity)


def _fits(one: Rule, start: str) -> bool:
    return one.id.casefold().startswith(start.casefold()) or one.slug == start.casefold()


def find(inspection: Inspection, selection: Selection) -> list[Finding]:
    """Return what the rules find, the worst first, then in the order of the export."""
    order = {flow.id: place for place, flow in enumerate(inspection.flows)}
    found = sorted(
        _all(inspection, selection),
        key=lambda finding: (
            order.get(finding.place.flow_id, len(order)),
            finding.place.start,
            finding.rule,
        ),
    )
    return sorted(with_fingerprints(found), key=lambda finding: finding.severity.rank)


def _all(inspection: Inspection, selection: Selection) -> Iterator[Finding]:
    for one in selection.rules():
        for finding in one.check(inspection):
            yield replace(finding, rule=one.id, severity=selection.severity(one))
