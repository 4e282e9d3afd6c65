"""How much a text looks as if a machine had drawn it, rather than a person written it."""

import math
import re
from collections import Counter

_SHORTEST = 8
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

# The pairs of letters that make up most of ordinary words in English, German, French, Spanish,
# Portuguese, Italian, Dutch and transliterated Polish; three pairs of four in words are among
# them, one of four in random letters.
_COMMON = frozenset(
    [
        "th",
        "he",
        "in",
        "er",
        "an",
        "re",
        "on",
        "at",
        "en",
        "nd",
        "ti",
        "es",
        "or",
        "te",
        "of",
        "ed",
        "is",
        "it",
        "al",
        "ar",
        "st",
        "to",
        "nt",
        "ng",
        "se",
        "ha",
        "as",
        "ou",
        "io",
        "le",
        "ve",
        "co",
        "me",
        "de",
        "hi",
        "ri",
        "ro",
        "ic",
        "ne",
        "ea",
        "ra",
        "ce",
        "li",
        "ch",
        "ll",
        "be",
        "ma",
        "si",
        "om",
        "ur",
        "ei",
        "ie",
        "ge",
        "sc",
        "ck",
        "et",
        "la",
        "el",
        "us",
        "ns",
        "ue",
        "qu",
        "ui",
        "ad",
        "do",
        "da",
        "di",
        "lo",
        "na",
        "no",
        "ci",
        "ta",
        "tr",
        "pr",
        "pe",
        "pa",
        "po",
        "ac",
        "am",
        "un",
        "so",
        "su",
        "ca",
        "os",
        "il",
        "em",
        "et",
        "ec",
        "ct",
        "ss",
        "sa",
        "mi",
        "ho",
        "mo",
        "ni",
        "op",
        "ot",
        "ut",
        "ol",
        "ul",
        "id",
        "ig",
        "im",
        "ir",
        "wa",
        "we",
        "wi",
        "wo",
        "ow",
        "ay",
        "ey",
        "ly",
        "ry",
        "fo",
        "fi",
        "fr",
        "pl",
        "ap",
        "pp",
        "ex",
        "ab",
        "bl",
        "br",
        "bo",
        "ba",
        "bu",
        "cl",
        "cr",
        "cu",
        "du",
        "dr",
        "ev",
        "ef",
        "ff",
        "fe",
        "fa",
        "go",
        "gr",
        "gh",
        "ht",
        "ke",
        "ki",
        "lu",
        "mp",
        "mb",
        "mu",
        "nc",
        "ru",
        "rt",
        "rs",
        "rd",
        "rm",
        "sh",
        "sp",
        "sw",
        "tt",
        "ty",
        "tu",
        "ag",
        "ai",
        "au",
        "aw",
        "av",
        "ak",
        "eb",
        "ef",
        "eg",
        "ek",
        "ep",
        "ev",
        "ew",
        "fu",
        "ga",
        "gi",
        "gl",
        "gu",
        "hr",
        "iv",
        "ia",
        "ib",
        "if",
        "ip",
        "je",
        "ju",
        "ka",
        "kn",
        "ks",
        "ld",
        "lt",
        "mm",
        "my",
        "nn",
        "nu",
        "ob",
        "od",
        "og",
        "oi",
        "ok",
        "oo",
        "pi",
        "pu",
        "rc",
        "rg",
        "rk",
        "rl",
        "rn",
        "rr",
        "sk",
        "sm",
        "sn",
        "sl",
        "ts",
        "ub",
        "ud",
        "um",
        "up",
        "uc",
        "ug",
        "wn",
        "ze",
        "za",
        "zi",
        "cz",
        "rz",
        "sz",
        "ij",
        "uw",
        "ee",
        "aa",
    ]
)


def looks_random(value: str) -> float:
    """Return from 0 (ordinary words) to 1 (certainly drawn) how random a text looks.

    Short texts, words in any spelling, numbers alone and paths give low values. It says nothing
    about what a text is for: an id, a hash and a key look the same.
    """
    if len(value) < _SHORTEST or any(sign.isspace() for sign in value):
        return 0.0
    if not value.isascii():
        return 0.0
    letters = sum(sign.isalpha() for sign in value)
    digits = sum(sign.isdigit() for sign in value)
    if letters == 0 or letters + digits < len(value) * 0.6:
        return 0.0
    variety = _entropy(value) / math.log2(min(len(value), 48))
    mixing = min(1.0, _switches(value) / (len(value) * 0.28))
    # The few letters of a date or a number say little.
    strangeness = (1 - _wordness(value)) * min(1.0, letters / len(value) * 3)
    length = min(1.0, len(value) / 20)
    score = 0.2 * variety + 0.3 * mixing + 0.5 * strangeness
    return round(max(0.0, min(1.0, score * (0.55 + 0.45 * length))), 3)


def wordness(value: str) -> float:
    """Return from 0 to 1 how much the letters of a text look like ordinary words."""
    return _wordness(value)


def _entropy(value: str) -> float:
    counts = Counter(value)
    total = len(value)
    return -sum(n / total * math.log2(n / total) for n in counts.values())


def _switches(value: str) -> int:
    """Count the changes between letters and digits, and from small to capital letters."""
    return sum(
        (a.islower() and b.isupper())
        or (a.isdigit() and b.isalpha())
        or (a.isalpha() and b.isdigit())
        for a, b in zip(value, value[1:], strict=False)
    )


def _wordness(value: str) -> float:
    known = total = 0
    for word in _WORDS.findall(value):
        folded = word.lower()
        pairs = len(folded) - 1
        # Letters that stand alone among digits and signs are no word.
        total += max(1, pairs)
        known += sum(folded[i : i + 2] in _COMMON for i in range(pairs))
    return known / total if total else 0.0
