"""Finds secrets in web addresses: ``user:password@host``, secret parameters, signatures."""

import re
from collections.abc import Iterator
from itertools import islice

from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.forms import known_form
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.names import PASSWORD, TOKEN
from padguard.analysis.secrets.placeholders import is_placeholder
from padguard.analysis.secrets.randomness import looks_random
from padguard.analysis.secrets.reasons import URL_PASSWORD, URL_QUERY, URL_SIGNATURE

_AUTHORITY = re.compile(
    rf"""(?:(?<![A-Za-z\d])[A-Za-z][A-Za-z\d+.\-]{{1,30}}|{HOLE})://(?P<info>[^\s/"'<>`|\\]{{1,400}}@)"""
)
_PORT = re.compile(r"\d{1,5}(?:[?#]|\Z)")
_QUERY = re.compile(
    rf"""(?:(?<=[?&\#])|(?<=\?&)|(?<={HOLE})(?=sig=|code=))(?P<key>[A-Za-z_$][\w.\-$]{{0,60}})
      =(?P<value>[^&\#\s"'<>`\\]{{1,2048}})""",
    re.VERBOSE,
)
_SIGNATURES = frozenset(
    {"sig", "signature", "x-amz-signature", "x-goog-signature", "sharedaccesssignature", "hmac"}
)
_DRAWN = frozenset({"code", "key", "hapikey", "auth", "appkey", "k", "access", "sign", "t", "s"})
"""Parameters that hold a secret only if their value was drawn by a machine."""

_NOBODY = frozenset({"anonymous", "ftp", "user", "username", "usr"})
_PUBLIC_HOSTS = ("ingest.sentry.io", "ingest.us.sentry.io", "ingest.de.sentry.io")


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets in the web addresses of a text, and in parts of addresses."""
    if "://" in context.text:
        for match in islice(_AUTHORITY.finditer(context.text), MAX_PLACES):
            part = _user_information(context, *match.span("info"))
            if part:
                yield part
    if any(sign in context.text for sign in "?&#"):
        for match in islice(_QUERY.finditer(context.text), MAX_PLACES):
            part = _parameter(context, match)
            if part:
                yield part


def _user_information(context: Context, start: int, end: int) -> SecretPart | None:
    """Return the password in ``user:password@``, or the token in ``token@``."""
    text = context.text
    end = text.rindex("@", start, end)
    colon = text.find(":", start, end)
    if colon < 0:
        value = text[start:end]
        drawn = len(value) >= 20 and looks_random(value) >= 0.5
        if not (drawn or known_form(value)) or text.startswith(_PUBLIC_HOSTS, end + 1):
            return None
        return context.weigh((start, end), TOKEN, Position.SLOT, Carrier.URL, URL_PASSWORD)
    if _PORT.match(text, colon + 1, end):
        return None
    user = text[start:colon].casefold()
    if user in _NOBODY and not any(sign.isdigit() for sign in text[colon + 1 : end]):
        return None
    return context.weigh((colon + 1, end), PASSWORD, Position.SLOT, Carrier.URL, URL_PASSWORD, user)


def _parameter(context: Context, match: re.Match[str]) -> SecretPart | None:
    key, span = match["key"], match.span("value")
    value, folded = match["value"], match["key"].lower()
    if folded in _SIGNATURES:
        if value != HOLE and len(value) < 20:
            return None
        reason = URL_SIGNATURE(name=key)
        return context.weigh(span, TOKEN, Position.SLOT, Carrier.URL, reason, key)
    verdict = context.verdict(key)
    if verdict.strength != "strong" and folded in _DRAWN:
        random = len(value) >= 16 and looks_random(value) >= 0.5 and HOLE not in value
        if is_placeholder(value) or not (random or known_form(value, key)):
            return None
        verdict = TOKEN
    reason = URL_QUERY(name=key)
    return context.weigh(span, verdict, Position.SLOT, Carrier.URL, reason, key)
