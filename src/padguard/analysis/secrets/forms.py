"""Secrets that are known by their form alone, as `resources/secrets/token_forms.jsonl` has them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from padguard.analysis.secrets.checksums import CHECKS
from padguard.analysis.secrets.model import Carrier, SecretKind, SecretPart
from padguard.analysis.secrets.reasons import FORM, FORM_CHECKED, IDENTIFIER, PRIVATE_KEY
from padguard.foundation.paths import resources_dir

ALPHABETS: Final = {
    "base62": "A-Za-z0-9",
    "base62.": "A-Za-z0-9.",
    "base64": "A-Za-z0-9+/=_-",
    "base64url": r"A-Za-z0-9_\-",
    "base64url.": r"A-Za-z0-9_\-.",
    "base64url=": r"A-Za-z0-9_\-=",
    "base32bech": "AC-HJ-NP-Z02-9",
    "hex": "0-9a-f",
    "hex-": "0-9a-f-",
    "hexany": "0-9A-Fa-f",
    "letters": "A-Za-z",
    "word": "A-Za-z0-9_",
}
"""The alphabets by the names that ``token_forms.jsonl`` gives them, as character classes."""

_MADE_UP = re.compile(
    r"example|sample|x{4}|0{8}|your|dummy|fake|placeholder|redacted|insert|changeme|not[-_]?a[-_]?real",
    re.IGNORECASE,
)
_SERIES = ("abcdefghij", "1234567890", "0123456789", "qwertyuiop", "abcdef0123")
_PEM = re.compile(
    r"-----(?P<side>BEGIN|END) (?P<kind>(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?)-----"
)
_SHORTEST_PEM = 100


@dataclass(frozen=True, slots=True)
class TokenForm:
    """One known form of a secret.

    Attributes:
        id: A stable id.
        title: What a person calls it.
        kind: What sort of secret it is.
        pattern: Finds it, its borders included; the group ``secret`` is the secret.
        anchors: Each match holds one of these texts; a form that is not strong may have none.
        leading: Whether each match starts with its anchor.
        strong: Whether the form alone makes it a secret.
        checksum: The name of its check in `checksums.CHECKS`, or empty.
        confidence: How sure a match without checksum is.
        names: For a form that is not strong: words that make it one when they stand beside it.
        source: Where the form is documented.
    """

    id: str
    title: str
    kind: SecretKind
    pattern: re.Pattern[str]
    anchors: tuple[str, ...]
    leading: bool
    strong: bool
    checksum: str
    confidence: float
    names: tuple[str, ...]
    source: str


class FormMatch(NamedTuple):
    """A place in a text that has a known form; ``checked`` is None where there is no checksum."""

    start: int
    end: int
    form: TokenForm
    confidence: float
    checked: bool | None


@cache
def token_forms() -> tuple[TokenForm, ...]:
    """Return all known forms, in the order of the file."""
    path = resources_dir() / "secrets" / "token_forms.jsonl"
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_form(json.loads(line)) for line in lines)


def _form(record: dict[str, Any]) -> TokenForm:
    if "pattern" in record:
        body, anchors = record["pattern"], record["anchor"]
    else:
        letters = ALPHABETS[record["alphabet"]]
        anchors = record["prefix"]
        prefixes = "|".join(map(re.escape, anchors))
        body = f"(?:{prefixes})[{letters}]{{{record['min']},{record['max']}}}+"
    secret = body if "(?P<secret>" in body else f"(?P<secret>{body})"
    return TokenForm(
        id=record["id"],
        title=record["title"],
        kind=record["kind"],
        pattern=re.compile(rf"(?<![\w+/\-]){secret}(?![A-Za-z0-9_])"),
        anchors=tuple(anchors),
        leading="prefix" in record or record["leading"],
        strong=record["strong"],
        checksum=record.get("checksum", ""),
        confidence=record.get("confidence", 0.9),
        names=tuple(record.get("names", ())),
        source=record["source"],
    )


def find_forms(text: str) -> Iterator[FormMatch]:
    """Yield the places of a text that have a strong form, in no order, perhaps overlapping."""
    if not _any_anchor().search(text):
        return
    for form in token_forms():
        if not form.strong:
            continue
        for match in _matches(form, text):
            start, end = match.span("secret")
            while text[end - 1] in ".-_" and end > start:
                end -= 1
            yield _weighed(form, text[start:end], start, end)


@cache
def _any_anchor() -> re.Pattern[str]:
    """Return what finds the anchor of any strong form; most texts have none."""
    anchors = {anchor for form in token_forms() if form.strong for anchor in form.anchors}
    return re.compile("|".join(map(re.escape, sorted(anchors))))


def _matches(form: TokenForm, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a form, looked for only where its anchors stand."""
    present = [anchor for anchor in form.anchors if anchor in text]
    if present and not form.leading:
        yield from form.pattern.finditer(text)
        return
    for anchor in present:
        position = text.find(anchor)
        while position >= 0:
            match = form.pattern.match(text, position)
            if match:
                yield match
            position = text.find(anchor, match.end() if match else position + 1)


def known_form(value: str, name: str = "") -> TokenForm | None:
    """Return the form that a whole value has, or None.

    Args:
        value: The value, without quotes.
        name: The name beside it; forms that are not strong count only if it names what they are.
    """
    folded = name.lower().replace("_", " ").replace("-", " ")
    for form in token_forms():
        match = form.pattern.fullmatch(value)
        whole = match is not None and match.span("secret") == (0, len(value))
        if whole and (form.strong or any(word in folded for word in form.names)):
            return form
    return None


def _weighed(form: TokenForm, value: str, start: int, end: int) -> FormMatch:
    checked = CHECKS[form.checksum](value) if form.checksum else None
    confidence = form.confidence
    if checked is not None:
        confidence = 0.99 if checked else 0.7
    if form.checksum in ("jwt_header", "discord_id") and not checked:
        confidence = 0.3
    if _is_made_up(value):
        confidence = min(confidence, 0.3)
    elif not checked and any(series in value.lower() for series in _SERIES):
        confidence = min(confidence, 0.65)
    return FormMatch(start, end, form, confidence, checked)


def _is_made_up(value: str) -> bool:
    """Return whether a value is the sample of a documentation rather than one that was issued."""
    return bool(_MADE_UP.search(value)) or len(set(value[-16:])) <= 3


def private_keys(text: str) -> Iterator[tuple[int, int]]:
    """Yield where private keys in PEM form stand, from their first dash to their last.

    A key whose end is missing reaches to the end of the text.
    """
    begun: re.Match[str] | None = None
    for match in _PEM.finditer(text):
        if match["side"] == "BEGIN":
            begun = begun or match
        elif begun:
            if match.start() - begun.end() >= _SHORTEST_PEM:
                yield begun.start(), match.end()
            begun = None
    if begun and len(text) - begun.end() >= _SHORTEST_PEM:
        yield begun.start(), len(text)


def forms_in_text(text: str) -> Iterator[SecretPart]:
    """Yield the parts of a text that are secrets by their form alone."""
    for start, end in private_keys(text):
        yield SecretPart(start, end, Carrier.TOKEN, "key", 0.97, PRIVATE_KEY)
    for match in find_forms(text):
        reason = FORM_CHECKED if match.checked else FORM
        if match.form.kind == "identifier":
            reason = IDENTIFIER
        yield SecretPart(
            match.start,
            match.end,
            Carrier.TOKEN,
            match.form.kind,
            match.confidence,
            reason(title=match.form.title),
        )
