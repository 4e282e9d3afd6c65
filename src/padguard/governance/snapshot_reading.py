"""Reads snapshot files, strictly and within limits."""

import json
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final, TypeVar

from padguard.exports.limits import MIB
from padguard.exports.payloads import Json, decode_json_bytes
from padguard.foundation.errors import ConfigError, OpenError
from padguard.foundation.messages import mark
from padguard.governance.policy import Ignored, Policy
from padguard.governance.policy_checks import MISSING, NOT_LIST, Record
from padguard.governance.policy_reading import parse_policies
from padguard.governance.snapshot import (
    FORMAT,
    AuditSettings,
    Part,
    PartState,
    Principal,
    PrincipalKind,
    ReadAllRole,
    Row,
    RowKind,
    Share,
    Snapshot,
    Table,
)

LARGEST: Final = 256 * MIB
"""Bytes; a hundred thousand flows with ten shares each need half of it."""
MOST_TEXT: Final = 10_000
"""Characters in one text; names have a few hundred at most."""

NOT_READABLE = mark("governance", "“{file}” cannot be read ({reason}).")
TOO_LARGE = mark(
    "governance", "“{file}” is larger than {limit} MB, so it is no snapshot. It is not read."
)
NOT_SNAPSHOT = mark(
    "governance",
    "“{file}” is no snapshot of an environment. Make one with padguard collect.",
)
OTHER_FORMAT = mark(
    "governance",
    "“{file}” is a snapshot in the format “{found}”, and this PAD Guard reads “{known}”. Make it "
    "anew with padguard collect.",
)
NOT_FLAG = mark("governance", "“{path}” in “{file}” must be true, false or null.")
NOT_TEXT = mark("governance", "“{path}” in “{file}” must be a text.")
TOO_LONG = mark("governance", "“{path}” in “{file}” is longer than {limit} characters.")
NOT_TEXTS = mark("governance", "“{path}” in “{file}” must be a list of texts.")
NOT_TIME = mark(
    "governance", "“{path}” in “{file}” must be a time with a time zone: 2026-03-01T09:30:00+00:00."
)
DOUBLE = mark("governance", "“{path}” in “{file}” is named a second time.")

_Word = TypeVar("_Word", bound=Enum)


