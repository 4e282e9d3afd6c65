"""What is taken from answers of the Web API: names, ids and settings, whatever else is in them."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from padguard.collecting.client import NOT_UNDERSTOOD
from padguard.collecting.errors import PartError
from padguard.collecting.listings import EVERY_ROW, READ_PROCESS, Listing
from padguard.exports.payloads import Json
from padguard.governance.snapshot import RIGHT_WORDS

Taken = dict[str, Any]
"""What is kept of one row: a few texts, numbers and flags."""

LONGEST_NAME: Final = 1000

_GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OWNER: Final = "_ownerid_value"
_NAME_OF: Final = "@OData.Community.Display.V1.FormattedValue"
_TABLE_OF: Final = "@Microsoft.Dynamics.CRM.lookuplogicalname"
_KINDS: Final = {"systemuser": "user", "team": "team", "organization": "organization"}
_VALUE_TYPES: Final = {
    100000000: "String",
    100000001: "Number",
    100000002: "Boolean",
    100000003: "JSON",
    100000004: "Data source",
    100000005: "Secret",
}


def rows(answer: Json, take: Callable[[Taken], Taken]) -> list[Taken]:
    """Return what is taken of every row of a page.

    Raises:
        PartError: It is no page of rows.
    """
    found = answer.get("value")
    if not isinstance(found, list):
        raise PartError(NOT_UNDERSTOOD)
    return [take(row) for row in map(_object, found)]


def settings_row(row: Taken) -> Taken:
    """Take the audit settings of an organisation."""
    return {
        "enabled": _flag(row.get("isauditenabled")),
        "retention_days": _number(row.get("auditretentionperiodv2")),
        "user_access": _flag(row.get("isuseraccessauditenabled")),
        "user_access_hours": _number(row.get("useraccessauditinginterval")),
        "settings": _text(row.get("auditsettings")),
    }


def table_row(row: Taken) -> Taken:
    """Take whether a table is audited."""
    audit = row.get("IsAuditEnabled")
    audit = audit if isinstance(audit, dict) else {}
    return {
        "name": _text(row.get("LogicalName")).lower(),
        "entity_set": _text(row.get("EntitySetName")),
        "audited": _flag(audit.get("Value")),
        "can_be_changed": _flag(audit.get("CanBeChanged")),
    }


def row_of(listing: Listing) -> Callable[[Taken], Taken]:
    """Return what takes the names and the owner of a row."""

    def take(row: Taken) -> Taken:
        owner = row.get(_OWNER)
        value_type = row.get("type") if listing.typed else None
        return {
            "id": _id(row.get(listing.key)),
            "name": _text(row.get(listing.name)),
            "unique_name": _text(row.get(listing.unique)) if listing.unique else "",
            "value_type": _value_type(value_type),
            "owner": _id(owner) if owner is not None else "",
            "owner_kind": _KINDS.get(_text(row.get(f"{_OWNER}{_TABLE_OF}")), "unknown"),
            "owner_name": _text(row.get(f"{_OWNER}{_NAME_OF}")),
        }

    return take


def role_row(row: Taken) -> Taken:
    """Take a security role; ``root`` tells whether it is no copy for another business unit."""
    role, root = _id(row.get("roleid")), row.get("_parentrootroleid_value")
    return {
        "id": role,
        "name": _text(row.get("name")),
        "root": root is None or _id(root) == role,
    }


def user_row(row: Taken) -> Taken:
    """Take a user."""
    return {"id": _id(row.get("systemuserid")), "kind": "user", "name": _text(row.get("fullname"))}


def team_row(row: Taken) -> Taken:
    """Take a team."""
    return {"id": _id(row.get("teamid")), "kind": "team", "name": _text(row.get("name"))}


def reads_all(answer: Json) -> bool:
    """Tell whether a role may read all rows of the table Process, given its privileges.

    Raises:
        PartError: These are no privileges.
    """
    found = answer.get("RolePrivileges")
    if not isinstance(found, list):
        raise PartError(NOT_UNDERSTOOD)
    return any(
        _text(one.get("PrivilegeName")).casefold() == READ_PROCESS.casefold()
        and one.get("Depth") == EVERY_ROW
        for one in map(_object, found)
    )


def shares(answer: Json) -> list[Taken]:
    """Return who has a row shared with them, and their rights in words.

    Raises:
        PartError: It is no list of those.
    """
    found = answer.get("PrincipalAccesses")
    if not isinstance(found, list):
        raise PartError(NOT_UNDERSTOOD)
    return [_share(one) for one in map(_object, found)]


def name_of(answer: Json) -> str:
    """Return the name of a user or a team."""
    return _text(answer.get("fullname")) or _text(answer.get("name"))


def _share(one: Taken) -> Taken:
    principal = _object(one.get("Principal"))
    kind = _text(principal.get("@odata.type")).rpartition(".")[2]
    keys = ("ownerid", "systemuserid", "teamid", "organizationid")
    written = next((principal[key] for key in keys if principal.get(key)), None)
    rights = _text(one.get("AccessMask"))
    return {
        "id": _id(written),
        "kind": _KINDS.get(kind, "unknown"),
        "rights": [RIGHT_WORDS.get(right, right) for right in _rights(rights)],
    }


def _rights(mask: str) -> Iterator[str]:
    for right in mask.split(","):
        if right.strip() not in ("", "None"):
            yield right.strip()


def _object(value: Json) -> Taken:
    if not isinstance(value, dict):
        raise PartError(NOT_UNDERSTOOD)
    return value


def _id(value: Json) -> str:
    """Return an id; one that is none must not get into an address."""
    found = value.strip("{}").lower() if isinstance(value, str) else ""
    if not _GUID.fullmatch(found):
        raise PartError(NOT_UNDERSTOOD)
    return found


def _text(value: Json) -> str:
    return value[:LONGEST_NAME] if isinstance(value, str) else ""


def _flag(value: Json) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _value_type(value: Json) -> str:
    if value is None or isinstance(value, bool):
        return ""
    return _VALUE_TYPES.get(value, str(value)) if isinstance(value, int) else ""
