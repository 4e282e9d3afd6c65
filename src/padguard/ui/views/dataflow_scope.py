"""Which part of the data flow is drawn: all of it, a flow, or what surrounds the selection."""

from dataclasses import dataclass
from enum import Enum, auto

from padguard.analysis.graph import Graph
from padguard.ui.document import Place

MOST_AT_ONCE = 60
"""How many nodes a person can take in; of a larger graph a part is drawn by default."""
MOST_DRAWN = 2000
"""How many nodes are drawn at most, even when a person asks for the whole."""


class Scope(Enum):
    """How much is drawn."""

    WHOLE = auto()  # the export
    FLOW = auto()  # the flow that the place lies in
    AROUND = auto()  # where what is selected comes from and gets to


@dataclass(frozen=True)
class Excerpt:
    """The part that is drawn.

    Attributes:
        graph: The part.
        scope: What it was chosen by.
        total: How many nodes the whole has.
        cut: Whether the part itself was too large, so that what is farthest away was left out.
        home: The flow that the part was chosen by, where it was; nodes of others are its links.
    """

    graph: Graph
    scope: Scope
    total: int
    cut: bool = False
    home: str | None = None


def touched(graph: Graph, place: Place) -> set[str]:
    """Return the keys of the nodes that a place points at; nothing for a flow as a whole."""
    if place.variable:
        found = graph.at_variable(place.flow_id, place.variable, place.local_to)
        if found:
            return found
    return graph.at_row(place.flow_id, place.action) if place.action >= 0 else set()


def excerpt(graph: Graph, place: Place, wanted: Scope | None) -> Excerpt:
    """Return the part to draw for a place.

    Args:
        graph: The graph of the whole export.
        place: What is selected.
        wanted: What a person chose, or None to choose what can be taken in at once.
    """
    scope = wanted or _fitting(graph, place)
    total = len(graph.nodes)
    if scope is Scope.FLOW:
        return Excerpt(_flow_part(graph, place), scope, total, home=place.flow_id)
    keys, most = set(graph.nodes), MOST_DRAWN
    if scope is Scope.AROUND:
        keys = touched(graph, place) or graph.at_flow(place.flow_id)
        most = MOST_AT_ONCE if wanted is None else MOST_DRAWN
    full = graph if scope is Scope.WHOLE else graph.around(keys)
    part = full if len(full.nodes) <= most else graph.around(keys, most)
    return Excerpt(part, scope, total, cut=part is not full)


def _fitting(graph: Graph, place: Place) -> Scope:
    if len(graph.nodes) <= MOST_AT_ONCE:
        return Scope.WHOLE
    if len(_flow_part(graph, place).nodes) <= MOST_AT_ONCE:
        return Scope.FLOW
    return Scope.AROUND


def _flow_part(graph: Graph, place: Place) -> Graph:
    return graph.with_neighbours(graph.at_flow(place.flow_id))
