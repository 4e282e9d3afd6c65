"""What an environment looked like when a snapshot of it was taken: plain data, never a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Final

from padguard.exports.payloads import Json
from padguard.foundation.messages import mark
from padguard.governance.policy import Ignored

FORMAT: Final = "padguard-environment/1"
"""What a snapshot file calls its format; ``resources/schemas/environment.schema.json`` has it."""

PROCESS: Final = "workflow"
"""Logical name of the table Process, which holds the flows."""


class PrincipalKind(Enum):
    """Who somebody is to Dataverse; the values are words of snapshot files."""

    USER = "user"
    TEAM = "team"
    ORGANIZATION = "organization"  # everybody
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who owns rows or has a share in them; ``name`` is "" where it could not be read."""

    id: str
    kind: PrincipalKind
    name: str = ""

    @property
    def label(self) -> str:
        """What to call them: their name, else their id."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Share:
    """What a row lets somebody do who does not own it.

    Attributes:
        principal: Id of the principal.
        rights: In words (``read``, ``write``, `RIGHT_WORDS`); a right that is not known is kept as
            Dataverse spells it.
    """

    principal: str
    rights: tuple[str, ...]


RIGHT_WORDS: Final = {
    "ReadAccess": "read",
    "WriteAccess": "write",
    "AppendAccess": "append",
    "AppendToAccess": "append to",
    "CreateAccess": "create",
    "DeleteAccess": "delete",
    "ShareAccess": "share",
    "AssignAccess": "assign",
}
"""The words for the rights of an access mask (Dataverse Web API, AccessRights)."""


class RowKind(Enum):
    """What kind of thing a row is; the values are words of snapshot files."""

    DESKTOP_FLOW = "desktop-flow"
    CLOUD_FLOW = "cloud-flow"
    WORK_QUEUE = "work-queue"
    CREDENTIAL = "credential"
    MODULE = "desktop-flow-module"  # UI elements collections and custom actions
    CONNECTION_REFERENCE = "connection-reference"
    ENVIRONMENT_VARIABLE = "environment-variable"
    MACHINE = "machine"
    MACHINE_GROUP = "machine-group"


ROW_WORDS: Final = {
    RowKind.DESKTOP_FLOW: mark("governance", "Desktop flow"),
    RowKind.CLOUD_FLOW: mark("governance", "Cloud flow"),
    RowKind.WORK_QUEUE: mark("governance", "Work queue"),
    RowKind.CREDENTIAL: mark("governance", "Credential"),
    RowKind.MODULE: mark("governance", "UI elements collection or custom actions"),
    RowKind.CONNECTION_REFERENCE: mark("governance", "Connection reference"),
    RowKind.ENVIRONMENT_VARIABLE: mark("governance", "Environment variable"),
    RowKind.MACHINE: mark("governance", "Machine"),
    RowKind.MACHINE_GROUP: mark("governance", "Machine group"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A flow or a component as the environment has it; what it holds is never part of it.

    Attributes:
        kind: What it is.
        id: Its id, in lower case.
        name: What people call it.
        owner: Id of the principal that owns it, or "" where that could not be read.
        shares: Who else has access because it was shared; None where that is not known. Access by
            way of security roles and teams is no share.
        unique_name: The logical or schema name, for the kinds that have one.
        value_type: For an environment variable the type of its value, as exports call it.
    """

    kind: RowKind
    id: str
    name: str
    owner: str = ""
    shares: tuple[Share, ...] | None = None
    unique_name: str = ""
    value_type: str = ""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """The audit settings of an environment; None for each that was not delivered.

    Attributes:
        enabled: Whether auditing is started.
        retention_days: For how many days records are kept; -1 is for ever.
        user_access: Whether it is logged who signs in.
        user_access_hours: How often that is logged, in hours.
        settings: Further settings, as Dataverse spells them, or "".
    """

    enabled: bool | None = None
    retention_days: int | None = None
    user_access: bool | None = None
    user_access_hours: int | None = None
    settings: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Whether changes to the data of a table are audited, and whether that can be changed."""

    name: str
    entity_set: str = ""
    audited: bool | None = None
    can_be_changed: bool | None = None


@dataclass(frozen=True, slots=True)
class ReadAllRole:
    """A security role with Read on all rows of the table Process.

    ``holders`` are ids of the principals that have it, or None where that is not known.
    """

    id: str
    name: str
    holders: tuple[str, ...] | None = None


class PartState(Enum):
    """How much of a part was read; the values are words of snapshot files."""

    COMPLETE = "complete"
    PARTLY = "partly"
    NOT_READABLE = "not-readable"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a snapshot: what it is about, how much of it was read, and why not all."""

    about: str
    state: PartState
    reason: str = ""


@dataclass(frozen=True)
class Snapshot:
    """An environment as it was while it was read.

    Attributes:
        started: When reading began.
        finished: When it ended.
        organisation: Address of the organisation.
        made_by: The program that made it.
        parts: What was read and what could not be.
        audit: The audit settings of the environment, or None where they are not known.
        tables: The tables by logical name.
        principals: Those who are named anywhere, by id.
        rows: Flows and components.
        read_all_roles: The roles with Read on all rows of Process, or None where that is not known.
        policies: Data loss prevention policies as they were delivered, or None where none were
            asked for.
        ignored: What of the file was not understood.
        file: Name of the file that it was read from, or "".
    """

    started: datetime
    finished: datetime
    organisation: str
    made_by: str = ""
    parts: tuple[Part, ...] = ()
    audit: AuditSettings | None = None
    tables: Mapping[str, Table] = field(default_factory=dict, repr=False)
    principals: Mapping[str, Principal] = field(default_factory=dict, repr=False)
    rows: tuple[Row, ...] = field(default=(), repr=False)
    read_all_roles: tuple[ReadAllRole, ...] | None = None
    policies: tuple[Json, ...] | None = field(default=None, repr=False)
    ignored: tuple[Ignored, ...] = field(default=(), compare=False)
    file: str = field(default="", compare=False)

    @cached_property
    def _rows(self) -> dict[tuple[RowKind, str], Row]:
        return {(row.kind, row.id): row for row in self.rows}

    def row(self, kind: RowKind, row_id: str) -> Row | None:
        """Return a row by its id, whatever the case, or None where it was not read."""
        return self._rows.get((kind, row_id.strip("{}").lower()))

    def named(self, kind: RowKind, name: str) -> Row | None:
        """Return the one row of a unique name or else a name; None where it is none or several."""
        folded = name.casefold()
        ofkind = [row for row in self.rows if row.kind is kind]
        found = [row for row in ofkind if row.unique_name.casefold() == folded]
        found = found or [row for row in ofkind if row.name.casefold() == folded]
        return found[0] if len(found) == 1 else None

    def principal(self, principal_id: str) -> Principal:
        """Return a principal by its id; one of that id without a name where it is not listed."""
        known = self.principals.get(principal_id)
        return known or Principal(principal_id, PrincipalKind.UNKNOWN)

    @property
    def unread(self) -> tuple[Part, ...]:
        """The parts of which something could not be read."""
        incomplete = (PartState.PARTLY, PartState.NOT_READABLE)
        return tuple(part for part in self.parts if part.state in incomplete)
