"""What an opened export holds, whatever container it came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from padguard.foundation.messages import Message

if TYPE_CHECKING:
    from padguard.exports.container import Container


class ExportKind(Enum):
    """What was opened; the values are the words of the stable JSON."""

    SOLUTION = "solution"  # a solution zip
    FOLDER = "folder"  # an unpacked solution
    SCRIPT = "script"  # Robin text: a file, the clipboard, standard input


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of an export that could not be read: which, and why."""

    where: str
    message: Message


@dataclass(frozen=True, slots=True)
class SolutionInfo:
    """What solution.xml says of the whole."""

    name: str
    unique_name: str
    version: str
    managed: bool
    publisher: str


@dataclass(frozen=True, slots=True)
class DesktopFlow:
    """A desktop flow as it is stored.

    ``script`` is the decoded Robin text, to the letter. ``inputs``, ``outputs``, ``metadata``,
    ``dependencies`` and ``connection_references`` are the decoded JSON payloads, or None where
    absent. ``has_package`` tells of a legacy base64 package, which changes with the script.
    ``xml_member`` and ``json_member`` name the members that hold its ``<Workflow>`` element and
    its JSON, or are empty where there is none.
    """

    id: str
    name: str
    script: str = field(repr=False)
    schema_version: str = ""
    power_fx: bool = False
    has_package: bool = False
    inputs: Any = field(default=None, repr=False)
    outputs: Any = field(default=None, repr=False)
    metadata: Any = field(default=None, repr=False)
    dependencies: Any = field(default=None, repr=False)
    connection_references: Any = field(default=None, repr=False)
    xml_member: str = ""
    json_member: str = ""


@dataclass(frozen=True, slots=True)
class CloudFlow:
    """A cloud flow that travels in the solution.

    ``id`` is its ``WorkflowId`` in lower case without braces; where only its JSON file could be
    read, the id in the name of that file. ``member`` names the file, ``text`` is what it says to
    the letter (a byte order mark included, so that encoding it as UTF-8 gives the stored bytes),
    and ``definition`` is that text decoded.
    """

    id: str
    name: str
    member: str
    definition: Any = field(repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """A desktop flow binary: UI elements, images, screenshots, manifests, connector definitions.

    ``flow_id`` is the flow it belongs to; ``data_member`` the member that holds its content,
    or empty where the export lacks it.
    """

    id: str
    type: str
    name: str
    reference: str
    flow_id: str
    data_member: str
    mime_type: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionReference:
    """A connection reference of the solution."""

    logical_name: str
    display_name: str
    connector_id: str


@dataclass(frozen=True, slots=True)
class EnvironmentVariable:
    """An environment variable that travels in the solution; its values may be secrets."""

    schema_name: str
    display_name: str
    type: str
    default: str | None = field(default=None, repr=False)
    value: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Entity:
    """A table that travels in the solution; ``audited_columns`` counts columns with auditing on."""

    name: str
    audited: bool
    columns: int
    audited_columns: int


@dataclass(frozen=True, slots=True)
class SolutionPart:
    """Something that a solution holds or asks for.

    ``type`` is what the solution calls its kind: a number (29 a flow, 372 a connector) or a word
    (``workqueue``, ``aimodel``, ``connectionreference``). ``id`` is its id in lower case without
    braces, or its logical or schema name; ``name`` what people call it, or empty.
    """

    type: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MissingPart:
    """What solution.xml says is missing: what is required, and by which part of the solution."""

    required: SolutionPart
    dependent: SolutionPart


@dataclass(frozen=True)
class Export:
    """What the maker opened. An export is data: nothing in it is ever run, resolved or fetched.

    Attributes:
        path: Where it came from; None for the clipboard and standard input.
        kind: What container it is.
        sha256: Hex digest of the container's bytes (for a folder: of its members, by name).
        solution: What solution.xml says, or None.
        desktop_flows: In the order of customizations.xml.
        parts: What solution.xml and customizations.xml list, of all kinds.
        missing: What solution.xml says is needed from outside.
        members: Names of all members.
        problems: What could not be read; the rest is complete.
        source: The opened container, from which members are read when they are asked for.
    """

    path: Path | None
    kind: ExportKind
    sha256: str
    solution: SolutionInfo | None = None
    desktop_flows: tuple[DesktopFlow, ...] = ()
    cloud_flows: tuple[CloudFlow, ...] = ()
    binaries: tuple[Binary, ...] = ()
    connection_references: tuple[ConnectionReference, ...] = ()
    environment_variables: tuple[EnvironmentVariable, ...] = ()
    entities: tuple[Entity, ...] = ()
    parts: tuple[SolutionPart, ...] = ()
    missing: tuple[MissingPart, ...] = ()
    problems: tuple[Problem, ...] = ()
    members: tuple[str, ...] = ()
    source: "Container | None" = field(default=None, repr=False, compare=False)


Scripts = Mapping[str, str]
"""New script texts by flow id; a flow that is not named keeps its text."""

CloudTexts = Mapping[str, str]
"""New JSON texts by `CloudFlow.id`; a cloud flow that is not named keeps its text."""

Flags = Mapping[str, Mapping[str, bool]]
"""Settings in the Metadata of desktop flows: by id of flow, by name."""
