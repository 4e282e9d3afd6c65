"""Follows values along control flow, from where they come to be to wherever they get."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum, auto
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple, Protocol

from padguard.analysis.effects import Shown, Use
from padguard.analysis.program import Call, Procedure, Program
from padguard.flow.model import Action, Variable, VariableKind
from padguard.robin.tree import Kind, Role


class Load(Enum):
    """What a variable holds that is followed."""

    SECRET = auto()  # sensitive data
    CREDENTIAL = auto()  # a credential: its password is sensitive, its user name is not
    LITERAL = auto()  # a text that may turn out to be a secret


class Fact(NamedTuple):
    """A variable that holds something that is followed."""

    variable: Variable
    load: Load


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """That a variable holds something from some row on, and how that came about.

    Attributes:
        fact: The variable and what it holds.
        procedure: The subflow in which it does.
        action: The action that brought it about; None for the start of a flow.
        before: The holding that it came from, or None at a source.
        steps: How many holdings lie between the source and this one.
    """

    fact: Fact
    procedure: Procedure
    action: Action | None
    before: "Holding | None"
    steps: int

    def path(self) -> list["Holding"]:
        """Return the holdings from the source to this one."""
        found: list[Holding] = []
        holding: Holding | None = self
        while holding is not None:
            found.append(holding)
            holding = holding.before
        return found[::-1]


class Witness(Protocol):
    """Who is told what happens to values on their way."""

    def arrives(self, holding: Holding) -> None:
        """A variable came to hold something; of several ways the shortest is told first."""

    def shown(self, holding: Holding, action: Action, shown: Shown) -> None:
        """A value becomes visible."""

    def serves(self, holding: Holding, action: Action, use: Use) -> None:
        """A value gets to where a secret belongs."""

    def leaves(self, holding: Holding, call: Call, use: Use) -> None:
        """A value is passed to a desktop flow that is not in the export."""


@dataclass(slots=True, eq=False)
class _Context:
    """A subflow entered with one fact, or (``entry`` None) what comes to be in it by itself."""

    procedure: Procedure
    entry: Fact | None
    seen: dict[Fact, set[int]] = field(default_factory=lambda: defaultdict(set))
    entered: dict[Fact, set[int]] = field(default_factory=lambda: defaultdict(set))
    exits: dict[Fact, Holding] = field(default_factory=dict)
    callers: list[tuple["_Context", Call]] = field(default_factory=list)


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
        self._waiting: list[tuple[int, int, _Context, int, Holding]] = []
        self._order = count()
        self._places: dict[tuple[Procedure, Variable], list[int]] = {}

    def seed(
        self, procedure: Procedure, action: Action | None, variable: Variable, load: Load
    ) -> None:
        """Note that a variable holds something after an action, or when the flow starts."""
        holding = Holding(Fact(variable, load), procedure, action, None, 0)
        place = -1 if action is None else procedure.control.place_of(action)
        if place is not None:
            self._hold(self._context(procedure, None), place, holding)

    def run(self) -> None:
        """Follow all that was seeded."""
        while self._waiting:
            _, _, context, place, holding = heappop(self._waiting)
            self._witness.arrives(holding)
            self._spread(context, place, holding)

    def _context(self, procedure: Procedure, entry: Fact | None) -> _Context:
        key = (procedure, entry)
        if key not in self._contexts:
            self._contexts[key] = _Context(procedure, entry)
        return self._contexts[key]

    def _hold(self, context: _Context, place: int, holding: Holding) -> None:
        heappush(self._waiting, (holding.steps, next(self._order), context, place, holding))

    def _mentions(self, procedure: Procedure, variable: Variable) -> list[int]:
        key = (procedure, variable)
        if key not in self._places:
            self._places[key] = self._program.places(procedure, variable)
        return self._places[key]

    def _spread(self, context: _Context, place: int, holding: Holding) -> None:
        """Go on from behind a place to every place that touches the variable, or to the end."""
        control = context.procedure.control
        if not control.blocks:
            self._exit(context, holding)
            return
        entered = context.entered[holding.fact]
        start = control.block_of(place) if place >= 0 else 0
        waiting = [(start, place)]
        while waiting:
            number, behind = waiting.pop()
            block = control.blocks[number]
            following = list(block.handlers) if behind < block.last else []
            if self._survives(context, behind, block.last, holding):
                following += block.successors
                if block.returns:
                    self._exit(context, holding)
                if block.stops or (block.returns and self._is_main(context.procedure)):
                    self._stop(context, holding)
            for target in following:
                if target not in entered:
                    entered.add(target)
                    waiting.append((target, control.blocks[target].first - 1))

    def _survives(self, context: _Context, behind: int, last: int, holding: Holding) -> bool:
        """Go over the places of a block that touch the variable; tell whether it lives on."""
        mentions = self._mentions(context.procedure, holding.fact.variable)
        seen = context.seen[holding.fact]
        for index in range(bisect_right(mentions, behind), len(mentions)):
            place = mentions[index]
            if place > last:
                break
            if place in seen:
                return False  # this way was gone before
            seen.add(place)
            if not self._meet(context, place, holding):
                return False
        return True

    def _meet(self, context: _Context, place: int, holding: Holding) -> bool:
        """Let an action do what it does with the variable; tell whether the fact lives on."""
        procedure = context.procedure
        action = procedure.control.actions[place]
        call = self._program.calls.get(action)
        if call is not None:
            return self._meet_call(context, place, call, holding)
        effect = procedure.effect(action)
        variable = holding.fact.variable
        for use in effect.purposes:
            if use.variable is variable:
                self._witness.serves(holding, action, use)
        for shown in effect.shown:
            if shown.use.variable is variable and _load(holding, action, shown.use) is not None:
                self._witness.shown(holding, action, shown)
        for use in effect.carried:
            load = _load(holding, action, use) if use.variable is variable else None
            if load is not None:
                for target in effect.targets:
                    self._bring(context, place, action, Fact(target, load), holding)
        return variable not in effect.overwritten

    def _bring(
        self, context: _Context, place: int, action: Action, fact: Fact, before: Holding
    ) -> None:
        if fact != before.fact:
            holding = Holding(fact, context.procedure, action, before, before.steps + 1)
            self._hold(context, place, holding)
        elif fact.variable in context.procedure.effect(action).overwritten:
            self._hold(context, place, before)  # SET Text TO Text + …: it holds it still

    def _meet_call(self, context: _Context, place: int, call: Call, holding: Holding) -> bool:
        variable = holding.fact.variable
        for use, parameter in call.passed:
            load = _load(holding, call.action, use) if use.variable is variable else None
            if load is None:
                continue
            if call.callee is None or parameter is None:
                self._witness.leaves(holding, call, use)
            else:
                self._enter(context, call, call.callee, Fact(parameter, load), holding)
        if call.shares and call.callee is not None and place not in self._direct(call, variable):
            self._enter(context, call, call.callee, holding.fact, holding)
            return False
        return all(result is not variable for _, result in call.returned)

    def _direct(self, call: Call, variable: Variable) -> tuple[int, ...]:
        """Return the place of a call that writes the variable itself; what it held is gone."""
        if any(result is variable for _, result in call.returned):
            place = call.caller.control.place_of(call.action)
            return () if place is None else (place,)
        return ()

    def _enter(
        self, context: _Context, call: Call, callee: Procedure, fact: Fact, before: Holding
    ) -> None:
        known = (callee, fact) in self._contexts
        inner = self._context(callee, fact)
        inner.callers.append((context, call))
        if not known:
            passed_on = fact == before.fact
            action = before.action if passed_on else call.action
            steps = before.steps + (not passed_on)
            holding = before if passed_on else Holding(fact, callee, action, before, steps)
            self._hold(inner, -1, holding)
        for holding in list(inner.exits.values()):
            self._return(context, call, holding)

    def _exit(self, context: _Context, holding: Holding) -> None:
        """A subflow ends while the variable holds the value: its callers get it."""
        if holding.fact in context.exits:
            return
        context.exits[holding.fact] = holding
        if context.entry is None:
            for call in self._program.callers.get(context.procedure, ()):
                self._return(self._context(call.caller, None), call, holding)
        else:
            for caller, call in list(context.callers):
                self._return(caller, call, holding)

    def _stop(self, context: _Context, holding: Holding) -> None:
        """A flow ends: whoever runs it gets its outputs."""
        if holding.fact.variable.kind is VariableKind.OUTPUT:
            main = self._program.main(context.procedure.flow)
            for call in self._program.callers.get(main, ()):
                if not call.shares:
                    self._return(self._context(call.caller, None), call, holding)

    def _is_main(self, procedure: Procedure) -> bool:
        return self._program.main(procedure.flow) is procedure

    def _return(self, context: _Context, call: Call, holding: Holding) -> None:
        place = context.procedure.control.place_of(call.action)
        if place is None:
            return
        if call.shares:
            self._hold(context, place, holding)
            return
        for output, result in call.returned:
            if output is holding.fact.variable:
                fact = Fact(result, holding.fact.load)
                steps = holding.steps + 1
                self._hold(context, place, Holding(fact, call.caller, call.action, holding, steps))


def _load(holding: Holding, action: Action, use: Use) -> Load | None:
    """Return what is left of a load where only a property of the variable is used."""
    load = holding.fact.load
    if load is not Load.CREDENTIAL:
        return load
    properties = use.properties.casefold()
    if properties.startswith((".username", "['username']")):
        return None
    if properties or not _is_plain_copy(action, use):
        return Load.SECRET
    return Load.CREDENTIAL


def _is_plain_copy(action: Action, use: Use) -> bool:
    """Tell whether an action sets a variable to another one, or passes it on, as it is."""
    clause = use.clause
    whole = use.end - use.start == clause.end - clause.start
    return whole and (
        action.statement.kind in (Kind.SET, Kind.CALL)
        or (clause.role is Role.ARGUMENT and clause.dynamic)
    )
