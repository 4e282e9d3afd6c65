"""Reads Robin text into a lossless tree; whatever the text, nothing is lost and nothing raised."""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from padguard.foundation.messages import Message, mark
from padguard.robin.header import HEADER_LINES, read_header
from padguard.robin.statements import read_statement
from padguard.robin.tokens import LINE
from padguard.robin.tree import Diagnostic, Header, Kind, Script, Statement

COMMENT_NEVER_ENDS = mark("robin", "The comment never ends.")
STRAY_END = mark("robin", "This END closes nothing.")
STRAY_BRANCH = mark("robin", "This branch belongs to no IF or SWITCH.")
NEVER_CLOSED = mark("robin", "This block is never closed by an END.")

# Most lines of a flow stand in it more than once, and all but one stand as they were after an
# edit: what a line says is worked out once. Long lines repeat too rarely to be kept.
_REMEMBERED_LENGTH = 1000
_remembered = lru_cache(maxsize=8192)(read_statement)


def parse(text: str) -> Script:
    """Return the tree of a script, of text copied from the designer, or of any other text."""
    diagnostics: list[Diagnostic] = []
    statements = list(_statements(text, diagnostics))
    _nest(statements, diagnostics)
    diagnostics.sort(key=attrgetter("start", "end"))
    return Script(text, statements, diagnostics, read_header(text, statements))


def parse_header(text: str) -> Header:
    """Return what the header of a script declares, without reading the rest of it."""
    statements: list[Statement] = []
    for statement in _statements(text, []):
        if statement.kind not in HEADER_LINES:
            break
        statements.append(statement)
    return read_header(text, statements)


def _statements(text: str, diagnostics: list[Diagnostic]) -> Iterator[Statement]:
    """Yield statements that tile the text, not yet nested."""
    for match in LINE.finditer(text):
        start, end = match.span()
        if match.lastindex:
            yield _comment(text, match, diagnostics)
        elif start < end:
            read = _remembered if end - start <= _REMEMBERED_LENGTH else read_statement
            kind, code, disabled, action, clauses, reads, writes, problems = read(text[start:end])
            for first, last, message in problems:
                diagnostics.append(Diagnostic(start + first, start + last, message))
            yield Statement(kind, start, end, code, disabled, 0, -1, action, clauses, reads, writes)


def _comment(text: str, match: re.Match[str], diagnostics: list[Diagnostic]) -> Statement:
    """Return a comment or footer."""
    kind = Kind.FOOTER if match.lastindex == 1 else Kind.COMMENT
    start, end = match.span()
    code, code_end = match.span(match.lastindex or 0)
    if text.startswith("/#", code) and not text.endswith("#/", code + 2, code_end):
        diagnostics.append(Diagnostic(code, code_end, COMMENT_NEVER_ENDS))
    return Statement(kind, start, end, code - start, False, 0, -1, "", (), (), ())  # noqa: FBT003 - a field


_OPENS = frozenset(
    {Kind.IF, Kind.SWITCH, Kind.LOOP, Kind.LOOP_FOREACH, Kind.LOOP_WHILE, Kind.BLOCK}
    | {Kind.ON_ERROR, Kind.ON_BLOCK_ERROR, Kind.FUNCTION}
)
_IF_PARTS = (Kind.IF, Kind.ELSE_IF)
_CASES = (Kind.CASE, Kind.DEFAULT)
_CONTINUES = {  # what a branch may follow at the same level
    Kind.ELSE_IF: _IF_PARTS,
    Kind.ELSE: _IF_PARTS,
    Kind.ON_ERROR: (Kind.ON_ERROR,),
    Kind.ON_BLOCK_ERROR: (Kind.ON_BLOCK_ERROR,),
    Kind.CASE: _CASES,
    Kind.DEFAULT: _CASES,
}


_SHAPING = _OPENS | _CONTINUES.keys() | {Kind.END, Kind.END_FUNCTION}


def _nest(statements: list[Statement], diagnostics: list[Diagnostic]) -> None:
    """Set depth and opener of every statement; note what does not match."""
    open_blocks: list[int] = []  # indices of heads, outermost first
    for index, statement in enumerate(statements):
        opens = statement.kind in _SHAPING and _close_before(
            statement, statements, open_blocks, diagnostics
        )
        if open_blocks:
            statement.depth = len(open_blocks)
            statement.opener = open_blocks[-1]
        if opens:
            open_blocks.append(index)
    _close_all(statements, open_blocks, diagnostics)


def _close_before(
    statement: Statement,
    statements: list[Statement],
    open_blocks: list[int],
    diagnostics: list[Diagnostic],
) -> bool:
    """Close the blocks that end where a statement stands; return whether it heads one itself."""
    kind = statement.kind
    innermost = statements[open_blocks[-1]].kind if open_blocks else Kind.FUNCTION
    if kind is Kind.FUNCTION:
        _close_all(statements, open_blocks, diagnostics)
    elif kind is Kind.END_FUNCTION:
        _close_all(statements, open_blocks, diagnostics, keep_function=True)
        if open_blocks:
            open_blocks.pop()
        else:
            diagnostics.append(_of_code(statement, STRAY_END))
    elif kind is Kind.END:
        if innermost is Kind.FUNCTION:
            diagnostics.append(_of_code(statement, STRAY_END))
        else:  # the END of a SWITCH closes its last CASE too
            del open_blocks[-2 if innermost in _CASES else -1 :]
    elif innermost in _CONTINUES.get(kind, ()):
        open_blocks.pop()
        return True
    elif kind in _CONTINUES and kind not in _OPENS:
        if kind in _CASES and innermost is Kind.SWITCH:
            return True
        diagnostics.append(_of_code(statement, STRAY_BRANCH))
    return kind in _OPENS


def _close_all(
    statements: list[Statement],
    open_blocks: list[int],
    diagnostics: list[Diagnostic],
    *,
    keep_function: bool = False,
) -> None:
    """Close what a subflow or the text leaves open."""
    while open_blocks:
        head = statements[open_blocks[-1]]
        if keep_function and head.kind is Kind.FUNCTION:
            return
        open_blocks.pop()
        if head.kind not in _CASES:
            diagnostics.append(_of_code(head, NEVER_CLOSED))


def _of_code(statement: Statement, message: Message) -> Diagnostic:
    return Diagnostic(statement.start + statement.code, statement.end, message)
