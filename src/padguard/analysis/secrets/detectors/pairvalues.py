"""Reads what follows a name: a quoted value, a list of them, or a value without quotes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from padguard.analysis.secrets.detectors.connections import ConnectionMap, read_connection_value
from padguard.analysis.secrets.detectors.context import Context
from padguard.analysis.secrets.detectors.values import (
    Value,
    after_scheme,
    is_code,
    read_bare,
    read_quoted,
)
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import HOLE, SCRIPTS, Carrier
from padguard.analysis.secrets.names import NameVerdict

_SPACE = re.compile(r"[ \t\u00a0\u3000]*+")
_SPACE_LINES = re.compile(r"\s{0,60}")
_CODE = re.compile(
    r"""(?:^|[\s({])(?:var|let|const|dim|if|elif|elseif|elsif|return|function|def|new|public|private
      |protected|static|self|this|import|foreach|while|void|async|await|end\ if|then)\b
      | [{;]\s*$ | \$\w+\s*= | \w\(.*\)\s*;?\s*$ | && | \|\||\w\.\w+\(|\s\+=?\s""",
    re.VERBOSE | re.IGNORECASE,
)
_DOUBLED = re.compile(r'""[^"\r\n]{1,200}""')
_BATCH_SET = re.compile(
    r"""(?:^|[&@(|])\s*(?:call\s+)?(?:set|export|setenv)\s+(?:/[aAmM]\s+)?"?\Z""", re.IGNORECASE
)
_REST_OF_LINE = re.compile(r"[^\r\n&|\"]*")
_LIST_ITEM = re.compile(r"\s*,?\s*")
_BASIC = re.compile(rf"basic[ \t]+(?!{HOLE})", re.IGNORECASE)
_MAX_ITEMS = 50
_LINE_REACH = 160

_QUOTED_ONLY = SCRIPTS | {Carrier.SQL}
"""What is not quoted there is code."""
_DATA = frozenset(
    {Carrier.CONNECTION, Carrier.FORM, Carrier.HEADERS, Carrier.BODY, Carrier.PAIRS, Carrier.URL}
)
_KNOWN = _DATA | _QUOTED_ONLY
"""Where no line needs a look to know whether it is code."""


class Pair(NamedTuple):
    """A name that says secret, with the match of its separator; ``start`` is where it starts."""

    name: str
    start: int
    verdict: NameVerdict
    match: re.Match[str]

    @property
    def separator(self) -> str:
        """What stands between the name and its value."""
        return self.match["sep"].strip()

    @property
    def is_drawn(self) -> bool:
        """Whether the value may follow a scheme: ``Authorization: Bearer …``."""
        return self.verdict.kind in ("token", "key", "secret", "cookie")


class Candidate(NamedTuple):
    """A value after a name, with what carries it and how surely the place takes a secret."""

    value: Value
    carrier: Carrier
    position: Position


def values_after(context: Context, pair: Pair, connections: ConnectionMap) -> Iterator[Candidate]:
    """Yield the values after a name, none where code follows."""
    text, end = context.text, pair.match.end()
    start = _after(_SPACE, text, end)
    if context.closes_quotes(start) and not _DOUBLED.match(text, start):
        return
    in_list = pair.separator == "=" and connections.holds(pair.start)
    if in_list and not (context.is_script and text[start : start + 1] in ("'", '"', "`")):
        value = read_connection_value(text, end)
        if value:
            yield Candidate(value, Carrier.CONNECTION, Position.SLOT)
        return
    quoted = read_quoted(text, start, context.hint)
    if quoted is None and text[start : start + 1] in ("", "\r", "\n"):
        if not pair.match["close"]:
            return
        start = _after(_SPACE_LINES, text, start)
        quoted = read_quoted(text, start, context.hint)
    if quoted:
        yield Candidate(quoted, _carrier(context, pair), Position.SLOT)
    elif text.startswith(("[", "@(", "{", "("), start):
        for item in _items(context, start + 1):
            yield Candidate(item, _carrier(context, pair), Position.SLOT)
    else:
        yield from _bare(context, pair, start)


def _after(rule: re.Pattern[str], text: str, position: int) -> int:
    match = rule.match(text, position)
    return match.end() if match else position


def _items(context: Context, position: int) -> Iterator[Value]:
    """Yield the quoted texts of a list: ``["one", "two"]``."""
    for _ in range(_MAX_ITEMS):
        position = _after(_LIST_ITEM, context.text, position)
        item = read_quoted(context.text, position, context.hint)
        if item is None or context.text[item.after : item.after + 1] in (":", "=", "."):
            return
        yield item
        position = item.after


def _bare(context: Context, pair: Pair, start: int) -> Iterator[Candidate]:
    """Yield the value without quotes, unless it is code."""
    text = context.text
    if (
        pair.separator == "="
        and context.hint not in _QUOTED_ONLY
        and _follows_set(text, pair.start)
    ):
        rest = _REST_OF_LINE.match(text, pair.match.end())
        words = rest.group().split() if rest else []
        if rest and words and (len(words) == 1 or context.hint is Carrier.DOS):
            value = Value(*rest.span(), rest.end(), quoted=True)
            yield Candidate(value, Carrier.DOS, Position.SLOT)
        return
    if pair.is_drawn and not is_basic(text, start):
        start = after_scheme(text, start)
    found = read_bare(text, start)
    if found and pair.separator not in ("==", "===", "-eq", "=>", "->", ":="):
        first, last = context.line(pair.start, _LINE_REACH)
        if not _is_code(context, pair, found, text[first:last]):
            position = _looseness(context, pair, found, first, last)
            yield Candidate(found, _carrier(context, pair), position)


def _is_code(context: Context, pair: Pair, value: Value, line: str) -> bool:
    """Return whether what follows a name is code, or a style sheet, rather than a value."""
    text = context.text
    if is_code(text, value) or context.is_code(pair.start):
        return True
    if pair.separator in (":", "：") and text[max(0, pair.start - 1) : pair.start] in ("#", "."):
        return True
    if context.hint in _KNOWN or ";" in line[:-1].rstrip():
        return False
    return bool(_CODE.search(line))


def _follows_set(text: str, start: int) -> bool:
    """Return whether the name at ``start`` follows ``set`` at the start of a command."""
    first = max(text.rfind("\n", 0, start) + 1, start - 24)
    return bool(_BATCH_SET.search(text[first:start]))


def _looseness(context: Context, pair: Pair, value: Value, first: int, last: int) -> Position:
    """Return how surely a place takes a value: alone on its line, or in a sentence.

    ``first`` and ``last`` are the ends of the line.
    """
    if pair.separator == "=" or context.hint in _DATA:
        return Position.LOOSE
    if context.in_prompt:
        return Position.PROSE
    text = context.text
    alone = not text[value.end : last].strip(" \t\r.,;")
    opens = not any(sign.isalnum() for sign in text[first : pair.start])
    return Position.LOOSE if alone and (opens or "-" in pair.name) else Position.PROSE


def _carrier(context: Context, pair: Pair) -> Carrier:
    """Return what a pair lies in, as far as the hint and its spelling tell."""
    if context.hint is not Carrier.TEXT:
        return context.hint
    separator = pair.separator
    if pair.match["close"][-1:] in ("'", '"') and separator in (":", "=>"):
        return Carrier.BODY
    if separator == ":" and "-" in pair.name:
        return Carrier.HEADERS
    return Carrier.PAIRS


def is_basic(text: str, position: int) -> bool:
    """Return whether a code of Basic authentication follows; `headers` looks into those."""
    return bool(_BASIC.match(text, position))
