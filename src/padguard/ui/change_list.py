"""What was done to an export and what is left, gathered for a page and for a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from padguard.fixes.drop_default import CHANGE_IT
from padguard.flow.model import Flow
from padguard.foundation.messages import mark
from padguard.ui.journal import Deed
from padguard.ui.tally import Tally, tally
from padguard.ui.triage import Standing
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.fixes.plan import Instruction
    from padguard.foundation.messages import Message
    from padguard.rules.finding import Finding
    from padguard.rules.triage import Decision
    from padguard.ui.document import Document

TITLE = mark("change list", "Changes to {name}")
DONE = mark("change list", "What was changed")
NOTHING_DONE = mark("change list", "Nothing was changed.")
LEFT = mark("change list", "What is left")
NOTHING_LEFT = mark("change list", "No finding is left open.")
SKIPPED = mark("change list", "Skipped ({count})")
OPEN = mark("change list", "Open ({count})")
ACCEPTED = mark("change list", "Accepted ({count})")
FALSE_POSITIVES = mark("change list", "False positives ({count})")
TO_DO = mark("change list", "What you still have to do")
OF_CLOUD = mark("change list", "Outside the desktop flows")
SECRETS = mark(
    "change list",
    "{count} secrets were taken out. Change each where it is used, for they have been seen.",
)
SECRET = mark(
    "change list",
    "One secret was taken out. Change it where it is used, for it has been seen.",
)
COUNTS = {
    "mended": mark("change list", "{count} mended"),
    "skipped": mark("change list", "{count} skipped"),
    "accepted": mark("change list", "{count} accepted"),
    "false_positives": mark("change list", "{count} false positive"),
    "waiting": mark("change list", "{count} open"),
}
HEADINGS = {
    Standing.OPEN: OPEN,
    Standing.SKIPPED: SKIPPED,
    Standing.ACCEPTED: ACCEPTED,
    Standing.FALSE_POSITIVE: FALSE_POSITIVES,
}
ENTRY = mark("change list", "{severity}: {message} ({rule}, {place})")
WITH_REASON = mark("change list", "{entry} Reason: {reason}")


@dataclass(frozen=True, slots=True)
class Changes:
    """What was done and what is left.

    Attributes:
        name: What the export is called.
        tally: The findings by what became of them.
        done: What was done, by name of the flow, in the order of the export.
        left: The findings that are still there, by where they stand.
        notes: What a person should see to.
        steps: What a person does by hand.
        removed: How many secrets were taken out.
    """

    name: str
    tally: Tally
    done: "dict[str, list[Message]]"
    left: "dict[Standing, list[Finding]]"
    notes: "list[Message]"
    steps: "list[Instruction]"
    removed: int


def gather(document: "Document") -> Changes:
    """Gather what was done to a document and what is left."""
    flows = {flow.id: flow for flow in document.session.flows}
    left: dict[Standing, list[Finding]] = {standing: [] for standing in Standing}
    for found in document.findings:
        left[document.triage.standing(found)].append(found)
    done: dict[str, list[Message]] = {flow.name: [] for flow in flows.values()}
    for deed in document.journal.deeds:
        done.setdefault(_flow_name(deed, flows), []).append(deed.title)
    journal, path = document.journal, document.session.export.path
    removed = {one for deed in journal.deeds for one in deed.plan.removed}
    return Changes(
        path.name if path is not None else next(iter(done), ""),
        tally(document),
        {name: list(_distinct(titles)) for name, titles in done.items() if titles},
        left,
        journal.notes(),
        list(journal.steps()),
        len(removed),
    )


def summary_text(document: "Document", *, markdown: bool) -> str:
    """Return what was done and what is left as text or Markdown; no secret is in it."""
    return "\n".join(_lines(document, markdown=markdown)).strip() + "\n"


def _lines(document: "Document", *, markdown: bool) -> Iterator[str]:
    changes = gather(document)
    write = _Writer(markdown=markdown)
    yield from write.heading(translate(TITLE(name=changes.name)), 1)
    yield write.plain(counts_words(changes.tally))
    yield from write.heading(translate(DONE), 2)
    if not changes.done:
        yield write.plain(translate(NOTHING_DONE))
    for name, titles in changes.done.items():
        yield from write.heading(name, 3)
        yield from (write.item(translate(title)) for title in titles)
    to_do = to_do_words(changes)
    if to_do:
        yield from write.heading(translate(TO_DO), 2)
        yield from (write.item(words, box=True) for words in to_do)
    yield from write.heading(translate(LEFT), 2)
    if not any(changes.left.values()):
        yield write.plain(translate(NOTHING_LEFT))
    for standing, heading in HEADINGS.items():
        if changes.left[standing]:
            words = translate(heading(count=len(changes.left[standing])))
            yield from write.heading(words, 3)
            for found in changes.left[standing]:
                yield write.item(_entry(document, found))


def counts_words(counts: Tally) -> str:
    """Return how many findings became what; what none became is left out, but for open ones."""
    return " · ".join(
        translate(words(count=count))
        for name, words in COUNTS.items()
        if (count := getattr(counts, name)) or name == "waiting"
    )


def to_do_words(changes: Changes) -> list[str]:
    """Return what a person still has to do, as sentences."""
    told = {CHANGE_IT.text} if changes.removed else set()  # said below, with their number
    words = [translate(note) for note in changes.notes if note.text not in told]
    words += [translate(step.text) for step in changes.steps]
    if changes.removed:
        message = SECRET if changes.removed == 1 else SECRETS(count=changes.removed)
        words.append(translate(message))
    return words


def _entry(document: "Document", found: "Finding") -> str:
    from padguard.ui.views.finding_words import place_words, severity_word

    flows = {flow.id: flow for flow in document.session.flows}
    words = translate(
        ENTRY(
            severity=severity_word(found),
            message=translate(found.message),
            rule=found.rule,
            place=place_words(found.place, flows.get(found.place.flow_id), found.variables),
        )
    )
    decision: Decision | None = document.triage.decision(found)
    if decision is None or not decision.reason or document.triage.is_open(found):
        return words
    return translate(WITH_REASON(entry=words, reason=decision.reason))


def _distinct(titles: "list[Message]") -> "Iterator[Message]":
    """Yield titles, of those that read alike the first."""
    yield from {str(title): title for title in titles}.values()


def _flow_name(deed: Deed, flows: dict[str, Flow]) -> str:
    found = deed.finding
    flow_id = found.place.flow_id if found is not None else ""
    if flow_id not in flows:
        flow_id = next(iter(deed.plan.after.scripts), "")
    return flows[flow_id].name if flow_id in flows else translate(OF_CLOUD)


class _Writer:
    """Writes lines as Markdown, with the signs of Markdown within texts undone, or as text."""

    def __init__(self, *, markdown: bool) -> None:
        self._markdown = markdown

    def heading(self, words: str, level: int) -> Iterator[str]:
        yield ""
        yield f"{'#' * level} {self.plain(words)}" if self._markdown else words
        if self._markdown:
            yield ""

    def item(self, words: str, *, box: bool = False) -> str:
        return f"- {'[ ] ' if box else ''}{self.plain(words)}"

    def plain(self, words: str) -> str:
        line = " ".join(words.split())
        if not self._markdown:
            return line
        return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in line)
