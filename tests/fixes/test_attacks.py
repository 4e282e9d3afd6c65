"""Odd flows and hostile exports that fixes once did wrong."""

import re
from collections.abc import Callable

import pytest
from tests.fixes.invented import (
    HEADER,
    ROW,
    TEMPLATES,
    fix_of,
    fixed_text,
    input_line,
    session_of,
)

from padguard.exports.model import DesktopFlow, Export, ExportKind
from padguard.fixes import engine
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, Recipe
from padguard.fixes.plan import Plan
from padguard.flow.snippet import check_snippet
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress
from padguard.rules.finding import Finding
from padguard.session import mending
from padguard.session.mending import COMES_BACK, NOT_YET, Summary, Wish
from padguard.session.session import Session

TITLE = mark("tests", "Do something")
REVIEW = frozenset({Applicability.SAFE, Applicability.REVIEW})
MARKED = "@SENSITIVE: [Password]\r\n"
SECRET = "Wren-41-nest"
FTP = (
    "FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' "
    f"Password: $'''{SECRET}''' Connection=> Ftp\r\n"
)
CONNECT = "Database.Connect.Connect ConnectionString: {} Connection=> Sql\r\n"
USE = CONNECT.format("$'''Server=a;Pwd=%Password%'''")
WRITE = (
    "File.WriteText File: $'''a.txt''' TextToWrite: Password AppendNewLine: True IfFileExists: "
    "File.IfFileExists.Overwrite Encoding: File.FileEncoding.Unicode\r\n"
)
OUTER, INNER = "aaaaaaaa-0000-0000-0000-000000000001", "bbbbbbbb-0000-0000-0000-000000000002"
CREDENTIAL = re.compile(r"CredentialName: \$'''(.*?)''' Timeout: 0 Credential=> (\w+)")


def mend(session: Session, chosen: Callable[[Finding], bool] = lambda _: True) -> Summary:
    return session.mend_all(Wish(chosen, REVIEW))


def mended(text: str) -> str:
    session = session_of(text)
    mend(session)
    return session.flows[0].script.text


def flows(*scripts: tuple[str, str, str]) -> Session:
    """Return an analysed session of flows, given as id, name and script."""
    stored = tuple(DesktopFlow(flow_id, name, script) for flow_id, name, script in scripts)
    session = Session(Export(None, ExportKind.SOLUTION, "0" * 64, desktop_flows=stored))
    session.templates = TEMPLATES
    session.analyse()
    return session


def script_of(session: Session, flow_id: str) -> str:
    return session.flow(flow_id).script.text


def run(arguments: str, flow_id: str = INNER) -> str:
    return f"External.RunFlow FlowId: '{flow_id}' WaitToComplete: True {arguments}\r\n"


def replaced(text: str, rule: str = "PG102", **choices: object) -> str:
    return fixed_text(session_of(text), rule, "replace-secret", **choices)


def plan_of(session: Session, rule: str, recipe: str, **choices: object) -> Plan:
    plan = fix_of(session, rule, recipe, **choices).plan
    assert plan is not None
    return plan


def said(plan: Plan) -> str:
    return "\n".join(map(str, plan.notes))


def test_a_row_that_is_put_before_a_disabled_one_stays_enabled() -> None:
    text = mended(MARKED + input_line("Password") + WRITE + USE)
    assert "DISABLE File.WriteText" in text
    assert "DISABLE Vault" not in text


def test_one_unused_credential_is_not_given_to_two_secrets() -> None:
    text = mended(MARKED + input_line("Password") + ROW + USE + FTP)
    first, second = re.findall(r"(?:Pwd=%|Password: )(\w+)\.Password", text)
    assert first != second


def test_two_inputs_do_not_share_a_credential_that_is_called_as_both() -> None:
    row = ROW.replace("Portal", "Nightly import")
    header = "@SENSITIVE: [Password, Pwd]\r\n" + input_line("Password") + input_line("Pwd")
    text = mended(header + row + USE + USE.replace("%Password%", "%Pwd%"))
    first, second = re.findall(r"Pwd=%(\w+)\.Password%", text)
    assert first != second


