"""What the rules about components share: the inventory, and findings that are not about a row."""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Flow
from padguard.foundation.messages import Message, mark
from padguard.governance.components import TYPE_WORDS, Component, Use
from padguard.governance.inventory import Inventory
from padguard.rules.finding import Finding, Place, Step, action_place

AT_ROW = mark("rules", "The row refers to it")
LISTED = mark("rules", "The flow lists it among what it depends on")
BY_CLOUD = mark("rules", "The action “{action}” of a cloud flow")
MOST_STEPS = 20
"""How many places a finding names; the inventory has all of them."""


def component_finding(
    inspection: Inspection,
    component: Component,
    message: Message,
    why: Message,
    confidence: float = 1.0,
    detail: str = "",
) -> Finding:
    """Return the one finding about a component.

    Its place is the component and not a row, so that its fingerprint stays when rows come and go.

    Args:
        inspection: What is known of the export.
        component: The component.
        message: What is found.
        why: Why.
        confidence: How sure that is.
        detail: What tells it from other findings of the rule about the component, or "".
    """
    place = Place("", where=TYPE_WORDS[component.type])
    steps = tuple(_steps(inspection, component))
    key = f"{component.key}|{detail}" if detail else component.key
    return Finding(place, message, why, confidence, path=steps, key=key)


def flow_names(inventory: Inventory, component: Component) -> str:
    """Return the flows that refer to a component, in one line."""
    names = (inventory.flows.get(flow_id) for flow_id in component.flow_ids)
    return ", ".join(f"“{name}”" for name in names if name)


def _steps(inspection: Inspection, component: Component) -> Iterator[Step]:
    flows = {flow.id: flow for flow in inspection.flows}
    for use in component.used_by[:MOST_STEPS]:
        if use.flow_id in flows:
            yield _step(flows[use.flow_id], use)


def _step(flow: Flow, use: Use) -> Step:
    if use.is_row:
        return Step(action_place(flow, flow.actions[use.action]), AT_ROW)
    words = BY_CLOUD(action=use.detail) if use.detail else LISTED
    return Step(Place(flow.id, where=words), words)
