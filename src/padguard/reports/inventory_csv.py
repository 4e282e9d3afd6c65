"""Tables that spreadsheets open as they are, and the components of exports as one."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.access_facts import ACCESS, Source
from padguard.governance.components import PRESENCE_WORDS, TYPE_WORDS, Component, Use
from padguard.governance.inventory import Inventory

Cell = str | int | Message | None

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
YES: Final = mark("reports", "yes")

COLUMNS: Final = (
    mark("reports", "Export"),
    mark("reports", "Component"),
    mark("reports", "Name"),
    mark("reports", "Id"),
    mark("reports", "Where it is"),
    mark("reports", "Dataverse table"),
    mark("reports", "Where access is managed"),
    mark("reports", "What a user needs"),
    mark("reports", "What a co-owner needs"),
    mark("reports", "Flow"),
    mark("reports", "Subflow"),
    mark("reports", "Row"),
    mark("reports", "Switched off"),
    mark("reports", "Detail"),
    mark("reports", "Said by"),
    mark("reports", "Sources"),
)


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as Excel opens it: UTF-8 with a byte order mark, CRLF, commas.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it: what stands in
    an export must not be run by opening a report of it.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def component_rows(path: str, inventory: Inventory) -> Iterator[Sequence[Cell]]:
    """Yield a row for every place that refers to a component; the heading is `COLUMNS`.

    Args:
        path: What the person called the export.
        inventory: Its components.
    """
    for component in inventory.components:
        for use in component.used_by or (None,):
            yield (
                path,
                *_component_cells(component),
                *_use_cells(use, inventory),
                _pages(component),
            )


def source_words(sources: Iterable[Source]) -> str:
    """Return the pages that say something, in one line."""
    return "; ".join(
        f"{source.title} ({source.page}, {source.date})" if source.page else source.title
        for source in sources
    )


def _component_cells(component: Component) -> Sequence[Cell]:
    access = ACCESS[component.type]
    return (
        TYPE_WORDS[component.type],
        component.name or component.title,
        component.id,
        PRESENCE_WORDS[component.presence],
        access.table,
        access.managed,
        access.user,
        access.co_owner,
    )


def _use_cells(use: Use | None, inventory: Inventory) -> Sequence[Cell]:
    if use is None:
        return ("",) * 6
    flow = inventory.flows.get(use.flow_id, use.flow_id)
    off = YES if use.disabled else ""
    return flow, use.subflow, use.row, off, use.detail, use.evidence.value


def _pages(component: Component) -> str:
    return source_words(ACCESS[component.type].sources)


def _cell(value: Cell) -> str | int:
    if isinstance(value, int):
        return value
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
