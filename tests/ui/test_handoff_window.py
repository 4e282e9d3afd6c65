"""Secrets that fixes take out, as a person meets them: asked about, kept, copied, deleted."""

import pytest
from keyring.errors import KeyringLocked
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget
from tests.foundation.keychains import DeafBackend, MemoryBackend, failing
from tests.ui.test_findings_window import every_text

from padguard.foundation.errors import KeychainError
from padguard.foundation.keychain import Keychain, Traits
from padguard.foundation.keychain_choice import NO_KEYCHAIN
from padguard.foundation.keychain_words import LOCKED
from padguard.foundation.masked import MASK, Masked
from padguard.session.handoff import HandOffs
from padguard.session.handoff_checklist import Store
from padguard.session.handoff_index import index_file
from padguard.ui.instance import Wish
from padguard.ui.opening import Source

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

REMARK, LOGIN = "Qx7!quince", "Kx8!pömelo中"
TWO = f"# the password is {REMARK}\nSET Total TO 1\n# the password is {LOGIN}\n"
KEYCHAIN = "Test keychain"


@pytest.fixture
def backend():
    return MemoryBackend()


@pytest.fixture
def keychain_opener(backend):
    keychain = Keychain(backend, Traits(KEYCHAIN))
    return lambda: keychain


@pytest.fixture
def two(tmp_path):
    path = tmp_path / "夜間バッチ.robin"
    path.write_text(f"@SENSITIVE: []\n{TWO}", encoding="utf-8", newline="")
    return path


@pytest.fixture
def window(opened, two):
    return opened(Source(path=two))


@pytest.fixture
def kept(keychain_opener):
    """Return a function that keeps a secret as an earlier PAD Guard did."""

    def keep(credential="SAP 本番", secret=LOGIN):
        return HandOffs(keychain_opener).keep(credential, ["Upload"], Masked(secret), "Main, row 3")

    return keep


def mend(window, qtbot, count=1, fix_id="redact"):
    """Apply the fix that takes the secret out of a comment, so many times."""
    document = window.document
    for _ in range(count):
        document.showFinding(next(found for found in document.findings if found.rule == "PG106"))
        qtbot.waitUntil(lambda: bool(document.offers.fixes) and not document.offers.is_working)
        document.offers.choose(fix_id)
        before = document.session.change_count
        window.actions_table["apply-fix"].trigger()
        qtbot.waitUntil(lambda before=before: document.session.change_count > before)
        settle(window, qtbot)


def settle(window, qtbot):
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)


def asked(window, qtbot):
    """Return the question, which is there soon."""
    consent = window.hand_offs.consent
    qtbot.waitUntil(lambda: consent.offer is not None and consent.offer.isVisible())
    return consent.offer


def answered(window, qtbot):
    qtbot.waitUntil(lambda: not window.hand_offs.consent.offer.isVisible())


def lines(offer):
    return [offer.list.item(row).text() for row in range(offer.list.count())]


def panel(window, qtbot):
    """Show the panel, and return it when it knows what is kept."""
    if window.hand_offs.dock is None or window.hand_offs.dock.isHidden():
        window.actions_table["show-handoffs"].trigger()
    view = window.hand_offs.dock.widget()
    qtbot.waitUntil(lambda: "Looking" not in view.empty.text())
    return view


def wait_for(view, qtbot, count):
    qtbot.waitUntil(
        lambda: view.list.count() == count and view._pages.currentIndex() == (not count)
    )


def rows(view):
    return [view.list.item(row).text().split("\n") for row in range(view.list.count())]


def box(view):
    """Return the question that is open."""
    return next(one for one in view.findChildren(QMessageBox) if one.isVisible())


def press(question, role):
    next(button for button in question.buttons() if question.buttonRole(button) is role).click()


ACCEPT, REJECT = QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.RejectRole


def notices(window):
    return [bar.notice.text for bar in window.notices.bars]


def test_a_fix_asks_before_anything_is_kept(window, qtbot, backend):
    mend(window, qtbot)
    offer = asked(window, qtbot)
    assert lines(offer) == [f"“夜間バッチ” – 夜間バッチ › Main, row 1 – {MASK}"]
    qtbot.waitUntil(lambda: KEYCHAIN in offer.text.text())
    assert "夜間バッチ.robin" in offer.still.text()
    assert backend.entries == {}
    assert not index_file().exists()


