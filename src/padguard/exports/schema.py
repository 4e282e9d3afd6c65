"""The Inputs and Outputs of a flow, kept in step with the header of its script."""

import copy
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from padguard.exports.payloads import Json, encode_json
from padguard.robin.tree import Declaration, Header
from padguard.robin.values import literal_value

_TYPES = {
    "string": "string",
    "numeric": "number",
    "bool": "boolean",
    "list": "array",
    "customobject": "object",
}


class Variables(NamedTuple):
    """The inputs, or the outputs, that a header declares, and which of them are sensitive."""

    declarations: Sequence[Declaration]
    sensitive: frozenset[str]
    are_inputs: bool

    @classmethod
    def inputs(cls, header: Header) -> "Variables":
        """Return the inputs of a header."""
        return cls(header.inputs, _folded(header), are_inputs=True)

    @classmethod
    def outputs(cls, header: Header) -> "Variables":
        """Return the outputs of a header."""
        return cls(header.outputs, _folded(header), are_inputs=False)

    def fields(self, declaration: Declaration) -> dict[str, Json]:
        """Return what the stored property of a variable says, as far as the header decides it.

        The value of an input is its default as text, and null when it is sensitive or has none;
        outputs have no value. Measured on the 754 variables of real exports.
        """
        sensitive = declaration.name.casefold() in self.sensitive
        has_value = self.are_inputs and not sensitive and declaration.default is not None
        return {
            "isOptional": bool(declaration.optional) if self.are_inputs else True,
            "default": "",
            "description": declaration.description,
            "format": "password" if sensitive else None,
            "title": _title(declaration),
            "type": _TYPES.get(declaration.type.casefold(), "string"),
            "value": default_value(declaration.default or "") if has_value else None,
        }


def follow_header(stored: Json, old: Variables, new: Variables) -> Json:
    """Return an Inputs or Outputs payload that follows a change of the header.

    Only what the change touches is altered: properties whose variable is as it was stay as they
    are stored, whatever they say.

    Args:
        stored: The decoded payload, ``{"schema": {"properties": …} | null}``; not changed.
        old: What the header declared when the payload was written.
        new: What it declares now.

    Returns:
        A payload; ``stored`` itself where nothing has to change.
    """
    was = {declaration.name.casefold(): old.fields(declaration) for declaration in old.declarations}
    now = {declaration.name.casefold(): new.fields(declaration) for declaration in new.declarations}
    if was == now:
        return stored
    payload = copy.deepcopy(stored) if isinstance(stored, dict) else {}
    schema = payload.get("schema")
    if not isinstance(schema, dict):
        schema = _new_schema(new)
    properties = schema.setdefault("properties", {})
    required = schema.get("required")
    required = required if isinstance(required, list) else []
    places = _places(properties, old)
    for name in was.keys() - now.keys():
        _remove(properties, required, places.get(name))
    for name, fields in now.items():
        if name not in was:
            added = _add(properties, fields, new)
            _require(required, added, needed=not fields["isOptional"])
        elif key := places.get(name):
            _update(properties[key], was[name], fields)
            if fields["isOptional"] != was[name]["isOptional"]:
                _require(required, key, needed=not fields["isOptional"])
    payload["schema"] = schema if properties else None
    return payload


def default_value(source: str) -> str | None:
    r"""Return the ``value`` that the designer stores for a default.

    Text stands as it is, numbers and booleans as text (``0``, ``False``), lists and objects as
    JSON text: an empty list is ``[\r\n]\r\n``, an empty object ``{  }``. Of lists and objects
    that hold something no real export was seen; the same form is kept for them.

    Args:
        source: The Robin text of the default.

    Returns:
        The value, or None where the default is no literal.
    """
    try:
        value = literal_value(source)
    except ValueError:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        lines = ",\r\n".join(f"  {_inline(item)}" for item in value)
        return f"[\r\n{lines}\r\n]\r\n" if value else "[\r\n]\r\n"
    if isinstance(value, dict):
        return _inline(value)
    return source.strip() if not isinstance(value, bool) else str(value)


def _inline(value: Json) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{encode_json(key)}: {_inline(item)}" for key, item in value.items())
        return f"{{ {inner} }}"
    return encode_json(value)


def _folded(header: Header) -> frozenset[str]:
    return frozenset(name.casefold() for name in header.sensitive or ())


def _title(declaration: Declaration) -> str:
    return declaration.external_name or declaration.name


def _places(properties: Mapping[str, Json], variables: Variables) -> dict[str, str]:
    """Return the key under which each variable is stored, by name.

    The title is the external name. The key is the external name as well, but the name of the
    variable in older exports.
    """
    by_title: dict[str, str] = {}
    for key, held in properties.items():
        title = held.get("title") if isinstance(held, dict) else None
        by_title.setdefault(title if isinstance(title, str) else key, key)
    places: dict[str, str] = {}
    for declaration in variables.declarations:
        candidates = (by_title.get(_title(declaration), ""), _title(declaration), declaration.name)
        found = [key for key in candidates if isinstance(properties.get(key), dict)]
        if found:
            places[declaration.name.casefold()] = found[0]
    return places


def _update(held: dict[str, Json], was: Mapping[str, Json], now: Mapping[str, Json]) -> None:
    for field, value in now.items():
        if field in held and value != was[field]:
            held[field] = value


def _add(properties: dict[str, Json], fields: Mapping[str, Json], variables: Variables) -> str:
    """Add a property in the form its siblings have; return its key."""
    sibling = next((held for held in properties.values() if isinstance(held, dict)), None)
    if sibling is not None:
        kept = [field for field in sibling if field in fields]
    else:
        kept = [field for field in fields if field != "isOptional" or _says_optional(variables)]
    key = str(fields["title"])
    properties[key] = {field: fields[field] for field in kept}
    return key


def _remove(properties: dict[str, Json], required: list[Json], key: str | None) -> None:
    if key is not None:
        del properties[key]
        _require(required, key, needed=False)


def _require(required: list[Json], key: str, *, needed: bool) -> None:
    if needed and key not in required:
        required.append(key)
    elif not needed and key in required:
        required.remove(key)


def _says_optional(variables: Variables) -> bool:
    return variables.are_inputs and any(
        declaration.optional is not None for declaration in variables.declarations
    )


def _new_schema(variables: Variables) -> dict[str, Json]:
    required: dict[str, Json] = {"required": []} if _says_optional(variables) else {}
    return {**required, "properties": {}, "type": "object"}
