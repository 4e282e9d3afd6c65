"""Tells whether one action of a flow runs before others, whatever way the flow takes."""

from collections import defaultdict
from collections.abc import Collection

from padguard.analysis.control import Block, Control
from padguard.analysis.program import Call, Procedure, Program
from padguard.flow.model import Action, Flow


class Order:
    """What of a flow may run before an action has.

    Errors of the action itself do not count: where it fails, the flow cannot go on as meant.
    Subflows that call each other are followed; a row that nothing leads to counts as behind.
    """

    def __init__(self, program: Program, flow: Flow, first: Action) -> None:
        self._program = program
        self._flow = flow
        self._first = first
        self._passing: dict[Procedure, set[int]] = defaultdict(set)
        self._reached: dict[Procedure, set[int]] = {}
        self._find_passing()
        self._find_reached()

    def is_before(self, action: Action) -> bool:
        """Tell whether another action can only run once this one has; a disabled one never runs."""
        procedure = self._program.procedure_of(action)
        place = procedure.control.place_of(action)
        return place is None or place not in self._reached.get(procedure, ())

    def _find_passing(self) -> None:
        """Find the places behind which the action has run: itself, and calls that always run it."""
        home = self._program.procedure_of(self._first)
        place = home.control.place_of(self._first)
        if place is None:
            return
        self._passing[home].add(place)
        waiting = [home]
        while waiting:
            procedure = waiting.pop()
            _, returns = self._walk(procedure)
            if returns:
                continue
            for call in self._program.callers.get(procedure, ()):
                where = self._place(call)
                if where is not None and where not in self._passing[call.caller]:
                    self._passing[call.caller].add(where)
                    waiting.append(call.caller)

    def _find_reached(self) -> None:
        waiting = [self._program.main(self._flow)]
        while waiting:
            procedure = waiting.pop()
            if procedure in self._reached:
                continue
            reached, _ = self._walk(procedure)
            self._reached[procedure] = reached
            waiting += (
                call.callee
                for call in self._program.calls_from(procedure)
                if call.callee is not None and self._place(call) in reached
            )

    def _place(self, call: Call) -> int | None:
        """Return where a subflow is called in its caller; None for other flows and dead rows."""
        return call.caller.control.place_of(call.action) if call.shares else None

    def _walk(self, procedure: Procedure) -> tuple[set[int], bool]:
        """Return the places that are reached before the action has run, and whether it may end."""
        control, stops = procedure.control, self._passing[procedure]
        reached: set[int] = set()
        returns = not control.blocks
        seen: set[int] = set()
        waiting = [0] if control.blocks else []
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            block = control.blocks[number]
            last = _last_place(block, stops)
            reached.update(range(block.first, last + 1))
            if block.handler is not None and self._may_fail(control, block, last):
                waiting.append(block.handler)
            if last == block.last and last not in stops:
                waiting += block.successors
                returns |= block.returns
        return reached, returns

    def _may_fail(self, control: Control, block: Block, last: int) -> bool:
        failing = control.failing(block.first)
        return failing <= last and control.actions[failing] is not self._first


def _last_place(block: Block, stops: Collection[int]) -> int:
    """Return the first place of a block that is passed, or its last one."""
    return next((p for p in range(block.first, block.last + 1) if p in stops), block.last)


def executes_once(program: Program, flow: Flow, action: Action) -> bool:
    """Tell whether an action runs at most once in a run of its flow, and of subflows one call."""
    seen: set[Procedure] = set()
    while True:
        procedure = program.procedure_of(action)
        place = procedure.control.place_of(action)
        if procedure in seen or place is None or place in places_after(procedure.control, place):
            return False
        seen.add(procedure)
        callers = program.callers.get(procedure, [])
        if procedure is program.main(flow):
            return all(not call.shares for call in callers)
        if len(callers) != 1:
            return False
        action = callers[0].action


def places_after(
    control: Control, place: int, without: Collection[int] = frozenset()
) -> frozenset[int]:
    """Return the places of a subflow that may run after one of them.

    Args:
        control: The ways through the subflow.
        place: The place to start behind.
        without: Places whose ways on are not followed; they are reached themselves.
    """
    found: set[int] = set()
    waiting = _next_places(control, place)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            if one not in without:
                waiting += _next_places(control, one)
    return frozenset(found)


def _next_places(control: Control, place: int) -> list[int]:
    block = control.blocks[control.block_of(place)]
    following = (
        [place + 1]
        if place < block.last
        else [control.blocks[number].first for number in block.successors]
    )
    if block.handler is not None and control.failing(place) == place:
        following.append(control.blocks[block.handler].first)
    return following
