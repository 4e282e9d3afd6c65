"""Has a block that swallows its errors pass them on."""

from collections.abc import Iterator

from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.flow.model import Action, Flow
from padguard.foundation.edits import Edit
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind

TITLE = mark("fixes", "Throw the errors of this block again")
FAILS_NOW = mark(
    "fixes",
    "Where the flow went on silently until now, it fails from now on unless somebody handles the "
    "error. If going on is what you want, set a variable in the error handling instead.",
)
NO_BLOCK = mark("fixes", "The error handling of this block cannot be changed by itself.")
_INDENT = "    "


def _plan(case: Case) -> Plan:
    action = case.action
    edits = list(_edits(case.flow, action)) if action is not None else []
    if not edits:
        raise NotPossibleError(NO_BLOCK)
    draft = case.draft()
    for edit in edits:
        draft.replace(case.flow, edit.start, edit.end, edit.text)
    draft.note(FAILS_NOW)
    return draft.plan()


def _edits(flow: Flow, block: Action) -> Iterator[Edit]:
    """Yield an edit for each handler of a block: it throws the error as the last thing it does.

    A blank line that stands in a handler alone, as the designer writes it, gives way.

    Source: paste probes; a handler may hold SET, CALL, GOTO and THROW ERROR.
    """
    statements = flow.script.statements
    for index, handler in enumerate(statements):
        is_one = handler.kind is Kind.ON_BLOCK_ERROR and not handler.disabled
        if not is_one or not _belongs(flow, index, block):
            continue
        last = index
        while last + 1 < len(statements) and statements[last + 1].depth > handler.depth:
            last += 1
        text = flow.script.text
        line = text[handler.start : handler.end]
        indent = line[: len(line) - len(line.lstrip())] + _INDENT
        ending = "\r\n" if line.endswith("\r\n") else "\n"
        start = end = statements[last].end
        if last == index + 1 and statements[last].kind is Kind.BLANK:
            start = statements[last].start
        yield Edit(start, end, f"{indent}THROW ERROR{ending}")


def _belongs(flow: Flow, handler: int, block: Action) -> bool:
    """Tell whether a handler is one of a block; of several each follows the one before."""
    statements = flow.script.statements
    opener = statements[handler].opener
    while opener >= 0 and statements[opener].kind is Kind.ON_BLOCK_ERROR:
        opener = statements[opener].opener
    return opener == block.statement_index


RECIPE = Recipe("pass-error-on", ("PG705",), Applicability.REVIEW, lambda _case: TITLE, _plan)
