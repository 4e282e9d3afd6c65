"""What a person tries out: groups classed otherwise than the loaded policies class them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from padguard.governance.policy import Classification, Policy, with_class

PolicyKey = tuple[str, str]
"""By which a policy is known again after it was read anew (`key_of`)."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Changes to loaded policies, and perhaps a policy of its own; neither is ever loaded.

    Attributes:
        classes: The class that each group gets, by policy and group.
        draft: A policy that was begun here, or None.
    """

    classes: Mapping[tuple[PolicyKey, str], Classification] = field(default_factory=dict)
    draft: Policy | None = None

    def __bool__(self) -> bool:
        return bool(self.classes) or self.draft is not None

    def policies(self, loaded: Sequence[Policy]) -> tuple[Policy, ...]:
        """Return the loaded policies with what is tried out; the draft comes last."""
        found = (*loaded, self.draft) if self.draft is not None else tuple(loaded)
        keys = [key_of(policy) for policy in found]
        for (key, group), classification in self.classes.items():
            if key in keys:
                found = with_class(found, keys.index(key), group, classification)
        return found

    def changed(self, loaded: Sequence[Policy]) -> tuple[Policy, ...]:
        """Return the policies, with what is tried out, that differ from the loaded ones."""
        keys = {key for key, _ in self.classes}
        if self.draft is not None:
            keys.add(key_of(self.draft))
        return tuple(policy for policy in self.policies(loaded) if key_of(policy) in keys)

    def with_class(
        self, policy: Policy, group: str, classification: Classification, *, loaded: bool
    ) -> "WhatIf":
        """Return this with a group in another class; the class it has anyway is no change.

        Args:
            policy: The policy as it was loaded, or the draft as it was begun.
            group: Key of the group.
            classification: Its class from now on.
            loaded: Whether the policy is a loaded one; else it is the draft.
        """
        key = key_of(policy), group
        classes = {place: found for place, found in self.classes.items() if place != key}
        if policy.class_of(group) is not classification:
            classes[key] = classification
        return replace(self, classes=classes, draft=self.draft if loaded else policy)

    def kept(self, loaded: Sequence[Policy]) -> "WhatIf":
        """Return this without changes to policies that are no longer loaded."""
        keys = {key_of(policy) for policy in loaded}
        if self.draft is not None:
            keys.add(key_of(self.draft))
        classes = {place: found for place, found in self.classes.items() if place[0] in keys}
        return replace(self, classes=classes)


def key_of(policy: Policy) -> PolicyKey:
    """Return what a policy is known by: its id, else its file and its title."""
    return (policy.name.casefold(), "") if policy.name else (policy.file, policy.title)
