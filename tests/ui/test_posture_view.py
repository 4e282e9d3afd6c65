"""The Posture view: the score of the export, what to do first, a PDF and the report as a page."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog, QLabel

from padguard.reports.posture import posture_of
from padguard.reports.posture_score import WEIGHTS
from padguard.rules.finding import Finding, Severity
from padguard.rules.triage import State
from padguard.ui.document import Place
from padguard.ui.instance import Wish
from padguard.ui.opening import Source
from padguard.ui.theme import DARK, HIGH_CONTRAST, LIGHT
from padguard.ui.views.details_page import Page
from padguard.ui.views.posture_page import posture_page

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SECRETS = (
    *("Paper-Lantern-17", "nfd_demo_4pQ8vL2xW9mZ7tRc1K", "Silver-Spoon-26"),
    *("Winter-Harbour-40", "Copper-Kettle-63", "Blue-Bicycle-18", "Garden-Gate-77"),
)
SCRIPT = "@SENSITIVE: []\nSET Password TO $'''Kx8!pomelo'''\nSET Copy TO Password\n"


@pytest.fixture
def window(show, sample):
    return show(Source(path=sample))


@pytest.fixture
def view(window, qtbot):
    window.actions_table["show-posture"].trigger()
    return worked_out(window, qtbot)


def worked_out(window, qtbot):
    view = window.workspace.posture
    qtbot.waitUntil(lambda: view._shown is not None and view._shown[0] is view._wanted)
    qtbot.waitUntil(lambda: window.jobs.current is None)
    return view


def shown_score(view):
    (score,) = re.findall(r"(\d+) of 100", view.page.toPlainText())
    return int(score)


def links(view, kind):
    return [
        (number, target)
        for number, target in enumerate(view.page._targets)
        if isinstance(target, kind)
    ]


def follow(view, number):
    view.page.anchorClicked.emit(QUrl(str(number)))


def test_it_is_the_first_tab_and_flow_is_in_front(window):
    workspace = window.workspace
    assert workspace.tabText(0) == "Posture"
    assert workspace.currentWidget() is workspace.flow
    window.actions_table["show-posture"].trigger()
    assert workspace.currentWidget() is workspace.posture


def test_it_says_how_the_export_stands(view, window):
    text = view.page.toPlainText()
    posture = view._shown[1]
    assert shown_score(view) == posture.score.value
    assert "100 × 50 ÷ (50 + points)" in text
    for words in (
        *("What to do first", "Mark variables as sensitive", "What could not be analysed"),
        *("Secrets written into the definition", "Critical", "Components and access", "Audit"),
        "No policy is loaded",
    ):
        assert words in text
    assert str(len(window.document.findings)) in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_each_thing_to_do_goes_to_its_first_finding(view, window):
    todo = [*view._shown[1].changes[:6], *view._shown[1].by_hand[:6]]
    found = links(view, Finding)
    assert [target for _, target in found] == [one.findings[0] for one in todo]
    for number, target in found:
        window.actions_table["show-posture"].trigger()
        follow(view, number)
        assert window.document.finding == target
        assert window.document.place == window.document.index.place(target)
        is_row = window.document.place.action >= 0
        front = window.workspace.flow if is_row else view
        assert window.workspace.currentWidget() is front


def test_what_was_not_analysed_leads_to_its_row(view, window):
    number, target = links(view, Place)[0]
    follow(view, number)
    assert window.document.place == target


def test_a_change_is_seen_in_the_score(view, window, qtbot):
    before = view._shown[1]
    first = before.changes[0].findings[0]
    window.document.mark(first.place.flow_id, [first.variables[0]], sensitive=True)
    qtbot.waitUntil(lambda: view._shown[1] is not before, timeout=20_000)
    worked_out(window, qtbot)
    after = view._shown[1]
    assert len(after.counted) < len(before.counted)
    assert shown_score(view) == after.score.value >= before.score.value


def test_an_accepted_finding_stands_apart(view, window, qtbot):
    before = view._shown[1]
    document = window.document
    document.triage.decide(document.findings[0], State.ACCEPTED, "Agreed with Ada")
    qtbot.waitUntil(lambda: view._shown[1] is not before)
    worked_out(window, qtbot)
    after = view._shown[1]
    assert after.score.points == before.score.points - WEIGHTS[Severity.CRITICAL]
    assert "Accepted: 1." in view.page.toPlainText()


def test_out_of_sight_nothing_is_worked_out(window):
    assert window.workspace.posture._shown is None


def test_pdf(view, window, qtbot, monkeypatch, tmp_path):
    target = tmp_path / "posture.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    view.save.click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: window.jobs.current is None)
    assert target.read_bytes().startswith(b"%PDF-")
    assert any(target.name in label.text() for label in window.notices.findChildren(QLabel))


def test_html_report(view, window, qtbot, monkeypatch, tmp_path):
    target = tmp_path / "report.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    view.export.click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: window.jobs.current is None)
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.count('class="finding"') == len(window.document.findings)
    assert [secret for secret in SECRETS if secret in text] == []


def test_nothing_is_written_where_nobody_chooses_a_file(view, window, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    view.export.click()
    view.save.click()
    assert window.jobs.current is None


def test_a_file_that_cannot_be_written_is_told(view, window, qtbot, monkeypatch, tmp_path):
    target = tmp_path / "missing" / "report.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    with qtbot.waitSignal(window.document.failed):
        view.export.click()
    assert not target.exists()


def test_actions_need_an_export(windows):
    windows.grant(Wish())
    window = windows.all[0]
    for name in ("show-posture", "save-posture", "export-report"):
        assert not window.actions_table[name].isEnabled()


def test_pasted_text_has_a_posture_too(show, qtbot):
    window = show(Source(text=SCRIPT, name="Night run"))
    window.actions_table["show-posture"].trigger()
    view = worked_out(window, qtbot)
    assert "Pasted text" in view.page.toPlainText()
    assert "pomelo" not in view.page.toHtml()


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_every_theme_has_the_same_words(view, theme):
    report, posture = view._shown
    page = posture_page("x", posture, report.flows, theme)
    assert isinstance(page, Page)
    assert theme.accent in page.html
    others = {LIGHT.accent, DARK.accent, HIGH_CONTRAST.accent} - {theme.accent, theme.focus}
    assert not [colour for colour in others if colour in page.html and colour != theme.link]


def test_names_are_texts_on_the_page(qapp, view):
    report, posture = view._shown
    page = posture_page("<script>alert(1)</script>" + "x" * 5000, posture, report.flows, LIGHT)
    assert "<script" not in page.html
    assert "x" * 400 not in page.html


def test_the_posture_is_that_of_the_reports(view):
    report, posture = view._shown
    assert posture.score == posture_of(report).score
