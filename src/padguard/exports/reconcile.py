"""What has to change in an export when scripts change: every payload that depends on them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from padguard.exports.cloud import SHARED, cloud_members
from padguard.exports.container import Container
from padguard.exports.model import CloudTexts, DesktopFlow, Export, Flags, Scripts
from padguard.exports.package import Package
from padguard.exports.payloads import Json, decode_json, encode_like, escape_xml
from padguard.exports.schema import Variables, follow_header
from padguard.exports.text import TextContainer
from padguard.exports.uses import Uses, follow_dependencies, follow_flags, with_settings
from padguard.exports.xmlread import parse_xml
from padguard.exports.xmlspans import (
    Element,
    Splice,
    child_elements,
    replace_content,
    splice,
    start_tag,
    workflow_spans,
)
from padguard.foundation.errors import OpenError, SaveError
from padguard.foundation.messages import mark
from padguard.robin.parser import parse_header

NO_SOURCE = mark("exports", "This export was not opened from a file, so it cannot be saved.")
NOT_PLACED = mark(
    "exports",
    "“{name}” is written in a form that cannot be changed without touching the rest of "
    "“{member}”. Nothing was changed.",
)
NOT_FOLLOWED = mark(
    "exports",
    "A part of “{name}” that has to change with its script is damaged: {reason} Nothing was "
    "changed.",
)

_ID = re.compile(rb"\sWorkflowId\s*=\s*[\"']\s*\{?\s*([^\"'}\s]*)")


@dataclass(frozen=True)
class _Change:
    """A flow, the script it shall have, and the settings it shall have."""

    flow: DesktopFlow
    script: str
    settings: Mapping[str, bool]

    @cached_property
    def _uses(self) -> tuple[Uses, Uses]:
        """What the old and the new script use; two empty ones where the script stays."""
        if self.script == self.flow.script:
            return Uses(), Uses()
        return Uses.of(self.flow.script), Uses.of(self.script)

    def touches(self, part: str, *, whole: bool) -> bool:
        """Tell whether a payload may have to change, or ``whole`` asks for all that is readable.

        A damaged Metadata or Dependencies is no reason not to save what has nothing to do with it.
        """
        if part not in ("Metadata", "Dependencies"):
            return True
        old, new = self._uses
        if part == "Metadata":
            stored, touched = self.flow.metadata, bool(self.settings) or old.flags != new.flags
        else:
            stored, touched = self.flow.dependencies, old[1:] != new[1:]
        return touched or (whole and stored is not None)

    def follow(self, part: str, stored: Json) -> Json:
        """Return what a payload has to be; ``stored`` itself where it stays."""
        if part == "Metadata":
            return with_settings(follow_flags(stored, *self._uses), self.settings)
        if part == "Dependencies":
            return follow_dependencies(stored, *self._uses)
        variables = Variables.inputs if part == "Inputs" else Variables.outputs
        headers = parse_header(self.flow.script), parse_header(self.script)
        return follow_header(stored, *map(variables, headers))


def changed_members(
    export: Export,
    scripts: Scripts,
    cloud: CloudTexts | None = None,
    flags: Flags | None = None,
) -> dict[str, bytes]:
    """Return the new bytes of every member that changes.

    A script stands in the ``<Definition>`` of its flow, or in the package of a legacy flow, or in
    both; ``Inputs`` and ``Outputs`` follow its header, ``Metadata`` and ``Dependencies`` its
    statements. Only the content of those elements is replaced, and only where it differs.

    Args:
        export: An opened export.
        scripts: New scripts by id of flow; a flow that is not named keeps its script.
        cloud: New JSON texts by `CloudFlow.id`; one that is not named keeps the text it has.
        flags: Settings in the ``Metadata`` of desktop flows, by id of flow, by name; a setting
            that is not stored is not added.

    Returns:
        Bytes by name of member; empty where nothing differs from what is stored.

    Raises:
        SaveError: A part that has to change cannot be changed alone, or is damaged.
    """
    flags = flags or {}
    changes = [
        _Change(flow, scripts.get(flow.id, flow.script), flags.get(flow.id, {}))
        for flow in export.desktop_flows
        if scripts.get(flow.id, flow.script) != flow.script or flags.get(flow.id)
    ]
    return _members(export, changes, cloud or {}, whole=False)


def rewritten_members(export: Export) -> dict[str, bytes]:
    """Return every member that holds a flow, with all that depends on a script encoded anew.

    Nothing changes in meaning, so wherever this differs from the stored bytes, a save would touch
    more than it has to: `verify` compares the two.

    Raises:
        SaveError: A part could not be changed alone, or is damaged.
    """
    changes = [_Change(flow, flow.script, {}) for flow in export.desktop_flows]
    return _members(export, changes, {}, whole=True)


def _members(
    export: Export, changes: list[_Change], cloud: CloudTexts, *, whole: bool
) -> dict[str, bytes]:
    source = export.source
    if source is None:
        raise SaveError(NO_SOURCE)
    if isinstance(source, TextContainer):
        name = source.names[0]
        return {name: source.encode(changes[0].script)} if changes else {}
    try:
        members = _script_members(source, changes, whole=whole)
        for name, data in cloud_members(export, cloud).items():
            if members.setdefault(name, data) != data:
                raise SaveError(SHARED(name=name, member=name))
        if whole:
            return members
        return {name: data for name, data in members.items() if data != source.read(name)}
    except OpenError as error:
        raise SaveError(error.message) from error


def _script_members(source: Container, changes: list[_Change], *, whole: bool) -> dict[str, bytes]:
    by_member: defaultdict[str, list[_Change]] = defaultdict(list)
    for change in changes:
        if change.flow.xml_member:
            by_member[change.flow.xml_member].append(change)
    members = {
        name: _xml_member(source, name, found, whole=whole) for name, found in by_member.items()
    }
    for change in changes:
        if change.flow.has_package:
            members[change.flow.json_member] = _json_member(source, change)
    return members


def _xml_member(source: Container, name: str, changes: list[_Change], *, whole: bool) -> bytes:
    data = source.read(name)
    wanted = {change.flow.id: change for change in changes}
    splices: list[Splice] = []
    for start, end in workflow_spans(data):
        found = _ID.search(start_tag(data, start))
        change = wanted.pop(found[1].decode("utf-8").lower(), None) if found else None
        if change is not None:
            try:
                splices += _element_splices(data, (start, end), change, whole=whole)
            except ValueError as error:
                raise SaveError(NOT_PLACED(name=change.flow.name, member=name)) from error
    for change in wanted.values():
        raise SaveError(NOT_PLACED(name=change.flow.name, member=name))
    return splice(data, splices)


def _element_splices(
    data: bytes, span: tuple[int, int], change: _Change, *, whole: bool
) -> Iterator[Splice]:
    """Yield the splices for one ``<Workflow>`` element.

    Raises:
        ValueError: The element is not laid out as expected.
        SaveError: A payload is damaged.
    """
    children: dict[bytes, Element] = {}
    for element in child_elements(data, *span):
        children.setdefault(element.name, element)
    for part in ("Definition", "Inputs", "Outputs", "Metadata", "Dependencies"):
        found = children.get(part.encode())
        text = _text(data, found) if found else ""
        if found is None or (part == "Definition" and not text):
            continue  # the script is in the package only
        if not change.touches(part, whole=whole):
            continue
        stored = _decoded(text, change.flow, part) if text else None
        if part == "Definition":
            if stored != change.flow.script:
                message = "another script than the one that was opened"
                raise ValueError(message)
            value = change.script
        else:
            value = change.follow(part, stored)
        if whole or value != stored:
            content = escape_xml(encode_like(value, text)) if text or value is not None else b""
            yield replace_content(data, found, content)


def _json_member(source: Container, change: _Change) -> bytes:
    name = change.flow.json_member
    text = source.read(name).decode("utf-8")
    content = _decoded(text.removeprefix("\ufeff"), change.flow, name)
    properties = content["properties"]
    definition = properties["definition"]
    package = Package.decode(definition["package"], name)
    definition["package"] = package.with_script(change.script)
    properties["definition"] = change.follow("Metadata", definition)
    for part in ("Inputs", "Outputs"):
        if part.lower() in properties:
            properties[part.lower()] = change.follow(part, properties[part.lower()])
    return encode_like(content, text).encode("utf-8")


def _text(data: bytes, element: Element) -> str:
    return parse_xml(data[element.start : element.end], element.name.decode()).text or ""


def _decoded(text: str, flow: DesktopFlow, part: str) -> Json:
    try:
        return decode_json(text, part)
    except OpenError as error:
        raise SaveError(NOT_FOLLOWED(name=flow.name, reason=error.message)) from error