def test_inputs_of_two_flows_of_the_same_name_get_credentials_of_their_own() -> None:
    script = MARKED + input_line("Password") + USE
    session = flows((OUTER, "Same", script), (INNER, "Same", script))
    mend(session)
    found = [CREDENTIAL.findall(flow.script.text)[0][0] for flow in session.flows]
    assert found == ["Same", "Same 2"]


def test_many_secrets_are_mended_at_once_whatever_the_length_of_the_flows_name() -> None:
    rows = (CONNECT.format(f"$'''Server=%Host%;Pwd=Nest-{n}-zz'''") for n in range(120))
    session = Session.from_text(f"{HEADER}SET Host TO 1\r\n{''.join(rows)}", "A long name " * 4)
    session.templates = TEMPLATES
    summary = mend(session)
    text = session.flows[0].script.text
    assert len(summary.mended) == 120
    assert "Nest" not in text
    assert len({name for name, _ in CREDENTIAL.findall(text)}) == 120
    assert len({name.casefold() for _, name in CREDENTIAL.findall(text)}) == 120


def test_all_findings_of_one_secret_are_told_as_mended() -> None:
    session = session_of(HEADER + 4 * CONNECT.format(f"$'''Server=a;Pwd={SECRET}'''"))
    summary = mend(session)
    assert [finding.rule for finding, _ in summary.mended] == 4 * ["PG103"]


def test_a_variable_that_goes_leaves_no_mark() -> None:
    session = flows(
        (OUTER, "Outer", HEADER + input_line("Password") + run("@Password: Password")),
        (INNER, "Inner", HEADER + input_line("Password") + USE),
    )
    mend(session)
    assert [flow.script.header.sensitive for flow in session.flows] == [(), ()]


def test_a_flow_retrieves_nothing_that_a_child_flow_no_longer_takes() -> None:
    session = flows(
        (OUTER, "Outer", MARKED + input_line("Password") + run("@Password: Password")),
        (INNER, "Inner", MARKED + input_line("Password") + USE),
    )
    mend(session)
    assert "Vault" not in script_of(session, OUTER)
    assert script_of(session, INNER).count("Vault") == 1


def test_flows_that_run_each_other_are_mended() -> None:
    script = MARKED + input_line("Password") + USE
    session = flows(
        (OUTER, "Outer", script + run("@Password: Password")),
        (INNER, "Inner", script + run("@Password: Password", OUTER)),
    )
    mend(session)
    assert "PG204" not in {finding.rule for finding in session.findings}


def test_what_a_person_declined_is_not_taken_for_what_was_chosen() -> None:
    session = session_of(
        HEADER + 3 * f"# password: {SECRET}\r\n" + "SET DbPassword TO 'x-Y-123'\r\n"
    )
    declined = [finding for finding in session.findings if finding.rule == "PG106"][1].fingerprint
    mend(session, lambda finding: finding.fingerprint != declined)
    remarks = [line for line in session.flows[0].script.text.splitlines() if line.startswith("#")]
    assert [SECRET in line for line in remarks] == [False, True, False]


def test_findings_that_move_up_do_not_count_as_come_back() -> None:
    rows = CONNECT.format("'Server=a;Uid=b;Pwd=Nest-{0}-zz;Token=Twig-{0}-zz'")
    session = session_of(HEADER + "".join(rows.format(number) for number in range(20)))
    summary = mend(session)
    assert COMES_BACK not in [one.reason for one in summary.left_out]
    assert "PG103" not in {finding.rule for finding in session.findings}


def test_a_fix_that_does_not_help_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(case: Case) -> Plan:
        draft = case.draft()
        draft.insert(case.flow, len(case.flow.script.text), "WAIT 1\r\n")
        return draft.plan()

    idle = Recipe("idle", ("PG101",), Applicability.SAFE, lambda _: TITLE, plan)
    monkeypatch.setattr(engine, "RECIPES", (idle,))
    session = session_of(HEADER + FTP + FTP)
    summary = mend(session)
    assert session.flows[0].script.text == HEADER + FTP + FTP + "WAIT 1\r\n"
    reasons = [one.reason for one in summary.left_out if one.finding.rule == "PG101"]
    assert reasons == [COMES_BACK, COMES_BACK]


def test_the_last_round_is_followed_by_an_analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "MOST_ROUNDS", 1)
    text = HEADER + CONNECT.format("'Server=a;Pwd=Nest-1-zz;Token=Twig-1-zz'")
    session = session_of(text)
    summary = mend(session)
    left = {one.finding.fingerprint for one in summary.left_out}
    assert left == {finding.fingerprint for finding in session.findings}
    assert [one.reason for one in summary.left_out if one.finding.rule == "PG103"] == [NOT_YET]


