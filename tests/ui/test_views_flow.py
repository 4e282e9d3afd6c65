"""The Flow view: rows in words, folding, the details, and what can be done with a row."""

import pytest
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu

from padguard.flow.model import Sensitivity
from padguard.foundation.masked import MASK
from padguard.ui.document import Place
from padguard.ui.opening import Source
from padguard.ui.views import row_commands
from padguard.ui.views.flow_model import ACTION, NUMBER
from padguard.ui.views.subflow_bar import MOST_TABS

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
SCRIPT = """@SENSITIVE: [Password]
@INPUT Password : { 'FriendlyName': 'Password', 'DefaultValue': 'pass@word1', 'Type': 'String' }
SET Password TO $'''hunter2'''
SET Line TO $'''Server=db;Pwd=%Password%
second <b>line</b>'''
IF Line = Password THEN
    Text.ToNumber Text: Line Number=> 行高
    ON ERROR REPEAT 2 TIMES WAIT 3
    ON ERROR
        SET Line TO $'''failed'''
    END
    DISABLE SET 行高 TO 1
ELSE
    CALL 'Tidy up'
END
# a remark
FUNCTION 'Tidy up' GLOBAL
    WAIT 5
END FUNCTION
FUNCTION Empty GLOBAL
END FUNCTION
""".replace("\n", "\r\n")


@pytest.fixture
def window(show):
    return show(Source(text=SCRIPT, name="Night run"))


@pytest.fixture
def view(window):
    return window.workspace.flow


@pytest.fixture
def tree(view):
    return view.tree


def rows_of(tree):
    """Return what is unfolded: number, title and line of every row, indented."""
    model = tree.rows

    def walk(parent, depth):
        for row in range(model.rowCount(parent)):
            index = model.index(row, ACTION, parent)
            line = "".join(words.text for words in model.line(index))
            number = index.siblingAtColumn(NUMBER).data()
            yield f"{'  ' * depth}{number} {index.data()}: {line}".rstrip(": ")
            first = index.siblingAtColumn(NUMBER)
            if tree.isExpanded(first):
                yield from walk(first, depth + 1)

    return list(walk(QModelIndex(), 0))


def go_to_row(window, number, subflow="Main"):
    flow = window.document.session.flows[0]
    found = next(s for s in flow.subflows if s.name == subflow)
    action = next(row for row in found.rows if row.row == number)
    window.document.goTo(Place(flow.id, subflow, action.index))


def menu_of(window, tree):
    flow = tree.rows.flow
    current = tree.rows.action(tree.currentIndex())
    menu = tree._commands.menu(window.document, flow, current, tree.selected_rows())
    return {action.text().replace("&", ""): action for action in menu.actions()}


def sensitivity(window, name):
    flow = window.document.session.flows[0]
    return next(found.sensitivity for found in flow.variables if found.name == name)


def test_rows_are_numbered_and_nested_and_told_in_words(tree):
    assert rows_of(tree) == [
        f"1 Set variable: Set Password to '{MASK}'",
        "2 Set variable: Set Line to 'Server=db;Pwd=Password second <b>line</b>'",
        "3 If: If Line = Password then",
        "  4 Convert text to number: Convert Line to a number → 行高",
        "  5 Set variable: Set 行高 to 1",
        "6 Else",
        "  7 Run subflow: Run the subflow Tidy up",
        "8 End",
        "9 Comment: a remark",
    ]


def test_variables_in_a_line_know_their_sensitivity(tree):
    line = tree.rows.line(tree.rows.index_of(0))
    chips = [words.variable for words in line if words.variable]
    assert [(chip.name, chip.sensitivity) for chip in chips] == [("Password", Sensitivity.MARKED)]


def test_a_screen_reader_hears_row_title_line_and_sensitivity(tree):
    model = tree.rows
    spoken = [model.at(position).data(SPOKEN) for position in range(3)]
    assert spoken[0].startswith(f"Row 1: Set variable. Set Password (Marked) to '{MASK}'")
    assert model.at(4).data(SPOKEN).startswith("Row 5, disabled: Set variable.")


