"""What one policy says of one thing that a flow uses, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache, reduce
from typing import Final

from padguard.catalog.lookup import load
from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_endpoints import denied
from padguard.governance.dlp_groups import group_name
from padguard.governance.dlp_usage import Gap, Subject
from padguard.governance.policy import Classification, Policy, is_module

GROUP_BLOCKED = mark("governance", "“{policy}” blocks {group}.")
NAME_BLOCKED = mark(
    "governance",
    "“{policy}” blocks a group that is named like {group}. That this action belongs to it is an "
    "assumption: no source says which group it is in.",
)
ACTION_BLOCKED = mark("governance", "“{policy}” blocks this action of {group}.")
MODULE_ACTION_BLOCKED = mark(
    "governance",
    "“{policy}” blocks this action of {group}, if policies spell actions as scripts do. No source "
    "says so, hence it is an assumption.",
)
UNNAMED_BLOCKED = mark(
    "governance", "“{policy}” blocks all actions of {group} but some, and this is none of them."
)
ENDPOINT_DENIED = mark(
    "governance", "“{policy}” denies what this action gets at; its rule is “{pattern}”."
)
NOT_CLASSED = mark(
    "governance", "“{policy}” does not name {group}, and does not say what holds for the others."
)
SPELLING_UNKNOWN = mark(
    "governance",
    "“{policy}” has rules for actions of {group} that PAD Guard does not know by these names.",
)
OTHERS_UNSAID = mark(
    "governance",
    "“{policy}” has rules for some actions of {group} and does not say what holds for the others.",
)
ENDPOINT_UNSEEN = mark(
    "governance",
    "“{policy}” filters addresses of {group}, and the row does not say for sure what it gets at.",
)
CUSTOM_UNSEEN = mark(
    "governance",
    "“{policy}” classes custom connectors by their addresses, which an export does not hold, and "
    "does not name {group}.",
)
NO_POLICY = mark("governance", "None of the policies says anything of {group} here.")

GAPS: Final = {
    Gap.UNKNOWN_ACTION: mark("governance", "PAD Guard does not know this action of {group}."),
    Gap.NO_GROUP: mark(
        "governance", "No source says which group of data loss prevention {group} belongs to."
    ),
    Gap.UNKNOWN_MODULE: mark("governance", "PAD Guard does not know the actions of {group}."),
    Gap.CONNECTOR_UNSEEN: mark(
        "governance", "Which connector is used here is known only while the flow runs."
    ),
    Gap.NOT_UNDERSTOOD: mark("governance", "This line is not understood."),
    Gap.CHILD_ELSEWHERE: mark(
        "governance",
        "The flow that is run here is not in the export, or a variable says which one it is; it "
        "cannot be looked into.",
    ),
}
"""Why something cannot be judged, whatever the policies say."""

_NO_NAME_KNOWN: Final = (Gap.NO_GROUP, Gap.UNKNOWN_MODULE)


class Verdict(Enum):
    """What policies say of something; the values are words of the stable JSON."""

    ALLOWED = "allowed"
    NOT_EVALUATED = "not-evaluated"
    BLOCKED = "blocked"


def stricter(one: Verdict, other: Verdict) -> Verdict:
    """Return the more restrictive of two verdicts."""
    if one is Verdict.BLOCKED or other is Verdict.ALLOWED:
        return one
    return other if other is Verdict.BLOCKED or one is Verdict.ALLOWED else one


class Ground(Enum):
    """Why a policy is violated; the values are words of the stable JSON."""

    GROUP = "blocked-group"
    ACTION = "blocked-action"
    ENDPOINT = "blocked-endpoint"
    MIXED = "mixed-groups"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a policy says of a subject, why, and in BLOCKED ones on which ground."""

    verdict: Verdict
    reason: Message | None = None
    ground: Ground | None = None
    policy: str = ""


def class_in(policy: Policy, group: str) -> Classification | None:
    """Return the class that a group has for sure, or None where the policy leaves it open."""
    named = policy.classes.get(group)
    if named is not None:
        return named
    if policy.rules_only or (policy.has_url_patterns and not is_module(group)):
        return None
    return policy.default


