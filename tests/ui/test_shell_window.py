"""The window with an export: what it shows, what it asks, what it leaves on disk."""

import threading
from dataclasses import dataclass, field
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox

from padguard.flow.model import Sensitivity
from padguard.foundation.messages import Message
from padguard.ui import main_window
from padguard.ui.dialogs import Answer
from padguard.ui.document import Place
from padguard.ui.instance import Wish
from padguard.ui.opening import Source
from padguard.ui.saving import Saver

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def export(sample, tmp_path):
    """Return a copy of the sample, in a folder that may be written to."""
    copy = tmp_path / "Export.zip"
    copy.write_bytes(sample.read_bytes())
    return copy


@pytest.fixture
def window(opened, export):
    return opened(Source(path=export))


def unmarked(window):
    """Return a flow and a variable of it that is not marked yet."""
    return next(
        (flow, variable)
        for flow in window.document.session.flows
        for variable in flow.variables
        if variable.sensitivity is Sensitivity.CLEAN and variable.local_to is None
    )


def marked_names(flow):
    return {
        variable.name for variable in flow.variables if variable.sensitivity is Sensitivity.MARKED
    }


def mark_one(window, qtbot):
    flow, variable = unmarked(window)
    window.document.goTo(Place(flow.id, variable=variable.name))
    with qtbot.waitSignal(window.document.modelChanged):
        window.actions_table["mark"].trigger()
    return flow, variable


def idle(window, qtbot):
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)


def test_opening_shows_the_views_and_the_counts(window, export):
    assert window.stack.currentWidget() is window.workspace
    assert window.windowTitle() == "Export.zip[*] – PAD Guard"
    assert not window.isWindowModified()
    assert window.status._held.text().startswith(f"{len(window.document.session.flows)} flows · ")
    assert not window.status.coverage.isHidden()
    assert [file.path for file in window.preferences.recent] == [export]


@dataclass(frozen=True, slots=True)
class SlowSource(Source):
    """Something that takes its time to open, until somebody cancels it."""

    waiting: threading.Event = field(default_factory=threading.Event)

    def open(self, progress):
        for step in range(1000):
            progress.step(step, 1000, Message("test", "Reading the first flow"))
            self.waiting.wait(0.01)
        raise AssertionError


def test_opening_shows_its_progress_and_can_be_cancelled(windows, qtbot):
    windows.grant(Wish())
    window = windows.open(SlowSource(name="Slow"))
    qtbot.waitUntil(window.status.cancel.isVisible)
    assert window.status._doing.text() == "Reading the first flow"
    assert window.status._bar.maximum() == 1000
    assert not window.is_free
    window.status.cancel.click()
    idle(window, qtbot)
    assert not window.status.cancel.isVisible()
    assert window.is_free
    assert window.notices.bars == []


def test_an_idle_window_gets_ready_unseen(windows, qtbot):
    windows.grant(Wish())
    window = windows.all[0]
    window.prepare()
    assert window.status.cancel.isHidden()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert window.stack.currentWidget() is window.start_page
    assert all(dock.isHidden() for dock in window.workspace.docks.values())


def test_a_window_can_be_closed_while_it_opens(windows, qtbot):
    windows.grant(Wish())
    window = windows.open(SlowSource(name="Slow"))
    window.close()
    qtbot.wait(50)
    assert windows.all == []


def test_a_file_that_cannot_be_opened_says_why(windows, qtbot, tmp_path):
    windows.grant(Wish((tmp_path / "missing.zip",)))
    window = windows.all[0]
    idle(window, qtbot)
    assert len(window.notices.bars) == 1
    assert window.notices.isVisible()
    assert window.document is None
    assert window.is_free
    assert window.preferences.recent == ()


