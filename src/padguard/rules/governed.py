"""An inspection together with what policies say of the export, for the rules that ask for it."""

from dataclasses import dataclass
from functools import cached_property

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Action, Flow
from padguard.governance.dlp_model import Evaluation
from padguard.governance.dlp_usage import Spot


@dataclass(frozen=True)
class Governed(Inspection):
    """What is known of an export, and what the loaded policies say of its flows.

    The evaluation must be one of the flows of this inspection.
    """

    evaluation: Evaluation | None = None

    def action_at(self, spot: Spot) -> tuple[Flow, Action]:
        """Return the action at a spot of the evaluation, and its flow."""
        flow = self._by_id[spot.flow_id]
        return flow, flow.actions[spot.action]

    @cached_property
    def _by_id(self) -> dict[str, Flow]:
        return {flow.id: flow for flow in self.flows}


def governed(inspection: Inspection, evaluation: Evaluation) -> Governed:
    """Return an inspection together with what policies say of its flows."""
    return Governed(
        inspection.export,
        inspection.flows,
        inspection.options,
        inspection.hits,
        inspection.travels,
        inspection.outside,
        evaluation,
    )


def evaluation_of(inspection: Inspection) -> tuple[Governed, Evaluation] | None:
    """Return what policies say of the flows of an inspection, or None where none are loaded."""
    if isinstance(inspection, Governed) and inspection.evaluation is not None:
        return inspection, inspection.evaluation
    return None
