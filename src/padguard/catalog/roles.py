"""What inputs and outputs of actions do with sensitive data; see resources/catalog/roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from padguard.catalog.forms import ActionForm
from padguard.catalog.lookup import load, read_lines
from padguard.foundation.paths import resources_dir


class Channel(Enum):
    """Where a value that is given to an action becomes visible."""

    SCREEN = "screen"
    LOG = "log"
    FILE = "file"
    CLIPBOARD = "clipboard"
    MAIL = "mail"
    HTTP = "http"
    QUEUE = "queue"
    CONNECTOR = "connector"
    COMMAND_LINE = "command-line"
    SCRIPT = "script"
    DOCUMENT = "document"
    DIRECTORY = "directory"
    AI = "ai"
    ENVIRONMENT = "environment"
    TYPED = "typed"  # into a UI element or web page, which is what passwords are for


class Origin(Enum):
    """Why what an action gives is sensitive by its nature."""

    VAULT = "vault"
    DIALOG = "dialog"
    DECRYPTED = "decrypted"
    GENERATED = "generated"
    CREDENTIAL = "credential"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where an input has a value; enumerations are compared by their last part."""

    input: str
    equals: str


@dataclass(frozen=True, slots=True)
class InputRole:
    """What an input does with sensitive data.

    Attributes:
        secret: A secret belongs here: a literal is hard-coded, a variable serves its purpose.
        carries: What is given here comes out of the outputs that receive.
        channel: Where what is given here becomes visible, or None.
        text: What kind of text stands here (``connection-string``, ``url``, ``sql`` …), or "".
    """

    secret: bool = False
    carries: bool = False
    channel: Channel | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class OutputRole:
    """What an output does with sensitive data.

    Attributes:
        receives: What the inputs carry comes out here.
        origin: Why it is sensitive whatever the inputs, or None.
        when: The condition for ``origin``, or None where it always holds.
    """

    receives: bool = False
    origin: Origin | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class ActionRoles:
    """What an action does with sensitive data; inputs and outputs by name in lower case.

    The name ``*`` stands for every name that the form does not have: the parameters of some
    actions depend on what they call. ``insecure`` are the conditions under which credentials
    travel in clear or unchecked; ``always_insecure`` where they always do.
    """

    inputs: Mapping[str, InputRole] = field(default_factory=dict)
    outputs: Mapping[str, OutputRole] = field(default_factory=dict)
    insecure: tuple[Condition, ...] = ()
    always_insecure: bool = False

    def input(self, name: str) -> InputRole:
        """Return the role of an input; one that nothing is known of carries."""
        return self.inputs.get(name.lower()) or self.inputs.get(OTHERS, UNKNOWN_INPUT)

    def output(self, name: str) -> OutputRole:
        """Return the role of an output; one that nothing is known of receives."""
        return self.outputs.get(name.lower()) or self.outputs.get(OTHERS, UNKNOWN_OUTPUT)


OTHERS = "*"
UNKNOWN_INPUT = InputRole(carries=True)
UNKNOWN_OUTPUT = OutputRole(receives=True)
_DATA_TYPES = frozenset(
    {"", "string", "object", "list", "list`1", "datatable", "datarow", "customobject"}
)


def holds_data(type_name: str | None) -> bool:
    """Tell whether values of a type can hold what was put in: text, lists, tables, objects."""
    name = (type_name or "").lower()
    outer, _, inner = name.removesuffix(">").partition("<")
    return outer in _DATA_TYPES or (outer == "nullable`1" and inner in _DATA_TYPES)


@lru_cache(maxsize=4096)
def roles_of(action_id: str) -> ActionRoles:
    """Return the roles of an action, whatever the case of its id.

    What the data does not say is decided by type: data inputs carry, data outputs receive. An
    action that the catalogue does not know carries from every input to every output.
    """
    form = load().form(action_id)
    if form is None:
        return ActionRoles()
    said = record_of(action_id)
    insecure = said.get("insecure", ())
    return ActionRoles(
        _input_roles(form, said.get("inputs", {})),
        _output_roles(form, said.get("outputs", {})),
        tuple(_condition(record) for record in insecure if "input" in record),
        any(record.get("always") for record in insecure),
    )


def _input_roles(form: ActionForm, said: Mapping[str, Any]) -> dict[str, InputRole]:
    folded = {name.lower(): role for name, role in said.items()}
    found: dict[str, InputRole] = {}
    for parameter in form.inputs:
        role = folded.get(parameter.name.lower(), {})
        secret = role.get("secret", parameter.secret)
        carries = not secret and holds_data(parameter.type) and parameter.enum is None
        found[parameter.name.lower()] = _input_role(role, secret=secret, carries=carries)
    if OTHERS in said:
        found[OTHERS] = _input_role(said[OTHERS], secret=False, carries=True)
    return found


def _input_role(said: Mapping[str, Any], *, secret: bool, carries: bool) -> InputRole:
    channel = Channel(said["channel"]) if "channel" in said else None
    return InputRole(
        said.get("secret", secret), said.get("carries", carries), channel, said.get("text", "")
    )


def _output_roles(form: ActionForm, said: Mapping[str, Any]) -> dict[str, OutputRole]:
    folded = {name.lower(): role for name, role in said.items()}
    found = {
        output.name.lower(): _output_role(
            folded.get(output.name.lower(), {}), receives=holds_data(output.type)
        )
        for output in form.outputs
    }
    if OTHERS in said:
        found[OTHERS] = _output_role(said[OTHERS], receives=True)
    return found


def _output_role(said: Mapping[str, Any], *, receives: bool) -> OutputRole:
    return OutputRole(
        said.get("receives", receives),
        Origin(said["source"]) if "source" in said else None,
        _condition(said["when"]) if "when" in said else None,
    )


def _condition(record: Mapping[str, str]) -> Condition:
    return Condition(record["input"].lower(), record["equals"])


@cache
def _records(module: str) -> dict[str, Mapping[str, Any]]:
    folder = resources_dir() / "catalog" / "roles"
    for path in folder.glob("*.jsonl"):
        if path.stem.lower() == module:
            return {line["id"].lower(): line for line in read_lines(path)}
    return {}


def record_of(action_id: str) -> Mapping[str, Any]:
    """Return the line of the data that decides for an action; empty where none does."""
    folded = action_id.lower()
    records = _records(folded.partition(".")[0])
    return records.get(deciding(folded, records), {})


def deciding(action_id: str, keys: Iterable[str]) -> str:
    """Return which of some keys decides for an action, or "" where none fits.

    A key is an id, or how ids start followed by ``*``. The longest start that fits wins, and the
    exact id wins over all. Both are in lower case.
    """
    starts = [""]
    for key in keys:
        if key == action_id:
            return key
        if key.endswith("*") and action_id.startswith(key[:-1]):
            starts.append(key)
    return max(starts, key=len)
