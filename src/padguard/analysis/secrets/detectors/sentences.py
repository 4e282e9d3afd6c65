"""Finds secrets that a sentence, a comment or a note says: "the password is …", "Kennwort: …"."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from padguard.analysis.secrets.detectors.context import MAX_PARTS, Context
from padguard.analysis.secrets.detectors.values import Value, read_quoted
from padguard.analysis.secrets.judging import FINDING, Position, password_likeness
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.names import NameVerdict, phrases
from padguard.analysis.secrets.reasons import SAID
from padguard.analysis.secrets.words import fold
from padguard.foundation.paths import resources_dir

_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[^\s\"'<>“”„«»「」、。，；,;]{3,64}")
_ASCII_RUN = re.compile(r"[!-&(-~]{3,64}")
_STOPS = ".):?]}"
_OUTRIGHT = 0.65
"""A word right after "password", without "is" or a colon, must look as much like one."""

_PASSWORD = NameVerdict(secret=True, strength="strong", word="password", kind="password")


class _Rules(NamedTuple):
    """The patterns that ``resources/secrets/sentences.toml`` makes."""

    said: re.Pattern[str]
    joined: re.Pattern[str]
    sign_in: re.Pattern[str]


@cache
def _rules() -> _Rules:
    path = resources_dir() / "secrets" / "sentences.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))

    def either(name: str) -> str:
        return "|".join(map(re.escape, sorted(words[name], key=len, reverse=True)))

    gap = r"[^\S\r\n]"
    return _Rules(
        said=re.compile(
            rf"""(?:{gap}{{0,3}}\([^()\r\n]{{0,40}}\))?(?:{gap}+[\w.\-/&@'’„“"]+){{0,6}}?
              {gap}{{0,3}}(?:[:=：]|->|→|(?<=\s)(?:{either("copulas")})(?=\s|:))
              {gap}{{0,3}}:?{gap}{{0,3}}(?:(?:{either("adverbs")}){gap}+)?""".replace("\n", ""),
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
    )


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets that the text tells a reader."""
    count = 0
    for end, verdict in _mentions(context):
        part = _told(context, end, verdict)
        if part:
            count += 1
            yield part
        if count >= MAX_PARTS:
            return
    for match in _rules().sign_in.finditer(context.text):
        start, end = _trimmed(context.text, *match.span("secret"))
        if password_likeness(context.text[start:end]) >= FINDING:
            part = _weighed(context, (start, end), _PASSWORD)
            if part:
                yield part


def _mentions(context: Context) -> Iterator[tuple[int, NameVerdict]]:
    """Yield where each mention of a secret ends, with what sort of secret it is."""
    vocabulary = context.vocabulary
    if not context.text.isascii():
        for match in vocabulary.joined_pattern.finditer(context.text):
            term = vocabulary.joined[match.group()]
            if term.strength in ("strong", "bare"):
                yield match.end(), NameVerdict(True, "strong", term.phrase, term.kind)  # noqa: FBT003
    tokens = list(_WORD.finditer(context.text))
    words = [fold(token.group()).lower() for token in tokens]
    for found in phrases(words, vocabulary):
        if found.term.strength in ("strong", "bare"):
            verdict = NameVerdict(True, "strong", found.term.phrase, found.term.kind)  # noqa: FBT003
            yield tokens[found.end - 1].end(), verdict
    for token, word in zip(tokens, words, strict=True):
        if len(word) > 8 and vocabulary.compounds[0].search(word):
            verdict = context.verdict(word)
            if verdict.strength == "strong" and (word,) not in vocabulary.terms:
                yield token.end(), verdict


def _told(context: Context, end: int, verdict: NameVerdict) -> SecretPart | None:
    """Return the secret that follows its mention, or None where the text says none."""
    text = context.text
    if end < len(text) and (text[end] == "_" or text[end].isdigit()):
        return None  # part of a longer name
    joined = not text[end - 1].isascii() and _rules().joined.match(text, end)
    said = joined or _rules().said.match(text, end)
    if said:
        value = read_quoted(text, said.end()) or _run(text, said.end(), ascii_only=bool(joined))
        part = _weighed(context, value[:2], verdict) if value else None
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
