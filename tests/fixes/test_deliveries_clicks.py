"""Steps in the designer: rows that exist, labels of the designer, values as they are typed."""

import pytest
from tests.fixes.deliveries_help import HEADER, contents, flow_of, followed

from padguard.fixes.deliveries.clicks import clicks
from padguard.flow.build import build_flow
from padguard.foundation.masked import MASK

SECRET = "Kx8!pomelo"
MESSAGE = "Display.ShowMessageDialog.ShowMessage Title: $'''{}''' Message: $'''{}'''\n"
FIELD = (
    "WebAutomation.PopulateTextField.PopulateTextField BrowserInstance: Browser Control: "
    "appmask['Sign in']['{}'] Text: $'''a''' Mode: WebAutomation.PopulateTextMode.{} "
    "UnfocusAfterPopulate: {}\n"
)
CHANGE = (
    "In the subflow Main, double-click row {row} “{title}”, change these fields and select Save:"
)
HANDLER = (
    "In the subflow Main, double-click row 1 “{title}”, select On error, let it say this and "
    "select Save:"
)
EDIT = (
    "In the Variables pane, right-click the input “Password”, select Edit, change these fields and "
    "select Save:"
)


def steps(before, after, *secrets, header=HEADER):
    return clicks(flow_of(header + before, *secrets), flow_of(header + after))


def words(before, after, *secrets):
    return [str(one) for step in steps(before, after, *secrets) for one in step.sentences]


def value(before, after):
    """Return the one value that a step has."""
    (step,) = steps(before, after)
    (found,) = step.values
    return found


def test_a_changed_field_is_named_as_the_designer_names_it():
    assert words("WAIT 1\n" + MESSAGE.format("A", "x"), "WAIT 1\n" + MESSAGE.format("A", "y")) == [
        CHANGE.format(row=2, title="Display message"),
        "“Message to display”: y",
    ]


@pytest.mark.parametrize(
    ("robin", "typed"),
    [
        ("$'''plain'''", "plain"),
        (r"$'''it\'s \"C:\\temp\" %Name%'''", 'it\'s "C:\\temp" %Name%'),
        ("$'''100 %% of %Row['Name']%'''", "100 %% of %Row['Name']%"),
        ("$'''two\nlines\nEND\n'''", "two\r\nlines\r\nEND\r\n"),
        ("$'''パスワード %値%'''", "パスワード %値%"),
        ("$fx'=Left(Name, 3) & \"it\\'s\"'", '=Left(Name, 3) & "it\'s"'),
        ("$fx'Dear ${Name}'", "Dear ${Name}"),
        ("Credential.Password", "%Credential.Password%"),
        ("Total + $'''x'''", "%Total + 'x'%"),
        ("(Total + 1) * 2", "%(Total + 1) * 2%"),
        ("Rows[0]['Name']", "%Rows[0]['Name']%"),
        ("['a', 1]", "%['a', 1]%"),
        ("{{ }}", "%{{ }}%"),
        ("True", "%True%"),
        ("-5", "-5"),
        ("(-5)", "-5"),
        ("3.14", "3.14"),
    ],
)
def test_values_are_shown_as_they_are_typed(robin, typed):
    found = value("SET A TO 1\n", f"SET A TO {robin}\n")
    assert (str(found.label), found.text) == ("Value", typed)


def test_an_empty_value_is_a_field_left_empty():
    found = value("SET A TO 1\n", "SET A TO $''''''\n")
    assert str(found.message) == "“Value”: leave it empty"


def test_choices_switches_and_elements():
    before, after = FIELD.format("Name", "Append", "False"), FIELD.format("Pin", "Replace", "True")
    assert words(before, after)[1:] == [
        "“UI element”: choose the UI element “Pin”",
        "“If field isn't empty”: choose “Replace”",
        "“Unfocus text box after filling it”: switch it on",
    ]


