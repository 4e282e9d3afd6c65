"""Finds the loops of a subflow that cannot be left."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter

from padguard.analysis.control import Control
from padguard.analysis.program import Procedure, Program
from padguard.flow.model import Action, Variable
from padguard.robin.expressions import Literal, Operation, parse_expression
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Kind

_STOPS = (Kind.EXIT, Kind.THROW)
_INDEX = attrgetter("index")


def endless_rows(program: Program) -> Iterator[tuple[Procedure, Action]]:
    """Yield the heads of loops, and rows that go back, from which no way leads out.

    Of loops within each other only the outermost is named. An error is no way out unless the
    flow throws it itself; an action that is asked in a condition may always say otherwise.
    """
    stopping = _with_callers(program, _stopping(program))
    changes = _Changes(program)
    for procedure in program.procedures:
        loops = {
            head: beyond
            for head, beyond in _loops(procedure.subflow.actions)
            if _stays(changes, procedure, head, beyond)
        }
        if loops or _goes_back(procedure):
            for action in _endless(program, procedure, loops, stopping):
                yield procedure, action


def _endless(
    program: Program, procedure: Procedure, loops: dict[Action, int], stopping: set[Procedure]
) -> Iterator[Action]:
    control = Control(procedure.flow.script, procedure.subflow, loops.keys())
    reach = _Reach(program, control, stopping)
    regions = {
        place: bisect_left(control.actions, loops[action], key=_INDEX)
        for place, action in enumerate(control.actions)
        if action in loops
    }
    stuck = reach.loops_not_left(regions)
    behind = 0
    for place, action in enumerate(control.actions):
        if place in stuck and place >= behind:
            yield action
            behind = regions[place]
        elif action.statement.kind is Kind.GOTO:
            first = _goes_back_to(control, place)
            if behind <= first <= place and not reach.leaves(first, place + 1):
                yield action
                behind = place + 1


def _loops(actions: list[Action]) -> Iterator[tuple[Action, int]]:
    """Yield the loops with a condition, and the index of the first action behind each."""
    open_heads: list[Action] = []
    for action in actions:
        statement = action.statement
        if statement.disabled:
            continue
        while open_heads and statement.depth <= open_heads[-1].statement.depth:
            yield open_heads.pop(), action.index + (statement.kind is Kind.END)
        if statement.kind is Kind.LOOP_WHILE and not statement.action:
            open_heads.append(action)
    for head in open_heads:
        yield head, actions[-1].index + 1


def _goes_back(procedure: Procedure) -> bool:
    """Tell whether any row goes back to a label before it."""
    labels: set[str] = set()
    for action in procedure.subflow.actions:
        kind = action.statement.kind
        if kind is Kind.LABEL or kind is Kind.GOTO:
            clause = action.statement.clauses[0]
            name = procedure.flow.script.clause_text(action.statement, clause).strip("'")
            if kind is Kind.GOTO and name.casefold() in labels:
                return True
            labels.add(name.casefold() if kind is Kind.LABEL else "")
    return False


def _stays(changes: "_Changes", procedure: Procedure, head: Action, beyond: int) -> bool:
    """Tell whether the condition of a loop stays true once it is."""
    if head.reads:
        return not any(
            changes.between(procedure, variable, head.index, beyond) for variable in head.reads
        )
    text = procedure.flow.script.text
    clause = head.statement.clauses[0]
    start, end = head.statement.start + clause.start, head.statement.start + clause.end
    found = parse_expression(text, start, end)
    if isinstance(found, Literal):
        return found.kind is TokenKind.NAME and text[found.start : found.end].casefold() == "true"
    if isinstance(found, Operation) and found.operator == "=" and len(found.operands) == 2:
        left, right = (text[side.start : side.end].strip("()$' ") for side in found.operands)
        return left.casefold() == right.casefold()
    return False


class _Changes:
    """Which rows change a variable, themselves or by the subflows that they run."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._rows: dict[tuple[Procedure, Variable], list[int]] = {}

    def between(self, procedure: Procedure, variable: Variable, first: int, beyond: int) -> bool:
        """Tell whether a variable is changed behind one row and before another, by index."""
        key = (procedure, variable)
        if key not in self._rows:
            self._rows[key] = sorted(self._find(procedure, variable))
        rows = self._rows[key]
        place = bisect_right(rows, first)
        return place < len(rows) and rows[place] < beyond

    def _find(self, procedure: Procedure, variable: Variable) -> Iterator[int]:
        writers = [a for a in self._program.actions_with(variable) if variable in a.writes]
        yield from (a.index for a in writers if a.subflow is procedure.subflow)
        changing = _with_callers(self._program, {self._program.procedure_of(a) for a in writers})
        for call in self._program.calls_from(procedure):
            if call.shares and (call.callee is None or call.callee in changing):
                yield call.action.index


