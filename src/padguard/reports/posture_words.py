"""What pages say of a posture, whatever they are made of."""

from typing import Final

from padguard.fixes.fix import Applicability
from padguard.foundation.messages import Message, mark
from padguard.reports.posture import Posture
from padguard.reports.posture_score import HALF, Counted, Lack
from padguard.reports.posture_todo import Todo
from padguard.rules.finding import Severity
from padguard.rules.triage import State

SCORE = mark("reports", "{value} of 100")
SCORE_AT_MOST = mark("reports", "{value} of 100 at most")
NO_SCORE = mark("reports", "No score: there are no desktop flows in this export.")
FORMULA = mark(
    "reports",
    "Every open finding and everything that could not be analysed costs points, and the score is "
    "100 × {half} ÷ ({half} + points), rounded down, so that {half} points leave half of it.",
)
NO_POINTS = mark(
    "reports",
    "Findings of severity info cost nothing, and neither do accepted ones and false positives. "
    "What could not be read costs as much as a critical finding, for it may hide one.",
)
AT_MOST = mark(
    "reports",
    "The true score may be lower: parts of the export could not be read, so nobody knows what is "
    "in them.",
)
SOME_RULES = mark(
    "reports", "Only {run} of {rules} rules looked at it, so the score says nothing of the others."
)
COUNTED_AS: Final[dict[Counted, Message]] = {
    Severity.CRITICAL: mark("reports", "Critical findings"),
    Severity.HIGH: mark("reports", "High findings"),
    Severity.MEDIUM: mark("reports", "Medium findings"),
    Severity.LOW: mark("reports", "Low findings"),
    Severity.INFO: mark("reports", "Info findings"),
    Lack.UNREAD: mark("reports", "Things that could not be read"),
    Lack.NOT_FOLLOWED: mark("reports", "Things that could not be followed"),
}
ALL_POINTS = mark("reports", "All points")
WHAT = mark("reports", "What")
COUNT = mark("reports", "Count")
EACH = mark("reports", "Points each")
POINTS = mark("reports", "Points")
FAMILY = mark("reports", "About")
TOTAL = mark("reports", "Total")

HOW_SCORED = mark("reports", "How the score comes about")
COUNTS = mark("reports", "Findings by what they are about")
TODO = mark("reports", "What to do first")
COVERAGE = mark("reports", "What could not be analysed")
COMPONENTS = mark("reports", "Components and access")
POLICIES = mark("reports", "Data loss prevention policies")

NOTHING_FOUND = mark("reports", "Nothing was found that counts.")
NOTHING_TO_DO = mark("reports", "There is nothing to do: no finding is open that costs points.")
SET_ASIDE: Final = {
    State.ACCEPTED: mark("reports", "Accepted: {count}. They do not count for the score."),
    State.FALSE_POSITIVE: mark(
        "reports", "False positives: {count}. They do not count for the score."
    ),
}
KNOWN = mark(
    "reports", "Known from the baseline: {count}. Nobody decided about them, so they count."
)
HELPLESS = mark(
    "reports", "{count} findings have no remedy that PAD Guard knows; please look at them yourself."
)
HELPLESS_ONE = mark(
    "reports", "One finding has no remedy that PAD Guard knows; please look at it yourself."
)
SAVES = mark("reports", "Mends {count} findings that cost {points} points.")
SAVES_ONE = mark("reports", "Mends one finding that costs {points} points.")
SURENESS: Final = {
    Applicability.SAFE: mark("reports", "Safe: what the flow does stays the same."),
    Applicability.REVIEW: mark("reports", "To review: look at each change before you agree."),
    Applicability.GUIDED: mark("reports", "By hand: in the designer or the portal, step by step."),
}
BY_PAD_GUARD = mark("reports", "What PAD Guard changes for you")
BY_HAND = mark("reports", "What you do by hand")
UNDERSTOOD = mark("reports", "{understood} of {statements} statements are understood.")
ALL_ANALYSED = mark("reports", "Everything could be analysed.")
NO_COMPONENTS = mark("reports", "The flows refer to no components.")
MISSING = mark("reports", "Not in this export")
KIND = mark("reports", "Kind")
MANAGED = mark("reports", "Where access is managed")
NO_POLICIES = mark("reports", "No policy is loaded, so nothing is known about policies.")
POLICIES_HELD = mark("reports", "Judged by: {names}")
AUDIT = mark("reports", "Audit")
NO_AUDIT = mark(
    "reports",
    "No snapshot of the environment is loaded, so nothing is known about auditing there.",
)
AUDITED = mark("reports", "What")
STANDING = mark("reports", "Audited")
BASIS = mark("reports", "What says so")
VERDICT = mark("reports", "Verdict")
FLOW = mark("reports", "Flow")


def score_words(posture: Posture) -> Message:
    """Return the score, as said in a few words."""
    if posture.score is None:
        return NO_SCORE
    words = SCORE_AT_MOST if posture.score.is_limit else SCORE
    return words(value=posture.score.value)


def formula_words() -> Message:
    """Return how the score is worked out, in one sentence."""
    return FORMULA(half=HALF)


def caveats(posture: Posture) -> list[Message]:
    """Return what must be known to read the score."""
    found: list[Message] = []
    if posture.score is not None and posture.score.is_limit:
        found.append(AT_MOST)
    if posture.rules_run < posture.rules:
        found.append(SOME_RULES(run=posture.rules_run, rules=posture.rules))
    return found


def set_aside_words(posture: Posture) -> list[Message]:
    """Return which findings stand apart, and why."""
    found = [SET_ASIDE[state](count=count) for state, count in posture.set_aside.items() if count]
    return [*found, KNOWN(count=posture.known)] if posture.known else found


def todo_words(todo: Todo) -> Message:
    """Return what doing something brings."""
    count = len(todo.findings)
    return SAVES_ONE(points=todo.points) if count == 1 else SAVES(count=count, points=todo.points)


def helpless_words(posture: Posture) -> Message | None:
    """Return how many findings have no remedy, or None."""
    count = posture.helpless
    if not count:
        return None
    return HELPLESS_ONE if count == 1 else HELPLESS(count=count)


def understood_words(posture: Posture) -> Message:
    """Return how much of the scripts is understood."""
    return UNDERSTOOD(understood=posture.understood, statements=posture.statements)
