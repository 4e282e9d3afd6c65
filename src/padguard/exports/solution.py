"""A solution read from its container, whatever the format: flows and all that travels along."""

import re
from pathlib import Path

from lxml import etree

from padguard.exports.container import Container
from padguard.exports.inventory import (
    power_fx_flows,
    read_binaries,
    read_connection_references,
    read_entities,
    read_environment_variables,
    read_missing,
    read_parts,
    read_solution_info,
)
from padguard.exports.model import Export
from padguard.exports.reading import Reading
from padguard.exports.workflows import StoredElement, WorkflowReader
from padguard.exports.xmlread import parse_xml
from padguard.exports.xmlspans import workflow_spans
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress

NO_EXPORT = mark(
    "exports",
    "“{name}” is no export of a solution: there is neither a customizations.xml nor a flow in it.",
)
DAMAGED_FLOW = mark("exports", "This flow is damaged: its XML is not well-formed.")

_NAME = re.compile(rb"\sName=\"([^\"<]*)\"")
_WRAPPER = b'<Workflows xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">%b</Workflows>'


def read_solution(source: Container, name: str, path: Path | None, progress: Progress) -> Export:
    """Read a solution.

    Args:
        source: The opened container.
        name: What to call it in errors.
        path: Where it came from, if from a file or folder.
        progress: Told of every flow.

    Returns:
        The export; what of it could not be read is in its problems.

    Raises:
        OpenError: The container holds no solution, or a part of it is refused.
    """
    reading = Reading(source)
    if not reading.layout.is_export:
        raise OpenError(NO_EXPORT(name=name))
    info = read_solution_info(reading)
    binaries = read_binaries(reading)
    customizations, stored = _customizations(reading)
    entities = read_entities(reading, customizations)
    references = () if customizations is None else read_connection_references(customizations)
    parts = read_parts(reading, customizations)
    del customizations  # the tree is let go while the flows are read
    flows = WorkflowReader(reading, power_fx_flows(reading, binaries))
    flows.read_elements([*stored, *_split_elements(reading)], progress)
    del stored
    flows.read_other_jsons()
    return Export(
        path=path,
        kind=source.kind,
        sha256=source.sha256,
        solution=info,
        desktop_flows=tuple(flows.desktop_flows),
        cloud_flows=tuple(flows.cloud_flows),
        binaries=binaries,
        connection_references=references,
        environment_variables=read_environment_variables(reading),
        entities=entities,
        parts=parts,
        missing=read_missing(reading),
        problems=tuple(reading.problems),
        members=source.names,
        source=source,
    )


def _customizations(reading: Reading) -> tuple[etree._Element | None, list[StoredElement]]:
    """Return the root of customizations.xml and the workflows in it.

    Where it is not well-formed, there is no root, but the workflows that are can be read.
    """
    name = reading.layout.customizations
    if not name:
        return None, []
    data = b""
    with reading.noting(name):
        data = reading.source.read(name)
        root = parse_xml(data, name)
        return root, [StoredElement(element, name) for element in root.iter("Workflow")]
    return None, _salvaged(reading, data, name)


def _salvaged(reading: Reading, data: bytes, name: str) -> list[StoredElement]:
    stored: list[StoredElement] = []
    for start, end in workflow_spans(data):
        span = data[start:end]
        found = _NAME.search(span)
        flow_name = found[1].decode("utf-8", "replace") if found else name
        try:
            root = parse_xml(_WRAPPER % span, name)
        except OpenError:
            reading.problem(flow_name, DAMAGED_FLOW)
        else:
            stored.extend(StoredElement(element, name) for element in root.iter("Workflow"))
    return stored


def _split_elements(reading: Reading) -> list[StoredElement]:
    """Return the workflows that have a file of their own."""
    stored: list[StoredElement] = []
    for name in reading.layout.flow_elements:
        with reading.noting(name):
            root = reading.xml(name)
            stored.extend(StoredElement(element, name) for element in root.iter("Workflow"))
    return stored
