"""What the Components view shows, taken in the background: plain data, its secrets masked."""

from dataclasses import dataclass

from padguard.analysis.inspection import Inspection
from padguard.foundation.progress import Progress
from padguard.governance.access import checklist
from padguard.governance.access_model import Audience, Checklist
from padguard.governance.graph import Graph, dependency_graph
from padguard.governance.inventory import Inventory
from padguard.ui.views.components_drawing import face_of, line_of
from padguard.ui.views.graph_items import Face, Line


@dataclass(frozen=True)
class Taken:
    """The components of an export and all that follows from them.

    Attributes:
        inventory: The components.
        graph: What needs what.
        checklists: What to share with whom.
        at_row: Keys of the components that a row refers to, by flow and index of the action.
        node_of: Keys of the nodes that components are in the graph, by their own keys.
        faces: How the nodes of the graph look, by their keys.
        lines: How its edges look, in their order.
    """

    inventory: Inventory
    graph: Graph
    checklists: dict[Audience, Checklist]
    at_row: dict[tuple[str, int], tuple[str, ...]]
    node_of: dict[str, str]
    faces: dict[str, Face]
    lines: tuple[Line, ...]


def take(inspection: Inspection, progress: Progress) -> Taken:
    """Take the inventory of an export as its flows stand now.

    Raises:
        CancelledError: The work was cancelled.
    """
    inventory = inspection.inventory
    progress.step(0, 0)
    graph = dependency_graph(inventory)
    progress.step(0, 0)
    at_row: dict[tuple[str, int], tuple[str, ...]] = {}
    for component in inventory.components:
        for use in component.rows:
            place = use.flow_id, use.action
            at_row[place] = (*at_row.get(place, ()), component.key)
    return Taken(
        inventory,
        graph,
        {audience: checklist(inventory, audience) for audience in Audience},
        at_row,
        {node.component.key: node.key for node in graph.nodes if node.component},
        {node.key: face_of(node, inventory) for node in graph.nodes},
        tuple(line_of(edge, graph, inventory) for edge in graph.edges),
    )
