"""Rewrites what reads a variable, so that it reads something else."""

import re
from collections.abc import Callable, Iterator

from padguard.fixes.fix import NotPossibleError
from padguard.fixes.rows import notes_of
from padguard.fixes.texts import SHORTEST_SECRET, secret_spans
from padguard.flow.model import Access, Action, Flow, Subflow, Variable
from padguard.flow.occurrences import action_occurrences
from padguard.foundation.edits import Edit
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind, Role, Statement

IS_WRITTEN = mark(
    "fixes",
    "Row {row} of {subflow} also changes {name}, so its reads cannot all be replaced. Use a "
    "variable of its own there first.",
)
NOT_UNDERSTOOD = mark(
    "fixes",
    "Row {row} of {subflow} names {name}, but the row is not understood, so it could not be "
    "changed along.",
)

_GLOBAL = "GLOBAL."
_IN_PERCENT = re.compile(r"%[^%\r\n]*%")


def reading_actions(flow: Flow, variable: Variable) -> list[Action]:
    """Return the actions that read a variable, also disabled ones, in the order of the text."""
    return [action for action in flow.actions if variable in action.reads]


def rewritten_uses(
    flow: Flow,
    variable: Variable,
    expression: Callable[[Subflow], str],
    without: Action | None = None,
) -> Iterator[Edit]:
    """Yield the edits by which everything that reads a variable reads something else.

    Names within texts (``%Name%``, ``${Name}``), formulas and the ``@@`` lines of rows follow.

    Args:
        flow: The flow.
        variable: The variable.
        expression: What stands for it in a subflow; GLOBAL before the name gives way as well.
        without: An action that is left alone.

    Raises:
        NotPossibleError: Something writes the variable, or names it and is not understood.
    """
    _refuse_unclear(flow, variable)
    text = flow.script.text
    for action in flow.actions:
        if action is without:
            continue
        if variable in action.writes:
            where = action.subflow.name
            raise NotPossibleError(IS_WRITTEN(row=action.row, subflow=where, name=variable.name))
        if variable not in action.reads:
            continue
        for found in action_occurrences(flow, action):
            if found.variable is variable and found.access is Access.READ:
                yield Edit(*_whole_name(text, found.start, found.end), expression(action.subflow))
        yield from _in_notes(flow, action, variable, expression(action.subflow))


def _whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    r"""Return where a name stands with GLOBAL, or with its quotes (``\'…\'``) in a formula."""
    if text[start - len(_GLOBAL) : start].upper() == _GLOBAL:
        return start - len(_GLOBAL), end
    if text[start - 2 : start] == "\\'" and text.startswith("\\'", end):
        return start - 2, end + 2
    return start, end


def _in_notes(flow: Flow, action: Action, variable: Variable, words: str) -> Iterator[Edit]:
    """Yield the edits of the ``@@`` lines above a row, which repeat what its arguments say."""
    for statement in notes_of(flow, action):
        for stretch in _IN_PERCENT.finditer(flow.script.text, statement.start, statement.end):
            for name in _mention(variable).finditer(flow.script.text, *stretch.span()):
                yield Edit(*name.span(), words)


def noted_secret(flow: Flow, action: Action, secret: str) -> Iterator[tuple[int, int]]:
    """Yield where a secret stands in the ``@@`` lines above a row, which repeat its arguments.

    Args:
        flow: The flow.
        action: The row.
        secret: The secret in clear.
    """
    for statement in notes_of(flow, action):
        clause = statement.clauses[0]
        start, end = statement.start + clause.start, statement.start + clause.end
        for span in secret_spans(secret, flow.script.text, start, end):
            if len(secret) >= SHORTEST_SECRET or span == (start + 1, end - 1):
                yield span


def _mention(variable: Variable) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.']){re.escape(variable.name)}(?![\w'])", re.IGNORECASE)


def _refuse_unclear(flow: Flow, variable: Variable) -> None:
    """Refuse rows that name a variable and are not understood.

    Raises:
        NotPossibleError: There is one.
    """
    mention = _mention(variable)
    diagnostics = [diagnostic.start for diagnostic in flow.script.diagnostics]
    for action in flow.actions:
        statement = action.statement
        unclear = statement.kind is Kind.OPAQUE or any(
            statement.start <= start < statement.end for start in diagnostics
        )
        if unclear and mention.search(flow.script.text, statement.start, statement.end):
            where = action.subflow.name
            raise NotPossibleError(
                NOT_UNDERSTOOD(row=action.row, subflow=where, name=variable.name)
            )


def argument_span(flow: Flow, statement: Statement, place: int) -> tuple[int, int]:
    """Return where an argument of a statement stands, with its name and the space before it.

    Args:
        flow: The flow.
        statement: The statement.
        place: Which of its clauses; an argument.
    """
    clause = statement.clauses[place]
    value_start, end = statement.start + clause.start, statement.start + clause.end
    head = flow.script.text[statement.start : value_start]
    name = re.search(r"\s*@?\s*(?:'(?:[^'\\]|\\.)*'|[\w.]+)\s*:\s*$", head)
    if clause.role is not Role.ARGUMENT or name is None:
        message = "not an argument"
        raise ValueError(message)
    return statement.start + name.start(), end
