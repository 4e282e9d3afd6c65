"""Access checklists as a table to work through."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from padguard.foundation.messages import mark
from padguard.governance.access_model import AUDIENCE_WORDS, KIND_WORDS, Checklist
from padguard.reports.inventory_csv import YES, Cell, source_words

COLUMNS: Final = (
    mark("reports", "Export"),
    mark("reports", "For"),
    mark("reports", "Number"),
    mark("reports", "Done"),
    mark("reports", "Kind"),
    mark("reports", "What to do"),
    mark("reports", "Where to click"),
    mark("reports", "Why"),
    mark("reports", "Our conclusion"),
    mark("reports", "Sources"),
    mark("reports", "Key"),
)


def checklist_rows(
    path: str, checklist: Checklist, done: AbstractSet[str] = frozenset()
) -> Iterator[Sequence[Cell]]:
    """Yield a row for every item; the heading is `COLUMNS`.

    Args:
        path: What the person called the export.
        checklist: Its checklist.
        done: Keys of the items that are ticked.
    """
    for number, item in enumerate(checklist.items, 1):
        steps = enumerate(item.steps, 1)
        yield (
            path,
            AUDIENCE_WORDS[checklist.audience],
            number,
            YES if item.key in done else "",
            KIND_WORDS[item.kind],
            item.title,
            "\n".join(f"{place}. {step}" for place, step in steps),
            item.why,
            item.inference,
            source_words(item.sources),
            item.key,
        )
