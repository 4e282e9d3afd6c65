"""What cloud flows run: the desktop flow, its inputs, and what is known of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from padguard.analysis.cloud import CloudRun
from padguard.analysis.hits import SURE, name_strength
from padguard.analysis.inspection import Inspection
from padguard.analysis.program import parameters
from padguard.analysis.travel import Travel
from padguard.flow.model import Flow, Sensitivity, Variable, VariableKind
from padguard.foundation.messages import mark
from padguard.rules.finding import Place

CLOUD_ACTION = mark("rules", "Cloud flow “{cloud}”, action “{action}”")


@dataclass(frozen=True, slots=True)
class Called:
    """A desktop flow that a cloud flow runs, and its inputs and outputs by what callers use."""

    flow: Flow
    travel: Travel
    inputs: dict[str, Variable]
    outputs: dict[str, Variable]


def called(inspection: Inspection, run: CloudRun) -> Called | None:
    """Return the desktop flow that an action of a cloud flow runs, or None for one elsewhere."""
    flow = next((f for f in inspection.flows if f.id and f.id.casefold() == run.flow_id), None)
    if flow is None:
        return None
    travel = inspection.travel_of(flow)
    main = travel.program.main(flow)
    return Called(
        flow,
        travel,
        parameters(main, VariableKind.INPUT),
        parameters(main, VariableKind.OUTPUT),
    )


def run_place(run: CloudRun, target: Called | None) -> Place:
    """Return the place of an action of a cloud flow; it counts to the flow that it runs."""
    flow_id = target.flow.id if target else ""
    return Place(flow_id, where=CLOUD_ACTION(cloud=run.cloud.name, action=run.action))


def secret_inputs(inspection: Inspection, run: CloudRun, target: Called | None) -> Iterator[str]:
    """Yield the inputs that get a value and carry a secret by mark, use or name."""
    for passed in run.passed:
        variable = target.inputs.get(passed.name.casefold()) if target else None
        if variable is None:
            if name_strength(passed.name, inspection.options) > SURE:
                yield passed.name
        elif target is not None and variable in target.travel.secret_inputs:
            yield passed.name


def secret_outputs(target: Called) -> Iterator[str]:
    """Yield the outputs that hold sensitive data, marked or not, by what callers call them."""
    for variable in dict.fromkeys(target.outputs.values()):
        marked = variable.sensitivity is Sensitivity.MARKED
        if marked or target.travel.trace.holdings.get(variable):
            yield variable.external_name or variable.name
