"""Findings as a person meets them: list, guide, keys, marks in the other views, secrets masked."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from padguard.flow.model import Sensitivity
from padguard.foundation.masked import MASK
from padguard.rules.finding import Severity
from padguard.ui.change_list import summary_text
from padguard.ui.document import Analysis, Place
from padguard.ui.opening import Source
from padguard.ui.views.explorer_filter import Chip
from padguard.ui.views.findings_model import MESSAGE, PLACE, RULE, Grouping
from padguard.ui.views.rule_help import RuleHelp

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEAK = (
    "@SENSITIVE: [Password]\n"
    "@INPUT Password : { 'Description': 'Ask Bob', 'FriendlyName': 'Password', "
    "'DefaultValue': '', 'Type': 'String' }\n"
    "SET Line TO $'''Server=sql01;Password=%Password%'''\n"
    "# the password is Qx7!quince\n"
    "FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' "
    "Password: $'''Kx8!pomelo''' Connection=> Ftp\n"
    "Display.ShowMessageDialog.ShowMessage Title: $'''Done''' Message: Line "
    "Icon: Display.Icon.None Buttons: Display.Buttons.OK DefaultButton: "
    "Display.DefaultButton.Button1 IsTopMost: False ButtonPressed=> Pressed\n"
)
NO_INDEX = QModelIndex()
QUIET = "@SENSITIVE: []\nSET Total TO 1\nSET Total TO Total + 1\n"


@pytest.fixture
def window(opened):
    return opened(Source(text=LEAK, name="Leak"))


@pytest.fixture
def rows(window):
    return window.workspace.findings.list


def idle(window, qtbot):
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)


def texts(model, column):
    return [model.index(row, column).data() for row in range(model.rowCount())]


def of_rule(window, rule):
    return next(found for found in window.document.findings if found.rule == rule)


def guide(window):
    return window.workspace.guide.page.toPlainText()


def test_opening_analyses_and_tells_in_every_view(window, rows):
    document = window.document
    assert document.analysis is Analysis.DONE
    assert {found.rule for found in document.findings} >= {"PG101", "PG106", "PG202", "PG301"}
    assert texts(rows.findings, RULE) == [found.rule for found in document.findings]
    assert window.status.findings.text().startswith(f"{len(document.findings)} findings: ")
    assert window.status.coverage.text() == "Everything was analysed"
    line = next(found for found in document.session.flows[0].variables if found.name == "Line")
    assert line.sensitivity is Sensitivity.EXPOSED
    tree = window.workspace.flow.tree
    spoken = [
        tree.rows.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(tree.rows.rowCount())
    ]
    assert "Line (Exposed)" in spoken[0]
    assert "High: " in spoken[0]
    assert "Critical: " in spoken[2]
    assert "findings" in guide(window)


def test_the_model_keeps_the_rules_of_qt(window, rows):
    tester = QAbstractItemModelTester(
        rows.findings, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    for grouping in Grouping:
        window.workspace.findings.bar.grouping.setCurrentIndex(list(Grouping).index(grouping))
        for column in range(4):
            rows.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert tester.model() is rows.findings


def test_choosing_a_finding_goes_to_its_row_in_every_view(window, rows, qtbot):
    shown = of_rule(window, "PG202")
    rows.setCurrentIndex(rows.findings.index_of(shown))
    document, workspace = window.document, window.workspace
    assert document.finding == shown
    assert document.place == Place("", "Main", 0, "Line")
    assert workspace.flow.tree.currentIndex() == workspace.flow.tree.rows.index_of(0)
    assert workspace.explorer.tree.currentIndex().data() == "Line"
    assert "Sensitive data loses its mask" in guide(window)
    assert "Why it matters" in guide(window)
    assert "Line is set from Password" in guide(window)
    window.actions_table["show-script"].trigger()
    text = workspace.script.text
    qtbot.waitUntil(lambda: text.flow is not None and text.is_filled)
    qtbot.waitUntil(lambda: text.statement_at_cursor() >= 0)
    assert text.flow.script.statements[text.statement_at_cursor()].start == shown.place.start


def test_choosing_a_row_or_a_variable_shows_its_findings(window, rows):
    window.document.goTo(Place("", "Main", 2))
    assert window.document.finding == of_rule(window, "PG101")
    assert rows.current_finding() == window.document.finding
    window.document.goTo(Place("", variable="Line"))
    assert window.document.finding.variables[0] == "Line"
    window.document.goTo(Place("", variable="Ftp"))
    assert window.document.finding is None
    assert "Nothing is found here" in guide(window)
    assert rows.current_finding() is None


def test_f8_goes_through_all_and_starts_anew(window, qtbot):
    document = window.document
    seen = []
    for _ in document.findings:
        qtbot.keyClick(window, Qt.Key.Key_F8)
        seen.append(document.finding)
    assert seen == list(document.findings)
    assert window.workspace.guide.position.text() == f"{len(seen)} of {len(seen)}"
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert document.finding == seen[0]
    assert window.statusBar().currentMessage() == "Back at the first finding."
    qtbot.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert document.finding == seen[-1]


def test_steps_of_the_way_keep_the_finding(window):
    shown = of_rule(window, "PG301")
    window.document.showFinding(shown)
    page = window.workspace.guide.page
    steps = [target for target in page._targets if isinstance(target, Place)]
    assert len(steps) == 1 + len(shown.path)
    for step in steps:
        page.follow_target(step)
        assert window.document.place == step
        assert window.document.finding == shown
    window.document.back()
    assert window.document.place == steps[-2]


def test_marking_from_the_guide_is_undone_again(window, qtbot):
    shown = of_rule(window, "PG202")
    window.document.showFinding(shown)
    before = window.document.findings
    idle(window, qtbot)
    fixes = window.workspace.guide.fixes
    assert [choice.fix.id for choice in fixes.choices][:1] == ["mark"]
    with qtbot.waitSignal(window.document.modelChanged):
        qtbot.mouseClick(window.workspace.guide.buttons["apply-fix"], Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert "PG202" not in {found.rule for found in window.document.findings}
    assert window.document.finding in window.document.findings
    window.actions_table["undo"].trigger()
    idle(window, qtbot)
    assert [found.fingerprint for found in window.document.findings] == [
        found.fingerprint for found in before
    ]
    assert window.document.finding == shown


def test_after_a_finding_is_gone_the_keys_go_on_behind_it(window, qtbot):
    document = window.document
    shown = of_rule(window, "PG202")
    document.showFinding(shown)
    document.mark("", ["Line"], sensitive=True)
    idle(window, qtbot)
    remaining = [found.rule for found in document.index.at(document.place)]
    assert document.finding is None or document.finding.rule in remaining
    number = document.index.number(document.finding) if document.finding else -1
    document.nextFinding()
    assert document.index.number(document.finding) != number


def test_the_list_is_filtered_sorted_and_grouped(window, rows, qtbot):
    view = window.workspace.findings
    total = len(window.document.findings)
    view.bar.field.setText("pomelo")
    qtbot.waitUntil(lambda: not rows.findings.shown)
    assert view.button.text() == "Clear the filter"
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    assert len(rows.findings.shown) == total
    view.bar.buttons[Severity.CRITICAL].click()
    qtbot.waitUntil(lambda: 0 < len(rows.findings.shown) < total)
    assert {found.severity for found in rows.findings.shown} == {Severity.CRITICAL}
    view.bar.buttons[Severity.CRITICAL].click()
    qtbot.waitUntil(lambda: len(rows.findings.shown) == total)
    rows.sortByColumn(PLACE, Qt.SortOrder.AscendingOrder)
    starts = [found.place.start for found in rows.findings.shown]
    assert starts == sorted(starts)
    rows.sortByColumn(MESSAGE, Qt.SortOrder.DescendingOrder)
    messages = [text.casefold() for text in texts(rows.findings, MESSAGE)]
    assert messages == sorted(messages, reverse=True)
    view.bar.grouping.setCurrentIndex(list(Grouping).index(Grouping.RULE))
    groups = [rows.findings.index(row, 0) for row in range(rows.findings.rowCount())]
    assert all(rows.isExpanded(group) for group in groups)
    assert sum(rows.findings.rowCount(group) for group in groups) == total
    assert any("PG101 · A secret is written into an action (1)" in g.data() for g in groups)


def test_a_finding_is_copied_without_its_secret(window, rows, qtbot):
    window.document.showFinding(of_rule(window, "PG101"))
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "Critical · PG101" in copied
    assert "row 3" in copied
    assert "pomelo" not in copied


def test_f1_explains_the_rule(window, qtbot):
    assert not window.actions_table["rule-help"].isEnabled()
    window.document.showFinding(of_rule(window, "PG101"))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    panel = window.findChild(RuleHelp)
    assert "What it finds" in panel.page.toPlainText()
    assert "FTP.OpenConnection" in panel.page.toPlainText()
    panel.close()


def test_the_secret_is_seen_only_while_the_button_is_held(window, qtbot):
    window.document.showFinding(of_rule(window, "PG101"))
    reveal = window.workspace.guide.reveal
    assert reveal.value.toPlainText() == MASK
    qtbot.mousePress(reveal.button, Qt.MouseButton.LeftButton)
    assert reveal.value.toPlainText() == "Kx8!pomelo"
    qtbot.mouseRelease(reveal.button, Qt.MouseButton.LeftButton)
    assert reveal.value.toPlainText() == MASK
    window.activateWindow()
    reveal.button.setFocus()
    qtbot.waitUntil(reveal.button.hasFocus)
    qtbot.keyPress(reveal.button, Qt.Key.Key_Space)
    assert reveal.value.toPlainText() == "Kx8!pomelo"
    window.workspace.guide.page.setFocus()
    assert reveal.value.toPlainText() == MASK
    window.document.showFinding(of_rule(window, "PG202"))
    assert not reveal.isVisible()


def test_nothing_is_revealed_in_presentation_mode(window, qtbot):
    window.document.showFinding(of_rule(window, "PG101"))
    window.actions_table["presentation"].trigger()
    reveal = window.workspace.guide.reveal
    assert window.actions_table["presentation"].isChecked()
    assert not reveal.button.isEnabled()
    reveal._reveal()
    assert reveal.value.toPlainText() == MASK
    window.preferences.finish()
    fresh = type(window.preferences)()
    fresh.load()
    assert fresh.presenting


def test_copying_the_secret_asks_and_takes_it_back(window, monkeypatch):
    window.document.showFinding(of_rule(window, "PG101"))
    reveal = window.workspace.guide.reveal
    QGuiApplication.clipboard().setText("before")
    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)
    reveal.copy_button.click()
    assert QGuiApplication.clipboard().text() == "before"
    monkeypatch.setattr("padguard.ui.views.reveal._confirmed", lambda view: True)
    reveal.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Kx8!pomelo"
    assert reveal._clipboard._timer.interval() == 30_000
    reveal._clipboard._timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""


def test_the_explorer_filters_for_what_was_found(window, qtbot):
    explorer = window.workspace.explorer
    model = explorer.tree.explorer

    def names(parent=NO_INDEX):
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            yield index.data()
            yield from names(index)

    explorer.filter_bar.buttons[Chip.EXPOSED].click()
    qtbot.waitUntil(lambda: "Ftp" not in list(names()))
    assert "Line" in list(names())
    explorer.filter_bar.buttons[Chip.EXPOSED].click()
    explorer.filter_bar.buttons[Chip.SECRETS].click()
    qtbot.waitUntil(lambda: any("Open FTP connection" in name for name in names()))
    assert not any("Display message" in name for name in names())


def test_parts_of_the_explorer_say_what_was_found_in_them(window):
    model = window.workspace.explorer.tree.explorer
    flow = model.indexOf(Place(""))
    spoken = flow.data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"{len(window.document.findings)} findings: 2 critical" in spoken or "critical" in spoken
    line = model.indexOf(Place("", variable="Line"))
    assert "Line holds sensitive data" in line.data(Qt.ItemDataRole.ToolTipRole)


def test_nothing_found_says_how_much_was_looked_at(opened):
    window = opened(Source(text=QUIET, name="Quiet"))
    view = window.workspace.findings
    count = len(window.document.session.selection.rules())
    words = f"Nothing found by {count} rules; everything could be analysed."
    assert view._message.text() == words
    assert not view.button.isVisible()
    assert window.status.findings.text() == "No findings"
    assert "Nothing found" in guide(window)
    for identifier in ("next-finding", "previous-finding", "rule-help"):
        assert not window.actions_table[identifier].isEnabled()


def test_nothing_found_leads_to_what_was_not_analysed(opened, monkeypatch):
    window = opened(Source(text="@SENSITIVE: []\nSystem.NobodyKnowsThis A: 1\n", name="Odd"))
    view = window.workspace.findings
    assert "of the export could not be analysed" in view._message.text()
    seen: list[str] = []
    monkeypatch.setattr(
        "padguard.ui.dialogs.CoverageDialog.exec",
        lambda box: seen.extend(box.list.item(row).text() for row in range(box.list.count())),
    )
    view.button.click()
    assert any("System.NobodyKnowsThis" in line for line in seen)


def test_a_stopped_analysis_can_be_started_again(opened, qtbot, monkeypatch):
    window = opened(Source(text=LEAK, name="Leak"))
    window.document.analyse()
    window.jobs.cancel()
    idle(window, qtbot)
    assert window.document.findings  # what was known stays
    assert window.actions_table["analyse"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    idle(window, qtbot)
    assert window.document.analysis is Analysis.DONE


def test_without_an_export_the_panes_say_what_to_do(window):
    window.actions_table["close"].trigger()
    workspace = window.workspace
    assert "Open an export" in workspace.findings._message.text()
    assert "Open an export" in guide(window)
    assert all(dock.isHidden() for dock in workspace.docks.values())
    assert window.status.findings.isHidden()


def test_closing_while_the_analysis_runs_is_quiet(opened, qtbot):
    window = opened(Source(text=LEAK, name="Leak"))
    window.document.analyse()
    window.actions_table["close"].trigger()
    idle(window, qtbot)
    assert window.document is None


def test_from_open_to_a_finding_and_back_by_keys_alone(window, qtbot):
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)  # hides
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)  # shows
    rows = window.workspace.findings.list
    qtbot.waitUntil(rows.hasFocus)
    start = window.document.place
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    assert window.document.finding == window.document.findings[0]
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    qtbot.waitUntil(window.workspace.flow.tree.hasFocus)
    while window.document.canGoBack:
        qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.document.place == start


def test_every_part_of_the_panes_has_a_name(window):
    window.document.showFinding(of_rule(window, "PG202"))
    for pane in (window.workspace.findings, window.workspace.guide):
        for widget in (pane, *pane.findChildren(QWidget)):
            if isinstance(widget.parent(), QLineEdit):
                continue  # what Qt puts into a field to clear it
            if isinstance(widget, QAbstractButton):
                assert widget.accessibleName() or widget.text() or not widget.isVisible()
            elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                assert widget.accessibleName() or widget.focusProxy(), widget


def every_text(window):
    """Yield all that can be read in a window: texts, tool tips, names, and the models whole."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        yield widget.windowTitle()
        match widget:
            case QLabel() | QAbstractButton() | QLineEdit():
                yield widget.text()
            case QPlainTextEdit() | QTextEdit():
                yield widget.toPlainText()
                yield getattr(widget, "toHtml", str)()
            case QTabBar():
                yield from (widget.tabText(tab) for tab in range(widget.count()))
            case QComboBox():
                yield from (widget.itemText(item) for item in range(widget.count()))
            case QAbstractItemView() if widget.model() is not None:
                yield from model_texts(widget.model(), QModelIndex())
    for action in window.actions_table:
        yield from (action.text(), action.toolTip(), action.statusTip())


