"""Reads Robin text into a lossless tree; whatever the text, nothing is lost and nothing raised."""

from collections.abc import Iterator

from padguard.foundation.messages import mark
from padguard.robin.expressions import RawToken
from padguard.robin.header import HEADER_LINES, read_header
from padguard.robin.statements import Draft, read_statement
from padguard.robin.tokens import RULE, TokenKind
from padguard.robin.tree import Diagnostic, Header, Kind, Script, Statement

MAX_TOKENS = 50_000  # a line that people did not write, and that would take seconds to understand

TOO_LONG = mark("robin", "The line is too long to be read.")
COMMENT_NEVER_ENDS = mark("robin", "The comment never ends.")
STRAY_END = mark("robin", "This END closes nothing.")
STRAY_BRANCH = mark("robin", "This branch belongs to no IF or SWITCH.")
NEVER_CLOSED = mark("robin", "This block is never closed by an END.")

_SPACE, _NEWLINE = int(TokenKind.SPACE), int(TokenKind.NEWLINE)
_WHOLE = {int(TokenKind.COMMENT): Kind.COMMENT, int(TokenKind.FOOTER): Kind.FOOTER}


def parse(text: str) -> Script:
    """Return the tree of a script, of text copied from the designer, or of any other text."""
    diagnostics: list[Diagnostic] = []
    statements = list(_statements(text, diagnostics))
    diagnostics += _nest(statements)
    diagnostics.sort()
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
    tokens: list[RawToken] = []
    start = 0
    for match in RULE.finditer(text):
        kind = match.lastindex or 0
        if kind == _SPACE:
            continue
        if kind in _WHOLE:
            if tokens:
                yield _read(text, tokens, start, match.start(), diagnostics)
                tokens, start = [], match.start()
            yield from _whole(text, kind, start, match.end(), diagnostics)
            start = _after_line_break(text, match.end())
        elif kind != _NEWLINE:
            if len(tokens) < MAX_TOKENS:
                tokens.append((kind, match.start(), match.end()))
        elif match.start() >= start:
            yield _read(text, tokens, start, match.end(), diagnostics)
            tokens, start = [], match.end()
    if start < len(text):
        yield _read(text, tokens, start, len(text), diagnostics)


def _after_line_break(text: str, position: int) -> int:
    """Return where the line after a line break at ``position`` starts, else ``position``."""
    if text.startswith("\r\n", position):
        return position + 2
    return position + text.startswith(("\n", "\r"), position)


def _whole(
    text: str, kind: int, start: int, end: int, diagnostics: list[Diagnostic]
) -> Iterator[Statement]:
    """Yield a comment or footer, with the line break behind it."""
    code = end - len(text[start:end].lstrip())
    if text.startswith("/#", code) and not text.endswith("#/", code + 2, end):
        diagnostics.append(Diagnostic(code, end, COMMENT_NEVER_ENDS))
    end = _after_line_break(text, end)
    yield Statement(_WHOLE[kind], start, end, code - start, False, 0, -1, "", (), (), ())  # noqa: FBT003 - a field


def _read(
    text: str, tokens: list[RawToken], start: int, end: int, diagnostics: list[Diagnostic]
) -> Statement:
    """Return the statement that the tokens of a line make."""
    if not tokens:
        return Statement(Kind.BLANK, start, end, 0, False, 0, -1, "", (), (), ())  # noqa: FBT003 - a field
    kind, first_start, first_end = tokens[0]
    disabled = (
        kind == TokenKind.NAME and len(tokens) > 1 and first_end - first_start == len("DISABLE")
    ) and text[first_start:first_end].upper() == "DISABLE"
    if len(tokens) >= MAX_TOKENS:
        problem = (first_start, tokens[-1][2], TOO_LONG)
        draft = Draft(Kind.OPAQUE, "", (), (), (), (problem,))
    else:
        draft = read_statement(text, tokens, int(disabled), start)
    if draft.problems:
        diagnostics += [Diagnostic(*problem) for problem in draft.problems]
    return Statement(
        draft.kind,
        start,
        end,
        tokens[disabled][1] - start,
        disabled,
        0,
        -1,
        draft.action,
        draft.clauses,
        draft.reads,
        draft.writes,
    )


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


def _nest(statements: list[Statement]) -> Iterator[Diagnostic]:
    """Set depth and opener of every statement; yield what does not match."""
    open_blocks: list[int] = []  # indices of heads, outermost first
    for index, statement in enumerate(statements):
        kind = statement.kind
        if kind is Kind.END:
            yield from _close(statements, open_blocks, statement)
        elif kind in _CONTINUES and open_blocks:
            if statements[open_blocks[-1]].kind in _CONTINUES[kind]:
                open_blocks.pop()
            elif kind not in _OPENS and not _is_case_of(statements, open_blocks, kind):
                yield Diagnostic(statement.start + statement.code, statement.end, STRAY_BRANCH)
        elif kind in _CONTINUES and kind not in _OPENS:
            yield Diagnostic(statement.start + statement.code, statement.end, STRAY_BRANCH)
        elif kind in (Kind.FUNCTION, Kind.END_FUNCTION):
            yield from _close_all(statements, open_blocks, keep_function=kind is Kind.END_FUNCTION)
            if kind is Kind.END_FUNCTION and open_blocks:
                open_blocks.pop()
        statement.depth = len(open_blocks)
        statement.opener = open_blocks[-1] if open_blocks else -1
        if kind in _OPENS or kind in _CONTINUES:
            open_blocks.append(index)
    yield from _close_all(statements, open_blocks, keep_function=False)


def _is_case_of(statements: list[Statement], open_blocks: list[int], kind: Kind) -> bool:
    return kind in _CASES and statements[open_blocks[-1]].kind is Kind.SWITCH


def _close(
    statements: list[Statement], open_blocks: list[int], end: Statement
) -> Iterator[Diagnostic]:
    """Close the innermost block; the END of a SWITCH closes its last CASE too."""
    if not open_blocks or statements[open_blocks[-1]].kind is Kind.FUNCTION:
        yield Diagnostic(end.start + end.code, end.end, STRAY_END)
        return
    closed = statements[open_blocks.pop()]
    if closed.kind in _CASES and open_blocks:
        open_blocks.pop()


def _close_all(
    statements: list[Statement], open_blocks: list[int], *, keep_function: bool
) -> Iterator[Diagnostic]:
    """Close what a subflow or the text leaves open."""
    while open_blocks:
        head = statements[open_blocks[-1]]
        if keep_function and head.kind is Kind.FUNCTION:
            return
        open_blocks.pop()
        if head.kind not in _CASES:
            yield Diagnostic(head.start + head.code, head.end, NEVER_CLOSED)
