"""What an audit report is."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.access_facts import Source


class Standing(Enum):
    """Whether something is audited; the values are words of the JSON."""

    ON = "on"
    OFF = "off"
    CANNOT = "cannot-be-audited"
    ABSENT = "not-in-environment"
    UNKNOWN = "not-known"


STANDINGS: Final = {
    Standing.ON: mark("governance", "On"),
    Standing.OFF: mark("governance", "Off"),
    Standing.CANNOT: mark("governance", "Cannot be audited"),
    Standing.ABSENT: mark("governance", "Not in this environment"),
    Standing.UNKNOWN: mark("governance", "Not known"),
}


class Basis(Enum):
    """What says so; the values are words of the JSON."""

    MEASURED = "measured"
    EXPORT = "in-the-export"
    STATED = "stated-not-measured"
    DOCUMENTED = "documented"
    NONE = "nothing"


BASES: Final = {
    Basis.MEASURED: mark("governance", "measured in the environment"),
    Basis.EXPORT: mark("governance", "as the solution sets it"),
    Basis.STATED: mark("governance", "stated, not measured"),
    Basis.DOCUMENTED: mark("governance", "as documented"),
    Basis.NONE: mark("governance", "nothing tells"),
}


class Level(Enum):
    """What a line is about; the values are words of the JSON."""

    ENVIRONMENT = "environment"
    RETENTION = "retention"
    LOG_ACCESS = "log-access"
    AUTOMATION_TABLE = "automation-table"
    COMPONENT_TABLE = "component-table"
    PROCESS_TABLE = "process-table"
    SOLUTION_TABLE = "solution-table"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that is audited or not.

    Attributes:
        level: What kind of thing it is.
        key: Unique within the report: the level, or the logical name of the table behind it.
        name: What people call it.
        standing: Whether it is audited.
        basis: What says so.
        details: What else must be known of it.
        roles: Who can change it, or None where nothing is to be changed.
        steps: Where to click to turn it on; empty where it is on or cannot be turned on.
        sources: The pages that say so.
    """

    level: Level
    key: str
    name: Message
    standing: Standing
    basis: Basis
    details: tuple[Message, ...] = ()
    roles: Message | None = None
    steps: tuple[Message, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What is audited of the environment that an export is for, and what is not.

    Attributes:
        organisation: Address of the environment, or "" without a snapshot.
        environment: The switch of the whole environment.
        retention: How long records are kept; ``days`` has the number.
        days: Days for which records are kept, -1 for ever, or None where that is not known.
        log_access: Whether it is logged who signs in.
        tables: The automation tables, and those with components where a snapshot tells.
        process: The table Process, which cannot be audited.
        own: The tables inside the solution.
        notes: What must be known to read this.
        open_questions: Keys of the questions that nothing answers.
    """

    organisation: str
    environment: AuditLine
    retention: AuditLine
    days: int | None
    log_access: AuditLine
    tables: tuple[AuditLine, ...]
    process: AuditLine
    own: tuple[AuditLine, ...]
    notes: tuple[Message, ...]
    open_questions: tuple[str, ...]

    @property
    def lines(self) -> Iterator[AuditLine]:
        """All lines, in the order in which to read them."""
        yield from (self.environment, self.retention, self.log_access)
        yield from (*self.tables, self.process, *self.own)

    def off(self, *levels: Level) -> tuple[AuditLine, ...]:
        """Return the lines of some levels that are off: measured, or in the export."""
        proven = (Basis.MEASURED, Basis.EXPORT)
        return tuple(
            line
            for line in self.lines
            if line.level in levels and line.standing is Standing.OFF and line.basis in proven
        )
