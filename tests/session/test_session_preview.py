"""What a plan would make of an export is shown without secrets, wherever they went."""

from padguard.fixes.draft import Draft
from padguard.flow.masking import masked_lines
from padguard.session.preview import preview
from padguard.session.session import Session

TEXT = """\
@SENSITIVE: []
SET ApiPassword TO $'''Kx8!pomelo'''
SET Pin TO 7
"""


def opened():
    session = Session.from_text(TEXT, "Flow")
    session.analyse()
    return session


def previewed(session, start, end, text):
    flow = session.flows[0]
    draft = Draft(session.export, session.flows)
    draft.replace(flow, start, end, text)
    return preview(session.inspection, session.findings, draft.plan())


def test_a_secret_that_is_moved_stays_masked():
    session = opened()
    found = previewed(session, len(TEXT), len(TEXT), "# Kx8!pomelo, says Bob\n")
    (change,) = found.flows
    assert "Kx8!pomelo" in change.after.script.text
    assert not any("pomelo" in line for line in masked_lines(change.after))
    assert any("says Bob" in line for line in masked_lines(change.after))


def test_a_secret_that_comes_in_is_masked():
    session = opened()
    found = previewed(session, len(TEXT), len(TEXT), "SET DbPassword TO $'''Zq4!quince'''\n")
    assert not any("quince" in line for line in masked_lines(found.flows[0].after))


def test_nothing_is_changed_by_looking():
    session = opened()
    before = session.flows[0]
    previewed(session, len(TEXT), len(TEXT), "SET Other TO 1\n")
    assert session.flows[0] is before
    assert not session.modified
