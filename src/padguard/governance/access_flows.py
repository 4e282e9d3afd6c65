"""Items of the access checklist for the desktop flows themselves, and the machine they run on."""

from collections.abc import Iterator

from padguard.foundation.messages import Message, mark
from padguard.governance.access_components import NEEDED_BY, NOT_IN_EXPORT, flow_names
from padguard.governance.access_facts import (
    ACCESS,
    CONNECTIONS,
    DESKTOP_FLOW,
    GET_CREDENTIAL,
    MACHINES,
    MANAGE,
    ROLES,
    SECURE,
)
from padguard.governance.access_model import (
    CO_OWNER_ROLE,
    USER_ROLE,
    Audience,
    Item,
    ItemKind,
)
from padguard.governance.components import Component, ComponentType, Presence
from padguard.governance.graph import FLOW, dependency_graph
from padguard.governance.inventory import Inventory

SHARE_FLOW = mark("governance", "Desktop flow “{name}”: give access as {role}")
WHY_CO_OWNER = mark("governance", "A co-owner can edit, share and delete the flow.")
WHY_USER = mark("governance", "A user can run the flow, and copy it with Save as.")
WHY_ACCOUNT = mark(
    "governance",
    "The flow has connector actions. A user runs such a flow attended, from the console only; a "
    "co-owner can also be the one whose cloud flow starts it.",
)
ACCOUNT_CONCLUSION = mark(
    "governance", "That an unattended account therefore has to be co-owner is our conclusion."
)
WHY_REVIEW = mark(
    "governance",
    "Only where the reviewer has to look at the flow in the product. A user reads it by making a "
    "copy with Save as; the copy has to be deleted afterwards.",
)
CHILD_OUTSIDE = mark("governance", "Child flow “{name}”: give access as {role}")
FIND_CHILD = mark("governance", "Child flow: find out which one is run in {flows}")
FIND_CHILD_STEP = mark(
    "governance", "Look in the designer or ask the maker, then share each flow that can come up."
)
EXPORT_INSTEAD = mark("governance", "Give the reviewer this export or this report, not access")
WHY_EXPORT = mark(
    "governance",
    "Reading needs no access to queues, credentials, connections or machines, so share none. An "
    "export holds all texts of its flows: take secrets out first.",
)
MACHINE = mark("governance", "Machine or machine group: give access as {role}")
WHY_MACHINE = mark(
    "governance",
    "An export does not name the machine that flows run on. A user may run desktop flows on it.",
)
SIGN_IN = mark("governance", "Have the account sign in to the machine with a credential")
WHY_SIGN_IN = mark(
    "governance",
    "A credential in the connection for desktop flows keeps the password of the account out of "
    "every flow.",
)
OPEN_CLOUD_FLOW = mark(
    "governance",
    "In the cloud flow that starts the desktop flow, create a connection for desktop flows and "
    "choose a credential to sign in with.",
)
REGISTERED = mark("governance", "Make sure that the machine is registered and has capacity")
WHY_REGISTERED = mark(
    "governance",
    "Unattended runs need an unattended bot on the machine, and Get credential works on "
    "registered machines only.",
)
LOOK_BACK = mark("governance", "Look at who has access in the end")
OPEN_FLOW = mark("governance", "In the Power Automate portal, open each flow from My flows.")
OPEN_ACCESS = mark(
    "governance", "Select Manage access, and remove everybody who does not need the flow."
)


def flow_items(inventory: Inventory, audience: Audience) -> Iterator[Item]:
    """Yield the items that share the desktop flows, those that others run first."""
    nodes = dependency_graph(inventory).nodes
    for node in reversed([node for node in nodes if node.kind == FLOW]):
        role, why = _role(node.flow_id, inventory, audience)
        yield Item(
            f"{audience.value}/{node.key}",
            ItemKind.SHARE,
            SHARE_FLOW(name=node.title, role=role),
            why,
            tuple(step(name=node.title, role=role) for step in DESKTOP_FLOW.steps),
            (*DESKTOP_FLOW.sources, CONNECTIONS) if why is WHY_ACCOUNT else DESKTOP_FLOW.sources,
            flow_id=node.flow_id,
            inference=ACCOUNT_CONCLUSION if why is WHY_ACCOUNT else None,
        )


def _role(flow_id: str, inventory: Inventory, audience: Audience) -> tuple[Message, Message]:
    if audience is Audience.CO_OWNER:
        return CO_OWNER_ROLE, WHY_CO_OWNER
    if audience is Audience.REVIEWER:
        return USER_ROLE, WHY_REVIEW
    connects = inventory.of_flow(flow_id, ComponentType.CONNECTION_REFERENCE)
    if audience is Audience.SERVICE_ACCOUNT and connects:
        return CO_OWNER_ROLE, WHY_ACCOUNT
    return USER_ROLE, WHY_USER


def child_item(component: Component, inventory: Inventory, audience: Audience) -> Item:
    """Return the item for a child flow that is not in the export."""
    access = ACCESS[component.type]
    key = f"{audience.value}/{component.key}"
    flows = flow_names(component, inventory)
    if component.presence is not Presence.MISSING:
        title = FIND_CHILD(flows=flows)
        steps: tuple[Message, ...] = (FIND_CHILD_STEP,)
        return Item(key, ItemKind.CHECK, title, None, steps, access.sources, component.key)
    title = CHILD_OUTSIDE(name=component.title, role=USER_ROLE)
    steps = (
        NOT_IN_EXPORT(id=component.id),
        *(step(name=component.title, role=USER_ROLE) for step in access.steps),
    )
    why = NEEDED_BY(flows=flows) if flows else None
    return Item(key, ItemKind.SHARE, title, why, steps, access.sources, component.key)


def machine_items(audience: Audience) -> Iterator[Item]:
    """Yield what an account needs of the machine that it runs flows on."""
    access = ACCESS[ComponentType.MACHINE]
    start = audience.value
    yield Item(
        f"{start}/machine",
        ItemKind.SHARE,
        MACHINE(role=USER_ROLE),
        WHY_MACHINE,
        tuple(step(role=USER_ROLE) for step in access.steps),
        access.sources,
    )
    yield Item(
        f"{start}/sign-in",
        ItemKind.CHECK,
        SIGN_IN,
        WHY_SIGN_IN,
        (OPEN_CLOUD_FLOW,),
        (SECURE, MACHINES),
    )
    sources = MACHINES, GET_CREDENTIAL, ROLES
    yield Item(f"{start}/registered", ItemKind.CHECK, REGISTERED, WHY_REGISTERED, (), sources)


def review_item(audience: Audience) -> Item:
    """Return the item that has a reviewer read the export."""
    return Item(f"{audience.value}/export", ItemKind.CHECK, EXPORT_INSTEAD, WHY_EXPORT)


def last_item(audience: Audience) -> Item:
    """Return the item that ends every checklist."""
    steps = OPEN_FLOW, OPEN_ACCESS
    return Item(f"{audience.value}/look-back", ItemKind.CHECK, LOOK_BACK, None, steps, (MANAGE,))