def model_texts(model: QAbstractItemModel, parent):
    role = Qt.ItemDataRole
    if model.canFetchMore(parent):
        model.fetchMore(parent)
    for row in range(model.rowCount(parent)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            for wanted in (role.DisplayRole, role.ToolTipRole, role.AccessibleTextRole):
                yield str(index.data(wanted) or "")
        yield from model_texts(model, model.index(row, 0, parent))


def test_no_secret_of_the_sample_can_be_read_anywhere(opened, sample, qtbot):
    window = opened(Source(path=sample))
    check_secrets(window, qtbot)


def test_no_secret_of_a_real_export_can_be_read_anywhere(opened, corpus, qtbot):
    path = corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip"
    window = opened(Source(path=path))
    assert "PG105" in {found.rule for found in window.document.findings}
    check_secrets(window, qtbot)


def guide_texts(window, qtbot):
    """Yield all that the guide says of the fixes of a finding, and what it copies."""
    offers, deliveries = window.document.offers, window.workspace.guide.deliveries
    for choice in list(window.workspace.guide.fixes.choices):
        yield choice.button.accessibleName()
        offers.choose(choice.fix.id)
        idle(window, qtbot)
        for place, view in enumerate((deliveries.change, deliveries.paste, deliveries.steps)):
            deliveries.setCurrentIndex(place)
            yield view.toHtml()
            for target in view._targets:
                yield str(getattr(target, "text", ""))
        deliveries.setCurrentIndex(0)
        deliveries.robin.click()
        yield deliveries.change.toHtml()
        deliveries.robin.click()
        deliveries.copy_steps.click()
        yield QApplication.clipboard().text()


def check_secrets(window, qtbot):
    document = window.document
    secrets = {
        found.secret.reveal()
        for found in document.findings
        if found.secret and found.place.where is None  # a name elsewhere may be no secret here
    }
    assert secrets
    text = window.workspace.script.text
    seen = []
    for number, finding in enumerate(document.findings):
        document.showFinding(finding)
        seen.append(guide(window))
        idle(window, qtbot)
        seen += guide_texts(window, qtbot)
        if number == 0:
            window.actions_table["show-script"].trigger()
    for flow in document.session.flows:
        for subflow in flow.subflows:
            document.goTo(Place(flow.id, subflow.name))
            seen += model_texts(window.workspace.flow.tree.rows, QModelIndex())
            for row in subflow.rows:
                document.goTo(Place(flow.id, subflow.name, row.index))
                seen.append(window.workspace.flow.details.toPlainText())
        for variable in flow.variables:
            document.goTo(Place(flow.id, "", -1, variable.name, variable.local_to))
            seen.append(window.workspace.flow.details.toPlainText())
        qtbot.waitUntil(lambda flow=flow: text.flow is flow and text.is_filled)
        seen.append(text.toPlainText())
    rows = window.workspace.findings.list
    rows.copyWanted.emit(document.findings[0])
    seen.append(QApplication.clipboard().text())
    window.actions_table["show-summary"].trigger()
    seen.append(window.workspace.guide.closing.page.toHtml())
    seen += [summary_text(document, markdown=markdown) for markdown in (True, False)]
    seen += every_text(window)
    found = {secret for secret in secrets for text in seen if secret in text}
    assert found == set()


def test_many_findings_stay_in_order(opened, corpus):
    window = opened(Source(path=corpus / "solutions" / "PADFramework_1_1_12501_241.zip"))
    model = window.workspace.findings.list.findings
    assert model.shown == list(window.document.findings)
    assert len(model.shown) > 50
    for finding in window.document.findings:
        window.document.showFinding(finding)
        assert window.workspace.findings.list.current_finding() == finding
        place = window.document.place
        if place.action >= 0:
            flow = window.workspace.flow.tree.rows.flow
            assert flow is not None
            assert flow.id == finding.place.flow_id
