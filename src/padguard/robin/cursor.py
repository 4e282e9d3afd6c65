"""Walks over the tokens of one logical line and notes the parts it meets."""

from typing import NoReturn

from padguard.foundation.messages import Message, mark
from padguard.robin.expressions import ExpressionParser
from padguard.robin.names import (
    KEYWORD_NAME,
    plain_element_reads,
    plain_reads,
    plain_text_reads,
)
from padguard.robin.tokens import KEYWORDS, RawToken, TokenKind
from padguard.robin.tree import Clause, Role
from padguard.robin.unclear import ENDS_EARLY, UnclearError, unexpected

_NAME, _TEXT = int(TokenKind.NAME), int(TokenKind.TEXT)
_TRUTH = ("TRUE", "FALSE")
_PLAIN_LITERALS = (int(TokenKind.TEXT), int(TokenKind.NUMBER), int(TokenKind.QUOTED))
_NESTING = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}

NO_VARIABLE_NAME = mark("robin", "{name} cannot be the name of a variable.")


class Cursor:
    """A place among the tokens of a line, and what was noted on the way there.

    ``next`` is the place of the token to be read next, ``last`` the one behind the last token.
    Every method that reads raises UnclearError where the text is not as it must be; an expression
    that is not understood becomes one of ``problems`` only, so that the rest can still be read.
    """

    __slots__ = (
        "action", "clauses", "last", "next", "problems", "reads", "text", "tokens", "writes",
    )  # fmt: skip

    def __init__(self, text: str, tokens: list[RawToken], first: int) -> None:
        self.text = text
        self.tokens = tokens
        self.next = first
        self.last = len(tokens)
        self.action = ""
        self.clauses: list[Clause] = []
        self.reads: list[str] = []
        self.writes: list[str] = []
        self.problems: list[tuple[int, int, Message]] = []

    def word(self, ahead: int = 0) -> str:
        """Return a word or operator ahead in upper case, or "" for anything else."""
        position = self.next + ahead
        return self.tokens[position][3] if position < self.last else ""

    def kind(self, ahead: int = 0) -> int:
        """Return the kind of a token ahead, or 0 behind the last."""
        position = self.next + ahead
        return self.tokens[position][0] if position < self.last else 0

    def source(self, position: int) -> str:
        """Return a token as written."""
        _, start, end, _ = self.tokens[position]
        return self.text[start:end]

    def fail(self, message: Message | None = None) -> NoReturn:
        """Say that the next token, or the end of the line, is not what must stand here."""
        if self.next >= self.last:
            offset = self.tokens[self.last - 1][2]
            raise UnclearError(offset, offset, message or ENDS_EARLY)
        token = self.tokens[self.next]
        raise UnclearError(token[1], token[2], message or unexpected(self.text, token))

    def take(self, word: str) -> None:
        """Step over a word or operator that must stand here."""
        if self.word() != word:
            self.fail()
        self.next += 1

    def clause(self, role: Role, name: str, start: int, end: int, *, dynamic: bool = False) -> None:
        """Note a part of the statement."""
        self.clauses.append(Clause(role, name, start, end, dynamic))

    def value(self, role: Role, name: str, stop: int, *, dynamic: bool = False) -> None:
        """Read an expression up to the token ``stop``."""
        if stop <= self.next:
            self.fail()
        tokens = self.tokens
        self.clause(role, name, tokens[self.next][1], tokens[stop - 1][2], dynamic=dynamic)
        reads = self._plain_reads(tokens[self.next], stop)
        if reads is None:
            parser = ExpressionParser(self.text, tokens, self.next, stop)
            try:
                parser.parse()
            except UnclearError as error:
                self.problems.append((error.start, error.end, error.message))
            reads = parser.names
        self.reads += reads
        self.next = stop

    def _plain_reads(self, first: RawToken, stop: int) -> list[str] | None:
        """Return what a value reads that needs no parser, as most do not; None for the rest."""
        kind, start, end, word = first
        if stop - self.next > 1:
            if kind == _NAME and self.tokens[self.next + 1][3] == "[":
                return plain_element_reads(self.text, start, self.tokens[stop - 1][2])
            return None
        if kind == _NAME:
            return [] if word in _TRUTH else plain_reads(self.text[start:end])
        if kind == _TEXT and self.text.find("%", start, end) >= 0:
            return plain_text_reads(self.text, start + 4, end - 3)
        return [] if kind in _PLAIN_LITERALS else None

    def until(self, *words: str) -> int:
        """Return the place of the first of some words outside brackets, or the end."""
        depth = 0
        tokens = self.tokens
        for position in range(self.next, self.last):
            word = tokens[position][3]
            if word in words and not depth:
                return position
            depth += _NESTING.get(word, 0)
        return self.last

    def variable(self, role: Role, name: str = "", *, dynamic: bool = False) -> None:
        """Read the name of a variable that the statement writes."""
        if self.kind() != TokenKind.NAME:
            self.fail()
        _, start, end, word = self.tokens[self.next]
        variable = self.text[start:end]
        if word in KEYWORDS:
            self.fail(KEYWORD_NAME(name=variable))
        if "." in variable:
            self.fail(NO_VARIABLE_NAME(name=variable))
        self.clause(role, name, start, end, dynamic=dynamic)
        self.writes.append(variable)
        self.next += 1

    def name(self) -> None:
        """Read a name that is no variable, plain or quoted."""
        if self.kind() not in (TokenKind.NAME, TokenKind.QUOTED):
            self.fail()
        _, start, end, _ = self.tokens[self.next]
        self.clause(Role.NAME, "", start, end)
        self.next += 1

    def starts_argument(self, position: int) -> bool:
        """Tell whether ``Name:``, ``Name=>`` or ``@`` stands at a token."""
        kind, _, _, word = self.tokens[position]
        if kind != _NAME:
            return word == "@" or word == "@@"
        position += 1
        return position < self.last and self.tokens[position][3] in (":", "=>")

    def _argument_end(self) -> int:
        """Return where the value of an argument ends: at the next argument, or its bracket."""
        depth = 0
        tokens = self.tokens
        for position in range(self.next, self.last):
            word = tokens[position][3]
            if word in _NESTING:
                depth += _NESTING[word]
                if depth < 0:
                    return position
            elif word and not depth and position > self.next and self.starts_argument(position):
                return position
        return self.last

    def arguments(self) -> None:
        """Read ``Name: value``, ``@Name: value`` and ``Name=> Variable`` as far as they go."""
        while self.next < self.last and self.starts_argument(self.next):
            dynamic = self.word() == "@"
            self.next += dynamic
            if self.kind() not in (TokenKind.NAME, TokenKind.QUOTED):
                self.fail()
            name = self.source(self.next).strip("'")
            self.next += 1
            if self.word() == "=>":
                self.next += 1
                self.variable(Role.RESULT, name, dynamic=dynamic)
            else:
                self.take(":")
                self.value(Role.ARGUMENT, name, self._argument_end(), dynamic=dynamic)
