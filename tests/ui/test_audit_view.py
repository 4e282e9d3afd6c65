"""The Audit view through the window: snapshots, the report, the questionnaire and its file."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from tests.governance.policy_files import flat
from tests.governance.snapshot_making import audited, snapshot, table
from tests.ui.test_views_access import reachable

from padguard.governance.audit_answers import OWNERS, QUESTIONS, Answers, Said, read_answers
from padguard.governance.audit_answers_writing import write_answers
from padguard.governance.audit_facts import AUTOMATION_TABLES
from padguard.governance.snapshot import Part, PartState
from padguard.governance.snapshot_writing import write_snapshot
from padguard.ui.document import Analysis
from padguard.ui.opening import Source, sample_path
from padguard.ui.views import audit_view
from padguard.ui.views.audit_files import answers_path

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENVIRONMENT, SESSIONS = "environment-auditing", "flowsession"


@pytest.fixture
def export(tmp_path):
    """Return an export in a folder of its own, with tables inside."""
    path = tmp_path / "InvoiceDesk_1_0_0_1.zip"
    path.write_bytes(sample_path().read_bytes())
    return path


@pytest.fixture
def window(show, export):
    return show(Source(path=export))


@pytest.fixture
def view(qtbot, window):
    window.actions_table["show-audit"].trigger()
    qtbot.waitUntil(window.workspace.audit.isVisible)
    return window.workspace.audit


@pytest.fixture
def measured(tmp_path):
    """Return a snapshot file in which one table is off."""
    tables = [table(name, audited=name != SESSIONS) for name in AUTOMATION_TABLES]
    path = tmp_path / "environment.json"
    parts = (Part("roles", PartState.NOT_READABLE, "403 Forbidden"),)
    policies = (flat("Tenant", blocked="Excel"),)
    found = snapshot(audit=audited(), tables=tables, parts=parts, policies=policies)
    write_snapshot(path, found)
    return path


def settle(qtbot, window):
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)
    qtbot.waitUntil(lambda: window.document.analysis is Analysis.DONE, timeout=20_000)


def open_snapshot(qtbot, window, monkeypatch, path):
    monkeypatch.setattr(audit_view, "ask_what_to_open", lambda *_: path)
    window.actions_table["open-snapshot"].trigger()
    settle(qtbot, window)


def said(view, key):
    """Return what the list says of a line: whether it is audited, and what says so."""
    index = view.lines.index_of(key)
    return index.siblingAtColumn(1).data(), index.siblingAtColumn(2).data()


def answer(qtbot, window, key, wanted):
    combo = window.workspace.audit.questions.form.choices[key]
    combo.setCurrentIndex(combo.findData(wanted.value))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, window)


def rules(window):
    return {finding.rule for finding in window.document.findings}


def notices(window):
    return [bar.notice.text for bar in window.notices.bars]


# Without a snapshot


def test_ctrl_6_shows_the_view_and_gives_it_the_keyboard(qtbot, window):
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    view = window.workspace.audit
    assert window.workspace.currentWidget() is view
    qtbot.waitUntil(view.tree.hasFocus)


def test_without_a_snapshot_the_solution_tells_of_its_own_tables(view):
    assert said(view, SESSIONS) == ("Not known", "nothing tells")
    assert said(view, "nfd_invoicelog") == ("Off", "as the solution sets it")
    page = view.page.toPlainText()
    assert "padguard collect" in page
    assert "Questions that nothing answers yet: 13" in page
    assert view.parts.tabText(1) == "Questions (13 open)"


def test_the_process_table_is_never_said_to_be_auditable(view):
    assert said(view, "workflow")[0] == "Cannot be audited"
    view.tree.setCurrentIndex(view.lines.index_of("workflow"))
    page = view.page.toPlainText()
    assert "cannot be audited" in page
    assert "export the solution after every change" in page
    assert "To turn it on" not in page


def test_what_is_off_comes_with_role_steps_and_sources_to_copy(view):
    view.tree.setCurrentIndex(view.lines.index_of("nfd_invoicelog"))
    page = view.page.toPlainText()
    assert "System Administrator" in page
    assert "Audit changes to its data" in page
    assert "Manage Dataverse auditing" in page
    link = next(place for place, target in enumerate(view.page._targets) if target)
    view.page.anchorClicked.emit(QUrl(str(link)))
    copied = QGuiApplication.clipboard().text()
    assert "1. Sign in to Power Apps" in copied
    assert "nfd_InvoiceLog" in copied


# With one


def test_a_snapshot_measures_and_reaches_the_findings(qtbot, window, view, monkeypatch, measured):
    open_snapshot(qtbot, window, monkeypatch, measured)
    assert said(view, SESSIONS) == ("Off", "measured in the environment")
    assert said(view, "workqueue") == ("On", "measured in the environment")
    assert said(view, "retention-days")[0] == "Set"
    assert "contoso" in view.bar.environment.text()
    assert view.parts.tabText(1) == "Questions"
    subjects = [str(found.message) for found in window.document.findings if found.rule == "PG601"]
    assert any("tables of automation (1)" in subject for subject in subjects)
    view.tree.setCurrentIndex(view.lines.index(0, 0))
    assert "403 Forbidden" in view.page.toPlainText()


def test_forgetting_the_snapshot_goes_back(qtbot, window, view, monkeypatch, measured):
    before = {str(found.message) for found in window.document.findings}
    open_snapshot(qtbot, window, monkeypatch, measured)
    assert not view.bar.forget.isHidden()
    view.bar.forget.click()
    settle(qtbot, window)
    assert said(view, SESSIONS)[0] == "Not known"
    assert view.bar.forget.isHidden()
    assert {str(found.message) for found in window.document.findings} == before


def test_a_file_that_is_no_snapshot_is_told(qtbot, window, view, monkeypatch, tmp_path):
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(flat("Tenant")), encoding="utf-8")
    open_snapshot(qtbot, window, monkeypatch, path)
    assert any("policy.json" in text for text in notices(window))
    assert said(view, SESSIONS)[0] == "Not known"


def test_a_snapshot_can_be_dropped(qtbot, window, view, measured):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(measured))])
    where, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where.toPoint(), copy, data, left, none)
    enter.ignore()
    view.dragEnterEvent(enter)
    assert enter.isAccepted()
    view.dropEvent(QDropEvent(where, copy, data, left, none))
    settle(qtbot, window)
    assert said(view, SESSIONS)[0] == "Off"


def test_the_policies_of_a_snapshot_judge_when_asked_to(qtbot, window, view, monkeypatch, measured):
    open_snapshot(qtbot, window, monkeypatch, measured)
    assert window.document.session.policing.policies == ()
    view.bar.policies.click()
    settle(qtbot, window)
    assert [one.title for one in window.document.session.policing.policies] == ["Tenant"]
    assert window.workspace.currentWidget() is window.workspace.dlp
    assert "PG501" in rules(window)


# Answers


def test_answers_are_labelled_as_stated(qtbot, window, view):
    answer(qtbot, window, ENVIRONMENT, Said.NO)
    assert said(view, ENVIRONMENT) == ("Off (stated, not measured)", "stated, not measured")
    hint = view.questions.form._hints[ENVIRONMENT]
    assert hint.text() == "Stated, not measured"
    assert view.parts.tabText(1) == "Questions (12 open)"


def test_what_was_measured_goes_before_an_answer(qtbot, window, view, monkeypatch, measured):
    answer(qtbot, window, ENVIRONMENT, Said.NO)
    open_snapshot(qtbot, window, monkeypatch, measured)
    assert said(view, ENVIRONMENT) == ("On", "measured in the environment")
    assert "does not count" in view.questions.form._hints[ENVIRONMENT].text()


def test_days_and_owners_are_answered_too(qtbot, window, view):
    form = view.questions.form
    form.retention.setCurrentIndex(1)
    form.retention.activated.emit(1)
    settle(qtbot, window)
    view.tree.setCurrentIndex(view.lines.index_of("retention-days"))
    assert "for ever" in view.page.toPlainText()
    form.owners.setText("Ada Field; 山田 太郎 ;")
    form.owners.editingFinished.emit()
    settle(qtbot, window)
    assert window.document.session.answers.owners == {"ada field", "山田 太郎"}


def test_answers_kept_beside_the_export_are_there_again(qtbot, window, view, show, export):
    answer(qtbot, window, ENVIRONMENT, Said.YES)
    view.questions.form.owners.setText("Ada Field")
    view.questions.form.owners.editingFinished.emit()
    view.questions.beside.click()
    settle(qtbot, window)
    path = answers_path(export)
    assert path.name == "InvoiceDesk.padguard-audit.toml"
    assert 'agreed-owners = ["Ada Field"]' in path.read_text(encoding="utf-8")
    answer(qtbot, window, f"tables.{SESSIONS}", Said.NO)  # kept at once from now on
    assert read_answers(path).answer(f"tables.{SESSIONS}") is Said.NO
    window.close_export()
    assert view.questions.form.answers == Answers()
    other = show(Source(path=export))
    settle(qtbot, other)
    found = other.workspace.audit
    qtbot.waitUntil(lambda: found.desk.kept == path)
    settle(qtbot, other)
    assert said(found, ENVIRONMENT)[0] == "On (stated, not measured)"
    assert found.questions.form.answers.answer(f"tables.{SESSIONS}") is Said.NO


def test_a_damaged_file_with_answers_is_told_and_left_alone(
    qtbot, window, view, tmp_path, monkeypatch
):
    path = tmp_path / "answers.toml"
    path.write_text("format = 1\nstrange = 1\n", encoding="utf-8")
    monkeypatch.setattr(audit_view, "ask_where_to_save", lambda *_: path)
    view.questions.keep.click()
    settle(qtbot, window)
    assert any("strange" in text for text in notices(window))
    assert path.read_text(encoding="utf-8") == "format = 1\nstrange = 1\n"
    assert view.desk.kept is None


def test_answers_are_opened_from_a_file(qtbot, window, view, tmp_path, monkeypatch):
    path = tmp_path / "answers.toml"
    write_answers(path, Answers({ENVIRONMENT: Said.NO}, 90))
    monkeypatch.setattr(audit_view, "ask_what_to_open", lambda *_: path)
    view.questions.open.click()
    settle(qtbot, window)
    assert said(view, ENVIRONMENT)[0] == "Off (stated, not measured)"
    assert view.questions.form.days.value() == 90
    assert str(path) in view.questions.kept.text()


def test_written_answers_keep_what_people_wrote(tmp_path):
    path = tmp_path / "answers.toml"
    first = Answers({ENVIRONMENT: Said.YES}, 90, frozenset({"ada field"}))
    write_answers(path, first, ["Ada Field"])
    text = path.read_text(encoding="utf-8")
    assert all(str(question.text) in text for question in QUESTIONS)
    path.write_text(f"# Asked Ben in May\n{text}", encoding="utf-8")
    write_answers(path, replace(first, retention_days=None, said={ENVIRONMENT: Said.NO}))
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Asked Ben in May")
    assert f'{OWNERS} = ["Ada Field"]' in text
    again = read_answers(path)
    assert again.answer(ENVIRONMENT) is Said.NO
    assert again.retention_days is None
    write_answers(path, Answers())
    assert read_answers(path).owners is None


# The report as a file, and for everybody


def test_the_report_is_copied_and_exported(qtbot, window, view, tmp_path, monkeypatch):
    view.bar.copy.click()
    assert "Process (workflow): Cannot be audited" in QGuiApplication.clipboard().text()
    for suffix in (".txt", ".csv", ".json"):
        path = tmp_path / f"report{suffix}"
        monkeypatch.setattr(audit_view, "ask_where_to_save", lambda *_, path=path: path)
        view.bar.export.click()
        settle(qtbot, window)
        assert "flowsession" in path.read_text(encoding="utf-8-sig")
    lines = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert lines["exports"][0]["audit"]["lines"]


def test_everything_the_keyboard_reaches_has_a_name(qtbot, window, view, monkeypatch, measured):
    open_snapshot(qtbot, window, monkeypatch, measured)
    nameless = [
        widget
        for widget in (view, *reachable(view))
        if not (widget.accessibleName() or getattr(widget, "text", str)())
        and widget.metaObject().className() not in ("QComboBoxListView", "QTabBar", "QSplitter")
    ]
    assert nameless == []


def test_the_wheel_never_changes_an_answer(qtbot, window, view):
    form = view.questions.form
    view.parts.setCurrentIndex(1)
    combo = form.choices[ENVIRONMENT]
    combo.setFocus()
    qtbot.waitUntil(combo.isVisible)
    where = QPointF(combo.mapTo(window, combo.rect().center()))
    assert window.childAt(where.toPoint()) is combo
    QTest.wheelEvent(window.windowHandle(), where, QPointF(0, -120).toPoint())
    assert form.answers == Answers()


@pytest.mark.parametrize("choice", ["theme-dark", "theme-high-contrast", "theme-light"])
def test_the_view_takes_over_another_theme(window, view, choice):
    window.actions_table[choice].trigger()
    view.parts.setCurrentIndex(1)
    assert not view.grab().isNull()


def test_the_view_is_usable_where_there_is_little_room(view):
    assert view.minimumSizeHint().width() <= 480


def test_the_model_is_sound(qtbot, window, view, monkeypatch, measured):
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(view.lines, mode)
    view.tree.setCurrentIndex(view.lines.index_of(SESSIONS))
    answer(qtbot, window, ENVIRONMENT, Said.YES)
    open_snapshot(qtbot, window, monkeypatch, measured)
    assert view.lines.line(view.tree.currentIndex()).key == SESSIONS
    window.close_export()
    assert tester.model() is view.lines
    assert view.lines.rowCount() == 0
