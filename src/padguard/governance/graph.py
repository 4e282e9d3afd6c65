"""What needs what in a whole export: flows, what runs them, and components, as plain data."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

from padguard.foundation.messages import Message
from padguard.governance.components import NAMED, Component, ComponentType, Evidence, Presence, Use
from padguard.governance.graph_order import circles, layers
from padguard.governance.inventory import Inventory

FLOW = "flow"
"""What kind of node a desktop flow of the export is; all others are kinds of components."""

_LEFT_OUT = frozenset({ComponentType.BINARY})


@dataclass(frozen=True, slots=True)
class Node:
    """Something that needs or is needed.

    Attributes:
        key: Unique within the graph, and the same after other parts of the export changed.
        kind: ``flow`` for a desktop flow of the export, else the word of a component's kind.
        title: What to call it.
        flow_id: The flow, or "" for a component.
        component: The component, or None for a flow that no other one runs.
        missing: Whether it is needed and not in the export.
        recursive: Whether it runs itself, directly or through other flows.
        layer: How far right it belongs: everything that needs it stands in lesser layers, but for
            flows that run each other, which share one. Counted from 0.
    """

    key: str
    kind: str
    title: Message
    flow_id: str = ""
    component: Component | None = None
    missing: bool = False
    recursive: bool = False
    layer: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """That one node needs another; each pair of nodes has one edge at most.

    Attributes:
        start: Key of the node that needs.
        end: Key of the node that is needed.
        uses: All that says so, rows first.
        recursive: Whether it is part of a circle.
    """

    start: str
    end: str
    uses: tuple[Use, ...]
    recursive: bool = False

    @property
    def count(self) -> int:
        """How many rows say so; where none does, how many other parts of the export."""
        rows = sum(use.is_row for use in self.uses)
        return rows or len(self.uses)

    @property
    def disabled(self) -> bool:
        """Whether only rows that are switched off say so."""
        return all(use.disabled for use in self.uses if use.is_row) and any(
            use.is_row for use in self.uses
        )


@dataclass(frozen=True)
class Graph:
    """Nodes by layers, and the edges between them; an edge may lead back to its start."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Node]:
        """The nodes by their keys."""
        return {node.key: node for node in self.nodes}

    @cached_property
    def pairs(self) -> AbstractSet[tuple[str, str]]:
        """The pairs of keys that edges lead between."""
        return frozenset(self.links)

    @property
    def links(self) -> list[tuple[str, str]]:
        """The pairs of keys that a layout draws lines between."""
        return [(edge.start, edge.end) for edge in self.edges]

    def parts(self) -> dict[str, int]:
        """Return the part of each node: parts hang together in themselves, and not together.

        Parts are counted from 0, the largest first; nodes without any edge share the last one.
        """
        links = [*self.links, *((end, start) for start, end in self.links)]
        members: dict[str, list[str]] = {}
        for key, first in circles([node.key for node in self.nodes], links).items():
            members.setdefault(first, []).append(key)
        linked = sorted((one for one in members.values() if len(one) > 1), key=len, reverse=True)
        alone = [one[0] for one in members.values() if len(one) == 1]
        return {key: number for number, part in enumerate([*linked, alone]) for key in part}

    def around(self, key: str) -> "Graph":
        """Return a node, all that it needs, and all that needs it."""
        kept = _reached(key, self.links) | _reached(
            key, [(end, start) for start, end in self.links]
        )
        return Graph(
            tuple(node for node in self.nodes if node.key in kept),
            tuple(edge for edge in self.edges if edge.start in kept and edge.end in kept),
        )


def dependency_graph(inventory: Inventory) -> Graph:
    """Return what needs what; binaries are left out, as each belongs to one flow."""
    nodes = {_flow_key(flow_id): _flow_node(flow_id, inventory) for flow_id in inventory.flows}
    for component in inventory.components:
        key = _node_key(component, inventory)
        if component.type not in _LEFT_OUT and key not in nodes:
            title, missing = component.title, component.presence is Presence.MISSING
            nodes[key] = Node(key, component.type.value, title, "", component, missing)
    uses: dict[tuple[str, str], dict[Use, None]] = {}
    for start, end, use in _needs(inventory):
        if start in nodes and end in nodes:
            uses.setdefault((start, end), {})[use] = None
    group_of = circles(list(nodes), uses)
    placed = layers(list(nodes), uses, group_of)
    in_circle = {
        start for start, end in uses if group_of[start] == group_of[end]
    }  # a group of several has an edge out of each of its nodes
    drawn = sorted(nodes.values(), key=lambda node: placed[node.key])
    return Graph(
        tuple(
            replace(node, layer=placed[node.key], recursive=node.key in in_circle) for node in drawn
        ),
        tuple(
            Edge(
                start,
                end,
                tuple(sorted(said, key=lambda use: not use.is_row)),
                group_of[start] == group_of[end],
            )
            for (start, end), said in uses.items()
        ),
    )


def _flow_key(flow_id: str) -> str:
    return f"{FLOW}:{flow_id}"


def _flow_node(flow_id: str, inventory: Inventory) -> Node:
    component = inventory.by_key.get(f"{ComponentType.CHILD_FLOW.value}:{flow_id}")
    title = NAMED(name=inventory.flows[flow_id])
    return Node(_flow_key(flow_id), FLOW, title, flow_id, component)


def _node_key(component: Component, inventory: Inventory) -> str:
    if component.type is ComponentType.CHILD_FLOW and component.id.casefold() in inventory.flows:
        return _flow_key(component.id.casefold())
    return component.key


def _needs(inventory: Inventory) -> Iterator[tuple[str, str, Use]]:
    """Yield what needs what: the keys of two nodes, and what says so."""
    behind = {
        (flow_id, reference.connector)
        for reference in inventory.of_type(ComponentType.CONNECTION_REFERENCE)
        for flow_id in reference.flow_ids
    }
    for component in inventory.components:
        key = _node_key(component, inventory)
        for use in component.uses:
            if component.type is ComponentType.CLOUD_FLOW:
                yield key, _flow_key(use.flow_id), use
            elif (use.flow_id, component.key) not in behind:
                yield _start(use, inventory), key, use
        if component.connector:
            for use in component.used_by:
                yield key, component.connector, use


def _start(use: Use, inventory: Inventory) -> str:
    """Return the key of what refers to a component: a flow of the export or a cloud flow."""
    by_cloud = use.evidence is Evidence.CLOUD_FLOW or use.flow_id not in inventory.flows
    return f"{ComponentType.CLOUD_FLOW.value}:{use.flow_id}" if by_cloud else _flow_key(use.flow_id)


def _reached(key: str, links: Iterable[tuple[str, str]]) -> set[str]:
    outgoing: dict[str, list[str]] = {}
    for start, end in links:
        outgoing.setdefault(start, []).append(end)
    reached = {key}
    waiting = [key]
    while waiting:
        for end in outgoing.get(waiting.pop(), ()):
            if end not in reached:
                reached.add(end)
                waiting.append(end)
    return reached
