"""Flows judged by policies: which groups they use, what is violated, what cannot be judged."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_groups import group_name
from padguard.governance.dlp_judging import (
    Ground,
    Judgement,
    Verdict,
    class_in,
    judge_all,
    stricter,
)
from padguard.governance.dlp_model import (
    Cell,
    Children,
    Evaluation,
    FlowLine,
    GroupLine,
    Setting,
    Standing,
    Unevaluated,
    Violation,
)
from padguard.governance.dlp_usage import FlowUsage, Gap, Subject, Use, with_children
from padguard.governance.policy import Classification, Policy, is_module

MIXED = mark(
    "governance",
    "“{policy}” has {business} as Business and {other} as Non-business. A flow must not use both.",
)
UNGROUPED = mark("governance", "In no group")
CHILDREN_ALONE = mark(
    "governance",
    "Each flow is judged for itself. “Data loss prevention (DLP) policies” for desktop flows (June "
    "2026) says that flows which are run by others are not evaluated with them; the page on "
    "creating policies (August 2025) says that they are since August 2023.",
)
CHILDREN_TOGETHER = mark(
    "governance",
    "Each flow is judged together with the flows that it runs. The page on creating policies "
    "(August 2025) says that policies are enforced on these since August 2023; “Data loss "
    "prevention (DLP) policies” for desktop flows (June 2026) says that they are not evaluated.",
)
SPELLING_ASSUMED = mark(
    "governance",
    "Policies have rules for single desktop flow actions. That they spell actions as scripts do is "
    "an assumption; no source says how.",
)
ENVIRONMENTS_ALL = mark(
    "governance",
    "No environment was chosen: all policies are taken together, as if they held in one.",
)
NONE_HOLDS = mark("governance", "No policy holds in this environment, so nothing is evaluated.")

_OF_CLASS: Final = {
    Classification.BUSINESS: Standing.BUSINESS,
    Classification.NON_BUSINESS: Standing.NON_BUSINESS,
    Classification.BLOCKED: Standing.BLOCKED,
}


def evaluate(
    usages: Sequence[FlowUsage], policies: Sequence[Policy], setting: Setting | None = None
) -> Evaluation:
    """Return what policies say of flows; the most restrictive one wins.

    Business and Non-business groups are those of one policy: a flow violates it if it uses
    groups of both. Cheap enough to ask again after every what-if.

    Args:
        usages: What the flows of one export use (`dlp_usage.usage_of`).
        policies: The policies.
        setting: How to judge.
    """
    chosen = setting or Setting()
    holding = tuple(one for one in policies if one.holds_in(chosen.environment))
    elsewhere = tuple(one for one in policies if not one.holds_in(chosen.environment))
    judged = _Judged(holding)
    by_id = {usage.flow_id.casefold(): usage for usage in usages}
    flows = [judged.add(usage, _merged(_uses(usage, by_id, chosen))) for usage in usages]
    return Evaluation(
        chosen,
        holding,
        elsewhere,
        tuple(judged.groups()),
        tuple(flows),
        judged.cells,
        tuple(judged.violations),
        tuple(judged.unevaluated),
        tuple(_notes(usages, holding, chosen)),
    )


def _uses(usage: FlowUsage, by_id: Mapping[str, FlowUsage], setting: Setting) -> Iterable[Use]:
    found: Iterable[Use] = usage.uses
    if setting.children is Children.WITH_PARENT:
        found = with_children(usage, by_id, include_disabled=setting.include_disabled)
    return (use for use in found if setting.include_disabled or not use.disabled)


def _merged(uses: Iterable[Use]) -> dict[Subject, list[Use]]:
    found: dict[Subject, list[Use]] = {}
    for use in uses:
        found.setdefault(use.subject, []).append(use)
    return found


class _Judged:
    """Judges flow after flow by the same policies; each thing that is used is judged once."""

    def __init__(self, policies: tuple[Policy, ...]) -> None:
        self._policies = policies
        self._known: dict[Subject, tuple[Judgement, ...]] = {}
        self._named: dict[str, bool] = {}  # groups; whether it is known that they are ones
        self.cells: dict[tuple[str, str], Cell] = {}
        self.violations: list[Violation] = []
        self.unevaluated: list[Unevaluated] = []

    def add(self, usage: FlowUsage, used: Mapping[Subject, list[Use]]) -> FlowLine:
        """Judge what a flow uses, and return what comes out for it."""
        before = len(self.violations)
        by_group: dict[str, list[Subject]] = {}
        for subject in used:
            by_group.setdefault(subject.group, []).append(subject)
            sure = subject.gap in (None, Gap.UNKNOWN_ACTION)
            self._named[subject.group] = self._named.get(subject.group, False) or sure
        mixed = set(self._mixtures(usage, by_group, used))
        self.violations += self._blocked(usage.flow_id, used)
        worst = Verdict.ALLOWED
        for group, subjects in by_group.items():
            verdict = self._add_group(usage.flow_id, group, subjects, used, mixed)
            worst = stricter(worst, verdict)
        if len(self.violations) > before:
            worst = Verdict.BLOCKED
        return FlowLine(usage.flow_id, usage.name, worst)

    def _judgements(self, subject: Subject) -> tuple[Judgement, ...]:
        found = self._known.get(subject)
        if found is None:
            found = self._known[subject] = judge_all(self._policies, subject)
        return found

    def _add_group(
        self,
        flow_id: str,
        group: str,
        subjects: Sequence[Subject],
        used: Mapping[Subject, list[Use]],
        mixed: set[str],
    ) -> Verdict:
        worst = Verdict.BLOCKED if group in mixed else Verdict.ALLOWED
        reasons: dict[str, Message] = {}
        open_uses: list[Use] = []
        for subject in subjects:
            judgements = self._judgements(subject)
            worst = stricter(worst, judgements[0].verdict)
            if judgements[0].verdict is Verdict.NOT_EVALUATED:
                open_uses += used[subject]
                for one in judgements:
                    if one.reason is not None:
                        reasons.setdefault(str(one.reason), one.reason)
        if open_uses:
            self.unevaluated.append(
                Unevaluated(flow_id, group, tuple(reasons.values()), tuple(open_uses))
            )
        uses = tuple(use for subject in subjects for use in used[subject])
        self.cells[group, flow_id] = Cell(group, flow_id, worst, uses)
        return worst

    def _blocked(self, flow_id: str, used: Mapping[Subject, list[Use]]) -> Iterator[Violation]:
        """Yield what policies block, things with the same reason together."""
        found: dict[tuple[str, Ground, str], tuple[tuple[Judgement, ...], list[Use]]] = {}
        for subject, uses in used.items():
            judgements = self._judgements(subject)
            ground = judgements[0].ground
            if ground is not None:
                reasons = "\n".join(str(one.reason) for one in judgements)
                found.setdefault((subject.group, ground, reasons), (judgements, []))[1].extend(uses)
        for (group, ground, _), (judgements, uses) in found.items():
            reason = judgements[0].reason
            if reason is not None:
                titles = tuple(dict.fromkeys(one.policy for one in judgements))
                yield Violation(flow_id, ground, (group,), titles, reason, tuple(uses))

    def _mixtures(
        self,
        usage: FlowUsage,
        by_group: Mapping[str, Sequence[Subject]],
        used: Mapping[Subject, list[Use]],
    ) -> Iterator[str]:
        """Note each policy that has used groups in both classes; yield the groups."""
        groups = {
            group: [one for one in subjects if one.gap in (None, Gap.UNKNOWN_ACTION)]
            for group, subjects in by_group.items()
            if group
        }
        for policy in self._policies:
            classes = {
                group: class_in(policy, group) for group, subjects in groups.items() if subjects
            }
            business = _of(classes, Classification.BUSINESS)
            other = _of(classes, Classification.NON_BUSINESS)
            if business and other:
                reason = MIXED(policy=policy.title, business=_names(business), other=_names(other))
                mixed = (*business, *other)
                uses = tuple(use for one in mixed for sub in groups[one] for use in used[sub])
                self.violations.append(
                    Violation(usage.flow_id, Ground.MIXED, mixed, (policy.title,), reason, uses)
                )
                yield from mixed

    def groups(self) -> Iterator[GroupLine]:
        """Yield the groups that are used, by name; what belongs to none comes last."""
        named = {group: group_name(group) for group in self._named if group}
        for group in sorted(named, key=lambda key: (named[key].casefold(), key)):
            yield self._line(group, named[group])
        if "" in self._named:
            nothing = tuple(None for _ in self._policies)
            yield GroupLine("", UNGROUPED, Standing.NOT_EVALUATED, nothing, ())

    def _line(self, group: str, name: str) -> GroupLine:
        sure = self._named[group]
        classes = tuple(
            class_in(one, group) if sure else one.classes.get(group) for one in self._policies
        )
        silent = any(
            found is None and not policy.rules_only
            for policy, found in zip(self._policies, classes, strict=True)
        )
        standing = _standing({one for one in classes if one is not None}, sure and not silent)
        deciders = tuple(
            policy.title
            for policy, found in zip(self._policies, classes, strict=True)
            if found is not None
            and (standing is not Standing.BLOCKED or found is Classification.BLOCKED)
        )
        return GroupLine(group, name, standing, classes, deciders)


def _standing(said: Collection[Classification], complete: bool) -> Standing:
    """Return what a group is, given its classes and whether every policy says one for sure."""
    if Classification.BLOCKED in said:
        return Standing.BLOCKED
    if not complete or not said:
        return Standing.NOT_EVALUATED
    return Standing.DIFFERS if len(said) > 1 else _OF_CLASS[next(iter(said))]


def _of(
    classes: Mapping[str, Classification | None], classification: Classification
) -> tuple[str, ...]:
    return tuple(group for group, found in classes.items() if found is classification)


def _names(groups: Iterable[str]) -> str:
    return ", ".join(sorted(group_name(group) for group in groups))


def _notes(
    usages: Sequence[FlowUsage], policies: Sequence[Policy], setting: Setting
) -> Iterator[Message]:
    if not policies:
        yield NONE_HOLDS
    elif setting.environment is None and any(one.environments for one in policies):
        yield ENVIRONMENTS_ALL
    if any(usage.runs for usage in usages):
        together = setting.children is Children.WITH_PARENT
        yield CHILDREN_TOGETHER if together else CHILDREN_ALONE
    if any(is_module(group) for one in policies for group in one.action_rules):
        yield SPELLING_ASSUMED
