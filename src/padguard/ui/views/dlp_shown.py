"""What the DLP view shows: what policies say of flows, and how that differs with a what-if."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from padguard.flow.model import Flow
from padguard.governance.dlp_judging import Ground, Verdict
from padguard.governance.dlp_model import (
    Cell,
    Evaluation,
    FlowLine,
    GroupLine,
    Standing,
    Unevaluated,
    Violation,
)

CellKey = tuple[str, str]
"""Key of a group, and id of a flow."""


class Picked(NamedTuple):
    """What a person looks at: a group, a flow, a group in a flow; None stands for all."""

    group: str | None = None
    flow: str | None = None


class Difference(Enum):
    """What a what-if does to something."""

    SAME = auto()
    NEW = auto()  # it violates a policy, and did not before
    GONE = auto()  # it violated a policy, and does not any more


@dataclass(frozen=True)
class Shown:
    """An evaluation with what is looked up in it; ``before`` is that without the what-if.

    Attributes:
        evaluation: What is shown.
        flows: The flows that it is about, by id.
        is_trial: Whether it is a what-if.
        violations: Violations by group and flow.
        unevaluated: What could not be judged, by group and flow.
        added: Violations that the what-if brings.
        gone: Violations that it takes away.
        before: The evaluation without the what-if, or None.
    """

    evaluation: Evaluation
    flows: Mapping[str, Flow] = field(repr=False)
    is_trial: bool
    violations: Mapping[CellKey, Sequence[Violation]] = field(repr=False)
    unevaluated: Mapping[CellKey, Unevaluated] = field(repr=False)
    added: tuple[Violation, ...] = field(default=(), repr=False)
    gone: tuple[Violation, ...] = field(default=(), repr=False)
    before: Evaluation | None = field(default=None, repr=False)

    @property
    def groups(self) -> tuple[GroupLine, ...]:
        """The groups, in the order of the rows."""
        return self.evaluation.groups

    @property
    def lines(self) -> tuple[FlowLine, ...]:
        """The flows, in the order of the columns."""
        return self.evaluation.flows

    def cell(self, group: str, flow_id: str) -> Cell | None:
        """Return what a flow uses of a group, or None where it uses nothing."""
        return self.evaluation.cells.get((group, flow_id))

    def difference(self, group: str, flow_id: str) -> Difference:
        """Return what the what-if does to a group in a flow."""
        if not self.is_trial:
            return Difference.SAME
        cells = self.before.cells if self.before is not None else {}
        before, after = cells.get((group, flow_id)), self.cell(group, flow_id)
        was = before is not None and before.verdict is Verdict.BLOCKED
        is_now = after is not None and after.verdict is Verdict.BLOCKED
        if was == is_now:
            return Difference.SAME
        return Difference.NEW if is_now else Difference.GONE

    def counts(self, flow_id: str | None = None) -> tuple[int, int, int]:
        """Return how many violations a flow, or all, have, how many are new and how many gone."""
        here, new, gone = self._counts
        return here[flow_id], new[flow_id], gone[flow_id]

    @cached_property
    def _counts(self) -> tuple[Counter[str | None], ...]:
        lists = (self.evaluation.violations, self.added, self.gone)
        counted = tuple(Counter[str | None](one.flow_id for one in found) for found in lists)
        for counter, found in zip(counted, lists, strict=True):
            counter[None] = len(found)
        return counted

    def standing_before(self, group: str) -> Standing | None:
        """Return what a group was without the what-if, or None where that is not known."""
        return self._standings.get(group)

    @cached_property
    def _standings(self) -> Mapping[str, Standing]:
        lines = self.before.groups if self.before is not None else ()
        return {line.key: line.standing for line in lines}


def shown(
    evaluation: Evaluation,
    flows: Sequence[Flow],
    *,
    is_trial: bool = False,
    before: Evaluation | None = None,
) -> Shown:
    """Return an evaluation made ready to be shown.

    Args:
        evaluation: What is to be shown.
        flows: The flows that it is about.
        is_trial: Whether it is a what-if.
        before: For a what-if, what the loaded policies say; None where none are loaded.
    """
    violations: dict[CellKey, list[Violation]] = {}
    for found in evaluation.violations:
        for group in found.groups:
            violations.setdefault((group, found.flow_id), []).append(found)
    unevaluated = {(found.group, found.flow_id): found for found in evaluation.unevaluated}
    added: tuple[Violation, ...] = ()
    gone: tuple[Violation, ...] = ()
    if is_trial:
        earlier = before.violations if before is not None else ()
        known, now = set(map(_key, earlier)), set(map(_key, evaluation.violations))
        added = tuple(found for found in evaluation.violations if _key(found) not in known)
        gone = tuple(found for found in earlier if _key(found) not in now)
    by_id = {flow.id: flow for flow in flows}
    return Shown(evaluation, by_id, is_trial, violations, unevaluated, added, gone, before)


def _key(found: Violation) -> tuple[str, Ground, tuple[str, ...]]:
    """Return what a violation is known by, however many groups a mixture is made of."""
    mixed = found.ground is Ground.MIXED
    return found.flow_id, found.ground, found.policies if mixed else found.groups
