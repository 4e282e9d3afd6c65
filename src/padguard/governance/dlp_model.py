"""What comes out when policies judge flows, as plain data for reports, rules and views."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_judging import Ground, Verdict
from padguard.governance.dlp_usage import Spot, Use
from padguard.governance.policy import Classification, Policy


class Children(Enum):
    """How flows that are run by others are judged, on which sources differ; words of the JSON."""

    ALONE = "alone"
    WITH_PARENT = "with-parent"


class Standing(Enum):
    """What a group is under all policies; the values are words of the stable JSON."""

    BUSINESS = "business"
    NON_BUSINESS = "non-business"
    BLOCKED = "blocked"
    DIFFERS = "differs"  # Business in one policy, Non-business in another
    NOT_EVALUATED = "not-evaluated"


STANDINGS: Final = {
    Standing.BUSINESS: mark("governance", "Business"),
    Standing.NON_BUSINESS: mark("governance", "Non-business"),
    Standing.BLOCKED: mark("governance", "Blocked"),
    Standing.DIFFERS: mark("governance", "Differs by policy"),
    Standing.NOT_EVALUATED: mark("governance", "Not evaluated"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How to judge.

    Attributes:
        environment: The id of the environment, or None for all policies together.
        children: How flows that are run by others are judged.
        include_disabled: Whether disabled rows count; the product leaves them aside.
    """

    environment: str | None = None
    children: Children = Children.ALONE
    include_disabled: bool = False


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group that is used: what it is under all policies, and under each of them.

    ``classes`` go with the policies of the evaluation; None where one does not say. ``deciders``
    are the titles of the policies that make ``standing`` what it is.
    """

    key: str
    name: Message | str
    standing: Standing
    classes: tuple[Classification | None, ...]
    deciders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A flow, and the worst that is said of anything in it (BLOCKED: it violates a policy)."""

    flow_id: str
    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cell:
    """A group that a flow uses: the worst that is said of a use, BLOCKED also for a mixture."""

    group: str
    flow_id: str
    verdict: Verdict
    uses: tuple[Use, ...] = field(repr=False)

    @property
    def spots(self) -> list[Spot]:
        """Where the flow uses the group."""
        return spots_of(self.uses)

    @property
    def count(self) -> int:
        """In how many rows the flow uses the group."""
        return sum(len(use.spots) for use in self.uses)


@dataclass(frozen=True, slots=True)
class Violation:
    """Why a flow violates policies.

    Attributes:
        flow_id: The flow.
        ground: What kind of violation it is.
        groups: The groups that it is about, by key.
        policies: Titles of the policies that decide, the one that ``reason`` names first.
        reason: Why, in one sentence.
        uses: What violates.
    """

    flow_id: str
    ground: Ground
    groups: tuple[str, ...]
    policies: tuple[str, ...]
    reason: Message
    uses: tuple[Use, ...] = field(repr=False)

    @property
    def spots(self) -> list[Spot]:
        """Where it is violated."""
        return spots_of(self.uses)


@dataclass(frozen=True, slots=True)
class Unevaluated:
    """What of a group in a flow could not be judged, and why; such things are never allowed."""

    flow_id: str
    group: str
    reasons: tuple[Message, ...]
    uses: tuple[Use, ...] = field(repr=False)

    @property
    def spots(self) -> list[Spot]:
        """Where it is used."""
        return spots_of(self.uses)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What policies say of the flows of an export.

    Attributes:
        setting: How it was judged.
        policies: The policies that hold.
        elsewhere: Those that do not hold in the environment.
        groups: The groups that are used, by name; what belongs to none comes last.
        flows: The flows, in the order of the export.
        cells: What a flow uses of a group, by key of the group and id of the flow; what is not
            used has no cell.
        violations: Flow by flow.
        unevaluated: Flow by flow.
        notes: What must be known to read this: assumptions and conflicts between sources.
    """

    setting: Setting
    policies: tuple[Policy, ...]
    elsewhere: tuple[Policy, ...]
    groups: tuple[GroupLine, ...]
    flows: tuple[FlowLine, ...]
    cells: Mapping[tuple[str, str], Cell] = field(repr=False)
    violations: tuple[Violation, ...] = field(repr=False)
    unevaluated: tuple[Unevaluated, ...] = field(repr=False)
    notes: tuple[Message, ...]


def spots_of(uses: Iterable[Use]) -> list[Spot]:
    """Return where things are used, flow by flow in the order of the text."""
    by_flow: dict[str, list[Spot]] = {}
    for use in uses:
        by_flow.setdefault(use.spots[0].flow_id, []).extend(use.spots)
    return [
        spot for spots in by_flow.values() for spot in sorted(spots, key=lambda one: one.action)
    ]
