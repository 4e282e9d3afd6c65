"""Finds the secret parts of a text, whatever carries them."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from padguard.analysis.secrets.detectors import (
    bodies,
    calls,
    commands,
    connections,
    fields,
    headers,
    pairs,
    sentences,
    sql,
    urls,
)
from padguard.analysis.secrets.detectors.context import Context
from padguard.analysis.secrets.forms import forms_in_text
from padguard.analysis.secrets.judging import FINDING
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.vocabulary import Vocabulary, standard

Detector = Callable[[Context], Iterator[SecretPart]]


def _forms(context: Context) -> Iterator[SecretPart]:
    return forms_in_text(context.text)


DETECTORS: tuple[Detector, ...] = (
    _forms,
    urls.find,
    headers.find,
    connections.find,
    bodies.find,
    calls.find,
    fields.find,
    sql.find,
    commands.find,
    pairs.find,
    sentences.find,
)
"""All ways of looking, the more exact first: of equals the first counts."""

SHORTEST: Final = 5
"""Shorter texts have no room for a secret and what says that it is one."""

SHORTEST_TOKEN: Final = 12
"""A single word has to have the form of a token, and those are longer."""


def secrets_in_text(
    value: str, *, hint: Carrier | None = None, vocabulary: Vocabulary | None = None
) -> list[SecretPart]:
    """Return the parts of a text that are secrets, or places of variables where secrets belong.

    Args:
        value: The text. Each interpolated expression in it is the one character `model.HOLE`.
        hint: What the text is, where that is known; it sharpens what is looked for.
        vocabulary: Whose words say what is secret; those that come with the program if None.

    Returns:
        Parts that do not overlap, in order, each worth a finding (see `SecretPart.confidence`).
    """
    one_word = value.isascii() and value.isalnum()
    if len(value) < (SHORTEST_TOKEN if one_word else SHORTEST):
        return []
    context = Context(value, hint or Carrier.TEXT, vocabulary or standard())
    return _without_overlaps(part for find in DETECTORS for part in find(context))


def _without_overlaps(parts: Iterable[SecretPart]) -> list[SecretPart]:
    """Return, of parts that overlap, the one that is most sure, in the order of the text."""
    chosen: list[SecretPart] = []
    starts: list[int] = []
    for part in sorted(parts, key=lambda part: -part.confidence):
        if part.confidence < FINDING:
            break
        place = bisect_left(starts, part.start)
        after = chosen[place].start if place < len(chosen) else part.end
        before = chosen[place - 1].end if place else part.start
        if before <= part.start and part.end <= after and part.start < part.end:
            chosen.insert(place, part)
            starts.insert(place, part.start)
    return chosen