def test_conditions_are_told_by_their_operands():
    found = value(
        "IF Password = $'''x''' THEN\nEND\n", "IF Credential.Password = $'''x''' THEN\nEND\n"
    )
    assert str(found.message) == "“First operand”: %Credential.Password%"
    found = value("IF (A) = (1) THEN\nEND\n", "IF (A) <> (1) THEN\nEND\n")
    assert str(found.message) == "“Operator”: choose “Not equal to (<>)”"
    found = value("IF IsEmpty(A) THEN\nEND\n", "IF IsEmpty(B) THEN\nEND\n")
    assert str(found.message) == "“Condition”: %IsEmpty(B)%"
    found = value("SWITCH A\n    CASE = 1\nEND\n", "SWITCH A\n    CASE > 1\nEND\n")
    assert str(found.message) == "“Operator”: choose “Greater than (>)”"


def test_inputs_and_results_that_are_gone():
    before = "Text.Trim Text: A TrimOption: Text.TrimOption.Both Trimmed=> B\n"
    after = "Text.Trim Text: A\n"
    assert len(words(before, after)) == 3
    assert words(before, after)[2].endswith("clear its checkbox under Variables produced")


def test_a_comment_and_a_region():
    assert words("# the old one\n", "# the new one\n")[1] == "“Comment”: the new one"
    assert words("/# a\nb #/\n", "/# a\nc #/\n")[1] == "“Comment”: a\r\nc"
    assert (
        words("**REGION old\n**ENDREGION\n", "**REGION 新しい\n**ENDREGION\n")[1]
        == "“Name”: 新しい"
    )


def test_labels_and_calls():
    assert words("LABEL 'a b'\n", "LABEL 'c d'\n")[1] == "“Label name”: c d"
    assert words("CALL Old\n", "CALL 処理\n")[1] == "“Run subflow”: choose “処理”"


def test_error_handlers_are_changed_under_on_error():
    row = MESSAGE.format("A", "x") + "ON ERROR REPEAT 1 TIMES WAIT 2\n    SET E TO $'''{}'''\nEND\n"
    assert words(row.format("a"), row.format("b")) == [
        HANDLER.format(title="Display message"),
        "“Set variable: Value”: b",
    ]
    assert words(row.format("a"), MESSAGE.format("A", "x"))[0].endswith(
        "take away all that it does on an error and select Save."
    )
    (step,) = steps(MESSAGE.format("A", "x"), row.format("a"))
    assert [str(one.label) for one in step.values] == ["If the action fails", "Set variable"]


def test_an_error_handler_that_is_new_is_told_line_by_line():
    row = MESSAGE.format("A", "x")
    found = words(row, row + "ON ERROR\n    CALL Mend\n    THROW ERROR\nEND\n")[1:]
    assert found[1:] == ["“Run subflow”: Run the subflow Mend", "“Throw error”"]


def test_a_block_has_its_error_settings_in_its_own_dialog():
    block = "BLOCK Safe\nON BLOCK ERROR\n    SET E TO $'''{}'''\nEND\n    WAIT 1\nEND\n"
    (step,) = steps(block.format("a"), block.format("b"))
    assert step.row == 1
    assert "On error," not in str(step.message)


def test_a_new_row_is_told_with_all_its_fields():
    (step,) = steps("WAIT 1\n", "WAIT 1\n" + MESSAGE.format("A", "x"))
    assert (step.row, step.before) == (2, False)
    assert [str(one.message) for one in step.values] == [
        "“Message box title”: A",
        "“Message to display”: x",
    ]


def test_rows_that_follow_each_other_are_switched_off_at_once():
    block = "IF A = 1 THEN\n    WAIT 1\nEND\n"
    off = "".join(f"DISABLE {line.strip()}\n" for line in block.splitlines())
    (step,) = steps("WAIT 9\n" + block, "WAIT 9\n" + off)
    assert (step.row, step.last_row) == (2, 4)
    assert "“Disable action”" in str(step.message)
    (step,) = steps(off, block)
    assert "“Enable action”" in str(step.message)


def test_deleted_rows_come_first_from_below_with_their_old_numbers():
    before = "".join(f"SET V{place} TO {place}\n" for place in range(8))
    lines = before.splitlines(keepends=True)
    after = "CALL Sub\n" + lines[0] + lines[3] + "SET V5 TO 9\n" + lines[7]
    found = steps(before, after)
    assert [(step.row, step.last_row, step.before) for step in found] == [
        (7, 7, True),
        (5, 5, True),
        (2, 3, True),
        (1, 1, False),
        (4, 4, False),
    ]
    old, new = flow_of(HEADER + before), flow_of(HEADER + after)
    assert followed(old, new, found, "Main") == contents(new, "Main")


