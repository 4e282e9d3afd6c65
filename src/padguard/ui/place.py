"""Places that a person can look at, and where in the designer the place of a finding is."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from padguard.flow.model import Action, Flow

if TYPE_CHECKING:
    from padguard.rules import finding


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a person can look at; the emptier, the more general.

    Attributes:
        flow_id: The flow, or empty for the export as a whole.
        subflow: The subflow, or empty.
        action: Index into ``Flow.actions``, or -1.
        variable: Name of the variable, or empty.
        local_to: Name of the local-scope subflow that owns the variable, or None.
    """

    flow_id: str = ""
    subflow: str = ""
    action: int = -1
    variable: str = ""
    local_to: str | None = None


def first_place(flows: Sequence[Flow]) -> Place:
    """Return the first flow, or the subflow Main of an only flow."""
    if not flows:
        return Place()
    return Place(flows[0].id, "" if len(flows) > 1 else flows[0].subflows[0].name)


def row_of(action: Action) -> Action:
    """Return the row that an action is a setting of, or itself."""
    actions = action.subflow.actions
    position = bisect_left(actions, action.index, key=lambda other: other.index)
    while position > 0 and not actions[position].own_row:
        position -= 1
    return actions[position]


def place_of(found: "finding.Place", variables: Sequence[str], flows: Mapping[str, Flow]) -> Place:
    """Return where a person looks at the place of a finding, or of a step of its path.

    Args:
        found: The place.
        variables: Names of the variables that it is about, the main one first; may be empty.
        flows: The flows by id.

    Returns:
        The row with the main variable, if that one stands there; for the header, and for parts
        outside the scripts, the variable, else the flow, or the export.
    """
    flow = flows.get(found.flow_id)
    if flow is None:
        return Place()
    main = variables[0].casefold() if variables else ""
    if 0 <= found.action < len(flow.actions):
        action = flow.actions[found.action]
        row = row_of(action)
        for variable in (*action.reads, *action.writes):
            if variable.name.casefold() == main:
                name, local_to = variable.name, variable.local_to
                return Place(flow.id, row.subflow.name, row.index, name, local_to)
        return Place(flow.id, row.subflow.name, row.index)
    for variable in flow.variables if main else ():
        if variable.name.casefold() == main and variable.local_to is None:
            return Place(flow.id, variable=variable.name)
    return Place(flow.id, found.subflow)