def judge(policy: Policy, subject: Subject) -> Judgement | None:
    """Return what a policy says of a subject, or None where it is not for it to say.

    What is unknown is never allowed.
    """
    group, gap = subject.group, subject.gap
    words = {"policy": policy.title, "group": group_name(group) if group else ""}
    classification = class_in(policy, group)
    if gap is not None and (not group or gap in _NO_NAME_KNOWN):
        if group and policy.classes.get(group) is Classification.BLOCKED:
            return _blocked(policy, Ground.GROUP, NAME_BLOCKED(**words))
        return None if policy.rules_only else Judgement(Verdict.NOT_EVALUATED, GAPS[gap](**words))
    if classification is Classification.BLOCKED:
        return _blocked(policy, Ground.GROUP, GROUP_BLOCKED(**words))
    finer = [
        found
        for found in (_by_action(policy, subject, words), _by_endpoint(policy, subject, words))
        if found
    ]
    if finer:
        return next((one for one in finer if one.verdict is Verdict.BLOCKED), finer[0])
    if gap is not None:
        return Judgement(Verdict.NOT_EVALUATED, GAPS[gap](**words))
    if classification is not None:
        return Judgement(Verdict.ALLOWED)
    if policy.rules_only:
        return None
    reason = NOT_CLASSED if policy.default is None else CUSTOM_UNSEEN
    return Judgement(Verdict.NOT_EVALUATED, reason(**words))


def judge_all(policies: Sequence[Policy], subject: Subject) -> tuple[Judgement, ...]:
    """Return the judgements of those policies that decide on a subject: the most restrictive.

    There is always one; it is no policy's own where none has a say.
    """
    found = [one for policy in policies if (one := judge(policy, subject)) is not None]
    if not found:
        gap = GAPS[subject.gap] if subject.gap is not None else NO_POLICY
        reason = gap(group=group_name(subject.group) if subject.group else "")
        return (Judgement(Verdict.NOT_EVALUATED, reason),)
    worst = reduce(stricter, (one.verdict for one in found))
    return tuple(one for one in found if one.verdict is worst)


def _blocked(policy: Policy, ground: Ground, reason: Message) -> Judgement:
    return Judgement(Verdict.BLOCKED, reason, ground, policy.title)


def _by_action(policy: Policy, subject: Subject, words: Mapping[str, object]) -> Judgement | None:
    """Return what rules for single actions say, or None where they allow it or there are none."""
    rules = policy.action_rules.get(subject.group)
    if rules is None:
        return None
    module = is_module(subject.group)
    if not module and subject.gap is not None:  # which operation it is stands in a variable
        return Judgement(Verdict.NOT_EVALUATED, GAPS[subject.gap](**words))
    spellings = _spellings(subject.action) if module else (subject.action,)
    said = [rules.blocked[name] for name in spellings if name in rules.blocked]
    if any(said):
        reason = MODULE_ACTION_BLOCKED if module else ACTION_BLOCKED
        return _blocked(policy, Ground.ACTION, reason(**words))
    if said:
        return None
    if module and not _known_spellings(subject.group).issuperset(rules.blocked):
        return Judgement(Verdict.NOT_EVALUATED, SPELLING_UNKNOWN(**words))
    if rules.default is None:
        return Judgement(Verdict.NOT_EVALUATED, OTHERS_UNSAID(**words))
    return _blocked(policy, Ground.ACTION, UNNAMED_BLOCKED(**words)) if rules.default else None


def _by_endpoint(policy: Policy, subject: Subject, words: Mapping[str, object]) -> Judgement | None:
    """Return what rules for addresses say, or None where they allow it or there are none."""
    rules = policy.endpoint_rules.get(subject.group)
    if not rules or subject.endpoint is None:
        return None
    found, pattern = denied(rules, subject.endpoint)
    if found is None:
        return Judgement(Verdict.NOT_EVALUATED, ENDPOINT_UNSEEN(**words))
    if not found:
        return None
    return _blocked(policy, Ground.ENDPOINT, ENDPOINT_DENIED(**words, pattern=pattern))


@lru_cache(maxsize=8192)
def _spellings(action: str) -> tuple[str, ...]:
    """Return how a policy might spell an action: with or without its module and its variant."""
    module, _, rest = action.partition(".")
    name = rest.partition(".")[0]
    return tuple(dict.fromkeys((action, f"{module}.{name}", rest, name)))


@lru_cache(maxsize=128)
def _known_spellings(group: str) -> frozenset[str]:
    forms = load().in_dlp_group(group)
    return frozenset(name for form in forms for name in _spellings(form.id.casefold()))
