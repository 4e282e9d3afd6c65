"""The Components view: what the table lists, where clicks go, what is drawn, what is saved."""

import csv
import io
import json
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from tests.governance.inventory_making import (
    ELSEWHERE,
    FIRST,
    QUEUE,
    SECOND,
    THIRD,
    made,
    run_flow,
    stored,
)

from padguard.exports.model import Export
from padguard.foundation.masked import MASK
from padguard.governance.components import ComponentType, Presence
from padguard.governance.graph import FLOW, Edge
from padguard.session.session import Session
from padguard.ui.appearance import ThemeChoice
from padguard.ui.document import Analysis, Place
from padguard.ui.opening import Source
from padguard.ui.theme import DARK, THEMES
from padguard.ui.views.components_graph import Scope
from padguard.ui.views.components_model import NAME, PRESENCE, TYPE, USED, ComponentsModel, Filter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG = "請求書の承認と支払いの夜間処理 (Rechnungsfreigabe und Zahlungslauf, jede Nacht)"
SECRET = "Sesame-417!x"
QUEUED = f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{QUEUE}''' WorkQueueItems=> Items\r\n"
DECIDED = "WorkQueues.GetWorkQueueItems WorkQueue: Wanted WorkQueueItems=> Items\r\n"


@dataclass(frozen=True)
class Made(Source):
    """An export made in memory."""

    export: Export | None = None

    def open(self, progress):
        assert self.export is not None
        return Session(self.export, progress)


def export():
    """Return flows that run each other, a missing one, and a queue that two of them use."""
    return made(
        stored(FIRST, run_flow(SECOND) + "SET Wanted TO 1\r\n" + DECIDED + QUEUED, LONG),
        stored(SECOND, run_flow(FIRST) + run_flow(ELSEWHERE) + QUEUED + QUEUED, "Book"),
        stored(THIRD, f"DISABLE {run_flow(THIRD)}", "Again"),
    )


def components(window, qtbot):
    window.actions_table["show-components"].trigger()
    view = window.workspace.components
    qtbot.waitUntil(lambda: view.pages.currentIndex() == 0, timeout=20_000)
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)
    return view


@pytest.fixture
def window(show):
    return show(Made(name="Made", export=export()))


@pytest.fixture
def view(window, qtbot):
    return components(window, qtbot)


def row(view, name):
    """Return the index of the component with a name."""
    model = view.table.list.components
    return next(
        index
        for number in range(model.rowCount())
        if name in (index := model.index(number, 0)).siblingAtColumn(NAME).data()
    )


def choose(view, index):
    tree = view.table.list
    tree.scrollTo(index)
    QTest.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center()
    )


def chosen(view):
    return view.table.list.currentIndex().siblingAtColumn(NAME).data()


def texts(model, parent=QModelIndex()):  # noqa: B008 - the invalid index is a constant
    return [model.index(number, NAME, parent).data() for number in range(model.rowCount(parent))]


# The table


def test_every_component_is_listed_with_icon_word_and_place(view):
    model = view.table.list.components
    assert texts(model) == [
        ELSEWHERE,
        "Again",
        "Book",
        LONG,
        "(decided at run time by Wanted)",
        QUEUE,
    ]
    index = row(view, ELSEWHERE)
    assert index.data() == "Child desktop flow"
    assert index.siblingAtColumn(PRESENCE).data() == "Not in this export"
    assert row(view, "run time").siblingAtColumn(PRESENCE).data() == "Decided at run time"
    assert row(view, QUEUE).siblingAtColumn(USED).data() == "Flows: 2 · rows: 3"
    assert texts(model, row(view, QUEUE)) == [
        f"{LONG} › Main › row 4",
        "Book › Main › row 3",
        "Book › Main › row 4",
    ]
    header = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert header[4:] == [
        "Dataverse table",
        "Where access is managed",
        "What a user needs",
        "What a co-owner needs",
        "Sources",
    ]
    assert all(index.siblingAtColumn(column).data() for column in range(model.columnCount()))


def test_the_model_keeps_the_rules_of_models(view, qtmodeltester):
    model = view.table.list.components
    tester = QAbstractItemModelTester(model)
    for wanted in (Filter("book"), Filter(presences=frozenset({Presence.MISSING})), Filter()):
        model.set_filter(wanted)
    for column in range(model.columnCount()):
        model.sort(column, Qt.SortOrder.DescendingOrder)
    qtmodeltester.check(model)
    assert tester.model() is model
    assert ComponentsModel().rowCount() == 0


def test_a_click_on_a_component_goes_to_its_row(window, view):
    choose(view, row(view, QUEUE))
    place = window.document.place
    assert (place.flow_id, place.subflow, place.action) == (FIRST, "Main", 3)
    assert window.workspace.currentWidget() is view
    assert QUEUE in view.table.page.toPlainText()


def test_each_place_is_one_click_away(window, view):
    index = row(view, QUEUE)
    view.table.list.expand(index)
    choose(view, view.table.list.components.index(2, NAME, index))
    assert (window.document.place.flow_id, window.document.place.action) == (SECOND, 3)
    assert chosen(view) == "Book › Main › row 4"  # and it stays where the person is
    assert "Book › Main › row 3" in view.table.page.toPlainText()


def test_the_links_of_the_page_go_to_rows(window, view):
    choose(view, row(view, QUEUE))
    place = next(place for place in view.table.page._targets if place.action == 2)
    view.table.page.follow_target(place)
    assert (window.document.place.flow_id, window.document.place.action) == (SECOND, 2)


def test_a_row_chosen_elsewhere_selects_its_component_and_nothing_moves(window, view):
    window.document.goTo(Place(SECOND, "Main", 1))
    assert chosen(view) == ELSEWHERE
    assert window.document.place == Place(SECOND, "Main", 1)
    assert [item.key for item in view.graph.scene.nodes if item.chosen] in (
        [],  # nothing is drawn before the drawing is looked at
        [f"child-flow:{ELSEWHERE}"],
    )
    window.document.goTo(Place(FIRST, "Main", 1))
    assert chosen(view) is None  # that row refers to nothing
    assert window.document.place == Place(FIRST, "Main", 1)
    window.document.goTo(Place(SECOND, "Main", 1))
    window.document.goTo(Place(SECOND))
    assert chosen(view) == ELSEWHERE  # a flow is no row: what was looked at stays


def test_the_keyboard_goes_through_the_table_and_enters(window, view):
    tree = view.table.list
    choose(view, row(view, "Book"))
    QTest.keyClick(tree, Qt.Key.Key_End)
    assert chosen(view) == QUEUE
    assert window.document.place.flow_id == FIRST
    QTest.keyClick(tree, Qt.Key.Key_Right)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert (window.document.place.flow_id, window.document.place.action) == (SECOND, 2)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert window.workspace.currentWidget() is window.workspace.flow


def test_filters_narrow_and_say_how_much(view, qtbot):
    bar, model = view.table.bar, view.table.list.components
    bar.field.setText("book")
    qtbot.waitUntil(lambda: len(model.shown) < 6)
    assert [words for words in texts(model) if words != "Book"] == [ELSEWHERE, LONG, QUEUE]
    bar.field.clear()
    bar.presences[Presence.RUN_TIME].click()
    qtbot.waitUntil(lambda: len(model.shown) == 1)
    assert bar._remark.text() == "1 of 6"
    bar.types[ComponentType.CHILD_FLOW].click()
    qtbot.waitUntil(lambda: not model.shown)
    assert "Clear it" in view.table.remark.text()
    assert bar.types[ComponentType.CHILD_FLOW].text() == "Child desktop flow 4"
    assert bar.types[ComponentType.AI_MODEL].isHidden()


def test_a_row_is_copied_as_it_is_shown(view):
    choose(view, row(view, QUEUE))
    QTest.keyClick(view.table.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith(f"Work queue\t{QUEUE}\t")


def test_the_command_gives_the_keyboard_to_the_part_in_front(window, view, qtbot):
    for part in (view.graph, view.access, view.table):
        view.tabs.setCurrentWidget(part)
        window.workspace.explorer.setFocus()
        window.actions_table["show-components"].trigger()
        qtbot.waitUntil(part.focusProxy().hasFocus)


def test_find_goes_to_the_filter(window, view):
    view.tabs.setCurrentWidget(view.graph)
    window.actions_table["find"].trigger()
    assert view.tabs.currentWidget() is view.table


def test_the_table_follows_a_change(window, view, qtbot):
    choose(view, row(view, QUEUE))
    before = view._taken
    window.document.mark(FIRST, ["Wanted"], sensitive=True)
    qtbot.waitUntil(lambda: window.document.session.modified, timeout=20_000)
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)
    assert view._read is window.document.inspection
    assert view._taken is before  # the same components: nothing on the screen moves
    assert chosen(view) == QUEUE


def test_the_table_is_saved_as_csv_and_json(view, window, tmp_path, qtbot):
    table, objects = tmp_path / "部品.csv", tmp_path / "components.json"
    view.save_table(table)
    view.save_table(objects)
    qtbot.waitUntil(lambda: objects.exists() and window.jobs.current is None, timeout=20_000)
    rows = list(csv.DictReader(io.StringIO(table.read_bytes().decode("utf-8-sig"), newline="")))
    assert [one["Row"] for one in rows if one["Id"] == QUEUE] == ["4", "3", "4"]
    (shown,) = json.loads(objects.read_text(encoding="utf-8"))["exports"]
    assert len(shown["components"]) == 6
    assert shown["dependencies"]["edges"]


def test_a_file_that_cannot_be_written_is_told(window, view, tmp_path, qtbot):
    with qtbot.waitSignal(window.document.failed, timeout=20_000):
        view.save_table(tmp_path / "missing" / "table.csv")
    view.tabs.setCurrentWidget(view.graph)
    with qtbot.waitSignal(window.document.failed, timeout=20_000):
        view.save_picture(tmp_path / "missing" / "drawing.svg")


# The drawing


@pytest.fixture
def graph(view):
    view.tabs.setCurrentWidget(view.graph)
    return view.graph


def item(graph, key):
    found = graph.scene.item_of(key)
    assert found is not None, key
    return found


def click(graph, point):
    where = graph.canvas.mapFromScene(point)
    QTest.mouseClick(graph.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_flows_and_what_they_need_are_drawn_and_odd_ones_marked_in_words(graph):
    faces = {one.key: one.face for one in graph.scene.nodes}
    assert set(faces) == {
        *(f"{FLOW}:{key}" for key in (FIRST, SECOND, THIRD)),
        f"child-flow:{ELSEWHERE}",
        f"work-queue:{QUEUE}",
        f"work-queue:{FIRST}:wanted",
    }
    missing = faces[f"child-flow:{ELSEWHERE}"]
    assert (missing.detail, missing.sign, missing.dashed) == (
        "Child desktop flow · Not in this export",
        "missing",
        True,
    )
    again = faces[f"{FLOW}:{FIRST}"]
    assert (again.detail, again.sign) == ("Desktop flow · Runs itself", "recursive")
    decided = faces[f"work-queue:{FIRST}:wanted"]
    assert (decided.sign, decided.dashed) == ("run-time", True)
    assert not faces[f"{FLOW}:{SECOND}"].dashed
    lines = {(one.line.start, one.line.end): one.line for one in graph.scene.lines}
    assert lines[f"{FLOW}:{FIRST}", f"{FLOW}:{SECOND}"].sign == "recursive"
    assert lines[f"{FLOW}:{SECOND}", f"{FLOW}:{FIRST}"].sign == "recursive"
    assert lines[f"{FLOW}:{THIRD}", f"{FLOW}:{THIRD}"].dashed  # switched off, and to itself
    assert lines[f"{FLOW}:{SECOND}", f"work-queue:{QUEUE}"].count == 2


def test_a_click_on_a_box_selects_it_everywhere(window, view, graph):
    click(graph, item(graph, f"work-queue:{QUEUE}").middle)
    assert (window.document.place.flow_id, window.document.place.action) == (FIRST, 3)
    assert chosen(view) == QUEUE
    click(graph, item(graph, f"work-queue:{QUEUE}").middle)
    assert (window.document.place.flow_id, window.document.place.action) == (SECOND, 2)
    click(graph, item(graph, f"{FLOW}:{THIRD}").middle)
    assert window.document.place == Place(THIRD)
    assert [one.key for one in graph.scene.nodes if one.chosen] == [f"{FLOW}:{THIRD}"]
    assert window.workspace.currentWidget() is view


def test_a_click_on_a_line_goes_through_its_rows(window, graph):
    edge = next(
        one.line.what
        for one in graph.scene.lines
        if isinstance(one.line.what, Edge) and one.line.count == 2
    )
    places = []
    for _ in range(3):
        graph.canvas.chosen.emit(edge)
        places.append(window.document.place.action)
    assert places == [2, 3, 2]


def test_a_place_chosen_elsewhere_is_shown_in_the_drawing(window, graph):
    window.document.goTo(Place(SECOND, "Main", 1))
    assert [one.key for one in graph.scene.nodes if one.chosen] == [f"child-flow:{ELSEWHERE}"]
    window.document.goTo(Place(THIRD))
    assert [one.key for one in graph.scene.nodes if one.chosen] == [f"{FLOW}:{THIRD}"]


def test_the_keyboard_walks_the_drawing(window, graph):
    graph.canvas.setFocus()
    graph.canvas.go_to(f"{FLOW}:{SECOND}")
    assert graph.canvas.accessibleDescription() == "Book, Desktop flow · Runs itself"
    QTest.keyClick(graph.canvas, Qt.Key.Key_Right)
    assert graph.scene.current.key != f"{FLOW}:{SECOND}"
    graph.canvas.go_to(f"work-queue:{QUEUE}")
    QTest.keyClick(graph.canvas, Qt.Key.Key_Return)
    assert window.document.place.action == 3


def test_around_the_selection_is_drawn_what_it_needs(window, graph):
    window.document.goTo(Place(THIRD))
    graph.bar.scopes[Scope.AROUND].click()
    assert [one.key for one in graph.scene.nodes] == [f"{FLOW}:{THIRD}"]
    graph.bar.scopes[Scope.WHOLE].click()
    assert len(graph.scene.nodes) == 6


def test_the_drawing_is_saved_light_on_white(view, window, graph, tmp_path, qtbot):
    graph.scene.tint(DARK)
    drawing, photo = tmp_path / "依存.svg", tmp_path / "graph.png"
    view.save_picture(drawing)
    view.save_picture(photo)
    qtbot.waitUntil(lambda: photo.exists() and window.jobs.current is None, timeout=20_000)
    text = drawing.read_text(encoding="utf-8")
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}
    assert {"path", "text"} <= tags
    assert not tags & {"script", "image", "a", "foreignObject"}
    assert "Not in this export" in text
    image = QImage(str(photo))
    assert image.width() > 500
    assert image.pixelColor(0, 0).name() == "#ffffff"
    assert graph.scene.style_shared.theme is DARK


# What holds for all parts


@pytest.mark.parametrize("choice", list(ThemeChoice))
def test_all_parts_wear_every_theme(window, view, choice):
    window.preferences.choose_theme(choice)
    for part in range(view.tabs.count()):
        view.tabs.setCurrentIndex(part)
        assert not view.grab().isNull()
    assert view.graph.scene.style_shared.theme in THEMES


def test_everything_the_keyboard_reaches_has_a_name(view):
    nameless = [
        widget
        for widget in view.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not widget.isWindow()
        and widget.metaObject().className() != "QComboBoxListView"
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
    tree = view.table.list
    spoken = row(view, QUEUE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Work queue: {QUEUE}. Not in this export. Used: Flows: 2 · rows: 3"
    assert tree.components.index(0, TYPE, row(view, QUEUE)).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_view_is_usable_where_there_is_little_room(view):
    assert view.minimumSizeHint().width() <= 480


def test_nothing_is_done_out_of_sight(window):
    view = window.workspace.components
    assert not view.isVisible()
    assert view._taken is None
    assert not view.table.list.components.shown


def test_what_to_do_is_said_where_there_is_nothing(show, window, qtbot):
    view = window.workspace.components
    window._show_nothing()
    assert "Open an export" in view.message.text()
    empty = show(Made(name="Empty", export=made()))
    empty.actions_table["show-components"].trigger()
    parts = empty.workspace.components
    qtbot.waitUntil(lambda: "no desktop flow" in parts.message.text(), timeout=20_000)


def test_flows_that_need_nothing_say_so(show, qtbot):
    window = show(Made(name="Plain", export=made(stored(FIRST, "SET A TO 1\r\n"))))
    view = components(window, qtbot)
    assert "nothing beside themselves" in view.table.remark.text()
    assert not view.table.bar.save.isEnabled()


def test_a_stopped_analysis_says_what_to_press(opened, qtbot):
    window = opened(Made(name="Made", export=export()))
    document, view = window.document, window.workspace.components
    document.inspection = None
    document._up_to_date = False
    view.setDocument(document)
    assert document.analysis is Analysis.STOPPED
    window.actions_table["show-components"].trigger()
    assert "F5" in view.message.text()


def test_pasted_text_has_components_too(show, qtbot):
    text = "@@FlowName: 'x'\r\n" + run_flow(ELSEWHERE)
    window = show(Source(text=text, name="Pasted"))
    view = components(window, qtbot)
    choose(view, row(view, "x"))
    assert window.document.place.action == 0


def test_a_secret_in_the_place_of_a_name_is_masked_everywhere(show, qtbot, tmp_path):
    body = (
        f"SET Password TO $'''{SECRET}'''\r\n"
        f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{SECRET}''' WorkQueueItems=> Items\r\n"
    )
    window = show(Made(name="Made", export=made(stored(FIRST, body))))
    assert any(
        found.secret and found.secret.reveal() == SECRET for found in window.document.findings
    )
    view = components(window, qtbot)
    view.tabs.setCurrentWidget(view.graph)
    choose_texts = texts(view.table.list.components)
    assert choose_texts == [MASK]
    view.save_table(tmp_path / "t.csv")
    view.save_table(tmp_path / "t.json")
    view.save_picture(tmp_path / "t.svg")
    for suffix in (".txt", ".csv", ".json"):
        view.access.export_to(tmp_path / f"access{suffix}")
    view.access.keep_ticks(tmp_path / "ticks.toml")
    qtbot.waitUntil(
        lambda: (tmp_path / "ticks.toml").exists() and window.jobs.current is None, timeout=20_000
    )
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert SECRET.encode() not in written
    assert SECRET.casefold().encode() not in written
    tips = [one.face.tip for one in view.graph.scene.nodes]
    assert not any(SECRET in tip for tip in tips)


