"""The Data flow view: where things are drawn, what a click does, what is saved."""

import random
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from padguard.analysis.graph import Edge, EdgeKind, Graph, Node, NodeKind, Spot, Step
from padguard.flow.model import Sensitivity
from padguard.ui.appearance import ThemeChoice
from padguard.ui.document import Place
from padguard.ui.opening import Source
from padguard.ui.theme import DARK, THEMES
from padguard.ui.views import dataflow_words
from padguard.ui.views.dataflow_scope import MOST_AT_ONCE, Scope, excerpt
from padguard.ui.views.graph_layers import Box, Side
from padguard.ui.views.graph_layout import lay_out

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SECRET = "Sesame-417!x"
SCRIPT = f"""@SENSITIVE: [Password]
@INPUT Password : {{ 'FriendlyName': 'Password', 'DefaultValue': '{SECRET}', 'Type': 'String' }}
SET Line TO $'''Server=db;Pwd=%Password%'''
SET 接続 TO Line
Display.ShowMessageDialog.ShowMessage Message: 接続
SET Clean TO 1
""".replace("\n", "\r\n")


@pytest.fixture
def window(opened):
    return opened(Source(text=SCRIPT, name="Night run"))


@pytest.fixture
def view(qtbot, window):
    window.actions_table["show-dataflow"].trigger()
    view = window.workspace.dataflow
    qtbot.waitUntil(lambda: bool(view.scene.nodes), timeout=20_000)
    return view


def item(view, name):
    return next(found for found in view.scene.nodes if dataflow_words.title(found.node) == name)


def click(view, point):
    where = view.canvas.mapFromScene(point)
    QTest.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)


# Where things are drawn


