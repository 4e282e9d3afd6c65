"""What a person can do about a finding, and what fixes are made by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from padguard.fixes.case import Case
from padguard.fixes.plan import Plan
from padguard.foundation.errors import EditError
from padguard.foundation.messages import Message


class Applicability(Enum):
    """How sure a fix is; the values are the words of the stable JSON."""

    SAFE = "SAFE"  # what the flow does stays the same
    REVIEW = "REVIEW"  # a person has to agree
    GUIDED = "GUIDED"  # a person does it, in the designer or the portal


class NotPossibleError(EditError):
    """A fix cannot be made here; the message says why."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How fixes of one sort are made.

    Attributes:
        id: Its name, the same for ever.
        rules: Ids of the rules whose findings it mends.
        applicability: How sure it is; one whose plan changes nothing is GUIDED in any case.
        title: What it does, in a few words.
        plan: Makes the plan. Raises EditError with the reason where it cannot be made.
        offered: Whether it makes sense for a finding at all; else it is not even shown.
    """

    id: str
    rules: tuple[str, ...]
    applicability: Applicability
    title: Callable[[Case], Message]
    plan: Callable[[Case], Plan]
    offered: Callable[[Case], bool] = lambda _case: True


@dataclass(frozen=True, slots=True)
class Fix:
    """What one recipe makes of a finding.

    Attributes:
        id: The id of the recipe.
        title: What it does, in a few words.
        applicability: How sure it is.
        plan: What it would change, or None where it cannot be made.
        reason: Why it cannot be made, or None.
    """

    id: str
    title: Message
    applicability: Applicability
    plan: Plan | None = field(default=None, repr=False)
    reason: Message | None = None
