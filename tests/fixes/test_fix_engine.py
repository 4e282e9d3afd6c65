"""Plans are made whole or not at all, fit the texts they were made for, and go together."""

from pathlib import Path

import pytest

from padguard.fixes.draft import Draft
from padguard.fixes.fix import Fix
from padguard.foundation.errors import CancelledError, EditError
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress
from padguard.rules.finding import Finding
from padguard.session.mending import Wish
from padguard.session.session import Session

LABEL = mark("tests", "a change")
TEXT = """\
@SENSITIVE: [Password]
@INPUT Password : { 'Description': '', 'DefaultValue': '', 'Type': 'String' }
SET Connection TO $'''Server=sql01;User Id=robot;Password=%Password%;'''
SET Copy TO Connection
SET Again TO Copy
"""


def opened(text: str = TEXT) -> Session:
    session = Session.from_text(text, "Flow")
    session.analyse()
    return session


def finding_of(session: Session, rule: str, name: str) -> Finding:
    return next(f for f in session.findings if f.rule == rule and f.variables[:1] == (name,))


def fix_of(session: Session, finding: Finding, name: str) -> Fix:
    return next(fix for fix in session.fixes(finding) if fix.id == name)


def header(session: Session) -> tuple[str, ...]:
    return session.flows[0].script.header.sensitive or ()


def test_marking_one_variable() -> None:
    session = opened()
    fix = fix_of(session, finding_of(session, "PG202", "Copy"), "mark")
    assert fix.plan is not None
    session.apply(fix.title, fix.plan)
    assert header(session) == ("Password", "Copy")
    assert str(session.undo_label) == "Mark Copy as sensitive"


def test_marking_along_the_path_names_every_variable() -> None:
    session = opened()
    fix = fix_of(session, finding_of(session, "PG202", "Again"), "mark-path")
    assert str(fix.title) == "Mark along the whole path: Connection, Copy, Again"
    assert fix.plan is not None
    session.apply(fix.title, fix.plan)
    assert header(session) == ("Password", "Connection", "Copy", "Again")
    assert not [f for f in session.analyse() if f.rule == "PG202"]
    session.undo()
    assert session.flows[0].script.text == TEXT


def test_a_fix_is_applied_once() -> None:
    session = opened()
    fix = fix_of(session, finding_of(session, "PG202", "Copy"), "mark")
    assert fix.plan is not None
    assert session.apply(fix.title, fix.plan)
    assert session.apply(fix.title, fix.plan) == frozenset()
    session.undo()
    assert session.undo_label is None


def test_a_fix_of_earlier_texts_changes_nothing() -> None:
    session = opened()
    old = finding_of(session, "PG202", "Again")
    fix = fix_of(session, old, "mark-path")
    session.apply(*session.marking("", ["Connection"], sensitive=True))
    text = session.flows[0].script.text
    assert fix.plan is not None
    with pytest.raises(EditError, match="changed since"):
        session.apply(fix.title, fix.plan)
    assert session.flows[0].script.text == text
    session.analyse()
    with pytest.raises(EditError, match="changed since"):
        session.fixes(old)


def test_drafts_that_overlap_are_refused_whole() -> None:
    session = opened()
    flow = session.flows[0]
    one, other = Draft(session.export, session.flows), Draft(session.export, session.flows)
    start = flow.script.text.index("SET Copy")
    one.replace(flow, start, start + 10, "SET Other ")
    other.insert(flow, 0, "# first\r\n")
    other.replace(flow, start + 4, start + 8, "Third")
    both = Draft(session.export, session.flows)
    both.add(one.plan())
    with pytest.raises(EditError, match="same text"):
        both.add(other.plan())
    assert both.plan().after == one.plan().after


def test_drafts_that_contradict_each_other_are_refused() -> None:
    session = opened()
    flow = session.flows[0]
    variable = next(v for v in flow.variables if v.name == "Copy")
    one, other = Draft(session.export, session.flows), Draft(session.export, session.flows)
    one.mark(flow, variable)
    other.mark_name(flow, "copy", sensitive=False)
    both = Draft(session.export, session.flows)
    both.add(one.plan())
    with pytest.raises(EditError, match="unmarks it"):
        both.add(other.plan())


def test_the_same_change_twice_is_one() -> None:
    session = opened()
    flow = session.flows[0]
    one = Draft(session.export, session.flows)
    one.insert(flow, len(TEXT), "# last\n")
    both = Draft(session.export, session.flows)
    both.add(one.plan())
    both.add(one.plan())
    session.apply(LABEL, both.plan())
    assert session.flows[0].script.text == TEXT + "# last\n"


def test_all_safe_fixes_are_one_step_to_undo(sample: Path) -> None:
    session = Session.open(sample)
    summary = session.mend_all(Wish(lambda _finding: True))
    marked = {"PG201", "PG202", "PG203", "PG205"}
    assert marked <= {finding.rule for finding, _ in summary.mended}
    assert not marked & {finding.rule for finding in session.findings}
    left = {finding.fingerprint for finding in session.findings}
    assert left == {one.finding.fingerprint for one in summary.left_out}
    assert all(str(one.reason) for one in summary.left_out)
    fixed = session.changed_scripts
    assert summary.flow_ids >= fixed.keys()
    session.undo()
    assert session.changed_scripts == {}
    assert session.undo_label is None
    session.redo()
    assert session.changed_scripts == fixed


def test_fixes_of_one_rule_only(sample: Path) -> None:
    session = Session.open(sample)
    summary = session.mend_all(Wish(lambda finding: finding.rule == "PG201"))
    assert {finding.rule for finding, _ in summary.mended} == {"PG201"}
    assert {finding.rule for finding in session.findings} >= {"PG202", "PG203"}


def test_nothing_to_fix_leaves_no_step() -> None:
    session = Session.from_text("SET Greeting TO $'''Hello'''\n", "Flow")
    summary = session.mend_all(Wish(lambda _finding: True))
    assert summary.mended == ()
    assert session.undo_label is None


def test_cancelled_fixing_changes_nothing(sample: Path) -> None:
    session = Session.open(sample)
    texts = [flow.script.text for flow in session.flows]
    rounds = 0

    def watch(done: int, total: int, _message: object) -> None:
        nonlocal rounds
        rounds += done == 0
        if rounds > 1 and session.changed_scripts:
            progress.cancel()

    progress = Progress(watch)
    with pytest.raises(CancelledError):
        session.mend_all(Wish(lambda _finding: True), progress)
    assert [flow.script.text for flow in session.flows] == texts
    assert session.undo_label is None
    assert not session.modified


def test_texts_without_a_header_cannot_be_marked() -> None:
    session = Session.from_text(
        "Vault.GetCredential CredentialName: $'''Portal''' Credential=> Login\n"
        "Display.ShowMessageDialog.ShowMessage Title: $'''x''' Message: Login.Password "
        "Icon: Display.Icon.None Buttons: Display.Buttons.OK DefaultButton: "
        "Display.DefaultButton.Button1 IsAlwaysOnTop: False ButtonPressed=> Pressed\n",
        "Flow",
    )
    findings = session.analyse()
    assert "PG301" in {finding.rule for finding in findings}
    assert not [f for f in findings if f.rule.startswith("PG2")]
