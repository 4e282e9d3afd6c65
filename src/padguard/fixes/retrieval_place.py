"""Where in a script an action is put that has to run before others."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from padguard.analysis.program import Program
from padguard.fixes.draft import Draft
from padguard.fixes.fix import NotPossibleError
from padguard.fixes.retrieval_order import Order
from padguard.fixes.rows import notes_of
from padguard.flow.model import Action, Flow, Subflow
from padguard.foundation.messages import mark
from padguard.robin.header import HEADER_LINES
from padguard.robin.tree import HEADER_KINDS, Kind

SEVERAL_SUBFLOWS = mark(
    "fixes",
    "It is needed in several subflows, so no place lies just before all of them. Put it at the "
    "start instead.",
)
PASSED_BY = mark(
    "fixes",
    "The flow may get to row {row} without passing a place just before it, because of a jump "
    "(Go to). Put it at the start instead.",
)

_BRANCHES = frozenset({Kind.ELSE, Kind.ELSE_IF, Kind.CASE, Kind.DEFAULT, Kind.END})
_HANDLERS = frozenset({Kind.ON_ERROR, Kind.ON_BLOCK_ERROR})
_HEADS_OF_BRANCHES = frozenset({Kind.IF, Kind.SWITCH})


class Spot(NamedTuple):
    """A place for a new row: before a character of the script, and before which row that is.

    ``before`` is None where no row follows.
    """

    offset: int
    subflow: Subflow
    before: Action | None


def start_spot(flow: Flow, subflow: Subflow) -> Spot:
    """Return the place at the start of a subflow, behind the header that it or the flow has."""
    statements = flow.script.statements
    function = subflow.function
    begin = 0 if function is None else statements.index(function) + 1
    last = begin - 1
    for index in range(begin, len(statements)):
        if statements[index].kind in HEADER_KINDS:
            last = index
        elif statements[index].kind not in HEADER_LINES:
            break
    for action in subflow.actions:
        if action.statement_index > last:
            return _spot(flow, action)
    return Spot(_end_of(flow, begin), subflow, None)


def _end_of(flow: Flow, begin: int) -> int:
    """Return where a subflow without rows ends."""
    for statement in flow.script.statements[begin:]:
        if statement.kind in (Kind.FUNCTION, Kind.END_FUNCTION):
            return statement.start
    return len(flow.script.text)


def spot_just_before(program: Program, flow: Flow, uses: Sequence[Action]) -> Spot:
    """Return the place just before the first of some actions, from which all of them are reached.

    Raises:
        NotPossibleError: There is none; the message says why.
    """
    first = min(uses, key=lambda action: action.index)
    if any(use.subflow is not first.subflow for use in uses):
        raise NotPossibleError(SEVERAL_SUBFLOWS)
    row = _row_in_common_block(flow, first, uses)
    order = Order(program, flow, row)
    for use in uses:
        if use is not row and not order.is_before(use):
            raise NotPossibleError(PASSED_BY(row=use.row))
    return _spot(flow, row)


def _row_in_common_block(flow: Flow, first: Action, uses: Sequence[Action]) -> Action:
    """Return the row before which a row can be put that lies in a block around all actions."""
    actions = {action.statement_index: action for action in first.subflow.actions}
    shared = set.intersection(*({*_blocks_around(flow, use.statement_index)} for use in uses))
    index = first.statement_index
    while True:
        statement = flow.script.statements[index]
        if statement.kind in _HANDLERS or statement.kind in _BRANCHES:
            index = _head(flow, index)
        elif statement.opener in shared or statement.opener not in actions:
            if statement.opener >= 0 and not _takes_rows(flow, statement.opener):
                index = statement.opener
            else:
                return actions[index]
        else:
            index = statement.opener


def _takes_rows(flow: Flow, opener: int) -> bool:
    """Tell whether any row may stand directly in the block that a statement heads."""
    kind = flow.script.statements[opener].kind
    return kind not in _HANDLERS and kind is not Kind.SWITCH


def _blocks_around(flow: Flow, index: int) -> Iterator[int]:
    """Yield the heads of the blocks that a statement lies in, the innermost first; last -1."""
    while index >= 0:
        index = flow.script.statements[index].opener
        yield index


def _head(flow: Flow, index: int) -> int:
    """Return the statement that a branch or an error handler belongs to."""
    statements = flow.script.statements
    branch = statements[index]
    if branch.kind in (Kind.CASE, Kind.DEFAULT, Kind.ON_BLOCK_ERROR):
        return branch.opener
    for before in range(index - 1, -1, -1):
        found = statements[before]
        beside = found.opener == branch.opener
        if branch.kind in _HANDLERS:
            if beside and found.kind not in (*_HANDLERS, Kind.BLANK, Kind.COMMENT):
                return before
        elif beside and found.kind in _HEADS_OF_BRANCHES:
            return before
    return index


def _spot(flow: Flow, action: Action) -> Spot:
    """Return the place before a row and the ``@@`` lines that belong to it."""
    first = [*notes_of(flow, action), action.statement][0]
    return Spot(first.start, action.subflow, action)


def insert_row(draft: Draft, flow: Flow, spot: Spot, row: str) -> None:
    """Have a row put at a place, laid out as the script is.

    Args:
        draft: Gathers the change.
        flow: The flow.
        spot: The place.
        row: The text of the row with its ``@@`` lines, their lines ended by LF.
    """
    text = flow.script.text
    newline = "\r\n" if "\r\n" in text or "\n" not in text else "\n"
    line = text[spot.offset :].partition("\n")[0]
    indent = line[: len(line) - len(line.lstrip())] if spot.before is not None else ""
    if spot.before is None and spot.subflow.function is not None:
        indent = "    "
    lead = newline if spot.offset and text[spot.offset - 1] not in "\r\n" else ""
    draft.insert(flow, spot.offset, f"{lead}{indent}{row.replace(chr(10), newline)}{newline}")
