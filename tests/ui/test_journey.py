"""The whole way of a maker through the window: from a real export to one without these findings."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from tests.ui.guide_help import choices, chosen, guide, idle, show_finding

from padguard.cli.main import commands
from padguard.fixes.draft import Draft
from padguard.foundation.messages import mark
from padguard.session.session import Session
from padguard.ui.opening import Source

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

INVENTED = "Vault.GetCredential CredentialName: $'''Example''' Timeout: 0 Credential=> Credential"
"""How the designer writes Get credential is documented nowhere; this is made up."""

PATH = (
    "Display.InputDialog Title: $'''Bank''' Message: $'''PIN?''' InputType: "
    "Display.InputType.Password IsTopMost: True UserInput=> Pin ButtonPressed=> Pressed\r\n"
    "SET PinLine TO $'''PIN %Pin%'''\r\n"
    "SET PinCopy TO PinLine\r\n"
)
"""Rows by which something sensitive loses its mask: the real export has none."""

RULES = {"PG105", "PG107", "PG201", "PG202", "PG204", "PG206"}


@pytest.fixture
def export(corpus: Path, tmp_path: Path) -> Path:
    """Return a real export, with rows added to one of its flows."""
    session = Session.open(corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip")
    flow = next(flow for flow in session.flows if "Password" not in flow.script.text[:2000])
    first = next(action for action in flow.actions if action.own_row)
    draft = Draft(session.export, session.flows)
    draft.insert(flow, first.statement.start, PATH)
    session.apply(mark("tests", "rows added"), draft.plan())
    path = tmp_path / "ConstructionFunding_1_0_0_5.zip"
    session.save(path)
    return path


def teach(window, qtbot):
    window.actions_table["teach-template"].trigger()
    idle(window, qtbot)
    dialog = window.templates.dialog
    QGuiApplication.clipboard().setText(INVENTED)
    dialog.lesson.paste.click()
    qtbot.waitUntil(lambda: dialog._shelf.jobs.current is None)
    with qtbot.waitSignal(dialog._shelf.changed):
        dialog.keep.click()
    dialog.close()
    idle(window, qtbot)


def mend(window, qtbot, rule, name, fix_id):
    """Go to a finding, choose a fix with its button, apply it with the button of the guide."""
    finding = next(
        f for f in window.document.findings if f.rule == rule and f.variables[:1] == (name,)
    )
    show_finding(window, qtbot, finding)
    choice = next(choice for choice in choices(window) if choice.fix.id == fix_id)
    qtbot.mouseClick(choice.button, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert chosen(window).id == fix_id
    assert guide(window).deliveries.change.toPlainText()
    qtbot.mouseClick(guide(window).buttons["apply-fix"], Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert finding.fingerprint not in {found.fingerprint for found in window.document.findings}


def test_from_a_real_export_to_one_without_these_findings(opened, qtbot, export, tmp_path):
    window = opened(Source(export))
    document = window.document
    untouched = {flow.id: flow.script.text for flow in document.session.flows}
    teach(window, qtbot)

    mend(window, qtbot, "PG105", "Password", "drop-default")
    mend(window, qtbot, "PG204", "Password", "replace-input")
    mend(window, qtbot, "PG202", "PinCopy", "mark-path")
    assert not RULES & {finding.rule for finding in document.findings}
    mended = {flow.id: flow.script.text for flow in document.session.flows}

    for _ in range(3):
        window.actions_table["undo"].trigger()
        idle(window, qtbot)
    assert {flow.id: flow.script.text for flow in document.session.flows} == untouched
    assert not document.session.modified
    for _ in range(3):
        window.actions_table["redo"].trigger()
        idle(window, qtbot)
    assert {flow.id: flow.script.text for flow in document.session.flows} == mended

    target = tmp_path / "ConstructionFunding_1_0_0_5.guarded.zip"
    window.actions_table["save"].trigger()
    qtbot.waitUntil(target.exists, timeout=20_000)
    idle(window, qtbot)

    again = opened(Source(target))
    assert not RULES & {finding.rule for finding in again.document.findings}
    shown = CliRunner().invoke(commands, ["scan", str(target), "--format", "json"]).stdout
    found = json.loads(shown)["exports"][0]["findings"]
    assert not RULES & {finding["rule"] for finding in found}
    assert "pass@word1" not in shown
