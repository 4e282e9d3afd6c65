"""Reads one statement from the tokens of one logical line."""

from collections.abc import Callable
from typing import NamedTuple, NoReturn

from padguard.foundation.messages import Message, mark
from padguard.robin.cursor import Cursor
from padguard.robin.tokens import KEYWORDS, TokenKind, raw_tokens
from padguard.robin.tree import Clause, Kind, Role
from padguard.robin.unclear import UnclearError

MAX_TOKENS = 50_000  # a line that people did not write, and that would take seconds to understand

TOO_LONG = mark("robin", "The line is too long to be read.")
UNKNOWN_STATEMENT = mark("robin", "This is no statement of the language.")
REGION_WORD = mark("robin", "A region is written **REGION with its name, and **ENDREGION.")
THEN_MISSING = mark("robin", "The condition must end with THEN, on the same line.")
CASE_COMPARISON = mark("robin", "CASE takes only a comparison, such as CASE = 1 or CASE > 5.")
HANDLER_BESIDE = mark(
    "robin", "What is to happen on an error stands on lines of its own, below ON ERROR."
)


class Draft(NamedTuple):
    """What a statement says; see `padguard.robin.tree.Statement` for the fields.

    All offsets count from the start of the statement. ``problems`` are what was not understood:
    start, end and why.
    """

    kind: Kind
    code: int
    disabled: bool
    action: str
    clauses: tuple[Clause, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    problems: tuple[tuple[int, int, Message], ...]


def read_statement(source: str) -> Draft:
    """Return what a line says; what is unclear is a problem of the draft, never an exception.

    Args:
        source: The text of the statement, from its indentation to its line break, no comment.
    """
    tokens = raw_tokens(source, 0, len(source), MAX_TOKENS)
    if not tokens:
        return _BLANK
    disabled = len(tokens) > 1 and tokens[0][0] == TokenKind.NAME and tokens[0][3] == "DISABLE"
    code = tokens[disabled][1]
    if len(tokens) >= MAX_TOKENS:
        problem = (code, tokens[-1][2], TOO_LONG)
        return Draft(Kind.OPAQUE, code, disabled, "", (), (), (), (problem,))
    cursor = Cursor(source, tokens, int(disabled))
    try:
        kind = _statement(cursor)
        if cursor.next < cursor.last:
            cursor.fail()
    except UnclearError as error:
        cursor.problems.append((error.start, error.end, error.message))
        kind, cursor.action, cursor.clauses, cursor.writes = Kind.OPAQUE, "", [], []
    return Draft(
        kind,
        code,
        disabled,
        cursor.action,
        tuple(cursor.clauses),
        _distinct(cursor.reads),
        _distinct(cursor.writes),
        tuple(cursor.problems),
    )


_BLANK = Draft(Kind.BLANK, 0, False, "", (), (), (), ())  # noqa: FBT003 - a field


def _distinct(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names)) if len(names) > 1 else tuple(names)


def _statement(cursor: Cursor) -> Kind:
    kind = cursor.kind()
    word = cursor.word()
    if kind == TokenKind.NAME:
        if "." in word:
            return _call_action(cursor, Kind.ACTION)
        reader = _STATEMENTS.get(word)
        if reader is not None:
            cursor.next += 1
            return reader(cursor)
    elif kind == TokenKind.REGION:
        start = cursor.tokens[cursor.next][1]
        cursor.next += 1
        closing = cursor.text[start : start + 5].upper() == "**END"
        return Kind.END_REGION if closing else Kind.REGION
    elif word in ("@", "@@"):
        cursor.next += 1
        return _annotation(cursor) if word == "@@" else _declaration(cursor)
    return cursor.fail(UNKNOWN_STATEMENT)


def _call_action(cursor: Cursor, kind: Kind) -> Kind:
    cursor.action = cursor.source(cursor.next)
    cursor.next += 1
    cursor.arguments()
    return kind


def _annotation(cursor: Cursor) -> Kind:
    if cursor.kind() not in (TokenKind.NAME, TokenKind.QUOTED):
        cursor.fail()
    name = cursor.source(cursor.next).strip("'")
    cursor.next += 1
    cursor.take(":")
    end = cursor.tokens[-1][2]
    start = cursor.tokens[cursor.next][1] if cursor.next < cursor.last else end
    cursor.clause(Role.VALUE, name, start, end)
    cursor.next = cursor.last
    return Kind.ANNOTATION


