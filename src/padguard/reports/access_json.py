"""An access checklist as JSON for other programs."""

from typing import Any

from padguard.governance.access_model import Checklist, Item
from padguard.reports.inventory_json import source_objects


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
