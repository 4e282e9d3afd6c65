"""Sensitive data that is shown, written or sent: taken out of the text, or the row switched off."""

import pytest
from tests.fixes.mending import SECRET, fix_of, mended, opened, reason

from padguard.fixes.fix import Applicability

BOX = (
    "Display.ShowMessageDialog.ShowMessage Title: {} Message: {} Icon: Display.Icon.None "
    "Buttons: Display.Buttons.OK DefaultButton: Display.DefaultButton.Button1 IsTopMost: False{}\n"
)
LOG = "Logging.LogMessage Message: {} LogLevel: Logging.LogLevel.InfoLevel\n"
WRITE = (
    "File.WriteText File: $'''C:\\\\Temp\\\\a.txt''' TextToWrite: {} AppendNewLine: True "
    "IfFileExists: File.IfFileExists.Append Encoding: File.FileEncoding.UTF8\n"
)
DOS = "Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: {} StandardOutput=> Out\n"


def test_all_uses_in_a_row_are_taken_out() -> None:
    before = BOX.format("$'''For %Password%'''", "$'''%Password%, again %Password%'''", "")
    after = BOX.format("$'''For (hidden)'''", "$'''(hidden), again (hidden)'''", "")
    assert mended(before, "PG301", "drop-from-text") == after


def test_only_the_variable_of_the_finding_is_taken_out() -> None:
    text = SECRET.replace("[Password]", "[Password, Pin]") + (
        "SET Pin TO Password\n" + LOG.format("$'''%Pin% %Password% %Name%'''")
    )
    session = opened(text)
    fix = fix_of(session, "PG302", "drop-from-text")
    assert fix.plan is not None
    assert fix.applicability is Applicability.REVIEW
    assert str(fix.title) == "Take Pin out of the text"
    (script,) = fix.plan.after.scripts.values()
    assert "$'''(hidden) %Password% %Name%'''" in script


def test_the_text_of_an_error_is_mended() -> None:
    before = "EXIT Code: 1 ErrorMessage: $'''No way in with %Password%'''\n"
    after = "EXIT Code: 1 ErrorMessage: $'''No way in with (hidden)'''\n"
    assert mended(before, "PG302", "drop-from-text") == after


def test_a_dialog_proposes_nothing() -> None:
    dialog = (
        "Display.InputDialog Title: $'''New''' Message: $'''Copy it''' DefaultValue: {} "
        "InputType: Display.InputType.SingleLine IsTopMost: False UserInput=> Given\n"
    )
    session = opened(dialog.format("Password"))
    fix = fix_of(session, "PG301", "drop-from-text")
    assert fix.plan is not None
    assert dialog.format("$''''''") in next(iter(fix.plan.after.scripts.values()))


def test_what_people_choose_from_is_left_to_them() -> None:
    text = (
        "Display.SelectFromListDialog.SelectFromList Title: $'''Which''' Message: $'''Choose''' "
        "List: [Password, 'b'] IsTopMost: False AllowEmpty: False SelectedItem=> Chosen\n"
    )
    assert reason(text, "PG301", "drop-from-text").startswith("People choose from what stands")


def test_a_file_keeps_the_text_around_the_value() -> None:
    before, after = WRITE.format("$'''pw=%Password%'''"), WRITE.format("$'''pw=(hidden)'''")
    assert mended(before, "PG303", "drop-from-text") == after
    nothing = reason(WRITE.format("Password"), "PG303", "drop-from-text")
    assert nothing == (
        "“Text to write” holds nothing but Password: without it the row does nothing useful."
    )


def test_a_service_is_sent_what_it_needs() -> None:
    text = (
        "Web.DownloadFromWeb.Download Url: $'''https://a.example/?p=%Password%''' "
        "ConnectionTimeout: 30 WebPageText=> Page\n"
    )
    session = opened(text)
    offered = [fix.id for fix in session.fixes(session.findings[0]) if fix.plan is not None]
    assert "drop-from-text" not in offered


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (BOX.format("$'''a'''", "Password", ""), "PG301"),
        ("    " + LOG.format("Password"), "PG302"),
        (WRITE.format("Password"), "PG303"),
        (DOS.format("$'''run %Password%'''"), "PG305"),
    ],
)
def test_a_row_is_switched_off(row: str, rule: str) -> None:
    code = row.lstrip()
    assert mended(row, rule, "disable-row") == row.replace(code, f"DISABLE {code}")


def test_the_title_names_the_row() -> None:
    session = opened("WAIT 1\n" + LOG.format("Password"))
    assert str(fix_of(session, "PG302", "disable-row").title) == "Disable row 2 (Log message)"


@pytest.mark.parametrize(
    ("text", "rule", "why"),
    [
        ("EXIT Code: 1 ErrorMessage: Password\n", "PG302", "Row 1 ends the flow."),
        (LOG.format("Password") + "ON ERROR\n\nEND\n", "PG302", "Row 1 has error handling"),
        (
            DOS.format("$'''run %Password%'''") + "SET B TO Out\n",
            "PG305",
            "Row 1 sets Out, which other rows use.",
        ),
        (
            "@@copilotGeneratedAction: 'False'\n" + LOG.format("Password"),
            "PG302",
            "The designer keeps notes of its own with row 1",
        ),
    ],
)
def test_rows_that_others_need_stay_on(text: str, rule: str, why: str) -> None:
    assert reason(text, rule, "disable-row").startswith(why)


def test_a_row_that_sets_an_output_stays_on() -> None:
    text = SECRET + (
        "@OUTPUT Out : { 'Description': '', 'FriendlyName': 'Out', 'Type': 'String' }\n"
        + DOS.format("$'''run %Password%'''")
    )
    why = "Row 1 sets Out, which is an output of the flow."
    assert reason(text, "PG305", "disable-row") == why


def test_a_row_with_a_secret_written_into_it_is_mended_first() -> None:
    text = DOS.format("$'''net use /user:robot Kx8!pomelo7 %Password% --password=Kx8!pomelo7'''")
    assert reason(text, "PG305", "disable-row").startswith("A secret is written into row 1")
