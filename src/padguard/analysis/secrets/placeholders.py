"""Tells values that stand for a secret yet to come, and plain values, from secrets."""

import re
import tomllib
from functools import cache
from typing import Literal, NamedTuple

from padguard.analysis.secrets.names import name_verdict
from padguard.analysis.secrets.randomness import looks_random, wordness
from padguard.foundation.paths import resources_dir

__all__ = ["PlainKind", "is_placeholder", "looks_random", "plain_kind", "wordness"]

PlainKind = Literal[
    "guid", "date", "number", "version", "path", "file", "url", "email", "selector", "hash",
    "digest", "colour", "phrase", "name",
]  # fmt: skip
"""What an everyday value is; a ``name`` is an identifier such as ``Invoice_Total``."""

MAX_LENGTH = 200
"""No placeholder is longer."""


class ValueWords(NamedTuple):
    """The words of ``resources/secrets/values.toml``, folded by `spelling`."""

    placeholders: frozenset[str]
    likely_placeholders: frozenset[str]
    constants: frozenset[str]
    states: frozenset[str]


@cache
def value_words() -> ValueWords:
    """Return the words that are no secrets though they stand where one belongs."""
    path = resources_dir() / "secrets" / "values.toml"
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    return ValueWords(*(frozenset(map(spelling, lists[name])) for name in ValueWords._fields))


def spelling(value: str) -> str:
    """Return a value in lower case, its words parted by single spaces, without marks around it."""
    return _GAPS.sub(" ", value.strip(_MARKS).casefold()).strip()


_GAPS = re.compile(r"[\s_\-]+")
_MARKS = " \t\r\n<>[]{}()\"'`.,:;!?…*„“”«»。"
_MASKED = re.compile(r"[xX*•●.\-_ #?–—…]+|\S{0,3}[*•●]{3,}\S{0,3}")
_BRACKETED = re.compile(
    r"""<[^<>]*[^\W\d][^<>]*> | \[[^\[\]]*[^\W\d][^\[\]]*\] | \{+[^{}]*\}+ | \$\{[^{}]*\}
      | \$\([^()]*\) | %[^\W\d][\w.\-()]*% | «[^«»]*» | __[A-Za-z]\w*__ | @@\w+@@
      | \#\{[^{}]*\}\#? | <%[^%]*%> | ![A-Za-z_]\w*! | ＜[^＜＞]*＞""",
    re.VERBOSE,
)
_VARIABLE = re.compile(
    r"""\$(?:env|script|global|private|using):\w+ | \$[A-Za-z_]+(?:\.[A-Za-z_]\w*)*
      | (?:[A-Za-z_]\w*\.)*process\.env\.\w+ | os\.environ\S* | (?:@|:|&&?)(?P<name>[A-Za-z_]\w*)
      | \? | %[sdvi@] | %~?\d | %\*""",
    re.VERBOSE,
)
_TO_FILL_IN = re.compile(
    r"""(?:your|my|the|enter|insert|put|type|add|replace|provide|paste|some|any|set|use|fill|change
      |ihr|dein|bitte|votre|saisissez|entrez|su|tu|ingrese|introduzca|sua|digite|insira|inserire
      |la\ tua|uw|voer|twoje|wpisz)\ .+ | .*\ (?:here|hier|ici|aqui|aquí|qui|goes\ here) """,
    re.VERBOSE,
)
_JOINED = re.compile(
    r"(?:your|enter|insert|replace|change)[a-z]*(?:password|secret|token|key|pwd)\w*"
)


def is_placeholder(value: str, *, in_prompt: bool = False) -> bool:
    """Return whether a value only stands for a secret: empty, ``<password>``, ``****``, ``%PWD%``.

    Args:
        value: What stands where a secret belongs.
        in_prompt: Whether it stands in a prompt or a sample, where words such as ``changeme``
            are placeholders too; elsewhere somebody may have chosen them.
    """
    text = value.strip()
    if not text or _MASKED.fullmatch(text):
        return True
    if len(text) > MAX_LENGTH:
        return False
    if _BRACKETED.fullmatch(text) or is_variable(text):
        return True
    known, plain = value_words(), spelling(text)
    if not plain or plain in known.placeholders:
        return True
    if in_prompt and plain in known.likely_placeholders:
        return True
    if _JOINED.fullmatch(plain.replace(" ", "")) and text.isascii():
        return True
    return bool(_TO_FILL_IN.fullmatch(plain)) and name_verdict(text).secret


