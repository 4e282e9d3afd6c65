"""Finds secrets that a sentence, a comment or a note says: "the password is …", "Kennwort: …"."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.detectors.values import Value, is_code, read_quoted
from padguard.analysis.secrets.judging import FINDING, Position, password_likeness
from padguard.analysis.secrets.model import HOLE, SCRIPTS, Carrier, SecretPart
from padguard.analysis.secrets.names import PASSWORD, NameVerdict, phrases
from padguard.analysis.secrets.reasons import SAID
from padguard.analysis.secrets.vocabulary import Term
from padguard.foundation.paths import resources_dir

_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[^\s\"'<>“”„«»「」、。，；,;]{3,64}")
_ASCII_RUN = re.compile(r"[!-&(-~]{3,64}")
_STOPS = ".):?]}"
_OUTRIGHT = 0.65
"""A word right after "password", without "is" or a colon, must look as much like one."""

_BEFORE, _AFTER = 40, 80
"""How far around a piece of a word its phrase is looked for, in characters."""

_NO_SENTENCE = re.compile(r"\A\s*[:=：]\s*\Z|[a-z][A-Z]")
"""A name right before its value is the business of `pairs`; names in camelCase are code."""

_WITH_COMMENTS = SCRIPTS | {Carrier.SQL, Carrier.DOS}
_NO_SENTENCES = frozenset({Carrier.COMMAND, Carrier.CONNECTION, Carrier.URL, Carrier.HEADERS})


class _Rules(NamedTuple):
    """The patterns that ``resources/secrets/sentences.toml`` makes."""

    said: re.Pattern[str]
    joined: re.Pattern[str]
    sign_in: re.Pattern[str]
    sign_in_words: tuple[str, ...]


@cache
def _rules() -> _Rules:
    path = resources_dir() / "secrets" / "sentences.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))

    def either(name: str) -> str:
        return "|".join(map(re.escape, sorted(words[name], key=len, reverse=True)))

    gap = r"[^\S\r\n]"
    return _Rules(
        said=re.compile(
            rf"""(?:{gap}{{0,3}}\([^()\r\n]{{0,40}}\))?(?:{gap}+[\w.\-/&@'’„“"{HOLE}]+){{0,6}}?
              {gap}{{0,3}}(?:[:=：]|->|→|(?<=\s)(?:{either("copulas")})(?=\s|:))
              {gap}{{0,3}}:?{gap}{{0,3}}(?:(?:{either("adverbs")}){gap}+)?""",
            re.IGNORECASE | re.VERBOSE,
        ),
        joined=re.compile(
            rf"[\w（(（）)]{{0,12}}?(?:{either('joined_copulas')}|[:：=＝])\s{{0,2}}"
        ),
        sign_in=re.compile(
            rf"""(?<!\w)(?:{either("sign_in")}){gap}{{0,3}}[:=：]{gap}{{0,3}}
              [^\s/|:,;、]{{2,60}}{gap}{{0,2}}[/|:,;、]{gap}{{0,2}}(?P<secret>[^\s"'<>|;、，。]{{4,64}})""",
            re.IGNORECASE | re.VERBOSE,
        ),
        sign_in_words=tuple(words["sign_in"]),
    )


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets that the text tells a reader."""
    if context.hint in _NO_SENTENCES:
        return
    for end, verdict in islice(_mentions(context), MAX_PLACES):
        if context.hint in _WITH_COMMENTS and not context.in_comment(end):
            continue
        part = _told(context, end, verdict)
        if part:
            yield part
    rules = _rules()
    if not context.has(":", "=", "：") or not context.has(*rules.sign_in_words):
        return
    for match in islice(rules.sign_in.finditer(context.text), MAX_PLACES):
        start, end = _trimmed(context.text, *match.span("secret"))
        if password_likeness(context.text[start:end]) >= FINDING:
            part = _weighed(context, (start, end), PASSWORD)
            if part:
                yield part


def _mentions(context: Context) -> Iterator[tuple[int, NameVerdict]]:
    """Yield where each mention of a secret ends, with what sort of secret it is."""
    if not context.speaks:
        return
    vocabulary, aligned = context.vocabulary, context.aligned
    if not aligned.isascii():
        pattern, terms = vocabulary.joined_phrases
        for match in pattern.finditer(aligned):
            yield from _mention(match.end(), terms[match.group()])
    for start, end in _stretches(aligned, vocabulary.roots):
        tokens = list(_WORD.finditer(aligned, start, end))
        words = [token.group() for token in tokens]
        for found in phrases(words, vocabulary):
            yield from _mention(tokens[found.end - 1].end(), found.term)
        for token in tokens:
            word = token.group()
            if 8 < len(word) < 40 and (word,) not in vocabulary.terms:
                verdict = context.verdict(word)
                if verdict.strength == "strong":
                    yield token.end(), verdict


def _mention(end: int, term: Term) -> Iterator[tuple[int, NameVerdict]]:
    if term.strength in ("strong", "bare"):
        yield end, NameVerdict(secret=True, strength="strong", word=term.phrase, kind=term.kind)


def _stretches(text: str, roots: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of whole words around pieces of words that may speak of a secret."""
    last = 0
    for place in sorted(_places(text, roots)):
        if place >= last:
            start = max(place - _BEFORE, last)
            while start > last and text[start - 1].isalpha() and place - start < 2 * _BEFORE:
                start -= 1
            last = min(place + _AFTER, len(text))
            while last < len(text) and text[last].isalpha() and last - place < 2 * _AFTER:
                last += 1
            yield start, last


def _places(text: str, roots: tuple[str, ...]) -> Iterator[int]:
    for root in roots:
        position, count = text.find(root), 0
        while position >= 0 and count < MAX_PLACES:
            yield position
            position, count = text.find(root, position + len(root)), count + 1


def _told(context: Context, end: int, verdict: NameVerdict) -> SecretPart | None:
    """Return the secret that follows its mention, or None where the text says none."""
    text = context.text
    if end < len(text) and (text[end] == "_" or text[end].isdigit()):
        return None  # part of a longer name
    joined = not text[end - 1].isascii() and _rules().joined.match(text, end)
    said = joined or _rules().said.match(text, end)
    if said and (joined or not _NO_SENTENCE.search(said.group())):
        value = read_quoted(text, said.end()) or _run(text, said.end(), ascii_only=bool(joined))
        part = _weighed(context, value[:2], verdict) if value else None
        if value and not value.quoted and is_code(text, value):
            return None
        if part and (part.confidence > FINDING or (value and value.quoted)):
            return part
    return _outright(context, end, verdict)


def _outright(context: Context, end: int, verdict: NameVerdict) -> SecretPart | None:
    """Return the word right after a mention if it looks like a password by itself."""
    text = context.text
    if text[end : end + 1] not in (" ", "\u00a0") or verdict.kind not in ("password", "pin"):
        return None
    value = read_quoted(text, end + 1) or _run(text, end + 1, ascii_only=False)
    if value is None or password_likeness(text[value.start : value.end]) < _OUTRIGHT:
        return None
    if not value.quoted and (text[value.end - 1] == "=" or text[value.end : value.end + 1] == '"'):
        return None  # the name of an attribute
    return _weighed(context, value[:2], verdict)


def _run(text: str, start: int, *, ascii_only: bool) -> Value | None:
    match = (_ASCII_RUN if ascii_only else _RUN).match(text, start)
    if match is None:
        return None
    first, last = _trimmed(text, *match.span())
    return Value(first, last, last, quoted=False)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the punctuation that ends a sentence."""
    while end > start and text[end - 1] in _STOPS:
        end -= 1
    if text[start:end].endswith("!") and text[start : end - 1].isalpha():
        end -= 1
    return start, end


def _weighed(context: Context, span: tuple[int, int], verdict: NameVerdict) -> SecretPart | None:
    carrier = context.hint if context.hint is Carrier.COMMENT else Carrier.SENTENCE
    reason = SAID(name=verdict.word)
    return context.weigh(span, verdict, Position.PROSE, carrier, reason, verdict.word)
