"""Policies of our own making, shaped as Get-DlpPolicy and the policies API print them."""

import json
from copy import deepcopy
from typing import Any

from padguard.governance.policy import Policy
from padguard.governance.policy_reading import parse_policies

MODULE = "providers/Microsoft.ProcessSimple/operationGroups/DesktopFlow."
CONNECTOR = "/providers/Microsoft.PowerApps/apis/"

Json = Any


def connector(name: str) -> Json:
    """Return an entry of a group: a connector if its name starts so, else a module."""
    if name.startswith("shared_"):
        kind = "providers/Microsoft.PowerApps/apis"
        return {"id": CONNECTOR + name, "name": name, "type": kind}
    kind = "Microsoft.ProcessSimple/operationGroups"
    return {"id": MODULE + name, "name": name, "type": kind}


def flat(
    title: str = "Contoso",
    default: str | None = "General",
    *,
    business: str = "",
    general: str = "",
    blocked: str = "",
    scope: str = "AllEnvironments",
    environments: str = "",
) -> Json:
    """Return a flat policy; groups and environments are named with spaces between."""
    prefix = "/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/"
    found: Json = {
        "name": f"{title.lower()}-0000-4000-8000-000000000001",
        "displayName": title,
        "defaultConnectorsClassification": default,
        "connectorGroups": [
            {"classification": word, "connectors": [connector(name) for name in names.split()]}
            for word, names in (
                ("Confidential", business),
                ("General", general),
                ("Blocked", blocked),
            )
        ],
        "environmentType": scope,
        "environments": [
            {
                "id": prefix + name,
                "name": name,
                "type": "Microsoft.BusinessAppPlatform/scopes/environments",
            }
            for name in environments.split()
        ],
        "createdBy": {"displayName": "Ada"},
        "createdTime": "2026-01-05T09:00:00Z",
        "lastModifiedBy": {"displayName": "Ada"},
        "lastModifiedTime": "2026-01-05T09:00:00Z",
        "etag": "5f0c",
        "isLegacySchemaVersion": False,
    }
    if default is None:
        del found["defaultConnectorsClassification"]
    return found


def actions(group: str, *rules: str, default: str = "Allow") -> Json:
    """Return rules for single actions: ``Allow Id`` or ``Block Id``."""
    return {
        "connectorId": connector(group)["id"],
        "actionRules": [
            {"actionId": rule.split()[1], "behavior": rule.split()[0]} for rule in rules
        ],
        "defaultConnectorActionRuleBehavior": default,
    }


def endpoints(group: str, *rules: str) -> Json:
    """Return rules for addresses: ``Allow pattern`` or ``Deny pattern``, in their order."""
    return {
        "connectorId": connector(group)["id"],
        "endpointRules": [
            {"order": order, "behavior": rule.partition(" ")[0], "endPoint": rule.partition(" ")[2]}
            for order, rule in enumerate(rules, 1)
        ],
    }


def configurations(*parts: Json) -> Json:
    """Return connector configurations as their cmdlet prints them."""
    copies = deepcopy(parts)
    return {
        "connectorActionConfigurations": [part for part in copies if "actionRules" in part],
        "endpointConfigurations": [part for part in copies if "endpointRules" in part],
    }


def split(policy: Json, *parts: Json, patterns: Json = ()) -> Json:
    """Return a policy as the policies API gives it."""
    rules = [*patterns, {"order": 9, "customConnectorRuleClassification": "Ignore", "pattern": "*"}]
    return {
        "policyDefinition": policy,
        "connectorConfigurationsDefinition": configurations(*parts),
        "customConnectorUrlPatternsDefinition": {"rules": rules},
    }


def read(*values: Json) -> tuple[Policy, ...]:
    """Return what is read of policies, each in a file of its own."""
    return tuple(
        policy
        for value in values
        for policy in parse_policies(json.dumps(value).encode(), "p.json")
    )