def test_what_is_kept_waits_in_the_panel(window, qtbot, backend):
    mend(window, qtbot)
    asked(window, qtbot).keep.click()
    answered(window, qtbot)
    assert list(backend.entries.values()) == [REMARK]
    assert any(KEYCHAIN in text and "夜間バッチ" in text for text in notices(window))
    view = panel(window, qtbot)
    wait_for(view, qtbot, 1)
    assert rows(view) == [["夜間バッチ", "夜間バッチ › Main, row 1", "just now · not copied yet"]]


def test_several_secrets_are_one_question(window, qtbot, backend):
    mend(window, qtbot, 2)
    offer = asked(window, qtbot)
    qtbot.waitUntil(lambda: offer.list.count() == 2)
    assert "2 secrets" in offer.text.text()
    assert [line.partition("›")[2] for line in lines(offer)] == [
        f" Main, row 1 – {MASK}",
        f" Main, row 3 – {MASK}",
    ]
    offer.keep.click()
    answered(window, qtbot)
    assert sorted(backend.entries.values()) == sorted([REMARK, LOGIN])


def test_what_is_not_kept_is_nowhere_but_where_it_was(window, qtbot, backend, two):
    mend(window, qtbot)
    asked(window, qtbot).let_go.click()
    answered(window, qtbot)
    assert backend.entries == {}
    assert not index_file().exists()
    notice = window.notices.bars[0].notice
    assert str(two) in notice.text
    assert list(notice.details) == ["“夜間バッチ”: 夜間バッチ › Main, row 1"]
    mend(window, qtbot)
    assert len(lines(asked(window, qtbot))) == 1  # the first is not asked about again


def test_an_undone_fix_asks_nothing_and_done_again_it_does(window, qtbot):
    mend(window, qtbot)
    offer = asked(window, qtbot)
    window.actions_table["undo"].trigger()
    answered(window, qtbot)
    window.actions_table["redo"].trigger()
    asked(window, qtbot)
    assert len(lines(offer)) == 1


def test_what_is_kept_stays_when_the_fix_is_undone(window, qtbot, backend):
    mend(window, qtbot)
    asked(window, qtbot).keep.click()
    answered(window, qtbot)
    window.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: any("undone" in text for text in notices(window)))
    assert "“夜間バッチ”" in notices(window)[0]
    assert list(backend.entries.values()) == [REMARK]
    window.actions_table["redo"].trigger()
    settle(window, qtbot)
    assert not window.hand_offs.consent.offer.isVisible()


def test_a_saved_original_leaves_a_backup(window, qtbot, two):
    mend(window, qtbot)
    offer = asked(window, qtbot)
    with qtbot.waitSignal(window.document.saved):
        window.document.save(two)
    assert "backup" in offer.still.text()


def test_pasted_rows_are_in_the_designer(opened, qtbot):
    window = opened(Source(text=TWO, name="Pasted"))
    mend(window, qtbot)
    assert "designer" in asked(window, qtbot).still.text()


def test_a_locked_keychain_keeps_nothing_and_loses_nothing(window, qtbot, backend):
    backend.before = failing(KeyringLocked(), "set")
    mend(window, qtbot)
    offer = asked(window, qtbot)
    offer.keep.click()
    qtbot.waitUntil(lambda: offer.reason.text() == str(LOCKED))
    assert offer.isVisible()
    assert offer.keep.text() == "Try again"
    assert backend.entries == {}
    assert HandOffs(lambda: Keychain(backend)).listed().hand_offs == ()
    backend.before = lambda step: None
    offer.keep.click()
    answered(window, qtbot)
    assert list(backend.entries.values()) == [REMARK]


class TestWithoutKeychain:
    @pytest.fixture
    def keychain_opener(self):
        def refuse():
            raise KeychainError(NO_KEYCHAIN)

        return refuse

    def test_the_question_says_what_to_do(self, window, qtbot):
        mend(window, qtbot)
        offer = asked(window, qtbot)
        qtbot.waitUntil(lambda: offer.reason.text() == str(NO_KEYCHAIN))
        assert offer.text.text() == "A secret was taken out of the flow."
        assert offer.keep.text() == "Try again"
        offer.keep.click()
        qtbot.waitUntil(offer.keep.isEnabled)
        assert offer.isVisible()
        assert not index_file().exists()
        offer.let_go.click()
        answered(window, qtbot)

    def test_the_panel_says_what_to_do(self, windows, qtbot):
        windows.grant(Wish())
        view = panel(windows.all[0], qtbot)
        assert view.trouble.text() == str(NO_KEYCHAIN)
        assert view.trouble.isVisible()
        assert "as soon as there is a keychain" in view.empty.text()
        assert view.try_again.isVisible()


