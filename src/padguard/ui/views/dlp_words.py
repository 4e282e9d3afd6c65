"""What policies say of flows, in the words, icons and colours of the window."""

from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_judging import Verdict
from padguard.governance.dlp_model import STANDINGS, GroupLine, Standing
from padguard.governance.policy import Classification, Policy
from padguard.reports.dlp_words import VERDICTS, default_words, scope_words
from padguard.ui.views.components_words import Look
from padguard.ui.views.dlp_shown import Difference, Shown
from padguard.ui.words import translate

STANDING_LOOKS = {
    Standing.BUSINESS: Look("business", "low"),
    Standing.NON_BUSINESS: Look("non-business", "clean"),
    Standing.BLOCKED: Look("blocked", "critical"),
    Standing.DIFFERS: Look("differs", "medium"),
    Standing.NOT_EVALUATED: Look("unknown", "unknown"),
}
VERDICT_LOOKS = {
    Verdict.ALLOWED: Look("present", "marked"),
    Verdict.NOT_EVALUATED: Look("unknown", "unknown"),
    Verdict.BLOCKED: Look("warning", "critical"),
}
CLASS_STANDINGS = {
    Classification.BUSINESS: Standing.BUSINESS,
    Classification.NON_BUSINESS: Standing.NON_BUSINESS,
    Classification.BLOCKED: Standing.BLOCKED,
}

VIOLATES = mark("dlp", "Violation: {standing}")
NEW = mark("dlp", "New violation: {standing}")
GONE = mark("dlp", "Violation gone: {standing}")
WAS = mark("dlp", "{standing} (was: {before})")
NOT_USED = mark("dlp", "Not used")
NO_VIOLATION = mark("dlp", "No violation")
ONE_VIOLATION = mark("dlp", "1 violation")
VIOLATIONS = mark("dlp", "{count} violations")
WITH_NEW = mark("dlp", "{words}, {new} new")
WITH_GONE = mark("dlp", "{words}, {gone} gone")
WITH_BOTH = mark("dlp", "{words}, {new} new, {gone} gone")
HOLDS = mark("dlp", "Holds {scope}. Groups that it does not name: {default}. From {file}.")
RULES = mark("dlp", "Rules for actions and addresses; they class no groups. From {file}.")
NOT_HERE = mark("dlp", "{words} It does not hold in the chosen environment.")
PARTS_IGNORED = mark("dlp", "{words} Ignored parts: {count}.")


def group_words(line: GroupLine) -> str:
    """Return what a group is called."""
    return translate(line.name) if isinstance(line.name, Message) else line.name


def standing_words(shown: Shown, line: GroupLine) -> str:
    """Return what a group is under all policies, and what it was before a what-if."""
    before = shown.standing_before(line.key) if shown.is_trial else None
    if before is None or before is line.standing:
        return translate(STANDINGS[line.standing])
    return translate(WAS(standing=STANDINGS[line.standing], before=STANDINGS[before]))


def cell_words(shown: Shown, line: GroupLine, flow_id: str) -> str:
    """Return what is said of a group in a flow, or "" where it is not used."""
    cell = shown.cell(line.key, flow_id)
    if cell is None:
        return ""
    standing = STANDINGS[line.standing]
    if cell.verdict is Verdict.NOT_EVALUATED:
        standing = STANDINGS[Standing.NOT_EVALUATED]
    match shown.difference(line.key, flow_id):
        case Difference.NEW:
            return translate(NEW(standing=standing))
        case Difference.GONE:
            return translate(GONE(standing=standing))
    if cell.verdict is Verdict.BLOCKED and line.standing is not Standing.BLOCKED:
        return translate(VIOLATES(standing=standing))
    return translate(standing)


def cell_look(shown: Shown, line: GroupLine, flow_id: str) -> Look | None:
    """Return how that looks, or None where the group is not used."""
    cell = shown.cell(line.key, flow_id)
    if cell is None:
        return None
    if cell.verdict is Verdict.ALLOWED or line.standing is Standing.BLOCKED:
        return STANDING_LOOKS[line.standing]
    return VERDICT_LOOKS[cell.verdict]


def verdict_words(shown: Shown, flow_id: str, verdict: Verdict) -> str:
    """Return what is said of a flow, and what a what-if does to it."""
    _, new, gone = shown.counts(flow_id)
    return _with_changes(VERDICTS[verdict], new, gone)


def sum_words(shown: Shown) -> str:
    """Return how many violations there are, and what a what-if does to them."""
    count, new, gone = shown.counts()
    return _with_changes(count_words(count), new, gone)


def count_words(count: int) -> Message:
    """Return a number of violations in words."""
    if not count:
        return NO_VIOLATION
    return ONE_VIOLATION if count == 1 else VIOLATIONS(count=count)


def policy_words(policy: Policy, environment: str | None) -> str:
    """Return what there is to know of a policy in a few sentences."""
    words = RULES(file=policy.file)
    if not policy.rules_only:
        scope, default = scope_words(policy), default_words(policy)
        words = HOLDS(scope=scope, default=default, file=policy.file)
    if not policy.holds_in(environment):
        words = NOT_HERE(words=words)
    if policy.ignored:
        words = PARTS_IGNORED(words=words, count=len(policy.ignored))
    return translate(words)


def _with_changes(words: Message, new: int, gone: int) -> str:
    if new and gone:
        words = WITH_BOTH(words=words, new=new, gone=gone)
    elif new:
        words = WITH_NEW(words=words, new=new)
    elif gone:
        words = WITH_GONE(words=words, gone=gone)
    return translate(words)
