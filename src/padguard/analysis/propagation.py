"""Follows values along control flow, from where they come to be to wherever they get."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, auto
from heapq import heappop, heappush
from itertools import count
from typing import Final, NamedTuple

from padguard.analysis.holdings import Fact, Holding, Load, Witness, load_left
from padguard.analysis.program import Call, Procedure, Program
from padguard.flow.model import Action, Variable


class _Way(IntEnum):
    """How control leaves a subflow while a variable holds something."""

    RETURN = auto()  # it goes on behind the call
    STOP = auto()  # the whole flow ends, and goes on behind whatever runs the flow
    FAIL = auto()  # an error that is not handled in the subflow


@dataclass(slots=True, eq=False)
class _Context:
    """A subflow entered with one fact, or (``entry`` None) what comes to be in it by itself.

    ``seen`` are the places that a fact got to, ``entered`` the blocks, ``left`` the ways out of
    the subflow that it took; ``callers`` are the calls by which the entry came.
    """

    procedure: Procedure
    entry: Fact | None
    seen: dict[Fact, set[int]] = field(default_factory=lambda: defaultdict(set))
    entered: dict[Fact, set[int]] = field(default_factory=lambda: defaultdict(set))
    left: dict[tuple[_Way, Fact], Holding] = field(default_factory=dict)
    callers: list[tuple["_Context", Call]] = field(default_factory=list)


MOST_CROSSINGS: Final = 600_000  # blocks gone through; the largest real export takes some 20,000


class _Start(NamedTuple):
    """Where a holding is to be followed from: behind a place in a block of a context."""

    steps: int
    order: int
    context: _Context
    block: int
    behind: int
    holding: Holding


class Propagation:
    """Follows facts through a program, each as far as it goes, shortest ways first.

    Calls are matched with their returns: what a subflow is given by one caller does not come out
    at another. What is overwritten on the way is gone. Loops and recursion end because every
    fact gets to every place at most once.
    """

    def __init__(self, program: Program, witness: Witness) -> None:
        self._program = program
        self._witness = witness
        self._contexts: dict[tuple[Procedure, Fact | None], _Context] = {}
        self._waiting: list[_Start] = []
        self._order = count()
        self._crossings = 0
        self._places: dict[tuple[Procedure, Variable], list[int]] = {}

    def seed(
        self, procedure: Procedure, action: Action | None, variable: Variable, load: Load
    ) -> None:
        """Note that a variable holds something after an action, or when the flow starts."""
        holding = Holding(Fact(variable, load), procedure, action, None, 0)
        place = -1 if action is None else procedure.control.place_of(action)
        if place is not None:
            self._hold(self._context(procedure, None), place, holding)

    def run(self) -> bool:
        """Follow all that was seeded; tell whether it got to the end of it.

        The work is bounded: a program in which thousands of subflows call each other in circles
        would keep it busy for hours.
        """
        while self._waiting:
            if self._crossings > MOST_CROSSINGS:
                return False
            start = heappop(self._waiting)
            self._witness.arrives(start.holding)
            self._spread(start)
        return True

    def _context(self, procedure: Procedure, entry: Fact | None) -> _Context:
        key = (procedure, entry)
        if key not in self._contexts:
            self._contexts[key] = _Context(procedure, entry)
        return self._contexts[key]

    def _hold(self, context: _Context, place: int, holding: Holding) -> None:
        block = max(0, context.procedure.control.block_of(place))
        self._wait(context, block, place, holding)

    def _wait(self, context: _Context, block: int, behind: int, holding: Holding) -> None:
        start = _Start(holding.steps, next(self._order), context, block, behind, holding)
        heappush(self._waiting, start)

    def _mentions(self, procedure: Procedure, variable: Variable) -> list[int]:
        key = (procedure, variable)
        if key not in self._places:
            self._places[key] = self._program.places(procedure, variable)
        return self._places[key]

    def _spread(self, start: _Start) -> None:
        """Go on to every place that touches the variable, or out of the subflow."""
        context, holding = start.context, start.holding
        control = context.procedure.control
        if not control.blocks:
            self._leave(context, _Way.RETURN, holding)
            return
        entered = context.entered[holding.fact]
        waiting = [(start.block, start.behind)]
        while waiting:
            number, behind = waiting.pop()
            self._crossings += 1
            for target in self._cross(context, number, behind, holding):
                if target not in entered:
                    entered.add(target)
                    waiting.append((target, control.blocks[target].first - 1))

    def _cross(
        self, context: _Context, number: int, behind: int, holding: Holding
    ) -> Iterator[int]:
        """Go through a block from behind a place on; yield the blocks that follow."""
        control = context.procedure.control
        block = control.blocks[number]
        until, lives = self._live(context, behind, block.last, holding)
        if control.failing(behind + 1) <= until:
            if block.handler is not None:
                yield block.handler
            else:
                self._leave(context, _Way.FAIL, holding)
        if lives:
            yield from block.successors
            if block.returns:
                self._leave(context, _Way.RETURN, holding)
            if block.stops:
                self._leave(context, _Way.STOP, holding)
            if block.fails:
                self._leave(context, _Way.FAIL, holding)

    def _live(
        self, context: _Context, behind: int, last: int, holding: Holding
    ) -> tuple[int, bool]:
        """Go over the places of a block that touch the variable.

        Returns:
            The last place that the fact gets to, and whether it lives on behind it.
        """
        mentions = self._mentions(context.procedure, holding.fact.variable)
        seen = context.seen[holding.fact]
        for index in range(bisect_right(mentions, behind), len(mentions)):
            place = mentions[index]
            if place > last:
                break
            if place in seen:
                return place, False  # this way was gone before
            seen.add(place)
            call = self._program.calls.get(context.procedure.control.actions[place])
            if call is not None and self._passes_into(context, call, holding):
                return place - 1, False  # the subflow has it now, and its errors are its own
            if not self._meet(context, place, holding):
                return place, False
        return last, True

    def _meet(self, context: _Context, place: int, holding: Holding) -> bool:
        """Let an action do what it does with the variable; tell whether the fact lives on."""
        procedure = context.procedure
        action = procedure.control.actions[place]
        call = self._program.calls.get(action)
        if call is not None:
            return all(result is not holding.fact.variable for _, result in call.returned)
        effect = procedure.effect(action)
        variable = holding.fact.variable
        for use in effect.purposes:
            if use.variable is variable:
                self._witness.serves(holding, action, use)
        for shown in effect.shown:
            if shown.use.variable is variable and load_left(holding, action, shown.use) is not None:
                self._witness.shown(holding, action, shown)
        for use in effect.carried:
            load = load_left(holding, action, use) if use.variable is variable else None
            if load is not None:
                for target in effect.targets:
                    self._bring(context, place, action, Fact(target, load), holding)
        return variable not in effect.overwritten

    def _bring(
        self, context: _Context, place: int, action: Action, fact: Fact, before: Holding
    ) -> None:
        if fact != before.fact:
            self._hold(context, place, before.passed_to(fact, context.procedure, action))
        elif fact.variable in context.procedure.effect(action).overwritten:
            self._hold(context, place, before)  # SET Text TO Text + …: it holds it still

    def _passes_into(self, context: _Context, call: Call, holding: Holding) -> bool:
        """Let a call take the fact along, as an argument or as a variable that is shared.

        Returns:
            Whether the variable is the callee's now, and comes back only if it leaves it so.
        """
        variable = holding.fact.variable
        for use, parameter in call.passed:
            load = load_left(holding, call.action, use) if use.variable is variable else None
            if load is None:
                continue
            if call.callee is None or parameter is None:
                self._witness.leaves(holding, call, use)
            else:
                self._enter(context, call, call.callee, Fact(parameter, load), holding)
        if not call.shares or call.callee is None or variable.local_to is not None:
            return False
        self._enter(context, call, call.callee, holding.fact, holding)
        return True

    def _enter(
        self, context: _Context, call: Call, callee: Procedure, fact: Fact, before: Holding
    ) -> None:
        known = (callee, fact) in self._contexts
        inner = self._context(callee, fact)
        inner.callers.append((context, call))
        holding = before
        if fact != before.fact:
            holding = before.passed_to(fact, callee, call.action)
            self._witness.passes(holding)
        if not known:
            self._hold(inner, -1, holding)
        for (way, _), holding in list(inner.left.items()):
            if self._come_back(context, call, way, holding):
                self._leave(context, way, holding)

    def _leave(self, context: _Context, way: _Way, holding: Holding) -> None:
        """Control leaves a subflow while a variable holds something: its callers get it."""
        waiting = [(context, way)]
        while waiting:
            leaving, way = waiting.pop()
            if way is _Way.STOP and self._program.main(leaving.procedure.flow) is leaving.procedure:
                way = _Way.RETURN
            if (way, holding.fact) in leaving.left:
                continue
            leaving.left[way, holding.fact] = holding
            for caller, call in self._callers(leaving):
                if self._come_back(caller, call, way, holding):
                    waiting.append((caller, way))

    def _callers(self, context: _Context) -> list[tuple[_Context, Call]]:
        if context.entry is not None:
            return list(context.callers)
        calls = self._program.callers.get(context.procedure, ())
        return [(self._context(call.caller, None), call) for call in calls]

    def _come_back(self, caller: _Context, call: Call, way: _Way, holding: Holding) -> bool:
        """Go on where a call was left with a fact; tell whether its subflow is left as well."""
        control = caller.procedure.control
        place = control.place_of(call.action)
        if place is None:
            return False
        if way is _Way.RETURN:
            self._return(caller, call, place, holding)
            return False
        if not call.shares or holding.fact.variable.local_to is not None:
            return False
        handler = control.blocks[control.block_of(place)].handler
        if way is _Way.STOP or handler is None:
            return True
        if handler not in caller.entered[holding.fact]:
            caller.entered[holding.fact].add(handler)
            self._wait(caller, handler, control.blocks[handler].first - 1, holding)
        return False

    def _return(self, caller: _Context, call: Call, place: int, holding: Holding) -> None:
        fact = holding.fact
        if call.shares and fact.variable.local_to is None:
            if all(result is not fact.variable for _, result in call.returned):
                self._hold(caller, place, holding)
            return
        for output, result in call.returned:
            if output is fact.variable:
                stored = Fact(result, fact.load)
                self._hold(caller, place, holding.passed_to(stored, call.caller, call.action))
