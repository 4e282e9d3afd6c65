"""Which rows a change adds, removes and rewrites, found by comparing a flow before and after."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum
from itertools import takewhile
from typing import NamedTuple

from padguard.flow.model import Action, Flow, Subflow
from padguard.robin.tree import Kind, Role, Script


class RowState(Enum):
    """What became of a row."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of the designer as text: its annotations, its action, its error handlers.

    Attributes:
        action: The action that is the row.
        settings: The actions within its error handlers, their heads and ENDs included.
        start: Where its text starts, in characters of the script.
        end: Where it ends, the line break included.
        lines: Its statements without indentation, DISABLE and blank lines.
        switches: For each of them whether it is switched off.
    """

    action: Action
    settings: tuple[Action, ...]
    start: int
    end: int
    lines: tuple[str, ...] = field(repr=False)  # may hold secrets
    switches: tuple[bool, ...] = field(repr=False)

    @property
    def number(self) -> int:
        """The number that the designer shows beside it."""
        return self.action.row


class RowChange(NamedTuple):
    """A row before and after; None stands where there is no such row.

    ``subflow`` is the name of the subflow as it is after the change, or before it where the
    subflow is gone.
    """

    subflow: str
    before: Row | None
    after: Row | None

    @property
    def state(self) -> RowState:
        """What became of the row."""
        if self.before is None:
            return RowState.ADDED
        if self.after is None:
            return RowState.REMOVED
        same = _text(self.before) == _text(self.after)
        return RowState.SAME if same else RowState.CHANGED

    @property
    def switched(self) -> bool:
        """Whether the row is there before and after, and was switched off or on."""
        if self.before is None or self.after is None:
            return False
        return self.before.action.statement.disabled != self.after.action.statement.disabled

    @property
    def rewritten(self) -> bool:
        """Whether the row is there before and after, and says something else."""
        if self.before is None or self.after is None:
            return False
        return self.before.lines != self.after.lines


def changed_rows(before: Flow, after: Flow) -> tuple[RowChange, ...]:
    """Return the rows that were added, removed or changed, a row's error handlers included.

    Args:
        before: The flow as it was.
        after: The flow as it is.

    Returns:
        The changes, by subflow in the order of the text; removed rows stand where they stood.
    """
    return tuple(
        change
        for changes in compared_rows(before, after)
        for change in changes
        if change.state is not RowState.SAME
    )


def compared_rows(before: Flow, after: Flow) -> list[list[RowChange]]:
    """Return all rows of two versions of a flow side by side, a list for each subflow.

    Subflows that are gone stand behind the others.
    """
    old = {subflow.name.casefold(): subflow for subflow in before.subflows}
    new = {subflow.name.casefold(): subflow for subflow in after.subflows}
    result: list[list[RowChange]] = []
    for name in (*new, *(name for name in old if name not in new)):
        mine, other = old.get(name), new.get(name)
        shown = (other or mine or before.subflows[0]).name
        pairs = _aligned(
            rows_of(before, mine) if mine else [], rows_of(after, other) if other else []
        )
        result.append([RowChange(shown, one, two) for one, two in pairs])
    return result


def rows_of(flow: Flow, subflow: Subflow) -> list[Row]:
    """Return the rows of a subflow in the order of the text."""
    actions = subflow.actions
    heads = [place for place, action in enumerate(actions) if action.own_row]
    ends = (*heads[1:], len(actions))
    return [_row(flow.script, actions[head:end]) for head, end in zip(heads, ends, strict=False)]


def _row(script: Script, actions: Sequence[Action]) -> Row:
    first = actions[0].statement_index
    while first and script.statements[first - 1].kind is Kind.ANNOTATION:
        first -= 1
    statements = script.statements[first : actions[-1].statement_index + 1]
    told = [statement for statement in statements if statement.kind is not Kind.BLANK]
    return Row(
        actions[0],
        tuple(actions[1:]),
        statements[0].start,
        statements[-1].end,
        tuple(script.text[one.start + one.code : one.end].strip() for one in told),
        tuple(one.disabled for one in told),
    )


def _text(row: Row) -> Hashable:
    return row.lines, row.switches


def _sort_and_names(row: Row) -> Hashable:
    """Return what rows have in common that are likely to be the same one, rewritten."""
    statement = row.action.statement
    head = next((line for line in row.lines if not line.startswith("@@")), "")
    shift = statement.code
    names = tuple(
        head[clause.start - shift : clause.end - shift].casefold()
        for clause in statement.clauses
        if clause.role in (Role.TARGET, Role.NAME, Role.RESULT)
    )
    return _sort(row), names


def _sort(row: Row) -> Hashable:
    """Return what rows have in common of which a person can make one of the other."""
    return row.action.statement.kind, row.action.statement.action.casefold()


_LIKENESSES: tuple[Callable[[Row], Hashable], ...] = (_text, _sort_and_names, _sort)
"""By what rows are taken for the same one, the surest likeness first."""

_MOST_COMPARED = 1_000_000  # pairs of rows; beyond, rows that repeat often are no landmarks

Pair = tuple[Row | None, Row | None]


def _aligned(before: Sequence[Row], after: Sequence[Row], likeness: int = 0) -> Iterator[Pair]:
    """Yield rows side by side; what is unlike is looked at again by the next likeness.

    Most of a flow stays as it was: what starts and ends alike is never searched.
    """
    if likeness == len(_LIKENESSES) or not before or not after:
        yield from ((row, None) for row in before)
        yield from ((None, row) for row in after)
        return
    old = [_LIKENESSES[likeness](row) for row in before]
    new = [_LIKENESSES[likeness](row) for row in after]
    head = _shared(zip(old, new, strict=False))
    shortest = min(len(old), len(new)) - head
    tail = min(shortest, _shared(zip(reversed(old), reversed(new), strict=False)))
    old_end, new_end = len(old) - tail, len(new) - tail
    yield from zip(before[:head], after[:head], strict=True)
    much = (old_end - head) * (new_end - head) > _MOST_COMPARED
    matcher = SequenceMatcher(None, old[head:old_end], new[head:new_end], autojunk=much)
    for tag, first, last, other, end in matcher.get_opcodes():
        mine, its = before[head + first : head + last], after[head + other : head + end]
        if tag == "equal":
            yield from zip(mine, its, strict=True)
        else:
            searched_roughly = much and len(mine) + len(its) < old_end + new_end - 2 * head
            yield from _aligned(mine, its, likeness + (not searched_roughly))
    yield from zip(before[old_end:], after[new_end:], strict=True)


def _shared(pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    """Count the pairs at the start whose two sides are equal."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
