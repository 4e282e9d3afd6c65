"""Inputs with secrets, replaced by an (invented) Get credential; callers follow."""

import json
from pathlib import Path

import pytest
from tests.fixes.invented import HEADER, ROW, TEMPLATES, fix_of, fixed_text, input_line, session_of

from padguard.exports.model import CloudFlow, DesktopFlow, Export, ExportKind
from padguard.fixes.fix import Applicability
from padguard.fixes.template import Templates
from padguard.session.session import Session

MARKED = "@SENSITIVE: [Password]\r\n"
LOGIN = (
    "FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' "
    "Password: Password Connection=> Ftp\r\n"
)
FLOW = "7f0c9c55-6a9a-4a71-8f5e-0d6d5a3c2b10"
RUN = f"External.RunFlow FlowId: '{FLOW}' WaitToComplete: True"


def replaced(body: str, header: str = MARKED, **choices: object) -> str:
    text = header + input_line("Password") + body
    return fixed_text(session_of(text), "PG204", "replace-input", **choices)


def refusal(body: str, declared: str = "") -> str:
    session = session_of(MARKED + (declared or input_line("Password")) + body)
    fix = fix_of(session, "PG204", "replace-input")
    assert fix.plan is None
    return str(fix.reason)


def test_the_input_goes_and_its_use_reads_the_credential():
    session = session_of(MARKED + input_line("Password") + LOGIN)
    text = fixed_text(session, "PG204", "replace-input")
    assert text.splitlines()[:2] == [
        "@SENSITIVE: []",
        (
            "Vault.GetCredential CredentialName: $'''Nightly import''' Timeout: 0 "
            "Credential=> NightlyImportCredential"
        ),
    ]
    assert "Password: NightlyImportCredential.Password" in text
    assert "PG204" not in {found.rule for found in session.findings}


@pytest.mark.parametrize(
    ("row", "becomes"),
    [
        ("SET A TO $'''pwd=%Password%;'''", "SET A TO $'''pwd=%X.Password%;'''"),
        ("SET A TO $fx'=Password & \"x\"'", "SET A TO $fx'=X.Password & \"x\"'"),
        ("SET A TO $fx'=\\'Password\\' & \"x\"'", "SET A TO $fx'=X.Password & \"x\"'"),
        ("SET A TO $fx'pwd=${password}'", "SET A TO $fx'pwd=${X.Password}'"),
        ("SET A TO { 'Password': Password }", "SET A TO { 'Password': X.Password }"),
        ("IF IsEmpty(Password) = True THEN\r\nEND", "IF IsEmpty(X.Password) = True THEN\r\nEND"),
        ("SET A TO Password.Length", "SET A TO X.Password.Length"),
        ("DISABLE SET A TO Password", "DISABLE SET A TO X.Password"),
        (
            "@@Password: '%Password% 5%'\r\nSET A TO Password",
            "@@Password: '%X.Password% 5%'\r\nSET A TO X.Password",
        ),
        ("SET A TO $'''Password: %Passwords%'''", "SET A TO $'''Password: %Passwords%'''"),
    ],
)
def test_every_kind_of_use(row: str, becomes: str):
    text = replaced(f"{LOGIN}{row}\r\n", variable="X")
    assert text.endswith(f"{becomes}\r\n")


def test_what_is_made_of_it_is_marked():
    text = replaced(f"{LOGIN}SET Copy TO Password\r\nSET Line TO $'''x%Copy%'''\r\n")
    assert text.startswith("@SENSITIVE: [Copy, Line]\r\n")


def test_use_in_subflows():
    body = (
        "CALL Plain\r\nCALL Local\r\n"
        f"FUNCTION Plain GLOBAL\r\n    {LOGIN}END FUNCTION\r\n"
        "FUNCTION Local\r\n    @SENSITIVE: []\r\n    SET A TO GLOBAL.Password\r\nEND FUNCTION\r\n"
    )
    text = replaced(body, variable="X")
    assert text.splitlines()[1].startswith("Vault.GetCredential")
    assert "    SET A TO GLOBAL.X.Password" in text
    assert "    @SENSITIVE: [A]" in text
    assert "Password: X.Password" in text


