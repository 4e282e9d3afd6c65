"""Analysing again after an edit gives what analysing anew gives."""

from pathlib import Path

import pytest

from padguard.fixes.draft import Draft
from padguard.flow.model import Flow
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding
from padguard.session.session import Session

TEXT = """\
@SENSITIVE: []
SET Cell TO $'''q8Zt4Lw0Rk2Vn6Xs'''
SET Other TO $'''q8Zt4Lw0Rk2Vn6Xs'''
SET Greeting TO $'''Hello'''
SET Greeting TO $'''Hello'''
"""
EDITED = mark("test", "edited")


def replace(session: Session, flow: Flow, start: int, end: int, text: str) -> None:
    draft = Draft(session.export, session.flows)
    draft.replace(flow, start, end, text)
    session.apply(EDITED, draft.plan())


def told(findings: list[Finding]) -> list[tuple[str, str, int, str]]:
    return [(f.rule, f.fingerprint, f.place.start, str(f.message)) for f in findings]


def anew(session: Session) -> list[tuple[str, str, int, str]]:
    return told(Session.from_text(session.flows[0].script.text, "Flow").analyse())


def test_marking_changes_what_a_text_means() -> None:
    session = Session.from_text(TEXT, "Flow")
    before = told(session.analyse())
    session.apply(*session.marking(session.flows[0].id, ["Cell"], sensitive=True))
    after = told(session.analyse())
    assert after == anew(session)
    assert {rule for rule, *_ in after} != {rule for rule, *_ in before}
    session.undo()
    assert told(session.analyse()) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("$'''Hello'''", "$'''password=Kx8!pomelo'''"),
        ("SET Greeting", "SET Password"),
        ("SET Other TO", "# password: Kx8!pomelo\r\nSET Other TO"),
        ("SET Other TO $'''q8Zt4Lw0Rk2Vn6Xs'''\n", ""),
        ("SET Cell", "DISABLE SET Password"),
    ],
)
def test_new_rows_are_looked_at(old: str, new: str) -> None:
    session = Session.from_text(TEXT, "Flow")
    session.analyse()
    flow = session.flows[0]
    start = flow.script.text.index(old)
    replace(session, flow, start, start + len(old), new)
    assert told(session.analyse()) == anew(session)


def test_marks_in_a_real_export(sample: Path) -> None:
    session = Session.open(sample)
    session.analyse()
    for flow in session.flows:
        names = [
            v.name for v in flow.variables if v.local_to is None and v.sensitivity.value == "CLEAN"
        ]
        session.apply(*session.marking(flow.id, names[:2], sensitive=True))
        again = told(session.analyse())
    fresh = Session.open(sample)
    for flow in session.flows:
        stored = fresh.flow(flow.id).script.text
        replace(fresh, fresh.flow(flow.id), 0, len(stored), flow.script.text)
    assert again == told(fresh.analyse())
