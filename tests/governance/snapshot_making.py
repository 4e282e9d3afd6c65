"""Makes snapshots of environments, in memory."""

from datetime import UTC, datetime
from typing import Any

from padguard.governance.snapshot import (
    AuditSettings,
    Principal,
    PrincipalKind,
    Row,
    RowKind,
    Share,
    Snapshot,
    Table,
)

ADA = "00000000-0000-4000-8000-0000000000a1"
BEN = "00000000-0000-4000-8000-0000000000b2"
TEAM = "00000000-0000-4000-8000-0000000000c3"
EVERYBODY = "00000000-0000-4000-8000-0000000000e5"
PEOPLE = {
    one.id: one
    for one in (
        Principal(ADA, PrincipalKind.USER, "Ada Field"),
        Principal(BEN, PrincipalKind.USER, "Ben Lake"),
        Principal(TEAM, PrincipalKind.TEAM, "Finance"),
        Principal(EVERYBODY, PrincipalKind.ORGANIZATION, "Contoso"),
    )
}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def snapshot(**parts: Any) -> Snapshot:
    """Return a snapshot of an environment with some parts."""
    tables = parts.pop("tables", ())
    known = {"tables": {table.name: table for table in tables}, "principals": PEOPLE, **parts}
    return Snapshot(NOON, NOON, "https://contoso.crm4.dynamics.com", "padguard 1", **known)


def audited(enabled: bool | None = True, days: int | None = 90) -> AuditSettings:
    """Return audit settings."""
    return AuditSettings(enabled, days, user_access=True, user_access_hours=4)


def table(name: str, audited: bool | None = True, can_be_changed: bool | None = True) -> Table:
    """Return a table."""
    return Table(name, f"{name}s", audited, can_be_changed)


def row(kind: RowKind, row_id: str, *readers: str, name: str = "", owner: str = ADA) -> Row:
    """Return a row that is shared with some, to read."""
    shares = tuple(Share(reader, ("read",)) for reader in readers)
    return Row(kind, row_id, name or row_id, owner, shares)
