"""What an access checklist is."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.access_facts import Source


class Audience(Enum):
    """Who shall get access; the values are words of the command line and the JSON."""

    CO_OWNER = "co-owner"
    USER = "user"  # somebody who triggers the flow
    SERVICE_ACCOUNT = "service-account"  # runs it unattended
    REVIEWER = "reviewer"  # reads it, and neither runs nor changes it


AUDIENCE_WORDS: Final = {
    Audience.CO_OWNER: mark("governance", "Co-owner"),
    Audience.USER: mark("governance", "User who triggers the flow"),
    Audience.SERVICE_ACCOUNT: mark("governance", "Service account for unattended runs"),
    Audience.REVIEWER: mark("governance", "Reviewer"),
}


class ItemKind(Enum):
    """What an item asks for; the values are words of the JSON."""

    KNOW = "know"  # to be read before anything is shared
    SHARE = "share"
    CHECK = "check"


KIND_WORDS: Final = {
    ItemKind.KNOW: mark("governance", "Know"),
    ItemKind.SHARE: mark("governance", "Share"),
    ItemKind.CHECK: mark("governance", "Check"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist.

    Attributes:
        key: The same for the same share as long as the component exists; ticks are kept by it.
        kind: What it asks for.
        title: What to do, or what to know.
        why: Why, or None where the title says it all.
        steps: Where to click, in order; empty where that is not documented or nothing is clicked.
        sources: The pages that say so.
        component: Key of the component, or "".
        flow_id: The desktop flow, or "".
        inference: What of it is our conclusion and no page's words, or None.
    """

    key: str
    kind: ItemKind
    title: Message
    why: Message | None = None
    steps: tuple[Message, ...] = ()
    sources: tuple[Source, ...] = ()
    component: str = ""
    flow_id: str = ""
    inference: Message | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """All items for one audience, in the order in which to work through them."""

    audience: Audience
    items: tuple[Item, ...]


USER_ROLE: Final = mark("governance", "User")
CO_OWNER_ROLE: Final = mark("governance", "Co-owner")
VIEW_ROLE: Final = mark("governance", "User (can view only)")
"""What the product calls its levels of access."""
