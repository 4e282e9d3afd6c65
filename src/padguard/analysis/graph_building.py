"""Builds the graph of how sensitive values travel, by following them once more."""

from collections import defaultdict
from dataclasses import replace

from padguard.analysis.effects import Shown, Use
from padguard.analysis.graph import (
    Edge,
    EdgeKind,
    Graph,
    Node,
    NodeKind,
    Spot,
    Step,
    variable_key,
)
from padguard.analysis.holdings import Holding
from padguard.analysis.inspection import Inspection
from padguard.analysis.program import Call, Program
from padguard.analysis.trace import Source, SourceKind, Trace, follow_sources
from padguard.catalog.roles import Channel
from padguard.flow.model import Action, Flow, Sensitivity, Variable
from padguard.foundation.progress import Progress
from padguard.robin.tree import Kind


def build_graph(inspection: Inspection, progress: Progress | None = None) -> Graph:
    """Return how sensitive values travel through an export.

    The ways are followed once more from their sources: a `Trace` keeps what proves that a
    variable is sensitive, a graph shows every row that makes it so.

    Raises:
        CancelledError: The work was cancelled.
    """
    watch = progress or Progress()
    drawing = _Drawing()
    for done, travel in enumerate(inspection.travels):
        watch.step(done, len(inspection.travels))
        drawing.follow(travel.program, travel.trace)
    return drawing.finish([flow.id for flow in inspection.flows])


