"""What an export holds beside its scripts that rules look at."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from padguard.analysis.cloud import CloudRun, desktop_runs
from padguard.analysis.elements import Screen, copied_repositories, read_screens
from padguard.exports.model import Binary, Export, Problem
from padguard.exports.open import read_member
from padguard.exports.payloads import decode_json_bytes
from padguard.flow.model import Flow
from padguard.foundation.errors import OpenError
from padguard.robin.tree import Kind

_REPOSITORY = "ControlRepository"
_SCREENSHOT = "ControlRepositoryImageFile"


@dataclass(frozen=True)
class Outside:
    """What an export holds beside its scripts.

    Attributes:
        runs: Where cloud flows run desktop flows.
        screens: The screens whose elements travel with each flow, by the id of the flow.
        problems: Binaries that could not be read.
    """

    runs: tuple[CloudRun, ...] = ()
    screens: dict[str, tuple[Screen, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def password_elements(self, flow_id: str) -> frozenset[tuple[str, ...]]:
        """Return screen and name of the elements of a flow that take a password by their type."""
        return frozenset(
            (screen.name, element.name)
            for screen in self.screens.get(flow_id, ())
            for element in screen.elements
            if element.is_password
        )


def read_outside(export: Export) -> Outside:
    """Read the cloud flows and the UI elements of an export; screenshots are not read."""
    runs = tuple(run for cloud in export.cloud_flows for run in desktop_runs(cloud))
    screens: dict[str, tuple[Screen, ...]] = {}
    problems: list[Problem] = []
    for binary in export.binaries:
        if binary.type == _REPOSITORY and binary.data_member:
            try:
                data = read_member(export, binary.data_member)
                found = tuple(read_screens(decode_json_bytes(data, binary.data_member)))
            except OpenError as error:
                problems.append(Problem(binary.data_member, error.message))
            else:
                screens[binary.flow_id] = screens.get(binary.flow_id, ()) + found
    return Outside(runs, screens, tuple(problems))


def copied_screens(flow: Flow) -> Iterator[Screen]:
    """Yield the screens in the text that the designer appends to copied actions."""
    for statement in flow.script.of_kind(Kind.FOOTER):
        for repository in copied_repositories(flow.script.source(statement)):
            yield from read_screens(repository)


def screenshots(export: Export, flow_id: str) -> Iterator[Binary]:
    """Yield the screenshots of UI elements that travel with a flow."""
    for binary in export.binaries:
        if binary.type == _SCREENSHOT and binary.flow_id == flow_id and binary.data_member:
            yield binary