def test_a_breakdown_leaves_nothing_half_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEADER + CONNECT.format("'Server=a;Pwd=Nest-1-zz;Token=Twig-1-zz'")
    session = session_of(text)
    inspect = session.inspect

    def breaks_down(progress: Progress | None = None) -> object:
        if session.flows[0].script.text != text:
            raise MemoryError
        return inspect(progress)

    monkeypatch.setattr(session, "inspect", breaks_down)
    with pytest.raises(MemoryError):
        mend(session)
    assert session.flows[0].script.text == text
    assert session.undo_label is None


def test_a_second_secret_gets_an_environment_variable_of_its_own() -> None:
    session = session_of(HEADER + FTP + FTP.replace("Wren", "Swan"))
    for _ in range(2):
        fixed_text(session, "PG101", "replace-secret", from_environment=True)
    text = session.flows[0].script.text
    assert len(set(re.findall(r"Name: \$'''(.*?)''' Value", text))) == 2
    assert len(set(re.findall(r"Password: (\w+)", text))) == 2


def test_lines_above_a_row_lose_the_secret_that_they_repeat() -> None:
    text = HEADER + f"@@'item/Password': '{SECRET}'\r\n" + run(f"@Password: '{SECRET}'")
    after = replaced(text, variable="X")
    assert "@@'item/Password': '%X.Password%'\r\nExternal.RunFlow" in after
    assert SECRET not in after


def test_lines_above_a_disabled_row_lose_the_secret_that_they_repeat() -> None:
    text = HEADER + f"@@Password: '{SECRET}'\r\nDISABLE " + run(f"@Password: '{SECRET}'")
    assert SECRET not in fixed_text(session_of(text), "PG106", "redact")


def test_a_remark_loses_its_secret_wherever_it_stands() -> None:
    text = HEADER + f"/# password: {SECRET}\r\nagain {SECRET}, not {SECRET}s #/\r\nSET A TO 1\r\n"
    after = fixed_text(session_of(text), "PG106", "redact")
    assert f"(removed)\r\nagain (removed), not {SECRET}s #/" in after


def test_a_copy_that_nobody_would_notice_is_told_with_its_rows() -> None:
    text = (
        f"{HEADER}SET Other TO '{SECRET}'\r\n{FTP}SWITCH Other\r\n    CASE = '{SECRET}'\r\n"
        "        WAIT 1\r\nEND\r\n"
    )
    plan = plan_of(session_of(text), "PG101", "replace-secret")
    assert "also stands in “Nightly import” (Main: 1, 4)" in said(plan)
    assert SECRET not in said(plan)


def test_a_default_that_goes_with_its_input_is_handed_off() -> None:
    declared = input_line("Code", f"'{SECRET}'").replace("tion': ''", "tion': 'The password'")
    plan = plan_of(session_of(HEADER + declared + "SET A TO Code\r\n"), "PG204", "replace-input")
    assert [removed.secret.reveal() for removed in plan.removed] == [SECRET]


def test_a_row_with_two_places_is_named_once_and_with_its_subflow() -> None:
    twice = CONNECT.format(f"$'''Server=a;Pwd={SECRET};Token={SECRET}'''")
    text = f"{HEADER}{twice}CALL More\r\nFUNCTION More GLOBAL\r\n    {FTP}END FUNCTION\r\n"
    plan = plan_of(session_of(text), "PG103", "replace-secret")
    assert "in 3 places of this flow (Main: 1; More: 1)" in said(plan)


def test_an_argument_for_another_input_stays() -> None:
    swapped = input_line("Password").replace("'Password'", "'Other'")
    other = input_line("Other").replace("'Other'", "'Password'")
    session = flows(
        (OUTER, "Outer", HEADER + run("@Other: 1 @Password: 2")),
        (INNER, "Inner", MARKED + swapped + other + USE + "SET A TO Other\r\n"),
    )
    finding = next(
        f for f in session.findings if f.rule == "PG204" and f.variables[0] == "Password"
    )
    fix = next(fix for fix in session.fixes(finding) if fix.id == "replace-input")
    assert fix.plan is not None
    assert script_of(session, OUTER).replace(" @Other: 1", "") == fix.plan.after.scripts[OUTER]
    assert "What callers passed as Other must be" in said(fix.plan)


