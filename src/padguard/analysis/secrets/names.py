"""Says whether a name, or a short label, tells that its value is a secret."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from padguard.analysis.secrets.model import SecretKind
from padguard.analysis.secrets.vocabulary import Term, Vocabulary, compact, standard
from padguard.analysis.secrets.words import split_words

MAX_LENGTH: Final = 200
"""Characters of a name that are looked at; what is longer is a text, not a name."""

_MAX_COMPOUND = 40
_SHORTEST_WEAK = 6
_LABEL_WORDS = 5
"""A name of more words is a sentence: only the words beside the phrase count there."""

_LINK_WORDS = "de d del della dell da do du des der von van of the la el le il l"
_LINKS = frozenset(_LINK_WORDS.split())
"""Small words between a head and what it is of: "longueur *du* mot de passe"."""

_OTHERS = "user users usr username account server host port domain email mail"
_NEIGHBOURS = frozenset(_OTHERS.split())
"""After a word that only hints at a secret they say that it is something else: ``AuthUser``."""

_WHOSE = """
    for from of in at by on to via fur fuer von vom aus zum zur im bei pour du des para del desde
    do da na no per dal della voor van dla z w
"""
_PREPOSITIONS = frozenset(_WHOSE.split())
"""After a phrase they open what it is of or from, which changes nothing: ``SecretFromVault``."""


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """What a name says of its value.

    Attributes:
        secret: Whether it says, or hints, that the value is a secret.
        strength: "strong" where it says so by itself, "weak" where the value must decide.
        word: The phrase of the vocabulary that says so, else empty.
        kind: What sort of secret it says.
    """

    secret: bool
    strength: Literal["strong", "weak", "none"]
    word: str = ""
    kind: SecretKind = "secret"


NOTHING: Final = NameVerdict(secret=False, strength="none")
PASSWORD: Final = NameVerdict(secret=True, strength="strong", word="password", kind="password")
"""The verdict on a place that takes a password by its nature, whatever it is called."""
TOKEN: Final = NameVerdict(secret=True, strength="strong", word="token", kind="token")
"""The same for a token."""
KEY: Final = NameVerdict(secret=True, strength="strong", word="secret key", kind="key")
"""The same for a key."""


class Found(NamedTuple):
    """A phrase in a list of words, from word ``start`` up to ``end``."""

    start: int
    end: int
    term: Term
    plural: bool = False


def name_verdict(name: str, vocabulary: Vocabulary | None = None) -> NameVerdict:
    """Return what the name of a variable, parameter, key, column or switch says of its value.

    Args:
        name: The name in any usual spelling, or a short label ("Enter your password:").
        vocabulary: Whose words count; those that come with the program if None.
    """
    return _verdict(name[:MAX_LENGTH], vocabulary or standard(), element=False)


def element_verdict(name: str, vocabulary: Vocabulary | None = None) -> NameVerdict:
    """Return what the name of a UI element, a window or a selector says of what is typed there.

    Words for entry fields do not matter here: what is typed into the "Password field" is one.
    """
    words = vocabulary or standard()
    # The last step of a path says what the element is: "wnd[0]/usr/pwdRSYST-BCODE".
    last = name[-MAX_LENGTH:].rpartition("/")[2]
    verdict = _verdict(last, words, element=True)
    if verdict.strength == "strong" or len(last) == len(name):
        return verdict
    return _stronger(verdict, _verdict(name[:MAX_LENGTH], words, element=True))


@lru_cache(maxsize=16384)
def _verdict(name: str, vocabulary: Vocabulary, *, element: bool) -> NameVerdict:
    spelling = compact(name)
    if not vocabulary.speaks(spelling):
        return NOTHING
    verdict = NOTHING
    if not spelling.isascii():
        verdict = _joined(spelling, vocabulary, element=element)
    if verdict.strength != "strong":
        words = [part for word in split_words(name) for part in _parts(word, vocabulary)]
        for found in phrases(words, vocabulary):
            verdict = _stronger(verdict, _spoken(words, found, vocabulary, element=element))
    return verdict


def _stronger(one: NameVerdict, other: NameVerdict) -> NameVerdict:
    order = ("none", "weak", "strong")
    return other if order.index(other.strength) > order.index(one.strength) else one


def _joined(spelling: str, vocabulary: Vocabulary, *, element: bool) -> NameVerdict:
    """Return the verdict of the phrases of languages that write without spaces."""
    verdict = NOTHING
    fields = frozenset() if element else vocabulary.fields_joined
    for match in vocabulary.joined_pattern.finditer(spelling):
        term = vocabulary.joined[match.group()]
        rest = spelling[match.end() :]
        if term.strength == "plain" or any(word in rest for word in vocabulary.about_joined):
            continue
        if any(rest.startswith(word) for word in fields):
            continue
        if rest and any((word,) in vocabulary.about for word in split_words(rest)):
            continue
        alone = match.group() == spelling
        strong = term.strength == "strong" or (term.strength == "bare" and alone)
        verdict = _stronger(verdict, _as_verdict(term, strong=strong))
    return verdict


def _as_verdict(term: Term, *, strong: bool) -> NameVerdict:
    return NameVerdict(
        secret=True, strength="strong" if strong else "weak", word=term.phrase, kind=term.kind
    )


def _parts(word: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words that a word is run together from, else the word."""
    if word in vocabulary.pieces or len(word) > _MAX_COMPOUND or len(word) < 4:
        return [word]
    cut = _cut(word, vocabulary.pieces)
    if cut and any(_may_be_joined(cut, found) for found in phrases(cut, vocabulary)):
        return cut
    ending, opening = vocabulary.compounds
    match = ending.search(word) or opening.match(word)
    if match is None or vocabulary.terms[match.group(),].strength == "plain":
        return [word]
    return [part for part in (word[: match.start()], match.group(), word[match.end() :]) if part]


