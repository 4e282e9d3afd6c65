"""Opens flows written as text and mends them, as a session does."""

from padguard.fixes.fix import Fix
from padguard.rules.finding import Finding
from padguard.session.session import Session

SECRET = (
    "@SENSITIVE: [Password]\n"
    "@INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'Type': 'String' }\n"
)


def opened(text: str) -> Session:
    """Return a session on a script, analysed."""
    session = Session.from_text(text if "@SENSITIVE" in text else SECRET + text, "Flow")
    session.analyse()
    return session


def finding_of(session: Session, rule: str) -> Finding:
    """Return the first finding of a rule."""
    return next(finding for finding in session.findings if finding.rule == rule)


def fix_of(session: Session, rule: str, name: str) -> Fix:
    """Return a fix for the first finding of a rule."""
    found = session.fixes(finding_of(session, rule))
    return next(fix for fix in found if fix.id == name)


def mended(text: str, rule: str, name: str) -> str:
    """Return what a fix makes of a script, below its header; all findings of the rule are gone."""
    session = opened(text)
    fix = fix_of(session, rule, name)
    assert fix.plan is not None, fix.reason
    session.apply(fix.title, fix.plan)
    assert rule not in {finding.rule for finding in session.analyse()}
    assert not session.flows[0].script.diagnostics
    return session.flows[0].script.text.removeprefix(SECRET)


def reason(text: str, rule: str, name: str) -> str:
    """Return why a fix cannot be made."""
    fix = fix_of(opened(text), rule, name)
    assert fix.plan is None
    return str(fix.reason)
