"""PG704: a flow has many inputs and outputs.

What it finds:
    Flows with more inputs and outputs, counted together, than agreed (25, unless your
    settings say otherwise).

Why it matters:
    Whoever runs the flow has to get all of them right.

Fixes:
    Pass a custom object or a table in place of single values, or split the flow.

Source:
    Microsoft Learn, "Flow checker (preview)": threshold on number of input and output
    variables.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Place, Severity
from padguard.rules.rule import Rule

FOUND = mark("rules", "The flow “{flow}” has many inputs and outputs.")
WHY = mark("rules", "There are {count} of them; {limit} are agreed.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every flow with too many inputs and outputs."""
    limit = inspection.options.thresholds.inputs_and_outputs
    for flow in inspection.flows:
        header = flow.script.header
        count = len(header.inputs) + len(header.outputs)
        if count > limit:
            first = (*header.inputs, *header.outputs)[0]
            statement = flow.script.statements[first.statement]
            place = Place(flow.id, start=statement.start, end=statement.end)
            yield Finding(place, FOUND(flow=flow.name), WHY(count=count, limit=limit))


RULE = Rule(
    "PG704",
    "many-inputs-and-outputs",
    Severity.LOW,
    mark("rules", "A flow has many inputs and outputs"),
    check,
    __doc__ or "",
)
