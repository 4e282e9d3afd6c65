"""PG404: more people have access than was meant, or fewer than need it.

What it finds:
    With a snapshot of the environment: security roles with Read on all rows of the table
    Process that somebody has (or may have); flows and components that are shared with the whole
    organisation; owners outside the list that was agreed (in the answers for padguard audit);
    people who can run a flow and have no share in a component that it needs.

Why it matters:
    Whoever has such a role is co-owner of every desktop flow in the environment: they can read
    and change all of it, passwords in texts included, and Manage access does not show them.
    Who lacks a component sees the flow fail.

Fixes:
    Take Read on all rows of Process out of roles that do not need it, or the role from people.
    Share with people or teams, not with everybody. Assign rows to agreed owners. Share the
    component with those who need it; padguard access lists where.

Source:
    "Secure your data": who becomes co-owner, and that related components are shared as well;
    "Manage security for Power Automate"; Dataverse Web API reference: shares and privileges.
"""

from collections.abc import Iterator
from typing import Final

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import Message, mark
from padguard.governance.audit_answers import Answers
from padguard.governance.components import TYPE_WORDS, Component
from padguard.governance.overshared import is_agreed, lacking, row_of, with_everybody
from padguard.governance.snapshot import Principal, Row, RowKind, Snapshot
from padguard.rules.components import component_finding
from padguard.rules.finding import Finding, Place, Severity
from padguard.rules.rule import Rule

MOST_NAMES: Final = 10

ROLE = mark("rules", "Security role")
READ_ALL = mark(
    "rules",
    "The security role “{role}” may read all rows of the table Process: {who} and everybody else "
    "who has it is co-owner of every desktop flow.",
)
READ_ALL_SOMEBODY = mark(
    "rules",
    "The security role “{role}” may read all rows of the table Process: whoever has it is co-owner "
    "of every desktop flow. Who has it could not be read.",
)
WHY_ROLE = mark("rules", "It has the privilege prvReadWorkflow at the depth Global.")
OWNER = mark("rules", "Owner")
SHARES = mark("rules", "Shares")
FLOW_OWNER = mark("rules", "The flow “{name}” belongs to {owner}, who is no agreed owner.")
COMPONENT_OWNER = mark("rules", "{kind} “{name}” belongs to {owner}, who is no agreed owner.")
WHY_OWNER = mark("rules", "“{file}” does not list them under agreed-owners.")
FLOW_EVERYBODY = mark("rules", "The flow “{name}” is shared with the whole organisation.")
COMPONENT_EVERYBODY = mark("rules", "{kind} “{name}” is shared with the whole organisation.")
WHY_EVERYBODY = mark("rules", "One of its shares is that of the organisation.")
LACKING = mark(
    "rules", "{who} can run {flows} and have no share in {kind} “{name}”, which it needs."
)
WHY_LACKING = mark(
    "rules",
    "The snapshot lists shares. A security role or a team may give them access all the same; make "
    "sure that one does.",
)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield what a snapshot proves of the access to what the export holds."""
    snapshot = inspection.snapshot
    if snapshot is None:
        return
    yield from _roles(snapshot)
    answers = inspection.answers or Answers()
    for flow in inspection.flows:
        row = snapshot.row(RowKind.DESKTOP_FLOW, flow.id)
        if row is not None:
            yield from _flow(flow.id, flow.name, row, snapshot, answers)
    own = {flow.id for flow in inspection.flows}
    for component in inspection.inventory.components:
        row = row_of(snapshot, component)
        if row is not None and row.id not in own:
            yield from _component(inspection, component, row, snapshot, answers)
    yield from _lacking(inspection, snapshot)


def _roles(snapshot: Snapshot) -> Iterator[Finding]:
    for role in snapshot.read_all_roles or ():
        if role.holders == ():  # nobody has it
            continue
        message = READ_ALL_SOMEBODY(role=role.name)
        if role.holders:
            who = _names([snapshot.principal(holder) for holder in role.holders])
            message = READ_ALL(role=role.name, who=who)
        yield Finding(Place("", where=ROLE), message, WHY_ROLE, key=role.id)


def _flow(
    flow_id: str, name: str, row: Row, snapshot: Snapshot, answers: Answers
) -> Iterator[Finding]:
    if not is_agreed(snapshot, row, answers):
        owner = snapshot.principal(row.owner)
        message = FLOW_OWNER(name=name, owner=owner.label)
        why = WHY_OWNER(file=answers.file)
        yield Finding(Place(flow_id, where=OWNER), message, why, key=owner.id)
    if with_everybody(snapshot, row):
        message = FLOW_EVERYBODY(name=name)
        yield Finding(Place(flow_id, where=SHARES), message, WHY_EVERYBODY)


def _component(
    inspection: Inspection, component: Component, row: Row, snapshot: Snapshot, answers: Answers
) -> Iterator[Finding]:
    kind = TYPE_WORDS[component.type]
    if not is_agreed(snapshot, row, answers):
        owner = snapshot.principal(row.owner)
        message = COMPONENT_OWNER(kind=kind, name=_title(component, row), owner=owner.label)
        why = WHY_OWNER(file=answers.file)
        detail = f"owner {owner.id}"
        yield component_finding(inspection, component, message, why, detail=detail)
    if with_everybody(snapshot, row):
        message = COMPONENT_EVERYBODY(kind=kind, name=_title(component, row))
        yield component_finding(
            inspection, component, message, WHY_EVERYBODY, detail="organisation"
        )


def _lacking(inspection: Inspection, snapshot: Snapshot) -> Iterator[Finding]:
    names = inspection.inventory.flows
    for found in lacking(snapshot, inspection.inventory):
        component = found.component
        message = LACKING(
            who=_names(found.people),
            flows=", ".join(f"“{names.get(flow_id, flow_id)}”" for flow_id in found.flow_ids),
            kind=TYPE_WORDS[component.type],
            name=component.title,
        )
        yield component_finding(inspection, component, message, WHY_LACKING, 0.5, "no share")


def _title(component: Component, row: Row) -> Message | str:
    return component.title if component.name else row.name or component.title


def _names(people: tuple[Principal, ...] | list[Principal]) -> str:
    shown = ", ".join(one.label for one in people[:MOST_NAMES])
    return f"{shown} …" if len(people) > MOST_NAMES else shown


RULE = Rule(
    "PG404",
    "overshared",
    Severity.MEDIUM,
    mark("rules", "More people have access than was meant, or fewer than need it"),
    check,
    __doc__ or "",
)
