"""What is audited, as far as a snapshot, the export itself or somebody's answers tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from padguard.exports.model import Entity, Export
from padguard.foundation.messages import Message, mark
from padguard.governance import audit_facts as facts
from padguard.governance.access_facts import SECURE, Source
from padguard.governance.audit_answers import (
    ENVIRONMENT,
    FOR_EVER,
    LOG_ACCESS,
    QUESTIONS,
    RETENTION,
    TABLES,
    Answers,
    Kind,
    Said,
)
from padguard.governance.audit_model import AuditLine, AuditReport, Basis, Level, Standing
from padguard.governance.snapshot import Snapshot, Table

NAME = mark("governance", "{name}")
ENVIRONMENT_NAME = mark("governance", "Auditing of the environment")
RETENTION_NAME = mark("governance", "Retention of audit records")
LOG_ACCESS_NAME = mark("governance", "Log access (who signs in)")
TABLE_NAME = mark("governance", "Table {name} ({table})")
KEPT_DAYS = mark("governance", "Records are kept for {days} days.")
KEPT_FOR_EVER = mark("governance", "Records are kept for ever.")
FIXED = mark(
    "governance", "Whether it is audited cannot be changed in this environment (CanBeChanged)."
)
COLUMNS = mark("governance", "In {audited} of {columns} columns auditing is enabled.")
ENVIRONMENT_TOO = mark(
    "governance",
    "The environment into which the solution is imported must have auditing on as well.",
)
EXPORT_DIFFERS = mark(
    "governance", "The solution says otherwise; the environment counts until it is imported again."
)
NOT_LISTED = mark("governance", "The snapshot does not list it.")

_STANDING: Final = {Said.YES: Standing.ON, Said.NO: Standing.OFF, Said.UNKNOWN: Standing.UNKNOWN}


@dataclass(frozen=True, slots=True)
class _Told:
    """Whether something is on, and what says so."""

    standing: Standing
    basis: Basis
    details: tuple[Message, ...] = ()


def audit_of(
    export: Export, snapshot: Snapshot | None = None, answers: Answers | None = None
) -> AuditReport:
    """Return what is audited of an environment and of the tables of a solution.

    What was measured goes before what the export says, and that before what somebody stated.

    Args:
        export: The export.
        snapshot: The environment, or None where it is not known.
        answers: What somebody says of it, or None.
    """
    said = answers or Answers()
    retention, days = _retention(snapshot, said)
    tables = tuple(_tables(snapshot, said))
    environment = _environment(snapshot, said)
    log_access = _log_access(snapshot, said)
    known = {environment.key: environment, log_access.key: log_access, retention.key: retention}
    known |= {f"{TABLES}.{line.key}": line for line in tables}
    unknown = (Standing.UNKNOWN,)
    return AuditReport(
        organisation=snapshot.organisation if snapshot else "",
        environment=environment,
        retention=retention,
        days=days,
        log_access=log_access,
        tables=tables,
        process=_process(snapshot),
        own=tuple(_own(export, snapshot)),
        notes=(facts.BOTH_LEVELS, facts.NOT_READS),
        open_questions=tuple(
            question.key
            for question in QUESTIONS
            if question.kind is not Kind.NAMES and known[question.key].standing in unknown
        ),
    )


def _environment(snapshot: Snapshot | None, answers: Answers) -> AuditLine:
    measured = snapshot.audit.enabled if snapshot and snapshot.audit else None
    told = _told(measured, answers.answer(ENVIRONMENT))
    return _line(
        Level.ENVIRONMENT,
        ENVIRONMENT,
        ENVIRONMENT_NAME,
        told,
        facts.ENVIRONMENT_STEPS,
        (facts.AUDITING_STEPS, SECURE),
    )


def _log_access(snapshot: Snapshot | None, answers: Answers) -> AuditLine:
    measured = snapshot.audit.user_access if snapshot and snapshot.audit else None
    told = _told(measured, answers.answer(LOG_ACCESS))
    sources = (facts.AUDITING_STEPS, facts.CONFIGURE)
    return _line(
        Level.LOG_ACCESS, LOG_ACCESS, LOG_ACCESS_NAME, told, facts.LOG_ACCESS_STEPS, sources
    )


def _retention(snapshot: Snapshot | None, answers: Answers) -> tuple[AuditLine, int | None]:
    measured = snapshot.audit.retention_days if snapshot and snapshot.audit else None
    days = measured if measured is not None else answers.retention_days
    details: tuple[Message, ...] = (facts.RETENTION_APPLIES,)
    standing, basis = Standing.ON, Basis.MEASURED if measured is not None else Basis.STATED
    if days is None:
        standing, basis = Standing.UNKNOWN, Basis.NONE
        details = (facts.RETENTION_DIFFERS, *details)
    else:
        kept = KEPT_FOR_EVER if days == FOR_EVER else KEPT_DAYS(days=days)
        details = (kept, *details)
    line = AuditLine(
        Level.RETENTION,
        RETENTION,
        RETENTION_NAME,
        standing,
        basis,
        details,
        facts.ROLES if days is None else None,
        facts.RETENTION_STEPS if days is None else (),
        (facts.AUDITING_STEPS, facts.AUDITING, facts.CONFIGURE),
    )
    return line, days


def _tables(snapshot: Snapshot | None, answers: Answers) -> Iterator[AuditLine]:
    for table, name in facts.AUTOMATION_TABLES.items():
        told = _measured_table(snapshot, table)
        if told.basis is Basis.NONE and answers.answer(f"{TABLES}.{table}") is not Said.UNKNOWN:
            told = _told(None, answers.answer(f"{TABLES}.{table}"))
        sources: tuple[Source, ...] = (*facts.TABLE_SOURCES, facts.AUDITING_STEPS)
        if table == facts.SESSIONS:
            told = _Told(told.standing, told.basis, (*told.details, facts.SESSION_LOGS))
            sources = (*sources, facts.RUN_LOGS)
        yield _table_line(Level.AUTOMATION_TABLE, table, name, told, sources)
    for table, name in facts.COMPONENT_TABLES.items():
        if snapshot and table in snapshot.tables:
            told = _measured_table(snapshot, table)
            sources = (SECURE, facts.CONFIGURE, facts.AUDITING_STEPS)
            yield _table_line(Level.COMPONENT_TABLE, table, name, told, sources)


def _measured_table(snapshot: Snapshot | None, name: str) -> _Told:
    """Return what a snapshot says of a table; nothing where there is none, or it has no tables."""
    if snapshot is None or not snapshot.tables:
        return _Told(Standing.UNKNOWN, Basis.NONE)
    table = snapshot.tables.get(name)
    if table is None and not any(part.about == TABLES for part in snapshot.unread):
        return _Told(Standing.ABSENT, Basis.MEASURED, (NOT_LISTED,))
    if table is None or table.audited is None:
        return _Told(Standing.UNKNOWN, Basis.NONE)
    if table.audited:
        return _Told(Standing.ON, Basis.MEASURED)
    if table.can_be_changed is False:
        return _Told(Standing.CANNOT, Basis.MEASURED, (FIXED,))
    return _Told(Standing.OFF, Basis.MEASURED)


def _process(snapshot: Snapshot | None) -> AuditLine:
    table = snapshot.tables.get(facts.PROCESS_TABLE) if snapshot else None
    details: tuple[Message, ...] = (facts.PROCESS_WHY, facts.PROCESS_INSTEAD)
    basis = Basis.DOCUMENTED
    if table is not None and (table.audited or table.can_be_changed):
        details = (facts.PROCESS_WHY, facts.PROCESS_DIFFERS, facts.PROCESS_INSTEAD)
    elif table is not None and table.can_be_changed is False:
        basis = Basis.MEASURED
    return AuditLine(
        Level.PROCESS_TABLE,
        facts.PROCESS_TABLE,
        TABLE_NAME(name=facts.PROCESS_NAME, table=facts.PROCESS_TABLE),
        Standing.CANNOT,
        basis,
        details,
        sources=(facts.AUDITING, SECURE),
    )


def _own(export: Export, snapshot: Snapshot | None) -> Iterator[AuditLine]:
    for entity in export.entities:
        name = entity.name.lower()
        if name in facts.AUTOMATION_TABLES or name == facts.PROCESS_TABLE:
            continue
        table = snapshot.tables.get(name) if snapshot else None
        told = _own_told(entity, table, _measured_table(snapshot, name))
        sources = (facts.AUDITING_STEPS, facts.CONFIGURE)
        yield _table_line(Level.SOLUTION_TABLE, name, entity.name, told, sources)


def _own_told(entity: Entity, table: Table | None, measured: _Told) -> _Told:
    columns = COLUMNS(audited=entity.audited_columns, columns=entity.columns)
    if table is not None and measured.basis is Basis.MEASURED:
        differs = (EXPORT_DIFFERS,) if entity.columns and table.audited != entity.audited else ()
        return _Told(measured.standing, Basis.MEASURED, (*measured.details, *differs, columns))
    if not entity.columns:  # the solution refers to the table, and does not define it
        return _Told(Standing.UNKNOWN, Basis.NONE)
    standing = Standing.ON if entity.audited else Standing.OFF
    return _Told(standing, Basis.EXPORT, (columns, ENVIRONMENT_TOO))


def _table_line(
    level: Level, table: str, name: str, told: _Told, sources: tuple[Source, ...]
) -> AuditLine:
    steps = tuple(step(table=name, name=table) for step in facts.TABLE_STEPS)
    if level is Level.SOLUTION_TABLE:
        steps = (*steps, facts.IN_SOLUTION)
    words = TABLE_NAME(name=name, table=table)
    return _line(level, table, words, told, steps, sources)


def _line(
    level: Level,
    key: str,
    name: Message,
    told: _Told,
    steps: tuple[Message, ...],
    sources: tuple[Source, ...],
) -> AuditLine:
    off = told.standing in (Standing.OFF, Standing.UNKNOWN)
    return AuditLine(
        level,
        key,
        name,
        told.standing,
        told.basis,
        told.details,
        facts.ROLES if off else None,
        steps if off else (),
        sources,
    )


def _told(measured: bool | None, said: Said) -> _Told:
    if measured is not None:
        return _Told(Standing.ON if measured else Standing.OFF, Basis.MEASURED)
    basis = Basis.NONE if said is Said.UNKNOWN else Basis.STATED
    return _Told(_STANDING[said], basis)
