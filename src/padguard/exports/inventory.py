"""What a solution holds beside its flows: binaries, connections, variables, tables, parts."""

from collections.abc import Iterator

from lxml import etree

from padguard.exports.model import (
    Binary,
    ConnectionReference,
    Entity,
    EnvironmentVariable,
    MissingPart,
    SolutionInfo,
    SolutionPart,
)
from padguard.exports.payloads import Json
from padguard.exports.reading import Reading
from padguard.foundation.errors import OpenError

_BINARIES = "desktopflowbinaries/"
_BINARY = "/desktopflowbinary.xml"
_VARIABLES = "environmentvariabledefinitions/"
_VARIABLE = "/environmentvariabledefinition.xml"
_MANIFEST = "ManifestFile"
_VARIABLE_TYPES = {
    "100000000": "String",
    "100000001": "Number",
    "100000002": "Boolean",
    "100000003": "JSON",
    "100000004": "Data source",
    "100000005": "Secret",
}


def read_solution_info(reading: Reading) -> SolutionInfo | None:
    """Return what solution.xml says, or None where it is missing or damaged."""
    name = reading.layout.solution
    if not name:
        return None
    with reading.noting(name):
        manifest = reading.xml(name).find("SolutionManifest")
        if manifest is None:
            return None
        unique_name = _text(manifest, "UniqueName")
        publisher = manifest.find("Publisher")
        return SolutionInfo(
            name=_display_name(manifest) or unique_name,
            unique_name=unique_name,
            version=_text(manifest, "Version"),
            managed=_text(manifest, "Managed") == "1",
            publisher=""
            if publisher is None
            else _display_name(publisher) or _text(publisher, "UniqueName"),
        )
    return None


def read_binaries(reading: Reading) -> tuple[Binary, ...]:
    """Return the desktop flow binaries, in the order of the container; their data is not read."""
    by_file = {
        name.rsplit("/", 1)[-1].casefold(): name
        for name in reading.layout.under(_BINARIES, "")
        if "/data/" in name.casefold()
    }
    found: list[Binary] = []
    for name in reading.layout.under(_BINARIES, _BINARY):
        with reading.noting(name):
            root = reading.xml(name)
            file = _text(root, "data")
            own = reading.layout.beside(name, f"data/{file}") if file else ""
            found.append(
                Binary(
                    id=(root.get("desktopflowbinaryid") or "").strip("{}").lower(),
                    type=_text(root, "type"),
                    name=_text(root, "name"),
                    reference=_text(root, "reference"),
                    flow_id=_text(root, "process/workflowid").strip("{}").lower(),
                    # Several connector definitions may share the data of one of them.
                    data_member=own or by_file.get(file.casefold(), ""),
                    mime_type=_text(root, "mimetype") or _attribute(root, "data", "mimetype"),
                )
            )
    return tuple(found)


def power_fx_flows(reading: Reading, binaries: tuple[Binary, ...]) -> frozenset[str]:
    """Return the ids of the flows whose manifest says that Power Fx is on."""
    found: set[str] = set()
    for binary in binaries:
        if binary.type == _MANIFEST and binary.data_member:
            with reading.noting(binary.data_member):
                manifest = reading.json(binary.data_member)
                if isinstance(manifest, dict) and manifest.get("PowerFxEnabled") is True:
                    found.add(binary.flow_id)
    return frozenset(found)


def read_connection_references(root: etree._Element) -> tuple[ConnectionReference, ...]:
    """Return the connection references that customizations.xml lists."""
    return tuple(
        ConnectionReference(
            logical_name=reference.get("connectionreferencelogicalname") or "",
            display_name=_text(reference, "connectionreferencedisplayname"),
            connector_id=_text(reference, "connectorid"),
        )
        for reference in root.iterfind("connectionreferences/connectionreference")
    )


