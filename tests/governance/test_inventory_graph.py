"""What needs what: nodes in layers, circles, what is missing, and that a view can draw it."""

from pathlib import Path

import pytest
from tests.governance.inventory_making import (
    ELSEWHERE,
    FIRST,
    QUEUE,
    SECOND,
    THIRD,
    inventory_of,
    made,
    run_flow,
    stored,
    taken,
)

from padguard.analysis.cloud import CloudRun
from padguard.exports.model import CloudFlow
from padguard.governance.graph import FLOW, Graph, dependency_graph
from padguard.ui.views.graph_layers import Box
from padguard.ui.views.graph_layout import lay_out

ITEMS = f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{QUEUE}''' WorkQueueItems=> Items\r\n"


def graph_of(*flows, runs=(), **parts) -> Graph:
    return dependency_graph(taken(made(*flows, **parts), runs))


def layers(graph):
    return {node.key.rpartition(":")[2]: node.layer for node in graph.nodes}


def test_everything_stands_behind_what_needs_it():
    cloud = CloudFlow("c1", "Nightly", "Workflows/c.json", {})
    run = CloudRun(cloud, "Run it", FIRST, (), secure_inputs=False, secure_outputs=False)
    graph = graph_of(
        stored(FIRST, run_flow(SECOND) + ITEMS),
        stored(SECOND, run_flow(ELSEWHERE) + ITEMS),
        stored(THIRD),
        runs=[run],
        cloud_flows=(cloud,),
    )
    assert layers(graph) == {"c1": 0, THIRD: 0, FIRST: 1, SECOND: 2, ELSEWHERE: 3, QUEUE: 3}
    assert [node.layer for node in graph.nodes] == sorted(node.layer for node in graph.nodes)
    assert [node.flow_id for node in graph.nodes if node.missing] == ["", ""]
    assert not any(node.recursive for node in graph.nodes)
    assert not any(edge.recursive for edge in graph.edges)


def test_edges_count_rows_and_each_pair_has_one():
    graph = graph_of(stored(FIRST, run_flow(SECOND) * 3 + f"DISABLE {ITEMS}"), stored(SECOND))
    run, queue = sorted(graph.edges, key=lambda edge: -edge.count)
    assert (run.start, run.end, run.count) == (f"{FLOW}:{FIRST}", f"{FLOW}:{SECOND}", 3)
    assert [use.row for use in run.uses] == [1, 2, 3]
    assert (queue.count, queue.disabled, run.disabled) == (1, True, False)


def test_flows_that_run_each_other_are_marked():
    graph = graph_of(
        stored(FIRST, run_flow(SECOND)),
        stored(SECOND, run_flow(THIRD) + ITEMS),
        stored(THIRD, run_flow(SECOND)),
    )
    recursive = {node.flow_id: node.recursive for node in graph.nodes if node.flow_id}
    assert recursive == {FIRST: False, SECOND: True, THIRD: True}
    assert {(edge.start[-1], edge.end[-1]) for edge in graph.edges if edge.recursive} == {
        ("2", "3"),
        ("3", "2"),
    }
    assert layers(graph) == {FIRST: 0, SECOND: 1, THIRD: 1, QUEUE: 2}


def test_a_flow_that_runs_itself():
    (edge,) = (graph := graph_of(stored(FIRST, run_flow(FIRST)))).edges
    assert edge.recursive
    assert edge.start == edge.end
    assert graph.nodes[0].recursive


def test_a_long_chain_of_flows():
    ids = [f"0a1b2c3d-0000-4000-8000-{number:012x}" for number in range(1500)]
    flows = [
        stored(here, run_flow(there)) for here, there in zip(ids, [*ids[1:], ids[0]], strict=True)
    ]
    assert all(node.recursive for node in graph_of(*flows).nodes)
    straight = graph_of(*flows[:-1])
    assert [node.layer for node in straight.nodes] == list(range(1500))


def test_around_a_node():
    graph = graph_of(
        stored(FIRST, run_flow(SECOND)), stored(SECOND, ITEMS), stored(THIRD, run_flow(ELSEWHERE))
    )
    near = graph.around(f"{FLOW}:{SECOND}")
    assert {node.key.rpartition(":")[2] for node in near.nodes} == {FIRST, SECOND, QUEUE}
    assert len(near.edges) == 2


@pytest.mark.parametrize(
    "name", ["PADFramework_1_1_12501_241.zip", "ConstructionFunding_1_0_0_5.zip"]
)
def test_real_graphs_can_be_laid_out(corpus: Path, name: str):
    graph = dependency_graph(inventory_of(corpus / "solutions" / name))
    layout = lay_out([Box(node.key, 120, 32, 0) for node in graph.nodes], graph.links)
    assert layout.boxes.keys() == graph.by_key.keys()
    assert len(layout.routes) == len(graph.edges)


def test_a_connector_hangs_on_its_reference(sample: Path):
    graph = dependency_graph(inventory_of(sample))
    to_connector = [edge for edge in graph.edges if edge.end == "connector:shared_office365"]
    assert [edge.start for edge in to_connector] == ["connection-reference:nfd_invoicedesk_mail"]