def test_a_local_scope_subflow_alone_retrieves_it_itself():
    body = (
        "CALL Local\r\nFUNCTION Local\r\n    @SENSITIVE: []\r\n"
        f"    {LOGIN.replace(': Password C', ': GLOBAL.Password C')}END FUNCTION\r\n"
    )
    text = replaced(body, variable="X")
    assert "    @SENSITIVE: []\r\n    Vault.GetCredential" in text
    assert "Password: X.Password" in text


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (f"{LOGIN}SET Password TO $''''''\r\n", "Row 2 of Main also changes Password"),
        (f"{LOGIN}Variables.AddItemToList Item: 1 List: Password\r\n", "Row 2 of Main"),
        (f"{LOGIN}LAUNCH Password NOW\r\n", "Row 2 of Main names Password"),
        (f"{LOGIN}SET A TO Password +\r\n", "Row 2 of Main names Password"),
    ],
)
def test_what_cannot_be_rewritten_is_refused_with_its_row(body: str, says: str):
    assert says in refusal(body)


def test_only_texts_can_be_retrieved():
    assert "is no text" in refusal(LOGIN, input_line("Password", "4711", "Numeric"))


def test_an_input_that_nothing_reads_just_goes():
    text = replaced("WAIT 1\r\n")
    assert text == "@SENSITIVE: []\r\nWAIT 1\r\n"


def test_the_user_name_goes_with_it():
    header = MARKED + input_line("User")
    body = LOGIN.replace("$'''bob'''", "User")
    both = replaced(body, header, variable="X")
    assert "Username: X.Username Password: X.Password" in both
    assert "@INPUT" not in both
    alone = replaced(body, header, variable="X", with_user_name=False)
    assert "Username: User Password: X.Password" in alone
    assert "@INPUT User" in alone


def test_a_finding_about_the_user_name_mends_both():
    text = "@SENSITIVE: [User, Password]\r\n" + input_line("User") + input_line("Password")
    session = session_of(text + LOGIN.replace("$'''bob'''", "User"))
    finding = next(found for found in session.findings if found.variables == ("User",))
    fix = next(fix for fix in session.fixes(finding) if fix.id == "replace-input")
    assert "Password and User" in str(fix.title)
    assert fix.plan is not None
    assert any("User looks like the user name" in str(note) for note in fix.plan.notes)


def test_a_user_name_far_from_the_password_stays():
    header = MARKED + input_line("LoginName")
    body = LOGIN + "WAIT 1\r\n" * 9 + "SET A TO LoginName\r\n"
    assert "@INPUT LoginName" in replaced(body, header)


def test_without_a_template_it_takes_two_steps():
    text = MARKED + input_line("Password") + "WAIT 1\r\n" + LOGIN
    fix = fix_of(session_of(text, Templates()), "PG204", "replace-input")
    assert fix.applicability is Applicability.GUIDED
    assert fix.plan is not None
    assert [step.place is None for step in fix.plan.steps] == [False, False, True]
    again = session_of(text.replace("WAIT 1\r\n", f"{ROW}WAIT 1\r\n"), Templates())
    after = fixed_text(again, "PG204", "replace-input")
    assert "Password: Login.Password" in after
    assert "@INPUT" not in after


def test_a_default_is_handed_off():
    text = MARKED + input_line("Password", "'Wren-41-nest'") + LOGIN
    fix = fix_of(session_of(text), "PG105", "replace-input")
    assert fix.plan is not None
    assert [one.secret.reveal() for one in fix.plan.removed] == ["Wren-41-nest"]
    assert not any("Wren" in str(note) for note in fix.plan.notes)


