"""The graph of how sensitive values travel says what the scripts do, and no more."""

from dataclasses import replace

import pytest

from padguard.analysis.graph import Edge, EdgeKind, Graph, Node, NodeKind, Spot, Step
from padguard.analysis.graph_building import build_graph
from padguard.analysis.trace import SourceKind
from padguard.exports.open import open_text
from padguard.flow.build import build_flow
from padguard.foundation.errors import CancelledError
from padguard.foundation.progress import Progress
from padguard.session.session import Session

MARKED = "@SENSITIVE: [Pw]\n@INPUT Pw : { 'FriendlyName': 'Pw', 'Type': 'String' }\n"
SHOW = "Display.ShowMessageDialog.ShowMessage Message: "
CHILD = "11111111-1111-1111-1111-111111111111"


def inspected(session):
    session.analyse()
    assert session.inspection is not None
    return session.inspection


def graph_of(text):
    return build_graph(inspected(Session(open_text(text, "Flow"))))


def called(node):
    if node.kind is NodeKind.VARIABLE:
        return node.name
    if node.kind is NodeKind.SOURCE:
        return f"source {node.source.name}"
    return f"{node.kind.name} {node.channel.value if node.channel else ''}".strip()


def lines(graph):
    """Return the edges in shorthand; ! where the mask is lost."""
    return [
        f"{called(graph.nodes[edge.start])} {'!' if edge.loses_mask else ''}"
        f"{'+'.join(step.kind.name for step in edge.steps)}> {called(graph.nodes[edge.end])}"
        for edge in graph.edges
    ]


def test_a_value_travels_from_its_source_through_variables_to_where_it_is_seen():
    graph = graph_of(MARKED + f"SET A TO Pw\nSET B TO A\n{SHOW}B\n")
    assert lines(graph) == [
        "source MARKED GIVEN> Pw",
        "A SET> B",
        "B SHOWN> SINK screen",
        "Pw !SET> A",
    ]
    node = graph.nodes["variable|||a"]
    assert node.spots == (Spot("", variable="A"),)


def test_rows_that_do_the_same_are_one_edge():
    graph = graph_of(MARKED + "IF X = 1 THEN\nSET A TO Pw\nELSE\nSET A TO Pw\nEND\n")
    edge = next(edge for edge in graph.edges if edge.loses_mask)
    assert [step.spot.row for step in edge.steps] == [2, 4]


def test_an_action_that_carries_is_an_edge_and_one_that_joins_two_is_two():
    text = "@SENSITIVE: [P, Q]\n@INPUT P : { 'Type': 'String' }\n@INPUT Q : { 'Type': 'String' }\n"
    graph = graph_of(text + "SET A TO P + Q\nText.Trim Text: A TrimmedText=> B\n")
    assert "P !SET> A" in lines(graph)
    assert "Q !SET> A" in lines(graph)
    assert "A CARRIED> B" in lines(graph)


def test_marked_variables_that_are_set_from_each_other_keep_their_edge():
    graph = graph_of(MARKED.replace("[Pw]", "[Pw, Copy]") + "SET Copy TO Pw\n")
    assert "Pw SET> Copy" in lines(graph)


def test_what_is_cleared_is_shown_nowhere():
    graph = graph_of(MARKED + f"SET A TO Pw\nSET A TO 'x'\n{SHOW}A\n")
    assert not any(node.kind is NodeKind.SINK for node in graph.nodes.values())


def test_the_user_name_of_a_credential_goes_nowhere_its_password_does():
    text = (
        "@SENSITIVE: []\n"
        "PowerAutomateSecretVariables.GetCredential CredentialName: 'c' Credential=> Login\n"
        "SET User TO Login.Username\nSET Secret TO Login.Password\n"
    )
    graph = graph_of(text)
    assert graph.at_variable("", "secret")
    assert not graph.at_variable("", "User")
    source = next(node for node in graph.nodes.values() if node.kind is NodeKind.SOURCE)
    assert source.source is SourceKind.RESULT


def test_a_secret_that_is_used_as_one_serves_its_purpose():
    zipping = "Compression.ZipFiles ArchivePath: 'a.zip' FilesToZip: 'b' Password: Pw\n"
    graph = graph_of(MARKED + zipping)
    kinds = {node.kind for node in graph.nodes.values()}
    assert NodeKind.SINK not in kinds
    assert any(line.startswith("Pw USED> PURPOSE") for line in lines(graph))


