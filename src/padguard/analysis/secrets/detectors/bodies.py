"""Finds secrets in XML elements and in records that keep a name and its value side by side."""

import re
from collections.abc import Iterator
from itertools import islice

from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.detectors.values import read_quoted
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.names import PASSWORD, NameVerdict
from padguard.analysis.secrets.reasons import FIELD

_ELEMENT = re.compile(
    r"""<(?P<tag>[A-Za-z_][\w:.\-]{0,80})(?P<attributes>\s[^<>]{0,500})?>\s{0,40}(?:<!\[CDATA\[)?
      (?P<value>[^<>]{1,1000}?)\s{0,40}(?:\]\]>)?\s{0,40}</(?P=tag)\s?>""",
    re.VERBOSE,
)
_NAME_ATTRIBUTE = re.compile(
    r"""(?<![\w:\-])(?:name|key|id)\s?=\s?["'](?P<name>[^"']{2,80})["']""", re.IGNORECASE
)
_SHOWN_TAGS = """
    label a button div span p td th li option h1 h2 h3 h4 h5 h6 b i strong em text title legend
"""
_SHOWN = frozenset(_SHOWN_TAGS.split())
"""Elements whose text a page shows: a caption, not a value."""

_NAMED = re.compile(
    r"""(?<!\w)(?:name|key|id|field|fieldname|label|header|param|parameter|paramname|parametername
      |variable|attribute|property|title|schemaname|displayname)\\?["']?\s{0,5}[:=]\s{0,5}
      \\?["'](?P<name>[^"'\\\r\n<>]{2,80})\\?["']""",
    re.VERBOSE | re.IGNORECASE,
)
_VALUED = re.compile(
    r"""(?<!\w)(?:value|val|content|data|default|defaultvalue|text|currentvalue)\\?["']?\s{0,5}
      [:=]\s{0,5}(?=\\?["'])""",
    re.VERBOSE | re.IGNORECASE,
)
_BORDER = re.compile(r"[{}<>]")
_INPUT = re.compile(r"<input\b(?P<attributes>[^<>]{1,1000})>", re.IGNORECASE)
_IS_PASSWORD = re.compile(r"""\btype\s?=\s?["']?password\b""", re.IGNORECASE)
_REACH = 240


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets in XML elements, in ``{"name": …, "value": …}`` and in HTML fields."""
    if not context.speaks:
        return
    if "</" in context.text or "<input" in context.lower:
        yield from _elements(context)
    for match in islice(_NAMED.finditer(context.text), MAX_PLACES):
        part = _neighbour(context, match)
        if part:
            yield part


def _elements(context: Context) -> Iterator[SecretPart]:
    for match in _ELEMENT.finditer(context.text):
        name = match["tag"].rpartition(":")[2]
        verdict = context.verdict(name)
        if verdict.strength == "none" and name.lower() not in _SHOWN and match["attributes"]:
            attribute = _NAME_ATTRIBUTE.search(match["attributes"])
            name = attribute["name"] if attribute else name
            verdict = context.verdict(name)
        reason, span = FIELD(name=name), match.span("value")
        part = context.weigh(span, verdict, Position.SLOT, Carrier.BODY, reason, name)
        if part:
            yield part
    for match in islice(_INPUT.finditer(context.text), MAX_PLACES):
        valued = _VALUED.search(match["attributes"])
        if valued and _IS_PASSWORD.search(match["attributes"]):
            part = _after(context, match.start("attributes") + valued.end(), PASSWORD, "password")
            if part:
                yield part


def _neighbour(context: Context, match: re.Match[str]) -> SecretPart | None:
    """Return the value that stands in the same record as a name that says secret."""
    verdict = context.verdict(match["name"])
    if verdict.strength != "strong":
        return None
    text, end = context.text, match.end()
    border = _BORDER.search(text, end, end + _REACH)
    valued = _VALUED.search(text, end, border.start() if border else end + _REACH)
    if valued is None:
        first = max(0, match.start() - _REACH)
        opened = max(text.rfind("{", first, match.start()), text.rfind("<", first, match.start()))
        if opened < 0 or text.find("}", opened, match.start()) >= 0:
            return None
        valued = _VALUED.search(text, opened, match.start())
    return _after(context, valued.end(), verdict, match["name"]) if valued else None


def _after(context: Context, start: int, verdict: NameVerdict, name: str) -> SecretPart | None:
    value = read_quoted(context.text, start)
    if value is None:
        return None
    span = value.start, value.end
    return context.weigh(span, verdict, Position.SLOT, Carrier.BODY, FIELD(name=name), name)
