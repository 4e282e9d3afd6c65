"""The explorer: what the tree shows, how it follows, filters and marks."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu

from padguard.flow.model import Sensitivity
from padguard.foundation.masked import MASK
from padguard.ui.document import Place
from padguard.ui.opening import Source
from padguard.ui.views.explorer_filter import Chip
from padguard.ui.views.explorer_model import (
    DETAIL,
    DISABLED_ROLE,
    ICON_ROLE,
    NAME,
    PLACE_ROLE,
    SENSITIVITY,
    SENSITIVITY_ROLE,
)

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG = "Very" * 14 + "Long"
SCRIPT = f"""@SENSITIVE: [Password]
@INPUT Password : {{ 'FriendlyName': 'Secret', 'DefaultValue': 'pass@word1', 'Type': 'String' }}
@INPUT Server : {{ 'FriendlyName': 'Server', 'DefaultValue': '', 'Type': 'String' }}
@OUTPUT Result : {{ 'FriendlyName': 'Result', 'Type': 'String' }}
SET 行高 TO 3
SET {LONG} TO $'''Server=%Server%;Pwd=%Password%'''
IF 行高 = 3 THEN
    SET Result TO {LONG}
    DISABLE Display.ShowMessageDialog.ShowMessage Message: Password ButtonPressed=> Button
ELSE
    CALL 'Tidy up'
END
FUNCTION 'Tidy up' GLOBAL
    Folder.Delete Folder: Server
