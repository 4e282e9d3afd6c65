"""PG703: an input has no default.

What it finds:
    Inputs without a default value. Never asked of an input that is sensitive or carries a
    secret, whose default would stand in clear in the definition. Outputs have no default in
    the definition of a flow, so none is asked of them.

Why it matters:
    The flow cannot be tried out in the designer without filling in every input.

Example:
    @INPUT Invoice : { 'Description': '', 'FriendlyName': 'Invoice', 'Type': 'String' }

Fixed:
    @INPUT Invoice : { 'Description': '', 'FriendlyName': 'Invoice', 'DefaultValue': '4711', 'Type': 'String' }

Fixes:
    Give the input a default that does no harm, or leave the rule out in your settings.

Source:
    Microsoft Learn, "Flow checker (preview)": input variable default values.
"""

from collections.abc import Iterator

from padguard.analysis.hits import name_strength
from padguard.analysis.inspection import Inspection
from padguard.flow.model import Sensitivity, VariableKind
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.rules.proof import variable_finding
from padguard.rules.rule import Rule

FOUND = mark("rules", "The input {name} has no default.")
WHY = mark("rules", "It is not sensitive, so a default would do no harm.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every input without a default that might have one."""
    for flow in inspection.flows:
        without = {
            declaration.name.casefold()
            for declaration in flow.script.header.inputs
            if declaration.default is None
        }
        secret = inspection.travel_of(flow).secret_inputs
        for variable in flow.variables:
            if (
                variable.kind is VariableKind.INPUT
                and variable.local_to is None
                and variable.name.casefold() in without
                and variable.sensitivity in (Sensitivity.CLEAN, Sensitivity.UNKNOWN)
                and variable not in secret
                and not name_strength(variable.name, inspection.options)
            ):
                message = FOUND(name=variable.name)
                yield variable_finding(flow, variable, message, WHY, confidence=1.0)


RULE = Rule(
    "PG703",
    "input-without-default",
    Severity.LOW,
    mark("rules", "An input has no default"),
    check,
    __doc__ or "",
)