def _declaration(cursor: Cursor) -> Kind:
    word = cursor.word()
    cursor.next += 1
    if word == "SENSITIVE":
        cursor.take(":")
        _names_in_brackets(cursor)
        return Kind.SENSITIVE
    if word not in ("INPUT", "OUTPUT"):
        cursor.next -= 1
        cursor.fail(UNKNOWN_STATEMENT)
    cursor.variable(Role.TARGET)
    cursor.take(":")
    cursor.value(Role.VALUE, "", cursor.last)
    return Kind.INPUT if word == "INPUT" else Kind.OUTPUT


def _names_in_brackets(cursor: Cursor) -> None:
    cursor.take("[")
    while cursor.word() != "]":
        if cursor.kind() not in (TokenKind.NAME, TokenKind.QUOTED):
            cursor.fail()
        cursor.name()
        if cursor.word() != "]":
            cursor.take(",")
    cursor.next += 1


def _import(cursor: Cursor) -> Kind:
    cursor.value(Role.VALUE, "", cursor.until("AS"))
    cursor.take("AS")
    cursor.name()
    return Kind.IMPORT


def _set(cursor: Cursor) -> Kind:
    if cursor.kind() != TokenKind.NAME:
        cursor.fail()
    stop = cursor.until("TO")
    if stop == cursor.next + 1 and cursor.word().partition(".")[0] != "GLOBAL":
        cursor.variable(Role.TARGET)
    else:  # an element: Row['Name'], Rows[0], GLOBAL.Name
        before = len(cursor.reads)
        cursor.value(Role.TARGET, "", stop)
        cursor.writes += cursor.reads[before : before + 1]
    cursor.take("TO")
    cursor.value(Role.VALUE, "", cursor.last)
    return Kind.SET


def _condition(cursor: Cursor, stop: int) -> None:
    """Read an expression or ``(Action …)`` up to a token."""
    if (
        cursor.word() == "("
        and cursor.kind(1) == TokenKind.NAME
        and "." in cursor.word(1)
        and cursor.next + 2 < stop
        and cursor.starts_argument(cursor.next + 2)
    ):
        cursor.next += 1
        _call_action(cursor, Kind.ACTION)
        cursor.take(")")
        if cursor.next != stop:
            cursor.fail()
    else:
        cursor.value(Role.VALUE, "", stop)


def _if(cursor: Cursor, kind: Kind = Kind.IF) -> Kind:
    then = cursor.until("THEN")
    _condition(cursor, then)
    if then < cursor.last:
        cursor.next += 1
    else:
        end = cursor.tokens[-1][2]
        cursor.problems.append((end, end, THEN_MISSING))
    return kind


def _else(cursor: Cursor) -> Kind:
    if cursor.word() == "IF":
        cursor.next += 1
        return _if(cursor, Kind.ELSE_IF)
    return Kind.ELSE


def _end(cursor: Cursor) -> Kind:
    if cursor.word() == "REGION":
        _region_word(cursor)
    if cursor.word() == "FUNCTION":
        cursor.next += 1
        return Kind.END_FUNCTION
    return Kind.END


def _loop(cursor: Cursor) -> Kind:
    word = cursor.word()
    if word == "FOREACH":
        cursor.next += 1
        cursor.variable(Role.TARGET)
        cursor.take("IN")
        cursor.value(Role.VALUE, "IN", cursor.last)
        return Kind.LOOP_FOREACH
    if word == "WHILE":
        cursor.next += 1
        _condition(cursor, cursor.last)
        return Kind.LOOP_WHILE
    if word != "FROM":
        cursor.variable(Role.TARGET)
    cursor.take("FROM")
    cursor.value(Role.VALUE, "FROM", cursor.until("TO"))
    cursor.take("TO")
    cursor.value(Role.VALUE, "TO", cursor.until("STEP"))
    if cursor.word() == "STEP":
        cursor.next += 1
        cursor.value(Role.VALUE, "STEP", cursor.last)
    return Kind.LOOP


def _switch(cursor: Cursor) -> Kind:
    cursor.value(Role.VALUE, "", cursor.last)
    return Kind.SWITCH


def _case(cursor: Cursor) -> Kind:
    operator = cursor.word()
    if operator not in ("=", "<>", "<", "<=", ">", ">="):
        cursor.fail(CASE_COMPARISON)
    cursor.next += 1
    cursor.value(Role.VALUE, operator, cursor.last)
    return Kind.CASE


