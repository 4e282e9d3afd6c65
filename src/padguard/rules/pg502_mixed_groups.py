"""PG502: a flow uses Business and Non-business actions.

What it finds:
    A flow with actions or cloud connectors of which one policy classes some as Business and
    some as Non-business. Classes of different policies are not mixed with each other.

Why it matters:
    The product suspends the flow: data of the organisation could leave through the other
    actions.

Fixes:
    Delete or disable the rows of one class, or split the flow in two. Else ask the
    administrator of the environment to change the class of a group; the DLP view shows what
    that would do to other flows.

Source:
    Microsoft Learn, "Data loss prevention (DLP) policies" for desktop flows, 15 June 2026.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.governance.dlp_groups import group_name
from padguard.governance.dlp_judging import Ground
from padguard.governance.dlp_model import Violation, spots_of
from padguard.rules.finding import Finding, Severity, Step, action_place
from padguard.rules.policies import action_at
from padguard.rules.rule import Rule

FOUND = mark("rules", "This flow mixes Business and Non-business actions.")
USES = mark("rules", "Here {group} is used first")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every flow and policy whose classes it mixes."""
    evaluation = inspection.evaluation
    if evaluation is None:
        return
    for violation in evaluation.violations:
        if violation.ground is Ground.MIXED:
            path = tuple(_path(inspection, violation))
            own = [step.place for step in path if step.place.flow_id == violation.flow_id]
            place = own[-1] if own else path[-1].place
            key = "|".join(violation.policies)
            yield Finding(place, FOUND, violation.reason, path=path, key=key)


def _path(inspection: Inspection, violation: Violation) -> Iterator[Step]:
    """Yield where each group is used first, in the order of the rows."""
    firsts = {
        group: spots_of(use for use in violation.uses if use.subject.group == group)[0]
        for group in violation.groups
    }
    order = {spot: place for place, spot in enumerate(violation.spots)}
    for group in sorted(firsts, key=lambda one: order[firsts[one]]):
        flow, action = action_at(inspection, firsts[group])
        yield Step(action_place(flow, action), USES(group=group_name(group)))


RULE = Rule(
    "PG502",
    "mixed-groups",
    Severity.HIGH,
    mark("rules", "Business and Non-business actions in one flow"),
    check,
    __doc__ or "",
)
