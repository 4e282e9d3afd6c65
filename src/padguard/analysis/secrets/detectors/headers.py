"""Finds secrets in HTTP headers, wherever they are written: ``Basic …``, ``Bearer …``, cookies."""

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import islice

from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.forms import known_form
from padguard.analysis.secrets.judging import FINDING, Position, value_confidence
from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.names import PASSWORD, TOKEN, NameVerdict
from padguard.analysis.secrets.placeholders import is_placeholder
from padguard.analysis.secrets.randomness import looks_random
from padguard.analysis.secrets.reasons import BASIC, COOKIE, HEADER

_BASIC = re.compile(r"\bbasic[ \t]+(?P<code>[A-Za-z\d+/]{6,2000}={0,2})(?![\w+/=])", re.IGNORECASE)
_BEARER = re.compile(
    rf"\b(?:bearer|ssws)[ \t]+(?P<token>{HOLE}|[\w\-.~+/]{{8,4000}}=*)(?![\w+/=])", re.IGNORECASE
)
_COOKIES = re.compile(
    r"""(?<![\w\-])(?:set-)?cookie["']?\s{0,4}[:=,]\s{0,4}["']?(?P<list>[\w.\-]{1,60}=[^\r\n"']{1,4000})""",
    re.IGNORECASE,
)
_COOKIE = re.compile(r"(?P<name>[\w.\-]{1,60})=(?P<value>[^;\s,]{1,2000})")
_SESSION = re.compile(
    r"sess|sid\b|_sid|auth|token|aspx|fedauth|rtfa|sso|li_at|remember|login|jwt|ticket",
    re.IGNORECASE,
)
_NO_SESSION = re.compile(r"csrf|xsrf|antiforgery|requestverification|consent", re.IGNORECASE)
_SESSION_TOKEN = NameVerdict(secret=True, strength="strong", word="session cookie", kind="cookie")


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets that known ways of signing in to web services write into headers."""
    text = context.text
    basic = _BASIC.finditer(text) if context.has("basic") else iter(())
    for match in islice(basic, MAX_PLACES):
        password = _decoded_password(match["code"])
        confidence = value_confidence(password, PASSWORD) if password is not None else 0.0
        if confidence >= FINDING:
            yield SecretPart(
                *match.span("code"), Carrier.HEADERS, "password", 0.96, BASIC, name="Authorization"
            )
    bearer = _BEARER.finditer(text) if context.has("bearer", "ssws") else iter(())
    for match in islice(bearer, MAX_PLACES):
        part = _bearer(context, match)
        if part:
            yield part
    cookies = _COOKIES.finditer(text) if context.has("cookie") else iter(())
    for match in islice(cookies, MAX_PLACES):
        yield from _cookies(context, *match.span("list"))


def _decoded_password(code: str) -> str | None:
    """Return the password in the code of Basic authentication, or None where it is no such code.

    An empty password beside a name that was drawn by a machine is that name: it is a key.
    """
    try:
        user, colon, password = base64.b64decode(code, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    if not colon or not (user + password).isprintable():
        return None
    return password or (user if looks_random(user) >= FINDING else None)


def _bearer(context: Context, match: re.Match[str]) -> SecretPart | None:
    token, span = match["token"], match.span("token")
    if token != HOLE and not (looks_random(token) >= FINDING or known_form(token)):
        return None
    reason = HEADER(name="Authorization")
    return context.weigh(span, TOKEN, Position.SLOT, Carrier.HEADERS, reason, "Authorization")


def _cookies(context: Context, start: int, end: int) -> Iterator[SecretPart]:
    for match in _COOKIE.finditer(context.text, start, end):
        name, value = match["name"], match["value"]
        if not _SESSION.search(name) or _NO_SESSION.search(name) or is_placeholder(value):
            continue
        if value != HOLE and (len(value) < 12 or looks_random(value) < 0.4):
            continue
        reason, span = COOKIE(name=name), match.span("value")
        part = context.weigh(span, _SESSION_TOKEN, Position.SLOT, Carrier.HEADERS, reason, name)
        if part:
            yield part
