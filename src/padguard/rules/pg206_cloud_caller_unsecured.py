"""PG206: a cloud flow shows sensitive data in its run history.

What it finds:
    A cloud flow in the export that gives a value to a sensitive input of a desktop flow
    without secure inputs, or that runs a desktop flow with a sensitive output without
    secure outputs.

Why it matters:
    The mark of the desktop flow does not reach the cloud flow: everybody who may see its
    runs reads the value there.

Fixes:
    In the cloud flow, open the settings of the action that runs the desktop flow and turn
    on Secure inputs, Secure outputs or both.

Source:
    "Use sensitive inputs": secure inputs must be turned on in the cloud flow as well.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.rules.callers import called, run_place, secret_inputs, secret_outputs
from padguard.rules.finding import Finding, Severity
from padguard.rules.rule import Rule

GIVES = mark(
    "rules", "The cloud flow “{cloud}” shows what it passes to {names} in its run history."
)
GETS = mark("rules", "The cloud flow “{cloud}” shows what it gets from {names} in its run history.")
WHY_GIVES = mark("rules", "Secure inputs are off for the action “{action}”.")
WHY_GETS = mark("rules", "Secure outputs are off for the action “{action}”.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every direction in which an action of a cloud flow shows secrets."""
    for run in inspection.outside.runs:
        target = called(inspection, run)
        place = run_place(run, target)
        cloud = run.cloud.name
        given = tuple(secret_inputs(inspection, run, target))
        if given and not run.secure_inputs:
            message = GIVES(cloud=cloud, names=", ".join(given))
            why = WHY_GIVES(action=run.action)
            confidence = 0.9 if target else 0.7
            key = f"{run.cloud.id}|inputs"
            yield Finding(place, message, why, confidence, given, key=key, subject=run)
        got = tuple(secret_outputs(target)) if target else ()
        if got and not run.secure_outputs:
            message = GETS(cloud=cloud, names=", ".join(got))
            why = WHY_GETS(action=run.action)
            key = f"{run.cloud.id}|outputs"
            yield Finding(place, message, why, 0.9, got, key=key, subject=run)


RULE = Rule(
    "PG206",
    "cloud-caller-unsecured",
    Severity.MEDIUM,
    mark("rules", "A cloud flow shows sensitive data in its run history"),
    check,
    __doc__ or "",
)
