"""How the rows of a subflow nest, as the designer draws them."""

from bisect import bisect_right
from collections.abc import Iterable

from padguard.flow.model import Action, Subflow, Variable
from padguard.robin.tree import Kind


class RowTree:
    """The rows of one subflow as a tree that folds.

    Blocks hold their rows; ELSE and END stand beside their IF, cases lie within their SWITCH, and
    a region holds what stands between its two lines. A row is named by its position in ``rows``.

    Attributes:
        rows: The actions that are rows, in the order of the text.
        parents: For each row the position of the row that it lies in, or -1.
        orders: For each row its place among the rows that lie in the same one.
    """

    __slots__ = ("_children", "orders", "parents", "rows")

    def __init__(self, rows: Iterable[Action]) -> None:
        self.rows = list(rows)
        self.parents: list[int] = []
        self.orders: list[int] = []
        self._children: dict[int, list[int]] = {}
        open_rows: list[tuple[int, int]] = []  # depth and position of the rows around this one
        for position, depth in enumerate(_depths(self.rows)):
            while open_rows and open_rows[-1][0] >= depth:
                open_rows.pop()
            parent = open_rows[-1][1] if open_rows else -1
            siblings = self._children.setdefault(parent, [])
            self.parents.append(parent)
            self.orders.append(len(siblings))
            siblings.append(position)
            open_rows.append((depth, position))

    @classmethod
    def of(cls, subflow: Subflow) -> "RowTree":
        """Return the tree of all rows of a subflow."""
        return cls(subflow.rows)

    def children(self, position: int) -> list[int]:
        """Return the rows that lie in the row at ``position``, or in none for -1."""
        return self._children.get(position, [])

    def way_to(self, action: int) -> list[int]:
        """Return the rows from the outermost one down to that of an action, given by its index.

        What stands in an error handler belongs to the row before it.
        """
        position = bisect_right(self.rows, action, key=lambda row: row.index) - 1
        way: list[int] = []
        while position >= 0:
            way.append(position)
            position = self.parents[position]
        return way[::-1]


def variables_of(action: Action) -> list[Variable]:
    """Return the variables that an action reads and writes, each once."""
    return list(dict.fromkeys((*action.reads, *action.writes)))


def settings_of(action: Action) -> list[Action]:
    """Return the actions behind a row that are no rows: its error handlers, to the last END."""
    actions = action.subflow.actions
    start = bisect_right(actions, action.index, key=lambda other: other.index)
    end = start
    while end < len(actions) and not actions[end].own_row:
        end += 1
    return actions[start:end]


def handlers_of(action: Action) -> list[Action]:
    """Return what the error handlers of a row say; their ENDs say nothing."""
    return [other for other in settings_of(action) if other.statement.kind is not Kind.END]


def _depths(rows: list[Action]) -> Iterable[int]:
    """Yield how deep each row is drawn: its depth, and one more per region or SWITCH around it."""
    around: list[tuple[Kind, int]] = []
    for action in rows:
        kind, depth = action.statement.kind, action.depth
        # A region that its block leaves open ends with the block.
        while around and around[-1][1] > depth:
            around.pop()
        if around and around[-1] == (_opener(kind), depth):
            around.pop()
        yield depth + len(around)
        if kind in (Kind.REGION, Kind.SWITCH):
            around.append((kind, depth))


def _opener(kind: Kind) -> Kind | None:
    """Return the kind of row that a row of this kind ends, of those that `_depths` counts."""
    return {Kind.END: Kind.SWITCH, Kind.END_REGION: Kind.REGION}.get(kind)
