"""What an export says beside the scripts of what its flows refer to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from padguard.exports.model import Binary, CloudFlow, DesktopFlow, Export, Problem
from padguard.exports.open import read_member
from padguard.exports.payloads import Json, decode_json_bytes
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark
from padguard.governance.components import ComponentType, Connection, Evidence, Use
from padguard.governance.references import Reference

UNKNOWN_KIND = mark(
    "governance",
    "The list of dependencies names a kind of component that is not known: “{kind}”. Look it up in "
    "the portal.",
)

_DEPENDENCIES: Final = {
    "childFlows": ComponentType.CHILD_FLOW,
    "workQueues": ComponentType.WORK_QUEUE,
    "environmentVariables": ComponentType.ENVIRONMENT_VARIABLE,
    "requiredBinaries": ComponentType.BINARY,
}
_FLAGS: Final = {
    "containsActiveCredentialsActions": ComponentType.CREDENTIAL,
    "containsGptPredictActions": ComponentType.AI_MODEL,
}
"""What the metadata of a flow says without naming the component."""
_REQUIRED: Final = {
    "29": ComponentType.CHILD_FLOW,
    "372": ComponentType.CONNECTOR,
    "connectionreference": ComponentType.CONNECTION_REFERENCE,
}
"""Kinds of parts of a solution, as solution.xml of real exports spells them."""
_NO_ID: Final = "00000000-0000-0000-0000-000000000000"
_PRODUCT_KEY: Final = "31bf3856ad364e35"
_PRODUCT: Final = "microsoft."


class Run(Protocol):
    """An action of a cloud flow that runs a desktop flow; ``flow_id`` is "" where not known."""

    @property
    def cloud(self) -> CloudFlow:
        """The cloud flow."""

    @property
    def action(self) -> str:
        """The name of the action."""

    @property
    def flow_id(self) -> str:
        """The desktop flow, in lower case."""


@dataclass(slots=True)
class Outside:
    """What was found beside the scripts.

    Attributes:
        references: What flows refer to, by payloads, binaries, cloud flows and the solution.
        connections: How flows use connection references, by the logical name in lower case.
        internal: The logical name of a connection, by flow and the id that its rows use.
        product_modules: The modules that a flow's manifest says are the product's own, by flow.
        problems: What could not be read.
    """

    references: list[Reference] = field(default_factory=list)
    connections: dict[str, list[Connection]] = field(default_factory=dict)
    internal: dict[tuple[str, str], str] = field(default_factory=dict)
    product_modules: dict[str, frozenset[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_outside(export: Export, runs: Iterable[Run]) -> Outside:
    """Read payloads and binaries of all flows; a part of another shape than expected is left out.

    Args:
        export: The export.
        runs: Where cloud flows run desktop flows.
    """
    outside = Outside()
    for flow in export.desktop_flows:
        outside.references += _dependencies(flow, outside.problems)
        outside.references += _connections(flow, outside)
        outside.references += _flags(flow)
    for binary in export.binaries:
        outside.references += _binary(export, binary, outside)
    outside.references += _runs(export, runs)
    for missing in export.missing:
        kind = _REQUIRED.get(missing.required.type)
        if kind is not None:
            user = missing.dependent.id if missing.dependent.type == "29" else ""
            use = Use(user, Evidence.SOLUTION)
            name = missing.required.name
            outside.references.append(Reference(kind, missing.required.id, use, name))
    return outside


def _dependencies(flow: DesktopFlow, problems: list[Problem]) -> Iterator[Reference]:
    payload = flow.dependencies if isinstance(flow.dependencies, dict) else {}
    use = Use(flow.id, Evidence.DEPENDENCIES)
    for kind, listed in payload.items():
        if kind not in _DEPENDENCIES:
            if listed:
                problems.append(Problem(flow.name, UNKNOWN_KIND(kind=kind)))
            continue
        for found in _texts(listed):
            yield Reference(_DEPENDENCIES[kind], found.strip("{} "), use)


def _connections(flow: DesktopFlow, outside: Outside) -> Iterator[Reference]:
    use = Use(flow.id, Evidence.CONNECTION_REFERENCES)
    for entry in _dicts(flow.connection_references):
        internal = _text(entry, "padInternalId")
        logical = _text(entry, "connectionReferenceLogicalName") or _text(entry, "name") or internal
        api = entry.get("api")
        connector = _text(api, "name") if isinstance(api, dict) else ""
        embedded = entry.get("isEmbedded")
        outside.internal[flow.id, internal.casefold()] = logical
        outside.connections.setdefault(logical.casefold(), []).append(
            Connection(
                flow.id,
                _text(entry, "connectionDisplayName"),
                embedded if isinstance(embedded, bool) else None,
            )
        )
        kind = ComponentType.CONNECTION_REFERENCE
        name = _text(entry, "displayName")
        yield Reference(kind, logical, use, name, connector=connector)
        if connector:
            yield Reference(ComponentType.CONNECTOR, connector, use)


def _flags(flow: DesktopFlow) -> Iterator[Reference]:
    metadata = flow.metadata if isinstance(flow.metadata, dict) else {}
    for flag, kind in _FLAGS.items():
        if metadata.get(flag) is True:
            yield Reference(kind, "", Use(flow.id, Evidence.METADATA))


def _binary(export: Export, binary: Binary, outside: Outside) -> Iterator[Reference]:
    use = Use(binary.flow_id, Evidence.BINARY)
    yield Reference(ComponentType.BINARY, binary.id, use, binary.type)
    if binary.type == "ConnectorDefinition":
        yield Reference(ComponentType.CONNECTOR, binary.reference, use)
    elif binary.type == "ManifestFile":
        manifest = _content(export, binary, outside.problems)
        yield from _manifest(manifest, use, outside)
    elif binary.type == "DependenciesFile":
        listed = _content(export, binary, outside.problems)
        yield from _listed(listed, "EnvironmentVariables", ComponentType.ENVIRONMENT_VARIABLE, use)
        yield from _listed(listed, "Credentials", ComponentType.CREDENTIAL, use)


def _manifest(manifest: dict[str, Json], use: Use, outside: Outside) -> Iterator[Reference]:
    product: set[str] = set()
    for module in _dicts(manifest.get("ModuleReferences")):
        name = _text(module, "Name")
        by_product = _text(module, "AssemblyName").casefold().startswith(_PRODUCT)
        if by_product or _text(module, "PublicKeyToken").casefold() == _PRODUCT_KEY:
            product.add(name.casefold())
        else:
            module_id = _text(module, "Id").strip("{} ")
            module_id = "" if module_id == _NO_ID else module_id
            yield Reference(ComponentType.CUSTOM_ACTION, module_id, use, name)
    outside.product_modules[use.flow_id] = frozenset(product)
    for entry in _dicts(manifest.get("ConnectorReferences")):
        yield Reference(ComponentType.CONNECTOR, _text(entry, "ConnectorId"), use)


def _listed(
    content: dict[str, Json], key: str, kind: ComponentType, use: Use
) -> Iterator[Reference]:
    """Yield what a list names; an entry that is no text tells only that there is something."""
    entries = content.get(key)
    for entry in entries if isinstance(entries, list) else ():
        yield Reference(kind, entry.strip("{} ") if isinstance(entry, str) else "", use)


def _runs(export: Export, runs: Iterable[Run]) -> Iterator[Reference]:
    inside = {flow.id for flow in export.desktop_flows}
    for run in runs:
        kind = ComponentType.CLOUD_FLOW
        known = run.flow_id if run.flow_id in inside else ""
        use = Use(known, Evidence.CLOUD_FLOW, detail=run.action)
        yield Reference(kind, run.cloud.id, use, run.cloud.name)
        if run.flow_id and not known:
            use = Use(run.cloud.id, Evidence.CLOUD_FLOW, detail=run.action)
            yield Reference(ComponentType.CHILD_FLOW, run.flow_id, use)


def _content(export: Export, binary: Binary, problems: list[Problem]) -> dict[str, Json]:
    """Return the JSON of a binary, or nothing where it is missing, damaged or no object."""
    if not binary.data_member:
        return {}
    try:
        data = read_member(export, binary.data_member)
        content = decode_json_bytes(data, binary.data_member)
    except OpenError as error:
        problems.append(Problem(binary.data_member, error.message))
        return {}
    return content if isinstance(content, dict) else {}


def _dicts(value: Json) -> Iterator[dict[str, Json]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _texts(value: Json) -> Sequence[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _text(record: dict[str, Json], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""