def test_the_tool_tip_tells_how_errors_are_handled_and_is_never_html(tree):
    model = tree.rows
    assert "If it fails:" in model.at(3).data(Qt.ItemDataRole.ToolTipRole)
    tip = model.at(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;line" in tip


def test_the_model_keeps_the_contract_of_models(tree, qtmodeltester):
    qtmodeltester.check(tree.rows)


def test_the_model_keeps_the_contract_through_changes(window, tree, qtbot):
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(tree.rows, mode, window)
    for sensitive in (True, False):
        with qtbot.waitSignal(window.document.modelChanged):
            window.document.mark("", ["Line"], sensitive)
        qtbot.waitUntil(lambda: tree.rows.flow is window.document.session.flows[0])
    go_to_row(window, 1, "Tidy up")
    go_to_row(window, 1)
    assert tester.model() is tree.rows


def test_choosing_a_row_goes_to_its_place(window, tree, qtbot):
    tree.setCurrentIndex(tree.rows.at(0))
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert window.document.place == Place("", "Main", 1)


def test_the_view_follows_the_place_into_other_subflows_and_folded_rows(window, tree):
    tree.collapseAll()
    go_to_row(window, 4)
    assert tree.currentIndex().siblingAtColumn(NUMBER).data() == "4"
    assert tree.isExpanded(tree.rows.at(2))
    go_to_row(window, 1, "Tidy up")
    assert rows_of(tree) == ["1 Wait: Wait 5 seconds"]
    assert tree.currentIndex().data() in ("1", "Wait")


def test_a_place_in_an_error_handler_shows_its_row(window, tree):
    flow = window.document.session.flows[0]
    inside = next(action for action in flow.actions if not action.own_row)
    window.document.goTo(Place("", "Main", inside.index))
    assert tree.currentIndex().siblingAtColumn(NUMBER).data() == "4"


def test_what_was_folded_is_folded_when_one_comes_back(window, tree):
    tree.collapse(tree.rows.at(2))
    go_to_row(window, 1, "Tidy up")
    window.document.goTo(Place("", "Main"))
    assert not tree.isExpanded(tree.rows.at(2))
    assert tree.isExpanded(tree.rows.at(5))


def test_marking_keeps_folds_and_selection(window, tree, qtbot):
    go_to_row(window, 6)
    tree.collapse(tree.rows.at(2))
    with qtbot.waitSignal(window.document.modelChanged):
        window.document.mark("", ["Line"], sensitive=True)
    qtbot.waitUntil(lambda: tree.rows.flow is window.document.session.flows[0])
    assert not tree.isExpanded(tree.rows.at(2))
    assert tree.currentIndex().siblingAtColumn(NUMBER).data() == "6"
    assert f"2 Set variable: Set Line to '{MASK}'" in rows_of(tree)


def test_subflows_are_tabs_and_a_tab_leads_there(window, view):
    tabs = view.subflows.tabs
    assert [tabs.tabText(index) for index in range(tabs.count())] == ["Main", "Tidy up", "Empty"]
    tabs.setCurrentIndex(1)
    assert window.document.place == Place("", "Tidy up")


def test_many_subflows_are_a_list_to_search(show, qtbot):
    functions = "".join(
        f"FUNCTION Part{number} GLOBAL\r\nWAIT 1\r\nEND FUNCTION\r\n" for number in range(MOST_TABS)
    )
    window = show(Source(text=f"@SENSITIVE: []\r\nWAIT 1\r\n{functions}", name="n"))
    bar = window.workspace.flow.subflows
    assert not bar.tabs.isVisible()
    bar.list.setFocus()
    bar.list.lineEdit().selectAll()
    qtbot.keyClicks(bar.list.lineEdit(), "t3")
    popup = bar.list.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert window.document.place == Place("", "Part3")


def test_an_empty_subflow_says_so(window, view):
    window.document.goTo(Place("", "Empty"))
    assert view._message.text() == "This subflow has no rows."
    assert view._message.isVisible()


def test_details_tell_every_parameter_in_full(window, view):
    go_to_row(window, 2)
    text = view.details.toPlainText()
    assert "Main, row 2" in text
    assert "Server=db;Pwd=" in text
    assert "\nsecond <b>line</b>" in text
    assert "Password (Marked)" in text


def test_details_tell_how_errors_are_handled(window, view):
    go_to_row(window, 4)
    text = view.details.toPlainText()
    assert "Try again 2 times, 3 seconds apart" in text
    assert "Set" in text[text.index("If it fails") :]
    assert "failed" in text[text.index("If it fails") :]


def test_details_never_show_a_secret(window, view):
    go_to_row(window, 1)
    assert "hunter2" not in view.details.toHtml()
    assert MASK in view.details.toPlainText()
    window.document.goTo(Place("", variable="Password"))
    assert "pass@word1" not in view.details.toHtml()
    assert MASK in view.details.toPlainText()


def test_details_of_a_variable_lead_to_the_rows_that_use_it(window, view):
    window.document.goTo(Place("", variable="Line"))
    assert "Main, row 3: If (reads it)" in view.details.toPlainText()
    targets = view.details._targets
    wanted = next(number for number, target in enumerate(targets) if target == Place("", "Main", 1))
    view.details.anchorClicked.emit(QUrl(str(wanted)))
    assert window.document.place == Place("", "Main", 1)


def test_a_link_of_the_details_marks_a_variable(window, view, qtbot):
    go_to_row(window, 2)
    number = next(
        number
        for number, target in enumerate(view.details._targets)
        if not isinstance(target, Place) and target[1].name == "Line"
    )
    with qtbot.waitSignal(window.document.modelChanged):
        view.details.anchorClicked.emit(QUrl(str(number)))
    assert sensitivity(window, "Line") is Sensitivity.MARKED


def test_details_load_nothing_from_outside(view, tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"no picture")
    assert view.details.loadResource(2, QUrl.fromLocalFile(str(picture))) is None


def test_enter_moves_the_keyboard_to_the_details(window, view, tree, qtbot):
    go_to_row(window, 2)
    tree.setFocus()
    qtbot.waitUntil(tree.hasFocus)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    qtbot.waitUntil(view.details.hasFocus)


def test_copied_rows_are_robin_with_masked_secrets(window, tree, qtbot):
    go_to_row(window, 1)
    tree.setFocus()
    qtbot.keySequence(tree, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text() == f"SET Password TO $'''{MASK}'''\r\n"


def test_a_copied_row_brings_its_error_handlers(window, tree):
    go_to_row(window, 4)
    menu_of(window, tree)["Copy as Robin, secrets masked"].trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied.strip().startswith("Text.ToNumber")
    assert copied.strip().endswith("END")


def test_secrets_are_copied_only_when_agreed_and_taken_off_again(window, tree, monkeypatch):
    go_to_row(window, 1)
    QGuiApplication.clipboard().setText("before")
    monkeypatch.setattr(row_commands, "_confirmed", lambda _: False)
    menu_of(window, tree)["Copy as Robin with its secrets…"].trigger()
    assert QGuiApplication.clipboard().text() == "before"
    monkeypatch.setattr(row_commands, "_confirmed", lambda _: True)
    menu_of(window, tree)["Copy as Robin with its secrets…"].trigger()
    assert "hunter2" in QGuiApplication.clipboard().text()
    assert tree._commands._secrets._timer.isActive()
    tree._commands._secrets.clear()
    assert QGuiApplication.clipboard().text() == ""


def test_rows_without_secrets_do_not_offer_to_copy_them(window, tree):
    go_to_row(window, 7)
    assert "Copy as Robin with its secrets…" not in menu_of(window, tree)


def test_the_menu_of_a_row_marks_each_of_its_variables(window, tree, qtbot):
    go_to_row(window, 4)
    menu = menu_of(window, tree)
    assert "Mark Line as sensitive" in menu
    with qtbot.waitSignal(window.document.modelChanged):
        menu["Mark 行高 as sensitive"].trigger()
    assert sensitivity(window, "行高") is Sensitivity.MARKED


def test_the_only_variable_of_a_row_is_marked_by_key(window, tree, qtbot):
    go_to_row(window, 5)
    tree.setFocus()
    qtbot.waitUntil(tree.hasFocus)
    with qtbot.waitSignal(window.document.modelChanged):
        qtbot.keyClick(tree, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert sensitivity(window, "行高") is Sensitivity.MARKED


def test_several_variables_of_a_row_are_asked_for_by_key(window, tree, qtbot):
    go_to_row(window, 3)
    tree.setFocus()
    qtbot.waitUntil(tree.hasFocus)
    qtbot.keyClick(tree, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text().replace("&", "") for action in menu.actions()]
    assert words == ["Mark Line as sensitive", "Remove the mark of Password"]
    menu.close()


def find(view, qtbot, text, key=Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.NoModifier):
    view.focusFilter()
    view.find_bar.field.setText(text)
    qtbot.keyClick(view.find_bar.field, key, modifier)
    qtbot.waitUntil(lambda: not view._slices.busy)


def test_rows_are_found_in_all_subflows_and_round_again(window, view, qtbot):
    flow = window.document.session.flows[0]
    find(view, qtbot, "wait")
    assert window.document.place.subflow == "Tidy up"
    find(view, qtbot, "SET VARIABLE")
    assert window.document.place == Place("", "Main", flow.subflows[0].actions[0].index)
    find(view, qtbot, "wait", modifier=Qt.KeyboardModifier.ShiftModifier)
    assert window.document.place.subflow == "Tidy up"
    find(view, qtbot, "no such row")
    assert view.find_bar._remark.text() == "Not found in this flow"


def test_secrets_cannot_be_searched_for(window, view, qtbot):
    before = window.document.place
    find(view, qtbot, "hunter2")
    assert window.document.place == before


def test_a_desktop_flow_that_is_run_is_named_and_linked(show, corpus):
    path = corpus / "solutions" / "PADFramework_1_1_12501_241.zip"
    window = show(Source(path=path))
    flow, action = next(
        (flow, action)
        for flow in window.document.session.flows
        for action in flow.actions
        if action.statement.action == "External.RunFlow"
    )
    window.document.goTo(Place(flow.id, action.subflow.name, action.index))
    text = window.workspace.flow.details.toPlainText()
    assert "Open the flow PADFramework: " in text


def test_what_an_analysis_finds_in_the_same_flow_is_shown(window, view, tree, qtbot):
    flow = window.document.session.flows[0]
    go_to_row(window, 5)
    height = next(found for found in flow.variables if found.name == "行高")
    height.sensitivity = Sensitivity.CREDENTIAL
    told = []
    tree.rows.dataChanged.connect(lambda top, _: told.append(top))
    window.document.findingsChanged.emit()
    qtbot.waitUntil(lambda: bool(told))
    assert "Set 行高 (Credential) to" in tree.rows.at(4).data(SPOKEN)
    assert "行高 (Credential)" in view.details.toPlainText()
