"""PG402: a flow refers to a component that is not in the export.

What it finds:
    Child flows, work queues, environment variables, connection references and binaries that a
    flow refers to and the export does not hold: one finding for each. Robin text that was
    opened by itself holds no components, so nothing is said of it. Nor is anything said of
    credentials: how an export would hold one is not known, and they usually travel in a
    solution of their own; PG401 lists them.

Why it matters:
    Where the export is imported the flow fails, unless the component is there already under
    the same id.

Fixes:
    Add the component to the solution and export again, or make sure that it is in the
    environment before the export is imported. Credentials and their environment variables
    usually lie in a solution of their own: import that one first.

Source:
    "Create an Azure Key Vault credential": which solution to import first; what solutions of
    real exports list.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.exports.model import ExportKind
from padguard.foundation.messages import mark
from padguard.governance.components import TYPE_WORDS, ComponentType, Presence
from padguard.rules.components import component_finding, flow_names
from padguard.rules.finding import Finding, Severity
from padguard.rules.rule import Rule

MISSING = mark("rules", "{kind} “{name}” is needed by {flows} and is not in the export.")
WHY = mark("rules", "Its id is {id}; nothing in the export has it.")

_CONFIDENCE = {
    ComponentType.CHILD_FLOW: 1.0,
    ComponentType.WORK_QUEUE: 1.0,
    ComponentType.ENVIRONMENT_VARIABLE: 0.8,
    ComponentType.CONNECTION_REFERENCE: 1.0,
    ComponentType.BINARY: 1.0,
}


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every component that is missing."""
    inventory = inspection.inventory
    if inventory.kind is ExportKind.SCRIPT:
        return
    for component in inventory.of_type(*_CONFIDENCE):
        flows = flow_names(inventory, component)
        if component.presence is not Presence.MISSING or component.only_disabled or not flows:
            continue
        kind = TYPE_WORDS[component.type]
        message = MISSING(kind=kind, name=component.title, flows=flows)
        confidence = _CONFIDENCE[component.type]
        yield component_finding(inspection, component, message, WHY(id=component.id), confidence)


RULE = Rule(
    "PG402",
    "component-missing",
    Severity.MEDIUM,
    mark("rules", "A flow refers to a component that is not in the export"),
    check,
    __doc__ or "",
)
