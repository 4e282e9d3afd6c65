"""The DLP view through the window: policies opened, the matrix, the rows, the what-if."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from tests.governance.policy_files import endpoints, flat, split
from tests.ui.test_views_access import reachable

from padguard.governance.dlp_model import Children, Standing
from padguard.governance.policy import Classification
from padguard.governance.policy_reading import load_policies
from padguard.ui.document import Analysis, Place
from padguard.ui.opening import Source, sample_path
from padguard.ui.views import dlp_view
from padguard.ui.views.dlp_empty import POLICY_LINE
from padguard.ui.views.dlp_shown import Difference, Picked

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EXCEL, SCRIPTING = "desktopflow.excel", "desktopflow.scripting"
PAYROLL = "https://clerk:Sesame-417!x@pay.example/"
SCRIPT = f"""Excel.LaunchExcel.LaunchUnderExistingProcess Visible: True Instance=> ExcelInstance
DISABLE Scripting.RunPowershellScript.RunPowershellScript Script: $'''Get-Date''' ScriptOutput=> Out
Web.InvokeWebService.InvokeWebService Url: $'''{PAYROLL}''' Method: Web.Method.Get Response=> R
Nonsense.DoIt.Now What: 1
""".replace("\n", "\r\n")


@pytest.fixture
def window(show):
    return show(Source(text=SCRIPT, name="Night run"))


@pytest.fixture
def sample(show):
    return show(Source(path=sample_path()))


@pytest.fixture
def file(tmp_path):
    def write(name, value):
        path = tmp_path / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    return write


def shown_view(qtbot, window):
    window.actions_table["show-dlp"].trigger()
    view = window.workspace.dlp
    qtbot.waitUntil(view.isVisible)
    return view


def settle(qtbot, window):
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)
    qtbot.waitUntil(lambda: window.document.analysis is Analysis.DONE, timeout=20_000)


def load(qtbot, window, monkeypatch, *paths):
    """Open policies as a person does, and give the view that shows them."""
    chosen = [str(path) for path in paths]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    window.actions_table["open-policies"].trigger()
    settle(qtbot, window)
    return window.workspace.dlp


def texts(view, column=1):
    model = view.matrix.cells
    return {
        model.headerData(row, Qt.Orientation.Vertical): model.index(row, column).data()
        for row in range(model.rowCount())
    }


def listed(view):
    rows = view.rows.rows
    return [
        tuple(rows.index(row, column).data() for column in range(rows.columnCount()))
        for row in range(rows.rowCount())
    ]


def notices(window):
    return [bar.notice.text for bar in window.notices.bars]


def try_class(qtbot, window, group, classification):
    view = window.workspace.dlp
    view.matrix.select(Picked(group))
    combo = view.trial.classes
    combo.setCurrentIndex(combo.findData(classification))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, window)


def finding_rules(window):
    return {finding.rule for finding in window.document.findings}


# Opening policies


def test_without_a_policy_the_view_says_how_to_get_one(qtbot, window):
    view = shown_view(qtbot, window)
    assert view.pages.currentWidget() is view.empty
    assert view.empty.line.text() == POLICY_LINE
    view.empty.copy.click()
    assert QGuiApplication.clipboard().text() == POLICY_LINE


def test_ctrl_5_shows_the_view_and_gives_it_the_keyboard(qtbot, window):
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    view = window.workspace.dlp
    assert window.workspace.currentWidget() is view
    qtbot.waitUntil(view.empty.open.hasFocus)


def test_policies_are_read_judged_and_told_in_the_findings(qtbot, window, file, monkeypatch):
    assert "PG501" not in finding_rules(window)
    path = file("tenant.json", flat("Tenant", blocked="Excel"))
    view = load(qtbot, window, monkeypatch, path)
    assert texts(view)["Excel"] == "Blocked"
    assert "PG501" in finding_rules(window)
    assert [policy.title for policy in window.document.session.policing.policies] == ["Tenant"]


def test_several_at_once_are_listed_with_what_was_ignored(qtbot, window, file, monkeypatch):
    strange = flat("Tenant", default="Confidential", scope="OnlyEnvironments", environments="e1")
    strange["novelty"] = {"a": 1}
    paths = file("a.json", strange), file("b.json", flat("Finance"))
    view = load(qtbot, window, monkeypatch, *paths)
    model = view.policies.policies
    assert view.parts.currentWidget() is view.policies
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Tenant", "Finance"]
    words = model.index(0, 1).data()
    assert "e1" in words
    assert "Business" in words
    assert "a.json" in words
    assert "Ignored parts: 1" in words
    ignored = model.index(0, 0, model.index(0, 0))
    assert ignored.data() == "$.novelty"
    assert "does not know" in ignored.siblingAtColumn(1).data()


def test_a_file_that_is_no_policy_is_told_and_leaves_the_others(
    qtbot, window, file, tmp_path, monkeypatch
):
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    paths = broken, file("b.json", flat("Finance")), file("c.json", {"connectorGroups": "x"})
    view = load(qtbot, window, monkeypatch, *paths)
    assert [policy.title for policy in view.desk.policies] == ["Finance"]
    assert any("broken.json" in text for text in notices(window))
    assert any("connectorGroups" in text for text in notices(window))


def test_a_policy_that_is_opened_again_takes_its_old_place(qtbot, window, file, monkeypatch):
    first = file("a.json", flat("Tenant", blocked="Excel"))
    view = load(qtbot, window, monkeypatch, first, file("b.json", flat("Finance")))
    file("a.json", flat("Tenant", business="Excel"))
    load(qtbot, window, monkeypatch, first)
    assert [policy.title for policy in view.desk.policies] == ["Tenant", "Finance"]
    assert texts(view, 0)["Excel"] == "Differs by policy"


def test_policies_are_taken_away_with_the_delete_key(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant", blocked="Excel")))
    assert not view.policies.remove.isEnabled()
    view.policies.tree.setCurrentIndex(view.policies.policies.index(0, 0))
    assert view.policies.remove.isEnabled()
    QTest.keyClick(view.policies.tree, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert view.desk.policies == ()
    assert "PG501" not in finding_rules(window)
    assert view.pages.currentWidget() is view.empty


def dropped(paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where.toPoint(), copy, data, left, none)
    return data, enter, QDropEvent(where, copy, data, left, none)


def test_policy_files_are_taken_when_dropped_and_exports_are_not(qtbot, window, file, tmp_path):
    view = shown_view(qtbot, window)
    _data, enter, drop = dropped([file("a.json", flat("Tenant")), file("B.JSON", flat("Other"))])
    enter.ignore()
    view.dragEnterEvent(enter)
    assert enter.isAccepted()
    view.dropEvent(drop)
    settle(qtbot, window)
    assert [policy.title for policy in view.desk.policies] == ["Tenant", "Other"]
    _data, enter, _drop = dropped([tmp_path / "export.zip"])
    view.dragEnterEvent(enter)
    assert not enter.isAccepted()


# The matrix


def test_cells_say_in_words_what_policies_say(qtbot, window, file, monkeypatch):
    policy = flat("Tenant", business="Excel", general="Web HTTP")
    view = load(qtbot, window, monkeypatch, file("a.json", policy))
    cells, classes = texts(view, 1), texts(view, 0)
    assert classes["Excel"] == "Business"
    assert cells["Excel"] == "Violation: Business"
    assert cells["All groups"] == "Violation"
    assert classes["All groups"] == "1 violation"
    assert [text for name, text in cells.items() if name == "Nonsense"] == ["Not evaluated"]


def test_every_cell_has_an_icon_beside_its_word(qtbot, sample, file, monkeypatch):
    policy = flat("Tenant", business="Excel Database", blocked="Scripting")
    view = load(qtbot, sample, monkeypatch, file("a.json", policy))
    model = view.matrix.cells
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            assert bool(index.data()) == (index.data(dlp_model_look()) is not None)
            assert index.data(Qt.ItemDataRole.AccessibleTextRole)


def dlp_model_look():
    return Qt.ItemDataRole.UserRole


def test_the_tool_tip_names_the_deciding_policy_and_the_rows(qtbot, window, file, monkeypatch):
    paths = file("a.json", flat("Tenant", blocked="Excel")), file("b.json", flat("Finance"))
    view = load(qtbot, window, monkeypatch, *paths)
    index = view.matrix.cells.index_of(Picked(EXCEL, window.document.session.flows[0].id))
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "Decided by: Tenant" in tip
    assert "Finance" not in tip
    assert "Rows: 1" in tip


def test_a_click_on_a_row_goes_to_it(qtbot, sample, file, monkeypatch):
    view = load(qtbot, sample, monkeypatch, file("a.json", flat("Tenant", blocked="Scripting")))
    shown = view.desk.shown
    violation = next(one for one in shown.evaluation.violations if one.groups == (SCRIPTING,))
    view.parts.setCurrentIndex(0)
    view.matrix.select(Picked(SCRIPTING, violation.flow_id))
    assert listed(view)
    spot = violation.spots[0]
    index = view.rows.rows.index(0, 0)
    where = view.rows.visualRect(index).center()
    QTest.mouseClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert sample.document.place == Place(spot.flow_id, spot.subflow, spot.action)


def test_the_keyboard_alone_gets_from_the_matrix_to_the_row(qtbot, sample, file, monkeypatch):
    view = load(qtbot, sample, monkeypatch, file("a.json", flat("Tenant", blocked="Scripting")))
    view.matrix.setFocus()
    QTest.keyClicks(view.matrix, "scr")
    assert view.matrix.cells.picked(view.matrix.currentIndex()).group == SCRIPTING
    QTest.keyClick(view.matrix, Qt.Key.Key_Return)
    qtbot.waitUntil(view.rows.hasFocus)
    place = view.rows.rows.place(view.rows.currentIndex())
    assert place is not None
    assert sample.document.place == place
    QTest.keyClick(view.rows, Qt.Key.Key_Return)
    assert sample.workspace.currentWidget() is sample.workspace.flow


def test_disabled_rows_count_only_when_asked_for(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant", blocked="Scripting")))
    assert "Scripting" not in texts(view)
    view.bar.disabled.click()
    settle(qtbot, window)
    assert texts(view)["Scripting"] == "Blocked"
    assert window.document.session.policing.setting.include_disabled


def test_an_environment_leaves_policies_for_others_aside(qtbot, window, file, monkeypatch):
    only = flat("Production", blocked="Excel", scope="OnlyEnvironments", environments="prod-1")
    view = load(qtbot, window, monkeypatch, file("a.json", only), file("b.json", flat("All")))
    assert texts(view, 0)["Excel"] == "Blocked"
    combo = view.bar.environment
    assert [combo.itemData(place) for place in range(combo.count())][1] == "prod-1"
    combo.setCurrentIndex(combo.count() - 1)
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, window)
    assert texts(view, 0)["Excel"] == "Non-business"
    model = view.policies.policies
    assert "does not hold" in model.index(0, 1).data()


def test_flows_run_by_others_are_judged_as_asked_and_both_sources_are_named(
    qtbot, sample, file, monkeypatch
):
    view = load(qtbot, sample, monkeypatch, file("a.json", flat("Tenant")))
    combo = view.bar.runs
    for place in range(combo.count()):
        tip = combo.itemData(place, Qt.ItemDataRole.ToolTipRole)
        assert "2025" in tip
        assert "2026" in tip
    combo.setCurrentIndex(combo.findData(Children.WITH_PARENT))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, sample)
    assert view.desk.shown.evaluation.setting.children is Children.WITH_PARENT
    view.matrix.select(Picked())
    assert "2026" in view.page.toPlainText()


def test_the_matrix_follows_a_change_of_the_export(qtbot, sample, file, monkeypatch):
    view = load(qtbot, sample, monkeypatch, file("a.json", flat("Tenant", blocked="Excel")))
    before = view.desk.shown
    flow = sample.document.session.flows[0]
    sample.document.mark(flow.id, ["SupplierUser"], sensitive=True)
    settle(qtbot, sample)
    assert view.desk.shown is not before
    rebuilt = sample.document.session.flows[0]
    assert view.desk.shown.flows[flow.id] is rebuilt


# What if


def test_a_what_if_shows_what_breaks_and_never_gets_loaded(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    assert texts(view)["All groups"] != "Violation"
    rules = finding_rules(window)
    try_class(qtbot, window, EXCEL, Classification.BLOCKED)
    assert texts(view)["Excel"] == "New violation: Blocked"
    assert texts(view, 0)["Excel"] == "Blocked (was: Non-business)"
    assert texts(view)["All groups"] == "Violation, 1 new"
    assert view.banner.isVisible()
    assert "what-if" in view.banner.text.text()
    assert finding_rules(window) == rules
    loaded = window.document.session.policing.policies
    assert loaded[0].class_of(EXCEL) is Classification.NON_BUSINESS
    view.banner.reset.click()
    assert not view.banner.isVisible()
    assert texts(view)["Excel"] == "Non-business"


def test_a_what_if_tells_which_violations_would_be_gone(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant", blocked="Excel")))
    try_class(qtbot, window, EXCEL, Classification.NON_BUSINESS)
    flow_id = window.document.session.flows[0].id
    assert view.desk.shown.difference(EXCEL, flow_id) is Difference.GONE
    assert texts(view)["Excel"] == "Violation gone: Non-business"
    assert "Gone with the what-if" in view.page.toPlainText()
    assert "PG501" in finding_rules(window)


def test_trying_the_loaded_class_again_ends_the_what_if(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    try_class(qtbot, window, EXCEL, Classification.BLOCKED)
    try_class(qtbot, window, EXCEL, Classification.NON_BUSINESS)
    assert not view.desk.what_if
    assert not view.banner.isVisible()


def test_a_draft_can_be_tried_without_any_policy(qtbot, window):
    view = shown_view(qtbot, window)
    view.empty.draft.click()
    settle(qtbot, window)
    assert view.pages.currentIndex() == 0
    assert texts(view, 0)["Excel"].startswith("Non-business")
    try_class(qtbot, window, EXCEL, Classification.BUSINESS)
    assert texts(view)["Excel"] == "New violation: Business"
    assert window.document.session.policing.policies == ()
    view.banner.reset.click()
    assert view.pages.currentWidget() is view.empty


def test_the_draft_file_says_what_was_tried_out(qtbot, window, file, tmp_path, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant", business="Excel")))
    try_class(qtbot, window, EXCEL, Classification.BLOCKED)
    target = tmp_path / "draft.json"
    monkeypatch.setattr(dlp_view, "ask_where_to_save", lambda *_: target)
    view.banner.save.click()
    settle(qtbot, window)
    (draft,) = load_policies([target])
    assert draft.class_of(EXCEL) is Classification.BLOCKED
    (original,) = load_policies([tmp_path / "a.json"])
    assert original.class_of(EXCEL) is Classification.BUSINESS
    assert view.banner.isVisible()


def test_a_draft_that_cannot_be_written_is_told(qtbot, window, file, tmp_path, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    try_class(qtbot, window, EXCEL, Classification.BLOCKED)
    target = tmp_path / "nowhere" / "draft.json"
    monkeypatch.setattr(dlp_view, "ask_where_to_save", lambda *_: target)
    view.banner.save.click()
    settle(qtbot, window)
    assert any("draft.json" in text for text in notices(window))


def test_what_is_in_no_known_group_cannot_be_classed(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    group = next(line.key for line in view.desk.shown.groups if "nonsense" in line.key)
    view.matrix.select(Picked(group))
    assert view.trial.classes.isHidden()
    view.matrix.select(Picked(EXCEL))
    assert not view.trial.classes.isHidden()


def test_the_menu_of_a_group_offers_classes(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    view.matrix.select(Picked(EXCEL))
    view.matrix.menuWanted.emit(view.matrix.mapToGlobal(view.matrix.rect().center()))
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    offered = {action.text(): action for action in menu.actions()}
    assert not offered["What if it were Non-business?"].isEnabled()
    offered["What if it were Blocked?"].trigger()
    menu.close()
    settle(qtbot, window)
    line = view.matrix.cells.group(EXCEL)
    assert line.standing is Standing.BLOCKED


def test_a_what_if_ends_with_its_policy(qtbot, window, file, monkeypatch):
    paths = file("a.json", flat("Tenant")), file("b.json", flat("Finance"))
    view = load(qtbot, window, monkeypatch, *paths)
    try_class(qtbot, window, EXCEL, Classification.BLOCKED)
    view.desk.remove(view.desk.policies[0])
    settle(qtbot, window)
    assert not view.desk.what_if
    assert not view.banner.isVisible()


# For everybody


def test_addresses_are_not_shown(qtbot, window, file, monkeypatch):
    policy = split(flat("Tenant"), endpoints("Web", "Deny *pay.example/*", "Allow *"))
    view = load(qtbot, window, monkeypatch, file("a.json", policy))
    model = view.matrix.cells
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            view.matrix.setCurrentIndex(model.index(row, column))
            said = [str(model.index(row, column).data(role)) for role in roles]
            rows = view.rows.rows
            said += [
                str(rows.index(number, part).data(role))
                for number in range(rows.rowCount())
                for part in range(rows.columnCount())
                for role in roles
            ]
            assert "Sesame" not in "".join((*said, view.page.toPlainText()))


def test_everything_the_keyboard_reaches_has_a_name(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    try_class(qtbot, window, EXCEL, Classification.BLOCKED)
    nameless = [
        widget
        for widget in (view, *reachable(view))
        if not (widget.accessibleName() or getattr(widget, "text", str)())
        and widget.metaObject().className() not in ("QComboBoxListView", "QTabBar", "QSplitter")
    ]
    assert nameless == []


@pytest.mark.parametrize("choice", ["theme-dark", "theme-high-contrast", "theme-light"])
def test_the_view_takes_over_another_theme(qtbot, window, file, monkeypatch, choice):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    window.actions_table[choice].trigger()
    assert not view.grab().isNull()


def test_the_view_is_usable_where_there_is_little_room(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    try_class(qtbot, window, EXCEL, Classification.BLOCKED)
    assert view.minimumSizeHint().width() <= 480


def test_models_are_sound(qtbot, sample, file, monkeypatch):
    strange = {**flat("Tenant", blocked="Excel"), "novelty": 1}
    view = load(qtbot, sample, monkeypatch, file("a.json", strange), file("b.json", flat("B")))
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(model, mode)
        for model in (view.matrix.cells, view.rows.rows, view.policies.policies)
    ]
    try_class(qtbot, sample, EXCEL, Classification.BUSINESS)
    view.matrix.select(Picked(EXCEL))
    view.matrix.select(Picked())
    view.desk.remove(view.desk.policies[0])
    settle(qtbot, sample)
    assert len(testers) == 3


def test_closing_the_export_forgets_policies_and_what_if(qtbot, window, file, monkeypatch):
    view = load(qtbot, window, monkeypatch, file("a.json", flat("Tenant")))
    try_class(qtbot, window, EXCEL, Classification.BLOCKED)
    window.close_export()
    assert view.desk.policies == ()
    assert not view.desk.what_if
    assert view.matrix.cells.rowCount() == 0