def boxes(count, lanes=1, seed=1):
    chance = random.Random(seed)
    sides = [Side.FIRST, Side.MIDDLE, Side.MIDDLE, Side.MIDDLE, Side.LAST]
    return [
        Box(str(n), 60 + chance.random() * 90, 40, n * lanes // count, sides[n % 5])
        for n in range(count)
    ]


def links(count, many, seed=2):
    chance = random.Random(seed)
    ends = ((chance.randrange(count), chance.randrange(count)) for _ in range(many))
    return sorted({(str(a), str(b)) for a, b in ends if a % 5 != 4 and b % 5 != 0 and a != b})


def overlaps(layout):
    placed = list(layout.boxes.values())
    for number, a in enumerate(placed):
        for b in placed[number + 1 :]:
            across = a.x < b.x + b.width and b.x < a.x + a.width
            down = a.y < b.y + b.height - 0.01 and b.y < a.y + a.height - 0.01
            if across and down:
                yield a, b


@pytest.mark.parametrize("lanes", [1, 4])
@pytest.mark.parametrize("many", [0, 30, 120])
def test_no_box_lies_on_another_and_each_stays_in_its_lane(lanes, many):
    given = boxes(40, lanes)
    layout = lay_out(given, links(40, many))
    assert set(layout.boxes) == {box.key for box in given}
    assert list(overlaps(layout)) == []
    for box in given:
        top, bottom = layout.lanes[box.lane]
        assert top <= layout.boxes[box.key].y
        assert layout.boxes[box.key].y + box.height <= bottom


def test_columns_grow_along_links_where_there_is_no_circle():
    forward = [(a, b) for a, b in links(60, 150) if int(a) < int(b)]
    layout = lay_out(boxes(60, 3), forward)
    assert all(layout.boxes[a].column < layout.boxes[b].column for a, b in forward)


def test_sources_stand_left_and_ends_right():
    layout = lay_out(boxes(40), links(40, 60))
    columns = {n: layout.boxes[str(n)].column for n in range(40)}
    assert {columns[n] for n in range(0, 40, 5)} == {0}
    assert {columns[n] for n in range(4, 40, 5)} == {max(columns.values())}


def test_circles_are_drawn_with_as_few_links_to_the_left_as_they_need():
    ring = [(str(n), str((n + 1) % 6)) for n in range(6)]
    layout = lay_out([Box(str(n), 80, 40, 0) for n in range(6)], ring)
    back = [r for r in layout.routes if r.points[-1][0] < r.points[0][0]]
    assert [(route.start, route.end) for route in back] == [("5", "0")]
    assert list(overlaps(layout)) == []


def test_the_layout_is_the_same_every_time():
    assert lay_out(boxes(50, 2), links(50, 90)) == lay_out(boxes(50, 2), links(50, 90))


def test_lines_end_at_their_boxes():
    layout = lay_out(boxes(30), links(30, 50))
    for route in layout.routes:
        for key, (x, y) in ((route.start, route.points[0]), (route.end, route.points[-1])):
            placed = layout.boxes[key]
            assert x in (pytest.approx(placed.x), pytest.approx(placed.x + placed.width))
            assert placed.y <= y <= placed.y + placed.height


def test_a_chain_of_two_thousand_nodes_is_laid_out():
    chain = [(str(n), str(n + 1)) for n in range(1999)] + [("0", str(n)) for n in range(2, 2000)]
    layout = lay_out([Box(str(n), 80, 40, 0) for n in range(2000)], chain)
    assert layout.boxes["1999"].column == 1999


def test_nothing_is_laid_out_as_nothing():
    assert lay_out([], []).boxes == {}


# Which part is drawn


def large(count):
    """Return a graph of many flows of ten variables each, one behind the other."""
    nodes = {
        f"v{n}": Node(
            *(f"v{n}", NodeKind.VARIABLE, f"f{n // 10}", f"Flow {n // 10}"),
            (Spot(f"f{n // 10}", variable=f"v{n}"),),
            f"v{n}",
            Sensitivity.EXPOSED,
        )
        for n in range(count)
    }
    step = (Step(EdgeKind.SET, Spot("f0", "Main", 0, 1)),)
    return Graph(nodes, tuple(Edge(f"v{n}", f"v{n + 1}", step) for n in range(count - 1)))


def test_a_large_graph_collapses_to_what_can_be_taken_in():
    small = excerpt(large(20), Place("f0"), None)
    assert (small.scope, len(small.graph.nodes)) == (Scope.WHOLE, 20)
    flow = excerpt(large(2000), Place("f3"), None)
    assert (flow.scope, len(flow.graph.nodes)) == (Scope.FLOW, 12)
    whole = excerpt(large(2500), Place("f3"), Scope.WHOLE)
    assert (len(whole.graph.nodes), whole.cut) == (2000, True)


def test_around_the_selection_lies_what_is_nearest():
    graph = large(200)
    nodes = {key: replace(node, flow_id="f0") for key, node in graph.nodes.items()}
    one_flow = Graph(nodes, graph.edges)
    part = excerpt(one_flow, Place("f0", "Main", 0), None)
    assert part.scope is Scope.AROUND
    assert part.cut
    assert len(part.graph.nodes) == MOST_AT_ONCE


# The view


def test_the_way_of_a_password_is_drawn_from_left_to_right(view):
    names = ("Marked input", "Password", "Line", "接続", "On the screen")
    assert [item(view, name).column for name in names] == [0, 1, 2, 3, 4]
    assert {edge.loses_mask for edge in view.scene.graph.edges} == {True, False}


def test_a_click_on_a_node_goes_to_its_variable(window, view):
    click(view, item(view, "Line").middle)
    place = window.document.place
    assert (place.variable, place.action) == ("Line", -1)
    assert item(view, "Line").chosen
    assert window.workspace.currentWidget() is view


def test_a_click_on_an_end_or_an_edge_goes_to_its_row(window, view):
    click(view, item(view, "On the screen").middle)
    assert window.document.place.action == 2
    start, end = item(view, "Password"), item(view, "Line")
    right = start.sceneBoundingRect().right() - 5
    left = end.sceneBoundingRect().left() + 5
    middle = start.middle
    middle.setX((left + right) / 2)
    click(view, middle)
    assert window.document.place.action == 0


def test_a_selection_made_elsewhere_is_shown(window, view):
    flow = window.document.session.flows[0]
    window.document.goTo(Place(flow.id, variable="Line"))
    assert [found.node.name for found in view.scene.nodes if found.chosen] == ["Line"]
    assert view.steps.currentItem().text(0) == "Line"
    window.document.goTo(Place(flow.id, "Main", 2))
    titles = {dataflow_words.title(f.node) for f in view.scene.nodes if f.chosen}
    assert titles == {"接続", "On the screen"}


def test_the_keyboard_goes_along_edges_and_enters(window, view):
    view.canvas.setFocus()
    view.canvas.go_to(item(view, "Password").node.key)
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.scene.current.node.name == "Line"
    assert "Line, Exposed" in view.canvas.accessibleDescription()
    assert window.document.place.variable != "Line"
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert window.document.place.variable == "Line"
    QTest.keyClick(view.canvas, Qt.Key.Key_Left)
    assert view.scene.current.node.name == "Password"
    QTest.keyClick(view.canvas, Qt.Key.Key_End)
    assert view.scene.current.node.is_end


def test_the_drawing_is_zoomed_and_fitted(view):
    view.canvas.fit()
    before = view.canvas.zoom
    QTest.keyClick(view.canvas, Qt.Key.Key_Plus)
    assert view.canvas.zoom > before
    assert view.bar.percent.text() == f"{round(view.canvas.zoom * 100)} %"
    QTest.keyClick(view.canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.canvas.zoom == pytest.approx(before)
    for _ in range(40):
        view.bar.larger.click()
    assert view.canvas.zoom <= 4


def test_the_list_says_the_steps_and_goes_to_them(window, view):
    window.document.goTo(Place(window.document.place.flow_id, variable="Line"))
    node = view.steps.currentItem()
    assert node.isExpanded()
    steps = [(node.child(n).text(0), node.child(n).text(1)) for n in range(node.childCount())]
    assert steps == [
        ("Line is set from Password", "Main, row 1"),
        ("接続 is set from Line", "Main, row 2"),
    ]
    view.steps.itemActivated.emit(node.child(1), 0)
    assert window.document.place.action == 1


def test_every_node_can_be_read_without_seeing_it(view):
    spoken = [
        view.steps.topLevelItem(n).data(0, Qt.ItemDataRole.AccessibleTextRole)
        for n in range(view.steps.topLevelItemCount())
    ]
    assert "Password, Marked. Night run" in spoken
    assert len(spoken) == len(view.scene.nodes)
    assert view.canvas.accessibleName()


def test_scopes_draw_more_or_less(window, view):
    window.document.goTo(Place(window.document.place.flow_id, variable="Password"))
    view.bar.scopes[Scope.AROUND].click()
    assert len(view.scene.nodes) == 5
    window.document.goTo(Place(window.document.place.flow_id, variable="Clean"))
    view.bar.scopes[Scope.FLOW].click()
    assert view.bar.scopes[Scope.FLOW].isChecked()
    assert len(view.scene.nodes) == 5


def test_saved_pictures_are_whole_and_hold_no_secret(view, tmp_path: Path, appearance):
    view.scene.tint(DARK)
    drawing, photo = tmp_path / "流れ.svg", tmp_path / "flow.PNG"
    view.save_picture(drawing)
    view.save_picture(photo)
    text = drawing.read_text(encoding="utf-8")
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}
    assert {"path", "text"} <= tags
    assert not tags & {"script", "image", "a", "foreignObject"}
    assert "Password" in text
    assert "接続" in text
    assert SECRET not in text
    image = QImage(str(photo))
    assert image.width() > 500
    assert image.pixelColor(0, 0).name() == "#ffffff"
    assert view.scene.style_shared.theme is DARK


def test_a_picture_that_cannot_be_written_is_told(window, view, tmp_path, qtbot):
    with qtbot.waitSignal(window.document.failed):
        view.save_picture(tmp_path / "missing" / "flow.svg")


def test_the_drawing_follows_a_change(qtbot, window, view):
    flow = window.document.session.flows[0]
    window.document.mark(flow.id, ["Line"], sensitive=True)
    qtbot.waitUntil(
        lambda: item(view, "Line").node.sensitivity is Sensitivity.MARKED, timeout=20_000
    )


@pytest.mark.parametrize("choice", list(ThemeChoice))
def test_the_drawing_wears_every_theme(window, view, choice):
    window.preferences.choose_theme(choice)
    assert view.scene.style_shared.theme in THEMES
    assert not view.grab().isNull()


def test_what_to_do_is_said_where_there_is_nothing_to_draw(qtbot, opened):
    window = opened(Source(text="@SENSITIVE: []\nSET A TO 1\n", name="Plain"))
    window.actions_table["show-dataflow"].trigger()
    view = window.workspace.dataflow
    qtbot.waitUntil(lambda: "Ctrl+M" in view.message.text(), timeout=20_000)
    assert view.pages.currentIndex() == 1
    assert not view.bar.save.isEnabled()


def test_the_largest_real_flow_is_drawn_in_part(qtbot, opened, corpus):
    window = opened(Source(corpus / "solutions" / "PADFramework_1_1_12501_241.zip"))
    window.actions_table["show-dataflow"].trigger()
    view = window.workspace.dataflow
    largest = max(window.document.session.flows, key=lambda flow: len(flow.actions))
    window.document.goTo(Place(largest.id))
    qtbot.waitUntil(lambda: bool(view.scene.nodes), timeout=60_000)
    assert 0 < len(view.scene.nodes) <= MOST_AT_ONCE
    assert view.notice.text()
    view.bar.scopes[Scope.WHOLE].click()
    qtbot.waitUntil(lambda: len(view.scene.nodes) > MOST_AT_ONCE, timeout=60_000)