def called_export(arguments: str, cloud: str = "") -> Export:
    """Return an export whose second flow runs the first one, and a cloud flow that does, too."""
    callee = MARKED + input_line("Password") + input_line("Order") + LOGIN
    caller = f"{HEADER}SET Secret TO Order\r\n@@flowname: 'Called'\r\n{RUN} {arguments}\r\n"
    flows = (
        DesktopFlow(id=FLOW, name="Called", script=callee),
        DesktopFlow(id="1" + FLOW[1:], name="Caller", script=caller),
    )
    definition = (
        '{"a": {"inputs": {"host": {"apiId": "/apis/shared_uiflow", "operationId": '
        f'"RunUIFlow_V2"}}, "parameters": {{"uiFlowId": "{FLOW}"{cloud}}}}}}}}}'
    )
    clouds = (CloudFlow("c", "Cloud", "c.json", json.loads(definition), definition),)
    return Export(None, ExportKind.SOLUTION, "", desktop_flows=flows, cloud_flows=clouds)


def apply_to_called(export: Export) -> tuple[Session, list[str], list[str]]:
    """Replace the input; return the session, the notes and the secrets that were handed off."""
    session = Session(export)
    session.templates = TEMPLATES
    session.analyse()
    fix = fix_of(session, "PG204", "replace-input")
    assert fix.plan is not None
    session.apply(fix.title, fix.plan)
    notes = [str(note) for note in fix.plan.notes]
    return session, notes, [one.secret.reveal() for one in fix.plan.removed]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@Password: Secret @Order: 5 @Done=> Done", " @Order: 5 @Done=> Done"),
        ("@Order: 5 @Password: $'''Wren 41 nest'''", " @Order: 5"),
        ("@'password': Secret + $'''x''' @Done=> Done", " @Done=> Done"),
    ],
)
def test_callers_no_longer_pass_it(before: str, after: str):
    session, notes, removed = apply_to_called(called_export(before))
    text = session.flows[1].script.text
    assert text.endswith(f"@@flowname: 'Called'\r\n{RUN}{after}\r\n")
    assert not session.flows[1].script.diagnostics
    assert any("no longer pass it: Caller" in note for note in notes)
    assert any("outside this export" in note for note in notes)
    assert removed == (["Wren 41 nest"] if "Wren" in before else [])
    if "Secret" in before:
        assert any("Secret may not be needed" in note for note in notes)


@pytest.mark.parametrize(
    "cloud",
    [
        ', "item/Password": "Wren-41-nest", "item/Order": "5"',
        ', "item/Order": "5", "item/Password": "Wren-41-nest"',
        ', "item": {"Password": "Wren-41-nest", "Order": "5"}',
    ],
)
def test_cloud_flows_no_longer_pass_it(cloud: str):
    session, notes, removed = apply_to_called(called_export("@Order: 5", cloud))
    (flow,) = session.export.cloud_flows
    assert "Password" not in flow.text
    assert "Order" in flow.text
    assert removed == ["Wren-41-nest"]
    assert any("Cloud" in note for note in notes)
    session.undo()
    assert session.export.cloud_flows[0].text == called_export("", cloud).cloud_flows[0].text


def test_the_real_sensitive_input_is_replaced_with_its_cloud_caller(corpus: Path, tmp_path: Path):
    session = Session.open(corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip")
    session.templates = TEMPLATES
    session.analyse()
    fix = fix_of(session, "PG204", "replace-input")
    assert fix.plan is not None
    session.apply(fix.title, fix.plan)
    saved = tmp_path / "mended.zip"
    session.save(saved)

    reopened = Session.open(saved)
    flow = next(flow for flow in reopened.flows if flow.name.startswith("Woodgrove"))
    names = {declaration.name for declaration in flow.script.header.inputs}
    assert not names & {"Username", "Password"}
    assert len(names) == 4
    assert flow.script.header.sensitive == ()
    assert "Text: WoodgroveFundinCredential.Password Mode" in flow.script.text
    stored = next(one for one in reopened.export.desktop_flows if one.id == flow.id)
    assert set(stored.inputs["schema"]["properties"]) == names
    cloud = [one for one in reopened.export.cloud_flows if flow.id in one.text]
    assert all("item/Password" not in one.text for one in cloud)
    assert not {found.rule for found in reopened.analyse()} & {"PG105", "PG107", "PG204", "PG206"}
    assert reopened.templates.credential is not None
    assert [one.secret.reveal() for one in fix.plan.removed].count("pass@word1") == 1
