"""What a fix would change, in words: plain data made on the worker thread, secrets masked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from padguard.fixes.deliveries.clicks import Click, clicks
from padguard.fixes.deliveries.header import VariableChange, changed_subflows, changed_variables
from padguard.fixes.deliveries.rows import Row, RowChange, RowState, compared_rows
from padguard.fixes.deliveries.snippets import Snippets, snippets
from padguard.flow.model import Flow
from padguard.flow.words import masked_source
from padguard.foundation.messages import mark
from padguard.reports.changes import Line, json_lines, script_lines
from padguard.session.preview import ChangedFlow, preview
from padguard.ui.views.row_words import handler_text, row_text, row_title
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.fixes.plan import Plan
    from padguard.session.session import Session

CONTEXT = 2  # rows around a change that are shown with it
MOST_ROWS = 60
"""Changed rows of one flow that are shown; nobody reads more, and a page must be there at once."""
MOST_LINES = 200
"""Lines of Robin of one flow that are shown."""
DISABLED = mark("fix preview", "{words} (disabled)")
TITLED = mark("fix preview", "{title}: {line}")


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row as the designer shows it: its number, and lines for itself and its error handlers."""

    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowPair:
    """A row before and after; None stands where there is no such row."""

    before: RowWords | None
    after: RowWords | None
    changed: bool


@dataclass(frozen=True, slots=True)
class SubflowPart:
    """The changed rows of a subflow with some around them, in stretches.

    ``left_out`` is how many more rows change than are shown.
    """

    name: str
    stretches: tuple[tuple[RowPair, ...], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FlowPart:
    """What changes in one desktop flow, and how a person would make the change by hand.

    Attributes:
        flow_id: Its id.
        name: Its name.
        variables: What changes of its inputs, outputs and marks.
        subflows: Names of subflows that are new, and of those that are gone.
        parts: The rows that change.
        rows_before: Where a row is now: index of its action, by subflow in lower case and number.
        rows_after: The same by the numbers after the change; rows that are new are not in it.
        robin: The change as Robin.
        clicks: The change as steps in the designer.
        snippets: What of it can be pasted.
    """

    flow_id: str
    name: str
    variables: tuple[VariableChange, ...]
    subflows: tuple[tuple[str, bool], ...]
    parts: tuple[SubflowPart, ...]
    rows_before: Mapping[tuple[str, int], int] = field(repr=False)
    rows_after: Mapping[tuple[str, int], int] = field(repr=False)
    robin: tuple[Line, ...] = field(repr=False)
    clicks: tuple[Click, ...] = field(repr=False)
    snippets: Snippets = field(repr=False)


@dataclass(frozen=True, slots=True)
class FixPreview:
    """All that a fix changes.

    Attributes:
        flows: The desktop flows.
        cloud_flows: Names of the cloud flows, and which parts of their JSON change.
        flags: Settings of flows that change: name of the flow, name, new value.
    """

    flows: tuple[FlowPart, ...] = ()
    cloud_flows: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    flags: tuple[tuple[str, str, bool], ...] = ()


def fix_preview(session: "Session", plan: "Plan") -> FixPreview:
    """Return what a plan would change, as the code that applies it has worked it out.

    Runs on the worker thread; the session must have been analysed since the last change.
    """
    if session.inspection is None:
        return FixPreview()
    found = preview(session.inspection, session.findings, plan)
    learned = session.templates.actions
    return FixPreview(
        tuple(_flow_part(change, learned) for change in found.flows),
        tuple(
            (cloud.name, tuple(json_lines(cloud.before, cloud.after)))
            for cloud in found.cloud_flows
        ),
        found.flags,
    )


def _flow_part(change: ChangedFlow, learned: Collection[str]) -> FlowPart:
    before, after = change.before, change.after
    compared = compared_rows(before, after)
    kept = [row for rows in compared for row in rows if row.before is not None]
    return FlowPart(
        after.id,
        after.name,
        changed_variables(before, after),
        tuple((one.name, one.added) for one in changed_subflows(before, after)),
        tuple(_parts(before, after, compared)),
        {_key(row, row.before): row.before.action.index for row in kept if row.before},
        {_key(row, row.after): row.before.action.index for row in kept if row.before and row.after},
        tuple(islice(script_lines(before, after), MOST_LINES)),
        clicks(before, after, QCoreApplication.translate),
        snippets(before, after, learned),
    )


def _key(change: RowChange, row: Row) -> tuple[str, int]:
    return change.subflow.casefold(), row.number


def _parts(
    before: Flow, after: Flow, compared: Iterable[Sequence[RowChange]]
) -> Iterator[SubflowPart]:
    room = MOST_ROWS
    for rows in compared:
        places = [place for place, row in enumerate(rows) if row.state is not RowState.SAME]
        if not places:
            continue
        shown = places[: max(room, 0)]
        room -= len(shown)
        stretches = tuple(
            tuple(_pair(before, after, change) for change in stretch)
            for stretch in _stretches(rows, shown)
        )
        yield SubflowPart(rows[places[0]].subflow, stretches, len(places) - len(shown))


def _stretches(rows: Sequence[RowChange], places: Iterable[int]) -> Iterator[list[RowChange]]:
    """Yield some rows with those around them; stretches that meet are one."""
    start = end = -1
    for place in places:
        first, last = max(0, place - CONTEXT), min(len(rows), place + CONTEXT + 1)
        if first > end and end >= 0:
            yield list(rows[start:end])
            start = first
        elif end < 0:
            start = first
        end = last
    if end >= 0:
        yield list(rows[start:end])


def _pair(before: Flow, after: Flow, change: RowChange) -> RowPair:
    changed = change.state is not RowState.SAME
    old = _words(before, change.before) if change.before else None
    new = _words(after, change.after) if change.after else None
    if changed and old and new and old.lines == new.lines and change.before and change.after:
        old, new = _source(before, change.before), _source(after, change.after)
    return RowPair(old, new, changed)


def _words(flow: Flow, row: Row) -> RowWords:
    line = row_text(flow, row.action)
    words = row_title(row.action)
    if line.casefold().startswith(words.casefold()):
        words = line
    elif line:
        words = translate(TITLED(title=words, line=line))
    if row.action.statement.disabled:
        words = translate(DISABLED(words=words))
    handlers = (handler_text(flow, action) for action in row.settings)
    return RowWords(row.number, (words, *handlers))


def _source(flow: Flow, row: Row) -> RowWords:
    """Return a row as Robin, for a change that its words do not show."""
    lines = (masked_source(flow, action) for action in (row.action, *row.settings))
    return RowWords(row.number, tuple(lines))
