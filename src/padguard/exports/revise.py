"""An export as it is after changes that are not saved yet."""

from collections.abc import Mapping
from dataclasses import replace

from padguard.exports.model import DesktopFlow, Export, Flags
from padguard.foundation.errors import EditError
from padguard.foundation.messages import mark

NO_FLAG = mark("exports", "“{flow}” has no setting {name}, so it cannot be changed.")


def has_flags(export: Export, flags: Flags) -> bool:
    """Tell whether settings of flows are as given."""
    stored = {flow.id: _flags(flow) for flow in export.desktop_flows}
    return all(
        stored.get(flow_id, {}).get(name) is value
        for flow_id, wanted in flags.items()
        for name, value in wanted.items()
    )


def with_flags(export: Export, flags: Flags) -> Export:
    """Return an export in which settings of flows are as given.

    Raises:
        EditError: A flow has no such setting.
    """
    if not flags:
        return export
    return replace(
        export,
        desktop_flows=tuple(
            _with_flags(flow, flags[flow.id]) if flow.id in flags else flow
            for flow in export.desktop_flows
        ),
    )


def changed_flags(before: Export, after: Export) -> dict[str, dict[str, bool]]:
    """Return the settings that differ between two states of an export, as they are after."""
    was = {flow.id: _flags(flow) for flow in before.desktop_flows}
    found = {
        flow.id: {
            name: value for name, value in _flags(flow).items() if was[flow.id][name] != value
        }
        for flow in after.desktop_flows
    }
    return {flow_id: flags for flow_id, flags in found.items() if flags}


def _with_flags(flow: DesktopFlow, flags: Mapping[str, bool]) -> DesktopFlow:
    for name in flags:
        if name not in _flags(flow):
            raise EditError(NO_FLAG(flow=flow.name, name=name))
    return replace(flow, metadata={**flow.metadata, **flags})


def _flags(flow: DesktopFlow) -> dict[str, bool]:
    if not isinstance(flow.metadata, dict):
        return {}
    return {name: value for name, value in flow.metadata.items() if isinstance(value, bool)}
