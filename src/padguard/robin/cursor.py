"""Walks over the tokens of one logical line and notes the parts it meets."""

from typing import NoReturn

from padguard.foundation.messages import Message, mark
from padguard.robin.expressions import (
    ENDS_EARLY,
    KEYWORD_NAME,
    PERCENT_OUTSIDE,
    UNEXPECTED,
    ExpressionParser,
    RawToken,
    UnclearError,
    read_name,
)
from padguard.robin.tokens import KEYWORDS, TokenKind
from padguard.robin.tree import Clause, Role

NO_VARIABLE_NAME = mark("robin", "{name} cannot be the name of a variable.")


class Cursor:
    """A place among the tokens of a line, and what was noted on the way there.

    ``next`` is the place of the token to be read next. Offsets of clauses count from ``origin``.
    Every method that reads raises UnclearError where the text is not as it must be; an expression
    that is not understood becomes one of ``problems`` only, so that the rest can still be read.
    """

    __slots__ = (
        "_origin", "action", "clauses", "last", "next", "problems", "reads", "text", "tokens",
        "writes",
    )  # fmt: skip

    def __init__(self, text: str, tokens: list[RawToken], origin: int) -> None:
        self._origin = origin
        self.text = text
        self.tokens = tokens
        self.next = 0
        self.last = len(tokens)
        self.action = ""
        self.clauses: list[Clause] = []
        self.reads: list[str] = []
        self.writes: list[str] = []
        self.problems: list[tuple[int, int, Message]] = []

    def word(self, ahead: int = 0) -> str:
        """Return a word or operator ahead in upper case, or "" for anything else."""
        position = self.next + ahead
        if position < self.last:
            kind, start, end = self.tokens[position]
            if kind in (TokenKind.NAME, TokenKind.OPERATOR):
                return self.text[start:end].upper()
        return ""

    def kind(self, ahead: int = 0) -> int:
        """Return the kind of a token ahead, or 0 behind the last."""
        position = self.next + ahead
        return self.tokens[position][0] if position < self.last else 0

    def fail(self, message: Message | None = None) -> NoReturn:
        """Say that the next token, or the end of the line, is not what must stand here."""
        if self.next >= self.last:
            offset = self.tokens[self.last - 1][2]
            raise UnclearError(offset, offset, message or ENDS_EARLY)
        _, start, end = self.tokens[self.next]
        text = self.text[start:end]
        if text == "%":
            raise UnclearError(start, end, PERCENT_OUTSIDE)
        raise UnclearError(start, end, message or UNEXPECTED(text=text))

    def take(self, word: str) -> None:
        """Step over a word or operator that must stand here."""
        if self.word() != word:
            self.fail()
        self.next += 1

    def clause(self, role: Role, name: str, start: int, end: int, *, dynamic: bool = False) -> None:
        """Note a part of the statement; the offsets are characters of the script."""
        self.clauses.append(Clause(role, name, start - self._origin, end - self._origin, dynamic))

    def value(self, role: Role, name: str, stop: int, *, dynamic: bool = False) -> None:
        """Read an expression up to the token ``stop``."""
        if stop <= self.next:
            self.fail()
        tokens = self.tokens
        self.clause(role, name, tokens[self.next][1], tokens[stop - 1][2], dynamic=dynamic)
        if stop - self.next > 1 or not self._simple(*tokens[self.next]):
            parser = ExpressionParser(self.text, tokens, self.next, stop)
            try:
                parser.parse()
            except UnclearError as error:
                self.problems.append((error.start, error.end, error.message))
            self.reads += parser.names
        self.next = stop

    def _simple(self, kind: int, start: int, end: int) -> bool:
        """Read what needs no parser, most values: a plain literal, a name. False for the rest."""
        if kind == TokenKind.NAME:
            path = self.text[start:end]
            if not KEYWORDS.isdisjoint(path.upper().split(".")):
                return False
            self.reads.append(read_name(path))
            return True
        if kind == TokenKind.TEXT:
            return self.text.find("%", start, end) < 0
        return kind in (TokenKind.NUMBER, TokenKind.QUOTED)

    def until(self, *words: str) -> int:
        """Return the place of the first of some words outside brackets, or the end."""
        depth = 0
        for position in range(self.next, self.last):
            kind, start, end = self.tokens[position]
            if kind == TokenKind.OPERATOR:
                depth += (self.text[start] in "([{") - (self.text[start] in ")]}")
            elif kind == TokenKind.NAME and not depth and self.text[start:end].upper() in words:
                return position
        return self.last

    def variable(self, role: Role, name: str = "", *, dynamic: bool = False) -> None:
        """Read the name of a variable that the statement writes."""
        if self.kind() != TokenKind.NAME:
            self.fail()
        _, start, end = self.tokens[self.next]
        variable = self.text[start:end]
        if variable.upper() in KEYWORDS:
            self.fail(KEYWORD_NAME(name=variable))
        if "." in variable:
            self.fail(NO_VARIABLE_NAME(name=variable))
        self.clause(role, name, start, end, dynamic=dynamic)
        self.writes.append(variable)
        self.next += 1

    def name(self) -> None:
        """Read a name that is no variable: plain, quoted or made of several words."""
        if self.next >= self.last:
            self.fail()
        start = self.tokens[self.next][1]
        self.clause(Role.NAME, "", start, self.tokens[self.next][2])
        self.next += 1

    def starts_argument(self, position: int) -> bool:
        """Tell whether ``Name:``, ``Name=>`` or ``@`` stands at a token."""
        kind, start, _ = self.tokens[position]
        if kind == TokenKind.OPERATOR:
            return self.text[start] == "@"
        if kind != TokenKind.NAME or position + 1 >= self.last:
            return False
        following, start, end = self.tokens[position + 1]
        return following == TokenKind.OPERATOR and self.text[start:end] in (":", "=>")

    def _argument_end(self) -> int:
        """Return where the value of an argument ends: at the next argument, or its bracket."""
        depth = 0
        for position in range(self.next, self.last):
            kind, start, _ = self.tokens[position]
            if kind == TokenKind.OPERATOR and self.text[start] in "([{":
                depth += 1
            elif kind == TokenKind.OPERATOR and self.text[start] in ")]}":
                depth -= 1
                if depth < 0:
                    return position
            elif not depth and position > self.next and self.starts_argument(position):
                return position
        return self.last

    def arguments(self) -> None:
        """Read ``Name: value``, ``@Name: value`` and ``Name=> Variable`` as far as they go."""
        while self.next < self.last and self.starts_argument(self.next):
            dynamic = self.word() == "@"
            self.next += dynamic
            if self.kind() not in (TokenKind.NAME, TokenKind.QUOTED):
                self.fail()
            _, start, end = self.tokens[self.next]
            name = self.text[start:end].strip("'")
            self.next += 1
            if self.word() == "=>":
                self.next += 1
                self.variable(Role.RESULT, name, dynamic=dynamic)
            else:
                self.take(":")
                self.value(Role.ARGUMENT, name, self._argument_end(), dynamic=dynamic)