def test_steps_lead_from_a_block_to_another():
    before = "WAIT 1\nWAIT 2\nIF A = 1 THEN\n    WAIT 3\nEND\nDISABLE WAIT 4\n"
    after = "LOOP FROM 1 TO 2 STEP 1\nWAIT 2\nIF A = 2 THEN\nCALL S\nEND\nEND\nWAIT 4\n"
    old, new = flow_of(before), flow_of(after)
    assert followed(old, new, clicks(old, new), "Main") == contents(new, "Main")


def test_rows_without_a_meaning_are_taken_over_from_the_export():
    (step,) = steps("!!! a\n", "!!! b\n")
    assert "is not understood" in str(step.message)
    assert step.values == ()


def test_marks_in_the_variables_pane():
    header = "@SENSITIVE: [{}]\n"
    before, after = header.format("A") + "SET A TO 1\nSET B TO 1\n", header.format("B")
    found = clicks(flow_of(before), flow_of(after + "SET A TO 1\nSET B TO 1\n"))
    assert [str(step.message) for step in found] == [
        "In the Variables pane, right-click “B” and select “Mark as sensitive”.",
        "In the Variables pane, right-click “A” and select “Mark as not sensitive”.",
    ]


def test_marks_of_a_local_scope_subflow_open_it_first():
    body = "@SENSITIVE: []\nFUNCTION 'Login' u\n@SENSITIVE: [{}]\nSET Pin TO u\nEND FUNCTION\n"
    (step,) = clicks(flow_of(body.format("")), flow_of(body.format("Pin")))
    assert step.subflow == "Login"
    assert str(step.message).startswith("Open the subflow Login.")


def test_a_default_is_cleared_in_the_dialog_of_the_input():
    line = "@INPUT Password : {{ 'Description': '', 'FriendlyName': 'P',{} 'Type': 'String' }}\n"
    header = "@SENSITIVE: [Password]\n"
    before = flow_of(header + line.format(f" 'DefaultValue': '{SECRET}',"), SECRET)
    (step,) = clicks(before, flow_of(header + line.format("")))
    assert [str(one) for one in step.sentences] == [
        EDIT,
        "“Default value”: leave it empty",
    ]


@pytest.mark.parametrize(
    ("default", "sentence"),
    [
        ("''", "“Default value”: leave it empty"),
        ("0", "“Default value”: 0"),
        ("False", "“Default value”: False"),
        ("[]", "“Default value”: leave it empty"),
        ("4711", f"“Default value”: {MASK} ({MASK} stands for a secret, which stays as it is)"),
    ],
)
def test_defaults_of_sensitive_inputs(default, sentence):
    line = "@INPUT P : {{ 'Description': '', 'DefaultValue': {}, 'Type': 'Numeric' }}\n"
    before, after = flow_of("@SENSITIVE: [P]\n" + line.format("99")), line.format(default)
    (step,) = clicks(before, flow_of("@SENSITIVE: [P]\n" + after))
    assert str(step.values[0].message) == sentence


def test_an_input_is_deleted_last_and_an_output_added_first():
    before = HEADER + "@INPUT P : { 'Description': '', 'FriendlyName': 'P', 'Type': 'String' }\n"
    after = HEADER + "@OUTPUT Q : { 'Description': 'd', 'FriendlyName': 'q', 'Type': 'Numeric' }\n"
    found = clicks(flow_of(before + "SET A TO P\n"), flow_of(after + "SET A TO B\n"))
    assert [step.variable for step in found] == ["Q", "", "P"]
    assert [str(one.message) for one in found[0].values] == [
        "“Variable name”: Q",
        "“Data type”: choose “Numeric value”",
        "“External name”: q",
        "“Description”: d",
    ]
    assert str(found[2].message).endswith("right-click the input “P” and select Delete.")


