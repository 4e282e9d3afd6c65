"""The plain nodes of the explorer's tree, and which children each of them has."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from padguard.flow.model import Action, Flow, Subflow, Variable, VariableKind
from padguard.ui.document import Place
from padguard.ui.views.explorer_filter import FlowMatches, variable_key
from padguard.ui.views.rows import RowTree


class NodeKind(Enum):
    """What a node of the explorer stands for."""

    ROOT = auto()
    EXPORT = auto()
    FLOW = auto()
    INPUTS = auto()
    OUTPUTS = auto()
    VARIABLES = auto()
    SUBFLOWS = auto()
    VARIABLE = auto()
    SUBFLOW = auto()
    ACTION = auto()


EXPORT_KEY = "export"
VARIABLE_GROUPS = {
    NodeKind.INPUTS: VariableKind.INPUT,
    NodeKind.OUTPUTS: VariableKind.OUTPUT,
    NodeKind.VARIABLES: VariableKind.FLOW,
}


@dataclass(slots=True, eq=False)
class Content:
    """What a node shows.

    Attributes:
        kind: What it stands for.
        key: Tells it from its siblings, also after its flow was rebuilt. Rows that say the same
            have the same key.
        flow: The flow it belongs to; None above the flows.
        variable: The variable it shows, or None.
        subflow: The subflow it shows, or that its action belongs to, or None.
        action: The action it shows, or None.
        rows: The rows of its subflow; of a subflow itself None until it was opened.
        position: Where its action stands in ``rows``.
        count: How many parts it has, for export, flows, groups and subflows.
    """

    kind: NodeKind
    key: object = None
    flow: Flow | None = None
    variable: Variable | None = None
    subflow: Subflow | None = None
    action: Action | None = None
    rows: RowTree | None = None
    position: int = -1
    count: int = 0

    @property
    def place(self) -> Place:
        """The place that choosing the node leads to."""
        if self.flow is None:
            return Place()
        if self.variable:
            return Place(self.flow.id, variable=self.variable.name, local_to=self.variable.local_to)
        subflow = self.subflow.name if self.subflow else ""
        return Place(self.flow.id, subflow, self.action.index if self.action else -1)


@dataclass(slots=True, eq=False)
class Node:
    """A node that was shown at least once; ``children`` are ids, None until they are wanted."""

    id: int
    parent: int
    row: int
    content: Content
    children: list[int] | None = None


class Branches:
    """Finds the children of a node in the flows, as far as they pass the filter.

    Args:
        flows: Gives the flows as they are now.
        matches_of: Tells what of a flow passes the filter; None where everything does.
    """

    def __init__(
        self,
        flows: Callable[[], Iterable[Flow]],
        matches_of: Callable[[Flow], FlowMatches | None],
    ) -> None:
        self._flows = flows
        self._matches_of = matches_of

    def has_children(self, content: Content) -> bool:
        """Tell whether a node can be opened, without making all its children."""
        if content.kind is NodeKind.VARIABLE:
            return False
        if content.kind is NodeKind.SUBFLOW:
            return content.count > 0
        return next(self.children(content), None) is not None

    def children(self, content: Content) -> Iterator[Content]:
        """Yield what the children of a node show."""
        flow = content.flow
        match content.kind:
            case NodeKind.ROOT:
                yield Content(NodeKind.EXPORT, key=EXPORT_KEY, count=sum(1 for _ in self._flows()))
            case NodeKind.EXPORT:
                yield from self._flow_contents()
            case NodeKind.SUBFLOW | NodeKind.ACTION:
                yield from self._rows(content)
            case NodeKind.FLOW if flow:
                yield from self._groups(flow)
            case NodeKind.SUBFLOWS if flow:
                yield from self._subflows(flow)
            case kind if flow and kind in VARIABLE_GROUPS:
                yield from self._variables(flow, VARIABLE_GROUPS[kind])

    def _flow_contents(self) -> Iterator[Content]:
        for flow in self._flows():
            matches = self._matches_of(flow)
            if matches is None or not matches.empty:
                yield self.flow_content(flow)

    def flow_content(self, flow: Flow) -> Content:
        """Return what the node of a flow shows."""
        rows = sum(1 for action in flow.actions if action.own_row)
        return Content(NodeKind.FLOW, key=flow.id, flow=flow, count=rows)

    def _groups(self, flow: Flow) -> Iterator[Content]:
        for group, kind in VARIABLE_GROUPS.items():
            count = sum(1 for _ in self._variables(flow, kind))
            if count:
                yield Content(group, key=group, flow=flow, count=count)
        count = sum(1 for _ in self._subflows(flow))
        if count:
            yield Content(NodeKind.SUBFLOWS, key=NodeKind.SUBFLOWS, flow=flow, count=count)

    def _variables(self, flow: Flow, kind: VariableKind) -> Iterator[Content]:
        matches = self._matches_of(flow)
        for variable in flow.variables:
            key = variable_key(variable)
            if variable.kind is kind and (matches is None or key in matches.variables):
                yield Content(NodeKind.VARIABLE, key=key, flow=flow, variable=variable)

    def _subflows(self, flow: Flow) -> Iterator[Content]:
        matches = self._matches_of(flow)
        for subflow in flow.subflows:
            if matches is None or subflow.name in matches.subflows:
                count = sum(
                    1 for row in subflow.rows if matches is None or row.index in matches.rows
                )
                yield Content(
                    NodeKind.SUBFLOW, key=subflow.name, flow=flow, subflow=subflow, count=count
                )

    def _rows(self, content: Content) -> Iterator[Content]:
        flow, subflow = content.flow, content.subflow
        if flow is None or subflow is None:
            return
        if content.rows is None:
            content.rows = RowTree.of(subflow)
        matches = self._matches_of(flow)
        for position in content.rows.children(content.position):
            action = content.rows.rows[position]
            if matches is None or action.index in matches.rows:
                yield Content(
                    NodeKind.ACTION,
                    key=flow.script.source(action.statement).strip(),
                    flow=flow,
                    subflow=subflow,
                    action=action,
                    rows=content.rows,
                    position=position,
                )
