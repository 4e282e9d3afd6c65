"""What has to be known of a row before it is changed, switched off or deleted."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from padguard.catalog.lookup import load
from padguard.fixes.fix import NotPossibleError
from padguard.flow.model import Action, Flow, VariableKind
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind, Statement

HEADS_BLOCK = mark(
    "fixes", "Row {row} belongs to a block with other rows. Change the block in the designer."
)
HAS_HANDLER = mark(
    "fixes",
    "Row {row} has error handling of its own, and how the designer writes that for a disabled row "
    "is not known. Do it in the designer.",
)
HAS_NOTES = mark(
    "fixes",
    "The designer keeps notes of its own with row {row}, and how it writes them for a disabled row "
    "is not known. Do it in the designer.",
)
IN_HANDLER = mark("fixes", "This is part of the error handling of row {row}. Change it there.")
IS_NEEDED = mark(
    "fixes", "Row {row} sets {name}, which other rows use. They would have no value to work with."
)
IS_OUTPUT = mark("fixes", "Row {row} sets {name}, which is an output of the flow.")

OF_THE_ROW: Final = frozenset({"source", "copilotgeneratedaction", "flowname"}) | {
    "connectiondisplayname"
}
"""Keys of ``@@…`` lines that say how a row came about or what it runs, in lower case."""
_ALONE: Final = frozenset({Kind.ACTION, Kind.SET, Kind.CALL, Kind.WAIT, Kind.EXIT})


def refuse_part_of_block(action: Action) -> None:
    """Refuse a row that other rows hang on, or that is no row of its own.

    Raises:
        NotPossibleError: It is one.
    """
    if not action.own_row:
        raise NotPossibleError(IN_HANDLER(row=action.row))
    if action.statement.kind not in _ALONE:
        raise NotPossibleError(HEADS_BLOCK(row=action.row))


def refuse_handler(flow: Flow, action: Action) -> None:
    """Refuse a row with error handling of its own.

    Raises:
        NotPossibleError: It has one.
    """
    following = flow.script.statements[action.statement_index + 1 :]
    behind = next((one for one in following if one.kind is not Kind.BLANK), None)
    if behind is not None and behind.kind is Kind.ON_ERROR:
        raise NotPossibleError(HAS_HANDLER(row=action.row))


def refuse_needed(flow: Flow, action: Action) -> None:
    """Refuse a row that sets what others need: the designer forgets variables of disabled rows.

    Raises:
        NotPossibleError: Something that it sets is used elsewhere.

    Source: "Manage variables", note on the variables of disabled actions.
    """
    for variable in action.writes:
        if variable.kind is VariableKind.OUTPUT:
            raise NotPossibleError(IS_OUTPUT(row=action.row, name=variable.name))
        for other in flow.actions:
            reads = variable in other.reads and other is not action
            if reads and not other.statement.disabled:
                raise NotPossibleError(IS_NEEDED(row=action.row, name=variable.name))


def notes_of(flow: Flow, action: Action) -> list[Statement]:
    """Return the ``@@…`` lines that the designer keeps before a row, in the order of the text."""
    found: list[Statement] = []
    for statement in reversed(flow.script.statements[: action.statement_index]):
        if statement.kind is not Kind.ANNOTATION:
            break
        found.append(statement)
    return found[::-1]


def in_words(actions: Iterable[Action | None]) -> str:
    """Return the rows of actions by subflow, each once: ``Main: 1, 4; Sign in: 2``."""
    rows: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for action in actions:
        if action is not None:
            rows[action.subflow.name][action.row] = None
    return "; ".join(f"{name}: {', '.join(map(str, found))}" for name, found in rows.items())


def label(action_id: str, name: str) -> str:
    """Return what the designer calls an input of an action."""
    form = load().form(action_id) if action_id else None
    parameter = form.input(name) if form else None
    return parameter.label if parameter else name
