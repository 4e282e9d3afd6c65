"""What components and what refers to them are called in the window, with icons and colours."""

from typing import NamedTuple

from padguard.foundation.messages import Message, mark
from padguard.governance.access_facts import ACCESS, Source
from padguard.governance.components import (
    PRESENCE_WORDS,
    TYPE_WORDS,
    Component,
    ComponentType,
    Presence,
    Use,
)
from padguard.governance.inventory import Inventory
from padguard.reports.access_text import use_words as use_message
from padguard.ui.theme import Theme
from padguard.ui.words import translate


class Look(NamedTuple):
    """An icon, and the name of its colour in `Theme`."""

    icon: str
    role: str

    def colour(self, theme: Theme) -> str:
        """Return the colour it has in a theme."""
        colour: str = getattr(theme, self.role)
        return colour


TYPE_ICONS = {
    ComponentType.CHILD_FLOW: "flow",
    ComponentType.WORK_QUEUE: "queue",
    ComponentType.CREDENTIAL: "credential",
    ComponentType.UI_ELEMENTS: "window",
    ComponentType.CUSTOM_ACTION: "custom-action",
    ComponentType.CONNECTION_REFERENCE: "connection",
    ComponentType.CONNECTOR: "connector",
    ComponentType.ENVIRONMENT_VARIABLE: "environment",
    ComponentType.AI_MODEL: "cognitive",
    ComponentType.MACHINE: "machine",
    ComponentType.CLOUD_FLOW: "cloud",
    ComponentType.BINARY: "binary",
}
PRESENCE_LOOKS = {
    Presence.IN_EXPORT: Look("present", "marked"),
    Presence.MISSING: Look("missing", "high"),
    Presence.OUTSIDE: Look("outside", "muted"),
    Presence.RUN_TIME: Look("run-time", "medium"),
    Presence.UNKNOWN: Look("unknown", "unknown"),
}

NO_USE = mark("components", "By no flow")
ONE_FLOW = mark("components", "{flow}")
ROWS_OF_FLOW = mark("components", "{flow} · rows: {rows}")
ROWS_OF_FLOWS = mark("components", "Flows: {flows} · rows: {rows}")
FLOWS = mark("components", "Flows: {flows}")
NOT_DOCUMENTED = mark("components", "Not documented")
SPOKEN = mark("components", "{type}: {name}. {presence}. Used: {used}")
PAGE = mark("components", "{title} ({page}, {date})")


def type_word(component: Component) -> str:
    """Return what kind of component it is."""
    return translate(TYPE_WORDS[component.type])


def presence_word(component: Component) -> str:
    """Return where a component is."""
    return translate(PRESENCE_WORDS[component.presence])


def title(component: Component) -> str:
    """Return what to call a component."""
    return translate(component.title)


def use_words(use: Use, inventory: Inventory) -> str:
    """Return the place that refers to a component."""
    return translate(use_message(use, inventory))


def used_words(component: Component, inventory: Inventory) -> str:
    """Return in one line what refers to a component: the only place, or how many there are."""
    used = component.used_by
    if not used:
        return translate(NO_USE)
    if len(used) == 1:
        return use_words(used[0], inventory)
    return translate(_counted(component, inventory))


def _counted(component: Component, inventory: Inventory) -> Message:
    flows, rows = component.flow_ids, len(component.rows)
    if len(flows) > 1:
        return ROWS_OF_FLOWS(rows=rows, flows=len(flows)) if rows else FLOWS(flows=len(flows))
    name = inventory.flows.get(flows[0], "") if flows else ""
    return ROWS_OF_FLOW(rows=rows, flow=name) if rows else ONE_FLOW(flow=name)


def table_words(component: Component) -> str:
    """Return the Dataverse table of a component."""
    return ACCESS[component.type].table or translate(NOT_DOCUMENTED)


def source_titles(component: Component) -> str:
    """Return the titles of the pages that say how access is given."""
    return ", ".join(source.title for source in ACCESS[component.type].sources)


def source_words(source: Source) -> str:
    """Return a page in full: its title, where its text is kept, and its date."""
    if not source.page:
        return source.title
    return translate(PAGE(title=source.title, page=source.page, date=source.date))


def spoken(component: Component, inventory: Inventory) -> str:
    """Return a component as a screen reader says it."""
    return translate(
        SPOKEN(
            type=TYPE_WORDS[component.type],
            name=component.title,
            presence=PRESENCE_WORDS[component.presence],
            used=used_words(component, inventory),
        )
    )
