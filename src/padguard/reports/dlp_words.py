"""What all formats say alike of policies and of flows judged by them."""

from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_judging import Ground, Verdict
from padguard.governance.dlp_model import GroupLine
from padguard.governance.policy import CLASSES, Policy, Scope

VERDICTS: Final = {
    Verdict.ALLOWED: mark("reports", "Allowed"),
    Verdict.NOT_EVALUATED: mark("reports", "Not evaluated"),
    Verdict.BLOCKED: mark("reports", "Violation"),
}

GROUNDS: Final = {
    Ground.GROUP: mark("reports", "Blocked group"),
    Ground.ACTION: mark("reports", "Blocked action"),
    Ground.ENDPOINT: mark("reports", "Blocked address"),
    Ground.MIXED: mark("reports", "Business and Non-business mixed"),
}

SCOPES: Final = {
    Scope.ALL: mark("reports", "in all environments"),
    Scope.EXCEPT: mark("reports", "in all environments except {names}"),
    Scope.ONLY: mark("reports", "only in {names}"),
    Scope.SINGLE: mark("reports", "only in {names}"),
}

NO_DEFAULT = mark("reports", "not said")
BY_POLICY = mark("reports", "{class_name} ({policy})")


def scope_words(policy: Policy) -> Message:
    """Return where a policy holds."""
    return SCOPES[policy.scope](names=", ".join(sorted(policy.environments)) or "–")


def default_words(policy: Policy) -> Message:
    """Return the class of groups that a policy does not name."""
    return NO_DEFAULT if policy.default is None else CLASSES[policy.default]


def classes_words(line: GroupLine, policies: tuple[Policy, ...]) -> str:
    """Return the class of a group in each policy that has one for it."""
    return ", ".join(
        str(BY_POLICY(class_name=CLASSES[found], policy=policy.title))
        for policy, found in zip(policies, line.classes, strict=True)
        if found is not None
    )