class _Drawing:
    """Collects nodes and edges while it listens to how values are followed (a `Witness`)."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._spots: dict[str, dict[Spot, None]] = defaultdict(dict)
        self._steps: dict[tuple[str, str], dict[Step, None]] = defaultdict(dict)
        self._program = Program(())
        self._flow_of: dict[Variable, Flow] = {}

    def follow(self, program: Program, trace: Trace) -> None:
        """Add what is sensitive in some flows."""
        self._program = program
        self._flow_of = {variable: flow for flow in program.flows for variable in flow.variables}
        sources = trace.sources.values()
        for source in sources:
            self._add_source(source)
        follow_sources(program, sources, self)

    def finish(self, flow_ids: list[str]) -> Graph:
        """Return the graph in its order: by flow, from left to right, as in the text."""
        order = {flow_id: place for place, flow_id in enumerate(flow_ids)}
        spots = {key: tuple(sorted(found, key=_text_order)) for key, found in self._spots.items()}
        nodes = [replace(node, spots=spots[key]) for key, node in self._nodes.items()]
        nodes.sort(key=lambda n: (order[n.flow_id], n.kind.value, _text_order(n.spots[0]), n.key))
        by_key = {node.key: node for node in nodes}
        place = {key: index for index, key in enumerate(by_key)}
        ends = sorted(self._steps, key=lambda pair: (place[pair[0]], place[pair[1]]))
        return Graph(by_key, tuple(self._edge(by_key, pair) for pair in ends))

    def _edge(self, nodes: dict[str, Node], pair: tuple[str, str]) -> Edge:
        start, end = nodes[pair[0]], nodes[pair[1]]
        steps = sorted(
            self._steps[pair], key=lambda step: (_text_order(step.spot), step.kind.value)
        )
        bared = end.sensitivity is Sensitivity.EXPOSED or end.kind is NodeKind.SINK
        return Edge(*pair, tuple(steps), start.is_masked and bared)

    def arrives(self, holding: Holding) -> None:
        """Note how a variable came to hold a value."""
        if holding.before is None or holding.action is None:
            return
        start = self._variable(holding.before.fact.variable)
        end = self._variable(holding.fact.variable)
        if start != end:  # what a variable is given of itself is no way
            self._step(start, end, _kind_of(self._program, holding), holding.action)

    def passes(self, holding: Holding) -> None:
        """Note that a value is given to an input, by whichever call."""
        self.arrives(holding)

    def shown(self, holding: Holding, action: Action, shown: Shown) -> None:
        """Note that a value becomes visible, or is typed where it belongs."""
        typed = shown.channel is Channel.TYPED
        kind = NodeKind.PURPOSE if typed else NodeKind.SINK
        end = self._end(kind, action, shown.channel)
        start = self._variable(holding.fact.variable)
        self._step(start, end, EdgeKind.USED if typed else EdgeKind.SHOWN, action)

    def serves(self, holding: Holding, action: Action, use: Use) -> None:  # noqa: ARG002 - of `Witness`
        """Note that a value gets to where a secret belongs."""
        end = self._end(NodeKind.PURPOSE, action)
        self._step(self._variable(holding.fact.variable), end, EdgeKind.USED, action)

    def leaves(self, holding: Holding, call: Call, use: Use) -> None:  # noqa: ARG002 - of `Witness`
        """Note that a value goes to a flow that is not in the export."""
        end = self._end(NodeKind.OUTSIDE, call.action)
        self._step(self._variable(holding.fact.variable), end, EdgeKind.LEFT, call.action)

    def _add_source(self, source: Source) -> None:
        flow, action = source.procedure.flow, source.action
        variable = self._variable(source.variable)
        if source.kind is SourceKind.RESULT and action is not None:
            key = f"source|{flow.id}|{action.index}"
            node = Node(
                *(key, NodeKind.SOURCE, flow.id, flow.name, ()),
                source=source.kind,
                origin=source.origin,
                action=_called(action),
            )
        else:
            key = f"source|{source.kind.name}|{action is None}|{variable}"
            called = None if action is None else action.statement.kind
            node = Node(
                *(key, NodeKind.SOURCE, flow.id, flow.name, (), source.variable.name),
                source=source.kind,
                action=called,
            )
        self._nodes.setdefault(key, node)
        spot = _variable_spot(flow, source.variable) if action is None else self._spot(action)
        self._spots[key][spot] = None
        called_by = None if action is None else _called(action)
        self._steps[key, variable][Step(EdgeKind.GIVEN, spot, called_by)] = None

    def _variable(self, variable: Variable) -> str:
        flow = self._flow_of[variable]
        key = variable_key(flow.id, variable.name, variable.local_to)
        if key not in self._nodes:
            self._nodes[key] = Node(
                *(key, NodeKind.VARIABLE, flow.id, flow.name, ()),
                name=variable.name,
                sensitivity=variable.sensitivity,
            )
            self._spots[key][_variable_spot(flow, variable)] = None
        return key

    def _end(self, kind: NodeKind, action: Action, channel: Channel | None = None) -> str:
        flow = self._program.procedure_of(action).flow
        key = f"{kind.name.lower()}|{flow.id}|{action.index}|{channel.value if channel else ''}"
        if key not in self._nodes:
            self._nodes[key] = Node(
                *(key, kind, flow.id, flow.name, ()), channel=channel, action=_called(action)
            )
            self._spots[key][self._spot(action)] = None
        return key

    def _step(self, start: str, end: str, kind: EdgeKind, action: Action) -> None:
        self._steps[start, end][Step(kind, self._spot(action), _called(action))] = None

    def _spot(self, action: Action) -> Spot:
        flow = self._program.procedure_of(action).flow
        return Spot(flow.id, action.subflow.name, action.index, action.row)


def _kind_of(program: Program, holding: Holding) -> EdgeKind:
    """Return how a value got from one variable to another."""
    action = holding.action
    if action is None or action.statement.kind is Kind.SET:
        return EdgeKind.SET
    call = program.calls.get(action)
    if call is None:
        return EdgeKind.CARRIED
    stored = any(result is holding.fact.variable for _, result in call.returned)
    back = stored and holding.procedure is call.caller
    return EdgeKind.RETURNED if back else EdgeKind.PASSED


def _called(action: Action) -> str | Kind:
    return action.statement.action or action.statement.kind


def _variable_spot(flow: Flow, variable: Variable) -> Spot:
    return Spot(flow.id, variable=variable.name, local_to=variable.local_to)


def _text_order(spot: Spot) -> tuple[int, str]:
    return spot.action, spot.variable.casefold()
