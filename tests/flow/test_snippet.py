"""Snippets: what the catalogue and the names of a text say of it as a paste."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.exports.open import open_export
from padguard.flow.build import build_flow
from padguard.flow.snippet import check_snippet

SETS = "SET A TO 1\n"

ACCEPTED = [
    "",
    f"{SETS}Clipboard.SetText Text: A",
    f"{SETS}clipboard.settext text: $'''%a%'''",
    "Clipboard.GetText Text=> B\nSET C TO B",
    "Clipboard.GetText",
    "SET S TO $'''x'''\nText.ChangeCase Text: S NewCase: Text.CaseOption.uppercase Result=> T",
    "SET C TO 1\nSET S TO 'x'\nText.ChangeCase Text: S NewCase: C Result=> T",
    "Variables.AddItemToList Item: 1 List: L\nSET B TO L.Count",
    "LOOP FOREACH Row IN [1, 2]\nSET B TO Row\nEND\nLOOP i FROM 1 TO 2\nSET B TO i\nEND",
    "ERROR => LastError\nSET B TO LastError.Message",
    "SET B TO $'''%GLOBAL.B%'''",
    "IF (Folder.IfFolderExists.Exists Path: $'''C:\\temp''') THEN\nEND",
    "WAIT (File.WaitForFile.Created File: $'''C:\\x''') FOR 30",
    "UIAutomation.PressButton Button: appmask['Window']['Button']",
    "SET B TO $fx'=Today() + Color.Red'",
    "DISABLE Clipboard.SetText Text: Unknown Text: 1",
    "SET Text TO 1\nSET B TO Text.Length",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_accepted(text: str) -> None:
    assert check_snippet(text) == []


LANDS_WITH_ERRORS = [
    ("Clipboard.SetTxt Text: 'x'", 1, "No action is called Clipboard.SetTxt."),
    ("Clippy.Wave", 1, "No action is called Clippy.Wave."),
    ("Database.Connect ConnectionString: 'x'", 1, "Use Database.Connect.Connect instead."),
    ("Clipboard.SetText Txt: 'a'", 1, "“Set clipboard text” has no input or output called Txt."),
    ("Clipboard.GetText Txt=> A", 1, "has no input or output called Txt."),
    ("Clipboard.SetText Text: 'a' text: 'b'", 1, "text is given twice."),
    ("\nText.ChangeCase Text: 'a' NewCase: UpperCase", 2, "as in Text.CaseOption.UpperCase."),
    (
        "Text.ChangeCase Text: 'a' NewCase: CaseOption.UpperCase",
        1,
        "as in Text.CaseOption.UpperCase.",
    ),
    (
        "Text.ChangeCase Text: 'a' NewCase: Text.CaseOption.Upside",
        1,
        "Text.CaseOption.Upside is no choice of",
    ),
    (
        "Text.ChangeCase Text: 'a' NewCase: Text.TrimOption.UpperCase",
        1,
        "Text.TrimOption.UpperCase is no choice of",
    ),
    (f"{SETS}Clipboard.SetText Text: B", 2, "Nothing here sets the variable B."),
    ("SET A TO $'''50%off% today'''", 1, "Nothing here sets the variable off."),
    ("SET A TO B['x'].Count", 1, "Nothing here sets the variable B."),
    ("SET A TO B.C.D", 1, "Nothing here sets the variable B."),
    ("SET A TO Clipboard.GetText", 1, "Clipboard.GetText is an action and no value."),
    ("CALL Helper", 1, "There is no subflow Helper here."),
    ("CALL 'My helper' X: 1", 1, "There is no subflow My helper here."),
    (
        "Folder.IfFolderExists.Exists Path: 'x'",
        1,
        "“If folder exists” is a condition: write it as IF",
    ),
    (
        "IF (Clipboard.SetText Text: 'a') THEN\nEND",
        1,
        "“Set clipboard text” must stand on a line of its own",
    ),
]


@pytest.mark.parametrize(("text", "line", "words"), LANDS_WITH_ERRORS)
def test_what_lands_with_errors(text: str, line: int, words: str) -> None:
    (reason,) = check_snippet(text)
    assert reason.line == line
    assert words in str(reason.message)
    assert not reason.drops_paste


PARTS = st.sampled_from(
    [*"AB%'\\#\n:[]().", " TO ", "SET ", "CALL ", "IF (", ") THEN\n", "END\n", "Text.ChangeCase ",
     "NewCase: ", "Text.CaseOption.UpperCase ", "=> ", "$'''", "'''", "$fx'", "FUNCTION "]
)  # fmt: skip


@given(st.lists(PARTS, max_size=30).map("".join))
def test_any_text_can_be_checked(text: str) -> None:
    lines = [reason.line for reason in check_snippet(text)]
    assert lines == sorted(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


def test_reasons_stand_in_the_order_of_the_lines() -> None:
    reasons = check_snippet("SET A TO B\nSET C TO $'''it's'''\nCALL D\nSET E TO B\nEND")
    assert [(reason.line, reason.drops_paste) for reason in reasons] == [
        (1, False),
        (2, True),
        (3, False),
        (5, True),
    ]


def test_a_variable_that_is_never_set_is_told_once() -> None:
    (reason,) = check_snippet("SET A TO B\nSET C TO $'''%b% %B%'''")
    assert reason.line == 1


def test_the_flow_to_paste_into_knows_more() -> None:
    text = "CALL Helper\nSET A TO Total + 1"
    flow = build_flow("", "x", "SET Total TO 1\nFUNCTION Helper GLOBAL\nEND FUNCTION\n")
    assert len(check_snippet(text)) == 2
    assert check_snippet(text, flow) == []


def test_copied_subflows_can_be_pasted_back_into_their_flow(corpus: Path) -> None:
    name = "PADFramework_LocalConnectors_1_1_12501_241.zip"
    folder = corpus / "scripts" / "padframework"
    flows = {
        flow.name: build_flow(flow.id, flow.name, flow.script)
        for flow in open_export(corpus / "solutions" / name).desktop_flows
    }
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_bytes().decode("utf-8-sig")
        assert not any(reason.drops_paste for reason in check_snippet(text)), path.name
        takers = [flow for flow in flows.values() if not check_snippet(text, flow)]
        assert takers, path.name