def _may_be_joined(cut: list[str], found: Found) -> bool:
    """Return whether a phrase within a word is one: short ones only at its end (no ``pin-to``)."""
    if found.term.strength == "weak":
        return len(found.term.phrase) >= _SHORTEST_WEAK
    return found.term.strength != "bare" or found.end == len(cut)


def _cut(word: str, pieces: frozenset[str]) -> list[str]:
    """Return the fewest pieces that make the word, or nothing."""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 16), end):
            head = best[start]
            if head is None or word[start:end] not in pieces:
                continue
            known = best[end]
            if known is None or len(head) + 1 < len(known):
                best[end] = [*head, word[start:end]]
    return best[-1] or []


def phrases(words: list[str], vocabulary: Vocabulary) -> Iterator[Found]:
    """Yield the phrases of the vocabulary in a list of words, the longest at each place."""
    position = 0
    while position < len(words):
        found = _phrase_at(words, position, vocabulary)
        if found is None:
            position += 1
            continue
        if found.term.strength != "plain":
            yield found
        position = found.end


def _phrase_at(words: list[str], start: int, vocabulary: Vocabulary) -> Found | None:
    if words[start].removesuffix("s") not in vocabulary.first_words:
        return None
    for end in range(min(len(words), start + vocabulary.longest), start, -1):
        phrase = tuple(words[start:end])
        if phrase in vocabulary.terms:
            return Found(start, end, vocabulary.terms[phrase])
        if phrase[-1].endswith("s"):
            singular = (*phrase[:-1], phrase[-1][:-1])
            if singular in vocabulary.terms:
                return Found(start, end, vocabulary.terms[singular], plural=True)
    return None


def _spoken(
    words: list[str], found: Found, vocabulary: Vocabulary, *, element: bool
) -> NameVerdict:
    """Return what a phrase says among the words around it."""
    term = found.term
    rest = [word for word in words[found.end :] if not word.isdigit()]
    if rest and rest[0] in _PREPOSITIONS:
        rest = []
    avoided = vocabulary.about if element else vocabulary.about_or_field
    if _is_about(words, rest, found, avoided):
        return NOTHING
    opening = vocabulary.before_entry if element else vocabulary.before
    if found.start > 0 and words[0] in opening:
        return NOTHING
    if term.strength != "strong" and rest and rest[-1] in _NEIGHBOURS:
        return NOTHING
    others = (*words[: found.start], *rest)
    known = all(
        word in vocabulary.owners or word.isdigit() or (element and (word,) in vocabulary.fields)
        for word in others
    )
    strong = term.strength == "strong" or (term.strength == "bare" and known and not found.plural)
    return _as_verdict(term, strong=strong)


def _is_about(
    words: list[str], rest: list[str], found: Found, avoided: frozenset[tuple[str, ...]]
) -> bool:
    """Return whether the words around a phrase make the name one about the secret."""
    if (*rest[:1],) in avoided or (*rest[:2],) in avoided:
        return True
    if rest and len(words) <= _LABEL_WORDS and (rest[-1],) in avoided:
        return True
    head = found.start - 1
    while head >= 0 and words[head] in _LINKS:
        head -= 1
    if head < 0:
        return False
    linked = head < found.start - 1
    return (words[head],) in avoided and (linked or (words[head],) in found.term.after)
