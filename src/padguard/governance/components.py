"""What a component is: something that a desktop flow refers to, and where it does."""

from dataclasses import dataclass
from enum import Enum

from padguard.foundation.messages import Message, mark


class ComponentType(Enum):
    """What kind of component it is; the values are words of the stable JSON."""

    CHILD_FLOW = "child-flow"
    WORK_QUEUE = "work-queue"
    CREDENTIAL = "credential"
    UI_ELEMENTS = "ui-elements"  # a shared collection; a flow's own elements are a binary
    CUSTOM_ACTION = "custom-action"
    CONNECTION_REFERENCE = "connection-reference"
    CONNECTOR = "connector"
    ENVIRONMENT_VARIABLE = "environment-variable"
    AI_MODEL = "ai-model"
    MACHINE = "machine"
    CLOUD_FLOW = "cloud-flow"  # one that runs a desktop flow
    BINARY = "binary"


class Presence(Enum):
    """Where a component is; the values are words of the stable JSON."""

    IN_EXPORT = "in-export"
    MISSING = "missing"  # could travel in the export, and does not
    OUTSIDE = "outside"  # belongs to the product or a service: exports never hold it
    RUN_TIME = "decided-at-run-time"  # a variable or an expression says which
    UNKNOWN = "unknown"  # the export says that there is one, but not which


class Evidence(Enum):
    """What says that a flow uses a component; the values are words of the JSON."""

    SCRIPT = "script"
    DEPENDENCIES = "dependencies"
    CONNECTION_REFERENCES = "connection-references"
    METADATA = "metadata"
    BINARY = "binary"
    SOLUTION = "solution"
    CLOUD_FLOW = "cloud-flow"


@dataclass(frozen=True, slots=True)
class Use:
    """One place that refers to a component.

    Attributes:
        flow_id: The flow; a cloud flow where ``evidence`` says so; "" where it is not known.
        evidence: What says so.
        subflow: The subflow, or "" where it is no row.
        row: The designer's row within the subflow, or None.
        action: Index into ``Flow.actions``, or -1.
        disabled: Whether the row is switched off.
        detail: What is used of the component: the operation of a connector, the action of a cloud
            flow; or "".
    """

    flow_id: str
    evidence: Evidence
    subflow: str = ""
    row: int | None = None
    action: int = -1
    disabled: bool = False
    detail: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a script."""
        return self.action >= 0


@dataclass(frozen=True, slots=True)
class Connection:
    """How one flow uses a connection reference.

    Attributes:
        flow_id: The flow.
        account: The display name of the connection: often a person's address.
        embedded: Whether it is embedded in the flow, or None where the export does not say.
    """

    flow_id: str
    account: str
    embedded: bool | None


@dataclass(frozen=True, slots=True)
class Component:
    """Something that flows refer to.

    Attributes:
        type: What kind it is.
        id: Its id, logical or schema name as stored, or "" where it is not known.
        name: What people call it, or "".
        presence: Where it is.
        uses: What refers to it, in the order of the export; rows first in each flow.
        key: Unique within the inventory, and the same after other parts of the export changed.
        written: For a component decided at run time the variables that decide, else "".
        connections: For a connection reference how each flow uses it.
        connector: For a connection reference the key of its connector, else "".
    """

    type: ComponentType
    id: str
    name: str
    presence: Presence
    uses: tuple[Use, ...]
    key: str
    written: str = ""
    connections: tuple[Connection, ...] = ()
    connector: str = ""

    @property
    def rows(self) -> tuple[Use, ...]:
        """The rows that refer to it."""
        return tuple(use for use in self.uses if use.is_row)

    @property
    def used_by(self) -> tuple[Use, ...]:
        """The rows that refer to it, and for flows without such a row what else says so."""
        with_rows = {use.flow_id for use in self.rows}
        return tuple(use for use in self.uses if use.is_row or use.flow_id not in with_rows)

    @property
    def flow_ids(self) -> tuple[str, ...]:
        """The flows that refer to it, each once."""
        named = (use.flow_id for use in self.uses if use.flow_id or use.is_row)
        return tuple(dict.fromkeys(named))

    @property
    def only_disabled(self) -> bool:
        """Whether all that refers to it are rows that are switched off."""
        used = self.used_by
        return bool(used) and all(use.disabled for use in used)

    @property
    def in_export(self) -> bool:
        """Whether it travels in the export."""
        return self.presence is Presence.IN_EXPORT

    @property
    def title(self) -> Message:
        """What to call it: its name, else its id, else what is known of it."""
        if self.presence is Presence.RUN_TIME:
            return DECIDED_BY(names=self.written) if self.written else DECIDED
        return NAMED(name=self.name or self.id) if self.name or self.id else NOT_NAMED


NAMED = mark("governance", "{name}")
NOT_NAMED = mark("governance", "(which one is not known)")
DECIDED = mark("governance", "(decided at run time)")
DECIDED_BY = mark("governance", "(decided at run time by {names})")

TYPE_WORDS = {
    ComponentType.CHILD_FLOW: mark("governance", "Child desktop flow"),
    ComponentType.WORK_QUEUE: mark("governance", "Work queue"),
    ComponentType.CREDENTIAL: mark("governance", "Credential"),
    ComponentType.UI_ELEMENTS: mark("governance", "UI elements collection"),
    ComponentType.CUSTOM_ACTION: mark("governance", "Custom actions"),
    ComponentType.CONNECTION_REFERENCE: mark("governance", "Connection reference"),
    ComponentType.CONNECTOR: mark("governance", "Connector"),
    ComponentType.ENVIRONMENT_VARIABLE: mark("governance", "Environment variable"),
    ComponentType.AI_MODEL: mark("governance", "AI model"),
    ComponentType.MACHINE: mark("governance", "Machine"),
    ComponentType.CLOUD_FLOW: mark("governance", "Cloud flow"),
    ComponentType.BINARY: mark("governance", "Desktop flow binary"),
}

PRESENCE_WORDS = {
    Presence.IN_EXPORT: mark("governance", "In this export"),
    Presence.MISSING: mark("governance", "Not in this export"),
    Presence.OUTSIDE: mark("governance", "Never part of an export"),
    Presence.RUN_TIME: mark("governance", "Decided at run time"),
    Presence.UNKNOWN: mark("governance", "The export does not say which"),
}
