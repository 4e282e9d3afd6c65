"""Secrets that are written into rows, replaced by an (invented) Get credential."""

import pytest
from tests.fixes.invented import HEADER, ROW, fix_of, fixed_text, session_of

from padguard.analysis.hits import Hit
from padguard.fixes.fix import Applicability, NotPossibleError
from padguard.fixes.plan import Plan
from padguard.fixes.replace_secret_text import Place, replacing_edits
from padguard.fixes.template import Templates
from padguard.foundation.edits import apply_edits

FTP = (
    "FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' "
    "Password: $'''Wren-41-nest''' Connection=> Ftp\r\n"
)
CONNECT = "Database.Connect.Connect ConnectionString: {} Connection=> Sql\r\n"


def row_after(text: str, rule: str, row: int = -1, **choices: object) -> str:
    return fixed_text(session_of(text), rule, "replace-secret", **choices).splitlines()[row]


def plan_of(text: str, rule: str, **choices: object) -> Plan:
    plan = fix_of(session_of(text), rule, "replace-secret", **choices).plan
    assert plan is not None
    return plan


def test_a_whole_argument_becomes_the_property():
    session = session_of(HEADER + FTP)
    text = fixed_text(session, "PG101", "replace-secret")
    assert text.splitlines()[1] == (
        "Vault.GetCredential CredentialName: $'''ftp.example.com''' Timeout: 0 "
        "Credential=> FtpExampleComCredential"
    )
    assert "Password: FtpExampleComCredential.Password Connection=> Ftp" in text
    assert "Wren" not in text
    assert not [found for found in session.findings if found.rule.startswith("PG1")]


def test_a_secret_that_leaves_is_handed_off_and_a_person_has_to_agree():
    fix = fix_of(session_of(HEADER + FTP), "PG101", "replace-secret")
    assert fix.applicability is Applicability.REVIEW
    assert fix.plan is not None
    (removed,) = fix.plan.removed
    assert removed.secret.reveal() == "Wren-41-nest"
    assert removed.credential == "ftp.example.com"
    said = [fix.title, *fix.plan.notes]
    assert not any("Wren" in str(message) for message in said)
    assert any("user name stands in row 1" in str(note) for note in fix.plan.notes)


@pytest.mark.parametrize(
    ("literal", "becomes"),
    [
        ("$'''Server=db;Pwd=Wren-41-nest;'''", "$'''Server=db;Pwd=%X.Password%;'''"),
        ("$'''Server=db;Pwd=Wren\\'41\\\\nest;'''", "$'''Server=db;Pwd=%X.Password%;'''"),
        ("$'''Server=%Host%;Pwd=Wren-41-nest'''", "$'''Server=%Host%;Pwd=%X.Password%'''"),
        ("$fx'Server=db;Pwd=Wren-41-nest;'", "$fx'Server=db;Pwd=${X.Password};'"),
        ("'Server=db;Pwd=Wren-41-nest;'", "$'''Server=db;Pwd=%X.Password%;'''"),
    ],
    ids=["text", "escapes", "beside a variable", "Power Fx", "plain"],
)
def test_a_part_of_a_text_is_interpolated(literal: str, becomes: str):
    text = f"{HEADER}SET Host TO $'''db'''\r\n{CONNECT.format(literal)}"
    assert row_after(text, "PG103", variable="X") == CONNECT.format(becomes).strip()


@pytest.mark.parametrize(
    ("source", "secret", "becomes"),
    [
        (r"$'''C:\\dir\secret'''", "secret", r"$'''C:\\dir\\%X.P%'''"),
        (r"$'''C:\\secret'''", "secret", r"$'''C:\\%X.P%'''"),
        ("$'''secret%%'''", "secret", "$'''%X.P%%%'''"),
        ("$'''%%secret'''", "secret", "$'''%%%X.P%'''"),
        ("$'''%A%secret'''", "secret", "$'''%A%%X.P%'''"),
        (r"'it\'s 5% \"secret\"'", "secret", r"""$'''it\'s 5%% \"%X.P%\"'''"""),
        (r"['a', 'b\c secret']", "secret", r"['a', $'''b\\c %X.P%''']"),
        ("{ 'k': 'secret' }", "secret", "{ 'k': X.P }"),
        ("4711", "4711", "X.P"),
        ("$fx'=\"secret\"'", "secret", "$fx'=X.P'"),
        ("$fx'=\"ab secret cd\"'", "secret", '$fx\'="ab " & X.P & " cd"\''),
        ("$fx'=\"ab secret\" & Y'", "secret", "$fx'=\"ab \" & X.P & Y'"),
        ("$fx'secret'", "secret", "$fx'=X.P'"),
        ("P'AQAAsecret'", "AQAAsecret", "X.P"),
    ],
)
def test_every_kind_of_literal(source: str, secret: str, becomes: str):
    start = source.index(secret)
    place = Place((0, len(source)), (start, start + len(secret)))
    assert apply_edits(source, replacing_edits(source, [place], "X.P")) == becomes


