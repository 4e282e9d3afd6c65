"""Findings as Markdown, for a comment on a pull request or a page of a wiki."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message, mark
from padguard.reports.coverage import HEADINGS
from padguard.reports.html_text import fit, shortened
from padguard.reports.locations import place_words
from padguard.reports.model import ExportReport, Failure
from padguard.reports.posture import COUNTED, Posture, posture_of
from padguard.reports.posture_todo import Todo
from padguard.reports.posture_words import (
    COUNTED_AS,
    COVERAGE,
    TODO,
    caveats,
    formula_words,
    score_words,
    set_aside_words,
    todo_words,
    understood_words,
)
from padguard.reports.wording import SEVERITIES, STATES, wording
from padguard.rules.finding import Finding
from padguard.rules.triage import State

MOST: Final = 100
"""So many findings are listed; a comment that is too long would be refused as a whole."""
MOST_TODO: Final = 3
"""So many things to do of each sort: by PAD Guard, and by hand."""

HEADING = mark("reports", "PAD Guard: {name}")
SCORE = mark("reports", "Score: {words}")
FINDINGS = mark("reports", "Findings")
NO_FINDINGS = mark("reports", "No findings.")
ENTRY = mark("reports", "{severity} {rule} {place}: {message}")
ENTRY_STATE = mark("reports", "{severity} {rule} {place}: {message} ({state})")
MORE = mark("reports", "… and {count} more; --format html lists them all.")
THING = mark("reports", "{title}: {words}")
COUNT = mark("reports", "{what}: {count}")
NOT_OPENED = mark("reports", "What could not be opened")
SECRETS_SHOWN = mark(
    "reports",
    "This report shows secrets in clear. Send it to nobody, and delete it when you are done.",
)

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>#|~&@$]")
_SPACE: Final = re.compile(r"\s+")
_TICKS: Final = re.compile("`+")


class MarkdownWriter:
    """Writes every export as it comes.

    Texts of an export stand as code, in which nothing is a link, a mention or HTML; the sentences
    around them are escaped.
    """

    def __init__(self, *, show_secrets: bool = False) -> None:
        self._show_secrets = show_secrets
        self._left = MOST
        self._warned = not show_secrets

    def add(self, report: ExportReport) -> str:
        """Take an export and return what is said of it."""
        return "".join(f"{line}\n" for line in self._lines(report))

    def end(self, failures: Sequence[Failure]) -> str:
        """Return what could not be opened."""
        if not failures:
            return ""
        lines = [f"# {marked(NOT_OPENED)}", ""]
        lines += (f"- {code(one.path)}: {code(one.reason)}" for one in failures)
        return "".join(f"{line}\n" for line in lines)

    def _lines(self, report: ExportReport) -> Iterator[str]:
        posture = posture_of(report)
        yield f"# {marked(HEADING(name=report.path))}"
        yield ""
        if not self._warned:
            self._warned = True
            yield from (f"**{marked(SECRETS_SHOWN)}**", "")
        yield from (f"**{marked(SCORE(words=score_words(posture)))}**", "")
        for words in (formula_words(), *caveats(posture), *set_aside_words(posture)):
            yield from (marked(words), "")
        yield from _counts(posture)
        yield from _todo([*posture.changes[:MOST_TODO], *posture.by_hand[:MOST_TODO]])
        yield from self._findings(report)
        yield from _coverage(posture)

    def _findings(self, report: ExportReport) -> Iterator[str]:
        yield from (f"## {marked(FINDINGS)}", "")
        found = [one for one in report.findings if report.state(one) in COUNTED]
        if not found:
            yield from (marked(NO_FINDINGS), "")
            return
        listed = found[: self._left]
        self._left -= len(listed)
        yield from (f"- {self._entry(finding, report)}" for finding in listed)
        if len(listed) < len(found):
            yield f"- {marked(MORE(count=len(found) - len(listed)))}"
        yield ""

    def _entry(self, finding: Finding, report: ExportReport) -> str:
        state = STATES[report.state(finding)]
        words = ENTRY if state is STATES[State.OPEN] else ENTRY_STATE
        return marked(
            words(
                severity=Strong(str(SEVERITIES[finding.severity])),
                rule=Strong(finding.rule),
                place=place_words(finding.place, report.flows),
                message=wording(finding, show_secrets=self._show_secrets),
                state=state,
            )
        )


class Strong(str):
    """A word of our own that stands out."""

    __slots__ = ()


def marked(message: Message) -> str:
    """Return a sentence in Markdown: its own words escaped, the texts within it as code."""
    short = shortened(message)
    parts: Mapping[str, object] = {name: _part(value) for name, value in short.params.items()}
    return _escaped(short.text).format_map(parts)


def code(text: str) -> str:
    """Return a text as code, whatever is in it; an empty one is left empty."""
    line = _SPACE.sub(" ", fit(text)).strip()
    if not line:
        return ""
    longest = max(map(len, _TICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def _part(value: object) -> object:
    if isinstance(value, Message):
        return marked(value)
    if isinstance(value, Strong):
        return f"**{_escaped(value)}**"
    return value if isinstance(value, int | Masked) else code(str(value))


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _counts(posture: Posture) -> Iterator[str]:
    if posture.score is None:
        return
    for line in posture.score.lines:
        if line.count:
            yield f"- {marked(COUNT(what=COUNTED_AS[line.what], count=line.count))}"
    yield ""


def _todo(things: Sequence[Todo]) -> Iterator[str]:
    if things:
        yield from (f"## {marked(TODO)}", "")
        for number, one in enumerate(things, 1):
            yield f"{number}. {marked(THING(title=one.title, words=todo_words(one)))}"
        yield ""


def _coverage(posture: Posture) -> Iterator[str]:
    yield from (f"## {marked(COVERAGE)}", "", marked(understood_words(posture)), "")
    for kind, gaps in posture.gaps.items():
        yield f"- {marked(COUNT(what=HEADINGS[kind], count=len(gaps)))}"
    if posture.gaps:
        yield ""
