"""The words by which names say that they hold a secret: `resources/secrets/names.toml`."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple

from padguard.analysis.secrets.model import SecretKind
from padguard.analysis.secrets.words import fold, split_words
from padguard.foundation.paths import resources_dir

Strength = Literal["strong", "bare", "weak", "plain"]
Words = tuple[str, ...]

_KINDS: tuple[SecretKind, ...] = ("password", "pin", "token", "key", "secret")
_BARE_KINDS: Mapping[str, SecretKind] = {
    "pin": "pin", "token": "token", "jeton": "token", "otp": "token", "totp": "token",
    "トークン": "token", "令牌": "token", "權杖": "token", "토큰": "token", "токен": "token",
}  # fmt: skip
_WEAK_KINDS: Mapping[str, SecretKind] = {
    "key": "key", "code": "pin", "cookie": "cookie", "id": "token",
}  # fmt: skip
_COMPOUND_LENGTH = 6
"""A shorter word is part of too many others (``pass`` of ``compass``, ``senha`` of ``resenha``)."""
_SHORT_PIECES = frozenset({"db", "my", "pw", "ad", "sa", "id", "ok"})
_VOWELS = frozenset("aeiouy")
_ENTRY = frozenset(["verify", "validate", "check", "change", "changed", "reset", "new"])
"""Words that open the names of entry fields as well as those of facts about a secret."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Term(NamedTuple):
    """A phrase of the vocabulary.

    ``after`` are the words that, right before it, make a name one about the secret (of languages
    that put the head first).
    """

    phrase: str
    strength: Strength
    kind: SecretKind
    after: frozenset[Words] = frozenset()


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of all languages; never changes, `extended` gives another one.

    Two vocabularies are equal only if they are the same object.

    Attributes:
        terms: Phrases of languages with spaces, by their words.
        joined: Phrases of languages without spaces, by their spelling without any.
        about: Words that follow a phrase in names about a secret; the same for joined languages.
        before: Words that open such names.
        fields: Words for entry fields, of both sorts of languages.
        owners: Words that change nothing.
    """

    terms: Mapping[Words, Term]
    joined: Mapping[str, Term]
    about: frozenset[Words]
    about_joined: frozenset[str]
    before: frozenset[str]
    fields: frozenset[Words]
    fields_joined: frozenset[str]
    owners: frozenset[str]

    def extended(self, secret: Iterable[str] = (), plain: Iterable[str] = ()) -> "Vocabulary":
        """Return the vocabulary with a person's own names and terms.

        Args:
            secret: Names and terms that say *secret*.
            plain: Names and terms that do not, whatever else is known of them.
        """
        terms, joined = dict(self.terms), dict(self.joined)
        for phrase in secret:
            term = Term(phrase, "strong", "secret")
            terms[tuple(split_words(phrase))] = term
            if not fold(phrase).isascii():
                joined[compact(phrase)] = term
        for phrase in plain:
            term = Term(phrase, "plain", "secret")
            terms[tuple(split_words(phrase))] = term
            if not fold(phrase).isascii():
                joined[compact(phrase)] = term
        terms.pop((), None)
        return replace(self, terms=terms, joined=joined)

    @cached_property
    def longest(self) -> int:
        """How many words the longest phrase has."""
        return max(len(words) for words in self.terms)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first words of all phrases, without a final "s" that may be that of a plural."""
        return frozenset(words[0].removesuffix("s") for words in self.terms)

    @cached_property
    def last_words(self) -> frozenset[str]:
        """The last words of phrases of several words that say secret."""
        return frozenset(
            words[-1]
            for words, term in self.terms.items()
            if len(words) > 1 and term.strength != "plain"
        )

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Pieces of which each phrase holds one: folded text without any names no secret."""
        spoken = [words for words, term in self.terms.items() if term.strength != "plain"]
        spoken += ((word,) for word, term in self.joined.items() if term.strength != "plain")
        heads = Counter(word for words in spoken for word in words)
        chosen: list[str] = []
        # Single words before phrases, short ones before those that hold them.
        for words in sorted(spoken, key=lambda words: (len(words), len(words[0]))):
            if not any(root in word for word in words for root in chosen):
                chosen.append(max(words, key=lambda word: (len(word) > 2, heads[word], len(word))))
        return tuple(chosen)

    def speaks(self, folded: str) -> bool:
        """Return whether folded, lower-case text can hold a phrase at all; quick to say no."""
        return bool(self._roots_pattern.search(folded))

    @cached_property
    def _roots_pattern(self) -> re.Pattern[str]:
        """Finds any root; grouped by first letter, which most places of a text do not have."""
        groups: dict[str, list[str]] = {}
        for root in self.roots:
            groups.setdefault(root[0], []).append(re.escape(root[1:]))
        return re.compile("|".join(f"{letter}(?:{'|'.join(g)})" for letter, g in groups.items()))

    def ends_plain(self, words: list[str]) -> bool:
        """Return whether some words end in a phrase that means something else than a secret."""
        endings = (tuple(words[-count:]) for count in range(2, self.longest + 1))
        return any(
            ending in self.terms and self.terms[ending].strength == "plain" for ending in endings
        )

    @cached_property
    def joined_phrases(self) -> tuple[re.Pattern[str], Mapping[str, Term]]:
        """Find the phrases of languages without spaces as they are written, in lower case."""
        terms = {term.phrase.lower(): term for term in self.joined.values()}
        either = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
        return re.compile(either), terms

    @cached_property
    def joined_pattern(self) -> re.Pattern[str]:
        """Finds the phrases of languages without spaces, the longest first."""
        return re.compile("|".join(map(re.escape, sorted(self.joined, key=len, reverse=True))))

    @cached_property
    def compounds(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Find the phrase that ends, or opens, a compound: ``Lohnpasswort``, ``pwdbackup``."""
        single = {
            words[0]: term
            for words, term in self.terms.items()
            if len(words) == 1 and term.strength in ("strong", "plain") and _ends_words(words[0])
        }
        spellings = sorted(single, key=len, reverse=True)
        # Too many ordinary words open like "secret": only passwords open compounds.
        opening = (word for word in spellings if single[word].kind == "password")
        either, first = "|".join(map(re.escape, spellings)), "|".join(map(re.escape, opening))
        return re.compile(rf"(?:{either})\Z"), re.compile(f"(?:{first})")

    @cached_property
    def pieces(self) -> frozenset[str]:
        """All single words that may be run together: ``dbpassword``, ``tokenurl``."""
        found = {word for words in self.terms for word in words}
        found |= {words[0] for words in self.about | self.fields if len(words) == 1}
        found |= self.owners | self.before
        return frozenset(word for word in found if len(word) > 2) | (_SHORT_PIECES & found)

    @cached_property
    def about_or_field(self) -> frozenset[Words]:
        """Words after a phrase that make a name one about the secret, or one of a field for it."""
        return self.about | self.fields

    @cached_property
    def before_entry(self) -> frozenset[str]:
        """Words that open names about a secret and never names of entry fields."""
        return self.before - _ENTRY