def test_a_zip_that_is_none_says_why(windows, qtbot, tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nothing more")
    windows.grant(Wish((tmp_path / "broken.zip",)))
    window = windows.all[0]
    idle(window, qtbot)
    assert "broken.zip" in window.notices.bars[0].notice.text or window.notices.bars
    assert window.stack.currentWidget() is window.start_page


def test_a_partly_damaged_export_opens_for_the_rest(opened, export, tmp_path):
    damaged = tmp_path / "damaged.zip"
    with ZipFile(export) as source, ZipFile(damaged, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "solution.xml":
                content = content[: len(content) // 2]
            target.writestr(member, content)
    window = opened(Source(path=damaged))
    assert window.document.session.flows
    notice = window.notices.bars[0].notice
    assert "could not be read" in notice.text
    assert any("solution.xml" in line for line in notice.details)


def test_marking_by_key_and_taking_it_back(window, qtbot):
    flow, variable = unmarked(window)
    before = marked_names(flow)
    window.document.goTo(Place(flow.id, variable=variable.name))
    assert window.actions_table["mark"].text() == f"&Mark {variable.name} as sensitive"
    with qtbot.waitSignal(window.document.modelChanged):
        qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    session = window.document.session
    assert marked_names(session.flow(flow.id)) == before | {variable.name}
    assert window.isWindowModified()
    assert window.actions_table["mark"].text() == f"Re&move the mark of {variable.name}"
    assert variable.name in window.actions_table["undo"].text()
    with qtbot.waitSignal(window.document.modelChanged):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert marked_names(session.flow(flow.id)) == before
    assert not window.isWindowModified()
    assert not window.actions_table["undo"].isEnabled()
    with qtbot.waitSignal(window.document.modelChanged):
        window.actions_table["redo"].trigger()
    assert marked_names(session.flow(flow.id)) == before | {variable.name}


def test_a_row_with_several_variables_asks_which(window, qtbot):
    flow, action = next(
        (flow, action)
        for flow in window.document.session.flows
        for action in flow.actions
        if len({*action.reads, *action.writes}) > 1
        and not any(
            variable.sensitivity in (Sensitivity.CREDENTIAL, Sensitivity.UNKNOWN)
            for variable in (*action.reads, *action.writes)
        )
    )
    window.document.goTo(Place(flow.id, action.subflow.name, action.index))
    assert window.actions_table["mark"].isEnabled()
    window.actions_table["mark"].trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = {variable.name for variable in (*action.reads, *action.writes)}
    assert len(menu.actions()) == len(names)
    assert all(any(name in entry.text() for name in names) for entry in menu.actions())
    with qtbot.waitSignal(window.document.modelChanged):
        menu.actions()[0].trigger()
    menu.close()
    assert window.document.session.modified


def test_marking_is_not_offered_where_there_is_nothing_to_mark(window):
    window.document.goTo(Place())
    assert not window.actions_table["mark"].isEnabled()


def test_text_without_header_says_why_it_cannot_be_marked(opened):
    window = opened(Source(text="SET Total TO 5\r\nSET Sum TO Total\r\n", name="Pasted"))
    flow = window.document.session.flows[0]
    window.document.goTo(Place(flow.id, variable="Total"))
    assert not window.actions_table["mark"].isEnabled()
    assert "header" in window.actions_table["mark"].toolTip()


def test_back_and_forward(window):
    document, table = window.document, window.actions_table
    first = document.place
    assert not table["back"].isEnabled()
    flow, variable = unmarked(window)
    second = Place(flow.id, variable=variable.name)
    document.goTo(second)
    document.goTo(second)
    assert table["back"].isEnabled()
    table["back"].trigger()
    assert document.place == first
    assert not table["back"].isEnabled()
    table["forward"].trigger()
    assert document.place == second


def test_saving_writes_a_guarded_copy_beside_the_original(window, qtbot, export):
    original = export.read_bytes()
    assert not window.actions_table["save"].isEnabled()
    flow, variable = mark_one(window, qtbot)
    with qtbot.waitSignal(window.document.saved, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    guarded = export.with_name("Export.guarded.zip")
    assert export.read_bytes() == original
    assert guarded.read_bytes() != original
    assert not window.isWindowModified()
    assert window.windowTitle() == "Export.guarded.zip[*] – PAD Guard"
    assert "Export.guarded.zip" in window.notices.bars[0].notice.text
    window.document.goTo(Place(flow.id, variable=variable.name))
    window.document.undo()
    idle(window, qtbot)
    with qtbot.waitSignal(window.document.saved, timeout=20_000):
        window.actions_table["save"].trigger()
    with ZipFile(guarded) as saved, ZipFile(export) as source:
        assert saved.read("customizations.xml") == source.read("customizations.xml")


def test_a_file_of_that_name_is_replaced_only_when_agreed(window, qtbot, export, monkeypatch):
    other = export.with_name("Export.guarded.zip")
    other.write_bytes(b"somebody else's")
    mark_one(window, qtbot)
    monkeypatch.setattr(Saver, "_agrees", lambda *_: False)
    window.actions_table["save"].trigger()
    idle(window, qtbot)
    assert other.read_bytes() == b"somebody else's"
    assert window.isWindowModified()
    monkeypatch.setattr(Saver, "_agrees", lambda *_: True)
    with qtbot.waitSignal(window.document.saved, timeout=20_000):
        window.actions_table["save"].trigger()
    assert other.read_bytes() != b"somebody else's"


def choose_name(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))


def test_overwriting_the_original_asks_and_keeps_a_backup(window, qtbot, export, monkeypatch):
    original = export.read_bytes()
    mark_one(window, qtbot)
    choose_name(monkeypatch, export)
    questions = []

    def agree(_, question, __):
        questions.append(question)
        return True

    monkeypatch.setattr(Saver, "_agrees", agree)
    with qtbot.waitSignal(window.document.saved, timeout=20_000):
        window.actions_table["save-as"].trigger()
    assert "backup" in questions[0]
    backups = [path for path in export.parent.iterdir() if path.read_bytes() == original]
    assert len(backups) == 1
    assert export.read_bytes() != original


def test_a_save_that_fails_says_why_and_loses_nothing(window, qtbot, export, monkeypatch):
    mark_one(window, qtbot)
    choose_name(monkeypatch, export.parent / "no such folder" / "x.zip")
    with qtbot.waitSignal(window.document.failed, timeout=20_000):
        window.actions_table["save-as"].trigger()
    assert window.notices.isVisible()
    assert window.isWindowModified()


def test_the_sample_is_saved_where_the_maker_says(opened, sample, qtbot, monkeypatch, tmp_path):
    window = opened(Source(path=sample))
    assert window.preferences.recent == ()
    mark_one(window, qtbot)
    target = tmp_path / "My copy.zip"
    choose_name(monkeypatch, target)
    with qtbot.waitSignal(window.document.saved, timeout=20_000):
        window.actions_table["save"].trigger()
    assert target.is_file()


@pytest.mark.parametrize("answer", list(Answer))
def test_closing_asks_about_changes(window, windows, qtbot, export, monkeypatch, answer):
    mark_one(window, qtbot)
    monkeypatch.setattr(main_window, "ask_about_changes", lambda *_: answer)
    window.close()
    if answer is Answer.STAY:
        qtbot.wait(50)
        assert windows.all == [window]
        return
    qtbot.waitUntil(lambda: windows.all == [], timeout=20_000)
    assert export.with_name("Export.guarded.zip").exists() is (answer is Answer.SAVE)


def test_closing_the_export_leads_back_to_the_start_page(window, windows, opened, export):
    window.actions_table["close"].trigger()
    assert window.document is None
    assert window.stack.currentWidget() is window.start_page
    assert window.windowTitle() == "PAD Guard"
    assert window.workspace.docks["explorer"].isHidden()
    assert opened(Source(path=export)) is window
    assert not window.workspace.docks["explorer"].isHidden()


def test_a_second_export_gets_a_window_of_its_own(window, windows, opened, sample):
    other = opened(Source(path=sample))
    assert other is not window
    assert len(windows.all) == 2
    assert opened(Source(path=sample)) is other
    assert len(windows.all) == 2


def test_views_come_forward_by_key(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.currentWidget() is window.workspace.script
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.currentWidget() is window.workspace.flow


def test_f6_goes_round_all_panes(window, qtbot):
    window.activateWindow()
    window.workspace.explorer.setFocus()
    seen = []
    for _ in range(5):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        seen.append(
            next(
                index
                for index, pane in enumerate(window.panes())
                if pane is focus or pane.isAncestorOf(focus)
            )
        )
    assert seen == [2, 3, 4, 5, 1]
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.panes()[-1].isAncestorOf(QApplication.focusWidget())


def test_explorer_can_be_hidden_and_shown(window):
    show = window.actions_table["show-explorer"]
    assert show.isChecked()
    show.trigger()
    assert window.workspace.docks["explorer"].isHidden()
    assert not show.isChecked()
    show.trigger()
    assert not window.workspace.docks["explorer"].isHidden()


def test_layout_is_remembered(window, windows, opened, export, qtbot):
    window.resize(700, 500)
    window.workspace.setCurrentIndex(1)
    window.close()
    qtbot.waitUntil(lambda: windows.all == [])
    again = opened(Source(path=export))
    assert (again.width(), again.height()) == (700, 500)
    assert again.workspace.currentIndex() == 1


def test_theme_is_chosen_from_the_menu_and_remembered(window, appearance):
    window.actions_table["theme-dark"].trigger()
    assert appearance.theme.name == "dark"
    checked = [action.objectName() for action in window.actions_table if action.isChecked()]
    assert "theme-dark" in checked
    window.preferences.finish()
    fresh = type(window.preferences)()
    fresh.load()
    assert fresh.theme.value == "dark"


def test_status_tells_what_was_not_analysed(opened, monkeypatch):
    window = opened(Source(text="Nobody.KnowsThis A: 1\r\nSET x TO = =\r\n", name="Pasted"))
    assert "not analysed" in window.status.coverage.text()
    shown: list[str] = []
    monkeypatch.setattr(
        "padguard.ui.dialogs.CoverageDialog.exec",
        lambda dialog: shown.extend(
            dialog.list.item(row).text() for row in range(dialog.list.count())
        ),
    )
    window.status.coverage.click()
    assert any("Nobody.KnowsThis" in line for line in shown)


def test_questions_have_a_safe_default(window, qtbot, export, monkeypatch):
    mark_one(window, qtbot)
    seen = []

    def look_and_cancel(box):
        seen.append(box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look_and_cancel)
    choose_name(monkeypatch, export)
    window.actions_table["save-as"].trigger()
    assert seen == [True]
    idle(window, qtbot)
    assert window.isWindowModified()


def test_every_key_of_the_table_reaches_its_action(window):
    for action in window.actions_table:
        for keys in action.shortcuts():
            assert (
                keys.matches(QKeySequence(keys.toString())) == QKeySequence.SequenceMatch.ExactMatch
            )
        assert action in window.actions() or action.associatedObjects()
