"""Which variables a place offers for marking as sensitive, and why some cannot be marked."""

from padguard.flow.model import Flow, Sensitivity, Variable
from padguard.foundation.messages import Message, mark
from padguard.ui.document import Place

NO_HEADER = mark(
    "marking",
    "This text was copied without its header, so marks cannot be kept in it. "
    "Open the exported solution to mark variables.",
)
BY_TYPE = mark("marking", "{name} is a credential: it is always sensitive and needs no mark.")


def candidates(flow: Flow, place: Place) -> list[Variable]:
    """Return the variable that a place points at, else the variables of its action."""
    if place.variable:
        wanted = (place.variable.casefold(), place.local_to)
        return [
            variable
            for variable in flow.variables
            if (variable.name.casefold(), variable.local_to) == wanted
        ]
    if 0 <= place.action < len(flow.actions):
        action = flow.actions[place.action]
        return list(dict.fromkeys((*action.reads, *action.writes)))
    return []


def refusal(variable: Variable) -> Message | None:
    """Return why the mark of a variable cannot be changed, or None where it can."""
    if variable.sensitivity is Sensitivity.CREDENTIAL:
        return BY_TYPE(name=variable.name)
    if variable.sensitivity is Sensitivity.UNKNOWN:
        return NO_HEADER
    return None
