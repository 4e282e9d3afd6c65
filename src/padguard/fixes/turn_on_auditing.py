"""Says where auditing is turned on."""

from collections.abc import Iterator

from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Instruction, Plan
from padguard.foundation.messages import mark
from padguard.governance.audit import audit_of
from padguard.governance.audit_model import AuditLine, Level

TITLE = mark("fixes", "Turn auditing on")
NOT_OFF = mark("fixes", "It is on by now.")


def _plan(case: Case) -> Plan:
    steps = {str(step.text): step for line in _lines(case) for step in _steps(line)}
    if not steps:
        raise NotPossibleError(NOT_OFF)
    return Plan(steps=tuple(steps.values()))


def _lines(case: Case) -> Iterator[AuditLine]:
    """Yield what is off of what the finding names; its key lists the tables."""
    inspection = case.inspection
    report = audit_of(inspection.export, inspection.snapshot, inspection.answers)
    wanted = case.finding.key.split(",")
    for line in report.off(Level.ENVIRONMENT, Level.AUTOMATION_TABLE, Level.SOLUTION_TABLE):
        if line.key in wanted:
            yield line


def _steps(line: AuditLine) -> Iterator[Instruction]:
    page = f"{line.sources[0].title} ({line.sources[0].page})" if line.sources else ""
    if line.roles is not None:
        yield Instruction(line.roles, source=page)
    for step in line.steps:
        yield Instruction(step, source=page)


RECIPE = Recipe("turn-on-auditing", ("PG601",), Applicability.GUIDED, lambda _: TITLE, _plan)
