"""Where cloud flows run desktop flows, and what they pass to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from padguard.analysis.jsonwalk import Path, leaves, objects
from padguard.analysis.secrets.model import HOLE
from padguard.exports.model import CloudFlow
from padguard.exports.payloads import Json

_CONNECTOR: Final = "/shared_uiflow"
_OPERATION: Final = "runuiflow"
_ITEM: Final = "item/"
_PART: Final = re.compile(r"@\{[^}]*\}?")


@dataclass(frozen=True, slots=True)
class Passed:
    """A value that a cloud flow gives to an input.

    Attributes:
        name: What callers call the input.
        literals: The texts written there; each expression within one is `HOLE`. Empty where the
            value is an expression as a whole.
    """

    name: str
    literals: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CloudRun:
    """An action of a cloud flow that runs a desktop flow.

    Attributes:
        cloud: The cloud flow.
        action: The name of the action, as the designer shows it.
        flow_id: The desktop flow, lower case; "" where an expression decides.
        passed: What is given to its inputs.
        secure_inputs: Whether the run history hides what is passed.
        secure_outputs: Whether it hides what comes back.
        path: The way to the action in the definition of the cloud flow.
    """

    cloud: CloudFlow
    action: str
    flow_id: str
    passed: tuple[Passed, ...]
    secure_inputs: bool
    secure_outputs: bool
    path: Path = ()


def desktop_runs(cloud: CloudFlow) -> Iterator[CloudRun]:
    """Yield the actions of a cloud flow that run desktop flows, however deep they are nested.

    What does not look as expected is passed over: the definition is JSON from somebody else.
    """
    for path, action in objects(cloud.definition):
        inputs = _dict(action.get("inputs"))
        host = _dict(inputs.get("host"))
        api = str(host.get("apiId") or _dict(host.get("api")).get("id") or "")
        operation = str(host.get("operationId") or "")
        if api.casefold().endswith(_CONNECTOR) and operation.casefold().startswith(_OPERATION):
            parameters = _dict(inputs.get("parameters"))
            secured = _secured(action)
            yield CloudRun(
                cloud,
                _name(path),
                _flow_id(parameters.get("uiFlowId")),
                tuple(_passed(parameters)),
                secure_inputs="inputs" in secured,
                secure_outputs="outputs" in secured,
                path=path,
            )


def _name(path: Path) -> str:
    """Return the name of an action as the designer shows it."""
    last = path[-1] if path else ""
    return last.replace("_", " ") if isinstance(last, str) else ""


def _dict(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _flow_id(value: Json) -> str:
    return "" if not isinstance(value, str) or "@" in value else value.strip("{}").casefold()


def _secured(action: dict[str, Json]) -> frozenset[str]:
    secure = _dict(_dict(action.get("runtimeConfiguration")).get("secureData"))
    names = secure.get("properties")
    return frozenset(
        name.casefold()
        for name in (names if isinstance(names, list) else ())
        if isinstance(name, str)
    )


def _passed(parameters: dict[str, Json]) -> Iterator[Passed]:
    nested = _dict(parameters.get("item"))
    flat = {
        key.removeprefix(_ITEM): value for key, value in parameters.items() if key.startswith(_ITEM)
    }
    for name, value in {**nested, **flat}.items():
        yield Passed(name, tuple(_literals(value)))


def _literals(value: Json) -> Iterator[str]:
    """Yield the texts and numbers that are written within a value."""
    for found in leaves(value):
        if isinstance(found, str):
            yield from _literal(found)
        elif isinstance(found, int | float) and not isinstance(found, bool):
            yield str(found)


def _literal(text: str) -> Iterator[str]:
    """Yield the text that a value stands for, unless it is an expression as a whole.

    A value that starts with "@" is an expression, "@@" stands for the character, and "@{…}" is
    an expression within a text.
    """
    if text.startswith("@@"):
        yield text[1:]
    elif text.startswith("@{") or not text.startswith("@"):
        written = _PART.sub(HOLE, text)
        if written.strip(HOLE + " \t\r\n"):
            yield written
