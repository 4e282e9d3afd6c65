"""Components and access checklists as text for a terminal."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from padguard.exports.model import Export
from padguard.foundation.messages import Message, mark
from padguard.governance.access_facts import ACCESS
from padguard.governance.access_model import AUDIENCE_WORDS, KIND_WORDS, Checklist, Item, ItemKind
from padguard.governance.components import (
    PRESENCE_WORDS,
    TYPE_WORDS,
    Component,
    ComponentType,
    Presence,
    Use,
)
from padguard.governance.inventory import Inventory
from padguard.reports.text import Page

SHOWN: Final = 10
"""How many places that refer to a component are listed; the other formats list all."""

SOLUTION = mark("reports", "{name} {version} ({path})")
NO_COMPONENTS = mark("reports", "Its flows refer to nothing beside themselves.")
GROUP = mark("reports", "{kind} ({count})")
HEAD = mark("reports", "{name}: {presence}")
ID = mark("reports", "Id: {id}")
ACCOUNT = mark("reports", "Connection: {accounts}")
TABLE = mark("reports", "Table: {table}")
NO_TABLE = mark("reports", "Table: not documented")
MANAGED = mark("reports", "Access: {managed}")
FOR_USER = mark("reports", "A user needs: {need}")
FOR_CO_OWNER = mark("reports", "A co-owner needs: {need}")
USED_AT = mark("reports", "Used: {place}")
AT_ROW = mark("reports", "{flow} › {subflow} › row {row}")
AT_ROW_OFF = mark("reports", "{flow} › {subflow} › row {row} (switched off)")
BY_CLOUD = mark("reports", "{flow}, action “{action}” of the cloud flow")
IN_FLOW = mark("reports", "{flow} (listed among what it depends on)")
ELSEWHERE = mark("reports", "a part of the solution that is no desktop flow")
MORE = mark("reports", "… and {count} more")
BINARIES = mark("reports", "They belong to their flows and travel with them. Missing: {count}")
SOURCES = mark("reports", "Source: {titles}")
CHECKLIST = mark("reports", "Access checklist: {audience}")
ITEM = mark("reports", "[ ] {number}. {kind}: {title}")
DONE_ITEM = mark("reports", "[x] {number}. {kind}: {title}")
NOTE = mark("reports", "{number}. {kind}: {title}")
STEP = mark("reports", "{number}. {step}")


def heading(path: str, export: Export, page: Page) -> Iterator[str]:
    """Yield the line that says which export it is."""
    solution = export.solution
    if solution is None:
        yield from page.lines(path, 0)
    else:
        words = SOLUTION(name=solution.name, version=solution.version, path=path)
        yield from page.lines(words, 0)


def component_lines(inventory: Inventory, page: Page) -> Iterator[str]:
    """Yield the components kind by kind; binaries are counted, and listed where they are missing.

    Args:
        inventory: The components.
        page: What the text is written on.
    """
    if not inventory.components:
        yield from page.lines(NO_COMPONENTS, 2)
    for kind in ComponentType:
        found = inventory.of_type(kind)
        if found:
            yield ""
            yield from page.lines(GROUP(kind=TYPE_WORDS[kind], count=len(found)), 2)
            yield from _facts(kind, page)
            shown: Sequence[Component] = found
            if kind is ComponentType.BINARY:
                shown = [one for one in found if one.presence is Presence.MISSING]
                yield from page.lines(BINARIES(count=len(shown)), 4, 2)
            for component in shown:
                yield from _component(component, inventory, page)


def checklist_lines(
    checklist: Checklist, page: Page, done: AbstractSet[str] = frozenset()
) -> Iterator[str]:
    """Yield a checklist with a box to tick before each item.

    Args:
        checklist: The checklist.
        page: What the text is written on.
        done: Keys of the items that are ticked.
    """
    yield ""
    words = CHECKLIST(audience=AUDIENCE_WORDS[checklist.audience])
    yield from page.lines(words, 2)
    for number, item in enumerate(checklist.items, 1):
        yield ""
        yield from _item(number, item, page, ticked=item.key in done)


def _facts(kind: ComponentType, page: Page) -> Iterator[str]:
    access = ACCESS[kind]
    yield from page.lines(TABLE(table=access.table) if access.table else NO_TABLE, 4, 2)
    yield from page.lines(MANAGED(managed=access.managed), 4, 2)
    yield from page.lines(FOR_USER(need=access.user), 4, 2)
    yield from page.lines(FOR_CO_OWNER(need=access.co_owner), 4, 2)
    if access.sources:
        titles = ", ".join(source.title for source in access.sources)
        yield from page.lines(SOURCES(titles=titles), 4, 2)


def _component(component: Component, inventory: Inventory, page: Page) -> Iterator[str]:
    words = HEAD(name=component.title, presence=PRESENCE_WORDS[component.presence])
    yield from page.lines(words, 4, 2)
    if component.id and component.id != component.name:
        yield from page.lines(ID(id=component.id), 6, 2)
    accounts = dict.fromkeys(one.account for one in component.connections if one.account)
    if accounts:
        yield from page.lines(ACCOUNT(accounts=", ".join(accounts)), 6, 2)
    for use in component.used_by[:SHOWN]:
        yield from page.lines(USED_AT(place=use_words(use, inventory)), 6, 2)
    if len(component.used_by) > SHOWN:
        yield from page.lines(MORE(count=len(component.used_by) - SHOWN), 6)


def use_words(use: Use, inventory: Inventory) -> Message:
    """Return the place that refers to a component: flow, subflow, row, or what stands for them."""
    flow = inventory.flows.get(use.flow_id, "")
    if use.is_row:
        words = AT_ROW_OFF if use.disabled else AT_ROW
        return words(flow=flow, subflow=use.subflow, row=use.row)
    if flow and use.detail:
        return BY_CLOUD(flow=flow, action=use.detail)
    return IN_FLOW(flow=flow) if flow else ELSEWHERE


def _item(number: int, item: Item, page: Page, *, ticked: bool) -> Iterator[str]:
    words = NOTE if item.kind is ItemKind.KNOW else DONE_ITEM if ticked else ITEM
    head = words(number=number, kind=KIND_WORDS[item.kind], title=item.title)
    yield from page.lines(head, 4, 2)
    for sentence in (item.why, item.inference):
        if sentence is not None:
            yield from page.lines(sentence, 8)
    for place, step in enumerate(item.steps, 1):
        yield from page.lines(STEP(number=place, step=step), 8, 3)
    if item.sources:
        titles = ", ".join(source.title for source in item.sources)
        yield from page.lines(SOURCES(titles=titles), 8, 2)
