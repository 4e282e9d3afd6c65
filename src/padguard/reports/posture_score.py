"""The score of an export: a sum of points that anybody can check, turned into 0 to 100."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from padguard.reports.coverage import Gap, GapKind
from padguard.rules.finding import Finding, Severity


class Lack(Enum):
    """How far something could not be analysed."""

    UNREAD = "unread"  # nobody looked at it at all, so anything may be in it
    NOT_FOLLOWED = "not-followed"  # it was searched, but where its data goes is not known


Counted = Severity | Lack

HALF: Final = 50
"""So many points leave half of the score."""

WEIGHTS: Final[dict[Counted, int]] = {
    Severity.CRITICAL: 10,
    Severity.HIGH: 5,
    Severity.MEDIUM: 2,
    Severity.LOW: 1,
    Severity.INFO: 0,
    Lack.UNREAD: 10,  # as a critical finding, for it may hide one
    Lack.NOT_FOLLOWED: 1,
}
"""What one of each costs, in points."""

LACKS: Final = {
    GapKind.UNREADABLE: Lack.UNREAD,
    GapKind.NOT_UNDERSTOOD: Lack.UNREAD,
    GapKind.TOO_LARGE: Lack.UNREAD,
    GapKind.NO_HEADER: Lack.NOT_FOLLOWED,
    GapKind.UNKNOWN_ACTION: Lack.NOT_FOLLOWED,
    GapKind.SCRIPT: Lack.NOT_FOLLOWED,
    GapKind.CHILD_FLOW: Lack.NOT_FOLLOWED,
    GapKind.ENCRYPTED: Lack.NOT_FOLLOWED,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sum: how many there are of something, and what each costs."""

    what: Counted
    count: int
    weight: int

    @property
    def points(self) -> int:
        """What all of them cost."""
        return self.count * self.weight


@dataclass(frozen=True, slots=True)
class Score:
    """The score with the sum that it comes from.

    Attributes:
        lines: The sum; everything that costs something has a line, also where there is none of it.
    """

    lines: tuple[Line, ...]

    @property
    def points(self) -> int:
        """All points; each one more lowers the score, none ever raises it."""
        return sum(line.points for line in self.lines)

    @property
    def value(self) -> int:
        """The score, 0 to 100: 100 only without any points, and half of it at `HALF` points."""
        return 100 * HALF // (HALF + self.points)

    @property
    def is_limit(self) -> bool:
        """Whether something was not looked at, so that the truth may be lower."""
        return any(line.count for line in self.lines if line.what is Lack.UNREAD)


def score_of(findings: Iterable[Finding], gaps: Iterable[Gap]) -> Score:
    """Return the score that some findings and gaps in the coverage make.

    Args:
        findings: Those that count: that nobody has accepted or called false.
        gaps: What could not be analysed.
    """
    counts: dict[Counted, int] = dict.fromkeys(WEIGHTS, 0)
    for finding in findings:
        counts[finding.severity] += 1
    for gap in gaps:
        counts[LACKS[gap.kind]] += 1
    return Score(
        tuple(Line(what, counts[what], weight) for what, weight in WEIGHTS.items() if weight)
    )


def points_of(finding: Finding) -> int:
    """Return what one finding costs."""
    return WEIGHTS[finding.severity]