class TestWithDeafKeychain:
    @pytest.fixture
    def backend(self):
        deaf = DeafBackend("set")
        yield deaf
        deaf.answered.set()

    def test_the_window_goes_on_while_a_person_is_asked(self, window, qtbot, backend):
        mend(window, qtbot)
        offer = asked(window, qtbot)
        offer.keep.click()
        qtbot.waitUntil(backend.reached.is_set)
        assert "asks for a password" in offer.reason.text()
        assert not offer.keep.isEnabled()
        mend(window, qtbot)  # all else goes on
        backend.answered.set()
        qtbot.waitUntil(lambda: list(backend.entries.values()) == [REMARK])
        qtbot.waitUntil(offer.keep.isEnabled)
        assert [line.partition("›")[2] for line in lines(offer)] == [f" Main, row 3 – {MASK}"]


def test_a_secret_is_copied_once_and_taken_off_the_clipboard(windows, qtbot, kept):
    kept()
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    wait_for(view, qtbot, 1)
    seen = []
    view._desk.copied.connect(lambda _: seen.append(QGuiApplication.clipboard().text()))
    with qtbot.waitSignals([view._desk.copied, view._desk.cleared]):
        view.copy.click()
    assert seen == [LOGIN]
    assert QGuiApplication.clipboard().text() == ""
    qtbot.waitUntil(lambda: rows(view)[0][2] == "just now · copied")
    assert "taken off the clipboard" in view.state.text()
    assert view.delete.isEnabled()


def test_copying_again_asks(windows, qtbot, kept, keychain_opener):
    HandOffs(keychain_opener).mark_copied(kept().id)
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    wait_for(view, qtbot, 1)
    QGuiApplication.clipboard().setText("before")
    assert view.copy.text() == "Copy again…"
    view.copy.click()
    press(box(view), REJECT)
    assert not view._desk.is_busy
    assert QGuiApplication.clipboard().text() == "before"
    view.copy.click()
    with qtbot.waitSignal(view._desk.copied):
        press(box(view), ACCEPT)


def test_what_was_copied_since_stays_on_the_clipboard(windows, qtbot, kept):
    kept()
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    wait_for(view, qtbot, 1)
    view._desk.copied.connect(lambda _: QGuiApplication.clipboard().setText("mine"))
    with qtbot.waitSignal(view._desk.cleared):
        view.copy.click()
    assert QGuiApplication.clipboard().text() == "mine"


def test_nothing_is_copied_in_presentation_mode(windows, qtbot, kept):
    kept()
    windows.grant(Wish())
    window = windows.all[0]
    view = panel(window, qtbot)
    wait_for(view, qtbot, 1)
    QGuiApplication.clipboard().setText("before")
    view.copy.click()  # under way when somebody starts to present
    window.actions_table["presentation"].trigger()
    qtbot.waitUntil(lambda: not view._desk.is_busy)
    assert QGuiApplication.clipboard().text() == "before"
    assert not view.copy.isEnabled()
    assert "presentation mode" in view.copy.toolTip()
    window.actions_table["presentation"].trigger()
    assert view.copy.isEnabled()


def test_a_secret_that_the_keychain_lost_is_said_to_be_missing(windows, qtbot, kept, backend):
    kept()
    backend.entries.clear()
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    wait_for(view, qtbot, 1)
    with qtbot.waitSignal(view._desk.lost):
        view.copy.click()
    assert "no longer holds" in view.state.text()
    assert rows(view)[0][2] == "just now · missing in the keychain"


def test_a_secret_that_was_not_copied_is_deleted_after_asking(windows, qtbot, kept, backend):
    kept()
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    wait_for(view, qtbot, 1)
    view.delete.click()
    press(box(view), REJECT)
    assert len(backend.entries) == 1
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    press(box(view), ACCEPT)
    wait_for(view, qtbot, 0)
    assert backend.entries == {}
    assert "No secret waits" in view.empty.text()


