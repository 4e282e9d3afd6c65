"""Cuts names into words and evens out their spelling."""

import re
import unicodedata

_WORD = re.compile(
    r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+",
)
_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "ı": "i"})


def fold(text: str) -> str:
    """Return ``text`` without accents on Latin letters and with plain forms of wide characters.

    The case is kept; the length may change.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    if composed.isascii():
        return composed
    return "".join(_bare(letter) for letter in composed)


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def split_words(name: str) -> list[str]:
    """Return the words of a name in lower case: of camelCase, snake_case, kebab-case and labels.

    Scripts without spaces give one word for each run of their letters.
    """
    return [word.lower() for word in _WORD.findall(fold(name))]


def fold_aligned(text: str) -> str:
    """Return ``text`` in lower case without accents, character for character: offsets stay true."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return lower if lower.isascii() else lower.translate(_ALIGNED)


def _aligned_table() -> dict[int, int]:
    table = {ord("ł"): ord("l"), ord("ø"): ord("o"), ord("ı"): ord("i")}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = ord(base)
    wide = range(0xFF01, 0xFF5F)
    return table | {code: ord(chr(code - 0xFEE0).lower()) for code in wide}


_ALIGNED = _aligned_table()
