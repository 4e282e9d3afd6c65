"""What the loaded policies say of the flows of a session."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from padguard.exports.model import Export
from padguard.flow.model import Flow
from padguard.governance.dlp import evaluate
from padguard.governance.dlp_model import Evaluation, Setting
from padguard.governance.dlp_screens import processes_of
from padguard.governance.dlp_usage import FlowUsage, usage_of

if TYPE_CHECKING:
    from padguard.governance.policy import Policy


class Policing:
    """The policies that flows are judged by, and what the flows use.

    What a flow uses is gathered once: judging again, after a what-if, costs next to nothing.
    """

    def __init__(self) -> None:
        self.policies: tuple[Policy, ...] = ()
        self.setting = Setting()
        self._usages: dict[Flow, FlowUsage] = {}
        self._processes: Mapping[str, Mapping[str, str]] | None = None

    def evaluation(self, export: Export, flows: Sequence[Flow]) -> Evaluation | None:
        """Return what the policies say, or None where none are loaded."""
        return (
            evaluate(self.usages(export, flows), self.policies, self.setting)
            if self.policies
            else None
        )

    def usages(self, export: Export, flows: Sequence[Flow]) -> list[FlowUsage]:
        """Return what the flows use, in their order."""
        processes = self._processes
        if processes is None:  # UI elements do not change
            processes = self._processes = processes_of(export)
        known = self._usages
        self._usages = {
            flow: known.get(flow) or usage_of(flow, processes.get(flow.id, {})) for flow in flows
        }
        return list(self._usages.values())
