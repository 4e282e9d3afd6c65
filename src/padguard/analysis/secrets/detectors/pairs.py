"""Finds values beside names that say secret: ``key=value``, ``key: value``, assignments, JSON."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from padguard.analysis.secrets.detectors.connections import ConnectionMap, read_connection_value
from padguard.analysis.secrets.detectors.context import MAX_PARTS, Context
from padguard.analysis.secrets.detectors.values import (
    Value,
    after_scheme,
    read_bare,
    read_quoted,
)
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.names import NOTHING, NameVerdict
from padguard.analysis.secrets.reasons import ASSIGNED, COMPARED, CONNECTION, FIELD, HEADER
from padguard.foundation.messages import Message

_PAIR = re.compile(
    r"""(?<!\w)(?P<key>[^\W\d]\w*+(?:[.\-]\w++){0,6}+)
      (?P<close>(?:\\?["'`”’»\])]){0,4}+)
      (?P<type>\s{1,3}as\s{1,3}\w+|[ ]?:[ ]?\w+(?=[ ]?=[^=>]))?+
      [ \t\u00a0\u202f\u3000]{0,16}+
      (?P<sep>:=|=>|={1,3}|:(?!//|:|\\[^"'])|->|→|：|＝|(?<=\s)-c?i?eq\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:[\w]+[ '’\-]){1,4}\Z")
_SPACE = re.compile(r"[ \t\u00a0\u3000]*+")
_SPACE_LINES = re.compile(r"\s{0,60}")
_CALL = re.compile(r"[A-Za-z_][\w.]*\(|[A-Z][a-z]+-[A-Z]\w+|new\b|\[[\w.]+\]|[A-Za-z_]\w*\[")
_CODE = re.compile(
    r"""(?:^|[\s({])(?:var|let|const|dim|if|elif|elseif|elsif|return|function|def|new|public|private
      |protected|static|self|this|import|foreach|while|void|async|await|end\ if|then)\b
      | [{;]\s*$ | \$\w+\s*= | \w\(.*\)\s*;?\s*$ | && | \|\||\w\.\w+\(|\s\+=?\s""",
    re.VERBOSE | re.IGNORECASE,
)
_BATCH_SET = re.compile(
    r"""\bsetx?\s+(?:/[aAmM]\s+)?(?P<quote>"?)\Z|\bexport\s+\Z""", re.IGNORECASE
)
_REST_OF_LINE = re.compile(r"[^\r\n&|\"]*")
_LIST_ITEM = re.compile(r"\s*,?\s*")
_BASIC = re.compile(rf"basic[ \t]+(?!{HOLE})", re.IGNORECASE)
_MAX_ITEMS = 50


class _Pair(NamedTuple):
    """A name with the place where its value starts."""

    name: str
    start: int
    verdict: NameVerdict
    match: re.Match[str]

    @property
    def separator(self) -> str:
        return self.match["sep"].strip()


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the values beside names that say secret, wherever in the text they stand."""
    text, position, count = context.text, 0, 0
    connections: ConnectionMap | None = None
    while count < MAX_PARTS and (match := _PAIR.search(text, position)):
        position = match.end()
        pair = _named(context, match)
        if not pair.verdict.secret:
            # What looks like a type may be the next name: "user: password=…".
            if match["type"]:
                position = match.end("close")
            continue
        connections = connections or ConnectionMap(context)
        for value, carrier, how in _values(context, pair, connections):
            part = _weighed(context, pair, value, carrier, how)
            position = max(position, value.after)
            if part:
                count += 1
                yield part


def _named(context: Context, match: re.Match[str]) -> _Pair:
    """Return the name before a separator: one word, or a few that make a phrase."""
    name, start = match["key"], match.start("key")
    verdict = context.verdict(name)
    text = context.text
    if verdict.strength != "strong" and name.rpartition("-")[2].lower() in _last_words(context):
        before = _BEFORE.search(text, max(0, start - 48), start)
        if before:
            phrase = before.group() + name
            found = context.verdict(phrase)
            if found.secret:
                return _Pair(phrase, before.start(), found, match)
            if any(
                part in phrase.casefold() for part in ("public", "primary", "palabra", "palavra")
            ):
                return _Pair(phrase, before.start(), NOTHING, match)
    return _Pair(name, start, verdict, match)


def _last_words(context: Context) -> frozenset[str]:
    return context.vocabulary.last_words


def _values(
    context: Context, pair: _Pair, connections: ConnectionMap
) -> Iterator[tuple[Value, Carrier, Position]]:
    """Yield the values after a name, with what carries them and how sure the place is."""
    text, end = context.text, pair.match.end()
    if pair.separator == "=" and connections.holds(pair.start):
        value = read_connection_value(text, end)
        if value:
            yield value, Carrier.CONNECTION, Position.SLOT
        return
    start = _after(_SPACE, text, end)
    quoted = read_quoted(text, start, context.hint)
    if quoted is None and text[start : start + 1] in ("", "\r", "\n"):
        start = _after(_SPACE_LINES, text, start)
        quoted = read_quoted(text, start, context.hint) if pair.match["close"] else None
        if quoted is None:
            return
    if quoted:
        yield quoted, _carrier(context, pair), Position.SLOT
    elif text.startswith(("[", "@(", "{", "("), start):
        for item in _items(context, start + 1):
            yield item, _carrier(context, pair), Position.SLOT
    else:
        yield from _bare(context, pair, start)


def _is_drawn(pair: _Pair) -> bool:
    """Return whether the value may follow a scheme: ``Authorization: Bearer …``."""
    return pair.verdict.kind in ("token", "key", "secret", "cookie")


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


def _bare(context: Context, pair: _Pair, start: int) -> Iterator[tuple[Value, Carrier, Position]]:
    """Yield the value without quotes, unless it is code."""
    text = context.text
    line_start, line_end = context.line(pair.start)
    batch = _BATCH_SET.search(text, max(line_start, pair.start - 12), pair.start)
    if batch and pair.separator == "=" and not context.is_script:
        rest = _REST_OF_LINE.match(text, pair.match.end())
        if rest and rest.group().strip():
            yield Value(*rest.span(), rest.end(), quoted=True), Carrier.DOS, Position.SLOT
        return
    if _is_drawn(pair) and not _BASIC.match(text, start):
        start = after_scheme(text, start)
    value = read_bare(text, start)
    if value is None or pair.separator in ("==", "===", "-eq", "=>", "->", ":="):
        return
    if context.is_script or _CALL.match(text, value.start, value.end):
        return
    line = text[line_start:line_end]
    if context.hint not in _DATA and _CODE.search(line) and ";" not in line[:-1].rstrip():
        return
    if pair.separator in (":", "：") and text[max(0, pair.start - 1) : pair.start] in ("#", "."):
        return  # the selector of a style sheet
    yield value, _carrier(context, pair), _looseness(context, pair, value, line_start, line_end)


_DATA = frozenset(
    {Carrier.CONNECTION, Carrier.FORM, Carrier.HEADERS, Carrier.BODY, Carrier.PAIRS, Carrier.URL}
)


def _looseness(
    context: Context, pair: _Pair, value: Value, line_start: int, line_end: int
) -> Position:
    """Return how surely the place after a name takes a value: alone on its line, or in a sentence."""
    if pair.separator == "=" or context.hint in _DATA:
        return Position.LOOSE
    if context.in_prompt:
        return Position.PROSE
    text = context.text
    alone = not text[value.end : line_end].strip(" \t\r.,;")
    opens = not any(sign.isalnum() for sign in text[line_start : pair.start])
    return Position.LOOSE if alone and (opens or "-" in pair.name) else Position.PROSE


def _carrier(context: Context, pair: _Pair) -> Carrier:
    """Return what a pair lies in, as far as the hint and its spelling tell."""
    if context.hint is not Carrier.TEXT:
        return context.hint
    separator = pair.separator
    if pair.match["close"][-1:] in ("'", '"') and separator in (":", "=>"):
        return Carrier.BODY
    if separator == ":" and "-" in pair.name:
        return Carrier.HEADERS
    return Carrier.PAIRS


def _weighed(
    context: Context, pair: _Pair, value: Value, carrier: Carrier, position: Position
) -> SecretPart | None:
    reason = _reason(pair, value, carrier)(name=pair.name)
    if _is_drawn(pair):
        if _BASIC.match(context.text, value.start, value.end):
            return None  # its code can be read: `headers` looks into it
        value = value._replace(start=min(value.end, after_scheme(context.text, value.start)))
    span = value.start, value.end
    return context.weigh(span, pair.verdict, position, carrier, reason, pair.name)


def _reason(pair: _Pair, value: Value, carrier: Carrier) -> Message:
    if pair.separator in ("==", "===", "-eq"):
        return COMPARED
    if carrier is Carrier.CONNECTION:
        return CONNECTION
    if carrier is Carrier.HEADERS:
        return HEADER
    if pair.separator in ("=", ":=") and value.quoted:
        return ASSIGNED
    return FIELD
