"""Expressions of Robin, outside text and between percent signs inside it."""

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn, TypeAlias

from padguard.robin.literals import Piece, PieceKind, fx_names, pieces
from padguard.robin.names import KEYWORD_PROPERTY, name_problem, read_name
from padguard.robin.tokens import KEYWORDS, RawToken, TokenKind, raw_tokens
from padguard.robin.unclear import (
    BACKSLASH_PERCENT,
    ENDS_EARLY,
    PERCENT,
    TOO_DEEP,
    UnclearError,
    unexpected,
)

MAX_NESTING = 50  # deeper is not written by people; a level takes up to ten of 1,000 stack frames


class Literal(NamedTuple):
    """Text, a number or a truth value; ``parts`` are the expressions interpolated in it."""

    kind: TokenKind
    start: int
    end: int
    parts: tuple["Expression", ...] = ()


class Name(NamedTuple):
    """A variable, an enumeration value or a UI element, as far as dots go: ``Mail.Subject``."""

    path: str
    start: int
    end: int


class Property(NamedTuple):
    """A property of what is not a plain name: ``Rows[0].Name``."""

    base: "Expression"
    name: str
    start: int
    end: int


class Index(NamedTuple):
    """An element: ``Row['Name']``, ``Rows[0]``."""

    base: "Expression"
    key: "Expression"
    start: int
    end: int


class Call(NamedTuple):
    """A function: ``Contains(Text, 'x', True)``."""

    function: str
    arguments: tuple["Expression", ...]
    start: int
    end: int


class Operation(NamedTuple):
    """An operator with one or two operands; ``operator`` is upper case."""

    operator: str
    operands: tuple["Expression", ...]
    start: int
    end: int


class Collection(NamedTuple):
    """A list ``[…]``, custom object ``{ 'Key': … }`` or data table ``{ ^[…], […] }``.

    ``items`` of a custom object alternate key and value.
    """

    kind: str
    items: tuple["Expression", ...]
    start: int
    end: int


Expression: TypeAlias = Literal | Name | Property | Index | Call | Operation | Collection


class Reference(NamedTuple):
    """A place where a name is read; offsets count characters of the script.

    ``end`` ends the name, ``properties`` is what is read of it, as written.
    """

    name: str
    start: int
    end: int
    properties: str


_BINARY = {
    "OR": 1, "AND": 2, "=": 3, "<>": 3, "<": 3, "<=": 3, ">": 3, ">=": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "MOD": 5,
}  # fmt: skip
_OPENINGS = ("(", "[", "{")
_ESCAPED_VARIABLE = re.compile(r"(?<!\\)(?:\\\\)*\\%[^\W\d][^%\r\n]*%")
_KINDS = tuple(TokenKind)


