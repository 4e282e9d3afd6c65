"""The order of a drawn graph: which column each box stands in, and where in it."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from padguard.foundation.progress import Progress

SWEEPS = 8
MOST_BENDS = 20_000
"""How many places in between all long links together may have; further links go straight."""


class Side(Enum):
    """Where a box belongs."""

    FIRST = auto()  # in the first column
    MIDDLE = auto()
    LAST = auto()  # in the last column


@dataclass(frozen=True, slots=True)
class Box:
    """A box to be placed: its size, and the lane (from 0, the topmost) that it stays in."""

    key: str
    width: float
    height: float
    lane: int
    side: Side = Side.MIDDLE


@dataclass(slots=True)
class Layers:
    """Boxes and bends by column, each column from top to bottom.

    Vertices are numbers: those of the boxes in the order given, then bends, where a long link
    passes a column.

    Attributes:
        columns: The vertices of each column.
        lanes: The lane of each vertex.
        chains: For each link the vertices that it passes, from left to right.
        turned: For each link whether it leads from right to left, against the order of columns.
    """

    columns: list[list[int]]
    lanes: list[int]
    chains: list[list[int]]
    turned: list[bool]

    def segments(self) -> Iterator[tuple[int, int]]:
        """Yield the parts of links that lead from one column to the next."""
        column_of = {vertex: at for at, column in enumerate(self.columns) for vertex in column}
        for chain in self.chains:
            for left, right in pairwise(chain):
                if column_of[right] == column_of[left] + 1:
                    yield left, right


def arrange(boxes: Sequence[Box], links: Sequence[tuple[int, int]], progress: Progress) -> Layers:
    """Put boxes into columns so that links lead to the right, and cross seldom.

    Links that close a circle lead to the left. The result depends on the order of what is given
    and on nothing else.

    Args:
        boxes: The boxes.
        links: Pairs of different boxes, by their places in ``boxes``.
        progress: Asked between two steps whether to go on.
    """
    turned = _turned(len(boxes), links)
    forward = [(b, a) if back else (a, b) for (a, b), back in zip(links, turned, strict=True)]
    layers = _layers(boxes, _columns(boxes, forward), forward, turned)
    _reduce_crossings(layers, progress)
    return layers


def _turned(count: int, links: Sequence[tuple[int, int]]) -> list[bool]:
    """Return which links have to be turned round so that no circle is left."""
    outgoing: list[list[int]] = [[] for _ in range(count)]
    for number, (start, _) in enumerate(links):
        outgoing[start].append(number)
    turned = [False] * len(links)
    state = [0] * count  # 1 while on the way that is gone, 2 when done with
    for first in range(count):
        way = [] if state[first] else [(first, iter(outgoing[first]))]
        state[first] = state[first] or 1
        while way:
            vertex, rest = way[-1]
            link = next(rest, None)
            if link is None:
                state[vertex] = 2
                way.pop()
                continue
            target = links[link][1]
            turned[link] = state[target] == 1
            if state[target] == 0:
                state[target] = 1
                way.append((target, iter(outgoing[target])))
    return turned


def _columns(boxes: Sequence[Box], links: Sequence[tuple[int, int]]) -> list[int]:
    """Return the column of each box: behind all that lead to it, as far left as may be."""
    outgoing: list[list[int]] = [[] for _ in boxes]
    missing = [0] * len(boxes)
    for start, end in links:
        outgoing[start].append(end)
        missing[end] += 1
    columns = [0 if box.side is Side.FIRST else 1 for box in boxes]
    ready = [vertex for vertex, count in enumerate(missing) if count == 0]
    for vertex in ready:  # it grows while it is gone through
        for end in outgoing[vertex]:
            columns[end] = max(columns[end], columns[vertex] + 1)
            missing[end] -= 1
            if missing[end] == 0:
                ready.append(end)
    last = max((columns[v] + (b.side is not Side.LAST) for v, b in enumerate(boxes)), default=0)
    placed = [
        last if box.side is Side.LAST else column
        for box, column in zip(boxes, columns, strict=True)
    ]
    used = {column: at for at, column in enumerate(sorted(set(placed)))}
    return [used[column] for column in placed]


def _layers(
    boxes: Sequence[Box],
    column_of: Sequence[int],
    links: Sequence[tuple[int, int]],
    turned: list[bool],
) -> Layers:
    columns: list[list[int]] = [[] for _ in range(max(column_of, default=-1) + 1)]
    lanes = [box.lane for box in boxes]
    for vertex, column in enumerate(column_of):
        columns[column].append(vertex)
    chains: list[list[int]] = []
    room = MOST_BENDS
    for start, end in links:
        between = range(column_of[start] + 1, column_of[end])
        room -= len(between)
        bends = [] if room < 0 else list(range(len(lanes), len(lanes) + len(between)))
        for bend, column in zip(bends, between, strict=False):
            lanes.append(lanes[end])
            columns[column].append(bend)
        chains.append([start, *bends, end])
    for vertices in columns:
        vertices.sort(key=lanes.__getitem__)
    return Layers(columns, lanes, chains, turned)


def _reduce_crossings(layers: Layers, progress: Progress) -> None:
    """Order each column by where its neighbours stand, from left to right and back again."""
    rightwards: dict[int, list[int]] = defaultdict(list)
    leftwards: dict[int, list[int]] = defaultdict(list)
    for left, right in layers.segments():
        rightwards[left].append(right)
        leftwards[right].append(left)
    best, fewest = [list(column) for column in layers.columns], _crossings(layers, rightwards)
    for sweep in range(SWEEPS):
        progress.step(sweep, SWEEPS)
        if fewest == 0:
            break
        order = range(1, len(layers.columns))
        if sweep % 2 == 0:
            _sweep(layers, order, -1, leftwards)
        else:
            _sweep(layers, [at - 1 for at in reversed(order)], 1, rightwards)
        count = _crossings(layers, rightwards)
        if count < fewest:
            best, fewest = [list(column) for column in layers.columns], count
    layers.columns = best


def _sweep(
    layers: Layers, order: Sequence[int], towards: int, neighbours: dict[int, list[int]]
) -> None:
    for at in order:
        place = {vertex: index for index, vertex in enumerate(layers.columns[at + towards])}
        middle = {
            vertex: sum(place[other] for other in others) / len(others)
            for vertex in layers.columns[at]
            if (others := neighbours.get(vertex))
        }
        column = layers.columns[at]
        own = {vertex: index for index, vertex in enumerate(column)}
        scale = len(place) / max(1, len(column))
        column.sort(key=lambda v: (layers.lanes[v], middle.get(v, own[v] * scale)))


def _crossings(layers: Layers, rightwards: dict[int, list[int]]) -> int:
    """Return how often links cross between the columns."""
    count = 0
    for left, right in pairwise(layers.columns):
        place = {vertex: index for index, vertex in enumerate(right)}
        passed: list[int] = []
        for vertex in left:
            ends = sorted(place[end] for end in rightwards.get(vertex, ()))
            count += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return count
