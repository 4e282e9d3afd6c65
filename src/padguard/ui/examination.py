"""What comes back from the worker thread when an export was changed and analysed: plain data."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from padguard.foundation.progress import Progress
from padguard.ui.finding_index import FindingIndex

if TYPE_CHECKING:
    from padguard.analysis.inspection import Inspection
    from padguard.session.mending import Summary
    from padguard.session.session import Session
    from padguard.ui.counts import Coverage
    from padguard.ui.journal import Entry


class Analysis(Enum):
    """How far the analysis of the export as it stands is."""

    WAITING = auto()  # nothing was analysed yet
    RUNNING = auto()
    DONE = auto()
    STOPPED = auto()  # cancelled or failed: what is known is older than the export


@dataclass(frozen=True, slots=True)
class Examination:
    """What an analysis found."""

    inspection: "Inspection"
    index: FindingIndex
    coverage: "Coverage"


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did.

    Attributes:
        flow_ids: The flows that were rebuilt.
        entry: What it is in the journal, or None where it was undo, redo or nothing at all.
        summary: What became of many findings that were mended together, or None.
    """

    flow_ids: frozenset[str] = frozenset()
    entry: "Entry | None" = None
    summary: "Summary | None" = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change and the analysis behind it.

    Attributes:
        done: What the change did.
        count: How many changes undo could take back afterwards.
        is_changed: Whether the export is another one than before.
        examination: What the analysis found; None where it ended early.
        error: Why it did, or None.
    """

    done: Done
    count: int
    is_changed: bool
    examination: Examination | None = None
    error: Exception | None = field(default=None)


def examine(session: "Session", progress: Progress) -> Examination:
    """Analyse a session; runs on the worker thread, and imports there what it takes."""
    from padguard.ui.counts import coverage

    inspection = session.inspect(progress)
    index = FindingIndex(session.findings, session.flows)
    return Examination(inspection, index, coverage(inspection))
