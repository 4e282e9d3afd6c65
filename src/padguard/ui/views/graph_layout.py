"""Where the boxes and lines of a drawn graph go: columns from the left, a lane for each flow."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from padguard.foundation.progress import Progress
from padguard.ui.views.graph_layers import Box, Layers, arrange

PASSES = 10
BEND_WEIGHT = 4.0
"""How much more a bend wants to lie straight between its neighbours than a box does."""
PORT_GAP = 9.0


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances in logical pixels.

    Attributes:
        column: Between two columns, at least; busy gaps are wider.
        row: Between two boxes of a column.
        bend: The height that a line takes where it passes a column.
        heading: The height of the heading of a lane.
        lane: Between two lanes.
    """

    column: float = 56.0
    row: float = 14.0
    bend: float = 10.0
    heading: float = 26.0
    lane: float = 18.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a box stands: its corner at the top left, its size, and its column from 0."""

    x: float
    y: float
    width: float
    height: float
    column: int


@dataclass(frozen=True, slots=True)
class Route:
    """The points that a line goes through, from its start to its end.

    Between an even point and the next it swings, between an odd one and the next it goes straight
    past a column.
    """

    start: str
    end: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A graph that can be drawn.

    Attributes:
        boxes: Where the boxes stand, by key.
        routes: The lines, in the order of the links given.
        lanes: Top and bottom of each lane that has boxes, its heading included, by its number.
        width: The width of it all.
        height: The height of it all.
    """

    boxes: dict[str, Placed]
    routes: tuple[Route, ...]
    lanes: dict[int, tuple[float, float]]
    width: float
    height: float


def lay_out(
    boxes: Sequence[Box],
    links: Iterable[tuple[str, str]],
    spacing: Spacing | None = None,
    progress: Progress | None = None,
) -> Layout:
    """Return where boxes and the links between them go.

    Args:
        boxes: The boxes, from the top left to the bottom right as far as there is an order.
        links: Keys of boxes; a link of a box to itself is left out.
        spacing: The distances to keep.
        progress: Where the work says how far it is.

    Raises:
        CancelledError: The work was cancelled.
    """
    number = {box.key: index for index, box in enumerate(boxes)}
    pairs = [(number[start], number[end]) for start, end in links if start != end]
    layers = arrange(boxes, pairs, progress or Progress())
    return _Placing(boxes, layers, spacing or Spacing()).layout(pairs)