def _call(cursor: Cursor) -> Kind:
    cursor.name()
    cursor.arguments()
    return Kind.CALL


def _label(cursor: Cursor) -> Kind:
    cursor.name()
    return Kind.LABEL


def _goto(cursor: Cursor) -> Kind:
    cursor.name()
    return Kind.GOTO


def _wait(cursor: Cursor) -> Kind:
    _condition(cursor, cursor.until("FOR"))
    if cursor.word() == "FOR":
        cursor.next += 1
        cursor.value(Role.VALUE, "FOR", cursor.last)
    return Kind.WAIT


def _exit(cursor: Cursor) -> Kind:
    word = cursor.word()
    if word in ("LOOP", "FUNCTION"):
        cursor.next += 1
        return Kind.EXIT_LOOP if word == "LOOP" else Kind.EXIT_FUNCTION
    cursor.arguments()
    return Kind.EXIT


def _next_loop(cursor: Cursor) -> Kind:
    cursor.take("LOOP")
    return Kind.NEXT_LOOP


def _throw(cursor: Cursor) -> Kind:
    cursor.take("ERROR")
    return Kind.THROW


def _repeat(cursor: Cursor) -> Kind:
    word = cursor.word()
    if word not in ("BLOCK", "ACTION"):
        cursor.fail(UNKNOWN_STATEMENT)
    cursor.next += 1
    return Kind.REPEAT_BLOCK if word == "BLOCK" else Kind.REPEAT_ACTION


def _block(cursor: Cursor) -> Kind:
    if cursor.next < cursor.last:
        cursor.name()
    return Kind.BLOCK


def _on(cursor: Cursor) -> Kind:
    kind = Kind.ON_ERROR
    if cursor.word() == "BLOCK":
        cursor.next += 1
        kind = Kind.ON_BLOCK_ERROR
    cursor.take("ERROR")
    if cursor.word() in KEYWORDS:
        _, start, end, _ = cursor.tokens[cursor.next]
        cursor.problems.append((start, end, HANDLER_BESIDE))
        cursor.next = cursor.last
    elif cursor.kind() in (TokenKind.NAME, TokenKind.QUOTED) and cursor.word() != "REPEAT":
        cursor.name()
        cursor.arguments()
    if cursor.word() == "REPEAT":
        cursor.next += 1
        cursor.value(Role.VALUE, "REPEAT", cursor.until("TIMES"))
        cursor.take("TIMES")
        cursor.take("WAIT")
        cursor.value(Role.VALUE, "WAIT", cursor.last)
    return kind


def _error(cursor: Cursor) -> Kind:
    cursor.take("=>")
    cursor.variable(Role.RESULT)
    cursor.arguments()
    return Kind.READ_ERROR


def _function(cursor: Cursor) -> Kind:
    cursor.name()
    if cursor.word() == "GLOBAL":
        cursor.clause(Role.VALUE, "GLOBAL", *cursor.tokens[cursor.next][1:3])
        cursor.next += 1
        return Kind.FUNCTION
    while cursor.next < cursor.last:
        output = cursor.word() == "OUTPUT"
        cursor.next += output
        cursor.variable(Role.PARAMETER, "OUTPUT" if output else "INPUT")
        if cursor.next < cursor.last:
            cursor.take(",")
    return Kind.FUNCTION


def _region_word(cursor: Cursor) -> NoReturn:
    cursor.next -= 1
    cursor.fail(REGION_WORD)


_STATEMENTS: dict[str, Callable[[Cursor], Kind]] = {
    "SET": _set,
    "IF": _if,
    "ELSE": _else,
    "END": _end,
    "CALL": _call,
    "LOOP": _loop,
    "SWITCH": _switch,
    "CASE": _case,
    "DEFAULT": lambda _: Kind.DEFAULT,
    "EXIT": _exit,
    "NEXT": _next_loop,
    "LABEL": _label,
    "GOTO": _goto,
    "WAIT": _wait,
    "BLOCK": _block,
    "ON": _on,
    "ERROR": _error,
    "THROW": _throw,
    "REPEAT": _repeat,
    "REGION": _region_word,
    "FUNCTION": _function,
    "IMPORT": _import,
}

STATEMENT_WORDS = frozenset(_STATEMENTS)
"""The words that statements start with, in upper case; actions start with their id."""
