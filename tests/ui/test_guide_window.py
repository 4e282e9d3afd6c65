"""The guide as a person meets it: the choice of fixes, the preview, applying, going on, the end."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QRadioButton
from tests.ui.guide_help import (
    LEAK,
    choices,
    chosen,
    fingerprints,
    guide,
    idle,
    of_rule,
    press,
    show_finding,
)

from padguard.fixes.fix import Applicability
from padguard.ui.document import Place
from padguard.ui.opening import Source
from padguard.ui.views.details_page import ToCopy
from padguard.ui.views.guide_deliveries import EXPORT, PASTE, STEPS, LargeChange

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(show):
    return show(Source(text=LEAK, name="Leak"))


def test_every_finding_offers_fixes_or_says_that_there_are_none(window, qtbot):
    for finding in window.document.findings:
        show_finding(window, qtbot, finding)
        fixes = guide(window).fixes
        assert fixes.choices or "has no fix for this" in fixes.message.text()
        for choice in fixes.choices:
            assert choice.button.accessibleName()
            assert choice.button.isEnabled() is (choice.fix.plan is not None)
            if choice.fix.plan is None:
                assert str(choice.fix.reason) in choice.button.accessibleName()


def test_the_first_fix_that_can_be_made_is_chosen_and_shown(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG202"))
    assert chosen(window).id == "mark"
    assert chosen(window).applicability is Applicability.SAFE
    assert "Safe" in guide(window).fixes.choices[0].button.accessibleName()
    change = guide(window).deliveries.change.toPlainText()
    assert "+" in change
    assert "Line is marked as sensitive" in change
    assert window.actions_table["apply-fix"].isEnabled()


def test_the_change_is_shown_as_robin_too(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG202"))
    guide(window).deliveries.robin.click()
    change = guide(window).deliveries.change.toPlainText()
    assert "@SENSITIVE: [Password, Line]" in change
    guide(window).deliveries.robin.click()
    assert "@SENSITIVE" not in guide(window).deliveries.change.toPlainText()


def test_the_large_change_has_before_and_after_side_by_side(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG106"))
    guide(window).deliveries.larger.click()
    dialog = window.findChild(LargeChange)
    qtbot.waitUntil(lambda: "Before" in dialog.page.toPlainText())
    show_finding(window, qtbot, of_rule(window, "PG202"))
    qtbot.waitUntil(lambda: window.findChild(LargeChange) is None)  # its fix is not chosen any more


def test_arrow_keys_choose_and_enter_applies(window, qtbot):
    finding = of_rule(window, "PG301")
    document = window.document
    document.showFinding(finding)
    window.activateWindow()
    press(window, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    idle(window, qtbot)
    possible = [choice for choice in choices(window) if choice.fix.plan is not None]
    assert isinstance(window.focusWidget(), QRadioButton)
    assert window.focusWidget() is possible[0].button
    if len(possible) > 1:
        press(window.focusWidget(), qtbot, Qt.Key.Key_Down)
        idle(window, qtbot)
        assert chosen(window).id == possible[1].fix.id
        press(window.focusWidget(), qtbot, Qt.Key.Key_Up)
        idle(window, qtbot)
    show_finding(window, qtbot, of_rule(window, "PG202"))
    window.actions_table["show-fixes"].trigger()
    button = window.focusWidget()
    assert isinstance(button, QRadioButton)
    press(button, qtbot, Qt.Key.Key_Return)
    idle(window, qtbot)
    assert not any(found.rule == "PG202" for found in document.findings)


def test_alt_enter_leads_from_a_variable_and_from_a_row_to_their_fixes(window, qtbot):
    document = window.document
    for place in (Place("", variable="Line"), Place("", "Main", 2)):
        document.goTo(place)
        window.actions_table["show-fixes"].trigger()
        idle(window, qtbot)
        assert document.finding in document.index.at(place)
        assert choices(window)


def test_after_applying_the_next_open_finding_is_looked_at(window, qtbot):
    document = window.document
    finding = of_rule(window, "PG202")
    show_finding(window, qtbot, finding)
    number = document.index.number(finding)
    behind = document.findings[number + 1]
    qtbot.mouseClick(guide(window).buttons["apply-fix"], Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert finding.fingerprint not in fingerprints(window)
    assert document.index.number(document.finding) >= 0
    if behind.fingerprint in fingerprints(window):
        assert document.finding.fingerprint == behind.fingerprint


def test_undo_brings_the_finding_back_and_redo_takes_it_again(window, qtbot):
    document = window.document
    before = document.session.flows[0].script.text
    finding = of_rule(window, "PG202")
    show_finding(window, qtbot, finding)
    window.actions_table["apply-fix"].trigger()
    idle(window, qtbot)
    after = document.session.flows[0].script.text
    assert after != before
    assert len(document.journal.deeds) == 1
    window.actions_table["undo"].trigger()
    idle(window, qtbot)
    assert document.session.flows[0].script.text == before
    assert document.finding.fingerprint == finding.fingerprint
    assert document.journal.deeds == []
    window.actions_table["redo"].trigger()
    idle(window, qtbot)
    assert document.session.flows[0].script.text == after
    assert [deed.finding for deed in document.journal.deeds] == [finding]


def test_fixes_vanish_while_the_export_changes_and_are_made_anew(window, qtbot):
    document = window.document
    show_finding(window, qtbot, of_rule(window, "PG101"))
    old = chosen(window)
    document.mark("", ["Line"], sensitive=True)
    assert document.offers.chosen is None
    assert choices(window) == []
    assert not window.actions_table["apply-fix"].isEnabled()
    idle(window, qtbot)
    assert chosen(window) is not None
    assert chosen(window) is not old


def test_a_fix_of_before_is_refused_and_said_so(window, qtbot):
    document = window.document
    finding = of_rule(window, "PG202")
    show_finding(window, qtbot, finding)
    old = chosen(window)
    document.mark("", ["Line"], sensitive=True)
    document.mark("", ["Pressed"], sensitive=True)
    idle(window, qtbot)
    document.apply(finding, old)
    idle(window, qtbot)
    assert any("has changed since" in bar.notice.text for bar in window.notices.bars)


def test_skipping_goes_on_and_is_remembered(window, qtbot):
    document = window.document
    first = document.findings[0]
    show_finding(window, qtbot, first)
    window.actions_table["skip-finding"].trigger()
    idle(window, qtbot)
    assert document.finding == document.findings[1]
    assert "1 skipped" in guide(window).counts.text()
    document.showFinding(first)
    assert window.actions_table["reopen"].isEnabled()
    assert not window.actions_table["skip-finding"].isEnabled()
    window.actions_table["reopen"].trigger()
    assert window.actions_table["skip-finding"].isEnabled()
    assert guide(window).counts.isHidden()


def test_behind_the_last_finding_the_closing_page_sums_up(window, qtbot, tmp_path, monkeypatch):
    document = window.document
    show_finding(window, qtbot, of_rule(window, "PG202"))
    window.actions_table["apply-fix"].trigger()
    idle(window, qtbot)
    for _ in range(len(document.findings)):
        if document.finding is not None:
            window.actions_table["skip-finding"].trigger()
    idle(window, qtbot)
    assert document.finding is None
    assert guide(window).closing.isVisible()
    page = guide(window).closing.page.toPlainText()
    assert "You have looked at every finding" in page
    assert "Mark Line as sensitive" in page
    assert f"Skipped ({len(document.findings)})" in page
    assert guide(window).closing.save.isEnabled()
    target = tmp_path / "変更 list.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "(*.md)"))
    guide(window).closing.export.click()
    idle(window, qtbot)
    text = target.read_text(encoding="utf-8")
    assert "# Changes to" in text
    assert "- Mark Line as sensitive" in text
    assert "pomelo" not in text
    assert "quince" not in text
    window.actions_table["undo"].trigger()
    idle(window, qtbot)
    assert guide(window).closing.isHidden() or "Nothing was changed" in (
        guide(window).closing.page.toPlainText()
    )


def test_the_summary_is_at_hand_at_any_time(window, qtbot):
    document = window.document
    show_finding(window, qtbot, document.findings[0])
    window.actions_table["show-summary"].trigger()
    assert "So far" in guide(window).closing.page.toPlainText()
    window.actions_table["next-finding"].trigger()
    assert guide(window).closing.isHidden()


def test_what_can_be_pasted_is_copied_without_secrets(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG106"))
    deliveries = guide(window).deliveries
    deliveries.setCurrentIndex(PASTE)
    links = [target for target in deliveries.paste._targets if isinstance(target, ToCopy)]
    QGuiApplication.clipboard().clear()
    for link in links:
        deliveries.paste.follow_target(link)
        assert QGuiApplication.clipboard().text() == link.text
        assert "quince" not in link.text
    if not links:
        assert "cannot be pasted" in deliveries.paste.toPlainText()


def test_marks_cannot_be_pasted_but_their_steps_can_be_copied(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG202"))
    deliveries = guide(window).deliveries
    assert deliveries.currentIndex() == EXPORT
    deliveries.setCurrentIndex(PASTE)
    assert "Marks, inputs and outputs cannot be pasted" in deliveries.paste.toPlainText()
    deliveries.setCurrentIndex(STEPS)
    assert "Mark as sensitive" in deliveries.steps.toPlainText()
    deliveries.copy_steps.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Mark Line as sensitive")
    assert "1. " in copied
    place = next(target for target in deliveries.steps._targets if isinstance(target, Place))
    deliveries.steps.follow_target(place)
    assert window.document.place.variable == "Line"


def test_secrets_taken_out_are_handed_over_once(show, sample, qtbot):
    window = show(Source(path=sample))
    document = window.document
    taken: list[Any] = []
    document.secretsTakenOut.connect(taken.append)
    show_finding(window, qtbot, of_rule(window, "PG105"))
    document.offers.choose("drop-default")
    idle(window, qtbot)
    window.actions_table["apply-fix"].trigger()
    idle(window, qtbot)
    assert [len(removed) for removed in taken] == [1]
    assert taken[0][0].secret.reveal()
    for identifier in ("undo", "redo"):
        window.actions_table[identifier].trigger()
        idle(window, qtbot)
    assert len(taken) == 1


def test_an_export_without_findings_has_nothing_to_fix(show, qtbot):
    window = show(Source(text="@SENSITIVE: []\nSET Total TO 1\nSET Total TO Total + 1\n", name="Q"))
    for identifier in ("show-fixes", "apply-fix", "skip-finding", "accept", "fix-all-safe"):
        assert not window.actions_table[identifier].isEnabled()
    assert guide(window).pane.isHidden()
    window.actions_table["show-summary"].trigger()
    assert "No finding is left open" in guide(window).closing.page.toPlainText()


def test_hundreds_of_findings_are_gone_through(show, corpus, qtbot):
    window = show(Source(path=corpus / "solutions" / "PADFramework_1_1_12501_241.zip"))
    document = window.document
    for finding in document.findings:
        document.showFinding(finding)
    idle(window, qtbot)
    assert document.offers.finding == document.findings[-1]
    assert document.offers.is_ready
