"""Finds values beside names that say secret: ``key=value``, ``key: value``, assignments, JSON."""

import re
from collections.abc import Iterator

from padguard.analysis.secrets.detectors.connections import ConnectionMap
from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.detectors.pairvalues import (
    Candidate,
    Pair,
    is_basic,
    values_after,
)
from padguard.analysis.secrets.detectors.values import after_scheme
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.names import NOTHING
from padguard.analysis.secrets.reasons import ASSIGNED, COMPARED, CONNECTION, FIELD, HEADER
from padguard.analysis.secrets.words import split_words
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
_USER_AND = re.compile(r"(?:user|name|usr|login|benutzer|usuario|usuário|id) ?/ ?\Z", re.IGNORECASE)
"""Before "password" it makes two values follow; `sentences` reads them."""

_MAX_NAMES = 20_000
"""Different names that are looked at in one text; judging one takes a while."""


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the values beside names that say secret, wherever in the text they stand."""
    if not context.speaks:
        return
    text, position, places = context.text, 0, 0
    connections: ConnectionMap | None = None
    names: set[str] = set()
    while (
        places < MAX_PLACES and len(names) < _MAX_NAMES and (match := _PAIR.search(text, position))
    ):
        position = match.end()
        names.add(match["key"])
        pair = _named(context, match)
        if not pair.verdict.secret or _USER_AND.search(text, max(0, pair.start - 20), pair.start):
            # What looks like a type may be the next name: "user: password=…".
            if match["type"]:
                position = match.end("close")
            continue
        places += 1
        connections = connections or ConnectionMap(context)
        for candidate in values_after(context, pair, connections):
            part = _weighed(context, pair, candidate)
            if part:
                position = max(position, candidate.value.after)
                yield part


def _named(context: Context, match: re.Match[str]) -> Pair:
    """Return the name before a separator: one word, or a few that make a phrase."""
    name, start = match["key"], match.start("key")
    verdict, vocabulary = context.verdict(name), context.vocabulary
    if verdict.secret or name.rpartition("-")[2].lower() in vocabulary.last_words:
        before = _BEFORE.search(context.text, max(0, start - 48), start)
        phrase = before.group() + name if before else name
        if before and vocabulary.ends_plain(split_words(phrase)):
            return Pair(phrase, before.start(), NOTHING, match)
        found = context.verdict(phrase)
        if before and found.secret and verdict.strength != "strong":
            return Pair(phrase, before.start(), found, match)
    return Pair(name, start, verdict, match)


def _weighed(context: Context, pair: Pair, candidate: Candidate) -> SecretPart | None:
    reason = _reason(pair, candidate)(name=pair.name)
    start, end = candidate.value.start, candidate.value.end
    if pair.is_drawn:
        if is_basic(context.text, start):
            return None
        start = min(end, after_scheme(context.text, start))
    return context.weigh(
        (start, end), pair.verdict, candidate.position, candidate.carrier, reason, pair.name
    )


def _reason(pair: Pair, candidate: Candidate) -> Message:
    if pair.separator in ("==", "===", "-eq"):
        return COMPARED
    if candidate.carrier is Carrier.CONNECTION:
        return CONNECTION
    if candidate.carrier is Carrier.HEADERS:
        return HEADER
    return ASSIGNED if pair.separator in ("=", ":=") and candidate.value.quoted else FIELD
