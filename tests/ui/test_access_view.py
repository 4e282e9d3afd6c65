"""The access checklist: for whom it is, what is ticked, where ticks are kept, paper and files."""

import csv
import io
import json
import re
import zlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from tests.governance.inventory_making import (
    ELSEWHERE,
    FIRST,
    QUEUE,
    SECOND,
    made,
    run_flow,
    stored,
)
from tests.ui.test_components_view import LONG, Made

from padguard.governance.access_model import AUDIENCE_WORDS, Audience, ItemKind
from padguard.governance.access_ticks import read_ticks
from padguard.ui.slices import Slices
from padguard.ui.views.access_items import KIND, TITLE
from padguard.ui.views.access_print import AccessPrint

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

QUEUED = f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{QUEUE}''' WorkQueueItems=> Items\r\n"


@pytest.fixture
def window(show):
    flows = stored(FIRST, run_flow(SECOND) + run_flow(ELSEWHERE), LONG), stored(SECOND, QUEUED)
    return show(Made(name="Made", export=made(*flows)))


@pytest.fixture
def view(window, qtbot):
    window.actions_table["show-access"].trigger()
    view = window.workspace.components.access
    qtbot.waitUntil(lambda: view.checklist is not None, timeout=20_000)
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)
    return view


def settled(window, qtbot):
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)


def titles(view):
    return [view.items.index(n, TITLE).data() for n in range(view.items.rowCount())]


def tickable(view):
    return [n for n, item in enumerate(view.checklist.items) if item.kind is not ItemKind.KNOW]


def choose_audience(view, audience):
    view.bar.audience.setCurrentIndex(view.bar.audience.findData(audience))


def press_space(view, number):
    view.list.setCurrentIndex(view.items.index(number, KIND))
    QTest.keyClick(view.list, Qt.Key.Key_Space)


def test_the_command_shows_the_checklist_and_the_keyboard_is_in_it(window, view, qtbot):
    assert window.workspace.currentWidget() is window.workspace.components
    assert window.workspace.components.tabs.currentWidget() is view
    qtbot.waitUntil(view.list.hasFocus)


def test_what_everybody_must_know_stands_above_every_checklist(view):
    for audience in Audience:
        choose_audience(view, audience)
        copied, co_owners = (label.text() for label in view.notice.texts)
        assert "enough to copy the flow" in copied
        assert "passwords included" in copied
        assert "our conclusion" in copied
        assert "Read on all rows of the table Process" in co_owners
        assert "Secure your data" in co_owners
        assert view.notice.isVisible()


def test_each_audience_has_its_own_list(view):
    lists = []
    for audience, words in AUDIENCE_WORDS.items():
        choose_audience(view, audience)
        assert view.bar.audience.currentText() == str(words)
        assert view.checklist.audience is audience
        lists.append(tuple(titles(view)))
    assert len(set(lists)) == len(Audience)
    assert any("co-owner" in title.casefold() for title in lists[0])


def test_an_item_says_why_where_to_click_and_which_page_says_so(view):
    number = next(n for n, item in enumerate(view.checklist.items) if item.component and item.steps)
    view.list.setCurrentIndex(view.items.index(number, TITLE))
    shown = view.page.toPlainText()
    item = view.checklist.items[number]
    assert str(item.title) in shown
    assert str(item.why) in shown
    assert all(str(step) in shown for step in item.steps)
    assert item.sources[0].page in shown


def test_an_item_leads_to_its_component_and_its_flow(window, view):
    items = view.checklist.items
    number = next(n for n, item in enumerate(items) if item.component.startswith("work-queue"))
    view.list.setCurrentIndex(view.items.index(number, TITLE))
    view.page.follow_target(view.page._targets[0])
    parts = window.workspace.components
    assert parts.tabs.currentWidget() is parts.table
    assert parts.table.list.currentIndex().siblingAtColumn(1).data() == QUEUE
    window.actions_table["show-access"].trigger()
    number = next(n for n, item in enumerate(items) if item.flow_id == SECOND)
    view.list.setCurrentIndex(view.items.index(number, TITLE))
    view.page.follow_target(view.page._targets[0])
    assert window.document.place.flow_id == SECOND
    assert window.workspace.currentWidget() is window.workspace.flow


def test_items_are_ticked_by_mouse_and_keyboard_and_counted(view):
    first, second, *_ = tickable(view)
    count = len(tickable(view))
    press_space(view, first)
    assert view.bar.progress.text() == f"1 of {count} done"
    area = view.list.visualRect(view.items.index(second, TITLE))
    point = area.topLeft()
    point.setX(area.left() + 10)
    point.setY(area.center().y())
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert view.bar.progress.text() == f"2 of {count} done"
    press_space(view, first)
    assert view.bar.progress.text() == f"1 of {count} done"
    spoken = view.items.index(second, TITLE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Done")


def test_what_is_only_to_be_known_has_no_box(view):
    index = view.items.index(0, TITLE)
    assert view.items.item(index).kind is ItemKind.KNOW
    assert index.data(Qt.ItemDataRole.CheckStateRole) is None
    press_space(view, 0)
    assert view.items.done == frozenset()


def test_the_model_keeps_the_rules_of_models(view, qtmodeltester):
    tester = QAbstractItemModelTester(view.items)
    for audience in Audience:
        choose_audience(view, audience)
        press_space(view, tickable(view)[0])
    qtmodeltester.check(view.items)
    assert tester.model() is view.items


def test_ticks_are_kept_in_the_file_that_was_chosen_and_opened_again(window, view, qtbot, tmp_path):
    first, second, *_ = tickable(view)
    press_space(view, first)
    assert "kept nowhere" in view.kept.text()
    kept = tmp_path / "権限.toml"
    view.keep_ticks(kept)
    press_space(view, second)  # from now on every tick is kept
    settled(window, qtbot)
    keys = {view.checklist.items[n].key for n in (first, second)}
    assert read_ticks(kept) == keys
    assert str(kept) in view.kept.text()
    choose_audience(view, Audience.REVIEWER)  # one file for all audiences
    press_space(view, tickable(view)[0])
    settled(window, qtbot)
    assert len(read_ticks(kept)) == 3
    view.items.set_done(())
    view.open_ticks(kept)
    settled(window, qtbot)
    choose_audience(view, Audience.CO_OWNER)
    assert view.bar.progress.text().startswith("2 of ")


def test_a_file_that_is_no_checklist_is_told_and_changes_nothing(window, view, qtbot, tmp_path):
    press_space(view, tickable(view)[0])
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("schema = 'something'", encoding="utf-8")
    told: list[object] = []
    window.document.failed.connect(told.append)
    view.open_ticks(wrong)
    settled(window, qtbot)
    assert "wrong.toml" in str(told[0])
    assert len(view.items.done) == 1
    assert "kept nowhere" in view.kept.text()


def test_ticks_that_cannot_be_kept_are_told(window, view, qtbot, tmp_path):
    press_space(view, tickable(view)[0])
    with qtbot.waitSignal(window.document.failed, timeout=20_000):
        view.keep_ticks(tmp_path / "missing" / "ticks.toml")
    settled(window, qtbot)
    assert "kept nowhere" in view.kept.text()


def test_another_export_has_other_ticks(window, view, qtbot):
    press_space(view, tickable(view)[0])
    window._show_nothing()
    assert view.items.done == frozenset()
    assert not view.bar.print.isEnabled()
    assert view.bar.progress.text() == "0 of 0 done"


def test_exports_hold_items_ticks_and_sources(window, view, qtbot, tmp_path):
    press_space(view, tickable(view)[0])
    ticked = view.checklist.items[tickable(view)[0]]
    paths = [tmp_path / f"access{suffix}" for suffix in (".txt", ".csv", ".json")]
    for path in paths:
        view.export_to(path)
    settled(window, qtbot)
    text, table, objects = (path.read_bytes().decode("utf-8-sig") for path in paths)
    assert "[x] " in text
    assert text.count("[ ]") == len(tickable(view)) - 1
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["Key"] for row in rows if row["Done"]] == [ticked.key]
    assert len(rows) == len(view.checklist.items)
    assert all(row["Sources"] for row in rows if row["Kind"] == "Know")
    (shown,) = json.loads(objects)["exports"]
    done = [item["key"] for item in shown["checklist"]["items"] if item["done"]]
    assert done == [ticked.key]


def streams(data):
    """Return what the pages of a PDF say to a printer."""
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            yield found[1]


def test_the_checklist_is_printed_to_a_pdf(window, view, qtbot, tmp_path):
    paper = tmp_path / "access.pdf"
    view.print_to(paper)
    qtbot.waitUntil(lambda: paper.exists() and window.jobs.current is None, timeout=20_000)
    data = paper.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) >= 1
    assert any(b"BT" in stream for stream in streams(data))
    assert not re.search(rb"/(JavaScript|URI|Launch)\b", data)


def test_an_item_longer_than_a_page_goes_on_on_the_next(view, qtbot):
    checklist = view.checklist
    item = checklist.items[tickable(view)[0]]
    huge = type(item)(item.key, item.kind, item.title, why=item.title, steps=(item.title,) * 300)
    long = type(checklist)(checklist.audience, (huge, item))
    printed = AccessPrint("Made", long, frozenset({item.key}))
    slices = Slices(view)
    with qtbot.waitSignal(slices.finished, timeout=20_000):
        slices.start(printed.work())
    pages = len(re.findall(rb"/Type\s*/Page\b", printed.data))
    assert pages >= 4


@pytest.mark.parametrize(
    ("button", "suffix"), [("keep", ".toml"), ("print", ".pdf"), ("export", ".txt")]
)
def test_buttons_ask_for_a_file_with_the_right_suffix(
    window, view, qtbot, tmp_path, monkeypatch, button, suffix
):
    asked = []

    def answer(_parent, _title, name, kinds):
        asked.append(name)
        return str(tmp_path / "chosen"), kinds.split(";;")[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    getattr(view.bar, button).click()
    wanted = tmp_path / f"chosen{suffix}"
    qtbot.waitUntil(lambda: wanted.exists() and window.jobs.current is None, timeout=20_000)
    assert asked == [f"Pasted text - access for Co-owner{suffix}"]


def test_the_statement_stays_whole_or_scrolls_where_there_is_little_room(window, view, qtbot):
    for size in ((1500, 950), (700, 600)):
        window.resize(*size)
        qtbot.waitUntil(
            lambda: all(
                label.height() >= label.heightForWidth(label.width()) for label in view.notice.texts
            )
        )
        assert view.notice.height() <= view.height() * 0.45
        assert view.list.isVisible()
