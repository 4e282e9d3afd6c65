"""Reads the finer rules of policies: single actions, addresses, custom connectors."""

from collections.abc import Container, Mapping
from typing import Final

from padguard.foundation.messages import mark
from padguard.governance.policy import ActionRules, EndpointRule, group_key
from padguard.governance.policy_checks import Record

CONFIGURATION_KEYS: Final = ("connectorActionConfigurations", "endpointConfigurations")

TWICE = mark(
    "governance",
    "“{path}” in “{file}” names a connector that has rules of this kind already. Put all of its "
    "rules under one entry.",
)
NO_ORDER = mark(
    "governance",
    "The order of these rules is missing or given twice; they are taken as they stand.",
)
URL_PATTERNS = mark(
    "governance",
    "Rules for the addresses of custom connectors are not evaluated: an export of a flow does not "
    "say which address a connector has.",
)

_ACTION_WORDS: Final = {"allow": False, "block": True}
_ACTIONS_KNOWN: Final = "Allow, Block"
_ENDPOINT_WORDS: Final = {"allow": False, "deny": True}
_ENDPOINTS_KNOWN: Final = "Allow, Deny"
_NO_EFFECT: Final = ("ignore", "*")


def action_rules_of(configurations: Record) -> dict[str, ActionRules]:
    """Return what connector configurations say of single actions, by group."""
    found: dict[str, ActionRules] = {}
    for one in configurations.records("connectorActionConfigurations"):
        found[_new_group(one, found)] = _action_rules(one)
        one.finish()
    return found


def _action_rules(one: Record) -> ActionRules:
    default = one.choice("defaultConnectorActionRuleBehavior", _ACTION_WORDS, _ACTIONS_KNOWN)
    blocked: dict[str, bool] = {}
    for rule in one.records("actionRules"):
        action = rule.needed_text("actionId").casefold()
        behavior = rule.needed_choice("behavior", _ACTION_WORDS, _ACTIONS_KNOWN)
        blocked[action] = blocked.get(action, False) or behavior
        rule.finish()
    return ActionRules(blocked, default)


def endpoint_rules_of(configurations: Record) -> Mapping[str, tuple[EndpointRule, ...]]:
    """Return what connector configurations say of addresses, by group, in their order."""
    found: dict[str, tuple[EndpointRule, ...]] = {}
    for one in configurations.records("endpointConfigurations"):
        found[_new_group(one, found)] = _endpoint_rules(one)
        one.finish()
    return found


def _new_group(one: Record, known: Container[str]) -> str:
    group = group_key(one.needed_text("connectorId"))
    if group in known:
        raise one.refused("connectorId", TWICE)
    return group


def _endpoint_rules(one: Record) -> tuple[EndpointRule, ...]:
    rules: list[tuple[int | None, EndpointRule]] = []
    for rule in one.records("endpointRules"):
        pattern = rule.needed_text("endpoint")
        denied = rule.needed_choice("behavior", _ENDPOINT_WORDS, _ENDPOINTS_KNOWN)
        rules.append((rule.number("order"), EndpointRule(pattern, denied)))
        rule.finish()
    orders = [order for order, _ in rules]
    if None in orders or len(set(orders)) < len(orders):
        one.ignore("endpointRules", NO_ORDER)
        return tuple(rule for _, rule in rules)
    return tuple(rule for _, rule in sorted(rules, key=lambda pair: pair[0] or 0))


def has_url_patterns(top: Record) -> bool:
    """Tell whether a policy classes custom connectors by their addresses; note it if so."""
    definition = top.record("customConnectorUrlPatternsDefinition")
    if definition is None:
        return False
    effective = False
    for rule in definition.records("rules"):
        word, pattern = rule.text("customConnectorRuleClassification"), rule.text("pattern")
        effective |= (word.casefold(), pattern) != _NO_EFFECT
        rule.raw("order")
        rule.finish()
    definition.finish()
    if effective:
        top.ignore("customConnectorUrlPatternsDefinition", URL_PATTERNS)
    return effective
