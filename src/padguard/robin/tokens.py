"""Cuts Robin text into tokens; the tokens of any text, joined, are that text."""

import re
from collections.abc import Iterator
from enum import IntEnum
from itertools import islice
from typing import NamedTuple, TypeAlias


class TokenKind(IntEnum):
    """What a token is; the value is its place among the rules below, most frequent first."""

    NAME = 1  # a word or a dotted name
    TEXT = 2  # $'''…''' with %interpolation%
    NUMBER = 3
    TRIPLE = 4  # '''…''' as in declarations
    QUOTED = 5  # '…' as in keys, labels and expressions
    ENCRYPTED = 6  # P'…', directly encrypted input
    FX = 7  # $fx'…', a Power Fx formula or text
    FOOTER = 8  # the control repository that the designer appends to copied text
    COMMENT = 9  # "# to the end of the line" and "/# … #/", or to the end of the text
    REGION = 10  # "**REGION title" and "**ENDREGION"
    OPERATOR = 11
    ERROR = 12  # a character with no place in Robin, or a literal that never ends
    SPACE = 13
    NEWLINE = 14


class Token(NamedTuple):
    """A token; offsets count characters of the text."""

    kind: TokenKind
    start: int
    end: int


# Vowel signs and other marks that join letters are part of a word, though no letters themselves.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed"
    r"\u0900-\u109f"  # the Indic scripts, Thai, Lao, Tibetan and Burmese
)
WORD = rf"[^\W\d][\w{_MARKS}]*+"
"""A name without dots: letters of any script, digits and underscores."""

# Text that is never closed must not swallow the rows below it: the rules for literals fail then,
# and the rest of its line becomes an ERROR token, so that no line is searched for its end twice.
_QUOTED_TAIL = r"(?:[^'\\\r\n]++|\\[^\r\n])*+'"
_TRIPLE_TAIL = r"'''(?:[^'\\]++|\\[\s\S]|'(?!''))*+'''"
_RULES: dict[TokenKind, str] = {
    TokenKind.NAME: rf"(?![Pp]'){WORD}(?:\.{WORD})*+",
    TokenKind.TEXT: rf"\${_TRIPLE_TAIL}",
    TokenKind.NUMBER: r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?",
    TokenKind.TRIPLE: _TRIPLE_TAIL,
    TokenKind.QUOTED: rf"'{_QUOTED_TAIL}",
    TokenKind.ENCRYPTED: rf"[Pp]'{_QUOTED_TAIL}",
    TokenKind.FX: r"\$(?i:fx)'(?:[^'\\]++|\\[\s\S])*+'",
    TokenKind.FOOTER: r"\#\ \[ControlRepository\]\[PowerAutomateDesktop\][\s\S]*",
    TokenKind.COMMENT: r"\#[^\r\n]*|/\#[\s\S]*?(?:\#/|\Z)",
    TokenKind.REGION: r"\*\*(?i:END)?(?i:REGION)\b[^\r\n]*",
    TokenKind.OPERATOR: r"=>|<=|>=|<>|@@|[=<>+\-*/()\[\]{},:^.@]",
    TokenKind.ERROR: r"['\\][^\r\n]*|\S",
    TokenKind.SPACE: r"[^\S\r\n]+",
    TokenKind.NEWLINE: r"\r\n|\n|\r",
}
_GROUPS = [f"({rule})" for rule in _RULES.values()]
RULE = re.compile("|".join(_GROUPS), re.VERBOSE)
"""One match is one token; ``lastindex`` is its `TokenKind`."""
CODE_RULE = re.compile(rf"\s*+(?:{'|'.join(_GROUPS[: TokenKind.ERROR])}|\Z)", re.VERBOSE)
"""One match is one token with the spaces and line breaks before it; its group is the token."""

_CODE = "|".join(
    (
        r"[^\w'\\$*/\#\r\n]++",  # spaces and operators, which open nothing
        *(_RULES[TokenKind(place)] for place in range(TokenKind.NAME, TokenKind.FOOTER)),
        _RULES[TokenKind.REGION],
        r"['\\][^\r\n]*|/(?!\#)|[Pp$*]",
    )
)
LINE = re.compile(
    rf"""
    [^\S\r\n]*+
    (?: ({_RULES[TokenKind.FOOTER]}) | ({_RULES[TokenKind.COMMENT]}) | (?:{_CODE})*+ )
    (?:{_RULES[TokenKind.NEWLINE]})?+
    """,
    re.VERBOSE,
)
"""One match is one statement, to its line break or the comment behind it; the tokens of the match
are the tokens of the text. Group 1 is a footer, group 2 a comment, and else it is code. The only
match without a character is the one at the end of the text."""

_KEYWORDS = """
    FROM TO STEP END IN THEN IF ELSE LOOP FOREACH WHILE SET WAIT NEXT EXIT LABEL GOTO CALL CASE
    DEFAULT SWITCH BLOCK ERROR ON NOT AND OR MOD TRUE FALSE GLOBAL DISABLE FUNCTION THROW
"""
KEYWORDS = frozenset(_KEYWORDS.split())
"""Words that can be no name of a variable or property (robin.md §9.7), upper case."""


def tokenize(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of ``text`` between two offsets, without gap or overlap, for any text."""
    stop = len(text) if end is None else end
    for match in RULE.finditer(text, start, stop):
        yield Token(TokenKind(match.lastindex or TokenKind.ERROR), match.start(), match.end())


RawToken: TypeAlias = tuple[int, int, int, str]
"""Kind, start and end of a token, and its text in upper case if it is a word or an operator."""

_WORDS = (int(TokenKind.NAME), int(TokenKind.OPERATOR))


def raw_tokens(text: str, start: int, end: int, limit: int | None = None) -> list[RawToken]:
    """Return the tokens between two offsets without the spaces; at most ``limit`` of them."""
    tokens: list[RawToken] = []
    for match in islice(CODE_RULE.finditer(text, start, end), limit):
        kind = match.lastindex
        if kind:
            first, last = match.span(kind)
            word = text[first:last].upper() if kind in _WORDS else ""
            tokens.append((kind, first, last, word))
    return tokens