def read_snapshot(path: Path) -> Snapshot:
    """Read a snapshot file.

    Raises:
        ConfigError: It cannot be read or understood; the message names the JSON path.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(NOT_READABLE(file=path.name, reason=reason)) from error
    return parse_snapshot(data, path.name)


def parse_snapshot(data: bytes, file: str) -> Snapshot:
    """Return the snapshot in the bytes of a file.

    Args:
        data: The bytes: UTF-8 with or without byte order mark.
        file: The name of the file, for errors.

    Raises:
        ConfigError: They cannot be understood; the message names the JSON path.
    """
    if len(data) > LARGEST:
        raise ConfigError(TOO_LARGE(file=file, limit=LARGEST // MIB))
    try:
        value = decode_json_bytes(data, file)
    except OpenError as error:
        raise ConfigError(error.message) from error
    if not isinstance(value, dict) or not isinstance(value.get("format"), str):
        raise ConfigError(NOT_SNAPSHOT(file=file))
    if value["format"] != FORMAT:
        found = value["format"][:40]
        raise ConfigError(OTHER_FORMAT(file=file, found=found, known=FORMAT))
    notes: list[Ignored] = []
    return _snapshot(Record(file, "$", value, notes.append), notes, file)


def policies_of(snapshot: Snapshot) -> tuple[Policy, ...]:
    """Return the data loss prevention policies of a snapshot.

    Raises:
        ConfigError: One cannot be understood.
    """
    if not snapshot.policies:
        return ()
    return parse_policies(json.dumps(snapshot.policies).encode("ascii"), snapshot.file)


def _snapshot(top: Record, notes: list[Ignored], file: str) -> Snapshot:
    collected = top.record("collected")
    if collected is None:
        raise top.refused("collected", MISSING)
    started, finished = _time(collected, "started"), _time(collected, "finished")
    organisation, made_by = collected.needed_text("from"), collected.text("by")
    collected.finish()
    audit = top.record("audit")
    parts = tuple(map(_part, _records(top, "parts")))
    settings = None if audit is None else _audit(audit)
    tables = _tables(top)
    principals = _principals(top)
    rows = _rows(top)
    roles = None
    if top.raw("read_all_roles") is not None:
        roles = tuple(map(_role, _records(top, "read_all_roles")))
    policies = _policies(top)
    top.finish("format", "$schema")
    return Snapshot(
        started=started,
        finished=finished,
        organisation=organisation,
        made_by=made_by,
        parts=parts,
        audit=settings,
        tables=tables,
        principals=principals,
        rows=rows,
        read_all_roles=roles,
        policies=policies,
        ignored=tuple(notes),
        file=file,
    )


def _part(record: Record) -> Part:
    about = record.needed_text("about")
    part = Part(about, _word(record, "state", PartState), _text(record, "reason"))
    record.finish()
    return part


def _audit(record: Record) -> AuditSettings:
    settings = AuditSettings(
        enabled=_flag(record, "enabled"),
        retention_days=record.number("retention_days"),
        user_access=_flag(record, "user_access"),
        user_access_hours=record.number("user_access_hours"),
        settings=_text(record, "settings"),
    )
    record.finish()
    return settings


def _tables(top: Record) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for record in _records(top, "tables"):
        name = record.needed_text("name").lower()
        if name in found:
            raise record.refused("name", DOUBLE)
        found[name] = Table(
            name,
            _text(record, "entity_set"),
            _flag(record, "audited"),
            _flag(record, "can_be_changed"),
        )
        record.finish()
    return found


def _principals(top: Record) -> dict[str, Principal]:
    found: dict[str, Principal] = {}
    for record in _records(top, "principals"):
        key = record.needed_text("id").lower()
        if key in found:
            raise record.refused("id", DOUBLE)
        found[key] = Principal(key, _word(record, "kind", PrincipalKind), _text(record, "name"))
        record.finish()
    return found


def _rows(top: Record) -> tuple[Row, ...]:
    found: dict[tuple[RowKind, str], Row] = {}
    for record in _records(top, "rows"):
        row = _row(record)
        if (row.kind, row.id) in found:
            raise record.refused("id", DOUBLE)
        found[row.kind, row.id] = row
    return tuple(found.values())


def _row(record: Record) -> Row:
    shares = None
    if record.raw("shares") is not None:
        shares = tuple(map(_share, _records(record, "shares")))
    row = Row(
        kind=_word(record, "kind", RowKind),
        id=record.needed_text("id").lower(),
        name=_text(record, "name"),
        owner=_text(record, "owner").lower(),
        shares=shares,
        unique_name=_text(record, "unique_name"),
        value_type=_text(record, "value_type"),
    )
    record.finish()
    return row


def _share(record: Record) -> Share:
    share = Share(record.needed_text("principal").lower(), _texts(record, "rights"))
    record.finish()
    return share


def _role(record: Record) -> ReadAllRole:
    holders = None
    if record.raw("holders") is not None:
        holders = tuple(holder.lower() for holder in _texts(record, "holders"))
    role = ReadAllRole(record.needed_text("id").lower(), _text(record, "name"), holders)
    record.finish()
    return role


def _policies(top: Record) -> tuple[Json, ...] | None:
    found = top.raw("policies")
    if found is None:
        return None
    if not isinstance(found, list):
        raise top.refused("policies", NOT_LIST)
    return tuple(found)


def _records(record: Record, key: str) -> Iterator[Record]:
    """Yield the objects of a list; unlike policies, snapshots always write it as a list."""
    if not isinstance(record.raw(key), list | None):
        raise record.refused(key, NOT_LIST)
    yield from record.records(key)


def _text(record: Record, key: str) -> str:
    """Return a text, which may be empty or absent."""
    found = record.raw(key)
    if not isinstance(found, str | None):
        raise record.refused(key, NOT_TEXT)
    if found and len(found) > MOST_TEXT:
        raise record.refused(key, TOO_LONG, limit=MOST_TEXT)
    return found or ""


def _texts(record: Record, key: str) -> tuple[str, ...]:
    found = record.raw(key)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise record.refused(key, NOT_TEXTS)
    return tuple(found)


def _flag(record: Record, key: str) -> bool | None:
    found = record.raw(key)
    if not isinstance(found, bool | None):
        raise record.refused(key, NOT_FLAG)
    return found


def _word(record: Record, key: str, words: type[_Word]) -> _Word:
    return record.needed_choice(
        key, {word.value: word for word in words}, ", ".join(word.value for word in words)
    )


def _time(record: Record, key: str) -> datetime:
    written = record.needed_text(key)
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise record.refused(key, NOT_TIME) from None
    if found.tzinfo is None:
        raise record.refused(key, NOT_TIME)
    return found
