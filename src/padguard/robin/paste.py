"""Says why the designer would refuse a text as a paste, as far as the language alone tells."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from padguard.foundation.messages import Message, mark
from padguard.robin.literals import PieceKind, content_span, pieces
from padguard.robin.statements import CASE_COMPARISON, STATEMENT_WORDS
from padguard.robin.tokens import TokenKind, tokenize
from padguard.robin.tree import HEADER_KINDS, Diagnostic, Kind, Script, Statement
from padguard.robin.unclear import ESCAPED_CLOSING

HEADER_LINE = mark(
    "robin", "This line belongs to the header of a flow, which cannot be pasted. Leave it out."
)
SUBFLOW = mark(
    "robin",
    "A subflow cannot be pasted. Add it in the designer, then paste into it the lines between "
    "FUNCTION and END FUNCTION.",
)
ANNOTATION = mark("robin", "The designer does not accept this @@ line as a paste. Leave it out.")
ANNOTATION_PLACE = mark(
    "robin", "The designer accepts this @@ line only directly above an action. Leave it out."
)
APOSTROPHE = mark("robin", r"An apostrophe inside text must be written \' instead.")
ELSE_IF_ACTION = mark(
    "robin", "ELSE IF cannot ask an action. Write ELSE, and inside it an IF with an END of its own."
)
BLOCK_IN_HANDLER = mark(
    "robin",
    "An error handler cannot hold {name}. Set a variable in it, and test the variable behind it.",
)
NOT_IN_HANDLER = mark(
    "robin", "An error handler may hold only SET, CALL, GOTO and THROW ERROR. Move this behind it."
)
REPEAT_OF_BLOCK = mark(
    "robin",
    "A block needs a line ON BLOCK ERROR without REPEAT. Take REPEAT out: on its own, it is only "
    "for the ON ERROR of a single action.",
)
NAME_START = mark("robin", "{name} cannot be the name of a variable: names start with a letter.")
TWO_STATEMENTS = mark("robin", "A second statement starts at {text}. Give it a line of its own.")


class PasteProblem(NamedTuple):
    """Why a text cannot be pasted as it is; offsets count characters of the script.

    ``drops_paste`` tells whether the designer then drops the whole text without a word; else the
    row arrives with an error.
    """

    start: int
    end: int
    message: Message
    drops_paste: bool


_HANDLERS = frozenset({Kind.ON_ERROR, Kind.ON_BLOCK_ERROR})
_HEADS = frozenset(
    {Kind.IF, Kind.SWITCH, Kind.LOOP, Kind.LOOP_FOREACH, Kind.LOOP_WHILE, Kind.BLOCK}
)
_PARTS = frozenset({Kind.ELSE_IF, Kind.ELSE, Kind.CASE, Kind.DEFAULT, Kind.END})
_IN_HANDLERS = frozenset(
    {Kind.SET, Kind.CALL, Kind.GOTO, Kind.THROW, Kind.REPEAT_ACTION, Kind.REPEAT_BLOCK}
    | {Kind.BLANK, Kind.COMMENT, Kind.FOOTER, Kind.OPAQUE} | _HANDLERS | _PARTS
)  # fmt: skip
_NO_ACTION = frozenset(
    HEADER_KINDS | _HANDLERS | _PARTS | {Kind.REGION, Kind.END_REGION, Kind.COMMENT, Kind.BLANK}
    | {Kind.ANNOTATION, Kind.FUNCTION, Kind.END_FUNCTION, Kind.FOOTER, Kind.OPAQUE}
)  # fmt: skip
_BARE_WORD = re.compile(r"\s*(?:DISABLE\s+)?CASE\s+\w+\s*", re.IGNORECASE)
_QUOTE = re.compile(r"\\[\s\S]|'")


def paste_problems(script: Script) -> list[PasteProblem]:
    """Return why the designer would refuse the text of a script as a paste, in its order.

    The rules are those that paste probes against the designer have shown; what the text calls and
    names is not checked, since that takes the catalogue of actions.
    """
    unclear: defaultdict[int, list[Diagnostic]] = defaultdict(list)
    starts = [statement.start for statement in script.statements]
    for diagnostic in script.diagnostics:
        unclear[bisect_right(starts, diagnostic.start) - 1].append(diagnostic)
    problems: list[PasteProblem] = []
    for index, statement in enumerate(script.statements):
        found = list(_statement_problems(script, index, statement))
        if not any(problem.drops_paste for problem in found):  # else it explains the rest
            found += (_not_understood(script, statement, d) for d in unclear[index])
        problems += found
    return problems


def _statement_problems(script: Script, index: int, statement: Statement) -> Iterator[PasteProblem]:
    whole = (statement.start + statement.code, statement.end)
    message = _line_problem(script, index, statement)
    if message:
        yield PasteProblem(*whole, message, message is not REPEAT_OF_BLOCK)
    if statement.opener >= 0 and script.statements[statement.opener].kind in _HANDLERS:
        if statement.kind in _HEADS:
            word = statement.kind.name.partition("_")[0]
            yield PasteProblem(*whole, BLOCK_IN_HANDLER(name=word), drops_paste=True)
        elif statement.kind not in _IN_HANDLERS:
            yield PasteProblem(*whole, NOT_IN_HANDLER, drops_paste=False)
    for name in statement.writes:
        if not name[0].isalpha():
            yield PasteProblem(*whole, NAME_START(name=name), drops_paste=True)
    if statement.kind not in (Kind.COMMENT, Kind.FOOTER) and "$'''" in script.source(statement):
        yield from _text_problems(script.text, statement)


def _line_problem(script: Script, index: int, statement: Statement) -> Message | None:
    """Return why no paste may hold such a line, whatever stands in it."""
    kind = statement.kind
    if kind in HEADER_KINDS:
        return HEADER_LINE
    if kind is Kind.FUNCTION:
        return SUBFLOW
    if kind is Kind.ANNOTATION:
        return _annotation_problem(script, index, statement)
    if kind is Kind.ELSE_IF and statement.action:
        return ELSE_IF_ACTION
    if kind is Kind.ON_BLOCK_ERROR and any(c.name == "REPEAT" for c in statement.clauses):
        followers = (s.kind for s in script.statements[index + 1 : index + 3])
        goes_on = next((k for k in followers if k is not Kind.BLANK), None) is Kind.ON_BLOCK_ERROR
        return None if goes_on else REPEAT_OF_BLOCK
    return None


def _annotation_problem(script: Script, index: int, statement: Statement) -> Message | None:
    clause = statement.clauses[0]
    followers = script.statements[index + 1 : index + 2]
    key = clause.name.casefold()
    if key == "flowname" and any(s.action.casefold() == "external.runflow" for s in followers):
        return None  # the designer copies it along with the action that runs another flow
    value = script.clause_text(statement, clause).strip("'").casefold()
    if key != "copilotgeneratedaction" or value != "false":
        return ANNOTATION
    above_action = any(follower.kind not in _NO_ACTION for follower in followers)
    return None if above_action else ANNOTATION_PLACE


def _text_problems(text: str, statement: Statement) -> Iterator[PasteProblem]:
    """Yield the first wrong quote of every ``$'''…'''`` literal."""
    for token in tokenize(text, statement.start, statement.end):
        if token.kind is TokenKind.TEXT:
            first, last = content_span(text[token.start : token.end])
            last += token.start
            outside = (  # between percent signs, quotes stand as they are
                piece
                for piece in pieces(text, token.start + first, last)
                if piece.kind is not PieceKind.EXPRESSION
            )
            problems = (_quote_problem(text, piece.start, piece.end, last) for piece in outside)
            yield from islice(filter(None, problems), 1)


def _quote_problem(text: str, start: int, end: int, content_end: int) -> PasteProblem | None:
    for match in _QUOTE.finditer(text, start, end):
        if match[0] == "'":
            return PasteProblem(*match.span(), APOSTROPHE, drops_paste=True)
        if match[0] == r"\'" and text.startswith("''", match.end(), content_end):
            return PasteProblem(*match.span(), ESCAPED_CLOSING, drops_paste=True)
    return None


def _not_understood(script: Script, statement: Statement, diagnostic: Diagnostic) -> PasteProblem:
    start, end, message = diagnostic
    text = script.text[start:end]
    if text.upper() in STATEMENT_WORDS and start > statement.start + statement.code:
        message = TWO_STATEMENTS(text=text) if message.params.get("text") == text else message
    # The designer takes a bare word behind CASE for a value that is wrong.
    lands = message == CASE_COMPARISON and _BARE_WORD.fullmatch(script.source(statement))
    return PasteProblem(start, end, message, drops_paste=not lands)