def test_an_escape_at_the_edge_of_a_secret_goes_or_stays_whole():
    source = r"$'''a\'bc\'d'''"
    inside = source.index("b")
    place = Place((0, len(source)), (inside - 1, inside + 3))  # 'bc and the backslash behind it
    assert apply_edits(source, replacing_edits(source, [place], "X")) == r"$'''a%X%\'d'''"


def test_typed_keys():
    keys = (
        "MouseAndKeyboard.SendKeys.FocusAndSendKeysByControl Control: appmask['Window \\'SAP "
        "Logon\\''] TextToSend: $'''bob{{Tab}}{}{{Return}}''' DelayBetweenKeystrokes: 20\r\n"
    )
    after = row_after(HEADER + keys.format("Wren41nest"), "PG104", variable="X")
    assert after == keys.format("%X.Password%").strip()


def test_what_carries_the_password_is_marked():
    text = (
        f"{HEADER}SET Token TO $'''Server=db;Pwd=Wren-41-nest'''\r\nSET Copy TO Token\r\n"
        "SET Other TO 1\r\n"
    )
    session = session_of(text)
    fixed_text(session, "PG103", "replace-secret")
    assert session.flows[0].script.header.sensitive == ("Token", "Copy")
    assert not [found for found in session.findings if found.rule in ("PG202", "PG207")]


def test_text_without_a_header_says_what_to_mark():
    plan = plan_of("SET SapPassword TO $'''Wren-41-nest'''\r\n", "PG102")
    assert any("Mark it as sensitive in the designer" in str(note) for note in plan.notes)
    assert next(iter(plan.after.scripts.values())).startswith("Vault.GetCredential")


def test_one_secret_is_one_credential():
    text = HEADER + FTP + "CALL More\r\nFUNCTION More GLOBAL\r\n    " + FTP + "END FUNCTION\r\n"
    session = session_of(text)
    fix = fix_of(session, "PG101", "replace-secret")
    assert "2 places" in str(fix.title)
    after = fixed_text(session, "PG101", "replace-secret")
    assert after.count("Vault.GetCredential") == 1
    assert after.count("FtpExampleComCredential.Password") == 2


def test_two_secrets_are_two_credentials():
    text = HEADER + FTP + FTP.replace("Wren", "Swan")
    session = session_of(text)
    fixed_text(session, "PG101", "replace-secret")
    after = fixed_text(session, "PG101", "replace-secret")
    assert "CredentialName: $'''ftp.example.com'''" in after
    assert "CredentialName: $'''Nightly import'''" in after
    assert after.count("Vault.GetCredential") == 2
    assert after.count("FtpExampleComCredential.Password") == 1


def test_a_person_chooses_the_names():
    text = fixed_text(
        session_of(HEADER + FTP), "PG101", "replace-secret", credential="It's ours", variable="Sign"
    )
    assert r"CredentialName: $'''It\'s ours''' Timeout: 0 Credential=> Sign" in text
    assert "Password: Sign.Password" in text


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"variable": "Ftp"}, "has a variable Ftp already"),
        ({"variable": "End"}, "cannot be the name"),
        ({"variable": "two words"}, "cannot be the name"),
        ({"credential": "my wren-41-NEST"}, "holds the secret"),
    ],
)
def test_a_name_that_cannot_be_is_refused(choices: dict[str, str], says: str):
    fix = fix_of(session_of(HEADER + FTP), "PG101", "replace-secret", **choices)
    assert fix.plan is None
    assert says in str(fix.reason)


def test_just_before_its_use():
    text = f"{HEADER}SET A TO 1\r\nIF A = 1 THEN\r\n    @@source: 'Recorder'\r\n{FTP}END\r\n"
    lines = fixed_text(session_of(text), "PG101", "replace-secret", just_before=True).splitlines()
    assert lines[3].startswith("    Vault.GetCredential")
    assert lines[4] == "    @@source: 'Recorder'"


