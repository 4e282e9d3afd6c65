"""Finds secrets on command lines: after switches that say so, and where programs take one."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import SCRIPTS, Carrier, SecretPart
from padguard.analysis.secrets.names import KEY, PASSWORD
from padguard.analysis.secrets.reasons import POSITION, SWITCH
from padguard.foundation.paths import resources_dir

_HEAD = re.compile(
    r"""(?<![\w.\-$@%/])(?P<name>[A-Za-z\d][\w\-]{0,24}+)(?:\.exe|\.com|\.cmd)?+["']?+(?=[ \t])""",
    re.IGNORECASE,
)
_WORD = re.compile(r"""(?:[^\s"'|&;<>]|"[^"\r\n]*"?|'[^'\r\n]*'|'|[&<>](?=[^\s&<>]))+""")
_SWITCH = re.compile(
    r"""[/\-](?<![\w/\\.\-:?=&][/\-])-?(?P<name>[A-Za-z][\w.\-]{0,60}?)
      (?:(?P<sep>[:=])|[ \t]{1,8}+(?=[^\s|&<>]))
      (?P<value>(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'|<>;])+)""",
    re.VERBOSE,
)
_SETX = re.compile(
    r"""\bsetx\s+(?:/\w\s+)*["']?(?P<name>\w{1,60})["']?\s+(?P<value>"[^"\r\n]*"|[^\s"/]\S*)""",
    re.IGNORECASE,
)
_CODE = re.compile(r"[$(@\[{]|-\w|/\w*:|%\w+%")
_MAX_LINE = 4000
_MAX_WORDS = 60


@dataclass(frozen=True, slots=True)
class Program:
    """Where the command line of one program holds a secret; see ``resources/secrets/README.md``."""

    verb: frozenset[str]
    next: frozenset[str]
    joined: tuple[str, ...]
    split: Mapping[str, str]
    joined_split: Mapping[str, str]
    skip: Mapping[str, int]
    position: int | None
    after: re.Pattern[str] | None
    drawn: bool


class _Word(NamedTuple):
    """A word of a command line; ``text`` is without quotes around it."""

    start: int
    end: int
    text: str


@cache
def _programs() -> Mapping[str, tuple[Program, ...]]:
    found: dict[str, tuple[Program, ...]] = {}
    path = resources_dir() / "secrets" / "commands.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        program = Program(
            verb=frozenset(record.get("verb", ())),
            next=frozenset(record.get("next", ())),
            joined=tuple(record.get("joined", ())),
            split=record.get("split", {}),
            joined_split=record.get("joined_split", {}),
            skip=record.get("skip", {}),
            position=record.get("position"),
            after=re.compile(record["after"]) if "after" in record else None,
            drawn=record.get("drawn", False),
        )
        for name in record["programs"]:
            found[name.lower()] = (*found.get(name.lower(), ()), program)
    return found


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets on the command lines of a text."""
    programs = _programs()
    heads = (head for head in _HEAD.finditer(context.text) if head["name"].lower() in programs)
    last = 0
    for match in islice(heads, MAX_PLACES):
        if match.start() < last:
            continue  # a word of a command line that has been read
        words = _words(context.text, match.end())
        parts = [
            part
            for program in programs[match["name"].lower()]
            for part in _of_program(context, match["name"], program, words)
        ]
        last = max((part.end for part in parts), default=0)
        yield from parts
    if not context.speaks:
        return
    settings = _SETX.finditer(context.text) if context.has("setx") else iter(())
    for match in islice(settings, MAX_PLACES):
        span = _unquoted(context.text, match.span("value"))
        verdict, name = context.verdict(match["name"]), match["name"]
        part = context.weigh(
            span, verdict, Position.SLOT, _carrier(context), SWITCH(name=name), name
        )
        if part:
            yield part
    yield from _switches(context)


def _words(text: str, start: int) -> list[_Word]:
    """Return the words of a command line up to its end or the next command."""
    words: list[_Word] = []
    limit = min(len(text), start + _MAX_LINE)
    while len(words) < _MAX_WORDS:
        while start < limit and text[start] in " \t":
            start += 1
        match = _WORD.match(text, start, limit)
        if match is None:
            break
        first, last = match.span()
        if last - first > 1 and text[first] == text[last - 1] and text[first] in "\"'":
            first, last = first + 1, last - 1
        words.append(_Word(first, last, text[first:last]))
        start = match.end()
    return words


def _of_program(
    context: Context, name: str, program: Program, words: list[_Word]
) -> Iterator[SecretPart]:
    if program.verb:
        verbs = (i for i, word in enumerate(words[:4]) if word.text.lower() in program.verb)
        first = next(verbs, None)
        if first is None:
            return
        words = words[first + 1 :]
    plain = [word for word in words if not word.text.startswith(("-", "/"))]
    spans = [_unquoted(context.text, span) for span in _marked(program, words)]
    if program.position is not None and len(plain) > program.position:
        spans.append(plain[program.position][:2])
    if program.after:
        spans += (word[:2] for before, word in pairwise(plain) if program.after.match(before.text))
    verdict = KEY if program.drawn else PASSWORD
    for span in spans:
        reason = POSITION(name=name)
        part = context.weigh(span, verdict, Position.SLOT, _carrier(context), reason, name)
        if part:
            yield part


def _marked(program: Program, words: list[_Word]) -> Iterator[tuple[int, int]]:
    """Yield the spans that switches of a program mark as secret."""
    for index, (start, end, text) in enumerate(words):
        later = words[index + 1] if index + 1 < len(words) else None
        if text in program.next and later and not later.text.startswith(("-", "/")):
            yield later[:2]
        if text in program.split and later:
            cut = later.text.find(program.split[text])
            if cut >= 0:
                yield later.start + cut + 1, later.end
        if text in program.skip and index + 1 + program.skip[text] < len(words):
            yield words[index + 1 + program.skip[text]][:2]
        for switch in program.joined:
            if text.startswith(switch) and len(text) > len(switch):
                yield start + len(switch), end
                break
        for switch, separator in program.joined_split.items():
            if text.startswith(switch) and separator in text[len(switch) :]:
                yield start + text.index(separator, len(switch)) + 1, end


def _unquoted(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the span without quotes around it."""
    start, end = span
    if end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]:
        return start + 1, end - 1
    return (start + 1, end) if text[start : start + 1] == '"' else span


def _switches(context: Context) -> Iterator[SecretPart]:
    """Yield the values of switches that say secret by their name, of any program."""
    position, places = 0, 0
    while places < MAX_PLACES and (match := _SWITCH.search(context.text, position)):
        position = match.end("name") + 1
        verdict = context.verdict(match["name"])
        if verdict.strength != "strong":
            continue
        places += 1
        span = _unquoted(context.text, match.span("value"))
        quoted = span != match.span("value")
        if not quoted and match["sep"] is None and _CODE.match(context.text, *span):
            continue
        if not quoted and context.hint in SCRIPTS and _CODE.match(context.text, *span):
            continue
        known = match["sep"] or quoted or context.hint in (Carrier.COMMAND, Carrier.DOS)
        where = Position.SLOT if known else Position.LOOSE
        name = match["name"]
        part = context.weigh(span, verdict, where, _carrier(context), SWITCH(name=name), name)
        if part:
            position = match.end()
            yield part


def _carrier(context: Context) -> Carrier:
    return Carrier.COMMAND if context.hint is Carrier.TEXT else context.hint
