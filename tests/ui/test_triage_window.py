"""Deciding about findings as a person does: accept, false positive, reopen, old decisions."""

import datetime as dt
import shutil

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog
from tests.ui.guide_help import LEAK, guide, idle, of_rule, show_finding

from padguard.rules.triage import Decision, Decisions, State, decide
from padguard.session.triage_file import read_decisions, triage_path, write_decisions
from padguard.ui.opening import Source
from padguard.ui.triage import Standing
from padguard.ui.triage_dialog import TriageDialog
from padguard.ui.views.findings_model import STATE

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

YESTERDAY = dt.datetime.now().astimezone().date() - dt.timedelta(days=1)


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "Leak.robin"
    target.write_text(LEAK, encoding="utf-8", newline="")
    return target


@pytest.fixture
def window(show, path):
    return show(Source(path=path))


def answer(monkeypatch, fill):
    """Have the dialog filled in by ``fill``, which returns whether it is kept."""

    def execute(dialog):
        return dialog.DialogCode.Accepted if fill(dialog) else dialog.DialogCode.Rejected

    monkeypatch.setattr(TriageDialog, "exec", execute)


def accepted(reason, until=None):
    def fill(dialog):
        assert not dialog.keep.isEnabled()
        dialog.reason.setPlainText(reason)
        if until is not None:
            dialog.ends.setChecked(True)
            dialog.until.setDate(QDate(until.year, until.month, until.day))
        return dialog.keep.isEnabled()

    return fill


def false_positive(dialog):
    dialog.false_positive.setChecked(True)
    return dialog.keep.isEnabled()


def decide_about(window, qtbot, finding, identifier="accept"):
    show_finding(window, qtbot, finding)
    window.actions_table[identifier].trigger()
    idle(window, qtbot)


def states(window):
    model = window.workspace.findings.list.findings
    return [model.index(row, STATE).data() for row in range(model.rowCount())]


def test_a_risk_is_accepted_with_a_reason_and_kept_beside_the_export(
    window, path, qtbot, monkeypatch
):
    document = window.document
    finding = of_rule(window, "PG101")
    until = dt.datetime.now().astimezone().date() + dt.timedelta(days=30)
    answer(monkeypatch, accepted("The test server only.", until))
    decide_about(window, qtbot, finding)
    kept = read_decisions(triage_path(path))[finding.fingerprint]
    assert (kept.state, kept.reason, kept.until) == (
        State.ACCEPTED,
        "The test server only.",
        until,
    )
    assert document.finding != finding
    assert finding not in window.workspace.findings.list.findings.shown
    bar = window.workspace.findings.bar
    assert bar.standings[Standing.ACCEPTED].text() == "Accepted 1"
    assert "1 accepted" in guide(window).counts.text()
    assert window.status.findings.text().startswith(f"{len(document.findings) - 1} findings")
    bar.standings[Standing.ACCEPTED].click()
    qtbot.waitUntil(lambda: window.workspace.findings.list.findings.shown == [finding])
    assert states(window) == [f"Accepted until {until.isoformat()}"]


def test_nothing_is_kept_when_the_dialog_is_left(window, path, qtbot, monkeypatch):
    answer(monkeypatch, lambda _: False)
    decide_about(window, qtbot, of_rule(window, "PG101"))
    assert not triage_path(path).exists()
    assert window.document.finding == of_rule(window, "PG101")


def test_a_false_positive_needs_no_reason_and_can_be_reopened(window, path, qtbot, monkeypatch):
    finding = of_rule(window, "PG106")
    answer(monkeypatch, false_positive)
    decide_about(window, qtbot, finding)
    assert read_decisions(triage_path(path))[finding.fingerprint].state is State.FALSE_POSITIVE
    decide_about(window, qtbot, finding, "reopen")
    assert window.document.triage.standing(finding) is Standing.OPEN
    assert not read_decisions(triage_path(path))
    assert not guide(window).buttons["reopen"].isVisible()


def test_the_keys_go_through_what_is_open(window, qtbot, monkeypatch):
    document = window.document
    answer(monkeypatch, accepted("Known."))
    decide_about(window, qtbot, document.findings[1])
    document.showFinding(document.findings[0])
    document.nextFinding()
    assert document.finding == document.findings[2]
    document.previousFinding()
    assert document.finding == document.findings[0]
    assert guide(window).position.text() == f"1 of {len(document.findings) - 1}"


