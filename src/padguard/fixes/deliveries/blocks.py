"""Which rows have to be pasted together, so that every block in them has its head and its END."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from padguard.fixes.deliveries.rows import Row, RowChange, RowState
from padguard.robin.tree import Kind

_HEADS = frozenset(
    {Kind.IF, Kind.SWITCH, Kind.LOOP, Kind.LOOP_FOREACH, Kind.LOOP_WHILE, Kind.BLOCK}
)
_BRANCHES = frozenset({Kind.ELSE_IF, Kind.ELSE, Kind.CASE, Kind.DEFAULT})


class Stretch(NamedTuple):
    """Compared rows that follow each other, by the places of the first and the last."""

    first: int
    last: int


def stretches(part: Sequence[RowChange]) -> list[Stretch]:
    """Return the fewest rows that hold all changes of a subflow and are whole, in order, apart.

    Rows are whole where every head of a block, branch, END and line of a region among them has
    the others of its block among them too, before the change and after it.
    """
    reach = _reaches(part)
    found: list[Stretch] = []
    for place, change in enumerate(part):
        if change.state is RowState.SAME or (found and place <= found[-1].last):
            continue
        new = _widened(reach, place)
        while found and new.first <= found[-1].last + 1:  # two whole ones make a whole one
            new = Stretch(min(found.pop().first, new.first), new.last)
        found.append(new)
    return found


def _widened(reach: Sequence[Stretch], place: int) -> Stretch:
    """Return the least whole stretch that holds a row."""
    first = last = place
    start, end = first, first - 1  # the ends of what has been looked at
    while start > first or end < last:
        place = start - 1 if start > first else end + 1
        start, end = min(start, place), max(end, place)
        first, last = min(first, reach[place].first), max(last, reach[place].last)
    return Stretch(first, last)


def _reaches(part: Sequence[RowChange]) -> list[Stretch]:
    """Return for each compared row how far the block goes that it heads, branches or ends."""
    reach = [Stretch(place, place) for place in range(len(part))]
    sides: tuple[Callable[[RowChange], Row | None], ...] = (_before, _after)
    for side in sides:
        rows = [(place, row) for place, change in enumerate(part) if (row := side(change))]
        for block in _blocks(rows):
            for place in block:
                first = min(reach[place].first, block[0])
                reach[place] = Stretch(first, max(reach[place].last, block[-1]))
    return reach


def _before(change: RowChange) -> Row | None:
    return change.before


def _after(change: RowChange) -> Row | None:
    return change.after


def _blocks(rows: Sequence[tuple[int, Row]]) -> Iterator[list[int]]:
    """Yield the places of the rows that head, branch and end each block or region."""
    blocks: list[list[int]] = []
    regions: list[list[int]] = []
    for place, row in rows:
        kind = row.action.statement.kind
        if kind in _HEADS:
            blocks.append([place])
        elif kind is Kind.REGION:
            regions.append([place])
        elif kind in _BRANCHES and blocks:
            blocks[-1].append(place)
        elif kind is Kind.END and blocks:
            yield [*blocks.pop(), place]
        elif kind is Kind.END_REGION and regions:
            yield [*regions.pop(), place]