def test_subflows_are_added_first_and_deleted_last():
    body = "@SENSITIVE: []\nCALL {0}\nFUNCTION {0} GLOBAL\n    WAIT 1\nEND FUNCTION\n"
    found = clicks(flow_of(body.format("A")), flow_of(body.format("B")))
    assert str(found[0].message).endswith("name it B.")
    assert str(found[-1].message) == "Delete the subflow A."
    assert sum(step.row is not None for step in found) == 2  # the call, and the row in B


def test_a_found_secret_is_never_told():
    before = f"SET Line TO $'''Server=a;Password={SECRET};'''\nSET A TO 1\n"
    after = "SET Line TO $'''Server=b;Password=" + SECRET + ";'''\nSET A TO 2\n"
    found = clicks(flow_of(HEADER + before, SECRET), flow_of(HEADER + after, SECRET))
    (shown,) = found[0].values
    assert shown.text == f"Server=b;Password={MASK};"
    assert "stays as it is" in str(shown.message)


def test_a_secret_that_only_the_flow_before_knows_is_never_told():
    after = f"SET A TO $'''{SECRET}'''\n# {SECRET}\nLABEL '{SECRET}'\n**REGION {SECRET}\n"
    found = words(f"WAIT 1\nSET B TO $'''Pin={SECRET}'''\n", after, SECRET)
    assert not any(SECRET in sentence for sentence in found)
    assert sum(MASK in sentence for sentence in found) == 4


def test_names_are_told_where_a_secret_belongs():
    header, before = "@SENSITIVE: [Line]\n", f"SET Line TO $'''Server=a;Password={SECRET};'''\n"
    after = "SET Line TO $'''Server=a;Password=%Credential.Password%;'''\n"
    (step,) = clicks(flow_of(HEADER + before, SECRET), flow_of(HEADER + after))
    assert step.values[0].text == "Server=a;Password=%Credential.Password%;"
    marked = clicks(flow_of(HEADER + before, SECRET), flow_of(header + after))[0]
    assert marked.values[0].text == step.values[0].text  # what was read before the change
    new = clicks(flow_of(HEADER), flow_of(header + after))[0]
    assert new.values[1].text == f"{MASK}%Credential.Password%{MASK}"


@pytest.mark.parametrize(
    ("robin", "typed"),
    [
        ("$fx'=Credential.Password'", "=Credential.Password"),
        ("$fx'=\"a\" & Credential.Password'", f"={MASK} & Credential.Password"),
        ("$fx'${Credential.Password}'", "${Credential.Password}"),
        ("$'''%Row['Pin'] + 'xyz'%'''", f"%Row['Pin'] + '{MASK}'%"),
        ("$'''%User%{Tab}%Pin%{Return}'''", "%User%{Tab}%Pin%{Return}"),
        ("P'AQAAANCMnd8BFdERjHoAwE'", MASK),
    ],
)
def test_values_of_sensitive_variables_tell_names_only(robin, typed):
    (found, _) = clicks(
        flow_of("@SENSITIVE: []\nSET A TO 1\n"), flow_of(f"@SENSITIVE: [A]\nSET A TO {robin}\n")
    )
    assert found.values[0].text == typed


def test_of_a_flow_that_was_not_searched_every_text_is_masked():
    before = build_flow("", "", HEADER + "SET A TO $'''x'''\n# a\n**REGION a\n")
    after = build_flow(
        "", "", HEADER + f"SET A TO $'''{SECRET}'''\n# {SECRET}\n**REGION {SECRET}\n"
    )
    found = [str(one) for step in clicks(before, after) for one in step.sentences]
    assert not any(SECRET in sentence for sentence in found)
    assert sum(MASK in sentence for sentence in found) == 3


def test_a_credential_takes_no_mark():
    credential = (
        "PowerAutomateSecretVariables.GetCredential Credential: $'''ERP''' Credential=> C\n"
    )
    marked = flow_of("@SENSITIVE: [C]\n" + credential)
    found = clicks(flow_of("@SENSITIVE: []\n"), marked)
    assert [step.row for step in found] == [1]


def test_titles_can_be_in_another_language():
    before, after = flow_of(HEADER + "WAIT 1\n"), flow_of(HEADER + "WAIT 2\n")
    (step,) = clicks(before, after, lambda _context, text: {"Wait": "待機"}.get(text, text))
    assert "“待機”" in str(step.message)