def _stopping(program: Program) -> set[Procedure]:
    return {
        procedure
        for procedure in program.procedures
        for action in procedure.subflow.actions
        if action.statement.kind in _STOPS and not action.statement.disabled
    }


def _with_callers(program: Program, procedures: Iterable[Procedure]) -> set[Procedure]:
    """Return some subflows with all that run them, directly or through others."""
    found = set(procedures)
    waiting = list(found)
    while waiting:
        for call in program.callers.get(waiting.pop(), ()):
            if call.shares and call.caller not in found:
                found.add(call.caller)
                waiting.append(call.caller)
    return found


class _Reach:
    """How far back and forward control may go from each block of a subflow.

    Where it may end the subflow or the flow, it goes beyond all bounds.
    """

    def __init__(self, program: Program, control: Control, stopping: set[Procedure]) -> None:
        self._control = control
        self._far: list[tuple[int, int]] = []
        for block in control.blocks:
            following = [*block.successors, *([] if block.handler is None else [block.handler])]
            places = [control.blocks[target].first for target in following]
            inside = control.actions[block.first : block.last + 1]
            if block.returns or any(_may_stop(program, action, stopping) for action in inside):
                places.append(len(control.actions))
            nearest = block.first
            self._far.append((min(places, default=nearest), max(places, default=nearest)))

    def leaves(self, first: int, beyond: int) -> bool:
        """Tell whether a way leads out of the rows from one place up to another."""
        blocks = range(self._control.block_of(first), self._control.block_of(beyond - 1) + 1)
        return any(  # ways out are mostly at the end
            self._far[number][0] < first or self._far[number][1] >= beyond
            for number in reversed(blocks)
        )

    def loops_not_left(self, regions: dict[int, int]) -> set[int]:
        """Return which loops, by the places of their heads and behind them, no way leads out of.

        Loops lie within each other, so that each block is looked at once: what is known of an
        inner loop counts for the outer one.
        """
        found: set[int] = set()
        open_loops: list[tuple[int, int, int]] = []  # head, how far back and forward it goes
        blocks = self._control.blocks
        for number in range(len(blocks) + 1):
            place = blocks[number].first if number < len(blocks) else len(self._control.actions)
            while open_loops and regions[open_loops[-1][0]] <= place:
                head, back, forward = open_loops.pop()
                if back >= head and forward < regions[head]:
                    found.add(head)
                if open_loops:
                    outer, *far = open_loops[-1]
                    open_loops[-1] = outer, min(far[0], back), max(far[1], forward)
            if number == len(blocks):
                break
            if place in regions:
                open_loops.append((place, place, place))
            if open_loops:
                head, back, forward = open_loops[-1]
                near, far_off = self._far[number]
                open_loops[-1] = head, min(back, near), max(forward, far_off)
        return found


def _may_stop(program: Program, action: Action, stopping: set[Procedure]) -> bool:
    """Tell whether an action may end the flow: it says so, or a subflow that it runs may."""
    call = program.calls.get(action)
    if call is not None and call.shares:
        return call.callee is None or call.callee in stopping
    return action.statement.kind in _STOPS


def _goes_back_to(control: Control, place: int) -> int:
    """Return the place that a row goes back to, or the one behind it where it goes forward."""
    block = control.blocks[control.block_of(place)]
    return min((control.blocks[target].first for target in block.successors), default=place + 1)
