"""PG501: an action is used that a policy blocks.

What it finds:
    A row with an action or a cloud connector that a data loss prevention policy blocks: its
    whole group, the single action, or the address that it gets at. Rows that are disabled do
    not count.

Why it matters:
    The product suspends the flow: it cannot be run, and neither can cloud flows that run it.

Fixes:
    Disable or delete the row, use another action, or ask the administrator of the
    environment to change the policy. Where the finding speaks of an assumption, check in the
    designer first whether it complains.

Source:
    Microsoft Learn, "Data loss prevention (DLP) policies" for desktop flows, 15 June 2026, and
    "Connector endpoint filtering", 19 September 2025.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.flow.words import title
from padguard.foundation.messages import mark
from padguard.governance.dlp_judging import Ground
from padguard.rules.finding import Finding, Severity, action_key, action_place
from padguard.rules.policies import action_at
from padguard.rules.rule import Rule

FOUND = mark("rules", "“{title}” is blocked by {policies}.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every row that a policy blocks, once for each reason."""
    evaluation = inspection.evaluation
    if evaluation is None:
        return
    seen: set[tuple[object, ...]] = set()
    for violation in evaluation.violations:
        if violation.ground is Ground.MIXED:
            continue
        for spot in violation.spots:  # with children, a row may be met in several flows
            reason = (spot, violation.ground, violation.groups, violation.policies)
            if reason in seen:
                continue
            seen.add(reason)
            flow, action = action_at(inspection, spot)
            policies = ", ".join(f"“{policy}”" for policy in violation.policies)
            message = FOUND(title=title(action), policies=policies)
            key = action_key(flow, action, f"{violation.ground.value}|{policies}")
            yield Finding(action_place(flow, action), message, violation.reason, key=key)


RULE = Rule(
    "PG501",
    "blocked-by-policy",
    Severity.HIGH,
    mark("rules", "A policy blocks an action"),
    check,
    __doc__ or "",
)
