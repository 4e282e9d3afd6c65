"""Who has more access in an environment than was agreed, and who has less than they need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from padguard.governance.audit_answers import Answers
from padguard.governance.components import Component, ComponentType
from padguard.governance.inventory import Inventory
from padguard.governance.snapshot import Principal, PrincipalKind, Row, RowKind, Snapshot

_ROWS: Final = {
    ComponentType.CHILD_FLOW: RowKind.DESKTOP_FLOW,
    ComponentType.WORK_QUEUE: RowKind.WORK_QUEUE,
    ComponentType.CREDENTIAL: RowKind.CREDENTIAL,
    ComponentType.UI_ELEMENTS: RowKind.MODULE,
    ComponentType.CUSTOM_ACTION: RowKind.MODULE,
    ComponentType.CONNECTION_REFERENCE: RowKind.CONNECTION_REFERENCE,
    ComponentType.ENVIRONMENT_VARIABLE: RowKind.ENVIRONMENT_VARIABLE,
}
_FOLLOWS_FLOW: Final = (ComponentType.CONNECTION_REFERENCE,)
"""What is given together with the flow (secure-your-data), so that nobody needs a share in it."""
READ: Final = "read"


@dataclass(frozen=True, slots=True)
class Lacking:
    """People who can run flows and have no share in a component that these need.

    Attributes:
        component: The component.
        flow_ids: The flows.
        people: Who; access by way of roles and teams is not known, so they may have it all the
            same.
    """

    component: Component
    flow_ids: tuple[str, ...]
    people: tuple[Principal, ...]


def row_of(snapshot: Snapshot, component: Component) -> Row | None:
    """Return the row of a component in an environment, or None where it was not read."""
    kind = _ROWS.get(component.type)
    if kind is None or not component.id:
        return None
    return snapshot.row(kind, component.id) or snapshot.named(kind, component.id)


def is_agreed(snapshot: Snapshot, row: Row, answers: Answers) -> bool:
    """Tell whether the owner of a row was agreed; also where nothing was, or nobody is known."""
    if answers.owners is None or not row.owner:
        return True
    return answers.agreed(row.owner, snapshot.principal(row.owner).name)


def with_everybody(snapshot: Snapshot, row: Row) -> bool:
    """Tell whether a row is shared with the whole organisation."""
    return any(
        snapshot.principal(share.principal).kind is PrincipalKind.ORGANIZATION
        for share in row.shares or ()
    )


def lacking(snapshot: Snapshot, inventory: Inventory) -> Iterator[Lacking]:
    """Yield who has no share in a component of a flow that they can run.

    Only what the snapshot proves: rows whose shares could not be read say nothing.

    Args:
        snapshot: The environment.
        inventory: The components of the export.
    """
    for component in inventory.components:
        row = row_of(snapshot, component)
        if row is None or row.shares is None or component.only_disabled:
            continue
        if component.type in _FOLLOWS_FLOW or with_everybody(snapshot, row):
            continue
        may_read = set(_readers(row)) | _read_all(snapshot, row)
        flows = {
            flow_id: snapshot.row(RowKind.DESKTOP_FLOW, flow_id) for flow_id in _flows(component)
        }
        without = {
            flow_id: [one for one in _readers(flow) if one not in may_read]
            for flow_id, flow in flows.items()
            if flow is not None and flow.shares is not None
        }
        found = tuple(flow_id for flow_id, people in without.items() if people)
        ids = dict.fromkeys(one for flow_id in found for one in without[flow_id])
        people = tuple(snapshot.principal(one) for one in ids)
        if people:
            yield Lacking(component, found, people)


def _flows(component: Component) -> Iterable[str]:
    return dict.fromkeys(use.flow_id for use in component.used_by if not use.disabled)


def _readers(row: Row) -> Iterator[str]:
    """Yield the owner of a row and everybody whom a share lets read it."""
    if row.owner:
        yield row.owner
    yield from (share.principal for share in row.shares or () if READ in share.rights)


def _read_all(snapshot: Snapshot, row: Row) -> set[str]:
    """Return who may read all flows by way of a role, where the row is one."""
    if row.kind is not RowKind.DESKTOP_FLOW:
        return set()
    roles = snapshot.read_all_roles or ()
    return {holder for role in roles for holder in role.holders or ()}
