"""A policy with its what-ifs as a draft: JSON in the shape that it was read in."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from padguard.exports.payloads import Json
from padguard.governance.dlp_groups import group_name, spelt
from padguard.governance.policy import (
    CLASS_WORDS,
    CONNECTOR_PREFIX,
    MODULE_PREFIX,
    Classification,
    Policy,
    group_key,
    is_module,
)
from padguard.governance.policy_checks import items_of

MODULE_TYPE: Final = "Microsoft.ProcessSimple/operationGroups"
CONNECTOR_TYPE: Final = "providers/Microsoft.PowerApps/apis"
"""The types of entries, as the help of ``Add-ConnectorsToPolicy`` writes them."""

Object = dict[str, Any]


def draft_json(policy: Policy) -> str:
    """Return a policy as JSON: flat or split as it was read, with all that was not understood.

    Only groups whose class differs from what was read are moved. Connector configurations that
    were read alone become the second part of a split policy.
    """
    return json.dumps(_draft(policy), indent=2, ensure_ascii=False) + "\n"


def _draft(policy: Policy) -> Json:
    source = deepcopy(policy.source)
    if source is None:
        source = _definition(policy)
    elif policy.rules_only:
        rules = _value(source, "connectorConfigurationsDefinition") or source
        source = {
            "policyDefinition": _definition(policy),
            "connectorConfigurationsDefinition": rules,
        }
    _reclass(_value(source, "policyDefinition") or source, policy)
    return source


def _definition(policy: Policy) -> Object:
    found: Object = {"displayName": policy.title}
    if policy.default is not None:
        found["defaultConnectorsClassification"] = policy.default.value
    return {
        **found,
        "connectorGroups": [],
        "environmentType": policy.scope.value,
        "environments": [],
    }


def _reclass(definition: Object, policy: Policy) -> None:
    """Move every group to where the policy has it now; entries that stay are not touched."""
    groups = list(_objects(_value(definition, "connectorGroups")))
    written: dict[str, str] = {}
    for group in groups:
        for connector in _objects(_value(group, "connectors")):
            written[_key(connector)] = str(_value(group, "classification"))
    words = {name: _class_word(groups, found) for name, found in policy.classes.items()}
    moved = {name: word for name, word in words.items() if written.get(name) != word}
    if not moved:
        return
    entries = dict(_taken_out(groups, moved))
    for name, word in moved.items():
        group = _group(groups, word)
        connectors = [*_objects(_value(group, "connectors")), entries.get(name) or _entry(name)]
        _set(group, "connectors", connectors)
    _set(definition, "connectorGroups", groups)


def _group(groups: list[Object], word: str) -> Object:
    """Return the group of a class, which is added where there is none."""
    for group in groups:
        if _value(group, "classification") == word:
            return group
    groups.append({"classification": word, "connectors": []})
    return groups[-1]


def _class_word(groups: list[Object], found: Classification) -> str:
    """Return the word of a class as the file spells it."""
    for group in groups:
        word = str(_value(group, "classification"))
        if CLASS_WORDS.get(word.strip().casefold()) is found:
            return word
    return found.value


def _taken_out(groups: list[Object], moved: dict[str, str]) -> Iterator[tuple[str, Object]]:
    """Take entries out of their groups and yield them with their keys."""
    for group in groups:
        connectors = list(_objects(_value(group, "connectors")))
        leaving = [one for one in connectors if _key(one) in moved]
        if leaving:
            _set(group, "connectors", [one for one in connectors if _key(one) not in moved])
            yield from ((_key(one), one) for one in leaving)


def _entry(key: str) -> Object:
    module = is_module(key)
    return {
        "id": (MODULE_PREFIX if module else CONNECTOR_PREFIX) + spelt(key),
        "name": group_name(key),
        "type": MODULE_TYPE if module else CONNECTOR_TYPE,
    }


def _key(connector: Object) -> str:
    return group_key(str(_value(connector, "id")))


def _objects(value: Json) -> Iterator[Object]:
    yield from (item for item in items_of(value) or () if isinstance(item, dict))


def _value(record: Object, key: str) -> Json:
    """Return what stands under a key, whatever its case."""
    return record.get(_spelling(record, key))


def _set(record: Object, key: str, value: Json) -> None:
    record[_spelling(record, key)] = value


def _spelling(record: Object, key: str) -> str:
    folded = key.casefold()
    return next((name for name in record if name.casefold() == folded), key)