class ExpressionParser:
    """Reads one expression from tokens; remembers the names it met in ``names``."""

    __slots__ = ("_depth", "_end", "_position", "_text", "_tokens", "names")

    def __init__(
        self, text: str, tokens: list[RawToken], first: int, last: int, depth: int = 0
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._position = first
        self._end = last
        self._depth = depth
        self.names: list[str] = []

    def parse(self) -> Expression:
        """Return the expression that all the tokens make.

        Raises:
            UnclearError: They make none.
        """
        if self._end - self._position == 1:
            return self._operand()
        found = self._binary(1)
        if self._position < self._end:
            self._fail()
        return found

    def _fail(self) -> NoReturn:
        if self._position >= self._end:
            offset = self._tokens[self._end - 1][2] if self._end else 0
            raise UnclearError(offset, offset, ENDS_EARLY)
        token = self._tokens[self._position]
        raise UnclearError(token[1], token[2], unexpected(self._text, token))

    def _peek(self) -> str:
        """Return the next operator or word, upper case, or "" before anything else."""
        return self._tokens[self._position][3] if self._position < self._end else ""

    def _expect(self, operator: str) -> int:
        if self._peek() != operator:
            self._fail()
        self._position += 1
        return self._tokens[self._position - 1][2]

    def _binary(self, lowest: int) -> Expression:
        start = self._tokens[min(self._position, self._end - 1)][1]
        left = self._unary()
        while (power := _BINARY.get(operator := self._peek(), 0)) >= lowest:
            self._position += 1
            right = self._binary(power + 1)
            left = Operation(operator, (left, right), start, self._tokens[self._position - 1][2])
        return left

    def _unary(self) -> Expression:
        operator = self._peek()
        if operator not in ("NOT", "-", "+"):
            return self._operand()
        start = self._tokens[self._position][1]
        self._position += 1
        self._enter()
        operand = self._unary()
        self._depth -= 1
        return Operation(operator, (operand,), start, self._tokens[self._position - 1][2])

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_NESTING:
            _, start, end, _ = self._tokens[min(self._position, self._end - 1)]
            raise UnclearError(start, end, TOO_DEEP)

    def _operand(self) -> Expression:
        if self._position >= self._end:
            self._fail()
        kind, start, end, word = self._tokens[self._position]
        if kind == TokenKind.NAME:
            found = self._name(start, end, word)
        elif word in _OPENINGS:
            self._enter()
            found = self._bracketed(start)
            self._depth -= 1
        elif TokenKind.TEXT <= kind <= TokenKind.FX:
            self._position += 1
            found = self._literal(kind, start, end)
        else:
            self._fail()
        return self._postfix(found) if self._position < self._end else found

    def _name(self, start: int, end: int, word: str) -> Expression:
        self._position += 1
        path = self._text[start:end]
        if "." not in word:
            if self._peek() == "(" and word not in KEYWORDS:
                return self._call(path, start)
            if word in ("TRUE", "FALSE"):
                return Literal(TokenKind.NAME, start, end)
        problem = name_problem(path)
        if problem:
            raise UnclearError(start, end, problem)
        self.names.append(read_name(path))
        return Name(path, start, end)

    def _call(self, function: str, start: int) -> Expression:
        self._position += 1
        self._enter()
        arguments = self._items(")")
        self._depth -= 1
        return Call(function, arguments, start, self._tokens[self._position - 1][2])

    def _items(self, closing: str) -> tuple[Expression, ...]:
        items: list[Expression] = []
        if self._peek() != closing:
            items.append(self._binary(1))
            while self._peek() == ",":
                self._position += 1
                items.append(self._binary(1))
        self._expect(closing)
        return tuple(items)

    def _bracketed(self, start: int) -> Expression:
        operator = self._text[start]
        self._position += 1
        if operator == "(":
            found = self._binary(1)
            self._expect(")")
            return found
        if operator == "[":
            items = self._items("]")
            return Collection("list", items, start, self._tokens[self._position - 1][2])
        return self._braced(start)

    def _braced(self, start: int) -> Expression:
        if self._peek() == "{":  # {{ }} is the empty custom object
            self._position += 1
            self._expect("}")
            return Collection("object", (), start, self._expect("}"))
        if self._peek() in ("^", "[", "}"):
            if self._peek() == "^":
                self._position += 1
            return Collection("table", self._items("}"), start, self._tokens[self._position - 1][2])
        entries: list[Expression] = []
        while True:
            entries.append(self._binary(1))
            self._expect(":")
            entries.append(self._binary(1))
            if self._peek() != ",":
                return Collection("object", tuple(entries), start, self._expect("}"))
            self._position += 1

    def _postfix(self, found: Expression) -> Expression:
        while (operator := self._peek()) in ("[", "."):
            self._position += 1
            if operator == "[":
                self._enter()
                index = self._binary(1)
                self._depth -= 1
                found = Index(found, index, found.start, self._expect("]"))
                continue
            if self._position >= self._end or self._tokens[self._position][0] != TokenKind.NAME:
                self._fail()
            _, start, end, word = self._tokens[self._position]
            name = self._text[start:end]
            if not KEYWORDS.isdisjoint(word.split(".")):
                raise UnclearError(start, end, KEYWORD_PROPERTY(name=name))
            self._position += 1
            found = Property(found, name, found.start, end)
        return found

    def _literal(self, kind: int, start: int, end: int) -> Expression:
        if kind == TokenKind.TEXT and self._text.find("%", start, end) >= 0:
            return Literal(TokenKind.TEXT, start, end, self._interpolated(start + 4, end - 3))
        if kind == TokenKind.FX:
            parts = tuple(Name(*found) for found in fx_names(self._text, start, end))
            self.names.extend(part.path for part in parts)
            return Literal(TokenKind.FX, start, end, parts)
        return Literal(_KINDS[kind - 1], start, end)

    def _interpolated(self, start: int, end: int) -> tuple[Expression, ...]:
        parts: list[Expression] = []
        for piece in pieces(self._text, start, end):
            if piece.kind is PieceKind.PLAIN:
                continue
            try:
                parts.append(self._piece(piece))
            except UnclearError:
                # The percent signs from here on are paired wrongly.
                if _ESCAPED_VARIABLE.search(self._text, start, end):
                    raise UnclearError(start, end, BACKSLASH_PERCENT) from None
                raise
        return tuple(parts)

    def _piece(self, piece: Piece) -> Expression:
        if piece.kind is PieceKind.BROKEN:
            raise UnclearError(piece.start, piece.end, PERCENT)
        tokens = raw_tokens(self._text, piece.start, piece.end)
        if not tokens:
            raise UnclearError(piece.start, piece.end, ENDS_EARLY)
        inner = ExpressionParser(self._text, tokens, 0, len(tokens), self._depth + 1)
        found = inner.parse()
        self.names += inner.names
        return found


def parse_expression(text: str, start: int, end: int) -> Expression | None:
    """Return the expression between two offsets, or None where there is none that is understood."""
    tokens = raw_tokens(text, start, end)
    try:
        return ExpressionParser(text, tokens, 0, len(tokens)).parse() if tokens else None
    except UnclearError:
        return None


def children(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions that an expression is directly made of."""
    match expression:
        case Literal():
            return expression.parts
        case Property():
            return (expression.base,)
        case Index():
            return (expression.base, expression.key)
        case Call():
            return expression.arguments
        case Operation():
            return expression.operands
        case Collection():
            return expression.items
    return ()


def references(text: str, expression: Expression) -> Iterator[Reference]:
    """Yield the names that an expression reads, in the order of the text.

    Args:
        text: The script.
        expression: An expression of it.
    """
    waiting = [expression]
    while waiting:
        found = waiting.pop()
        if isinstance(found, (Property, Index)):
            base, keys = _chain(found)
            waiting += keys
            if isinstance(base, Name):
                yield _reference(text, base, found.end)
            else:
                waiting.append(base)
        elif isinstance(found, Name):
            yield _reference(text, found, found.end)
        else:
            waiting += reversed(children(found))


def _chain(expression: Expression) -> tuple[Expression, list[Expression]]:
    """Return what ``X['a'].B[0]`` is an element of, and its keys from last to first."""
    keys: list[Expression] = []
    while isinstance(expression, (Property, Index)):
        if isinstance(expression, Index):
            keys.append(expression.key)
        expression = expression.base
    return expression, keys


def _reference(text: str, name: Name, chain_end: int) -> Reference:
    root, _, rest = name.path.partition(".")
    start = name.start
    if root.upper() == "GLOBAL" and rest:
        start += len(root) + 1
        root = rest.partition(".")[0]
    end = start + len(root)
    return Reference(root, start, end, text[end:chain_end])
