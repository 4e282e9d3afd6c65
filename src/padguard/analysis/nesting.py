"""Which blocks of the language the actions of a subflow lie in, and what follows what in them."""

from collections.abc import Container, Sequence
from typing import Final

from padguard.flow.model import Action
from padguard.robin.tree import Kind

LOOPS: Final = frozenset({Kind.LOOP, Kind.LOOP_FOREACH, Kind.LOOP_WHILE})
HANDLERS: Final = frozenset({Kind.ON_ERROR, Kind.ON_BLOCK_ERROR})
_OPENERS: Final = frozenset({Kind.IF, Kind.SWITCH, Kind.BLOCK}) | LOOPS | HANDLERS
_PARTS: Final = {
    Kind.IF: (Kind.ELSE_IF, Kind.ELSE),
    Kind.SWITCH: (Kind.CASE, Kind.DEFAULT),
    Kind.ON_ERROR: (Kind.ON_ERROR,),
    Kind.ON_BLOCK_ERROR: (Kind.ON_BLOCK_ERROR,),
}


class Nesting:
    """The blocks that actions lie in, by their places in a list of actions.

    A block is known by its head (IF, SWITCH, LOOP, BLOCK, ON ERROR …). Its parts (ELSE, CASE, a
    second ON ERROR) lie in it and open no block. A block without END ends with the subflow.
    """

    def __init__(self, actions: Sequence[Action]) -> None:
        self._actions = actions
        self._kinds = [action.statement.kind for action in actions]
        count = len(actions)
        self._head = [-1] * count  # head of the innermost block around each action
        self._end: dict[int, int] = {}  # END of each head
        self._closed: dict[int, int] = {}  # head that each END closes
        self._parts: dict[int, list[int]] = {}  # parts of each head
        self._next_part: dict[int, int] = {}  # the part behind each part, and the first one
        self._nest()
        self._of_action: dict[int, int] = {}  # ON ERROR of each action that has one
        self._of_block: dict[int, int] = {}  # ON BLOCK ERROR of each BLOCK that has one
        self._find_handlers()
        self._catching = self._find_catching()

    def _nest(self) -> None:
        open_heads: list[int] = []
        for place, kind in enumerate(self._kinds):
            head = open_heads[-1] if open_heads else -1
            if kind is Kind.END and open_heads:
                self._end[open_heads.pop()] = place
                self._closed[place] = head
                head = open_heads[-1] if open_heads else -1
            elif open_heads and kind in _PARTS.get(self._kinds[head], ()):
                before = self._parts[head][-1] if self._parts[head] else head
                self._next_part[before] = place
                self._parts[head].append(place)
            elif kind in _OPENERS:
                open_heads.append(place)
                self._parts[place] = []
            self._head[place] = head
        for head in open_heads:
            self._end[head] = len(self._kinds)

    def _find_handlers(self) -> None:
        for place in self._parts:
            kind, head = self._kinds[place], self._head[place]
            if kind is Kind.ON_ERROR and self._follows_directly(place):
                self._of_action[place - 1] = place
            elif kind is Kind.ON_BLOCK_ERROR and head >= 0 and self._kinds[head] is Kind.BLOCK:
                self._of_block.setdefault(head, place)

    def _follows_directly(self, place: int) -> bool:
        """Tell whether an action stands behind the one before it: no disabled row between."""
        return place > 0 and self._actions[place].index == self._actions[place - 1].index + 1

    def _find_catching(self) -> dict[int, int | None]:
        """Return by head which handler the actions right in a block have; -1 is no block."""
        found: dict[int, int | None] = {-1: None}
        for head in sorted(self._parts):
            around = self._head[head]
            if self._kinds[head] is Kind.ON_BLOCK_ERROR and around >= 0:
                around = self._head[around]  # a block does not handle errors of its own handler
            found[head] = self._of_block.get(head, found[around])
        return found

    def handler_of(self, place: int) -> int | None:
        """Return the handler that an action has: its own, or that of the block around it."""
        if self._kinds[place] is Kind.ON_BLOCK_ERROR:
            return self.beyond(place)
        return self._of_action.get(place, self._catching[self._head[place]])

    def beyond(self, handler: int) -> int | None:
        """Return the handler of errors that a handler, by its head or a part, is not for."""
        chain = self._head[handler] if self._is_part(handler) else handler
        around = self._head[chain]
        if self._kinds[chain] is Kind.ON_BLOCK_ERROR and around >= 0:
            around = self._head[around]
        return self._catching[around]

    def behind(self, head: int) -> int:
        """Return the place behind the END of a block."""
        return min(self._end[head] + 1, len(self._kinds))

    def loop_closed(self, place: int, otherwise: int) -> int:
        """Return the head of the loop that an END closes; ``otherwise`` for anything else."""
        head = self._closed.get(place, -1)
        return head if head >= 0 and self._kinds[head] in LOOPS else otherwise

    def next_part(self, place: int) -> int | None:
        """Return the part of the block that follows a head or part, or None."""
        return self._next_part.get(place)

    def is_empty(self, place: int) -> bool:
        """Tell whether nothing stands in a part of a block, or behind its head."""
        head = self._head[place] if self._is_part(place) else place
        return place + 1 == self._next_part.get(place, self._end[head])

    def enclosing(self, place: int, kinds: Container[Kind]) -> int | None:
        """Return the head of the innermost block of some kinds around an action, or None."""
        head = self._head[place]
        while head >= 0 and self._kinds[head] not in kinds:
            head = self._head[head]
        return head if head >= 0 else None

    def repeated(self, place: int) -> int:
        """Return where REPEAT starts again: the block, or the action before the handler."""
        inside = self._kinds[place] not in HANDLERS or self._is_part(place)
        handler = self.enclosing(place, HANDLERS) if inside else place
        if handler is None:
            return place + 1
        if self._kinds[handler] is Kind.ON_ERROR:
            return max(0, handler - 1)
        block = self._head[handler]
        return block if block >= 0 else place + 1

    def otherwise(self, place: int) -> int:
        """Return where control goes when a condition is false: the next part, or the END."""
        head = self._head[place] if self._is_part(place) else place
        return self._next_part.get(place, self._end.get(head, place + 1))

    def after(self, place: int) -> int:
        """Return where control goes behind an action that jumps nowhere itself."""
        closed = self._closed.get(place, -1)
        handled = closed >= 0 and self._kinds[closed] in HANDLERS
        following = self._handled(closed) if handled else place + 1
        while following < len(self._kinds):
            head = self._head[following]
            if self._is_part(following):
                if self._kinds[head] not in HANDLERS:
                    return self._end[head]
                following = self._handled(head)
            elif self._kinds[following] in HANDLERS:
                following = self.behind(following)  # nothing failed
            else:
                break
        return following

    def _is_part(self, place: int) -> bool:
        head = self._head[place]
        return head >= 0 and self._kinds[place] in _PARTS.get(self._kinds[head], ())

    def _handled(self, handler: int) -> int:
        """Return where control goes when an error was handled."""
        block = self._head[handler]
        if self._kinds[handler] is Kind.ON_BLOCK_ERROR and block >= 0:
            return self.behind(block)
        return self.behind(handler)
