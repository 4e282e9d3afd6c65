"""What travels in an export, by id: whether a component does, and what it is called there."""

import re
from typing import Final

from padguard.exports.model import Export
from padguard.governance.components import ComponentType, Presence
from padguard.governance.references import Reference

_GUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NEVER: Final = frozenset({ComponentType.CONNECTOR, ComponentType.MACHINE})
_WORKFLOWS: Final = "workflows/"


class Contents:
    """Knows what an export holds.

    How credentials, collections and custom actions lie in an export was never seen. They are taken
    to be in it where solution.xml lists their id or a member is named after it, as is the case
    with everything else that travels.
    """

    def __init__(self, export: Export) -> None:
        self._ids = {part.id.casefold() for part in export.parts if part.id}
        for member in export.members:
            if not member.casefold().startswith(_WORKFLOWS):  # named in customizations.xml as well
                self._ids.update(_GUID.findall(member.casefold()))
        self._required = {missing.required.id.casefold() for missing in export.missing}
        self._names: dict[tuple[ComponentType, str], str] = {}
        for part in export.parts:
            kind = _NAMED_PARTS.get(part.type)
            if kind is not None:
                self._names[kind, part.id.casefold()] = part.name
        # Records without content are the rule for connectors that a flow no longer uses.
        self._binaries = {binary.id.casefold() for binary in export.binaries}
        for flow in export.desktop_flows:
            self._names[ComponentType.CHILD_FLOW, flow.id.casefold()] = flow.name
        for cloud in export.cloud_flows:
            self._names[ComponentType.CLOUD_FLOW, cloud.id.casefold()] = cloud.name
        for connection in export.connection_references:
            key = ComponentType.CONNECTION_REFERENCE, connection.logical_name.casefold()
            self._names[key] = connection.display_name or connection.logical_name
        for variable in export.environment_variables:
            key = ComponentType.ENVIRONMENT_VARIABLE, variable.schema_name.casefold()
            self._names[key] = variable.display_name or variable.schema_name

    def name(self, kind: ComponentType, component_id: str) -> str:
        """Return what a component is called within the export, or ""."""
        return self._names.get((kind, component_id.casefold()), "")

    def presence(self, reference: Reference, component_id: str) -> Presence:
        """Return where a component is."""
        if reference.run_time:
            return Presence.RUN_TIME
        if not component_id:
            return Presence.UNKNOWN
        folded = component_id.casefold()
        if reference.type is ComponentType.BINARY:
            return Presence.IN_EXPORT if folded in self._binaries else Presence.MISSING
        if (reference.type, folded) in self._names:
            return Presence.IN_EXPORT
        if folded in self._required:
            return Presence.MISSING
        if reference.type in _NEVER:
            return Presence.OUTSIDE
        # The flows of an export are known one by one: one that only solution.xml lists is damaged.
        known = reference.type is not ComponentType.CHILD_FLOW and folded in self._ids
        return Presence.IN_EXPORT if known else Presence.MISSING


_NAMED_PARTS: Final = {
    "workqueue": ComponentType.WORK_QUEUE,
    "aimodel": ComponentType.AI_MODEL,
}
"""Kinds of parts of a solution that are listed with their name."""