def _ends_words(word: str) -> bool:
    """Return whether no ordinary word ends like this one: it is long, or has no vowel."""
    return len(word) >= _COMPOUND_LENGTH or (len(word) > 2 and _VOWELS.isdisjoint(word))


def compact(text: str) -> str:
    """Return folded text in lower case without spaces and punctuation."""
    return re.sub(r"[\W_]+", "", fold(text).lower())


@cache
def standard() -> Vocabulary:
    """Return the vocabulary that comes with the program."""
    path = resources_dir() / "secrets" / "names.toml"
    return build(tomllib.loads(path.read_text(encoding="utf-8"))["language"])


def build(languages: Iterable[Mapping[str, Any]]) -> Vocabulary:
    """Return the vocabulary that the tables of ``names.toml`` make."""
    terms: dict[Words, Term] = {}
    joined: dict[str, Term] = {}
    sets: dict[str, set[Words]] = {"about": set(), "field": set(), "before": set(), "owner": set()}
    sets_joined: dict[str, set[str]] = {name: set() for name in sets}
    for language in map(_both_spellings, languages):
        spaced = not language.get("joined")
        for term in _terms(language):
            if spaced:
                _put(terms, tuple(split_words(term.phrase)), term)
            else:
                _put(joined, compact(term.phrase), term)
        for name, phrases in sets.items():
            for phrase in language.get(name, ()):
                phrases.add(tuple(split_words(phrase)))
                if not spaced:
                    sets_joined[name].add(compact(phrase))
    return Vocabulary(
        terms=terms,
        joined=joined,
        about=frozenset(sets["about"]),
        about_joined=frozenset(sets_joined["about"]),
        before=frozenset(words[0] for words in sets["before"]),
        fields=frozenset(sets["field"]),
        fields_joined=frozenset(sets_joined["field"]),
        owners=frozenset(words[0] for words in sets["owner"]),
    )


def _both_spellings(language: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a language with its words in ASCII spelling too, where that has another letter."""
    if language["code"] not in ("de", "sv", "fi"):
        return language
    return {
        name: value
        if isinstance(value, str)
        else [*value, *(word.translate(_UMLAUTS) for word in value if not word.isascii())]
        for name, value in language.items()
    }


def _put(terms: dict[Any, Term], key: Words | str, term: Term) -> None:
    """Keep the first meaning of a phrase, unless a later one is stronger."""
    order = ("plain", "strong", "bare", "weak")
    known = terms.get(key)
    if known is None or order.index(term.strength) < order.index(known.strength):
        terms[key] = term


def _terms(language: Mapping[str, Any]) -> Iterable[Term]:
    head_first = language.get("order") == "head-first"
    names = (*language.get("about", ()), *language.get("field", ()))
    after = frozenset(tuple(split_words(word)) for word in names) if head_first else frozenset()
    for kind in _KINDS:
        for phrase in language.get(kind, ()):
            yield Term(phrase, "strong", kind, after)
    for phrase in language.get("bare", ()):
        yield Term(phrase, "bare", _BARE_KINDS.get(phrase, "password"), after)
    for phrase in language.get("weak", ()):
        endings = (ending for ending in _WEAK_KINDS if phrase.endswith(ending))
        yield Term(phrase, "weak", _WEAK_KINDS.get(next(endings, ""), "secret"), after)
    for phrase in language.get("plain", ()):
        yield Term(phrase, "plain", "secret", after)
