"""Policies of data loss prevention: how they class groups of actions, and where they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from padguard.exports.payloads import Json
from padguard.foundation.messages import Message, mark

MODULE_PREFIX: Final = "providers/Microsoft.ProcessSimple/operationGroups/"
CONNECTOR_PREFIX: Final = "/providers/Microsoft.PowerApps/apis/"
"""How ids of groups of desktop flow actions and of cloud connectors start (DLP SDK guide)."""


class Classification(Enum):
    """The class of a group; the values are the words of policy files."""

    BUSINESS = "Confidential"
    NON_BUSINESS = "General"
    BLOCKED = "Blocked"


CLASSES: Final = {
    Classification.BUSINESS: mark("governance", "Business"),
    Classification.NON_BUSINESS: mark("governance", "Non-business"),
    Classification.BLOCKED: mark("governance", "Blocked"),
}
"""What the admin centre calls each class."""

CLASS_WORDS: Final = {
    "confidential": Classification.BUSINESS,
    "business": Classification.BUSINESS,
    "general": Classification.NON_BUSINESS,
    "non-business": Classification.NON_BUSINESS,
    "nonbusiness": Classification.NON_BUSINESS,
    "blocked": Classification.BLOCKED,
}
"""The words of files and of people for the classes, in lower case."""


class Scope(Enum):
    """In which environments a policy holds; the values are the words of policy files."""

    ALL = "AllEnvironments"
    EXCEPT = "ExceptEnvironments"
    ONLY = "OnlyEnvironments"
    SINGLE = "SingleEnvironment"


@dataclass(frozen=True, slots=True)
class ActionRules:
    """What a policy says of single actions of a group.

    Attributes:
        blocked: Whether an action is blocked, by its id in lower case.
        default: Whether actions that are not named are blocked; None where the policy does not say.
    """

    blocked: Mapping[str, bool]
    default: bool | None


@dataclass(frozen=True, slots=True)
class EndpointRule:
    """A pattern of addresses with ``*`` for any text, and whether what fits it is denied."""

    pattern: str
    denied: bool


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of a policy file that changes nothing here: its JSON path, and why."""

    path: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy as far as it is understood; groups are named by their keys (`group_key`).

    Attributes:
        name: Its id, or "" where the file does not say.
        title: What people call it; the name of the file where it has no name.
        default: The class of groups that it does not name; None where it does not say.
        classes: The class of each group that it names.
        scope: In which environments it holds.
        environments: The environments that ``scope`` speaks of, by the last part of their ids in
            lower case.
        action_rules: What it says of single actions, by group.
        endpoint_rules: What it says of addresses, by group, in the order in which they count.
        has_url_patterns: Whether it classes custom connectors by their addresses.
        rules_only: Whether it is no whole policy, but connector configurations printed alone:
            they class no groups.
        ignored: What was not understood or plays no part.
        file: The name of the file that it was read from, or "".
        source: What was read, for drafts.
    """

    name: str
    title: str
    default: Classification | None = None
    classes: Mapping[str, Classification] = field(default_factory=dict, repr=False)
    scope: Scope = Scope.ALL
    environments: frozenset[str] = frozenset()
    action_rules: Mapping[str, ActionRules] = field(default_factory=dict, repr=False)
    endpoint_rules: Mapping[str, tuple[EndpointRule, ...]] = field(default_factory=dict, repr=False)
    has_url_patterns: bool = False
    rules_only: bool = False
    ignored: tuple[Ignored, ...] = ()
    file: str = ""
    source: Json = field(default=None, repr=False, compare=False)

    def class_of(self, group: str) -> Classification | None:
        """Return the class of a group, or None where the policy does not say."""
        return self.classes.get(group, self.default)

    def holds_in(self, environment: str | None) -> bool:
        """Tell whether the policy holds in an environment, given by id; None means in any."""
        if self.scope is Scope.ALL:
            return True
        if environment is None:
            return self.scope is Scope.EXCEPT or bool(self.environments)
        named = group_key(environment) in self.environments
        return named != (self.scope is Scope.EXCEPT)


def group_key(identifier: str) -> str:
    """Return the key of a group or an environment: the last part of its id, in lower case.

    ``/providers/Microsoft.PowerApps/apis/shared_sql`` is ``shared_sql``, whatever the case, with
    or without the slash in front; ``DesktopFlow.Excel`` is ``desktopflow.excel``.
    """
    return identifier.strip().strip("/").rpartition("/")[2].casefold()


def is_module(group: str) -> bool:
    """Tell whether a key names a group of desktop flow actions, not a cloud connector."""
    return group.startswith("desktopflow.")


def with_class(
    policies: Sequence[Policy], index: int, group: str, classification: Classification
) -> tuple[Policy, ...]:
    """Return policies of which one classes a group differently: what if?

    Args:
        policies: The policies.
        index: Which of them changes.
        group: The group, by key or id.
        classification: Its new class.
    """
    changed = policies[index]
    classes = {**changed.classes, group_key(group): classification}
    changed = replace(changed, classes=classes)
    return (*policies[:index], changed, *policies[index + 1 :])


def new_policy(title: str) -> Policy:
    """Return a draft that holds everywhere and classes every group as Non-business."""
    return Policy("", title, Classification.NON_BUSINESS)
