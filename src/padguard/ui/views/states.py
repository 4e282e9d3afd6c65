"""What an analysis may change of a flow without making it anew, as values that can be compared."""

from padguard.flow.model import Flow, Sensitivity

State = tuple[tuple[tuple[int, int], ...] | None, tuple[Sensitivity, ...]]


def state_of(flow: Flow) -> State:
    """Return where the secrets of a flow are, and how its variables stand."""
    return flow.secrets, tuple(variable.sensitivity for variable in flow.variables)
