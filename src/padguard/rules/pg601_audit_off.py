"""PG601: changes are not recorded.

What it finds:
    With a snapshot of the environment: auditing that is off for the environment, or for tables of
    automation that can be audited. Without one: tables inside the solution that are not audited.
    The table Process, which holds the flows themselves, cannot be audited, so nothing is said of
    it; neither is of what somebody only stated.

Why it matters:
    Nobody can tell afterwards who changed or deleted a work queue, a machine or a run, or with
    whom it was shared.

Fixes:
    padguard audit tells where to click. It takes the role System Administrator or System
    Customizer.

Source:
    "Manage Dataverse auditing", 4 June 2025; "Control Center desktop flow audit logs", 4 August
    2023: the tables; "Secure your data", 29 May 2025: the environment and the tables.
"""

from collections.abc import Iterator, Sequence

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import Message, mark
from padguard.governance.audit import audit_of
from padguard.governance.audit_model import AuditLine, Level
from padguard.rules.finding import Finding, Place, Severity, Step
from padguard.rules.rule import Rule

AUDITING = mark("rules", "Auditing")
ENVIRONMENT = mark("rules", "Auditing is off for the environment {organisation}.")
WHY_ENVIRONMENT = mark("rules", "While it is off nothing is recorded, whatever is set for tables.")
AUTOMATION = mark("rules", "Auditing is off for tables of automation ({count}).")
WHY_AUTOMATION = mark("rules", "The snapshot of the environment says so of each of them.")
IN_SOLUTION = mark("rules", "Auditing is off for tables of this solution ({count}).")
WHY_IN_SOLUTION = mark("rules", "“Audit changes to its data” is not selected for them.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for the environment, the tables of automation and those of the solution."""
    report = audit_of(inspection.export, inspection.snapshot, inspection.answers)
    if report.off(Level.ENVIRONMENT):
        message = ENVIRONMENT(organisation=report.organisation)
        yield Finding(Place("", where=AUDITING), message, WHY_ENVIRONMENT, key="environment")
    yield from _tables(report.off(Level.AUTOMATION_TABLE), AUTOMATION, WHY_AUTOMATION)
    yield from _tables(report.off(Level.SOLUTION_TABLE), IN_SOLUTION, WHY_IN_SOLUTION)


def _tables(lines: Sequence[AuditLine], words: Message, why: Message) -> Iterator[Finding]:
    """Yield one finding for tables; another table that is off makes it another finding."""
    if lines:
        place = Place("", where=AUDITING)
        steps = tuple(Step(Place("", where=line.name), line.name) for line in lines)
        key = ",".join(sorted(line.key for line in lines))
        yield Finding(place, words(count=len(lines)), why, path=steps, key=key)


RULE = Rule(
    "PG601",
    "audit-off",
    Severity.MEDIUM,
    mark("rules", "Changes are not recorded"),
    check,
    __doc__ or "",
)
