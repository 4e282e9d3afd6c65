"""How sensitive values travel, as a graph: where from, what holds them, where they end."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from padguard.analysis.trace import SourceKind
from padguard.catalog.roles import Channel, Origin
from padguard.flow.model import Sensitivity
from padguard.robin.tree import Kind


class NodeKind(Enum):
    """What a node stands for."""

    SOURCE = auto()  # where a sensitive value comes to be
    VARIABLE = auto()  # what holds it
    PURPOSE = auto()  # where it belongs: a password of a connection, a field it is typed into
    OUTSIDE = auto()  # a flow that is not in the export
    SINK = auto()  # where it becomes visible


class EdgeKind(Enum):
    """How a value gets from one node to another."""

    GIVEN = auto()  # it comes to be in the variable
    SET = auto()  # a variable is set from another
    CARRIED = auto()  # an action puts it into its result
    PASSED = auto()  # to an input of a flow or subflow
    RETURNED = auto()  # from an output of a flow or subflow
    SHOWN = auto()  # it becomes visible
    USED = auto()  # it gets to where it belongs
    LEFT = auto()  # it goes where it cannot be followed


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the export: a row, or (``action`` -1) a variable.

    ``action`` is the index into ``Flow.actions``, ``row`` the number that the designer shows.
    """

    flow_id: str
    subflow: str = ""
    action: int = -1
    row: int = 0
    variable: str = ""
    local_to: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Something that sensitive values come from, are held by, or get to.

    Attributes:
        key: Unique, and the same for as long as names and rows are.
        kind: What it stands for.
        flow_id: The flow that it lies in.
        flow_name: The name of that flow.
        spots: Where it is, in the order of the text; at least one.
        name: The variable: the one it is, or that the source gives; empty for the others.
        sensitivity: How a variable stands; None for what is none.
        source: Why a source is one; None for what is none.
        origin: Why a result is sensitive by its nature, where known.
        channel: How a sink makes the value visible.
        action: The id of the action that a source or an end is, or what kind of statement; None
            where it is no row.
    """

    key: str
    kind: NodeKind
    flow_id: str
    flow_name: str
    spots: tuple[Spot, ...]
    name: str = ""
    sensitivity: Sensitivity | None = None
    source: SourceKind | None = None
    origin: Origin | None = None
    channel: Channel | None = None
    action: str | Kind | None = None

    @property
    def is_end(self) -> bool:
        """Whether values end here."""
        return self.kind not in (NodeKind.SOURCE, NodeKind.VARIABLE)

    @property
    def is_masked(self) -> bool:
        """Whether the designer masks what it holds."""
        return self.sensitivity in (Sensitivity.MARKED, Sensitivity.CREDENTIAL)


@dataclass(frozen=True, slots=True)
class Step:
    """One row by which a value gets from one node to another."""

    kind: EdgeKind
    spot: Spot
    action: str | Kind | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """That values get from one node to another, by one row or by several.

    ``loses_mask`` tells that the designer masks the value before, and not any more after.
    """

    start: str
    end: str
    steps: tuple[Step, ...]
    loses_mask: bool = False


@dataclass(frozen=True)
class Graph:
    """Nodes and edges, in an order that is the same for the same export.

    Attributes:
        nodes: By key; in the order of the flows, sources first, then variables, then ends.
        edges: Each pair of nodes at most once.
    """

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]

    @cached_property
    def outgoing(self) -> dict[str, list[Edge]]:
        """The edges by where they start."""
        return _by(self.edges, "start")

    @cached_property
    def incoming(self) -> dict[str, list[Edge]]:
        """The edges by where they end."""
        return _by(self.edges, "end")

    def at_row(self, flow_id: str, action: int) -> set[str]:
        """Return the keys of the nodes that a row touches: it is one, or values travel by it."""
        found = {
            key
            for key, node in self.nodes.items()
            if any((spot.flow_id, spot.action) == (flow_id, action) for spot in node.spots)
        }
        for edge in self.edges:
            if any((s.spot.flow_id, s.spot.action) == (flow_id, action) for s in edge.steps):
                found |= {edge.start, edge.end}
        return found

    def at_variable(self, flow_id: str, name: str, local_to: str | None = None) -> set[str]:
        """Return the key of the node of a variable, in a set; nothing where it is clean."""
        return {variable_key(flow_id, name, local_to)} & self.nodes.keys()

    def at_flow(self, flow_id: str) -> set[str]:
        """Return the keys of the nodes of a flow."""
        return {key for key, node in self.nodes.items() if node.flow_id == flow_id}

    def around(self, keys: Iterable[str], most: int | None = None) -> "Graph":
        """Return the part that values take to some nodes and from them on, the nearest first.

        Args:
            keys: Keys of nodes.
            most: How many nodes the part may have; None for as many as there are.
        """
        start = [key for key in self.nodes if key in set(keys)]
        forward, backward = _Reach(start), _Reach(start)
        found = dict.fromkeys(start[:most])
        while forward.waiting or backward.waiting:
            onward, back = forward.next(self.outgoing, "end"), backward.next(self.incoming, "start")
            for key in (*onward, *back):
                if most is not None and len(found) >= most:
                    return self._part(found)
                found[key] = None
        return self._part(found)

    def with_neighbours(self, keys: Iterable[str]) -> "Graph":
        """Return the part of some nodes and of those that one edge links to them."""
        inner = set(keys)
        edges = [edge for edge in self.edges if edge.start in inner or edge.end in inner]
        linked = {key for edge in edges for key in (edge.start, edge.end)}
        nodes = {key: node for key, node in self.nodes.items() if key in inner | linked}
        return Graph(nodes, tuple(edges))

    def _part(self, keys: Iterable[str]) -> "Graph":
        wanted = set(keys)
        nodes = {key: node for key, node in self.nodes.items() if key in wanted}
        edges = (edge for edge in self.edges if edge.start in wanted and edge.end in wanted)
        return Graph(nodes, tuple(edges))


@dataclass
class _Reach:
    """Goes from nodes along edges in one direction, one node after the other, the nearest first."""

    start: list[str]
    seen: set[str] = field(init=False)
    waiting: deque[str] = field(init=False)

    def __post_init__(self) -> None:
        self.seen = set(self.start)
        self.waiting = deque(self.start)

    def next(self, edges: dict[str, list[Edge]], far_end: str) -> Iterator[str]:
        """Yield the nodes that one node leads to and that were not met before."""
        if not self.waiting:
            return
        for edge in edges.get(self.waiting.popleft(), ()):
            key: str = getattr(edge, far_end)
            if key not in self.seen:
                self.seen.add(key)
                self.waiting.append(key)
                yield key


def _by(edges: Iterable[Edge], end: str) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        found[getattr(edge, end)].append(edge)
    return found


def variable_key(flow_id: str, name: str, local_to: str | None = None) -> str:
    """Return the key of the node of a variable; the case of its name is no matter."""
    return f"variable|{flow_id}|{(local_to or '').casefold()}|{name.casefold()}"