def test_when_everything_is_decided_the_list_says_so(window, qtbot, monkeypatch):
    document = window.document
    answer(monkeypatch, accepted("All known."))
    for finding in document.findings:
        decide_about(window, qtbot, finding)
    view = window.workspace.findings
    assert "Nothing is open" in view._message.text()
    assert guide(window).closing.isVisible()
    page = guide(window).closing.page.toPlainText()
    assert f"Accepted ({len(document.findings)})" in page
    assert window.status.findings.text() == "No findings"
    document.nextFinding()  # with nothing open, all are gone through
    assert document.finding == document.findings[0]


def test_secrets_in_a_reason_are_masked_and_it_is_said(window, path, qtbot, monkeypatch):
    finding = of_rule(window, "PG101")
    answer(monkeypatch, accepted("Bob says Kx8!pomelo is old."))
    decide_about(window, qtbot, finding)
    assert "pomelo" not in triage_path(path).read_text(encoding="utf-8")
    assert any("masked" in bar.notice.text for bar in window.notices.bars)


def test_what_comes_from_the_clipboard_is_kept_when_it_is_saved(show, tmp_path, qtbot, monkeypatch):
    window = show(Source(text=LEAK, name="Leak"))
    finding = of_rule(window, "PG101")
    answer(monkeypatch, accepted("For now."))
    decide_about(window, qtbot, finding)
    assert any("Save the export" in bar.notice.text for bar in window.notices.bars)
    assert window.document.triage.standing(finding) is Standing.ACCEPTED
    target = tmp_path / "saved.robin"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_: (str(target), ""))
    window.document.save(target)
    qtbot.waitUntil(target.exists)
    idle(window, qtbot)
    assert finding.fingerprint in read_decisions(triage_path(target))


def test_decisions_are_read_when_the_export_is_opened_again(window, show, path, qtbot, monkeypatch):
    finding = of_rule(window, "PG101")
    answer(monkeypatch, accepted("Known."))
    decide_about(window, qtbot, finding)
    copy = path.with_name("Leak.guarded.robin")
    shutil.copy(path, copy)
    other = show(Source(path=copy))
    qtbot.waitUntil(lambda: other.document.triage.is_loaded)
    assert other.document.triage.standing(of_rule(other, "PG101")) is Standing.ACCEPTED


def test_what_has_run_out_is_open_again_and_said(show, path, qtbot):
    window = show(Source(path=path))
    finding = of_rule(window, "PG101")
    decision = decide(
        finding, State.ACCEPTED, flow_name="Leak", today=YESTERDAY, reason="x", until=YESTERDAY
    )
    write_decisions(triage_path(path), Decisions([decision]))
    window.actions_table["close"].trigger()
    window = show(Source(path=path))
    qtbot.waitUntil(lambda: window.document.triage.is_loaded)
    assert window.document.triage.is_open(finding)
    assert any("run out" in bar.notice.text for bar in window.notices.bars)
    assert f"Open again since {YESTERDAY.isoformat()}" in states(window)


def test_decisions_whose_finding_is_gone_can_be_removed(show, path, qtbot):
    window = show(Source(path=path))
    flow_id = window.document.session.flows[0].id
    gone = Decision("f" * 24, State.ACCEPTED, "PG101", flow_id, "Leak", reason="Kx8!pomelo")
    write_decisions(triage_path(path), Decisions([gone]))
    window.actions_table["close"].trigger()
    window = show(Source(path=path))
    qtbot.waitUntil(lambda: window.document.triage.is_loaded)
    bar = next(bar for bar in window.notices.bars if "is gone" in bar.notice.text)
    assert "pomelo" not in "".join(bar.notice.details)
    bar.notice.accept()
    idle(window, qtbot)
    assert not read_decisions(triage_path(path))


def test_a_damaged_file_is_told_and_left_alone(show, path, qtbot, monkeypatch):
    triage_path(path).write_text("format = [", encoding="utf-8", newline="")
    window = show(Source(path=path))
    idle(window, qtbot)
    assert any(triage_path(path).name in bar.notice.text for bar in window.notices.bars)
    finding = of_rule(window, "PG101")
    answer(monkeypatch, accepted("Known."))
    decide_about(window, qtbot, finding)
    assert window.document.triage.is_open(finding)
    assert window.document.finding == finding
    assert triage_path(path).read_text(encoding="utf-8") == "format = ["


def test_the_dialog_is_filled_in_by_keys_alone(window, qtbot):
    dialog = TriageDialog("A finding", dt.date(2026, 1, 1), window)
    dialog.show()
    qtbot.keyClicks(dialog.reason, "Only a test")
    qtbot.keyClick(dialog.ends, Qt.Key.Key_Space)
    assert dialog.keep.isEnabled()
    assert dialog.last_day is not None
    assert dialog.last_day > dt.date(2026, 1, 1)
    dialog.keep.click()
    assert dialog.result() == dialog.DialogCode.Accepted
    dialog.deleteLater()
