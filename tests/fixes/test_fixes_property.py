"""Every fix keeps its promises wherever it applies: in real exports and in the evaluation set."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.evaluation.exporting import make_export
from tests.evaluation.loader import CASES, read_cases
from tests.evaluation.zipping import zipped
from tests.fixes.deliveries_help import contents, followed, pasted
from tests.fixes.learned import TEMPLATES

from padguard.exports.model import ExportKind
from padguard.exports.open import open_bytes, open_export
from padguard.exports.revise import has_flags
from padguard.fixes.deliveries.clicks import clicks
from padguard.fixes.deliveries.snippets import snippets
from padguard.fixes.fix import Fix
from padguard.flow.model import Flow
from padguard.flow.snippet import check_snippet
from padguard.foundation.errors import OpenError
from padguard.rules.finding import Finding
from padguard.session.session import Session

FILES = sorted(CASES.glob("*/*.cases"))
MOST_OF_A_SORT = 2  # places of one flow, rule and recipe; real exports repeat themselves


def test_fixes_of_the_evaluation_set_keep_their_promises(file: Path, most: int) -> None:
    for case in read_cases(file):
        export = make_export(case)
        if not case.bare:
            export = open_bytes(zipped(export), f"{case.id}.zip")
        check_all(Session(export), most)


def test_fixes_of_real_exports_keep_their_promises(real_export: Path, most: int) -> None:
    try:
        export = open_export(real_export)
    except OpenError as error:
        pytest.skip(str(error.message))
    check_all(Session(export), most)


@pytest.fixture
def most(request: pytest.FixtureRequest) -> int:
    """Return how many places of a sort are tried: all of them with ``--every-place``."""
    return sys.maxsize if request.config.getoption("--every-place") else MOST_OF_A_SORT


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "file" in metafunc.fixturenames:
        metafunc.parametrize("file", FILES, ids=[f"{f.parent.name}-{f.stem}" for f in FILES])


def check_all(session: Session, most: int) -> None:
    session.templates = TEMPLATES
    seen: Counter[tuple[str, str, str]] = Counter()
    for number in range(len(session.analyse())):
        for name in [fix.id for fix in session.fixes(session.findings[number])]:
            finding = session.findings[number]  # the same one, found anew after the last undo
            fix = next(fix for fix in session.fixes(finding) if fix.id == name)
            sort = (finding.place.flow_id, finding.rule, name)
            if fix.plan is not None and not fix.plan.changes_nothing and seen[sort] < most:
                seen[sort] += 1
                check(session, finding, fix)
                session.analyse()


def check(session: Session, finding: Finding, fix: Fix) -> None:
    assert fix.plan is not None
    said = f"{fix.id} for {finding.rule}: {finding.message}"
    texts, findings, bytes_before = _texts(session), list(session.findings), _rendered(session)
    problems = _problems(session)
    flows = {flow.id: flow for flow in session.flows}
    session.apply(fix.title, fix.plan)
    assert not session.apply(fix.title, fix.plan), said
    fixed = _texts(session)
    assert fixed != texts or session.changes.flags, said
    assert not {key for key, count in _problems(session).items() if count > problems[key]}, said
    left = session.analyse()
    check_deliveries(flows, session, said)
    assert _alike(left)[_sort(finding)] < _alike(findings)[_sort(finding)], f"left: {said}"
    assert not list(_worse(findings, left, finding)), said
    rendered = _rendered(session)
    if rendered is not None:
        is_text = session.export.kind is ExportKind.SCRIPT
        reopened = Session(open_bytes(rendered, "saved.robin" if is_text else "saved.zip"))
        assert _texts(reopened) == fixed, said
        assert has_flags(reopened.export, fix.plan.after.flags), said
        assert not reopened.problems, said
    session.undo()
    assert _texts(session) == texts, said
    assert not session.changes.flags, said
    assert _rendered(session) == bytes_before, said


def check_deliveries(flows: dict[str, Flow], session: Session, said: str) -> None:
    """Check that what a person does instead leads to the same rows, and that all can be pasted."""
    learned = session.templates.actions
    for before in flows.values():
        after = session.flow(before.id)
        if after.script.text == before.script.text:
            continue
        steps = clicks(before, after)
        assert steps, said
        offered = snippets(before, after, learned).offered
        for snippet in offered:
            assert check_snippet(snippet.text, after, learned) == [], said
        for subflow in after.subflows:
            if any(one.name.casefold() == subflow.name.casefold() for one in before.subflows):
                done = followed(before, after, steps, subflow.name)
                assert done == contents(after, subflow.name), said
                pasted(before, offered, subflow.name)  # names no row that is not there


def _texts(session: Session) -> dict[str, str]:
    scripts = {flow.id: flow.script.text for flow in session.flows}
    clouds = {f"cloud {cloud.id}": cloud.text for cloud in session.export.cloud_flows}
    return scripts | clouds


def _rendered(session: Session) -> bytes | None:
    if session.export.source is None or session.export.kind is ExportKind.FOLDER:
        return None
    return session.render()


def _problems(session: Session) -> Counter[str]:
    return Counter({flow.id: len(flow.script.diagnostics) for flow in session.flows})


def _sort(finding: Finding) -> tuple[str, ...]:
    place = finding.place
    secret = finding.secret.reveal() if finding.secret else ""
    where = str(place.where or "")
    return (finding.rule, place.flow_id, place.subflow, where, finding.key, secret)


def _alike(findings: list[Finding]) -> Counter[tuple[str, ...]]:
    return Counter(_sort(finding) for finding in findings)


def _worse(before: list[Finding], after: list[Finding], mended: Finding) -> Iterator[str]:
    """Yield the rules that find more than before, as bad as what was mended or worse.

    Findings are counted, not compared: what one caller brought to a flow may after a fix be said
    of another one, whose way is now the shortest.
    """
    was = Counter(found.rule for found in before)
    now = Counter(found.rule for found in after if found.severity.rank <= mended.severity.rank)
    yield from (rule for rule, count in now.items() if count > was[rule])
