"""Fixing many findings at once, by menu and dialog: one undo step, a summary, nothing decided."""

import pytest
from PySide6.QtGui import QGuiApplication
from tests.ui.guide_help import (
    LEAK,
    choices,
    chosen,
    fingerprints,
    guide,
    idle,
    of_rule,
    show_finding,
)

from padguard.fixes.case import Choices
from padguard.fixes.template import Template, Templates
from padguard.rules.triage import State
from padguard.ui.fix_all_dialog import FixAllDialog, SummaryDialog
from padguard.ui.opening import Source

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEARNED = Templates(
    Template("Vault.GetCredential CredentialName: {credential} Timeout: 0 Credential=> {variable}")
)


@pytest.fixture
def window(show):
    return show(Source(text=LEAK, name="Leak"))


@pytest.fixture
def asked(monkeypatch):
    """Have the dialog accepted; return what it said."""
    seen = []

    def execute(dialog):
        lines = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        seen.append((dialog.words.text(), lines))
        return dialog.DialogCode.Accepted if dialog.fix.isEnabled() else dialog.DialogCode.Rejected

    monkeypatch.setattr(FixAllDialog, "exec", execute)
    return seen


def summary(window):
    return next(dialog for dialog in window.findChildren(SummaryDialog) if dialog.isVisible())


def test_all_that_is_safe_is_one_step_with_a_summary(window, asked, qtbot):
    document = window.document
    before = document.session.flows[0].script.text
    found = fingerprints(window)
    window.actions_table["fix-all-safe"].trigger()
    idle(window, qtbot)
    words, lines = asked[0]
    assert words.endswith(f"of {len(found)} findings can be fixed at once:")
    assert "Mark … as sensitive: 1" in lines
    dialog = summary(window)
    assert "Mark Line as sensitive (" in dialog.text.toPlainText()
    assert "Not fixed:" in dialog.text.toPlainText()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()
    dialog.close()
    mended = len(found - fingerprints(window))
    assert f"{mended} mended" in guide(window).counts.text()
    assert document.session.change_count == 1
    window.actions_table["undo"].trigger()
    idle(window, qtbot)
    assert document.session.flows[0].script.text == before
    assert fingerprints(window) == found
    assert document.journal.deeds == []
    window.actions_table["redo"].trigger()
    idle(window, qtbot)
    assert document.journal.deeds


def test_what_was_decided_is_left_alone(window, asked, qtbot):
    finding = of_rule(window, "PG202")
    window.document.triage.decide(finding, State.FALSE_POSITIVE)
    idle(window, qtbot)
    window.actions_table["fix-all-safe"].trigger()
    idle(window, qtbot)
    assert finding.fingerprint in fingerprints(window)
    assert not any("Mark" in line for line in asked[0][1])


def test_all_of_one_rule_only(show, sample, asked, qtbot):
    window = show(Source(path=sample))
    finding = of_rule(window, "PG202")
    others = {found.fingerprint for found in window.document.findings if found.rule != "PG202"}
    show_finding(window, qtbot, finding)
    window.actions_table["fix-all-rule"].trigger()
    idle(window, qtbot)
    assert "Mark … as sensitive" in asked[0][1][0]
    assert not any(found.rule == "PG202" for found in window.document.findings)
    assert others & fingerprints(window)
    assert window.document.session.change_count == 1
    summary(window).close()


def test_a_cancelled_round_changes_nothing(show, sample, asked, qtbot, monkeypatch):
    window = show(Source(path=sample))
    found = fingerprints(window)
    show_finding(window, qtbot, window.document.findings[0])
    start = window.document.mendAll

    def start_and_cancel(wish, then):
        start(wish, then)
        window.jobs.cancel()

    monkeypatch.setattr(window.document, "mendAll", start_and_cancel)
    window.actions_table["fix-all-safe"].trigger()
    idle(window, qtbot)
    assert asked
    assert fingerprints(window) == found
    assert not window.document.session.modified
    assert window.document.offers.is_ready
    assert choices(window)


def test_names_and_place_of_a_credential_are_chosen(window, qtbot):
    window.document.session.templates = LEARNED
    show_finding(window, qtbot, of_rule(window, "PG101"))
    window.document.offers.choose("replace-secret")
    idle(window, qtbot)
    form = guide(window).pane.form
    assert form.isVisible()
    form.credential.setText("Ftp login")
    form.variable.setText("FtpLogin")
    form.where.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not form._typing.isActive())
    idle(window, qtbot)
    assert window.document.offers.choices == Choices("Ftp login", "FtpLogin", just_before=True)
    guide(window).deliveries.robin.click()
    change = guide(window).deliveries.change.toPlainText()
    assert "FtpLogin.Password" in change
    assert "pomelo" not in change
    window.actions_table["apply-fix"].trigger()
    idle(window, qtbot)
    text = window.document.session.flows[0].script.text
    assert "'''Ftp login'''" in text
    assert "pomelo" not in text


def test_a_name_that_cannot_be_is_greyed_with_the_reason(window, qtbot):
    window.document.session.templates = LEARNED
    show_finding(window, qtbot, of_rule(window, "PG101"))
    window.document.offers.choose("replace-secret")
    idle(window, qtbot)
    form = guide(window).pane.form
    form.variable.setText("Pass word")
    qtbot.waitUntil(lambda: not form._typing.isActive())
    idle(window, qtbot)
    refused = next(choice for choice in choices(window) if choice.fix.id == "replace-secret")
    assert not refused.button.isEnabled()
    assert "cannot be the name of a variable" in refused.button.accessibleName()
    assert chosen(window) is None
    assert not window.actions_table["apply-fix"].isEnabled()
    assert form.isVisible()
    form.variable.setText("FtpLogin")
    qtbot.waitUntil(lambda: not form._typing.isActive())
    idle(window, qtbot)
    assert chosen(window).id == "replace-secret"


def test_without_a_template_the_steps_are_shown(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG101"))
    window.document.offers.choose("replace-secret")
    idle(window, qtbot)
    assert chosen(window).plan.changes_nothing
    assert not window.actions_table["apply-fix"].isEnabled()
    assert "Get credential" in guide(window).deliveries.steps.toPlainText()
    teach = guide(window).pane.teach
    assert (teach is not None) == ("teach-template" in window.actions_table)
    assert teach is None or teach.isVisible()
