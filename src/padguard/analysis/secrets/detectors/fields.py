"""Finds secrets that scripts set into fields, or type: of web pages, of SAP, of other windows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.detectors.values import read_quoted
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.names import element_verdict
from padguard.analysis.secrets.reasons import TYPED_INTO
from padguard.analysis.secrets.sendkeys import typed_secret

_SETTER = re.compile(
    r"""\.(?:(?:value2?|text|innertext|password|defaultvalue)\s{0,4}:?=(?!=)
      |(?:clear\(\)\.)?(?:send_?keys|val|value|fill|type|type_?text|type_keys|press_sequentially
        |set_?text|set_?value|set|input|enter|write|set_edit_text|setpassword)\s{0,3}(?=[("'@$])\(?)
      \s{0,4}""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER_LOCATOR = re.compile(r"""(?<=["'])\s{0,3}\)\s{0,3},\s{0,3}(?=["'])""")
_CLOSING = re.compile(r"""["'][\s)\]]{0,6}(?:\[\d{1,3}\])?(?:\.\w{1,20}\([^()"']{0,20}\)){0,2}\Z""")
_TYPING = re.compile(
    r"\b(?:SendKeys|SendWait|typewrite|write_keys|send_keys)\s{0,3}\(?\s{0,3}", re.IGNORECASE
)
_LONGEST_NAME = 200


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets that a script writes into fields named like one, or types."""
    if context.speaks and ("'" in context.text or '"' in context.text):
        for match in islice(_SETTER.finditer(context.text), MAX_PLACES):
            yield from _set(context, match.start(), match.end())
        for match in islice(_AFTER_LOCATOR.finditer(context.text), MAX_PLACES):
            yield from _set(context, match.start(), match.end())
    if context.has("sendkeys", "sendwait", "typewrite", "write_keys", "send_keys"):
        for match in islice(_TYPING.finditer(context.text), MAX_PLACES):
            yield from _typed(context, match.end())


def _set(context: Context, dot: int, position: int) -> Iterator[SecretPart]:
    """Yield the text set into what the literal before ``dot`` names."""
    text = context.text
    first = max(0, dot - 60)
    closing = _CLOSING.search(text[first:dot])
    if closing is None:
        return
    end = first + closing.start()
    start = text.rfind(text[end], max(0, end - _LONGEST_NAME), end)
    name = text[start + 1 : end] if start >= 0 else ""
    verdict = element_verdict(name, context.vocabulary)
    value = read_quoted(text, position, context.hint) if verdict.strength == "strong" else None
    if value:
        carrier = Carrier.PAIRS if context.hint is Carrier.TEXT else context.hint
        span, reason = (value.start, value.end), TYPED_INTO(name=name)
        part = context.weigh(span, verdict, Position.SLOT, carrier, reason, name)
        if part:
            yield part


def _typed(context: Context, position: int) -> Iterator[SecretPart]:
    """Yield the password in a text that a script types."""
    value = read_quoted(context.text, position, context.hint)
    typed = typed_secret(context.text[value.start : value.end], "") if value else None
    if typed and value:
        yield replace(typed, start=value.start + typed.start, end=value.start + typed.end)