@pytest.mark.parametrize(
    ("body", "before"),
    [
        (f"IF A = 1 THEN\r\n{FTP}ELSE\r\n{FTP}END\r\n", "IF A"),
        (f"SWITCH A\r\nCASE = 1\r\n{FTP}DEFAULT\r\n{FTP}END\r\n", "SWITCH A"),
        (f"WAIT 1\r\nLOOP FOREACH I IN A\r\n{FTP}END\r\n{FTP}", "LOOP FOREACH"),
        (
            "WAIT A\r\nON ERROR\r\nSET SapPassword TO $'''Wren-41-nest'''\r\nEND\r\n" + FTP,
            "WAIT A",
        ),
        (
            (
                "BLOCK B\r\nON BLOCK ERROR all\r\nSET SapPassword TO $'''Wren-41-nest'''\r\nEND\r\n"
                f"{FTP}END\r\n"
            ),
            "BLOCK B",
        ),
    ],
    ids=["if", "switch", "loop", "handler of an action", "handler of a block"],
)
def test_just_before_all_its_uses_never_into_a_handler(body: str, before: str):
    session = session_of(f"{HEADER}SET A TO 1\r\n{body}")
    text = fixed_text(session, "PG101", "replace-secret", just_before=True)
    lines = text.splitlines()
    row = next(i for i, line in enumerate(lines) if "Vault.GetCredential" in line)
    assert lines[row + 1].startswith(before)
    assert "Wren" not in text


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (f"{FTP}CALL More\r\nFUNCTION More GLOBAL\r\n{FTP}END FUNCTION\r\n", "several subflows"),
        (f"IF A = 1 THEN\r\nGOTO Here\r\nEND\r\n{FTP}LABEL Here\r\n{FTP}", "jump"),
    ],
)
def test_just_before_is_refused_where_a_way_leads_past_it(body: str, says: str):
    session = session_of(f"{HEADER}SET A TO 1\r\n{body}")
    fix = fix_of(session, "PG101", "replace-secret", just_before=True)
    assert fix.plan is None
    assert says in str(fix.reason)


def test_a_subflow_with_its_own_variables_retrieves_for_itself():
    text = (
        f"{HEADER}CALL 'Sign in'\r\nFUNCTION 'Sign in'\r\n    @SENSITIVE: []\r\n    WAIT 1\r\n"
        f"    {FTP}END FUNCTION\r\n"
    )
    lines = fixed_text(session_of(text), "PG101", "replace-secret", variable="X").splitlines()
    assert lines[3] == "    @SENSITIVE: []"
    assert lines[4].startswith("    Vault.GetCredential")
    assert "Password: X.Password" in lines[6]


def test_what_main_retrieves_is_global_in_such_a_subflow():
    text = f"{HEADER}{FTP}CALL S\r\nFUNCTION S\r\n    @SENSITIVE: []\r\n    {FTP}END FUNCTION\r\n"
    after = fixed_text(session_of(text), "PG101", "replace-secret", variable="X")
    assert "Password: X.Password" in after
    assert "Password: GLOBAL.X.Password" in after


def test_without_a_template_a_person_adds_the_row_and_the_rest_follows():
    session = session_of(HEADER + "WAIT 1\r\n" + FTP, Templates())
    fix = fix_of(session, "PG101", "replace-secret")
    assert fix.applicability is Applicability.GUIDED
    assert fix.plan is not None
    assert fix.plan.changes_nothing
    first, names, back = (str(step.text) for step in fix.plan.steps)
    assert "Main" in first
    assert "row 1" in first
    assert "ftp.example.com" in names
    assert "FtpExampleComCredential" in names
    assert "open the text here" in back

    added = ROW.replace("Portal", "ftp.example.com").replace("Login", "FtpExampleComCredential")
    again = session_of(HEADER + added + "WAIT 1\r\n" + FTP, Templates())
    after = fixed_text(again, "PG101", "replace-secret")
    assert after.count("Vault.GetCredential") == 1
    assert "Password: FtpExampleComCredential.Password" in after


