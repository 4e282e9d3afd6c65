"""Finds the loops of a subflow that cannot be left."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from padguard.analysis.control import Control
from padguard.analysis.program import Procedure, Program
from padguard.flow.model import Action, Variable
from padguard.robin.expressions import Literal, Operation, parse_expression
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Kind

_STOPS = (Kind.EXIT, Kind.THROW)
_BACK = (Kind.LOOP_WHILE, Kind.GOTO)


def endless_rows(program: Program) -> Iterator[tuple[Procedure, Action]]:
    """Yield the heads of loops, and rows that go back, from which no way leads out.

    Of loops within each other only the outermost is named. An error is no way out unless the
    flow throws it itself; an action that is asked in a condition may always say otherwise.
    """
    stopping = _with_callers(program, _stopping(program))
    for procedure in program.procedures:
        if any(action.statement.kind in _BACK for action in procedure.subflow.actions):
            for action in _endless(program, procedure, stopping):
                yield procedure, action


def _endless(program: Program, procedure: Procedure, stopping: set[Procedure]) -> Iterator[Action]:
    actions = procedure.control.actions
    loops = {
        actions[head]: beyond
        for head, beyond in _loops(actions)
        if _stays(program, procedure, head, beyond)
    }
    control = Control(procedure.flow.script, procedure.subflow, loops.keys())
    behind = 0
    for place, action in enumerate(actions):
        first, beyond = place, loops.get(action, 0)
        if action.statement.kind is Kind.GOTO:
            first, beyond = _goes_back_to(control, place), place + 1
        inside = range(first, beyond)
        if place >= behind and inside and not _is_left(program, control, inside, stopping):
            yield action
            behind = beyond


def _loops(actions: list[Action]) -> Iterator[tuple[int, int]]:
    """Yield the places of the loops with a condition, and the places behind them."""
    open_heads: list[int] = []
    for place, action in enumerate(actions):
        depth = action.statement.depth
        while open_heads and depth <= actions[open_heads[-1]].statement.depth:
            yield open_heads.pop(), place + (action.statement.kind is Kind.END)
        if action.statement.kind is Kind.LOOP_WHILE and not action.statement.action:
            open_heads.append(place)
    for head in open_heads:
        yield head, len(actions)


def _stays(program: Program, procedure: Procedure, head: int, beyond: int) -> bool:
    """Tell whether the condition of a loop stays true once it is."""
    action = procedure.control.actions[head]
    if action.reads:
        return not any(
            _changes(program, procedure, variable, head, beyond) for variable in action.reads
        )
    text = procedure.flow.script.text
    clause = action.statement.clauses[0]
    start, end = action.statement.start + clause.start, action.statement.start + clause.end
    found = parse_expression(text, start, end)
    if isinstance(found, Literal):
        return found.kind is TokenKind.NAME and text[found.start : found.end].casefold() == "true"
    if isinstance(found, Operation) and found.operator == "=" and len(found.operands) == 2:
        left, right = (text[side.start : side.end].strip("()$' ") for side in found.operands)
        return left.casefold() == right.casefold()
    return False


def _changes(
    program: Program, procedure: Procedure, variable: Variable, first: int, beyond: int
) -> bool:
    """Tell whether the rows between two places, or subflows that they run, change a variable."""
    control = procedure.control
    writers = [action for action in program.actions_with(variable) if variable in action.writes]
    own = [control.place_of(action) for action in writers if action.subflow is procedure.subflow]
    if any(place is not None and first < place < beyond for place in own):
        return True
    writing = _with_callers(program, {program.procedure_of(action) for action in writers})
    calls = [call for call in program.calls_from(procedure) if call.shares]
    places = [control.place_of(call.action) or 0 for call in calls]
    inside = calls[bisect_left(places, first) : bisect_left(places, beyond)]
    return any(call.callee is None or call.callee in writing for call in inside)


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


def _is_left(program: Program, control: Control, inside: range, stopping: set[Procedure]) -> bool:
    """Tell whether a way leads out of some rows, but for errors that nobody throws."""
    for number in range(control.block_of(inside[0]), control.block_of(inside[-1]) + 1):
        block = control.blocks[number]
        following = [*block.successors, *([] if block.handler is None else [block.handler])]
        if block.returns or any(control.blocks[t].first not in inside for t in following):
            return True
        actions = control.actions[block.first : block.last + 1]
        if any(_may_stop(program, action, stopping) for action in actions):
            return True
    return False


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
