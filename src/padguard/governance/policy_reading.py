"""Reads policies from what ``Get-DlpPolicy`` and the policies API print."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from padguard.exports.payloads import Json
from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import mark
from padguard.governance.policy import (
    CLASS_WORDS,
    CLASSES,
    Classification,
    Ignored,
    Policy,
    Scope,
    group_key,
)
from padguard.governance.policy_checks import MISSING, NOT_LIST, Record
from padguard.governance.policy_rules import (
    CONFIGURATION_KEYS,
    action_rules_of,
    endpoint_rules_of,
    has_url_patterns,
)
from padguard.governance.policy_text import parse_json, read_json

NO_POLICY = mark(
    "governance",
    "“{path}” in “{file}” is no policy. A policy holds “connectorGroups” or “policyDefinition”; "
    "connector configurations hold “connectorActionConfigurations” or “endpointConfigurations”.",
)
NONE_AT_ALL = mark("governance", "“{file}” holds no policy: its list is empty.")
TWO_CLASSES = mark(
    "governance",
    "“{path}” in “{file}” names {group} as {second}, which is named as {first} before. A group can "
    "have one class only: remove one.",
)
NOT_SAID_WHERE = mark(
    "governance", "It is missing, so the policy is taken to hold in every environment."
)
NOT_SAID_DEFAULT = mark(
    "governance",
    "It is missing, so groups that the policy does not name are not evaluated.",
)
MORE_PAGES = mark(
    "governance",
    "There are more policies on further pages, which are not in this file. Save those as well.",
)

_CLASSES_KNOWN: Final = "Confidential (Business), General (Non-business), Blocked"
_SCOPES: Final = {scope.value.casefold(): scope for scope in Scope}
_SCOPES_KNOWN: Final = ", ".join(scope.value for scope in Scope)
_POLICY_KEYS: Final = (
    "policyDefinition",
    "connectorGroups",
    "defaultConnectorsClassification",
    "environmentType",
)
_HARMLESS: Final = (
    "etag",
    "createdBy",
    "createdTime",
    "lastModifiedBy",
    "lastModifiedTime",
    "isLegacySchemaVersion",
)
"""Who wrote a policy and when; nothing of it decides anything."""


def load_policies(paths: Sequence[Path]) -> tuple[Policy, ...]:
    """Read policy files. Configurations printed alone join the policy if there is only one.

    Raises:
        ConfigError: A file cannot be read or understood; the message names the JSON path.
    """
    return joined([found for path in paths for found in _policies(read_json(path), path.name)])


def parse_policies(data: bytes, file: str) -> tuple[Policy, ...]:
    """Return the policies in the bytes of one file.

    Args:
        data: The bytes.
        file: The name of the file, for errors and titles.

    Raises:
        ConfigError: They cannot be understood; the message names the JSON path.
    """
    return tuple(_policies(parse_json(data, file), file))


def joined(policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """Return policies with configurations that were printed alone joined to the only policy.

    ``Get-PowerAppDlpPolicyConnectorConfigurations`` does not say which policy it belongs to, so
    with several policies, or where the policy has rules of its own, they stand for themselves.
    """
    whole = [policy for policy in policies if not policy.rules_only]
    alone = [policy for policy in policies if policy.rules_only]
    if len(whole) != 1 or len(alone) != 1 or whole[0].action_rules or whole[0].endpoint_rules:
        return tuple(policies)
    policy, rules = whole[0], alone[0]
    source = _with_rules(policy.source, rules.source)
    return (
        replace(
            policy,
            action_rules=rules.action_rules,
            endpoint_rules=rules.endpoint_rules,
            ignored=policy.ignored + rules.ignored,
            source=source,
        ),
    )


def _with_rules(policy: Json, rules: Json) -> Json:
    """Return a policy as the service gives it with its connector configurations."""
    parts = policy if "policyDefinition" in policy else {"policyDefinition": policy}
    return {**parts, "connectorConfigurationsDefinition": rules}


def _policies(value: Json, file: str) -> Iterator[Policy]:
    listed = _listed(value, file)
    if listed is None:
        yield _policy(value, file, "$", ())
        return
    path, items, noted = listed
    if not items:
        raise ConfigError(NONE_AT_ALL(file=file))
    for place, item in enumerate(items):
        yield _policy(item, file, f"{path}[{place}]", noted if place == 0 else ())


def _listed(value: Json, file: str) -> tuple[str, list[Json], tuple[Ignored, ...]] | None:
    """Return where the policies of a file stand, or None where it is a single one."""
    if isinstance(value, list):
        return "$", value, ()
    noted: list[Ignored] = []
    top = Record(file, "$", value, noted.append)
    if not top.has("value") or top.has(*_POLICY_KEYS):
        return None
    items = top.raw("value")
    if not isinstance(items, list):
        raise ConfigError(NOT_LIST(path=top.path_of("value"), file=file))
    for key in ("nextLink", "@odata.nextLink"):
        if top.raw(key):
            top.ignore(key, MORE_PAGES)
    top.finish("Count", "@odata.context", "@odata.count")
    return top.path_of("value"), items, tuple(noted)


def _policy(value: Json, file: str, path: str, noted: Sequence[Ignored]) -> Policy:
    notes = list(noted)
    top = Record(file, path, value, notes.append)
    definition = top.record("policyDefinition") or top
    if not definition.has(*_POLICY_KEYS):
        return _rules_only(top, value, file, notes)
    classes = _classes(definition)
    default = definition.choice("defaultConnectorsClassification", CLASS_WORDS, _CLASSES_KNOWN)
    if default is None:
        definition.ignore("defaultConnectorsClassification", NOT_SAID_DEFAULT)
    scope = definition.choice("environmentType", _SCOPES, _SCOPES_KNOWN)
    if scope is None:
        definition.ignore("environmentType", NOT_SAID_WHERE)
    environments = frozenset(_environments(definition))
    name = definition.text("name")
    title = definition.text("displayName") or name or file
    configurations = top.record("connectorConfigurationsDefinition") or top
    actions = action_rules_of(configurations)
    endpoints = endpoint_rules_of(configurations)
    patterns = has_url_patterns(top)
    for record in {id(one): one for one in (top, definition, configurations)}.values():
        record.finish(*_HARMLESS)
    return Policy(
        name=name,
        title=title,
        default=default,
        classes=classes,
        scope=scope or Scope.ALL,
        environments=environments,
        action_rules=actions,
        endpoint_rules=endpoints,
        has_url_patterns=patterns,
        ignored=tuple(notes),
        file=file,
        source=value,
    )


def _rules_only(top: Record, value: Json, file: str, notes: list[Ignored]) -> Policy:
    """Return configurations that were printed without the policy that they belong to."""
    configurations = top.record("connectorConfigurationsDefinition") or top
    if not configurations.has(*CONFIGURATION_KEYS):
        raise ConfigError(NO_POLICY(path=top.path, file=file))
    actions = action_rules_of(configurations)
    endpoints = endpoint_rules_of(configurations)
    configurations.finish(*_HARMLESS)
    if configurations is not top:
        top.finish(*_HARMLESS)
    return Policy(
        name="",
        title=file,
        action_rules=actions,
        endpoint_rules=endpoints,
        rules_only=True,
        ignored=tuple(notes),
        file=file,
        source=value,
    )


def _classes(definition: Record) -> dict[str, Classification]:
    found: dict[str, Classification] = {}
    for group in definition.records("connectorGroups"):
        classification = group.needed_choice("classification", CLASS_WORDS, _CLASSES_KNOWN)
        for connector in group.records("connectors"):
            key = group_key(connector.needed_text("id"))
            before = found.setdefault(key, classification)
            if before is not classification:
                first, second = CLASSES[before], CLASSES[classification]
                raise connector.refused("id", TWO_CLASSES, group=key, first=first, second=second)
            connector.finish("name", "type")
        group.finish()
    return found


def _environments(definition: Record) -> Iterator[str]:
    for environment in definition.records("environments"):
        names = (environment.text("name"), environment.text("id"))
        if not any(names):
            raise environment.refused("name", MISSING)
        yield from (group_key(name) for name in names if name)
        environment.finish("type")
