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
