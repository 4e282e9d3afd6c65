"""Reads one statement from the tokens of one logical line."""

from collections.abc import Callable
from typing import NamedTuple

from padguard.foundation.messages import Message, mark
from padguard.robin.cursor import Cursor
from padguard.robin.expressions import RawToken, UnclearError
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Clause, Kind, Role

UNKNOWN_STATEMENT = mark("robin", "This is no statement of the language.")


class Draft(NamedTuple):
    """What a statement says; see `padguard.robin.tree.Statement` for the fields.

    ``problems`` are what was not understood: start, end (characters of the script) and why.
    """

    kind: Kind
    action: str
    clauses: tuple[Clause, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    problems: tuple[tuple[int, int, Message], ...]


def read_statement(text: str, tokens: list[RawToken], first: int, origin: int) -> Draft:
    """Return what a line says; what is unclear is a problem of the draft, never an exception.

    Args:
        text: The script.
        tokens: The tokens of the line, spaces and comments left out; at least one from ``first``.
        first: Where the statement starts among them, after DISABLE.
        origin: The offset that clauses count from.
    """
    cursor = Cursor(text, tokens, origin)
    cursor.next = first
    try:
        kind = _statement(cursor)
        if cursor.next < cursor.last:
            cursor.fail()
    except UnclearError as error:
        problems = (*cursor.problems, (error.start, error.end, error.message))
        return Draft(Kind.OPAQUE, "", (), _distinct(cursor.reads), (), problems)
    return Draft(
        kind,
        cursor.action,
        tuple(cursor.clauses),
        _distinct(cursor.reads),
        _distinct(cursor.writes),
        tuple(cursor.problems),
    )


def _distinct(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names)) if len(names) > 1 else tuple(names)


def _statement(cursor: Cursor) -> Kind:
    kind = cursor.kind()
    if kind == TokenKind.NAME:
        _, start, end = cursor.tokens[cursor.next]
        word = cursor.text[start:end]
        if "." in word:
            return _call_action(cursor, Kind.ACTION)
        reader = _STATEMENTS.get(word.upper())
        if reader is not None:
            cursor.next += 1
            return reader(cursor)
    elif kind == TokenKind.REGION:
        cursor.next += 1
        _, start, end = cursor.tokens[cursor.next - 1]
        closing = cursor.text[start : start + 5].upper() == "**END"
        return Kind.END_REGION if closing else Kind.REGION
    elif kind == TokenKind.OPERATOR and cursor.word() in ("@", "@@"):
        cursor.next += 1
        return _annotation(cursor) if cursor.word(-1) == "@@" else _declaration(cursor)
    return cursor.fail(UNKNOWN_STATEMENT)


def _call_action(cursor: Cursor, kind: Kind) -> Kind:
    _, start, end = cursor.tokens[cursor.next]
    cursor.action = cursor.text[start:end]
    cursor.next += 1
    cursor.arguments()
    return kind


def _annotation(cursor: Cursor) -> Kind:
    if cursor.kind() not in (TokenKind.NAME, TokenKind.QUOTED):
        cursor.fail()
    _, start, end = cursor.tokens[cursor.next]
    cursor.next += 1
    cursor.take(":")
    value_start = cursor.tokens[cursor.next][1] if cursor.next < cursor.last else end
    value_end = max(value_start, cursor.tokens[-1][2])
    cursor.clause(Role.VALUE, cursor.text[start:end].strip("'"), value_start, value_end)
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
    _, start, end = cursor.tokens[cursor.next]
    name = cursor.text[start:end].partition(".")[0]
    if stop == cursor.next + 1 and name.upper() != "GLOBAL":
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
    _condition(cursor, cursor.until("THEN"))
    cursor.take("THEN")
    return kind


def _else(cursor: Cursor) -> Kind:
    if cursor.word() == "IF":
        cursor.next += 1
        return _if(cursor, Kind.ELSE_IF)
    return Kind.ELSE


def _end(cursor: Cursor) -> Kind:
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
        cursor.fail()
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
    if cursor.kind() in (TokenKind.NAME, TokenKind.QUOTED) and cursor.word() != "REPEAT":
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
        cursor.clause(Role.VALUE, "GLOBAL", *cursor.tokens[cursor.next][1:])
        cursor.next += 1
        return Kind.FUNCTION
    while cursor.next < cursor.last:
        output = cursor.word() == "OUTPUT"
        cursor.next += output
        cursor.variable(Role.PARAMETER, "OUTPUT" if output else "INPUT")
        if cursor.next < cursor.last:
            cursor.take(",")
    return Kind.FUNCTION


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
    "FUNCTION": _function,
    "IMPORT": _import,
}
