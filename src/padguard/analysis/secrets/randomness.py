"""How much a text looks as if a machine had drawn it, rather than a person written it."""

import math
import re
from collections import Counter
from itertools import pairwise

_SHORTEST = 8
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

# The pairs of letters that make up most of ordinary words in English, German, French, Spanish,
# Portuguese, Italian, Dutch and transliterated Polish; three pairs of four in words are among
# them, one of four in random letters.
_PAIRS = """
    aa ab ac ad ag ai ak al am an ap ar as at au av aw ay ba be bl bo br bu ca ce ch ci ck cl co
    cr ct cu cz da de di do dr du ea eb ec ed ee ef eg ei ek el em en ep er es et ev ew ex ey fa
    fe ff fi fo fr fu ga ge gh gi gl go gr gu ha he hi ho hr ht ia ib ic id ie if ig ij il im in
    io ip ir is it iv je ju ka ke ki kn ks la ld le li ll lo lt lu ly ma mb me mi mm mo mp mu my
    na nc nd ne ng ni nn no ns nt nu ob od of og oi ok ol om on oo op or os ot ou ow pa pe pi pl
    po pp pr pu qu ra rc rd re rg ri rk rl rm rn ro rr rs rt ru ry rz sa sc se sh si sk sl sm sn
    so sp ss st su sw sz ta te th ti to tr ts tt tu ty ub uc ud ue ug ui ul um un up ur us ut uw
    ve wa we wi wn wo za ze zi
"""
_COMMON = frozenset(_PAIRS.split())


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
        for a, b in pairwise(value)
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