@pytest.mark.parametrize(
    ("rows", "used"),
    [
        (ROW + FTP, True),
        (ROW + "WAIT Login.Password\r\n" + FTP, False),
        (FTP + ROW, False),
        ("IF A = 1 THEN\r\n" + ROW + "END\r\n" + FTP, False),
        ("CALL Init\r\n" + FTP + "FUNCTION Init GLOBAL\r\n" + ROW + "END FUNCTION\r\n", True),
        (ROW + FTP + FTP.replace("Wren", "Swan"), False),
        ("DISABLE " + ROW + FTP, False),
        (ROW + ROW.replace("Portal", "Other") + FTP, False),
    ],
    ids=[
        "unused",
        "used already",
        "behind",
        "in a branch",
        "in a subflow before",
        "for which of two secrets",
        "disabled",
        "not the only writer",
    ],
)
def test_a_credential_that_the_flow_has_is_used_where_it_is_clear(rows: str, used: bool):
    after = fixed_text(session_of(HEADER + "SET A TO 1\r\n" + rows), "PG101", "replace-secret")
    assert ("Password: Login.Password" in after) is used


def test_a_person_chooses_a_credential_that_the_flow_has():
    text = HEADER + ROW + "WAIT Login.Password\r\n" + FTP
    after = fixed_text(session_of(text), "PG101", "replace-secret", variable="login")
    assert "Password: Login.Password" in after
    fix = fix_of(session_of(HEADER + FTP + ROW), "PG101", "replace-secret", variable="Login")
    assert "does not run before" in str(fix.reason)


def test_an_environment_variable_is_used_as_it_is_and_marked():
    session = session_of(HEADER + FTP)
    after = fixed_text(session, "PG101", "replace-secret", from_environment=True)
    assert "Vault.GetVariable Name: $'''ftp.example.com''' Value=> FtpExampleComSecret" in after
    assert "Password: FtpExampleComSecret Connection" in after
    assert "@SENSITIVE: [FtpExampleComSecret]" in after


def test_an_environment_variable_that_a_person_added_is_known_by_its_name():
    guided = fix_of(session_of(HEADER + FTP, Templates()), "PG101", "replace-secret",
                    from_environment=True)  # fmt: skip
    assert guided.applicability is Applicability.GUIDED
    added = "Vault.GetVariable Name: $'''x''' Value=> FtpExampleComSecret\r\n"
    session = session_of(HEADER + added + FTP, Templates())
    after = fixed_text(session, "PG101", "replace-secret", from_environment=True)
    assert "Password: FtpExampleComSecret" in after
    assert "@SENSITIVE: [FtpExampleComSecret]" in after


def test_an_encrypted_value_cannot_be_handed_off():
    blob = "AQAAANCMnd8BFdERjHoAwE" + "/Cl+sBAAAA" * 8
    session = session_of(HEADER + FTP.replace("$'''Wren-41-nest'''", f"P'{blob}'"))
    fix = fix_of(session, "PG108", "replace-secret")
    assert fix.plan is not None
    assert not fix.plan.removed
    assert any("Type it into the credential" in str(note) for note in fix.plan.notes)


def test_a_script_says_that_it_is_built_from_the_credential():
    script = (
        "Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: $'''net use Z: "
        "\\\\\\\\files\\\\pay Wren+Pond8 /user:svc_pay''' StandardOutput=> Out\r\n"
    )
    plan = plan_of(HEADER + script, "PG103")
    assert any("builds a script or command" in str(note) for note in plan.notes)


def test_a_suggested_name_never_holds_a_secret():
    text = HEADER + FTP.replace("ftp.example.com", "wren-41-nest.example")
    session = session_of(text)
    fix = fix_of(session, "PG101", "replace-secret")
    assert fix.plan is not None
    assert fix.plan.removed[0].credential == "Nightly import"


def test_the_first_row_keeps_its_lines_and_a_flow_its_line_ends():
    text = HEADER.replace("\r", "") + "@@source: 'Recorder'\n" + FTP.replace("\r", "")
    after = fixed_text(session_of(text), "PG101", "replace-secret")
    assert "\r" not in after
    assert after.splitlines()[1].startswith("Vault.GetCredential")
    assert after.splitlines()[2] == "@@source: 'Recorder'"


def test_what_cannot_be_replaced_is_refused_before_a_person_works_for_it():
    source = '$fx\'="a""secret"\''
    place = Place((0, len(source)), (source.index("secret"), source.index("secret") + 6))
    with pytest.raises(NotPossibleError):
        list(replacing_edits(source, [place], "X"))


def test_findings_without_a_row_have_no_such_fix():
    text = "@SENSITIVE: []\r\n# Password: Wren-41-nest!\r\n"
    session = session_of(text)
    for finding in session.findings:
        assert isinstance(finding.subject, Hit)
        assert "replace-secret" not in [fix.id for fix in session.fixes(finding)]
