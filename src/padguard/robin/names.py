"""Names with dots: what they read, and which cannot be."""

import re

from padguard.foundation.messages import Message, mark
from padguard.robin.tokens import KEYWORDS, WORD

KEYWORD_NAME = mark("robin", "{name} is a word of the language and cannot be a name.")
KEYWORD_PROPERTY = mark(
    "robin", "{name} is a word of the language and cannot follow a dot. Write ['{name}'] instead."
)

_PLAIN = rf"({WORD}(?:\.{WORD})*+)(?:\[(?:'[^'%\\\r\n]*+'|\d++)\])*+"
_PLAIN_ELEMENT = re.compile(_PLAIN)
_PLAIN_TEXT = re.compile(rf"(?:[^%\\]++|\\[\s\S]|%(?:%|{_PLAIN}%))*+")
_HOLE = re.compile(rf"\\[\s\S]|%(?:%|{_PLAIN}%)")


# Most values are one name or text with names in it. They are read here in one step; for all others
# these functions return None, and the parser of expressions takes over.


def plain_reads(*paths: str) -> list[str] | None:
    """Return what reading some names reads; None if one holds a word of the language."""
    for path in paths:
        words = path.upper()
        if words in KEYWORDS or ("." in words and name_problem(path)):
            return None
    return [read_name(path) for path in paths]


def plain_element_reads(text: str, start: int, end: int) -> list[str] | None:
    """Return what a name with plain keys reads, such as ``Row['Name']``."""
    match = _PLAIN_ELEMENT.fullmatch(text, start, end)
    return plain_reads(match[1]) if match else None


def plain_text_reads(text: str, start: int, end: int) -> list[str] | None:
    """Return what the content of text reads where only such names stand in percent signs."""
    if not _PLAIN_TEXT.fullmatch(text, start, end):
        return None
    return plain_reads(*filter(None, _HOLE.findall(text, start, end)))


def read_name(path: str) -> str:
    """Return what reading a dotted name reads; see ``Statement.reads``."""
    root, dot, rest = path.partition(".")
    if not dot:
        return path
    if root.upper() == "GLOBAL":
        return f"{root}.{rest.partition('.')[0]}"
    return path if "." in rest else root


def name_problem(path: str) -> Message | None:
    """Say what is wrong with a dotted name, if it holds a word of the language."""
    words = path.upper().split(".")
    if KEYWORDS.isdisjoint(words):
        return None
    names = path.split(".")
    if words[0] in KEYWORDS and (words[0] != "GLOBAL" or len(words) == 1):
        return KEYWORD_NAME(name=names[0])
    properties = (name for name in names[1:] if name.upper() in KEYWORDS)
    return next((KEYWORD_PROPERTY(name=name) for name in properties), None)
