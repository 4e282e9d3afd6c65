"""Where the variables of a flow stand in its script."""

from collections.abc import Iterator

from padguard.catalog.effects import changes_in_place
from padguard.flow.model import Access, Action, Flow, Occurrence, Variable
from padguard.robin.expressions import Reference, parse_expression, references
from padguard.robin.tree import Clause, Role, Script, Statement

_WRITES = (Role.RESULT, Role.TARGET, Role.PARAMETER)


def occurrences(flow: Flow, variable: Variable) -> list[Occurrence]:
    """Return every place where a variable stands in actions, in the order of the text."""
    return [
        occurrence
        for action in flow.actions
        if variable in action.reads or variable in action.writes
        for occurrence in action_occurrences(flow, action)
        if occurrence.variable is variable
    ]


def action_occurrences(
    flow: Flow, action: Action, only: Clause | None = None
) -> Iterator[Occurrence]:
    """Yield every place where a variable stands in one action, in the order of the text.

    Args:
        flow: The flow of the action.
        action: The action.
        only: The one clause to look at, or None for all of them.
    """
    known = {
        (variable.name.casefold(), variable.local_to): variable
        for variable in (*action.reads, *action.writes)
    }
    local = action.subflow.name if action.subflow.local else None
    for clause in action.statement.clauses if only is None else (only,):
        for found in _clause_references(flow.script, action.statement, clause):
            before = flow.script.text[max(0, found.start - len("GLOBAL.")) : found.start]
            owner = None if before.upper() == "GLOBAL." else local
            variable = known.get((found.name.casefold(), owner))
            if variable is not None:
                access = _access(action, clause, found)
                yield Occurrence(variable, access, found.start, found.end, clause, found.properties)


def _clause_references(script: Script, statement: Statement, clause: Clause) -> Iterator[Reference]:
    start, end = statement.start + clause.start, statement.start + clause.end
    if clause.role is Role.RESULT or clause.role is Role.PARAMETER:
        yield Reference(script.text[start:end], start, end, "")
    elif clause.role is not Role.NAME:
        expression = parse_expression(script.text, start, end)
        if expression is not None:
            yield from references(script.text, expression)


def _access(action: Action, clause: Clause, found: Reference) -> Access:
    starts_clause = found.start == action.statement.start + clause.start
    if clause.role in _WRITES and (starts_clause or clause.role is not Role.TARGET):
        return Access.CHANGE if found.properties else Access.WRITE
    if clause.role is Role.ARGUMENT and changes_in_place(action.statement.action, clause.name):
        return Access.CHANGE
    return Access.READ