END FUNCTION
""".replace("\n", "\r\n")
HEADERLESS = "SET Token TO $'''abc'''\r\n"


@pytest.fixture
def window(show):
    return show(Source(text=SCRIPT, name="Night run"))


@pytest.fixture
def tree(window):
    return window.workspace.explorer.tree


@pytest.fixture
def model(tree):
    return tree.model()


def shown(tree, parent=None, depth=0):
    """Return what is unfolded, as indented lines of names."""
    model, parent = tree.model(), parent or QModelIndex()
    lines = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, NAME, parent)
        lines.append("  " * depth + index.data())
        if tree.isExpanded(index):
            lines += shown(tree, index, depth + 1)
    return lines


def find(model, text, parent=None):
    """Return the first index whose name is ``text``, opening the model on the way."""
    parent = parent or QModelIndex()
    if model.canFetchMore(parent):
        model.fetchMore(parent)
    for row in range(model.rowCount(parent)):
        index = model.index(row, NAME, parent)
        found = index if index.data() == text else find(model, text, index)
        if found is not None:
            return found
    return None


def all_names(model):
    names = []

    def walk(parent):
        if model.canFetchMore(parent):
            model.fetchMore(parent)
        for row in range(model.rowCount(parent)):
            names.append(model.index(row, NAME, parent).data())
            walk(model.index(row, NAME, parent))

    walk(QModelIndex())
    return names


def text_of(model, name, column):
    index = find(model, name)
    return index.siblingAtColumn(column).data()


def choose(tree, *names):
    flags = QItemSelectionModel.SelectionFlag
    tree.selectionModel().clear()
    for name in names:
        index = find(tree.model(), name)
        tree.scrollTo(index)
        tree.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)


def filter_by(window, qtbot, text="", *chips):
    view = window.workspace.explorer
    view.filter_bar.field.setText(text)
    for chip, button in view.filter_bar.buttons.items():
        button.setChecked(chip in chips)
    qtbot.waitUntil(lambda: not view._typing.isActive() and not view._slices.busy)


def sensitivity(window, name):
    flow = window.document.session.flows[0]
    return next(found.sensitivity for found in flow.variables if found.name == name)


def press_mark(window, tree, qtbot):
    tree.setFocus()
    qtbot.waitUntil(tree.hasFocus)
    qtbot.keyClick(tree, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)


def test_the_tree_holds_flows_variables_subflows_and_nested_rows(model):
    assert all_names(model) == [
        "Pasted text",
        "Night run",
        "Inputs",
        "Password",
        "Server",
        "Outputs",
        "Result",
        "Variables",
        "行高",
        LONG,
        "Button",
        "Subflows",
        "Main",
        "1  Set variable",
        "2  Set variable",
        "3  If",
        "4  Set variable",
        "5  Display message",
        "6  Else",
        "7  Run subflow",
        "8  End",
        "Tidy up",
        "1  Delete folder",
    ]


def test_variables_bear_their_sensitivity_as_icon_word_and_type(model):
    password = find(model, "Password")
    assert password.data(SENSITIVITY_ROLE) is Sensitivity.MARKED
    assert password.data(ICON_ROLE) == "marked"
    assert password.siblingAtColumn(SENSITIVITY).data() == "Marked"
    assert password.siblingAtColumn(DETAIL).data() == "Text"
    assert text_of(model, "行高", SENSITIVITY) == "Clean"
    assert text_of(model, "Main", DETAIL) == "8 rows"
    assert text_of(model, "Tidy up", DETAIL) == "1 row"


def test_a_screen_reader_hears_name_kind_type_and_sensitivity(model):
    spoken = Qt.ItemDataRole.AccessibleTextRole
    words = find(model, "Password").data(spoken)
    assert words.startswith("Password, Input, Text, Marked. High: The default of the sensitive")
    row = find(model, "5  Display message").data(spoken)
    assert row.startswith("Row 5, disabled: Display message.")


def test_disabled_rows_say_so_in_words(model):
    index = find(model, "5  Display message")
    assert index.data(DISABLED_ROLE)
    assert index.siblingAtColumn(DETAIL).data() == "Disabled"


def test_tool_tips_show_text_of_the_export_to_the_letter(show):
    script = "@SENSITIVE: []\r\nSET A TO $'''<img src=file:///x><b>bold</b>'''\r\n"
    model = show(Source(text=script, name="n")).workspace.explorer.tree.model()
    tip = find(model, "1  Set variable").data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold" in tip
    assert "<img" not in tip


def test_nothing_is_made_before_it_is_opened(model):
    subflow = model.indexOf(Place("", "Tidy up"))
    assert model.hasChildren(subflow)
    assert model.rowCount(subflow) == 0
    assert model.canFetchMore(subflow)


def test_the_model_keeps_the_contract_of_models(model, qtmodeltester):
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("text", "chips"),
    [("", ()), ("er", ()), ("", (Chip.SENSITIVE,)), ("", (Chip.DISABLED,)), ("nothing", ())],
)
def test_the_model_keeps_the_contract_through_changes(window, tree, qtbot, text, chips):
    filter_by(window, qtbot, text, *chips)
    # Made now: at once when rows appear it opens them further, and does not expect that of itself.
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(tree.model(), mode, window)
    for sensitive in (True, False):
        with qtbot.waitSignal(window.document.modelChanged):
            window.document.mark("", ["Server"], sensitive)
    assert tester.model() is tree.model()


def test_choosing_a_node_goes_to_its_place(window, tree):
    choose(tree, "Password")
    assert window.document.place == Place("", variable="Password")
    choose(tree, "Tidy up")
    assert window.document.place == Place("", "Tidy up")


def test_the_tree_follows_the_place_and_leaves_it_as_it_is(window, tree):
    window.document.goTo(Place("", variable=LONG))
    assert tree.currentIndex().data() == LONG
    assert tree.isExpanded(tree.currentIndex().parent())
    assert window.document.place == Place("", variable=LONG)


def test_a_row_is_followed_as_far_as_the_tree_is_open(window, tree, model):
    row = window.document.session.flows[0].subflows[0].actions[3]
    window.document.goTo(Place("", "Main", row.index))
    assert tree.currentIndex().data() == "Main"
    assert window.document.place == Place("", "Main", row.index)
    tree.open_below(model.indexOf(Place("", "Main")))
    window.document.goTo(Place("", "Main", 0))
    window.document.goTo(Place("", "Main", row.index))
    assert tree.currentIndex().data() == "4  Set variable"


def test_marking_leaves_the_tree_open_and_selected_as_it_was(window, tree, qtbot):
    tree.open_below(QModelIndex())
    choose(tree, "Server")
    before = shown(tree)
    with qtbot.waitSignal(window.document.modelChanged):
        window.document.mark("", ["Server"], sensitive=True)
    assert shown(tree) == before
    assert tree.currentIndex().data(PLACE_ROLE) == Place("", variable="Server")
    assert text_of(tree.model(), "Server", SENSITIVITY) == "Marked"


def test_other_flows_are_left_alone_by_a_change(show, corpus, qtbot):
    path = corpus / "solutions" / "PADFramework_1_1_12501_241.zip"
    window = show(Source(path=path))
    model = window.workspace.explorer.tree.model()
    first, second = window.document.session.flows[:2]
    told = []
    model.indexOf(Place(second.id, second.subflows[0].name))
    model.dataChanged.connect(lambda top, _: told.append(model.content(top).flow))
    variable = next(v for v in first.variables if v.sensitivity is Sensitivity.CLEAN)
    with qtbot.waitSignal(window.document.modelChanged):
        window.document.mark(first.id, [variable.name], sensitive=True)
    assert {flow.id for flow in told if flow is not None} == {first.id}


def test_the_filter_finds_names_in_any_case_with_what_they_lie_in(window, tree, qtbot):
    filter_by(window, qtbot, "TIDY")
    assert shown(tree) == [
        "Pasted text",
        "  Night run",
        "    Subflows",
        "      Main",
        "        6  Else",
        "          7  Run subflow",
        "      Tidy up",
        "        1  Delete folder",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("folder.delete", "1  Delete folder"),
        ("display message", "5  Display message"),
        ("行", "行高"),
        ("secret", "Password"),
    ],
)
def test_the_filter_finds_ids_titles_and_external_names(window, tree, qtbot, text, found):
    filter_by(window, qtbot, text)
    assert found in [line.strip() for line in shown(tree)]


def test_the_filter_shows_sensitive_variables_only(window, tree, qtbot):
    filter_by(window, qtbot, "", Chip.SENSITIVE)
    assert shown(tree) == ["Pasted text", "  Night run", "    Inputs", "      Password"]


def test_the_filter_shows_disabled_rows_only(window, tree, qtbot):
    filter_by(window, qtbot, "", Chip.DISABLED)
    assert [line.strip() for line in shown(tree)][-2:] == ["3  If", "5  Display message"]


def test_a_variable_marked_while_filtered_moves_at_once(window, tree, qtbot):
    filter_by(window, qtbot, "", Chip.SENSITIVE)
    with qtbot.waitSignal(window.document.modelChanged):
        window.document.mark("", ["Server"], sensitive=True)
    assert [line.strip() for line in shown(tree)][-2:] == ["Password", "Server"]


def test_clearing_the_filter_opens_the_tree_as_it_was(window, tree, qtbot):
    tree.expand(tree.model().indexOf(Place("", "Tidy up")))
    before = shown(tree)
    filter_by(window, qtbot, "pass")
    assert shown(tree) != before
    filter_by(window, qtbot)
    assert shown(tree) == before


def test_a_filter_without_matches_says_so_and_can_be_cleared(window, qtbot):
    view = window.workspace.explorer
    filter_by(window, qtbot, "no such thing")
    assert view._message.isVisible()
    assert view._message.text() == "Nothing in this export matches the filter."
    qtbot.mouseClick(view._clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.tree.isVisible)


def test_an_export_without_flows_says_what_to_do(show, corpus):
    window = show(Source(path=corpus / "solutions" / "BuilderRiskService_1_0_0_1.zip"))
    view = window.workspace.explorer
    assert "export it again" in view._message.text()
    assert not view._clear.isVisible()


def test_one_variable_is_marked_by_key(window, tree, qtbot):
    choose(tree, "Server")
    with qtbot.waitSignal(window.document.modelChanged):
        press_mark(window, tree, qtbot)
    assert sensitivity(window, "Server") is Sensitivity.MARKED


def test_several_variables_are_marked_by_key_as_one_step(window, tree, qtbot):
    choose(tree, "Server", "Result", "行高")
    with qtbot.waitSignal(window.document.modelChanged):
        press_mark(window, tree, qtbot)
    assert {sensitivity(window, name) for name in ("Server", "Result", "行高")} == {
        Sensitivity.MARKED
    }
    with qtbot.waitSignal(window.document.modelChanged):
        window.document.undo()
    assert sensitivity(window, "Server") is Sensitivity.CLEAN
    assert sensitivity(window, "行高") is Sensitivity.CLEAN


def test_text_without_a_header_says_why_nothing_can_be_marked(show, qtbot):
    window = show(Source(text=HEADERLESS, name="copied"))
    tree = window.workspace.explorer.tree
    assert text_of(tree.model(), "Token", SENSITIVITY) == "Unknown"
    choose(tree, "Token")
    with qtbot.waitSignal(window.document.failed) as refused:
        press_mark(window, tree, qtbot)
    assert "without its header" in str(refused.args[0])


def menu_of(tree):
    menu = QMenu(tree)
    tree._fill_menu(menu, tree._document, tree.currentIndex())
    return {action.text().replace("&", ""): action for action in menu.actions()}


def test_the_menu_marks_a_variable(window, tree, qtbot):
    choose(tree, "Server")
    with qtbot.waitSignal(window.document.modelChanged):
        menu_of(tree)["Mark Server as sensitive"].trigger()
    assert sensitivity(window, "Server") is Sensitivity.MARKED


def test_the_menu_of_several_variables_marks_and_unmarks_them(window, tree, qtbot):
    choose(tree, "Password", "Server", "Result")
    with qtbot.waitSignal(window.document.modelChanged):
        menu_of(tree)["Mark 2 variables as sensitive"].trigger()
    assert sensitivity(window, "Result") is Sensitivity.MARKED
    with qtbot.waitSignal(window.document.modelChanged):
        menu_of(tree)["Remove the marks of 3 variables"].trigger()
    assert sensitivity(window, "Password") is Sensitivity.EXPOSED


def test_the_menu_of_a_row_offers_its_variables(window, tree):
    tree.open_below(QModelIndex())
    choose(tree, "5  Display message")
    assert "Remove the mark of Password" in menu_of(tree)
    assert "Mark Button as sensitive" in menu_of(tree)


def test_what_cannot_be_marked_is_grey_and_says_why(show):
    tree = show(Source(text=HEADERLESS, name="copied")).workspace.explorer.tree
    choose(tree, "Token")
    action = menu_of(tree)["Mark Token as sensitive"]
    assert not action.isEnabled()
    assert "without its header" in action.toolTip()


def test_no_secret_is_shown_in_any_text(model):
    for name in all_names(model):
        index = find(model, name)
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            assert "pass@word1" not in str(index.data(role))


def test_values_set_to_a_sensitive_variable_are_masked(show):
    script = "@SENSITIVE: [Key]\r\nSET Key TO $'''hunter2'''\r\n"
    model = show(Source(text=script, name="n")).workspace.explorer.tree.model()
    tip = find(model, "1  Set variable").data(Qt.ItemDataRole.ToolTipRole)
    assert MASK in tip
    assert "hunter2" not in tip


def test_the_filter_is_reached_by_key(window, tree, qtbot):
    tree.setFocus()
    qtbot.waitUntil(tree.hasFocus)
    qtbot.keySequence(window, QKeySequence("Ctrl+F"))
    qtbot.waitUntil(window.workspace.explorer.filter_bar.field.hasFocus)


def test_marking_stays_at_the_variable(show, qtbot):
    window = show(Source(text=SCRIPT, name="Night run"))
    document = window.document
    place = Place("", variable=LONG)
    document.goTo(place)
    for step in (lambda: document.mark("", [LONG], sensitive=True), document.undo):
        with qtbot.waitSignal(document.findingsChanged):
            step()
        assert document.place == place
        assert window.workspace.explorer.tree.currentIndex().data(PLACE_ROLE) == place


def test_tips_have_no_marks_of_keys(show):
    window = show(Source(text=SCRIPT, name="Night run"))
    window.document.goTo(Place("", variable=LONG))
    action = window.actions_table["mark"]
    assert LONG in action.statusTip()
    assert "&" not in action.statusTip() + action.toolTip()
