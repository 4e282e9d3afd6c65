"""What is audited, in the words, icons and colours of the window."""

from padguard.foundation.messages import Message, mark
from padguard.governance.audit_model import BASES, STANDINGS, AuditLine, Basis, Level, Standing
from padguard.governance.snapshot import Snapshot
from padguard.reports.audit_text import ENVIRONMENT, OWN, PROCESS, TABLES
from padguard.ui.views.components_words import Look
from padguard.ui.words import translate

LOOKS = {
    Standing.ON: Look("present", "marked"),
    Standing.OFF: Look("warning", "high"),
    Standing.CANNOT: Look("blocked", "muted"),
    Standing.ABSENT: Look("outside", "muted"),
    Standing.UNKNOWN: Look("unknown", "unknown"),
}
GROUPS = (
    (ENVIRONMENT, (Level.ENVIRONMENT, Level.RETENTION, Level.LOG_ACCESS)),
    (TABLES, (Level.AUTOMATION_TABLE, Level.COMPONENT_TABLE)),
    (PROCESS, (Level.PROCESS_TABLE,)),
    (OWN, (Level.SOLUTION_TABLE,)),
)
"""The lines of a report under headings, in the order in which to read them."""

SET = mark("audit", "Set")
SPOKEN = mark("audit", "{name}: {standing}. {basis}")
OFF = mark("audit", "{off} off")
NOT_KNOWN = mark("audit", "{unknown} not known")
BOTH = mark("audit", "{off} off, {unknown} not known")
STATED = mark("audit", "{standing} ({basis})")
FROM_SNAPSHOT = mark("audit", "{organisation}, read {when}")
NO_SNAPSHOT = mark("audit", "No snapshot of the environment is open.")


def standing_words(line: AuditLine) -> str:
    """Return whether something is audited, and that nobody measured it where that is so."""
    words = STANDINGS[line.standing]
    if line.level is Level.RETENTION and line.standing is Standing.ON:
        words = SET
    if line.basis is Basis.STATED:
        words = STATED(standing=words, basis=BASES[line.basis])
    return translate(words)


def basis_words(line: AuditLine) -> str:
    """Return what says so."""
    return translate(BASES[line.basis])


def spoken(line: AuditLine) -> str:
    """Return a line as a screen reader says it."""
    return translate(SPOKEN(name=line.name, standing=standing_words(line), basis=basis_words(line)))


def snapshot_words(snapshot: Snapshot | None) -> str:
    """Return which environment was read, and when."""
    if snapshot is None:
        return translate(NO_SNAPSHOT)
    when = snapshot.finished.astimezone().strftime("%Y-%m-%d %H:%M")
    return translate(FROM_SNAPSHOT(organisation=snapshot.organisation, when=when))


def count_words(lines: list[AuditLine]) -> Message | None:
    """Return how many of some lines need somebody, or None where none does."""
    off = sum(line.standing is Standing.OFF for line in lines)
    unknown = sum(line.standing is Standing.UNKNOWN for line in lines)
    words = BOTH if off and unknown else OFF if off else NOT_KNOWN
    return words(off=off, unknown=unknown) if off or unknown else None