def test_all_are_deleted_after_asking(windows, qtbot, kept, backend, keychain_opener):
    HandOffs(keychain_opener).mark_copied(kept("FTP", REMARK).id)
    kept()
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    wait_for(view, qtbot, 2)
    view.delete_all.click()
    assert "Not copied yet: 1." in box(view).informativeText()
    press(box(view), ACCEPT)
    wait_for(view, qtbot, 0)
    assert backend.entries == {}


def test_a_keychain_that_refuses_to_delete_says_why(windows, qtbot, kept, backend):
    kept()
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    wait_for(view, qtbot, 1)
    backend.before = failing(KeyringLocked(), "delete")
    view.delete.click()
    press(box(view), ACCEPT)
    qtbot.waitUntil(lambda: view.state.text() == str(LOCKED))
    assert view.list.count() == 1


def test_a_damaged_list_is_told(windows, qtbot, kept):
    kept()
    index_file().write_bytes(b"{")
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    qtbot.waitUntil(lambda: "damaged" in view.trouble.text())


def test_the_checklist_is_for_the_chosen_secret_and_store(windows, qtbot, kept):
    kept("FTP", REMARK)
    kept()
    windows.grant(Wish())
    view = panel(windows.all[0], qtbot)
    wait_for(view, qtbot, 2)
    view.list.setCurrentRow(1)
    page = view.steps.page
    assert "SAP 本番" in page.toPlainText()
    assert "Key Vault" in page.toPlainText()
    assert "create-AzureKeyVault-credential.md" in page.toPlainText()
    view.steps.stores[Store.CYBERARK].click()
    assert "CyberArk store" in page.toPlainText()
    view.steps.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Until “SAP 本番” is there\n1. Put the secret into CyberArk")
    assert "create-cyberark-credential.md" in text


def test_no_secret_stands_on_any_widget(window, qtbot, kept):
    kept()
    mend(window, qtbot)
    asked(window, qtbot)
    view = panel(window, qtbot)
    wait_for(view, qtbot, 1)
    with qtbot.waitSignal(view._desk.copied):
        view.copy.click()
    window.hand_offs.consent.offer.keep.click()
    answered(window, qtbot)
    wait_for(view, qtbot, 2)
    found = [text for text in every_text(window) if REMARK in text or LOGIN in text]
    assert found == []


def test_from_the_key_to_the_clipboard_by_keys_alone(windows, qtbot, kept):
    kept()
    windows.grant(Wish())
    window = windows.all[0]
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    view = panel(window, qtbot)
    wait_for(view, qtbot, 1)
    assert window.actions_table["show-handoffs"].isChecked()
    view.setFocus()
    qtbot.waitUntil(view.list.hasFocus)
    qtbot.keyClick(view.list, Qt.Key.Key_Tab)
    assert view.window().focusWidget() is view.copy
    with qtbot.waitSignal(view._desk.copied):
        qtbot.keyClick(view.copy, Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert window.hand_offs.dock.isHidden()
    assert not window.actions_table["show-handoffs"].isChecked()


def test_the_panel_stays_when_an_export_is_opened_and_closed(windows, opened, qtbot, two):
    windows.grant(Wish())
    panel(windows.all[0], qtbot)
    window = opened(Source(path=two))
    assert not window.hand_offs.dock.isHidden()
    window.close_export()
    assert not window.hand_offs.dock.isHidden()


def test_f6_reaches_the_question_and_the_panel(window, qtbot, kept):
    kept()
    mend(window, qtbot)
    offer = asked(window, qtbot)
    view = panel(window, qtbot)
    wait_for(view, qtbot, 1)
    assert {offer, view} <= set(window.panes())


def test_everything_has_a_name_and_takes_every_theme(window, qtbot, kept):
    kept()
    mend(window, qtbot)
    offer = asked(window, qtbot)
    view = panel(window, qtbot)
    wait_for(view, qtbot, 1)
    nameless = [
        widget
        for part in (offer, view)
        for widget in (part, *part.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
    for choice in ("theme-dark", "theme-high-contrast", "theme-light"):
        window.actions_table[choice].trigger()
        assert not offer.grab().isNull()
        assert not view.grab().isNull()
    assert view.minimumSizeHint().width() <= 300