def is_variable(text: str) -> bool:
    """Return whether a value is a variable of a script or of the environment: ``$pwd``, ``@Pwd``.

    What may as well be a password (``$ummer``, ``@pple``) counts only if it is named like a secret.
    """
    match = _VARIABLE.fullmatch(text)
    if match is None:
        return False
    if text.startswith("$") and ":" not in text and "." not in text:
        return wordness(text) > 0.5 or name_verdict(text).secret
    name = match["name"]
    return name is None or len(name) <= 2 or name_verdict(name).secret


_PLAIN: tuple[tuple[PlainKind, re.Pattern[str]], ...] = (
    ("guid", re.compile(r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?")),
    (
        "date",
        re.compile(
            r"""\d{4}([-/.])\d{1,2}\1\d{1,2}(?:[T ]\d{1,2}:\d{2}[\d:.Z+\-]*)?
              | \d{1,2}([-/.])\d{1,2}\2\d{2,4}(?:\ \d{1,2}:\d{2}[\d:.]*)? | \d{1,2}:\d{2}(?::\d{2})?
              | [yYmMdDhHsSfFtT:/.\-\ ]{6,}""",
            re.VERBOSE,
        ),
    ),
    ("version", re.compile(r"[vV]?\d+(?:\.\d+){1,3}(?:[-+][\w.]+)?")),
    ("number", re.compile(r"[+-]?\d[\d ',.]*\d?%?")),
    ("colour", re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")),
    ("url", re.compile(r"(?:[a-zA-Z][a-zA-Z\d+.\-]*://|www\.|mailto:)\S+")),
    ("email", re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")),
    (
        "path",
        re.compile(
            r"""[A-Za-z]:[\\/][^*?"<>|]* | \\\\[^\\/*?"<>|]+\\[^*?"<>|]*
              | \.{0,2}(?:/[\w.\-@ ]+){2,}/?
              | \.{1,2}[\\/][^*?"<>|]+ | ~/\S+ | (?:[\w\-. ]+\\){2,}[\w\-. ]*
              | HKEY_\w+\\.* | HK(?:LM|CU|CR|U):?\\.*""",
            re.VERBOSE,
        ),
    ),
    (
        "file",
        re.compile(
            r"""[\w\-. ()]+\.(?:txt|csv|xlsx?|xlsm|docx?|pptx?|pdf|json|xml|ya?ml|ini|log|zip|png
              |jpe?g|gif|exe|dll|bat|cmd|ps1|vbs|js|py|sql|config|cfg|pfx|pem|key|cer|crt|p12|kdbx
              |html?|aspx?|php|env)""",
            re.VERBOSE | re.IGNORECASE,
        ),
    ),
    (
        "selector",
        re.compile(
            r"""//[\w*].* | [\#.][A-Za-z_][\w\-]*(?:[\s>+~.\#\[:].*)? | [\w\-]*\[[@\w\-]+[~^$*|]?=.*
              | /?wnd\[\d\].* | \w+(?:\[\w+[~^$*|]?=[^\]]*\])+.* | .*\[@\w+=.*""",
            re.VERBOSE,
        ),
    ),
    ("hash", re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9A-F]{32,64})")),
    (
        "digest",
        re.compile(
            r"\$(?:2[aby]|argon2\w+|pbkdf2\S*|[156y])\$\S+|\{S?SHA\d*\}\S+|0x[0-9a-fA-F]{8,}"
        ),
    ),
    ("phrase", re.compile(r"\S+(?:\s+\S+)+")),
    ("name", re.compile(r"[A-Za-z][a-z]*(?:[A-Z][a-z]+)+|[A-Za-z]+(?:[_.][A-Za-z]+)+")),
)
_MAX_PLAIN = 400


def plain_kind(value: str) -> PlainKind | None:
    """Return what everyday value a text is, or None where it is none of the known ones.

    A GUID, a hash, a number and a phrase can nevertheless be a secret where one belongs.
    """
    text = value.strip()
    if not text or len(text) > _MAX_PLAIN:
        return None
    for kind, pattern in _PLAIN:
        if pattern.fullmatch(text):
            return kind
    return None
