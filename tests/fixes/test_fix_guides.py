"""Every finding has a way forward, and every step of a guide can be taken."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.evaluation.exporting import Members, make_export
from tests.evaluation.loader import CASES, read_cases
from tests.fixes.learned import TEMPLATES
from tests.fixes.mending import opened
from tests.governance.policy_files import flat, read

from padguard.exports.model import (
    Binary,
    DesktopFlow,
    EnvironmentVariable,
    Export,
    ExportKind,
)
from padguard.fixes import pages
from padguard.fixes.fix import Applicability, Fix
from padguard.fixes.registry import RECIPES
from padguard.foundation.errors import OpenError
from padguard.reports.explanation import section
from padguard.rules.finding import Finding
from padguard.rules.registry import RULES
from padguard.session.session import Session

FILES = sorted(CASES.glob("*/*.cases"))
FIXTURES = Path(__file__).resolve().parents[1] / "rules" / "fixtures"
SCRIPTS = sorted(FIXTURES.glob("*/*.robin"))


def check(session: Session) -> set[str]:
    """Check that every finding has a way forward; return the rules that had findings."""
    session.templates = TEMPLATES
    session.analyse()
    for finding in session.findings:
        fixes = session.fixes(finding)
        assert fixes, f"{finding.rule}: {finding.message}"
        for fix in fixes:
            check_fix(session, finding, fix)
    return {finding.rule for finding in session.findings}


def check_fix(session: Session, finding: Finding, fix: Fix) -> None:
    said = f"{fix.id} for {finding.rule}: {finding.message}"
    assert str(fix.title), said
    assert (fix.plan is None) != (fix.reason is None), said
    if fix.plan is None:
        assert str(fix.reason).endswith("."), said
        return
    if fix.applicability is Applicability.GUIDED:
        assert fix.plan.changes_nothing, said
        assert fix.plan.steps, said
    for step in fix.plan.steps:
        words = str(step.text)
        assert words.endswith("."), said
        assert not re.search(r"\{|\}|  |“”", words), f"{said}: {words}"
        if step.place is not None:
            flow = session.flow(step.place.flow_id)
            assert step.place.end <= len(flow.script.text), said
            assert step.place.action < len(flow.actions), said
    secret = finding.secret.reveal() if finding.secret else ""
    if len(secret) > 3:
        shown = (fix.title, *fix.plan.notes, *(step.text for step in fix.plan.steps))
        assert not [words for words in shown if secret in str(words)], fix.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_has_a_way_forward(rule) -> None:
    example = section(rule, "Example")
    if example:
        text = example if "@SENSITIVE" in example else f"@SENSITIVE: []\n{example}"
        assert rule.id in check(Session.from_text(text, "Example"))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_harder_cases_of_rules_have_a_way_forward(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    check(Session.from_text(text if "@SENSITIVE" in text else f"@SENSITIVE: []\n{text}", "Flow"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_findings_of_the_evaluation_set_have_a_way_forward(file: Path) -> None:
    for case in read_cases(file):
        check(Session(make_export(case)))


def test_findings_of_the_sample_have_a_way_forward(sample: Path) -> None:
    assert len(check(Session.open(sample))) > 20


def test_findings_of_real_exports_have_a_way_forward(real_export: Path) -> None:
    try:
        check(Session.open(real_export))
    except OpenError as error:
        pytest.skip(str(error.message))


def test_findings_about_policies_have_a_way_forward() -> None:
    session = opened(
        "@SENSITIVE: []\nExcel.LaunchExcel.Launch Visible: True Instance=> Book\n"
        "Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: $'''dir'''\n"
        "Cryptography.HashText.Hash TextToHash: $'''a''' HashedText=> Hash\n"
        "Quantum.Entangle.Now Pair: 1\n"
    )
    session.policing.policies = read(flat(business="Excel", blocked="Scripting"))
    assert {"PG501", "PG502", "PG503"} <= check(session)
    (blocked,) = (finding for finding in session.findings if finding.rule == "PG501")
    assert [fix.id for fix in session.fixes(blocked)] == ["disable-row", "guide-policy"]


def test_a_flow_that_is_not_in_the_export_is_marked_there() -> None:
    session = opened(
        "External.RunFlow FlowId: '11111111-2222-3333-4444-555555555555' WaitToComplete: True "
        "@Text: Password\n"
    )
    (finding,) = (finding for finding in session.findings if finding.rule == "PG205")
    (fix,) = session.fixes(finding)
    assert fix.plan is not None
    first, second, *_ = fix.plan.steps
    assert str(first.text) == "See in row 1 of Main which desktop flow it runs."
    assert first.place is not None
    assert first.place.action == 0
    assert "the input that gets Password" in str(second.text)
    assert second.place is None


def test_each_screenshot_is_named() -> None:
    data = b'{"Screens":[{"Name":"Window","Controls":[{"Name":"Edit","ScreenshotPath":"a.png"}]}]}'
    found = _with_binaries({"r": data, "a.png": b"\x89PNG"})
    (finding,) = (one for one in found.analyse() if one.rule == "PG109")
    (fix,) = found.fixes(finding)
    assert fix.plan is not None
    assert str(fix.plan.steps[0].text) == "Look at it: Screenshot of “Edit”."


def _with_binaries(data: Mapping[str, bytes]) -> Session:
    binaries = (
        Binary("r", "ControlRepository", "r", "controlRepo.appmask", "flow", "r"),
        Binary("p", "ControlRepositoryImageFile", "p", "a.png", "flow", "a.png"),
    )
    export = Export(
        None,
        ExportKind.SOLUTION,
        "0" * 64,
        desktop_flows=(DesktopFlow("flow", "Flow", "@SENSITIVE: []\n"),),
        binaries=binaries,
        members=tuple(data),
        source=Members(data),
    )
    return Session(export)


def test_an_environment_variable_becomes_a_secret_one() -> None:
    variable = EnvironmentVariable("new_Password", "Password", "Text", None, "Kx8!pomelo")
    export = Export(None, ExportKind.SOLUTION, "0" * 64, environment_variables=(variable,))
    session = Session(export)
    check(session)
    (finding,) = session.findings
    (fix,) = session.fixes(finding)
    assert fix.id == "guide-secret-variable"
    assert fix.plan is not None
    assert "“Environment variable new_Password”" in str(fix.plan.steps[2].text)


FORM = (
    'Display.ShowCustomDialog CardTemplateJson: $\'\'\'{{\\"body\\":[{{\\"type\\":\\"TextBlock\\",'
    '\\"text\\":\\"{}\\"}},{{\\"type\\":\\"Input.Text\\",\\"id\\":\\"pw\\",'
    '\\"style\\":\\"Password\\",\\"value\\":\\"{}\\"}}]}}\'\'\' CustomFormData=> Form\n'
)


def test_a_field_of_a_form_is_emptied() -> None:
    session = opened("@SENSITIVE: [Form]\n" + FORM.format("Sign in", "Kx8!pomelo"))
    (finding,) = (one for one in session.findings if one.rule == "PG107")
    fix = session.fixes(finding)[0]
    assert fix.id == "clear-form-field"
    assert fix.plan is not None
    session.apply(fix.title, fix.plan)
    assert session.flows[0].script.text.endswith(FORM.format("Sign in", ""))
    assert "PG107" not in {one.rule for one in session.analyse()}


def test_a_field_that_cannot_be_told_from_others_is_left() -> None:
    session = opened("@SENSITIVE: [Form]\n" + FORM.format("Not Kx8!pomelo", "Kx8!pomelo"))
    finding = next(one for one in session.findings if one.rule == "PG107")
    refused = [fix for fix in session.fixes(finding) if fix.id == "clear-form-field"]
    assert refused[0].plan is None


def test_errors_are_thrown_again() -> None:
    text = (
        "@SENSITIVE: []\r\nBLOCK 'Post'\r\nON BLOCK ERROR 'Busy' IsUserDefinedErrorCode: True\r\n"
        "    # nothing\r\nON BLOCK ERROR all\r\n\r\nEND\r\n    WAIT 1\r\nEND\r\n"
    )
    session = opened(text)
    finding = next(one for one in session.findings if one.rule == "PG705")
    fix = session.fixes(finding)[0]
    assert fix.id == "pass-error-on"
    assert fix.plan is not None
    session.apply(fix.title, fix.plan)
    after = session.flows[0].script.text
    assert after == text.replace("# nothing\r\n", "# nothing\r\n    THROW ERROR\r\n").replace(
        "all\r\n\r\n", "all\r\n    THROW ERROR\r\n"
    )
    assert not session.flows[0].script.diagnostics
    assert "PG705" not in {one.rule for one in session.analyse()}


def test_screenshots_on_error_are_turned_off() -> None:
    script = (
        "@SENSITIVE: [Password]\n"
        "@INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'Type': 'String' }\n"
        "Display.ShowMessageDialog.ShowMessage Title: $'''a''' Message: Password\n"
    )
    flow = DesktopFlow(
        "flow", "Flow", script, metadata={"disableScreenshotCaptureOnError": False, "x": 1}
    )
    session = Session(Export(None, ExportKind.SOLUTION, "0" * 64, desktop_flows=(flow,)))
    finding = next(one for one in session.analyse() if one.rule == "PG307")
    (fix,) = session.fixes(finding)
    assert fix.plan is not None
    session.apply(fix.title, fix.plan)
    assert session.export.desktop_flows[0].metadata == {
        "disableScreenshotCaptureOnError": True,
        "x": 1,
    }
    assert "PG307" not in {one.rule for one in session.analyse()}


def test_recipes_are_told_apart_and_speak_of_rules() -> None:
    names = [recipe.id for recipe in RECIPES]
    assert len(names) == len(set(names))
    assert {rule for recipe in RECIPES for rule in recipe.rules} == {rule.id for rule in RULES}


def test_every_page_is_named_with_its_place() -> None:
    named = [text for name, text in vars(pages).items() if name[0].isupper() and name != "Final"]
    assert named
    assert all(re.fullmatch(r".+ \(MicrosoftDocs/.+\.md\)", text) for text in named)
