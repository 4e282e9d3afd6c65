"""Flows judged by policies as a table: a line for every row that is not simply allowed."""

from collections.abc import Iterator, Sequence
from typing import Final

from padguard.flow.model import Flow
from padguard.foundation.messages import mark
from padguard.governance.dlp_judging import Verdict
from padguard.governance.dlp_model import STANDINGS, Evaluation
from padguard.governance.dlp_usage import Spot
from padguard.reports.dlp_words import GROUNDS, VERDICTS
from padguard.reports.inventory_csv import Cell

COLUMNS: Final = (
    mark("reports", "Export"),
    mark("reports", "Flow"),
    mark("reports", "Group"),
    mark("reports", "Class"),
    mark("reports", "Result"),
    mark("reports", "Kind"),
    mark("reports", "Decided by"),
    mark("reports", "Why"),
    mark("reports", "In flow"),
    mark("reports", "Subflow"),
    mark("reports", "Row"),
    mark("reports", "Line"),
    mark("reports", "Rows"),
)


def dlp_rows(path: str, flows: Sequence[Flow], evaluation: Evaluation) -> Iterator[Sequence[Cell]]:
    """Yield a line for every row that violates a policy or could not be judged.

    Groups that a flow may use have one line with the count of rows; the heading is `COLUMNS`.

    Args:
        path: What the person called the export.
        flows: Its flows.
        evaluation: What came out for them.
    """
    table = _Table(path, flows, evaluation)
    yield from table.violations()
    yield from table.open_questions()
    yield from table.allowed()


class _Table:
    """The lines of one export; what every line starts and ends with."""

    def __init__(self, path: str, flows: Sequence[Flow], evaluation: Evaluation) -> None:
        self._path = path
        self._flows = {flow.id: flow for flow in flows}
        self._evaluation = evaluation
        self._groups = {line.key: line for line in evaluation.groups}

    def _start(self, flow_id: str, group: str, verdict: Verdict) -> Sequence[Cell]:
        line = self._groups[group]
        flow = self._flows[flow_id].name
        return self._path, flow, line.name, STANDINGS[line.standing], VERDICTS[verdict]

    def _places(self, spots: Sequence[Spot]) -> Iterator[Sequence[Cell]]:
        for spot in spots:
            flow = self._flows[spot.flow_id]
            statement = flow.actions[spot.action].statement
            line = flow.script.line_column(statement.start + statement.code)[0]
            yield flow.name, spot.subflow, spot.row, line, 1

    def violations(self) -> Iterator[Sequence[Cell]]:
        for found in self._evaluation.violations:
            words = GROUNDS[found.ground], ", ".join(found.policies), found.reason
            for use in found.uses:
                start = self._start(found.flow_id, use.subject.group, Verdict.BLOCKED)
                for place in self._places(use.spots):
                    yield (*start, *words, *place)

    def open_questions(self) -> Iterator[Sequence[Cell]]:
        for found in self._evaluation.unevaluated:
            start = self._start(found.flow_id, found.group, Verdict.NOT_EVALUATED)
            reasons = " ".join(map(str, found.reasons))
            for place in self._places(found.spots):
                yield (*start, "", "", reasons, *place)

    def allowed(self) -> Iterator[Sequence[Cell]]:
        for (group, flow_id), cell in self._evaluation.cells.items():
            if cell.verdict is Verdict.ALLOWED:
                deciders = ", ".join(self._groups[group].deciders)
                start = self._start(flow_id, group, Verdict.ALLOWED)
                yield (*start, "", deciders, "", "", "", "", "", cell.count)
