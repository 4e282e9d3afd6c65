"""The groups that policies class: their names for people, and how their ids are spelt."""

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from padguard.catalog.lookup import load
from padguard.catalog.names import readable
from padguard.catalog.sentences import connector_name
from padguard.governance.policy import is_module

RUN_FLOW: Final = "External.RunFlow"
"""The one action whose group is not that of its module."""

_MODULE: Final = "DesktopFlow."


class _Known(NamedTuple):
    spelling: str
    name: str


@cache
def _known() -> Mapping[str, _Known]:
    catalog = load()
    found: dict[str, _Known] = {}
    for source in (*sorted(catalog.modules), RUN_FLOW):
        group = catalog.dlp_group(source)
        if group is not None:
            found[group.casefold()] = _Known(group, catalog.module_name(source) or group)
    return found


def group_name(key: str) -> str:
    """Return what people call a group, given its key; words made from the key if it is unknown."""
    if key in _known():
        return _known()[key].name
    if is_module(key):
        module = key.removeprefix(_MODULE.casefold())
        return load().module_name(module) or readable(module)
    return connector_name(key)


def spelt(key: str) -> str:
    """Return the last part of a group's id as policies spell it, given its key."""
    if key in _known():
        return _known()[key].spelling
    return _MODULE + key.removeprefix(_MODULE.casefold()) if is_module(key) else key
