"""Cuts Robin text into tokens; the tokens of any text, joined, are that text."""

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class TokenKind(IntEnum):
    """What a token is; the value is its place among the rules below."""

    SPACE = 1
    NEWLINE = 2
    FOOTER = 3  # the control repository that the designer appends to copied text
    COMMENT = 4  # "# to the end of the line" and "/# … #/", or to the end of the text
    REGION = 5  # "**REGION title" and "**ENDREGION"
    TEXT = 6  # $'''…''' with %interpolation%
    FX = 7  # $fx'…', a Power Fx formula or text
    ENCRYPTED = 8  # P'…', directly encrypted input
    TRIPLE = 9  # '''…''' as in declarations
    QUOTED = 10  # '…' as in keys, labels and expressions
    NUMBER = 11
    NAME = 12  # a word or a dotted name
    OPERATOR = 13
    ERROR = 14  # a character with no place in Robin, or a literal that never ends


class Token(NamedTuple):
    """A token; offsets count characters of the text."""

    kind: TokenKind
    start: int
    end: int


# Text that is never closed must not swallow the rows below it: the rules for literals fail then,
# and the rest of its line becomes an ERROR token, so that no line is searched for its end twice.
_QUOTED_TAIL = r"(?:[^'\\\r\n]++|\\[^\r\n])*+'"
_TRIPLE_TAIL = r"'''(?:[^'\\]++|\\[\s\S]|'(?!''))*+'''"
_RULES: dict[TokenKind, str] = {
    TokenKind.SPACE: r"[^\S\r\n]+",
    TokenKind.NEWLINE: r"\r\n|\n|\r",
    TokenKind.FOOTER: r"\#\ \[ControlRepository\]\[PowerAutomateDesktop\][\s\S]*",
    TokenKind.COMMENT: r"\#[^\r\n]*|/\#[\s\S]*?(?:\#/|\Z)",
    TokenKind.REGION: r"\*\*(?i:END)?(?i:REGION)\b[^\r\n]*",
    TokenKind.TEXT: rf"\${_TRIPLE_TAIL}",
    TokenKind.FX: r"\$(?i:fx)'(?:[^'\\]++|\\[\s\S])*+'",
    TokenKind.ENCRYPTED: rf"[Pp]'{_QUOTED_TAIL}",
    TokenKind.TRIPLE: _TRIPLE_TAIL,
    TokenKind.QUOTED: rf"'{_QUOTED_TAIL}",
    TokenKind.NUMBER: r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?",
    TokenKind.NAME: r"[^\W\d]\w*(?:\.[^\W\d]\w*)*",
    TokenKind.OPERATOR: r"=>|<=|>=|<>|@@|[=<>+\-*/()\[\]{},:^.@]",
    TokenKind.ERROR: r"['\\][^\r\n]*|[\s\S]",
}
RULE = re.compile("|".join(f"({rule})" for rule in _RULES.values()), re.VERBOSE)
"""One match is one token; ``lastindex`` is its `TokenKind`."""

_LITERALS = (TokenKind.NUMBER, TokenKind.TEXT, TokenKind.FX, TokenKind.TRIPLE, TokenKind.QUOTED)
_CODE = "|".join(
    (
        r"[^\w'\\$*/\#\r\n]++",  # spaces and operators, which open nothing
        _RULES[TokenKind.ENCRYPTED],
        _RULES[TokenKind.NAME],
        *(_RULES[kind] for kind in _LITERALS),
        _RULES[TokenKind.REGION],
        r"['\\][^\r\n]*|/(?!\#)|[$*]",
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
