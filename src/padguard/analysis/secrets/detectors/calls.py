"""Finds secrets that calls in scripts take: known functions, and setters of named values."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import NamedTuple

from padguard.analysis.secrets.detectors.arguments import arguments
from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.detectors.values import Value, after_scheme, read_quoted
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.names import KEY, PASSWORD, NameVerdict, element_verdict
from padguard.analysis.secrets.reasons import ARGUMENT
from padguard.foundation.paths import resources_dir

_HEAD = re.compile(
    r"""(?<![\w\-])(?P<name>[A-Za-z_][\w.]{0,80}+)(?:\]?::new)?+[ \t]{0,3}(?=[("'@$])"""
)
_SECURE_STRING = re.compile(
    r"ConvertTo-SecureString\s+(?P<flags>(?:-(?:String|AsPlainText|Force)\s+){0,4})(?=[^\s\-$(])",
    re.IGNORECASE,
)
_PIPED = re.compile(
    r"""(?P<quote>["'])(?P<value>[^"'\r\n]{1,200})(?P=quote)\s{0,5}\|\s{0,5}ConvertTo-SecureString""",
    re.IGNORECASE,
)
_APPENDED = re.compile(
    r"""(?P<quote>["'])(?P<value>[^"'\r\n]{1,200})(?P=quote)(?:\.ToCharArray\(\))?\s{0,3}\)
      [^;"'\r\n]{0,80}AppendChar""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = re.compile(r"-AsP(?:lainText)?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\s|;)]{1,200}")
_COMMA = re.compile(r"\s{0,5},\s{0,5}")
_MAX_NAME = 160
_REACH = 240

_SETTER_NAMES = """
    add addwithvalue append put set setitem setvalue setproperty setattribute setheader
    setrequestheader addheader header setenvironmentvariable setenv putenv setdefault fill type
    input regwrite writevalue createparameter insert enter field cookie param setparameter
    addparameter add_header set_header setprop updateproperty set_text insertvalue
"""
_SETTERS = frozenset(_SETTER_NAMES.split())
"""Functions that take a name and its value, in lower case."""


class _Call(NamedTuple):
    """Which argument of a function is a secret.

    ``secret`` counts from 0; the call must have ``least`` arguments. Where ``split`` is given, the
    argument is ``user:password`` with that separator. ``drawn`` is true of keys.
    """

    secret: int
    least: int
    split: str
    drawn: bool


@cache
def _calls() -> Mapping[str, tuple[_Call, ...]]:
    found: dict[str, tuple[_Call, ...]] = {}
    path = resources_dir() / "secrets" / "calls.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        call = _Call(
            record["secret"], record["least"], record.get("split", ""), record.get("drawn", False)
        )
        name = record["call"].lower()
        found[name] = (*found.get(name, ()), call)
    return found


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets that calls in scripts take or set."""
    if "'" in context.text or '"' in context.text:
        heads = (match for match in _HEAD.finditer(context.text) if _is_known(match["name"]))
        for match in islice(heads, MAX_PLACES):
            yield from _known(context, match)
            if _last(match["name"]) in _SETTERS:
                yield from _named(context, match.end())
    if context.has("securestring"):
        yield from islice(_secure_strings(context), MAX_PLACES)


def _last(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _is_known(name: str) -> bool:
    return _last(name) in _SETTERS or bool(_of_name(name))


def _of_name(name: str) -> tuple[_Call, ...]:
    """Return what is known of a function by its last name, or by its last two."""
    calls, folded = _calls(), name.lower()
    two = ".".join(folded.split(".")[-2:])
    return calls.get(two, ()) or calls.get(_last(folded), ())


def _weighed(
    context: Context, span: tuple[int, int], verdict: NameVerdict, name: str
) -> Iterator[SecretPart]:
    carrier = Carrier.PAIRS if context.hint is Carrier.TEXT else context.hint
    part = context.weigh(span, verdict, Position.SLOT, carrier, ARGUMENT(name=name), name)
    if part:
        yield part


def _known(context: Context, match: re.Match[str]) -> Iterator[SecretPart]:
    """Yield the literals that a known function takes as a secret."""
    calls = _of_name(match["name"])
    found = arguments(context.text, match.end()) if calls else []
    for call in calls:
        if len(found) < call.least:
            continue
        start, end = found[call.secret]
        value = read_quoted(context.text, start, context.hint)
        if value is None or value.after != end:
            continue
        span = _split(context.text, value, call.split) if call.split else (value.start, value.end)
        if span:
            yield from _weighed(context, span, KEY if call.drawn else PASSWORD, match["name"])


def _split(text: str, value: Value, separator: str) -> tuple[int, int] | None:
    """Return what follows the separator in ``user:password``, or None in any other text."""
    user, found, password = text[value.start : value.end].partition(separator)
    if not found or not user or " " in user or password.startswith((" ", "//")):
        return None
    return value.start + len(user) + len(separator), value.end


def _named(context: Context, position: int) -> Iterator[SecretPart]:
    """Yield the value of a setter that takes a name first: ``Add("X-API-Key", "…")``."""
    text = context.text
    while text[position : position + 1] in ("(", " "):
        position += 1
    name = read_quoted(text, position, context.hint)
    if name is None or name.end - name.start > _MAX_NAME:
        return
    verdict = element_verdict(text[name.start : name.end], context.vocabulary)
    comma = verdict.strength == "strong" and _COMMA.match(text, name.after)
    value = read_quoted(text, comma.end(), context.hint) if comma else None
    if value:
        span = min(value.end, after_scheme(text, value.start)), value.end
        yield from _weighed(context, span, verdict, text[name.start : name.end])


def _secure_strings(context: Context) -> Iterator[SecretPart]:
    """Yield plain texts that PowerShell and .NET turn into secure strings."""
    text, name = context.text, "ConvertTo-SecureString"
    for match in _SECURE_STRING.finditer(text):
        value = read_quoted(text, match.end(), Carrier.POWERSHELL)
        word = _WORD.match(text, match.end())
        span = (value.start, value.end) if value else word.span() if word else None
        plain = _PLAIN.search(match["flags"]) or _PLAIN.search(
            text, match.end(), match.end() + _REACH
        )
        if span and plain:
            yield from _weighed(context, span, PASSWORD, name)
    for match in _PIPED.finditer(text):
        if _PLAIN.search(text, match.end(), match.end() + _REACH):
            yield from _weighed(context, match.span("value"), PASSWORD, name)
    for match in _APPENDED.finditer(text):
        yield from _weighed(context, match.span("value"), PASSWORD, "SecureString")
