"""What the rules about policies share."""

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Action, Flow
from padguard.governance.dlp_usage import Spot


def action_at(inspection: Inspection, spot: Spot) -> tuple[Flow, Action]:
    """Return the action at a spot of an evaluation, and its flow."""
    flow = next(flow for flow in inspection.flows if flow.id == spot.flow_id)
    return flow, flow.actions[spot.action]
