"""Items of the access checklist for what flows need beside themselves."""

from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.access_facts import ACCESS, CONNECTIONS, Source
from padguard.governance.access_model import (
    USER_ROLE,
    VIEW_ROLE,
    Audience,
    Item,
    ItemKind,
)
from padguard.governance.components import TYPE_WORDS, Component, ComponentType, Presence
from padguard.governance.inventory import Inventory

SHARE = mark("governance", "{type} “{name}”: share it")
SHARE_AS = mark("governance", "{type} “{name}”: give access as {role}")
GIVE_READ = mark("governance", "{type} “{name}”: give Read on it by a security role")
ASK = mark("governance", "{type} “{name}”: ask how access is given")
FIND_OUT = mark("governance", "{type}: find out which one is used")
NEEDED_BY = mark("governance", "Needed by {flows}.")
AT_RUN_TIME = mark("governance", "Which one is decided at run time in {flows}, by {names}.")
NOT_NAMED = mark("governance", "{flows} needs one, and the export does not say which.")
LOOK_AT_ROWS = mark(
    "governance", "Look in the designer or ask the maker, then share each one that can come up."
)
NOT_IN_EXPORT = mark(
    "governance", "It is not in this export: look for it in the environment by its id, {id}."
)
EMBED = mark("governance", "Connection reference “{name}”: embed it in “{flow}”")
WHY_EMBED = mark(
    "governance",
    "Runs that a cloud flow starts need all connection references of the flow embedded, and the "
    "flow in schema v2. Co-owners then use the connection, and see the data behind it.",
)
OPEN_DETAILS = mark("governance", "In the Power Automate portal, open the flow, then Details.")
MANAGE_REFERENCES = mark("governance", "Under Connection references, select Manage.")
SET_EMBEDDED = mark(
    "governance",
    "Set Embedded in desktop flow to Yes. Only the owner of the connection can do this.",
)
OWN_CONNECTION = mark("governance", "Connector {name}: have the user bring a connection")
WHY_OWN = mark(
    "governance",
    "Sharing a flow does not share the connections behind it. Users run a flow with connector "
    "actions attended, from the console, and are asked for a connection of their own. "
    "Needed by {flows}.",
)

SHARED: Final[dict[ComponentType, Message | None]] = {
    ComponentType.WORK_QUEUE: None,
    ComponentType.CREDENTIAL: VIEW_ROLE,
    ComponentType.UI_ELEMENTS: USER_ROLE,
    ComponentType.CUSTOM_ACTION: USER_ROLE,
    ComponentType.ENVIRONMENT_VARIABLE: None,
    ComponentType.AI_MODEL: None,
}
"""What is given to people by itself, in order, and the least role of those that are documented."""


def share_item(component: Component, inventory: Inventory, audience: Audience) -> Item:
    """Return the item that gives somebody a component, or has them find out which it is."""
    access = ACCESS[component.type]
    flows = flow_names(component, inventory)
    kind = TYPE_WORDS[component.type]
    key = f"{audience.value}/{component.key}"
    if component.presence in (Presence.RUN_TIME, Presence.UNKNOWN):
        why = NOT_NAMED(flows=flows)
        if component.written:
            why = AT_RUN_TIME(flows=flows, names=component.written)
        title = FIND_OUT(type=kind)
        return Item(key, ItemKind.CHECK, title, why, (LOOK_AT_ROWS,), access.sources, component.key)
    role = SHARED[component.type]
    title = _TITLES.get(component.type, SHARE)
    title = (
        SHARE_AS(type=kind, name=component.title, role=role)
        if role
        else title(type=kind, name=component.title)
    )
    steps = tuple(step(name=component.title, role=role or "") for step in access.steps)
    if component.presence is Presence.MISSING:
        steps = (NOT_IN_EXPORT(id=component.id), *steps)
    why = NEEDED_BY(flows=flows)
    return Item(key, ItemKind.SHARE, title, why, steps, access.sources, component.key)


_TITLES: Final = {
    ComponentType.ENVIRONMENT_VARIABLE: GIVE_READ,
    ComponentType.AI_MODEL: ASK,
}


def connection_items(
    component: Component, inventory: Inventory, audience: Audience
) -> tuple[Item, ...]:
    """Return what has to be done for the connections behind a connection reference."""
    sources: tuple[Source, ...] = (CONNECTIONS,)
    if audience is Audience.USER:
        connector = inventory.by_key.get(component.connector)
        name = connector.title if connector else component.title
        why = WHY_OWN(flows=flow_names(component, inventory))
        key = f"{audience.value}/{component.key}"
        title = OWN_CONNECTION(name=name)
        return (Item(key, ItemKind.CHECK, title, why, (), sources, component.key),)
    return tuple(
        Item(
            f"{audience.value}/{component.key}/{connection.flow_id}",
            ItemKind.CHECK,
            EMBED(name=component.title, flow=inventory.flows[connection.flow_id]),
            WHY_EMBED,
            (OPEN_DETAILS, MANAGE_REFERENCES, SET_EMBEDDED),
            sources,
            component.key,
            connection.flow_id,
        )
        for connection in component.connections
        if not connection.embedded and connection.flow_id in inventory.flows
    )


def flow_names(component: Component, inventory: Inventory) -> str:
    """Return the names of the flows that need a component."""
    names = (inventory.flows.get(flow_id, "") for flow_id in component.flow_ids)
    return ", ".join(f"“{name}”" for name in names if name)
