"""All components of an export: what its flows refer to, each once, with every place that does."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from padguard.catalog.sentences import connector_name
from padguard.exports.model import Export, ExportKind, Problem
from padguard.flow.model import Flow
from padguard.governance.components import (
    Component,
    ComponentType,
    Connection,
    Evidence,
    Use,
)
from padguard.governance.inventory_presence import Contents
from padguard.governance.references import Reference, ScriptReader
from padguard.governance.references_outside import Outside, Run, read_outside

_KINDS: Final = {kind: place for place, kind in enumerate(ComponentType)}
_GUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Inventory:
    """The components of an export.

    Attributes:
        components: Kind by kind, by name; the keys are unique.
        flows: Names of the desktop flows in the export by their ids, in its order.
        kind: What was opened; a text never holds components.
        problems: What could not be read, so that something may be left out.
    """

    components: tuple[Component, ...]
    flows: dict[str, str]
    kind: ExportKind
    problems: tuple[Problem, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Component]:
        """The components by their keys."""
        return {component.key: component for component in self.components}

    def of_type(self, *types: ComponentType) -> tuple[Component, ...]:
        """Return the components of some kinds."""
        return tuple(component for component in self.components if component.type in types)

    def of_flow(self, flow_id: str, *types: ComponentType) -> tuple[Component, ...]:
        """Return the components of some kinds (none: of all) that a flow refers to."""
        found = self._by_flow.get(flow_id, [])
        return tuple(component for component in found if not types or component.type in types)

    @cached_property
    def _by_flow(self) -> dict[str, list[Component]]:
        found: dict[str, list[Component]] = {}
        for component in self.components:
            for flow_id in component.flow_ids:
                found.setdefault(flow_id, []).append(component)
        return found


def take_inventory(export: Export, flows: Sequence[Flow], runs: Iterable[Run] = ()) -> Inventory:
    """Return the components that the flows of an export refer to.

    Args:
        export: The export.
        flows: Its flows as they stand now; every action is looked at once.
        runs: Where cloud flows of the export run desktop flows.
    """
    outside = read_outside(export, runs)
    reader = ScriptReader()
    gathering = _Gathering(export, outside)
    for flow in flows:
        for reference in reader.read(flow):
            gathering.add(reference)
    for reference in outside.references:
        gathering.add(reference)
    components = sorted(
        gathering.components(), key=lambda one: (_KINDS[one.type], one.name.casefold(), one.key)
    )
    return Inventory(
        tuple(components),
        {flow.id: flow.name for flow in flows},
        export.kind,
        tuple(outside.problems),
    )


@dataclass(slots=True)
class _Found:
    """A component while references to it are gathered."""

    reference: Reference
    name: str = ""
    rows: list[Use] = field(default_factory=list)
    others: dict[Use, None] = field(default_factory=dict)  # several parts may say the same
    connector: str = ""


class _Gathering:
    """Brings together what is the same, whatever said so."""

    def __init__(self, export: Export, outside: Outside) -> None:
        self._outside = outside
        self._contents = Contents(export)
        self._found: dict[str, _Found] = {}
        self._module_ids = {
            (reference.use.flow_id, reference.name.casefold()): reference.id
            for reference in outside.references
            if reference.type is ComponentType.CUSTOM_ACTION
        }

    def add(self, reference: Reference) -> None:
        """Take a reference, unless it turns out to be none."""
        use = reference.use
        component_id = self._id(reference)
        if component_id is None:
            return
        key = _key(reference, component_id)
        found = self._found.setdefault(key, _Found(reference))
        if use.is_row:
            found.rows.append(use)
        else:
            found.others[use] = None
        found.name = found.name or reference.name
        if reference.connector:
            found.connector = _key_of(ComponentType.CONNECTOR, _connector_id(reference.connector))

    def _id(self, reference: Reference) -> str | None:
        """Return the id under which a component is known, or None where there is none."""
        flow_id = reference.use.flow_id
        if reference.type is ComponentType.CONNECTION_REFERENCE:
            known = self._outside.internal.get((flow_id, reference.id.casefold()))
            return known or reference.id
        if reference.type is ComponentType.CONNECTOR:
            return _connector_id(reference.id)
        if reference.type is ComponentType.CUSTOM_ACTION:
            module = reference.name.casefold()
            if module in self._outside.product_modules.get(flow_id, ()):
                return None
            return reference.id or self._module_ids.get((flow_id, module)) or reference.name
        return reference.id

    def components(self) -> Iterator[Component]:
        """Yield what was found."""
        for key, found in self._found.items():
            reference = found.reference
            if not self._tells_something(reference):
                continue
            component_id = self._id(reference) or ""
            presence = self._contents.presence(reference, component_id)
            name = self._contents.name(reference.type, component_id) or found.name
            if reference.type is ComponentType.CONNECTOR and not name:
                name = connector_name(component_id)
            if not name and component_id and not _GUID.fullmatch(component_id):
                name = component_id
            yield Component(
                reference.type,
                component_id,
                name,
                presence,
                (*found.rows, *found.others),
                key,
                written=reference.variables,
                connections=self._connections(reference.type, component_id),
                connector=found.connector,
            )

    def _tells_something(self, reference: Reference) -> bool:
        """Tell whether a flag or a list without names says more than the rest of the flow does."""
        if reference.id or reference.use.evidence is Evidence.SCRIPT:
            return True
        flow_id = reference.use.flow_id
        return not any(
            use.flow_id == flow_id
            for other in self._found.values()
            if other.reference.type is reference.type and other.reference is not reference
            for use in (*other.rows, *other.others)
        )

    def _connections(self, kind: ComponentType, component_id: str) -> tuple[Connection, ...]:
        if kind is not ComponentType.CONNECTION_REFERENCE:
            return ()
        return tuple(self._outside.connections.get(component_id.casefold(), ()))


def _key(reference: Reference, component_id: str) -> str:
    """Return what tells a component from all others."""
    if component_id:
        return _key_of(reference.type, component_id)
    decided = reference.variables.casefold() if reference.run_time else "?"
    return f"{reference.type.value}:{reference.use.flow_id}:{decided}"


def _key_of(kind: ComponentType, component_id: str) -> str:
    return f"{kind.value}:{component_id.casefold()}"


def _connector_id(written: str) -> str:
    """Return the short id of a connector, ``shared_sql`` of a path that ends in it."""
    return written.rpartition("/")[2]