def test_a_hard_coded_secret_is_a_source_and_the_graph_does_not_hold_it():
    graph = graph_of(f"@SENSITIVE: []\nSET Password TO 'Sesame-417!x'\n{SHOW}Password\n")
    assert "source SECRET GIVEN> Password" in lines(graph)
    assert "Sesame" not in repr(graph)


def test_values_pass_into_child_flows_and_come_back(story):
    parent = MARKED + f"External.RunFlow FlowId: '{CHILD}' @Inner: Pw @Result=> Back\n{SHOW}Back\n"
    child = (
        "@SENSITIVE: []\n@INPUT Inner : { 'FriendlyName': 'Inner', 'Type': 'String' }\n"
        "@OUTPUT Result : { 'FriendlyName': 'Result', 'Type': 'String' }\nSET Result TO Inner\n"
    )
    found = story({"parent": parent, CHILD: child})
    other = inspected(Session(open_text(parent, "Flow")))
    graph = build_graph(replace(other, flows=found.flows, travels=(found.travel,)))
    assert "Pw !PASSED> Inner" in lines(graph)
    assert "Result RETURNED> Back" in lines(graph)
    passed = next(e for e in graph.edges if e.steps[0].kind is EdgeKind.PASSED)
    assert passed.steps[0].spot.flow_id == "parent"


def test_every_caller_of_a_child_flow_has_its_edge(story):
    parent = MARKED + f"External.RunFlow FlowId: '{CHILD}' @Inner: Pw\n"
    child = "@SENSITIVE: []\n@INPUT Inner : { 'FriendlyName': 'Inner', 'Type': 'String' }\nEXIT\n"
    found = story({"one": parent, "two": parent.replace("Pw", "Pin"), CHILD: child})
    other = inspected(Session(open_text(parent, "Flow")))
    graph = build_graph(replace(other, flows=found.flows, travels=(found.travel,)))
    assert {"Pw !PASSED> Inner", "Pin !PASSED> Inner"} <= set(lines(graph))


def test_a_flow_that_is_not_in_the_export_is_where_the_way_ends():
    graph = graph_of(MARKED + f"External.RunFlow FlowId: '{CHILD}' @Inner: Pw\n")
    assert "Pw LEFT> OUTSIDE" in lines(graph)


def test_the_same_export_gives_the_same_graph(sample):
    graphs = [build_graph(inspected(Session.open(sample))) for _ in range(2)]
    assert graphs[0] == graphs[1]
    assert list(graphs[0].nodes) == list(graphs[1].nodes)


def test_building_can_be_cancelled(sample):
    inspection = inspected(Session.open(sample))
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        build_graph(inspection, progress)


def ring(count):
    """Return a graph of a circle, with a tail behind its first node."""
    names = [f"n{number}" for number in range(count)]
    nodes = {
        name: Node(name, NodeKind.VARIABLE, "f", "F", (Spot("f", variable=name),), name)
        for name in (*names, "tail")
    }
    step = (Step(EdgeKind.SET, Spot("f", "Main", 3, 4)),)
    pairs = [*zip(names, [*names[1:], names[0]], strict=True), ("n0", "tail")]
    return Graph(nodes, tuple(Edge(start, end, step) for start, end in pairs))


def test_around_a_node_lies_what_leads_there_and_what_it_leads_to():
    graph = ring(4)
    assert set(graph.around({"tail"}).nodes) == set(graph.nodes)
    assert set(graph.around({"n2"}, most=3).nodes) == {"n1", "n2", "n3"}
    assert graph.around(()).nodes == {}
    assert set(graph.with_neighbours({"n2"}).nodes) == {"n1", "n2", "n3"}


def test_a_row_touches_the_nodes_that_values_travel_between_by_it():
    text = MARKED + f"SET A TO Pw\n{SHOW}A\n"
    graph = graph_of(text)
    flow = build_flow("", "Flow", text)
    assert {called(graph.nodes[key]) for key in graph.at_row("", 0)} == {"Pw", "A"}
    shown = graph.at_row("", flow.actions[1].index)
    assert {called(graph.nodes[key]) for key in shown} == {"A", "SINK screen"}
    assert graph.at_row("", 99) == set()
