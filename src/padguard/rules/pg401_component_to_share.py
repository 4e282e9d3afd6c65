"""PG401: a flow needs a component that people must have access to.

What it finds:
    Every child flow, work queue, credential, UI elements collection, custom action, connection
    reference, environment variable and AI model that rows refer to: one finding for each,
    with all the places. Rows that are switched off do not count.

Why it matters:
    Sharing a flow shares the flow alone. Whoever runs it without access to one of these sees
    it fail, and access that was given in haste is seldom taken back.

Fixes:
    Work through the access checklist: `padguard access FILE --for user` says what to share
    with whom, in order and with where to click.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows): access to the related
    components, and their Dataverse tables.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.governance.access_facts import ACCESS
from padguard.governance.components import TYPE_WORDS, ComponentType, Presence
from padguard.rules.components import component_finding, flow_names
from padguard.rules.finding import Finding, Severity
from padguard.rules.rule import Rule

NEEDED = mark("rules", "{kind} “{name}”: people who work with {flows} need access to it.")
DECIDED = mark(
    "rules", "{kind}: {flows} decides at run time which one is used; people need access to each."
)
NOT_NAMED = mark("rules", "{kind}: {flows} uses one that the export does not name.")
WHY = mark("rules", "Access is managed here: {managed}.")

_SHARED = (
    ComponentType.CHILD_FLOW,
    ComponentType.WORK_QUEUE,
    ComponentType.CREDENTIAL,
    ComponentType.UI_ELEMENTS,
    ComponentType.CUSTOM_ACTION,
    ComponentType.CONNECTION_REFERENCE,
    ComponentType.ENVIRONMENT_VARIABLE,
    ComponentType.AI_MODEL,
)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every component that is used."""
    inventory = inspection.inventory
    for component in inventory.of_type(*_SHARED):
        flows = flow_names(inventory, component)
        if component.only_disabled or not flows:
            continue
        kind = TYPE_WORDS[component.type]
        message = NEEDED(kind=kind, name=component.title, flows=flows)
        if component.presence is Presence.RUN_TIME:
            message = DECIDED(kind=kind, flows=flows)
        elif component.presence is Presence.UNKNOWN:
            message = NOT_NAMED(kind=kind, flows=flows)
        why = WHY(managed=ACCESS[component.type].managed)
        yield component_finding(inspection, component, message, why)


RULE = Rule(
    "PG401",
    "component-to-share",
    Severity.INFO,
    mark("rules", "A flow needs a component that people must have access to"),
    check,
    __doc__ or "",
)
