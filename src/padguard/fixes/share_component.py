"""Says how people get access to a component that a flow needs."""

from collections.abc import Iterator

from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Instruction, Plan
from padguard.foundation.messages import Message, mark
from padguard.governance.access_components import LOOK_AT_ROWS, SHARED
from padguard.governance.access_facts import ACCESS
from padguard.governance.access_model import USER_ROLE
from padguard.governance.components import Component, Presence

TITLE = mark("fixes", "Give access to it")
FIND_OUT = mark("fixes", "Find out which one is used")
MANAGED = mark("fixes", "Access is managed here: {managed}.")
RUNS = mark("fixes", "Whoever runs the flow: {need}")
CHANGES = mark("fixes", "Whoever changes the flow as well: {need}")
ACCEPT = mark("fixes", "When everybody has access, accept this finding and note who has.")
NOT_KNOWN = mark("fixes", "The component is no longer among those that the flow needs.")

_UNSURE = (Presence.RUN_TIME, Presence.UNKNOWN)


def component_of(case: Case) -> Component | None:
    """Return the component that a finding is about, or None."""
    known, key = case.inspection.inventory.by_key, case.finding.key
    return known.get(key) or known.get(key.rpartition("|")[0])


def _plan(case: Case) -> Plan:
    component = component_of(case)
    if component is None:
        raise NotPossibleError(NOT_KNOWN)
    return Plan(steps=tuple(_steps(case, component)))


def _steps(case: Case, component: Component) -> Iterator[Instruction]:
    access = ACCESS[component.type]
    pages = [f"{source.title} ({source.page})" for source in access.sources if source.page]
    page = pages[-1] if pages else ""
    if component.presence in _UNSURE:
        rows = (step.place for step in case.finding.path if step.place.action >= 0)
        yield Instruction(LOOK_AT_ROWS, next(rows, None))
    elif access.steps:
        role = SHARED.get(component.type) or USER_ROLE
        for step in access.steps:
            yield Instruction(step(name=component.title, role=role), source=page)
    else:
        yield Instruction(MANAGED(managed=access.managed), source=page)
    yield Instruction(RUNS(need=access.user), source=page)
    yield Instruction(CHANGES(need=access.co_owner), source=page)
    yield Instruction(ACCEPT)


def _title(case: Case) -> Message:
    component = component_of(case)
    return FIND_OUT if component is not None and component.presence in _UNSURE else TITLE


RECIPE = Recipe("share-component", ("PG401",), Applicability.GUIDED, _title, _plan)