class _Placing:
    """Gives coordinates to boxes and bends that are in order."""

    def __init__(self, boxes: Sequence[Box], layers: Layers, spacing: Spacing) -> None:
        self._boxes = boxes
        self._layers = layers
        self._spacing = spacing
        self._column_of = {v: at for at, column in enumerate(layers.columns) for v in column}
        self._lefts: dict[int, list[int]] = defaultdict(list)
        self._rights: dict[int, list[int]] = defaultdict(list)
        for left, right in layers.segments():
            self._rights[left].append(right)
            self._lefts[right].append(left)
        self._middles: dict[int, float] = {}

    def layout(self, pairs: Sequence[tuple[int, int]]) -> Layout:
        """Return the finished layout."""
        xs, widths = self._xs()
        lanes = self._ys()
        boxes = {
            box.key: Placed(
                xs[self._column_of[v]],
                self._middles[v] - box.height / 2,
                widths[self._column_of[v]],
                box.height,
                self._column_of[v],
            )
            for v, box in enumerate(self._boxes)
        }
        routes = tuple(
            self._route(pair, points, back)
            for pair, points, back in zip(
                pairs, self._points(xs, widths), self._layers.turned, strict=True
            )
        )
        width = max((placed.x + placed.width for placed in boxes.values()), default=0.0)
        height = max((bottom for _, bottom in lanes.values()), default=0.0)
        return Layout(boxes, routes, lanes, width, height)

    def _route(
        self, pair: tuple[int, int], points: list[tuple[float, float]], turned: bool
    ) -> Route:
        start, end = (self._boxes[vertex].key for vertex in pair)
        return Route(start, end, tuple(reversed(points) if turned else points))

    def _xs(self) -> tuple[list[float], list[float]]:
        """Return where each column begins, and how wide it is."""
        xs: list[float] = []
        widths: list[float] = []
        x = 0.0
        for column in self._layers.columns:
            widths.append(max((self._boxes[v].width for v in column if self._is_box(v)), default=0))
            xs.append(x)
            links = sum(len(self._rights.get(v, ())) for v in column)
            x += widths[-1] + self._spacing.column + min(2.0, links / 40) * self._spacing.column
        return xs, widths

    def _is_box(self, vertex: int) -> bool:
        return vertex < len(self._boxes)

    def _height(self, vertex: int) -> float:
        return self._boxes[vertex].height if self._is_box(vertex) else self._spacing.bend

    def _ys(self) -> dict[int, tuple[float, float]]:
        """Find the middle of every vertex, lane by lane; return top and bottom of the lanes."""
        lanes: dict[int, tuple[float, float]] = {}
        top = 0.0
        for lane in sorted(set(self._layers.lanes)):
            parts = (
                [vertex for vertex in column if self._layers.lanes[vertex] == lane]
                for column in self._layers.columns
            )
            stacks = [part for part in parts if part]
            self._settle(stacks)
            inside = [vertex for stack in stacks for vertex in stack]
            highest = min(self._middles[v] - self._height(v) / 2 for v in inside)
            lowest = max(self._middles[v] + self._height(v) / 2 for v in inside)
            shift = top + self._spacing.heading - highest
            for vertex in inside:
                self._middles[vertex] += shift
            lanes[lane] = (top, lowest + shift + self._spacing.row)
            top = lanes[lane][1] + self._spacing.lane
        return lanes

    def _settle(self, stacks: Sequence[Sequence[int]]) -> None:
        """Move the vertices of a lane near their neighbours in it."""
        lane = {vertex for stack in stacks for vertex in stack}
        for stack in stacks:
            middle = 0.0
            for vertex in stack:
                self._middles[vertex] = middle + self._height(vertex) / 2
                middle += self._height(vertex) + self._spacing.row
        for number in range(PASSES):
            rightwards = number % 2 == 0
            sides = [self._lefts, self._rights]
            if number < PASSES - 2:
                sides = sides[:1] if rightwards else sides[1:]
            for stack in stacks if rightwards else reversed(stacks):
                self._place(stack, sides, lane)

    def _place(
        self, stack: Sequence[int], sides: Sequence[dict[int, list[int]]], lane: set[int]
    ) -> None:
        """Put the vertices of a column as near to the middle of their neighbours as there is room.

        The least sum of squares, found by pooling those that would stand too close.
        """
        pools: list[tuple[float, float, int]] = []  # where the first wants to be, weight, how many
        offsets = [0.0]
        for above, below in pairwise(stack):
            gap = (self._height(above) + self._height(below)) / 2 + self._spacing.row
            offsets.append(offsets[-1] + gap)
        for vertex, offset in zip(stack, offsets, strict=True):
            near = [o for side in sides for o in side.get(vertex, ()) if o in lane]
            wanted = sum(self._middles[o] for o in near) / len(near) if near else None
            weight = 1.0 if self._is_box(vertex) else BEND_WEIGHT
            at = self._middles[vertex] if wanted is None else wanted
            pools.append((at - offset, weight if near else weight / 4, 1))
            while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
                (a, m, i), (b, n, j) = pools[-2:]
                pools[-2:] = [((a * m + b * n) / (m + n), m + n, i + j)]
        starts = [at for at, _, count in pools for _ in range(count)]
        for vertex, start, offset in zip(stack, starts, offsets, strict=True):
            self._middles[vertex] = start + offset

    def _points(
        self, xs: Sequence[float], widths: Sequence[float]
    ) -> list[list[tuple[float, float]]]:
        """Return the points of every link from left to right, its ends apart from other ends."""
        chains = self._layers.chains
        leaving = self._ports((chain[0], chain[1], at) for at, chain in enumerate(chains))
        coming = self._ports((chain[-1], chain[-2], at) for at, chain in enumerate(chains))
        found: list[list[tuple[float, float]]] = []
        for at, chain in enumerate(chains):
            first, last = self._column_of[chain[0]], self._column_of[chain[-1]]
            points = [(xs[first] + widths[first], leaving[at])]
            for bend in chain[1:-1]:
                column = self._column_of[bend]
                points.append((xs[column], self._middles[bend]))
                points.append((xs[column] + widths[column], self._middles[bend]))
            found.append([*points, (xs[last], coming[at])])
        return found

    def _ports(self, ends: Iterable[tuple[int, int, int]]) -> dict[int, float]:
        """Return at which height each link meets a box, in the order of where it leads.

        Args:
            ends: The box, the vertex next to it on the link, and the number of the link.
        """
        by_box: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for box, other, link in ends:
            by_box[box].append((self._middles[other], link))
        heights: dict[int, float] = {}
        for box, links in by_box.items():
            room = self._height(box) * 0.7
            gap = min(PORT_GAP, room / max(1, len(links) - 1))
            first = self._middles[box] - gap * (len(links) - 1) / 2
            for place, (_, link) in enumerate(sorted(links)):
                heights[link] = first + place * gap
        return heights
