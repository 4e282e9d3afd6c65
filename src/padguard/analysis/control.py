"""The ways control takes through a subflow: branches, loops, jumps, error handlers, early exit."""

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Final

from padguard.analysis.nesting import HANDLERS, LOOPS, Nesting
from padguard.flow.model import Action, Subflow
from padguard.robin.tree import Kind, Role, Script

_FAILS: Final = -1  # stands for a place: the error goes to whoever called the subflow
_LEAVE: Final = (Kind.EXIT, Kind.EXIT_FUNCTION, Kind.THROW)
_NEVER_FAIL: Final = frozenset(
    {Kind.COMMENT, Kind.REGION, Kind.END_REGION, Kind.LABEL, Kind.GOTO, Kind.END, Kind.ELSE}
    | {Kind.DEFAULT, Kind.BLOCK, Kind.EXIT, Kind.EXIT_FUNCTION, Kind.EXIT_LOOP, Kind.NEXT_LOOP}
    | {Kind.REPEAT_ACTION, Kind.REPEAT_BLOCK, Kind.READ_ERROR, *HANDLERS}
)


@dataclass(slots=True, eq=False)
class Block:
    """A run of actions without a jump into or out of it; places count within `Control.actions`.

    Attributes:
        first: Place of its first action.
        last: Place of its last action.
        handler: The block that follows when one of its actions fails; None where the subflow
            handles no error there, and its caller may.
        successors: Blocks that may follow its last action.
        returns: Whether the subflow may end, and go back to its caller, after it.
        stops: Whether the whole flow stops after it.
        fails: Whether an error that no handler here is for may leave the subflow after it.
    """

    first: int
    last: int
    handler: int | None = None
    successors: list[int] = field(default_factory=list)
    returns: bool = False
    stops: bool = False
    fails: bool = False


def enabled_actions(subflow: Subflow) -> list[Action]:
    """Return the actions of a subflow that are not disabled, in the order of the text."""
    return [action for action in subflow.actions if not action.statement.disabled]


def place_of(actions: Sequence[Action], action: Action) -> int | None:
    """Return the place of an action among actions in the order of the text, or None."""
    low = bisect_right(actions, action.index, key=lambda other: other.index) - 1
    return low if low >= 0 and actions[low] is action else None


class Control:
    """The control-flow graph of one subflow, without its disabled rows.

    ``actions`` are the enabled actions in the order of the text; ``blocks`` tile them. The first
    block is where the subflow starts. An empty subflow has no blocks and returns at once.
    ``endless`` are loops whose condition is taken to stay true.
    """

    def __init__(
        self, script: Script, subflow: Subflow, endless: Container[Action] = frozenset()
    ) -> None:
        self.actions = enabled_actions(subflow)
        self._script = script
        self._endless = endless
        self._nesting = Nesting(self.actions)
        self._labels = {
            self._name(action): place
            for place, action in enumerate(self.actions)
            if action.statement.kind is Kind.LABEL
        }
        self._failing = self._find_failing()
        self.blocks = self._cut()
        self._starts = [block.first for block in self.blocks]

    def block_of(self, place: int) -> int:
        """Return the block that an action lies in, by its place in ``actions``."""
        return bisect_right(self._starts, place) - 1

    def place_of(self, action: Action) -> int | None:
        """Return the place of an action, or None for a disabled one."""
        return place_of(self.actions, action)

    def failing(self, place: int) -> int:
        """Return the first place, from a place on, whose action may fail."""
        return self._failing[place]

    def _find_failing(self) -> list[int]:
        found = [len(self.actions)]
        for place in range(len(self.actions) - 1, -1, -1):
            found.append(place if _may_fail(self._script, self.actions[place]) else found[-1])
        return found[::-1]

    def _name(self, action: Action) -> str:
        for clause in action.statement.clauses:
            if clause.role is Role.NAME:
                text = self._script.clause_text(action.statement, clause)
                return text.strip("'").casefold()
        return ""

    def _following(self, place: int) -> list[int]:
        """Return the places that may follow an action; the number of actions is the end."""
        nesting, action = self._nesting, self.actions[place]
        kind = action.statement.kind
        after = nesting.after(place)
        if kind in _LEAVE:
            return [len(self.actions)] if kind is Kind.EXIT_FUNCTION else []
        if kind is Kind.GOTO:
            return [self._labels.get(self._name(action), after)]
        if kind in (Kind.EXIT_LOOP, Kind.NEXT_LOOP):
            loop = nesting.enclosing(place, LOOPS)
            if loop is None:
                return [after]
            return [loop] if kind is Kind.NEXT_LOOP else [nesting.behind(loop)]
        if kind in (Kind.REPEAT_BLOCK, Kind.REPEAT_ACTION):
            return [nesting.repeated(place), after]
        if kind in (Kind.IF, Kind.ELSE_IF, Kind.CASE):
            return [after, nesting.otherwise(place)]
        if kind is Kind.SWITCH:
            return [nesting.otherwise(place)]
        if kind in HANDLERS:
            return self._handling(place, after)
        if kind in LOOPS:
            return [after] if action in self._endless else [after, nesting.behind(place)]
        return [nesting.loop_closed(place, after)]

    def _handling(self, place: int, body: int) -> list[int]:
        """Return where an error goes that gets to an ON ERROR line: into its body, or past it."""
        clauses = self.actions[place].statement.clauses
        names = {self._name(self.actions[place])} - {"", "all"}
        retries = any(clause.name == "REPEAT" for clause in clauses)
        only_retries = retries and not names and self._nesting.is_empty(place)
        if not names and not only_retries:
            return [body]  # it is for every error
        following = [] if only_retries else [body]
        if retries:
            following.append(self._nesting.repeated(place))
        other = self._nesting.next_part(place)
        if other is None:
            other = self._nesting.beyond(place)
        return [*following, _FAILS if other is None else other]

    def _cut(self) -> list[Block]:
        """Cut the actions into blocks at every jump, and wherever error handling changes."""
        count = len(self.actions)
        edges = [self._following(place) for place in range(count)]
        handlers = [self._nesting.handler_of(place) for place in range(count)]
        starts = {0}
        for place, following in enumerate(edges):
            if following != [place + 1]:
                starts.update(following, (place + 1,))
            if place and handlers[place] != handlers[place - 1]:
                starts.add(place)
        starts.update(handler for handler in handlers if handler is not None)
        order = sorted(start for start in starts if 0 <= start < count)
        number = {start: index for index, start in enumerate(order)}
        blocks: list[Block] = []
        for first, beyond in zip(order, [*order[1:], count], strict=False):
            following, handler = edges[beyond - 1], handlers[beyond - 1]
            blocks.append(
                Block(
                    first,
                    beyond - 1,
                    None if handler is None else number[handler],
                    [number[target] for target in dict.fromkeys(following) if target in number],
                    returns=count in following,
                    stops=self.actions[beyond - 1].statement.kind is Kind.EXIT,
                    fails=_FAILS in following,
                )
            )
        return blocks


def _may_fail(script: Script, action: Action) -> bool:
    """Tell whether an action may fail; setting a variable to a plain value or copy cannot."""
    statement = action.statement
    if statement.kind is not Kind.SET:
        return statement.kind not in _NEVER_FAIL
    target, value = (script.clause_text(statement, clause) for clause in statement.clauses)
    return not (target.isidentifier() and (value.isidentifier() or not statement.reads))
