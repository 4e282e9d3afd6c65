"""Notices, the command palette, and what becomes of errors that nobody foresaw."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from padguard.foundation.errors import OpenError
from padguard.foundation.log import log_file, start_log, stop_log
from padguard.foundation.messages import mark
from padguard.ui.command_palette import CommandPalette
from padguard.ui.failures import catch_everything, explain
from padguard.ui.instance import Wish
from padguard.ui.notices import MOST_NOTICES, Notice, NoticeArea, NoticeKind
from padguard.ui.theme import DARK
from padguard.ui.words import translate

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SECRET = "correct horse battery staple"


@pytest.fixture
def area(qtbot):
    made = NoticeArea()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def window(windows):
    windows.grant(Wish())
    return windows.all[0]


def texts(area):
    return [bar.notice.text for bar in area.bars]


def test_area_takes_no_room_without_notices(area):
    assert area.isHidden()
    area.show_notice(Notice(NoticeKind.ERROR, "One"))
    assert not area.isHidden()
    area.bars[0]._close.click()
    assert area.isHidden()


def test_the_same_notice_is_shown_once_and_the_latest_on_top(area):
    for text in ("One", "Two", "One"):
        area.show_notice(Notice(NoticeKind.ERROR, text))
    assert texts(area) == ["One", "Two"]


def test_news_take_the_place_of_older_news_but_not_of_errors(area):
    area.show_notice(Notice(NoticeKind.ERROR, "Broken"))
    area.show_notice(Notice(NoticeKind.INFO, "Saved once"))
    area.show_notice(Notice(NoticeKind.INFO, "Saved twice"))
    assert texts(area) == ["Saved twice", "Broken"]


def test_notices_do_not_fill_the_window(area):
    for number in range(MOST_NOTICES + 4):
        area.show_notice(Notice(NoticeKind.ERROR, str(number)))
    assert len(area.bars) == MOST_NOTICES
    assert texts(area)[0] == str(MOST_NOTICES + 3)


def test_details_unfold_and_an_offer_is_carried_out(area):
    done = []
    notice = Notice(
        NoticeKind.WARNING, "Look", ["first", "second"], "Do it", lambda: done.append(1)
    )
    area.show_notice(notice)
    bar = area.bars[0]
    unfold, accept = bar.findChildren(QPushButton)
    assert bar._details.isHidden()
    unfold.click()
    assert not bar._details.isHidden()
    assert bar._details.toPlainText() == "first\nsecond"
    accept.click()
    assert done == [1]
    assert area.isHidden()


def test_notices_wear_the_theme(area, appearance, qtbot):
    area.show_notice(Notice(NoticeKind.ERROR, "One"))
    area.window().show()
    appearance.choose(type(appearance.choice).DARK)
    bar = area.bars[0]
    qtbot.waitUntil(lambda: bar.grab().toImage().pixelColor(1, 5).name() == DARK.critical)
    assert bar.grab().toImage().pixelColor(bar.width() // 2, 1).name() == DARK.base


def test_known_errors_are_told_in_their_own_words():
    message = mark("test", "The zip is damaged at {member}.")(member="solution.xml")
    assert translate(explain(OpenError(message))) == "The zip is damaged at solution.xml."


def test_messages_within_messages_are_translated():
    inner = mark("test", "text")
    assert translate(mark("test", "list of {what}")(what=inner)) == "list of text"


def test_unforeseen_errors_are_told_calmly_and_logged_without_secrets(window, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    start_log()
    catch_everything(window.tell)
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    stop_log()
    text = window.notices.bars[0].notice.text
    assert "ValueError" in text
    assert SECRET not in text
    assert "Traceback" not in text
    log = log_file().read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_shell_notices.py" in log
    assert SECRET not in log


@pytest.fixture
def palette(window, qtbot):
    made = CommandPalette(window.actions_table, window)
    qtbot.addWidget(made)
    made.show()
    return made


def listed(palette):
    model = palette.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_palette_lists_what_is_possible(palette, window):
    assert len(listed(palette)) == sum(action.isEnabled() for action in window.actions_table)
    assert "Open…" in listed(palette)
    assert "Save" not in listed(palette)


def test_palette_finds_by_words_and_does_it(palette, window, qtbot):
    qtbot.keyClicks(palette.field, "contr theme")
    assert listed(palette) == ["Theme: high contrast"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert window.preferences.theme.value == "high-contrast"


def test_palette_is_moved_in_by_arrow_keys(palette, qtbot):
    first = palette.list.currentIndex().row()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == first + 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == first


def test_palette_says_when_nothing_fits(palette, window, qtbot):
    qtbot.keyClicks(palette.field, "zzz")
    assert listed(palette) == []
    assert palette._nothing.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isHidden()


def test_palette_opens_by_key(window, qtbot):
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_P, keys)
    opened = window.findChildren(CommandPalette)
    assert len(opened) == 1
    assert opened[0].isVisible()
    opened[0].reject()
