"""PG503: policies were loaded, and nobody can say what they mean for some rows.

What it finds:
    Groups of actions in a flow that could not be judged: actions or groups that are not in the
    catalogue or not in the policy, connectors and addresses that are known only while the flow
    runs, lines that are not understood.

Why it matters:
    What is not evaluated may be blocked all the same. It is never taken to be allowed.

Fixes:
    Open the flow in the designer of the environment and see whether it complains, or ask the
    administrator which group the actions belong to.

Source:
    Microsoft Learn, "Data loss prevention (DLP) policies" for desktop flows, 15 June 2026: the
    groups that policies can class.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.governance.dlp_groups import group_name
from padguard.rules.finding import Finding, Severity, action_place
from padguard.rules.policies import action_at
from padguard.rules.rule import Rule

GROUP = mark("rules", "Whether policies allow {group} here could not be evaluated ({count} rows).")
NO_GROUP = mark(
    "rules", "Whether policies allow what is done here could not be evaluated ({count} rows)."
)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every flow and group of which something could not be judged."""
    evaluation = inspection.evaluation
    if evaluation is None:
        return
    for unevaluated in evaluation.unevaluated:
        spots = unevaluated.spots
        own = [spot for spot in spots if spot.flow_id == unevaluated.flow_id]
        if not own:  # found in a flow that this one runs, which has a finding of its own
            continue
        group = unevaluated.group
        count = len(spots)
        message = GROUP(group=group_name(group), count=count) if group else NO_GROUP(count=count)
        flow, action = action_at(inspection, own[0])
        yield Finding(action_place(flow, action), message, unevaluated.reasons[0], key=group)


RULE = Rule(
    "PG503",
    "not-evaluated",
    Severity.INFO,
    mark("rules", "Not evaluated against policies"),
    check,
    __doc__ or "",
)