def read_parts(reading: Reading, customizations: etree._Element | None) -> tuple[SolutionPart, ...]:
    """Return what solution.xml lists, and the work queues and AI models of customizations.xml."""
    found: list[SolutionPart] = []
    for root in _solution_xml(reading):
        listed = root.iterfind("SolutionManifest/RootComponents/RootComponent")
        found += map(_part, listed)
    if customizations is not None:
        for queue in customizations.iterfind("workqueues/workqueue"):
            part = SolutionPart("workqueue", _id(queue.get("workqueueid")), _text(queue, "name"))
            found.append(part)
        for model in customizations.iterfind("AIModels/AIModel"):
            model_id = _id(_text(model, "msdyn_aimodelid"))
            found.append(SolutionPart("aimodel", model_id, _text(model, "msdyn_name")))
    return tuple(found)


def read_missing(reading: Reading) -> tuple[MissingPart, ...]:
    """Return what solution.xml says is needed from outside."""
    return tuple(
        MissingPart(_part(required), _part(dependent))
        for root in _solution_xml(reading)
        for entry in root.iterfind("SolutionManifest/MissingDependencies/MissingDependency")
        if (required := entry.find("Required")) is not None
        and (dependent := entry.find("Dependent")) is not None
    )


def _solution_xml(reading: Reading) -> Iterator[etree._Element]:
    """Yield the root of solution.xml, or nothing where it is missing or damaged."""
    if reading.layout.solution:
        try:
            yield reading.xml(reading.layout.solution)
        except OpenError:  # noted by `read_solution_info`
            return


def _part(element: etree._Element) -> SolutionPart:
    by_name = element.get("id.connectionreferencelogicalname") or element.get("schemaName") or ""
    return SolutionPart(
        element.get("type") or "",
        _id(element.get("id")) or by_name,
        element.get("displayName") or element.get("schemaName") or "",
    )


def _id(written: str | None) -> str:
    return (written or "").strip("{} ").lower()


def read_entities(reading: Reading, root: etree._Element | None) -> tuple[Entity, ...]:
    """Return the tables of customizations.xml, or of the files that a tool split it into."""
    found = [] if root is None else [_entity(table) for table in root.iterfind("Entities/Entity")]
    for name in reading.layout.under("entities/", "/entity.xml"):
        with reading.noting(name):
            found.append(_entity(reading.xml(name)))
    return tuple(found)


def read_environment_variables(reading: Reading) -> tuple[EnvironmentVariable, ...]:
    """Return the environment variables, with the value that travels with them, if any."""
    found: list[EnvironmentVariable] = []
    for name in reading.layout.under(_VARIABLES, _VARIABLE):
        with reading.noting(name):
            root = reading.xml(name)
            type_code = _text(root, "type")
            found.append(
                EnvironmentVariable(
                    schema_name=root.get("schemaname") or "",
                    display_name=_attribute(root, "displayname", "default"),
                    type=_VARIABLE_TYPES.get(type_code, type_code),
                    default=root.findtext("defaultvalue"),
                    value=_variable_value(reading, name),
                )
            )
    return tuple(found)


def _variable_value(reading: Reading, definition: str) -> str | None:
    name = reading.layout.beside(definition, "environmentvariablevalues.json")
    if not name:
        return None
    with reading.noting(name):
        held = _get(reading.json(name), "environmentvariablevalues")
        held = _get(held, "environmentvariablevalue")
        value = _get(held[0] if isinstance(held, list) and held else held, "value")
        return value if isinstance(value, str) else None
    return None


def _entity(table: etree._Element) -> Entity:
    entity = table.find("EntityInfo/entity")
    if entity is None:
        return Entity(_text(table, "Name"), audited=False, columns=0, audited_columns=0)
    columns = entity.findall("attributes/attribute")
    return Entity(
        name=entity.get("Name") or _text(table, "Name"),
        audited=_text(entity, "IsAuditEnabled") == "1",
        columns=len(columns),
        audited_columns=sum(_text(column, "IsAuditEnabled") == "1" for column in columns),
    )


def _display_name(element: etree._Element) -> str:
    return _attribute(element, "LocalizedNames/LocalizedName", "description")


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _attribute(element: etree._Element, path: str, name: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get(name) or ""


def _get(value: Json, key: str) -> Json:
    return value.get(key) if isinstance(value, dict) else None
