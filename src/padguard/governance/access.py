"""The access checklist: what to share with whom, in which order, and where to click."""

from collections.abc import Iterator

from padguard.foundation.messages import Message, mark
from padguard.governance.access_components import SHARED, connection_items, share_item
from padguard.governance.access_facts import (
    CONNECTIONS,
    CREDENTIAL_SHARES,
    CREDENTIALS,
    INFERENCE,
    MANAGE,
    READ_ALL,
    REFERENCES_FOLLOW,
    SECURE,
    USER_CAN_COPY,
    Source,
)
from padguard.governance.access_flows import (
    child_item,
    flow_items,
    last_item,
    machine_items,
    review_item,
)
from padguard.governance.access_model import Audience, Checklist, Item, ItemKind
from padguard.governance.components import Component, ComponentType, Presence
from padguard.governance.inventory import Inventory

ONLY_DISABLED = mark(
    "governance",
    "Rows that are switched off refer to {names}. Nothing of that is shared here; switch such a "
    "row on, and it is needed.",
)


def checklist(inventory: Inventory, audience: Audience) -> Checklist:
    """Return what to share with somebody: what a flow needs first, then the flows.

    So nobody gets a flow that fails half-way for want of access.

    Args:
        inventory: The components of the export.
        audience: Who shall get access.
    """
    return Checklist(audience, tuple(_items(inventory, audience)))


def _items(inventory: Inventory, audience: Audience) -> Iterator[Item]:
    yield from _to_know(inventory, audience)
    if audience is Audience.REVIEWER:
        yield review_item(audience)
    else:
        yield from _component_items(inventory, audience)
    yield from flow_items(inventory, audience)
    if audience is Audience.SERVICE_ACCOUNT:
        yield from machine_items(audience)
    yield last_item(audience)


def _component_items(inventory: Inventory, audience: Audience) -> Iterator[Item]:
    for kind in SHARED:
        for component in _needed(inventory, kind):
            yield share_item(component, inventory, audience)
    for component in _needed(inventory, ComponentType.CONNECTION_REFERENCE):
        yield from connection_items(component, inventory, audience)
    for component in _needed(inventory, ComponentType.CHILD_FLOW):
        if component.presence is not Presence.IN_EXPORT:
            yield child_item(component, inventory, audience)


def _needed(inventory: Inventory, kind: ComponentType) -> list[Component]:
    return [one for one in inventory.of_type(kind) if not one.only_disabled]


def _to_know(inventory: Inventory, audience: Audience) -> Iterator[Item]:
    def know(slug: str, title: Message, *sources: Source, inference: Message | None = None) -> Item:
        key = f"{audience.value}/{slug}"
        return Item(key, ItemKind.KNOW, title, sources=sources, inference=inference)

    yield know("read-all", READ_ALL, SECURE, MANAGE)
    yield know("user-can-copy", USER_CAN_COPY, MANAGE, inference=INFERENCE)
    if audience is Audience.REVIEWER:
        return
    if _needed(inventory, ComponentType.CONNECTION_REFERENCE):
        yield know("references", REFERENCES_FOLLOW, SECURE, CONNECTIONS)
    if _needed(inventory, ComponentType.CREDENTIAL):
        yield know("credentials", CREDENTIAL_SHARES, CREDENTIALS)
    off = [one.title for one in inventory.components if one.only_disabled]
    if off:
        yield know("disabled", ONLY_DISABLED(names=", ".join(dict.fromkeys(map(str, off)))))
