"""The findings of an export by the flows, rows and variables that they are about."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from padguard.flow.model import Flow
from padguard.rules.finding import Finding, Step
from padguard.ui.place import Place, place_of

Key = TypeVar("Key")


class FindingIndex:
    """Finds findings, always the worst first; plain data, made on the thread that analyses.

    ``places`` are where a person looks at each finding, in the order of ``findings``.
    """

    def __init__(self, findings: Sequence[Finding] = (), flows: Iterable[Flow] = ()) -> None:
        self.findings = tuple(findings)
        self._flows: Mapping[str, Flow] = {flow.id: flow for flow in flows}
        self.places = tuple(
            place_of(found.place, found.variables, self._flows) for found in self.findings
        )
        self._number = {found.fingerprint: number for number, found in enumerate(self.findings)}
        self._by_flow = self._group(lambda _, place: [place.flow_id])
        self._by_subflow = self._group(lambda _, place: [(place.flow_id, place.subflow)])
        self._by_row = self._group(lambda _, place: [(place.flow_id, place.action)])
        self._by_variable = self._group(self._variable_keys)

    def number(self, finding: Finding) -> int:
        """Return where a finding stands in ``findings``, or -1 where it is no longer there."""
        return self._number.get(finding.fingerprint, -1)

    def beside(self, walked: Sequence[Finding], number: int, step: int) -> Finding:
        """Return the next (``step`` 1) or previous (-1) of some findings; they are a circle.

        Args:
            walked: Some of ``findings``, in their order; at least one.
            number: The number of the finding in ``findings`` whose neighbour is wanted.
            step: 1 or -1.
        """
        numbers = [self.number(found) for found in walked]
        place = bisect_right(numbers, number) if step > 0 else bisect_left(numbers, number) - 1
        return walked[place % len(walked)]

    def place(self, finding: Finding) -> Place:
        """Return where a person looks at a finding of ``findings``."""
        return self.places[self._number[finding.fingerprint]]

    def step_places(self, finding: Finding) -> list[Place]:
        """Return where a person looks at the steps of a finding's path."""
        names = finding.variables
        return [place_of(step.place, _named(step, names), self._flows) for step in finding.path]

    def of_flow(self, flow_id: str) -> list[Finding]:
        """Return the findings in a flow."""
        return self._by_flow.get(flow_id, [])

    def of_subflow(self, flow_id: str, subflow: str) -> list[Finding]:
        """Return the findings in a subflow."""
        return self._by_subflow.get((flow_id, subflow), [])

    def of_row(self, flow_id: str, action: int) -> list[Finding]:
        """Return the findings in a row, given by the index of its action."""
        return self._by_row.get((flow_id, action), []) if action >= 0 else []

    def of_variable(self, flow_id: str, name: str, local_to: str | None) -> list[Finding]:
        """Return the findings whose main variable is a given one."""
        return self._by_variable.get((flow_id, name.casefold(), local_to), [])

    def at(self, place: Place) -> list[Finding]:
        """Return the findings in the row of a place, those of its variable before and behind."""
        row = self.of_row(place.flow_id, place.action)
        if not place.variable:
            return row
        mine = self.of_variable(place.flow_id, place.variable, place.local_to)
        both = [found for found in row if found in mine]
        return [*both, *(found for found in (*row, *mine) if found not in both)]

    def is_on_path(self, finding: Finding, place: Place) -> bool:
        """Tell whether a place is that of a finding, or of a step of its path."""
        return any(
            (other.flow_id, other.action) == (place.flow_id, place.action)
            and (place.action >= 0 or other.variable == place.variable)
            for other in (self.place(finding), *self.step_places(finding))
        )

    def _variable_keys(self, found: Finding, place: Place) -> list[tuple[str, str, str | None]]:
        if not found.variables or place.flow_id not in self._flows:
            return []
        if place.variable:
            return [(place.flow_id, place.variable.casefold(), place.local_to)]
        return [(place.flow_id, found.variables[0].casefold(), None)]

    def _group(self, keys: Callable[[Finding, Place], Iterable[Key]]) -> dict[Key, list[Finding]]:
        groups: dict[Key, list[Finding]] = {}
        for found, place in zip(self.findings, self.places, strict=True):
            for key in keys(found, place):
                groups.setdefault(key, []).append(found)
        return groups


def _named(step: Step, names: Sequence[str]) -> list[str]:
    """Return those of a finding's variables that a step speaks of."""
    spoken = {str(value) for value in step.text.params.values()}
    return [name for name in names if name in spoken]
