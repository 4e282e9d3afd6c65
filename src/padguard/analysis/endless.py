"""Finds the loops of a subflow that cannot be left."""

from bisect import bisect_left
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
    for procedure in program.procedures:
        loops = {
            head: beyond
            for head, beyond in _loops(procedure.subflow.actions)
            if _stays(program, procedure, head, beyond)
        }
        if loops or _goes_back(procedure):
            for action in _endless(program, procedure, loops, stopping):
                yield procedure, action


def _endless(
    program: Program, procedure: Procedure, loops: dict[Action, int], stopping: set[Procedure]
) -> Iterator[Action]:
    control = Control(procedure.flow.script, procedure.subflow, loops.keys())
    behind = 0
    for place, action in enumerate(control.actions):
        first, beyond = place, place
        if action in loops:
            beyond = bisect_left(control.actions, loops[action], key=_INDEX)
        elif action.statement.kind is Kind.GOTO:
            first, beyond = _goes_back_to(control, place), place + 1
        inside = range(first, beyond)
        if place >= behind and inside and not _is_left(program, control, inside, stopping):
            yield action
            behind = beyond


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


def _stays(program: Program, procedure: Procedure, head: Action, beyond: int) -> bool:
    """Tell whether the condition of a loop stays true once it is."""
    if head.reads:
        return not any(
            _changes(program, procedure, variable, head.index, beyond) for variable in head.reads
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


def _changes(
    program: Program, procedure: Procedure, variable: Variable, first: int, beyond: int
) -> bool:
    """Tell whether the rows between two, or subflows that they run, change a variable."""
    writers = [action for action in program.actions_with(variable) if variable in action.writes]
    own = (action for action in writers if action.subflow is procedure.subflow)
    if any(first < action.index < beyond for action in own):
        return True
    writing = _with_callers(program, {program.procedure_of(action) for action in writers})
    calls = [call for call in program.calls_from(procedure) if call.shares]
    rows = [call.action.index for call in calls]
    inside = calls[bisect_left(rows, first) : bisect_left(rows, beyond)]
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
