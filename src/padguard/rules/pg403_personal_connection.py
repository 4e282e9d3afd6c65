"""PG403: a flow works through the connection of a person.

What it finds:
    Connection references whose connection is called by an e-mail address. Addresses that say
    of themselves that they belong to a service (`svc-`, `robot`, `noreply` and the like) are
    left out.

Why it matters:
    The flow acts with that person's rights, and stops when they change their password or
    leave. Their address travels with the export.

Fixes:
    Connect with an account made for the automation, and choose it for the connection
    reference in the environment that the export goes to.

Source:
    What exports hold of connections (`connectionDisplayName`); "Share desktop flows that
    contain connector actions": each connection belongs to one user.
"""

import re
from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import mark
from padguard.governance.components import Component, ComponentType
from padguard.rules.components import component_finding, flow_names
from padguard.rules.finding import Finding, Severity
from padguard.rules.rule import Rule

PERSONAL = mark(
    "rules", "The connection reference “{name}” in {flows} works through the account {account}."
)
WHY = mark("rules", "The name of its connection is an e-mail address, as that of a person is.")

_ADDRESS = re.compile(r"([^@\s]+)@[^@\s]+\.[^@\s]+")
_LETTERS = re.compile(r"[a-z]+")
_SERVICE = frozenset(
    {"automation", "bot", "flow", "noreply", "robot", "rpa", "service", "svc", "system"}
)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every person's account behind a connection reference."""
    inventory = inspection.inventory
    for component in inventory.of_type(ComponentType.CONNECTION_REFERENCE):
        flows = flow_names(inventory, component)
        for account in _persons(component):
            message = PERSONAL(name=component.title, flows=flows, account=account)
            detail = account.casefold()
            yield component_finding(inspection, component, message, WHY, 0.6, detail)


def _persons(component: Component) -> Iterator[str]:
    accounts = {one.account.casefold(): one.account for one in component.connections}
    for account in accounts.values():
        address = _ADDRESS.fullmatch(account.strip())
        if address and _SERVICE.isdisjoint(_LETTERS.findall(address[1].casefold())):
            yield account


RULE = Rule(
    "PG403",
    "personal-connection",
    Severity.LOW,
    mark("rules", "A flow works through the connection of a person"),
    check,
    __doc__ or "",
)
