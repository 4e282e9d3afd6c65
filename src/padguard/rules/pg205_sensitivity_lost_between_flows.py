"""PG205: sensitive data loses its mask between flows.

What it finds:
    Sensitive data that is passed to an input of a child flow that is not marked, or that a
    child flow gives back into a variable that is not marked. Child flows that are not in
    the export are not known.

Why it matters:
    Each flow keeps its own marks. The value is written to the run history of the flow that
    does not mark it.

Fixes:
    Mark the variable on both sides.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows), "Use sensitive
    variables": mark input, output and flow variables.
"""

from collections.abc import Iterator

from padguard.analysis.effects import is_run_flow
from padguard.analysis.holdings import Holding
from padguard.analysis.inspection import Inspection
from padguard.flow.model import VariableKind
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import holding_finding, leaving_finding, unmarked
from padguard.rules.rule import Rule

GIVEN = mark("rules", "{source} is passed to the input {name} of {flow}, which is not marked.")
BACK = mark("rules", "{flow} gives sensitive data back into {name}, which is not marked.")
NOT_KNOWN = mark(
    "rules",
    "{source} is passed to a desktop flow that is not in this export: not known whether it is marked there.",
)
WHY = mark("rules", "Each flow keeps its own marks.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every mark that is lost on the way into a flow or back."""
    for travel, variable, holdings in unmarked(inspection):
        first = next((holding for holding in holdings if _between_flows(holding)), None)
        if first is None or first.before is None or first.action is None:
            continue
        before = first.before
        flow = first.procedure.flow
        if variable.kind is VariableKind.INPUT and first.action not in flow.actions:
            source = before.fact.variable.name
            message = GIVEN(source=source, name=variable.name, flow=flow.name)
        elif variable.kind is VariableKind.FLOW:
            message = BACK(flow=before.procedure.flow.name, name=variable.name)
        else:
            continue
        yield holding_finding(travel, first, message, WHY)
    for travel in inspection.travels:
        first_ways = {
            (call.action, use.variable): (holding, call)
            for holding, call, use in reversed(travel.trace.left)
        }
        for (_, variable), (holding, call) in reversed(first_ways.items()):
            message = NOT_KNOWN(source=variable.name)
            yield leaving_finding(travel, holding, call, message, WHY)


def _between_flows(holding: Holding) -> bool:
    """Tell whether a value came to a variable from another flow."""
    passed = holding.action is not None and is_run_flow(holding.action)
    return passed and holding.before is not None


RULE = Rule(
    "PG205",
    "sensitivity-lost-between-flows",
    Severity.HIGH,
    mark("rules", "Sensitive data loses its mask between flows"),
    check,
    __doc__ or "",
)
