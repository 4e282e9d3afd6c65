"""Reads the value that follows a name: quoted in the manner of some language, or bare."""

import re
from typing import Final, NamedTuple

from padguard.analysis.secrets.model import Carrier

MAX_VALUE: Final = 2048
"""No secret on one line is longer."""

_OPENING = re.compile(
    r"""(?:[@$]{1,2}|[rRbBuUfFnN]{1,2})?
      (?P<quote>'{3}|"{3}|""(?=[^"\s,;:)}\]&+.])|[\\`]"|\\?["'`]|[“„”«»「『‘‚])""",
    re.VERBOSE,
)
"""Doubled quotes are those of Visual Basic within a text, ``` `" ``` those of PowerShell."""
_CLOSING = {
    "“": "”“",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "‘": "’‘",
    "‚": "‘’",
}
_BACKSLASH: Final = {
    quote: re.compile(rf"(?:[^{quote}\\\r\n]|\\[^\r\n]|{quote}{quote})*+{quote}")
    for quote in "\"'`"
}
_DOUBLED: Final = {
    quote: re.compile(rf"(?:[^{quote}\r\n]|{quote}{quote})*+{quote}") for quote in "\"'`"
}
_NO_BACKSLASH = frozenset({Carrier.VBSCRIPT, Carrier.POWERSHELL, Carrier.DOS, Carrier.SQL})
_BARE = re.compile(r"""[^\s"'`<>|\\“”„«»「」，。、；！]{1,512}(?:\\[^\s"'`<>|]{1,256})?""")
_CALL = re.compile(
    r"[A-Za-z_][\w.]*\(|[A-Z][a-z]+-[A-Z][a-z]+\w*(?=\s|\Z)|new\b|\[[\w.]+\]|[A-Za-z_][\w.]*\["
)
_NEXT_PAIR = re.compile(r"[&,;](?=\s*(?:[\w.\-]+(?:\s[\w.\-]+)?\s*[=:]|\s|\Z))")
_SCHEME = re.compile(
    r"(?:basic|bearer|token|api-?key|key|oauth|ssws|splunk|jwt|sharedkey(?:lite)? [^\s:]{1,40}:)"
    r"[ \t]+(?=\S)",
    re.IGNORECASE,
)


class Value(NamedTuple):
    """Where a value stands, without its quotes, and where reading goes on after it."""

    start: int
    end: int
    after: int
    quoted: bool


def read_quoted(text: str, position: int, carrier: Carrier = Carrier.TEXT) -> Value | None:
    """Return the quoted text that starts at ``position``, or None; it never spans lines."""
    opening = _OPENING.match(text, position)
    if opening is None:
        return None
    quote, start = opening["quote"], opening.end()
    limit = min(len(text), start + MAX_VALUE)
    if len(quote) > 1:
        end = text.find(quote, start, limit)
        if end < 0 or "\n" in text[start:end]:
            return Value(start, start, start, quoted=True) if quote == '""' else None
        return Value(start, end, end + len(quote), quoted=True)
    if quote in _CLOSING:
        return _typographic(text, start, limit, _CLOSING[quote])
    if text.startswith(quote, start) and not text.startswith(quote, start + 1):
        return Value(start, start, start + 1, quoted=True)
    rules = _DOUBLED if carrier in _NO_BACKSLASH else _BACKSLASH
    match = rules[quote].match(text, start, limit)
    if match is None:
        return None
    return Value(start, match.end() - 1, match.end(), quoted=True)


def _typographic(text: str, start: int, limit: int, closing: str) -> Value | None:
    for end in range(start, min(limit, start + 200)):
        if text[end] in closing:
            return Value(start, end, end + 1, quoted=True)
        if text[end] == "\n":
            break
    return None


def is_code(text: str, value: Value) -> bool:
    """Return whether a value without quotes is a call, a command or an index rather than text."""
    return bool(_CALL.match(text, value.start, value.end))


def read_bare(text: str, position: int) -> Value | None:
    """Return the run of characters at ``position`` that may be a value, or None.

    It ends before white space, quotes and angle brackets, and before a comma, semicolon or
    ampersand that starts another pair.
    """
    match = _BARE.match(text, position)
    if match is None:
        return None
    start, end = match.span()
    cut = _NEXT_PAIR.search(text, start, end)
    if cut:
        end = cut.start()
    while end > start and text[end - 1] in ",;)]}":
        if (
            text[end - 1] in ")]}"
            and {")": "(", "]": "[", "}": "{"}[text[end - 1]] in text[start:end]
        ):
            break
        end -= 1
    if text[start:end].endswith(".") and not text[start:end].endswith(".."):
        end -= 1
    return Value(start, end, max(end, start + 1), quoted=False) if end > start else None


def after_scheme(text: str, start: int) -> int:
    """Return where the secret starts after ``Bearer``, ``Basic`` and the like, else ``start``."""
    match = _SCHEME.match(text, start)
    return match.end() if match else start