def test_everything_of_a_real_export_is_listed(show, qtbot, corpus):
    window = show(Source(corpus / "solutions" / "PADFramework_1_1_12501_241.zip"))
    view = components(window, qtbot)
    inventory = view._taken.inventory
    shown = view.table.list.components.shown
    assert sorted(one.key for one in shown) == sorted(one.key for one in inventory.components)
    assert len(inventory.of_type(ComponentType.BINARY)) == 61
    for component in inventory.components:
        for number, use in enumerate(component.used_by):
            index = view.table.list.components.index(
                number, NAME, view.table.list.components.index_of(component.key)
            )
            view.table.list.setCurrentIndex(index)
            if use.is_row:
                place = window.document.place
                flow = window.document.session.flow(place.flow_id)
                assert flow.actions[place.action].row == use.row
    view.tabs.setCurrentWidget(view.graph)
    assert len(view.graph.scene.nodes) == len(view._taken.graph.nodes)


def test_the_missing_part_of_the_sample_is_found(show, sample, qtbot):
    window = show(Source(path=sample))
    view = components(window, qtbot)
    view.table.bar.presences[Presence.MISSING].click()
    qtbot.waitUntil(lambda: len(view.table.list.components.shown) == 1)
    assert texts(view.table.list.components) == ["Archive: Close the day"]
