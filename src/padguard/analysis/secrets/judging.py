"""Weighs a value that stands where a secret belongs: is it one, and how sure is that?"""

import re
from enum import Enum
from typing import Final

from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.names import NameVerdict, name_verdict
from padguard.analysis.secrets.placeholders import (
    PlainKind,
    is_placeholder,
    plain_kind,
    spelling,
    value_words,
)
from padguard.analysis.secrets.randomness import looks_random, wordness
from padguard.foundation.messages import Message

FINDING: Final = 0.5
"""From this confidence on a part is worth a finding."""

_NEVER: Final[dict[PlainKind, float]] = {
    "url": 0.15, "path": 0.15, "file": 0.2, "selector": 0.15, "email": 0.3, "version": 0.3,
    "colour": 0.4, "digest": 0.3,
}  # fmt: skip
_VAULT_NAME = re.compile(r"[a-z]+(?:-[a-z]+\d{0,3})+")
_LONGEST_PHRASE = 4
_DIGITS = range(4, 13)
_REMAINDER = 4
"""So many letters and digits beside a variable make a secret that is partly written out."""


class Position(Enum):
    """How surely a place takes a secret and nothing else, once its name says so."""

    SLOT = 0.95
    """A field that takes a value: a connection string, JSON, a quoted assignment."""
    LOOSE = 0.8
    """Text after ``name=`` or ``name:`` that nothing bounds."""
    PROSE = 0.75
    """A word in a sentence."""


def value_confidence(
    value: str, verdict: NameVerdict, position: Position = Position.SLOT, *, in_prompt: bool = False
) -> float:
    """Return from 0 to 1 how sure it is that a value is a secret.

    Args:
        value: The value, without quotes.
        verdict: What the name beside it says; for a place that takes a secret by its nature, such
            as a password parameter, a strong verdict.
        position: How surely the place takes a value.
        in_prompt: Whether the text is a prompt or a sample.
    """
    text = value.strip()
    if not verdict.secret or is_placeholder(text, in_prompt=in_prompt):
        return 0.0
    known, plain = value_words(), spelling(text)
    if plain in known.constants:
        return 0.45 if position is Position.SLOT and plain in known.likely_placeholders else 0.0
    if position is not Position.SLOT and plain in known.states:
        return 0.0
    kind = plain_kind(text)
    never = _NEVER.get(kind) if kind else None
    if never is not None:
        return never
    if verdict.strength == "weak":
        return _hinted(text, verdict, kind)
    if _repeats_name(text, verdict):
        return 0.4
    return _in_its_place(text, verdict, kind, position)


def _in_its_place(
    text: str, verdict: NameVerdict, kind: PlainKind | None, position: Position
) -> float:
    """Return the confidence where the name says that the value is a secret."""
    ceiling = float(position.value)
    if verdict.kind == "pin" and not any(sign.isdigit() for sign in text):
        return 0.3
    if verdict.kind in ("token", "key", "cookie"):
        return min(ceiling, _drawn(text, kind))
    if verdict.kind == "secret" and position is not Position.SLOT and _names_secret(text):
        return 0.4
    if position is Position.PROSE:
        return _said(text, verdict, kind)
    return min(ceiling, _chosen(text, kind, position))


def password_likeness(value: str) -> float:
    """Return from 0 to 1 how much a word looks like a password that a person has chosen."""
    if not 5 <= len(value) <= 64 or any(sign.isspace() for sign in value):
        return 0.0
    if plain_kind(value) is not None:
        return 0.0
    letters = any(sign.isalpha() for sign in value)
    digits = any(sign.isdigit() for sign in value)
    signs = any(not sign.isalnum() and sign not in "_-./\\:," for sign in value)
    cases = any(sign.isupper() for sign in value) and any(sign.islower() for sign in value)
    if not letters or not (digits or signs):
        return 0.0
    return round(0.35 * digits + 0.35 * signs + 0.3 * cases, 2)


def _names_secret(text: str) -> bool:
    """Return whether a text is rather the name of a secret in a vault: ``sap-rpa01``."""
    return bool(_VAULT_NAME.fullmatch(text)) or not _is_striking(text)


def _is_striking(text: str) -> bool:
    """Return whether a value looks like a secret by itself, drawn or chosen."""
    return max(looks_random(text), password_likeness(text)) >= FINDING


