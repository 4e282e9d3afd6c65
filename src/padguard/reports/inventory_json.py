"""Components, and what needs what, as JSON for other programs."""

from typing import Any

from padguard.governance.access_facts import ACCESS, Source
from padguard.governance.components import Component, Use
from padguard.governance.graph import Edge, Graph, Node
from padguard.governance.inventory import Inventory


def component_objects(inventory: Inventory) -> list[dict[str, Any]]:
    """Return the components; fields are added to, but never changed or dropped."""
    return [_component_object(component) for component in inventory.components]


def graph_object(graph: Graph) -> dict[str, Any]:
    """Return nodes by layers, and the edges between them."""
    return {
        "nodes": [_node_object(node) for node in graph.nodes],
        "edges": [_edge_object(edge) for edge in graph.edges],
    }


def source_objects(sources: tuple[Source, ...]) -> list[dict[str, Any]]:
    """Return the pages that say something."""
    return [
        {"title": source.title, "page": source.page or None, "date": source.date or None}
        for source in sources
    ]


def _component_object(component: Component) -> dict[str, Any]:
    access = ACCESS[component.type]
    return {
        "type": component.type.value,
        "id": component.id or None,
        "name": component.name or None,
        "in_export": component.in_export,
        "table": access.table or None,
        "used_by": [_use_object(use) for use in component.used_by],
        "key": component.key,
        "presence": component.presence.value,
        "decided_by": component.written or None,
        "only_disabled": component.only_disabled,
        "connector": component.connector or None,
        "connections": [
            {"flow": one.flow_id, "account": one.account or None, "embedded": one.embedded}
            for one in component.connections
        ],
        "access": {
            "managed": str(access.managed),
            "user": str(access.user),
            "co_owner": str(access.co_owner),
            "sources": source_objects(access.sources),
        },
    }


def _use_object(use: Use) -> dict[str, Any]:
    return {
        "flow": use.flow_id or None,
        "subflow": use.subflow or None,
        "row": use.row,
        "disabled": use.disabled,
        "detail": use.detail or None,
        "said_by": use.evidence.value,
    }


def _node_object(node: Node) -> dict[str, Any]:
    return {
        "key": node.key,
        "kind": node.kind,
        "title": str(node.title),
        "flow": node.flow_id or None,
        "layer": node.layer,
        "missing": node.missing,
        "recursive": node.recursive,
    }


def _edge_object(edge: Edge) -> dict[str, Any]:
    return {
        "from": edge.start,
        "to": edge.end,
        "count": edge.count,
        "recursive": edge.recursive,
        "disabled": edge.disabled,
        "used_by": [_use_object(use) for use in edge.uses],
    }
