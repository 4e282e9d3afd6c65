"""The ways control takes through a subflow: branches, loops, jumps, error handlers, early exit."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from padguard.flow.model import Action, Subflow
from padguard.robin.tree import Kind, Role, Script

_LOOPS = (Kind.LOOP, Kind.LOOP_FOREACH, Kind.LOOP_WHILE)
_BRANCHES = (Kind.ELSE_IF, Kind.ELSE, Kind.CASE, Kind.DEFAULT)
_HANDLERS = (Kind.ON_ERROR, Kind.ON_BLOCK_ERROR)
_OPENERS = frozenset({Kind.IF, Kind.SWITCH, Kind.BLOCK, *_LOOPS, *_HANDLERS})


@dataclass(slots=True, eq=False)
class Block:
    """A run of actions without a jump into or out of it; places count within `Control.actions`.

    Attributes:
        first: Place of its first action.
        last: Place of its last action.
        successors: Blocks that may follow its last action.
        handlers: Blocks that may follow any of its actions, when that fails.
        returns: Whether the subflow may end, and go back to its caller, after it.
        stops: Whether the whole flow stops after it.
    """

    first: int
    last: int
    successors: list[int] = field(default_factory=list)
    handlers: list[int] = field(default_factory=list)
    returns: bool = False
    stops: bool = False


class Control:
    """The control-flow graph of one subflow, without its disabled rows.

    ``actions`` are the enabled actions in the order of the text; ``blocks`` tile them. The first
    block is where the subflow starts. An empty subflow has no blocks and returns at once.
    """

    def __init__(self, script: Script, subflow: Subflow) -> None:
        self.actions: list[Action] = [a for a in subflow.actions if not a.statement.disabled]
        self._script = script
        shape = _Shape(self.actions)
        edges = list(self._edges(shape))
        self.blocks = self._cut(edges, shape)
        self._starts = [block.first for block in self.blocks]

    def block_of(self, place: int) -> int:
        """Return the block that an action lies in, by its place in ``actions``."""
        return bisect_right(self._starts, place) - 1

    def place_of(self, action: Action) -> int | None:
        """Return the place of an action, or None for a disabled one."""
        low = bisect_right(self.actions, action.index, key=lambda other: other.index) - 1
        return low if low >= 0 and self.actions[low] is action else None

    def _edges(self, shape: "_Shape") -> Iterator[tuple[list[int], bool]]:
        """Yield for every action the places that may follow it, and whether it may return.

        A place equal to the number of actions is the end of the subflow.
        """
        labels = {
            self._name(action): place
            for place, action in enumerate(self.actions)
            if action.statement.kind is Kind.LABEL
        }
        for place, action in enumerate(self.actions):
            following = self._following(place, action, shape, labels)
            ends = len(self.actions) in following or action.statement.kind is Kind.EXIT_FUNCTION
            yield [target for target in following if target < len(self.actions)], ends

    def _name(self, action: Action) -> str:
        for clause in action.statement.clauses:
            if clause.role is Role.NAME:
                text = self._script.clause_text(action.statement, clause)
                return text.strip("'").casefold()
        return ""

    def _following(
        self, place: int, action: Action, shape: "_Shape", labels: dict[str, int]
    ) -> list[int]:
        kind = action.statement.kind
        after = shape.after(place)
        if kind in (Kind.EXIT, Kind.EXIT_FUNCTION, Kind.THROW):
            return []
        if kind is Kind.GOTO:
            target = labels.get(self._name(action))
            return [after] if target is None else [target]
        if kind in (Kind.EXIT_LOOP, Kind.NEXT_LOOP):
            loop = shape.enclosing(place, _LOOPS)
            if loop is None:
                return [after]
            return [loop] if kind is Kind.NEXT_LOOP else [shape.end_of(loop) + 1]
        if kind in (Kind.REPEAT_BLOCK, Kind.REPEAT_ACTION):
            return [shape.repeated(place), after]
        if kind in (Kind.IF, Kind.ELSE_IF, Kind.CASE):
            return [after, shape.otherwise(place)]
        if kind in _LOOPS:
            return [after, shape.end_of(place) + 1]
        if kind is Kind.SWITCH:
            return [after]
        if kind is Kind.END and shape.closes_loop(place):
            return [shape.head_of(place)]
        return [after]

    def _cut(self, edges: list[tuple[list[int], bool]], shape: "_Shape") -> list[Block]:
        """Cut the actions into blocks at every jump, and wherever error handling changes."""
        starts = {0} if edges else set()
        handlers = [shape.handlers_of(place) for place in range(len(edges))]
        for place, (following, ends) in enumerate(edges):
            if following != [place + 1] or ends or handlers[place]:
                starts.update(following, (place + 1,))
            if place and handlers[place] != handlers[place - 1]:
                starts.add(place)
            starts.update(handlers[place])
        order = sorted(start for start in starts if start < len(edges))
        number = {start: index for index, start in enumerate(order)}
        blocks: list[Block] = []
        for first, beyond in zip(order, [*order[1:], len(edges)], strict=True):
            following, ends = edges[beyond - 1]
            failing = dict.fromkeys(
                number[target] for place in range(first, beyond) for target in handlers[place]
            )
            successors = list(dict.fromkeys(number[target] for target in following))
            stops = self.actions[beyond - 1].statement.kind is Kind.EXIT
            blocks.append(Block(first, beyond - 1, successors, list(failing), ends, stops))
        return blocks


class _Shape:
    """Which blocks of the language the actions lie in, by places in the list of actions."""

    def __init__(self, actions: list[Action]) -> None:
        self._kinds = [action.statement.kind for action in actions]
        count = len(actions)
        self._head = [-1] * count  # head of the innermost block around each action
        self._end: dict[int, int] = {}  # END of each head; the last action where it has none
        self._parts: dict[int, list[int]] = {}  # branches or chained handlers of each head
        self._closed: dict[int, int] = {}  # head that each END closes
        open_heads: list[int] = []
        for place, kind in enumerate(self._kinds):
            if kind is Kind.END and open_heads:
                head = open_heads.pop()
                self._end[head] = place
                self._closed[place] = head
            elif open_heads and self._continues(open_heads[-1], kind):
                self._parts[open_heads[-1]].append(place)
            self._head[place] = open_heads[-1] if open_heads else -1
            if kind in _OPENERS and not self._is_part(place):
                open_heads.append(place)
                self._parts[place] = []
        for head in open_heads:
            self._end[head] = count - 1
        self._handler_after = self._find_handlers()

    def _continues(self, head: int, kind: Kind) -> bool:
        """Tell whether an action continues a block: ELSE of an IF, a second ON ERROR."""
        opened = self._kinds[head]
        if opened is Kind.IF:
            return kind in (Kind.ELSE_IF, Kind.ELSE)
        if opened is Kind.SWITCH:
            return kind in (Kind.CASE, Kind.DEFAULT)
        return opened in _HANDLERS and kind is opened

    def _is_part(self, place: int) -> bool:
        head = self._head[place]
        return head >= 0 and place in self._parts[head][-1:]

    def _find_handlers(self) -> dict[int, int]:
        """Return the heads of error handlers by the action or block that they serve."""
        found: dict[int, int] = {}
        for place, kind in enumerate(self._kinds):
            if kind is Kind.ON_ERROR and place in self._end:
                found[place - 1] = place
            elif kind is Kind.ON_BLOCK_ERROR and place in self._end:
                found.setdefault(self._head[place], place)
        found.pop(-1, None)
        return found

    def end_of(self, head: int) -> int:
        return self._end[head]

    def head_of(self, end: int) -> int:
        return self._closed[end]

    def closes_loop(self, end: int) -> bool:
        return end in self._closed and self._kinds[self._closed[end]] in _LOOPS

    def enclosing(self, place: int, kinds: tuple[Kind, ...]) -> int | None:
        head = self._head[place]
        while head >= 0 and self._kinds[head] not in kinds:
            head = self._head[head]
        return head if head >= 0 else None

    def repeated(self, place: int) -> int:
        """Return where REPEAT starts again: the block, or the action before the handler."""
        handler = self.enclosing(place, _HANDLERS)
        if handler is None:
            return place + 1
        if self._kinds[handler] is Kind.ON_ERROR:
            return max(0, handler - 1)
        block = self._head[handler]
        return block if block >= 0 else place + 1

    def otherwise(self, place: int) -> int:
        """Return where control goes when a condition is false: the next branch, or the END."""
        head = place if self._kinds[place] is Kind.IF else self._head[place]
        parts = self._parts.get(head, [])
        return next((part for part in parts if part > place), self._end.get(head, place + 1))

    def after(self, place: int) -> int:
        """Return where control goes behind an action that jumps nowhere itself."""
        kind = self._kinds[place]
        if place in self._closed and self._kinds[self._closed[place]] in _HANDLERS:
            return self._after_handler(self._closed[place])
        following = place + 1
        while following < len(self._kinds):
            head = self._head[following]
            if self._kinds[following] in _HANDLERS and not self._is_chained(following):
                following = self._end[following] + 1  # nothing failed
            elif (
                head >= 0
                and following in self._parts[head]
                and not (kind is Kind.SWITCH and head == place)
            ):
                if self._kinds[head] in _HANDLERS:
                    return self._after_handler(head)
                return self._end[head]  # the branch ends here
            else:
                break
        return following

    def _is_chained(self, place: int) -> bool:
        head = self._head[place]
        return head >= 0 and place in self._parts[head]

    def _after_handler(self, handler: int) -> int:
        """Return where control goes when an error was handled."""
        if self._kinds[handler] is Kind.ON_BLOCK_ERROR and self._head[handler] >= 0:
            return self._end[self._head[handler]] + 1
        return self._end[handler] + 1

    def handlers_of(self, place: int) -> list[int]:
        """Return where control may go when an action fails: the nearest handlers around it."""
        own = self._handler_after.get(place)
        if own is not None and self._kinds[own] is Kind.ON_ERROR:
            return [own, *self._parts[own]]
        inside, head = place, self._head[place]
        while head >= 0:
            handler = self._handler_after.get(head)
            if (
                handler is not None
                and self._kinds[head] is Kind.BLOCK
                and not handler <= inside <= self._end[handler]
            ):
                return [handler, *self._parts[handler]]
            inside, head = head, self._head[head]
        return []
