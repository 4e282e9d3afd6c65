"""The start page: what it offers, and the files that were open lately."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from padguard.foundation.settings import RecentFile
from padguard.ui.dropping import read_offer
from padguard.ui.instance import Wish
from padguard.ui.labels import ElidedLabel
from padguard.ui.opening import Source
from padguard.ui.recent_list import RecentRow

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    # Qt 6.12 wants another type of position, which earlier versions do not know.
    pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning"),
]
MOMENT = datetime(2025, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def window(windows):
    windows.grant(Wish())
    return windows.all[0]


@pytest.fixture
def wanted(window):
    """Collect what the window is asked to open, without opening it."""
    sources = [Source()]
    sources.clear()
    window.files.wanted.disconnect()
    window.files.wanted.connect(sources.append)
    return sources


def rows(window):
    listed = window.start_page.recent
    return [listed.itemWidget(listed.item(index)) for index in range(listed.count())]


def test_open_button_asks_for_files(window, wanted, qtbot, monkeypatch, tmp_path):
    chosen = [str(tmp_path / "a.zip"), str(tmp_path / "b.robin")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    button = window.start_page.buttons[0]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [source.path for source in wanted] == [tmp_path / "a.zip", tmp_path / "b.robin"]


def test_open_folder_asks_for_a_folder(window, wanted, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.actions_table["open-folder"].trigger()
    assert [source.path for source in wanted] == [tmp_path]


def test_nothing_opens_when_the_dialog_is_cancelled(window, wanted, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window.actions_table["open"].trigger()
    window.actions_table["open-folder"].trigger()
    assert wanted == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_drop_zone_works_by_keyboard(window, wanted, qtbot, monkeypatch, tmp_path, key):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "a.zip")], ""))
    qtbot.keyClick(window.start_page.drop_zone, key)
    assert len(wanted) == 1


def test_paste_opens_the_text_of_the_clipboard(window, wanted, qapp):
    qapp.clipboard().setText("SET Total TO 5\r\n")
    window.actions_table["paste"].trigger()
    assert [source.text for source in wanted] == ["SET Total TO 5\r\n"]


def test_paste_opens_files_copied_elsewhere(window, wanted, qapp, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.zip"))])
    qapp.clipboard().setMimeData(data)
    window.actions_table["paste"].trigger()
    assert [source.path for source in wanted] == [tmp_path / "a.zip"]


def test_paste_without_text_says_what_to_do(window, wanted, qapp):
    qapp.clipboard().setText(" \n")
    window.actions_table["paste"].trigger()
    assert wanted == []
    assert "press Ctrl+C" in window.notices.bars[0].notice.text


def drop(window, data):
    actions, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, left, none)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), actions, data, left, none))


def test_files_folders_and_text_can_be_dropped(window, wanted, tmp_path):
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl.fromLocalFile("/x/b.zip")])
    drop(window, files)
    text = QMimeData()
    text.setText("WAIT 5")
    drop(window, text)
    assert [source.label for source in wanted] == [tmp_path.name, "b.zip", "Dropped text"]


def test_addresses_of_the_web_are_never_opened(window, wanted):
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/export.zip")])
    assert not read_offer(data)
    drop(window, data)
    assert wanted == []
    assert "nothing to open" in window.notices.bars[0].notice.text


def test_no_recent_files_no_list(window):
    assert window.start_page.recent.isHidden()
    menu = window.actions_table.recent_menu
    assert [action.isEnabled() for action in menu.actions()] == [False]


def test_recent_files_open_and_go(window, wanted, qtbot, tmp_path):
    for name in ("old.zip", "new.zip"):
        (tmp_path / name).touch()
        window.preferences.remember(tmp_path / name)
    shown = window.start_page.recent
    assert [row.file.path.name for row in rows(window)] == ["new.zip", "old.zip"]
    shown.setCurrentRow(1)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert wanted[-1].path == tmp_path / "old.zip"
    qtbot.keyClick(shown, Qt.Key.Key_Delete)
    assert [row.file.path.name for row in rows(window)] == ["new.zip"]
    qtbot.mouseClick(rows(window)[0]._button, Qt.MouseButton.LeftButton)
    assert shown.isHidden()


def test_recent_menu_opens(window, wanted, tmp_path):
    window.preferences.remember(tmp_path / "R&D.zip")
    action = window.actions_table.recent_menu.actions()[0]
    assert action.text().endswith("R&&D.zip")
    action.trigger()
    assert wanted[-1].path == tmp_path / "R&D.zip"


def test_missing_recent_files_say_so(window, qtbot, tmp_path):
    (tmp_path / "here.zip").touch()
    window.preferences.remember(tmp_path / "gone.zip")
    window.preferences.remember(tmp_path / "here.zip")
    qtbot.waitUntil(lambda: [row.missing for row in rows(window)] == [False, True])
    words = rows(window)[1].findChildren(ElidedLabel)[1]
    assert words.whole.startswith("Not there any more")


def test_recent_files_are_remembered_over_a_restart(windows, tmp_path):
    windows.grant(Wish())
    windows.all[0].preferences.remember(tmp_path / "a.zip")
    windows.all[0].preferences.finish()
    fresh = type(windows.all[0].preferences)()
    fresh.load()
    assert [file.path for file in fresh.recent] == [tmp_path / "a.zip"]


def test_page_scrolls_where_there_is_no_room(window, qtbot, tmp_path):
    for number in range(8):
        window.preferences.remember(tmp_path / f"{number}.zip")
    window.resize(window.minimumSize())
    page = window.start_page
    parts = [page.drop_zone, *page.buttons, page.recent]
    tops = [part.mapTo(page.widget(), QPoint(0, 0)).y() for part in parts]
    assert tops[0] + page.drop_zone.height() <= tops[1]
    assert tops[1] + page.buttons[0].height() <= tops[-1]
    page.recent.setCurrentRow(7)
    row = rows(window)[7]
    qtbot.waitUntil(lambda: page.viewport().rect().contains(row.mapTo(page, QPoint(0, 0))))


def test_long_names_are_shortened(qtbot, tmp_path):
    row = RecentRow(RecentFile(tmp_path / ("x" * 300 + ".zip"), MOMENT), missing=False)
    qtbot.addWidget(row)
    row.resize(300, 60)
    row.show()
    assert "…" in row._name.text()
    assert row.width() == 300
