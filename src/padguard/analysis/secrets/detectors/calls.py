"""Finds secrets in the calls of scripts: known functions, setters, fields of pages and of SAP."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from padguard.analysis.secrets.detectors.arguments import arguments
from padguard.analysis.secrets.detectors.context import MAX_PARTS, Context
from padguard.analysis.secrets.detectors.values import Value, after_scheme, read_quoted
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.names import NameVerdict, element_verdict
from padguard.analysis.secrets.reasons import ARGUMENT, TYPED_INTO
from padguard.analysis.secrets.sendkeys import typed_secret
from padguard.foundation.paths import resources_dir

_SECURE_STRING = re.compile(
    r"""ConvertTo-SecureString\s+(?P<flags>(?:-(?:String|AsPlainText|Force)\s+){0,4})(?=[^\s\-$(]) """,
    re.VERBOSE | re.IGNORECASE,
)
_PIPED = re.compile(
    r"""(?P<quote>["'])(?P<value>[^"'\r\n]{1,200})(?P=quote)\s{0,5}\|\s{0,5}ConvertTo-SecureString""",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"-AsP(?:lainText)?\b", re.IGNORECASE)
_NAMED_SETTER = re.compile(
    r"""(?:\b|\.)(?:add|addwithvalue|append|put|set|setitem|setvalue|setproperty|setattribute|setheader
      |setrequestheader|addheader|header|setenvironmentvariable|setenv|putenv|setdefault|fill|type|input
      |regwrite|writevalue|createparameter|parameters\.add|insert|enter|field|cookie|param|setparameter
      |addparameter|add_header|set_header|setprop|updateproperty|sendkeys|set_text|insertvalue)
      \s{0,3}\(?\s{0,3}(?=["'@$])""",
    re.VERBOSE | re.IGNORECASE,
)
_LITERAL = re.compile(
    r"""(?:"(?P<double>[^"\r\n]{2,200})"|'(?P<single>[^'\r\n]{2,200})')[\s)\]]{0,6}\."""
)
_SETTER = re.compile(
    r"""(?:\w+\([^()"']{0,40}\)[\s)]{0,3}\.){0,3}
      (?:(?:value2?|text|innertext|password|defaultvalue)\s{0,4}:?=(?!=)
      |(?:send_?keys|val|value|fill|type|type_?text|type_keys|press_sequentially|set_?text|set_?value
        |setvalue|set|input|enter|write|set_edit_text|setpassword|clear\(\)\.send_?keys)\s{0,3}\(?)
      \s{0,4}""",
    re.VERBOSE | re.IGNORECASE,
)
_TYPING = re.compile(
    r"\b(?:SendKeys|SendWait|typewrite|write_keys|send_keys)\s{0,3}\(?\s{0,3}", re.IGNORECASE
)
_REACH = 240
_PASSWORD = NameVerdict(secret=True, strength="strong", word="password", kind="password")
_KEY = NameVerdict(secret=True, strength="strong", word="secret key", kind="key")


class _Call(NamedTuple):
    """A function with a secret among its arguments (counted from 0), of which there are some."""

    secret: int
    least: int
    split: str
    drawn: bool


@cache
def _calls() -> tuple[re.Pattern[str], dict[str, tuple[_Call, ...]]]:
    found: dict[str, tuple[_Call, ...]] = {}
    path = resources_dir() / "secrets" / "calls.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        call = _Call(
            record["secret"], record["least"], record.get("split", ""), record.get("drawn", False)
        )
        name = record["call"].lower()
        found[name] = (*found.get(name, ()), call)
    either = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    pattern = rf"""(?<![\w\-])(?P<name>{either})(?:\]?::new)?\s{{0,3}}(?=["'(])"""
    return re.compile(pattern, re.IGNORECASE), found


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets that calls in scripts take or set."""
    if not any(quote in context.text for quote in "\"'"):
        return
    for search in (_known, _secure_strings, _named, _fields, _typing):
        for count, part in enumerate(search(context)):
            if count >= MAX_PARTS:
                break
            yield part


def _weighed(
    context: Context, span: tuple[int, int], verdict: NameVerdict, name: str
) -> SecretPart | None:
    carrier = Carrier.PAIRS if context.hint is Carrier.TEXT else context.hint
    return context.weigh(span, verdict, Position.SLOT, carrier, ARGUMENT(name=name), name)


def _literal(context: Context, span: tuple[int, int]) -> Value | None:
    """Return the text of an argument that is nothing but a literal."""
    value = read_quoted(context.text, span[0], context.hint)
    return value if value and value.after == span[1] else None


def _known(context: Context) -> Iterator[SecretPart]:
    """Yield the literals that known functions take as a secret."""
    pattern, known = _calls()
    for match in pattern.finditer(context.text):
        found = arguments(context.text, match.end())
        for call in known[match["name"].lower()]:
            if len(found) < call.least:
                continue
            value = _literal(context, found[call.secret])
            if value is None:
                continue
            span = _split(context.text, value, call.split) if call.split else value[:2]
            verdict = _KEY if call.drawn else _PASSWORD
            part = _weighed(context, span, verdict, match["name"]) if span else None
            if part:
                yield part


def _split(text: str, value: Value, separator: str) -> tuple[int, int] | None:
    """Return what follows the separator in ``user:password``, or None in any other text."""
    user, found, password = text[value.start : value.end].partition(separator)
    if not found or not user or " " in user or password.startswith((" ", "//")):
        return None
    return value.start + len(user) + len(separator), value.end


def _secure_strings(context: Context) -> Iterator[SecretPart]:
    """Yield plain texts that PowerShell turns into secure strings."""
    text = context.text
    for match in _SECURE_STRING.finditer(text):
        value = read_quoted(text, match.end(), Carrier.POWERSHELL)
        if value is None:
            bare = re.compile(r"[^\s|;)]{1,200}").match(text, match.end())
            value = Value(*bare.span(), bare.end(), quoted=False) if bare else None
        plain = _PLAIN.search(match["flags"]) or _PLAIN.search(
            text, match.end(), match.end() + _REACH
        )
        if value and plain:
            part = _weighed(context, value[:2], _PASSWORD, "ConvertTo-SecureString")
            if part:
                yield part
    for match in _PIPED.finditer(text):
        if _PLAIN.search(text, match.end(), match.end() + 60):
            part = _weighed(context, match.span("value"), _PASSWORD, "ConvertTo-SecureString")
            if part:
                yield part


def _named(context: Context) -> Iterator[SecretPart]:
    """Yield the values of setters that take a name and a value: ``Add("X-API-Key", "…")``."""
    for match in _NAMED_SETTER.finditer(context.text):
        name = read_quoted(context.text, match.end(), context.hint)
        if name is None or name.end - name.start > 160:
            continue
        spelling = context.text[name.start : name.end]
        verdict = element_verdict(spelling, context.vocabulary)
        if verdict.strength != "strong":
            continue
        gap = re.compile(r"\s{0,5},\s{0,5}").match(context.text, name.after)
        value = read_quoted(context.text, gap.end(), context.hint) if gap else None
        if value:
            span = min(value.end, after_scheme(context.text, value.start)), value.end
            part = _weighed(context, span, verdict, spelling)
            if part:
                yield part


def _fields(context: Context) -> Iterator[SecretPart]:
    """Yield texts set into fields that are found by a name that says secret."""
    for match in _LITERAL.finditer(context.text):
        spelling = match["double"] or match["single"]
        verdict = element_verdict(spelling, context.vocabulary)
        setter = verdict.strength == "strong" and _SETTER.match(context.text, match.end())
        value = read_quoted(context.text, setter.end(), context.hint) if setter else None
        if value:
            reason = TYPED_INTO(name=spelling)
            carrier = Carrier.PAIRS if context.hint is Carrier.TEXT else context.hint
            part = context.weigh(value[:2], verdict, Position.SLOT, carrier, reason, spelling)
            if part:
                yield part


def _typing(context: Context) -> Iterator[SecretPart]:
    """Yield passwords in texts that scripts type as keys."""
    for match in _TYPING.finditer(context.text):
        value = read_quoted(context.text, match.end(), context.hint)
        typed = typed_secret(context.text[value.start : value.end], "") if value else None
        if typed and value:
            yield SecretPart(
                value.start + typed.start,
                value.start + typed.end,
                Carrier.KEYS,
                typed.kind,
                typed.confidence,
                typed.reason,
                typed.is_reference,
                typed.name,
            )
