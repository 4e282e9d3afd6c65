"""The ``<Workflow>`` elements and their JSON files, read into desktop flows and cloud flows."""

import re
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from typing import NamedTuple

from lxml import etree

from padguard.exports.model import CloudFlow, DesktopFlow
from padguard.exports.package import Package
from padguard.exports.payloads import Json, decode_json
from padguard.exports.reading import Reading
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress

READING_FLOW = mark("exports", "Reading {name}")
NO_TEXT = mark("exports", "The definition of this flow is damaged: it holds no text.")
NO_SCRIPT = mark("exports", "This desktop flow holds no script.")
NO_JSON = mark("exports", "The JSON file of this flow is missing.")
SAME_ID = mark("exports", "Another flow has the same id ({id}), so this one is left out.")

_DESKTOP = "6"
_CLOUD = "5"
_PAYLOADS = ("Definition", "Inputs", "Outputs", "Metadata", "Dependencies", "ConnectionReferences")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class StoredElement(NamedTuple):
    """A ``<Workflow>`` element and the member it stands in."""

    element: etree._Element
    member: str


class WorkflowReader:
    """Collects the flows of an export; what cannot be read becomes a problem.

    Attributes:
        desktop_flows: In the order in which they were read.
        cloud_flows: In the order in which they were read.
    """

    def __init__(self, reading: Reading, power_fx: Collection[str]) -> None:
        self.desktop_flows: list[DesktopFlow] = []
        self.cloud_flows: list[CloudFlow] = []
        self._reading = reading
        self._power_fx = power_fx
        self._jsons_read: set[str] = set()
        self._ids: set[str] = set()

    def read_elements(self, stored: Sequence[StoredElement], progress: Progress) -> None:
        """Read flows from their elements; each is emptied once read, to free its memory.

        Raises:
            RefusedError: A payload is built to do harm.
        """
        for number, (element, member) in enumerate(stored):
            name = element.get("Name") or member
            progress.step(number, len(stored), READING_FLOW(name=name))
            with self._reading.noting(name):
                self._read_element(element, member, name)
            element.clear()

    def read_other_jsons(self) -> None:
        """Read the flows of which only the JSON file can be read.

        Raises:
            RefusedError: A payload is built to do harm.
        """
        for member in self._reading.layout.workflow_jsons:
            if member not in self._jsons_read:
                with self._reading.noting(member):
                    self._read_json(member)

    def _read_element(self, element: etree._Element, member: str, name: str) -> None:
        category = (element.findtext("Category") or "").strip()
        if category not in {_DESKTOP, _CLOUD}:
            return  # classic workflows, business rules and the like
        json_member = self._reading.layout.find((element.findtext("JsonFileName") or "").strip())
        self._jsons_read.add(json_member)
        flow_id = _flow_id(element.get("WorkflowId") or "", json_member or member)
        if category == _DESKTOP:
            self._add_desktop(self._desktop_flow(element, flow_id, name, (member, json_member)))
        elif json_member:
            self._add_cloud(self._cloud_flow(flow_id, name, json_member))
        else:
            raise OpenError(NO_JSON)

    def _read_json(self, member: str) -> None:
        name = member.rsplit("/", 1)[-1].removesuffix(".json")
        content = self._reading.json(member)
        definition = _part(content, "definition")
        package_text = _package_text(content)
        if package_text:
            own_name = definition.get("name")
            self._add_desktop(
                DesktopFlow(
                    id=_flow_id("", member),
                    name=own_name if isinstance(own_name, str) and own_name else name,
                    script=Package.decode(package_text, member).script,
                    has_package=True,
                    inputs=_part(content, "inputs") or None,
                    outputs=_part(content, "outputs") or None,
                    json_member=member,
                )
            )
        elif "actions" in definition or "triggers" in definition:
            self._add_cloud(self._cloud_flow(_flow_id("", member), name, member))

    def _cloud_flow(self, flow_id: str, name: str, member: str) -> CloudFlow:
        text = self._reading.text(member)
        return CloudFlow(flow_id, name, member, self._reading.json(member), text)

    def _desktop_flow(
        self, element: etree._Element, flow_id: str, name: str, members: tuple[str, str]
    ) -> DesktopFlow:
        payloads = {part: self._payload(element, part, name) for part in _PAYLOADS}
        script = payloads["Definition"]
        if script is not None and not isinstance(script, str):
            raise OpenError(NO_TEXT)
        content, package = self._package(members[1], name, required=script is None)
        if script is None:
            if package is None:
                raise OpenError(NO_SCRIPT)
            script = package.script
        has_payload = any(value is not None for value in payloads.values())
        return DesktopFlow(
            id=flow_id,
            name=name,
            script=script,
            schema_version=(element.findtext("SchemaVersion") or "").strip(),
            power_fx=flow_id in self._power_fx,
            has_package=package is not None,
            inputs=payloads["Inputs"] or (_part(content, "inputs") or None),
            outputs=payloads["Outputs"] or (_part(content, "outputs") or None),
            metadata=payloads["Metadata"],
            dependencies=payloads["Dependencies"],
            connection_references=payloads["ConnectionReferences"],
            xml_member=members[0] if has_payload else "",
            json_member=members[1],
        )

    def _payload(self, element: etree._Element, part: str, name: str) -> Json:
        """Return a decoded payload, or None where it is absent or, but for the script, damaged."""
        text = element.findtext(part)
        if not text:
            return None
        where = f"{name} › {part}"
        if part == "Definition":
            return decode_json(text, where)
        with self._reading.noting(name):
            return decode_json(text, where)
        return None

    def _package(
        self, json_member: str, name: str, *, required: bool
    ) -> tuple[Json, Package | None]:
        """Return the JSON of a desktop flow and its legacy package, where it has one.

        Raises:
            OpenError: It is damaged, and ``required`` because the script is nowhere else.
        """
        if not json_member:
            return None, None
        with nullcontext() if required else self._reading.noting(name):
            content = self._reading.json(json_member)
            text = _package_text(content)
            if text:
                return content, Package.decode(text, json_member)
        return None, None

    def _add_desktop(self, flow: DesktopFlow) -> None:
        if self._is_new(flow.id, flow.name):
            self.desktop_flows.append(flow)

    def _add_cloud(self, flow: CloudFlow) -> None:
        if self._is_new(flow.id, flow.name):
            self.cloud_flows.append(flow)

    def _is_new(self, flow_id: str, name: str) -> bool:
        if flow_id in self._ids:
            self._reading.problem(name, SAME_ID(id=flow_id))
            return False
        self._ids.add(flow_id)
        return True


def _flow_id(written: str, member: str) -> str:
    """Return the id of a flow in lower case; where none is written, that in its file name."""
    written = written.strip("{} ")
    if not written:
        found = _GUID.search(member)
        written = found[0] if found else member
    return written.lower()


def _part(content: Json, name: str) -> dict[str, Json]:
    """Return ``properties.<name>`` of a flow's JSON, or an empty dictionary."""
    properties = content.get("properties") if isinstance(content, dict) else None
    part = properties.get(name) if isinstance(properties, dict) else None
    return part if isinstance(part, dict) else {}


def _package_text(content: Json) -> str:
    text = _part(content, "definition").get("package")
    return text if isinstance(text, str) else ""
