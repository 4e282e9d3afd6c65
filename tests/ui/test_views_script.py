"""The Script view: what is shown, coloured and masked, and how it follows and leads."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor

from padguard.flow.masking import masked_spans
from padguard.flow.model import Sensitivity
from padguard.foundation.masked import MASK
from padguard.ui.document import Place
from padguard.ui.opening import Source
from padguard.ui.theme import LIGHT
from padguard.ui.views.highlighter import Highlighter
from padguard.ui.views.script_text import LINES_AT_ONCE

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SCRIPT = """@@ConnectionString: ''
@SENSITIVE: [Password]
@INPUT Password : { 'FriendlyName': 'Password', 'DefaultValue': 'pass@word1', 'Type': 'String' }
SET Password TO $'''hunter2'''
SET Line TO $'''💡 Server=%Server%
second line'''
Text.ToNumber Text: Line Number=> 行高
ON ERROR
    SET Line TO $'''failed'''
END
# a remark
FUNCTION Tidy GLOBAL
    WAIT 5
END FUNCTION
""".replace("\n", "\r\n")


@pytest.fixture
def window(show, qtbot):
    window = show(Source(text=SCRIPT, name="Night run"))
    window.actions_table["show-script"].trigger()
    text = window.workspace.script.text
    qtbot.waitUntil(lambda: text.flow is not None and text.is_filled)
    return window


@pytest.fixture
def view(window):
    return window.workspace.script


def line_of(view, text):
    return next(
        number for number, line in enumerate(view.text.toPlainText().split("\n")) if text in line
    )


def put_cursor(view, text):
    view.text.setTextCursor(
        QTextCursor(view.text.document().findBlockByNumber(line_of(view, text)))
    )


def colours(view, text):
    """Return the colour roles of the words of the first line that holds ``text``."""
    view.text.grab()  # lines are coloured when they are drawn
    block = view.text.document().findBlockByNumber(line_of(view, text))
    units = block.text().encode("utf-16-le")  # what Qt counts in
    return {
        units[2 * found.start : 2 * (found.start + found.length)].decode("utf-16-le"): (
            found.format.foreground().color()
        )
        for found in block.layout().formats()
    }


def action_at(window, row, subflow=0):
    found = window.document.session.flows[0].subflows[subflow]
    return next(action for action in found.rows if action.row == row)


def test_the_script_is_shown_with_its_secrets_masked(view):
    shown = view.text.toPlainText()
    expected = SCRIPT.replace("\r\n", "\n").replace("hunter2", MASK).replace("pass@word1", MASK)
    assert shown == expected
    assert view.text.isReadOnly()


def test_the_row_of_the_place_is_lifted_out_with_its_handlers(window, view):
    window.document.goTo(Place("", "Main", action_at(window, 3).index))
    assert view.text._lines == (line_of(view, "Text.ToNumber"), line_of(view, "END"))


def test_a_row_of_several_lines_is_lifted_out_whole(window, view):
    window.document.goTo(Place("", "Main", action_at(window, 2).index))
    assert view.text._lines == (line_of(view, "Server="), line_of(view, "second line"))


def test_a_click_goes_to_the_row(window, view, qtbot):
    block = view.text.document().findBlockByNumber(line_of(view, "second line"))
    place = view.text.blockBoundingGeometry(block).translated(view.text.contentOffset())
    where = QPoint(20, round(place.center().y()))
    qtbot.mouseClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.document.place == Place("", "Main", action_at(window, 2).index)
    assert window.workspace.flow.tree.currentIndex().internalId() == 1


def test_the_cursor_in_a_handler_goes_to_its_row(window, view):
    put_cursor(view, "failed")
    assert window.document.place == Place("", "Main", action_at(window, 3).index)


def test_the_cursor_in_the_header_goes_to_the_variable(window, view):
    put_cursor(view, "@INPUT")
    assert window.document.place == Place("", variable="Password")


def test_the_cursor_at_a_subflow_goes_there(window, view):
    put_cursor(view, "FUNCTION Tidy")
    assert window.document.place == Place("", "Tidy")


def test_showing_a_place_is_no_going(window, view):
    wanted = Place("", variable="Line")
    window.document.goTo(wanted)
    assert window.document.place == wanted
    stretches = [cursor.selectedText() for cursor in view.text._stretches]
    assert stretches == ["Line", "Line", "Line"]
    window.document.goTo(Place("", variable="Password"))
    assert view.text._stretches[0].blockNumber() == line_of(view, "@INPUT Password")


def test_words_are_coloured_by_what_they_are(view):
    found = {word: colour.name() for word, colour in colours(view, "Text.ToNumber").items()}
    assert found["Text.ToNumber"] == LIGHT.action
    assert found["Number"] == LIGHT.parameter
    assert found["行高"] == LIGHT.variable
    found = {word: colour.name() for word, colour in colours(view, "SET Password").items()}
    assert found["SET"] == LIGHT.keyword
    assert found["Password"] == LIGHT.marked
    assert {colour.name() for colour in colours(view, "a remark").values()} == {LIGHT.comment}


def test_colours_stand_right_behind_wide_characters(view):
    assert "Server" in colours(view, "💡")


def test_statements_are_read_once(view, monkeypatch):
    read = []
    original = Highlighter._read_statement

    def note(self, index):
        read.append(index)
        return original(self, index)

    monkeypatch.setattr(Highlighter, "_read_statement", note)
    view.text.tint()
    view.text.grab()
    view.text.grab()
    assert sorted(read) == sorted(set(read))


def test_marking_shows_the_script_anew(window, view, qtbot):
    with qtbot.waitSignal(window.document.modelChanged):
        window.document.mark("", ["Line"], sensitive=True)
    qtbot.waitUntil(lambda: "@SENSITIVE: [Password, Line]" in view.text.toPlainText())
    assert "Server=" not in view.text.toPlainText()


def test_a_long_script_comes_in_slices_and_is_followed_at_the_end(show, qtbot):
    rows = 12 * LINES_AT_ONCE
    window = show(Source(text="@SENSITIVE: []\r\n" + "WAIT 1\r\n" * rows, name="long"))
    window.actions_table["show-script"].trigger()
    text = window.workspace.script.text
    window.document.goTo(Place("", "Main", rows - 1))
    qtbot.waitUntil(lambda: text.flow is not None and text.is_filled, timeout=20_000)
    assert text.blockCount() == rows + 2
    assert text._lines == (rows, rows)
    assert text.textCursor().blockNumber() == rows
    assert window.document.place == Place("", "Main", rows - 1)


def test_out_of_sight_nothing_is_done(show):
    window = show(Source(text=SCRIPT, name="n"))
    assert window.workspace.script.text.flow is None


def test_text_is_found_and_the_search_goes_round(window, view, qtbot):
    view.focusFilter()
    view.find_bar.field.setText("line")
    for expected in ("SET Line", "second line", "Text.ToNumber"):
        qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Return)
        assert view.text.textCursor().blockNumber() == line_of(view, expected)
    qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.text.textCursor().blockNumber() == line_of(view, "second line")
    view.find_bar.field.setText("hunter2")
    qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Return)
    assert view.find_bar._remark.text() == "Not found"


def test_escape_closes_the_search_and_gives_the_keyboard_back(view, qtbot):
    view.focusFilter()
    qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()
    qtbot.waitUntil(view.text.hasFocus)


def test_the_row_at_the_cursor_is_marked_by_key(window, view, qtbot):
    put_cursor(view, "SET Password")
    view.text.setFocus()
    qtbot.waitUntil(view.text.hasFocus)
    with qtbot.waitSignal(window.document.modelChanged):
        qtbot.keyClick(view.text, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    flow = window.document.session.flows[0]
    assert flow.variables[0].sensitivity is Sensitivity.EXPOSED


def test_every_real_script_is_shown_to_the_letter_but_for_secrets(show, corpus, qtbot):
    window = show(Source(path=corpus / "solutions" / "PADFramework_1_1_12501_241.zip"))
    window.actions_table["show-script"].trigger()
    text = window.workspace.script.text
    for flow in window.document.session.flows:
        window.document.goTo(Place(flow.id, "Main"))
        qtbot.waitUntil(lambda flow=flow: text.flow is flow and text.is_filled)
        text.grab()
        expected = flow.script.text
        for start, end in reversed(masked_spans(flow)):
            expected = expected[:start] + MASK + expected[end:]
        assert text.toPlainText() == expected.replace("\r\n", "\n")


def test_what_an_analysis_finds_in_the_same_flow_is_masked(window, view, qtbot):
    flow = window.document.session.flows[0]
    start = flow.script.text.index("failed")
    flow.secrets = ((start, start + len("failed")),)
    window.document.findingsChanged.emit()
    qtbot.waitUntil(lambda: "failed" not in view.text.toPlainText())
