"""What could be fixed at once: the fixes of many findings, by sort, and what became of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from padguard.fixes.fix import Applicability
from padguard.foundation.messages import Message, mark
from padguard.foundation.progress import Progress
from padguard.ui.views.finding_words import place_words
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.fixes.fix import Fix
    from padguard.flow.model import Flow
    from padguard.rules.finding import Finding
    from padguard.session.mending import Summary
    from padguard.session.session import Session

LOOKING = mark("fix all", "Looking for fixes")
ANY = "…"
MENDED = mark("fix all", "Fixed: {count}")
LEFT = mark("fix all", "Not fixed: {count}")
DONE = mark("fix all", "{title} ({place})")
NOT_DONE = mark("fix all", "{rule}, {place}: {reason}")


@dataclass(frozen=True, slots=True)
class Possible:
    """A fix that could be made: its id, its title with the names left open, how sure it is."""

    id: str
    sort: Message
    applicability: Applicability


@dataclass(frozen=True, slots=True)
class Survey:
    """What could be made of some findings: for each the fixes that change the export."""

    findings: "tuple[Finding, ...]" = field(repr=False)
    possible: tuple[tuple[Possible, ...], ...] = field(repr=False)

    @property
    def count(self) -> int:
        """How many findings were looked at."""
        return len(self.findings)

    def recipes(self, wanted: Collection[Applicability]) -> dict[str, Message]:
        """Return the sorts of fixes that are sure enough, by id, those that come first first."""
        found = (one for fixes in self.possible for one in fixes if one.applicability in wanted)
        return {one.id: one.sort for one in found}

    def counted(
        self, wanted: Collection[Applicability], recipe: str = ""
    ) -> list[tuple[Message, int]]:
        """Return how often each sort of fix would be taken: of each finding the first that fits.

        Args:
            wanted: How sure the fixes must be.
            recipe: Id of the only fix to take, or "" for the first of each finding.
        """
        sorts: dict[str, Message] = {}
        counts: Counter[str] = Counter()
        for fixes in self.possible:
            fitting = (one for one in fixes if one.applicability in wanted)
            taken = next((one for one in fitting if recipe in ("", one.id)), None)
            if taken is not None:
                sorts[taken.id] = taken.sort
                counts[taken.id] += 1
        return [(sorts[fix_id], count) for fix_id, count in counts.most_common()]


def survey(session: "Session", fingerprints: Collection[str], progress: Progress) -> Survey:
    """Look what could be made of some findings; runs on the worker thread.

    Raises:
        CancelledError: The work was cancelled.
    """
    chosen = [found for found in session.findings if found.fingerprint in fingerprints]
    possible: list[tuple[Possible, ...]] = []
    for number, found in enumerate(chosen):
        progress.step(number, len(chosen), LOOKING)
        possible.append(tuple(_possible(session.fixes(found))))
    return Survey(tuple(chosen), tuple(possible))


def _possible(fixes: "Iterable[Fix]") -> Iterator[Possible]:
    for fix in fixes:
        if fix.plan is not None and not fix.plan.changes_nothing:
            yield Possible(fix.id, _sort(fix.title), fix.applicability)


def _sort(title: Message) -> Message:
    """Return a title that holds for all fixes of its sort."""
    return title(**dict.fromkeys(title.params, ANY))


def mended_lines(summary: "Summary") -> list[str]:
    """Return what was fixed, a line each."""
    return [
        translate(DONE(title=translate(fix.title), place=_place(found, flows)))
        for (found, fix), flows in zip(summary.mended, summary.flows, strict=True)
    ]


def left_lines(summary: "Summary", flows: "dict[str, Flow]") -> list[str]:
    """Return what was not fixed and why, a line each."""
    return [
        translate(
            NOT_DONE(
                rule=one.finding.rule,
                place=_place(one.finding, flows),
                reason=translate(one.reason),
            )
        )
        for one in summary.left_out
    ]


def _place(found: "Finding", flows: "Mapping[str, Flow]") -> str:
    return place_words(found.place, flows.get(found.place.flow_id), found.variables)
