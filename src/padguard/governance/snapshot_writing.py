"""Writes snapshots as JSON files."""

import json
from pathlib import Path
from typing import Any

from padguard.exports.atomic import saving, write_file
from padguard.governance.snapshot import FORMAT, AuditSettings, ReadAllRole, Row, Share, Snapshot


def write_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Write a snapshot; the file is whole or as it was.

    Raises:
        SaveError: It could not be written.
    """
    with saving(path):
        write_file(snapshot_bytes(snapshot), path)


def snapshot_bytes(snapshot: Snapshot) -> bytes:
    """Return the content of a snapshot file: ASCII, which survives any code page."""
    return f"{json.dumps(snapshot_object(snapshot), indent=1)}\n".encode("ascii")


def snapshot_object(snapshot: Snapshot) -> dict[str, Any]:
    """Return a snapshot as ``resources/schemas/environment.schema.json`` describes it."""
    roles = snapshot.read_all_roles
    return {
        "format": FORMAT,
        "collected": {
            "from": snapshot.organisation,
            "started": snapshot.started.isoformat(),
            "finished": snapshot.finished.isoformat(),
            "by": snapshot.made_by,
        },
        "parts": [
            {"about": part.about, "state": part.state.value, "reason": part.reason}
            for part in snapshot.parts
        ],
        "audit": _audit_object(snapshot.audit) if snapshot.audit else None,
        "tables": [
            {
                "name": table.name,
                "entity_set": table.entity_set,
                "audited": table.audited,
                "can_be_changed": table.can_be_changed,
            }
            for table in snapshot.tables.values()
        ],
        "principals": [
            {"id": one.id, "kind": one.kind.value, "name": one.name}
            for one in snapshot.principals.values()
        ],
        "rows": [_row_object(row) for row in snapshot.rows],
        "read_all_roles": None if roles is None else [_role_object(role) for role in roles],
        "policies": None if snapshot.policies is None else list(snapshot.policies),
    }


def _audit_object(audit: AuditSettings) -> dict[str, Any]:
    return {
        "enabled": audit.enabled,
        "retention_days": audit.retention_days,
        "user_access": audit.user_access,
        "user_access_hours": audit.user_access_hours,
        "settings": audit.settings,
    }


def _row_object(row: Row) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kind": row.kind.value,
        "id": row.id,
        "name": row.name,
        "owner": row.owner or None,
        "shares": None if row.shares is None else [_share_object(share) for share in row.shares],
    }
    if row.unique_name:
        shown["unique_name"] = row.unique_name
    if row.value_type:
        shown["value_type"] = row.value_type
    return shown


def _share_object(share: Share) -> dict[str, Any]:
    return {"principal": share.principal, "rights": list(share.rights)}


def _role_object(role: ReadAllRole) -> dict[str, Any]:
    holders = None if role.holders is None else list(role.holders)
    return {"id": role.id, "name": role.name, "holders": holders}