def _hinted(text: str, verdict: NameVerdict, kind: PlainKind | None) -> float:
    """Return the confidence where the name only hints at a secret: the value must look like one."""
    if kind in ("phrase", "date", "name"):
        return 0.1
    if kind == "number":
        # Six digits are the postal code that India calls PIN.
        return 0.6 if verdict.kind == "pin" and len(text) in _DIGITS and len(text) != 6 else 0.2
    if kind == "guid":
        return 0.45
    evidence = max(looks_random(text), password_likeness(text))
    return 0.55 + 0.3 * evidence if evidence >= 0.5 else 0.3


def _repeats_name(text: str, verdict: NameVerdict) -> bool:
    """Return whether the value is but another word for the name: a label or a translation."""
    if any(sign.isdigit() for sign in text) or len(text) > 40:
        return False
    own = name_verdict(text)
    return own.strength == "strong" and own.kind == verdict.kind and text[-1:].isalpha()


def _drawn(text: str, kind: PlainKind | None) -> float:
    """Return the confidence for a token or a key: drawn by a machine, never an ordinary word."""
    if kind == "phrase":
        return 0.1
    if kind in ("date", "name"):
        return 0.35
    if kind == "number":
        return 0.3 if len(text) < 12 else 0.6
    if len(text) < 8:
        return 0.6 if password_likeness(text) >= 0.6 else 0.4
    letters_only = all(sign.isalpha() or sign in "-_" for sign in text)
    if letters_only and wordness(text) > 0.6:
        return 0.55 if len(text) >= 10 else 0.4
    return 0.95


def _chosen(text: str, kind: PlainKind | None, position: Position) -> float:
    """Return the confidence for a password in a place of its own: a short word counts."""
    if kind == "phrase":
        if position is not Position.SLOT or _is_label(text):
            return 0.1
        return 0.7
    if kind == "guid":
        return 0.7
    if spelling(text) in value_words().likely_placeholders:
        return 0.6
    if position is Position.LOOSE and password_likeness(text) < 0.5:
        return 0.65 if kind is None or kind == "number" else 0.5
    return 0.95 if len(text) > 1 else 0.5


def _is_label(text: str) -> bool:
    """Return whether a phrase speaks to a person, rather than being a pass phrase."""
    words = text.split()
    if len(words) > _LONGEST_PHRASE or text.rstrip()[-1] in ":?…":
        return True
    known = sum(word.casefold() in value_words().states for word in words)
    return name_verdict(text).secret or known * 2 >= len(words)


def _said(text: str, verdict: NameVerdict, kind: PlainKind | None) -> float:
    """Return the confidence for a word that a sentence names as the secret."""
    if kind == "number" or kind == "date":
        long_enough = len(text) in _DIGITS
        return 0.65 if long_enough and (verdict.kind == "pin" or len(text) > 4) else 0.0
    if _is_striking(text):
        return 0.8
    likeness = password_likeness(text)
    if kind is not None or len(text) < 5 or not text.isascii():
        return 0.0
    return 0.6 if likeness > 0 or any(sign.isdigit() for sign in text) else 0.5


def weigh(
    text: str,
    span: tuple[int, int],
    verdict: NameVerdict,
    position: Position,
    carrier: Carrier,
    reason: Message,
    name: str = "",
    *,
    in_prompt: bool = False,
) -> SecretPart | None:
    """Return the part of a text that is a secret or refers to one, or None where it is neither.

    Args:
        text: The whole text.
        span: Where the value stands in it.
        verdict: What the name beside the value says.
        position: How surely the place takes a value.
        carrier: What holds it.
        reason: Why it would be a secret.
        name: The name as written.
        in_prompt: Whether the text is a prompt or a sample.
    """
    start, end = span
    value = text[start:end]
    kept = value.lstrip()
    start, end = start + len(value) - len(kept), start + len(value) - len(kept) + len(kept.rstrip())
    value = text[start:end]
    if HOLE in value:
        if verdict.strength != "strong" or position is Position.PROSE:
            return None
        rest = value.replace(HOLE, "")
        if sum(sign.isalnum() for sign in rest) < _REMAINDER or plain_kind(rest) == "phrase":
            return SecretPart(start, end, carrier, verdict.kind, 0.9, reason, True, name)  # noqa: FBT003 - a field
        confidence = 0.65 * value_confidence(rest, verdict, position)
    else:
        confidence = value_confidence(value, verdict, position, in_prompt=in_prompt)
    if confidence < FINDING:
        return None
    return SecretPart(
        start,
        end,
        carrier,
        verdict.kind,
        round(confidence, 2),
        reason,
        is_reference=False,
        name=name,
    )