def test_two_inputs_that_callers_call_the_same_are_refused() -> None:
    other = input_line("Other").replace("'Other'", "'PASSWORD'")
    session = session_of(MARKED + input_line("Password") + other + USE + "SET A TO Other\r\n")
    fix = fix_of(session, "PG204", "replace-input")
    assert fix.plan is None
    assert "Two inputs of the flow are called Password" in str(fix.reason)


def test_a_flow_id_in_braces_is_the_same_flow() -> None:
    session = flows(
        (OUTER, "Outer", HEADER + run("@Password: Old", f"{{{INNER.upper()}}}")),
        (INNER, "Inner", MARKED + input_line("Password") + USE),
    )
    mend(session)
    assert "@Password" not in script_of(session, OUTER)


def test_the_name_of_the_flow_stays_above_a_row_whatever_the_input_is_called() -> None:
    declared = input_line("Password").replace("'Password'", "'flowname'")
    called = f"@@flowname: 'Inner'\r\n{run('@flowname: 1')}"
    session = flows((OUTER, "Outer", HEADER + called), (INNER, "Inner", MARKED + declared + USE))
    mend(session)
    assert script_of(session, OUTER).startswith(f"{HEADER}@@flowname: 'Inner'\r\nExternal")
    assert "@flowname: 1" not in script_of(session, OUTER)


def test_a_bare_apostrophe_is_escaped_where_text_comes_to_interpolate() -> None:
    text = HEADER + CONNECT.format(f"'''Server=it's;Pwd={SECRET};x'''")
    after = replaced(text, "PG103", variable="X")
    assert r"$'''Server=it\'s;Pwd=%X.Password%;x'''" in after
    assert not any(reason.drops_paste for reason in check_snippet(after.splitlines()[-1]))


@pytest.mark.parametrize("number", ["-471199", "1 + 471199"])
def test_a_number_that_is_calculated_with_is_left_alone(number: str) -> None:
    fix = fix_of(session_of(f"{HEADER}SET Pin TO {number}\r\n"), "PG102", "replace-secret")
    assert fix.plan is None
    assert "calculated with" in str(fix.reason)


def test_a_property_in_brackets_does_not_end_a_power_fx_text() -> None:
    row = ROW.replace("Login", "Vaulted")
    use = CONNECT.format("$fx'Pwd=${Copy}'")
    text = f"{HEADER}{row}SET Copy TO Vaulted['Password']\r\n{use}"
    after = fixed_text(session_of(text), "PG202", "use-property")
    assert "$fx'Pwd=${Vaulted.Password}'" in after


def test_a_password_in_a_text_of_a_variable_that_is_called_so_is_no_new_secret() -> None:
    session = session_of(f"{HEADER}SET Password TO $'''Server=a;Pwd={SECRET};X=1'''\r\n")
    mend(session)
    text = session.flows[0].script.text
    assert text.count("Vault") == 1
    assert text.endswith("SET Password TO $'''Server=a;Pwd=%ACredential.Password%;X=1'''\r\n")


def test_what_a_local_scope_subflow_makes_of_it_is_marked() -> None:
    text = (
        f"{HEADER}{input_line('Password')}FUNCTION Idle\r\n    @SENSITIVE: []\r\n"
        "    SET Copy TO GLOBAL.Password\r\nEND FUNCTION\r\n"
    )
    assert "    @SENSITIVE: [Copy]" in fixed_text(session_of(text), "PG204", "replace-input")


def test_a_mark_on_both_sides_names_a_name_once() -> None:
    session = flows(
        (OUTER, "Outer", HEADER + ROW + "SET Code TO Login.Password\r\n" + run("@Code: Code")),
        (INNER, "Inner", HEADER + input_line("Code") + "WAIT Code\r\n"),
    )
    assert str(fix_of(session, "PG205", "mark").title) == "Mark Code as sensitive, on both sides"


def test_claims_do_not_show_secrets() -> None:
    plan = plan_of(session_of(HEADER + FTP), "PG101", "replace-secret")
    assert len(plan.claims) == 1
    assert SECRET not in repr(plan)
