"""The processes behind captured screens, by which policies filter actions on windows."""

from collections.abc import Iterator, Mapping
from typing import Final

from padguard.exports.model import Binary, Export
from padguard.exports.payloads import Json, decode_json_bytes
from padguard.foundation.errors import OpenError

_REPOSITORY: Final = "ControlRepository"


def processes_of(export: Export) -> dict[str, Mapping[str, str]]:
    """Return, by flow id, the process of each screen whose selector says which one it is.

    A selector that does not look at the process, or not for one process only, says nothing.
    Repositories that cannot be read say nothing either; opening the export told of them.
    """
    found: dict[str, Mapping[str, str]] = {}
    for binary in export.binaries:
        if binary.type == _REPOSITORY and binary.data_member:
            screens = dict(_screens(_repository(export, binary)))
            if screens:
                found[binary.flow_id] = {**found.get(binary.flow_id, {}), **screens}
    return found


def _repository(export: Export, binary: Binary) -> Json:
    if export.source is None:
        return None
    try:
        return decode_json_bytes(export.source.read(binary.data_member), binary.data_member)
    except OpenError:
        return None


def _screens(repository: Json) -> Iterator[tuple[str, str]]:
    for screen in _objects(repository, "Screens"):
        processes = {
            str(attribute.get("Value"))
            for selector in _objects(screen, "Selectors")
            for element in _objects(selector, "Elements")
            for attribute in _objects(element, "Attributes")
            if _names_process(attribute)
        }
        name = screen.get("Name")
        if isinstance(name, str) and len(processes) == 1:
            yield name.casefold(), processes.pop()


def _names_process(attribute: dict[str, Json]) -> bool:
    value = attribute.get("Value")
    return (
        attribute.get("Name") == "Process"
        and attribute.get("Operation") == "EqualTo"
        and attribute.get("Ignore") is not True
        and isinstance(value, str)
        and "%" not in value  # a variable
    )


def _objects(value: Json, key: str) -> Iterator[dict[str, Json]]:
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict))
