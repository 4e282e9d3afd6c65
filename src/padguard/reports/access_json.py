"""An access checklist as JSON for other programs."""

from typing import Any

from padguard.exports.model import Export
from padguard.governance.access_model import Checklist, Item
from padguard.governance.graph import dependency_graph
from padguard.governance.inventory import Inventory
from padguard.reports.inventory_json import component_objects, graph_object, source_objects
from padguard.reports.json import export_head


def access_object(
    path: str, export: Export, inventory: Inventory, checklist: Checklist | None = None
) -> dict[str, Any]:
    """Return the components of an export, what needs what, and a checklist where there is one.

    Args:
        path: What the person called the export.
        export: The export.
        inventory: Its components.
        checklist: Its checklist.
    """
    shown: dict[str, Any] = {
        **export_head(path, export),
        "problems": [
            {"where": problem.where, "message": str(problem.message)}
            for problem in (*export.problems, *inventory.problems)
        ],
        "flows": [{"id": flow_id, "name": name} for flow_id, name in inventory.flows.items()],
        "components": component_objects(inventory),
        "dependencies": graph_object(dependency_graph(inventory)),
    }
    if checklist is not None:
        shown["checklist"] = checklist_object(checklist)
    return shown


def checklist_object(checklist: Checklist) -> dict[str, Any]:
    """Return a checklist, its items in the order in which to work through them."""
    return {
        "for": checklist.audience.value,
        "items": [_item_object(item) for item in checklist.items],
    }


def _item_object(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "kind": item.kind.value,
        "title": str(item.title),
        "why": None if item.why is None else str(item.why),
        "steps": [str(step) for step in item.steps],
        "sources": source_objects(item.sources),
        "component": item.component or None,
        "flow": item.flow_id or None,
        "inference": None if item.inference is None else str(item.inference),
    }
