"""Secrets written where the name of a component belongs, and the parts that a graph falls into."""

from dataclasses import replace

from tests.governance.inventory_making import (
    ELSEWHERE,
    FIRST,
    SECOND,
    THIRD,
    made,
    run_flow,
    stored,
)

from padguard.flow.build import build_flow
from padguard.foundation.masked import MASK
from padguard.governance.graph import FLOW, dependency_graph
from padguard.governance.inventory import Inventory, take_inventory
from padguard.governance.inventory_masking import without_secrets

SECRETS = ("Sesame-417!x", "Abrakadabra-9")


def queue(name: str) -> str:
    return f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{name}''' WorkQueueItems=> Items\r\n"


def masked(body: str, *secrets: str, searched: bool = True) -> Inventory:
    """Return the components of one flow in which some texts are secrets."""
    export = made(stored(FIRST, body))
    (desktop,) = export.desktop_flows
    flow = build_flow(FIRST, "Flow", desktop.script)
    starts = ((flow.script.text.index(one), one) for one in secrets)
    flow.secrets = tuple((at, at + len(one)) for at, one in starts) if searched else None
    return without_secrets(take_inventory(export, [flow]), [flow])


def test_no_part_of_a_component_holds_a_secret_and_keys_stay_apart():
    inventory = masked("".join(map(queue, SECRETS)), *SECRETS)
    shown = repr(inventory).casefold()
    assert [secret for secret in SECRETS if secret.casefold() in shown] == []
    assert [component.name for component in inventory.components] == [MASK, MASK]
    assert len(inventory.by_key) == 2


def test_a_secret_within_a_name_leaves_the_rest_to_be_read():
    (component,) = masked(queue(f"Orders {SECRETS[0]} at night"), SECRETS[0]).components
    assert component.name == f"Orders {MASK} at night"


def test_a_short_secret_masks_no_other_name():
    inventory = masked(f"SET A TO $'''x1'''\r\n{queue('ax1b')}{queue('x1')}", "x1")
    assert sorted(component.name for component in inventory.components) == ["ax1b", MASK]


def test_what_was_not_searched_is_masked_whole():
    (component,) = masked(queue("Orders"), searched=False).components
    assert (component.name, component.id) == (MASK, MASK)


def test_without_secrets_nothing_is_made_anew():
    export = made(stored(FIRST, queue("Orders")))
    flow = build_flow(FIRST, "Flow", export.desktop_flows[0].script)
    flow.secrets = ()
    inventory = take_inventory(export, [flow])
    assert without_secrets(inventory, [flow]) is inventory
    assert without_secrets(replace(inventory), []) == inventory


def test_a_graph_falls_into_parts_the_largest_first():
    export = made(
        stored(FIRST),
        stored(SECOND, run_flow(SECOND)),
        stored(THIRD, run_flow(ELSEWHERE)),
    )
    flows = [build_flow(flow.id, flow.name, flow.script) for flow in export.desktop_flows]
    parts = dependency_graph(take_inventory(export, flows)).parts()
    assert parts[f"{FLOW}:{THIRD}"] == parts[f"child-flow:{ELSEWHERE}"] == 0
    assert parts[f"{FLOW}:{FIRST}"] == parts[f"{FLOW}:{SECOND}"] == 1
