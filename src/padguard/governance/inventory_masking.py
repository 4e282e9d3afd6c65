"""Secrets written where the name of a component belongs, masked before anything shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from padguard.flow.model import Flow
from padguard.foundation.masked import MASK
from padguard.governance.components import Component
from padguard.governance.inventory import Inventory
from padguard.robin.literals import decode_text

_LEAST: Final = 4
"""Shorter secrets are masked only where they are all of a text: they could be part of any name."""

Secrets = Mapping[str, frozenset[str] | None]


def without_secrets(inventory: Inventory, flows: Iterable[Flow]) -> Inventory:
    """Return an inventory in whose names, ids and keys no secret of a flow can be read.

    Args:
        inventory: The components.
        flows: The flows that it was taken of. What one refers to that was not searched for
            secrets is masked whole.
    """
    known: Secrets = {flow.id: _secrets(flow) for flow in flows}
    if not any(found is None or found for found in known.values()):
        return inventory
    keys: dict[str, str] = {}
    taken: set[str] = set()
    shown: list[Component] = []
    for component in inventory.components:
        secrets = _of(component, known)
        key = _key(component, secrets)
        while key in taken:
            key += "'"
        taken.add(key)
        keys[component.key] = key
        shown.append(_shown(component, key, secrets))
    return replace(
        inventory,
        components=tuple(replace(one, connector=keys.get(one.connector, "")) for one in shown),
    )


def _secrets(flow: Flow) -> frozenset[str] | None:
    """Return the secrets of a flow as written and as read, or None where nobody looked."""
    if flow.secrets is None:
        return None
    written = {flow.script.text[start:end] for start, end in flow.secrets}
    return frozenset({*written, *map(_read, written)} - {""})


def _read(written: str) -> str:
    """Return a part of a literal as the flow reads it."""
    try:
        return decode_text(f"'{written}'")
    except ValueError:
        return written


def _of(component: Component, known: Secrets) -> frozenset[str] | None:
    """Return the secrets of all flows that refer to a component, or None where one is unknown."""
    found: set[str] = set()
    for flow_id in component.flow_ids:
        secrets = known.get(flow_id, frozenset())
        if secrets is None:
            return None
        found |= secrets
    return frozenset(found)


def _key(component: Component, secrets: frozenset[str] | None) -> str:
    start = f"{component.type.value}:"
    folded = secrets and frozenset(map(str.casefold, secrets))
    return start + _masked(component.key.removeprefix(start), folded)


def _shown(component: Component, key: str, secrets: frozenset[str] | None) -> Component:
    return replace(
        component,
        key=key,
        id=_masked(component.id, secrets),
        name=_masked(component.name, secrets),
        uses=tuple(replace(use, detail=_masked(use.detail, secrets)) for use in component.uses),
        connections=tuple(
            replace(one, account=_masked(one.account, secrets)) for one in component.connections
        ),
    )


def _masked(text: str, secrets: frozenset[str] | None) -> str:
    if secrets is None:
        return MASK if text else ""
    for secret in sorted(secrets, key=len, reverse=True):
        if text == secret:
            return MASK
        if len(secret) >= _LEAST:
            text = text.replace(secret, MASK)
    return text
