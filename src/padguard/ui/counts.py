"""How much an export holds, and how much of it could be analysed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Flow
from padguard.foundation.messages import Message
from padguard.reports.coverage import GapKind, gaps
from padguard.ui.place import Place, place_of


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the status bar."""

    flows: int
    rows: int


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that could not be analysed: why, in a sentence, and where it is, if in a flow."""

    kind: GapKind
    flow: str
    row: int
    message: Message
    place: Place | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an export could be analysed.

    ``share_missed`` is the share of all statements that something could not be analysed of, 0 to 1.
    """

    missed: Sequence[Missed]
    share_missed: float


def count(flows: Iterable[Flow]) -> Counts:
    """Return the numbers of some flows."""
    listed = list(flows)
    rows = (action.own_row for flow in listed for action in flow.actions)
    return Counts(len(listed), sum(rows))


def coverage(inspection: Inspection) -> Coverage:
    """Return how much of an export could be analysed."""
    flows = {flow.id: flow for flow in inspection.flows}
    missed: list[Missed] = []
    concerned: set[tuple[str, int, int]] = set()
    for gap in gaps(inspection):
        where = gap.place
        flow = flows.get(where.flow_id) if where is not None else None
        if where is None or flow is None:
            missed.append(Missed(gap.kind, "", 0, gap.message, None))
            continue
        row = flow.actions[where.action].row if where.action >= 0 else 0
        missed.append(Missed(gap.kind, flow.name, row, gap.message, place_of(where, (), flows)))
        if gap.kind is not GapKind.NO_HEADER:
            start = -1 if where.action >= 0 else where.start
            concerned.add((where.flow_id, where.action, start))
    statements = sum(flow.coverage.statements for flow in flows.values())
    return Coverage(missed, min(1.0, len(concerned) / statements) if statements else 0.0)
