"""Pastes: what the designer takes, what it drops, what lands with an error."""

import pytest

from padguard.robin.parser import parse
from padguard.robin.paste import paste_problems

TAKEN = [
    "",
    "\n\n",
    "SET A TO 1",
    "set a to 1\rwait 2.5\r\n",
    "SET A TO $'''Joe\\'s \"50%%\" of %B['x']% in C:\\\\'''",
    "SET A TO $'''C:\\Reports\\\\%B% \\\\\\\\server\\share'''",
    "SET A TO $'''100\\% sure'''",
    "SET A TO $'''It\\'\\''''",
    "SET A TO $'''one\n\nEND\n# two'''",
    "SET A TO 'it\\'s' + B[-1].Count mod 2",
    "SET O TO { 'From': 1 }\nSET X TO O['From']",
    "SET Préfixe TO Région",
    "# it's 50% done \\\nSET A TO 1 # isn't it",
    "/# it's\n% #/",
    "**REGION it's 50%\nDISABLE SET A TO 1\n**ENDREGION",
    "IF A = 2 THEN\nELSE\nIF (Folder.IfFolderExists.Exists Path: P) THEN\nEND\nEND",
    "SWITCH A\nCASE <> 3\nCASE > 5\nDEFAULT\nEND",
    "BLOCK b\nON BLOCK ERROR all\nSET A TO 1\nCALL F\nGOTO L\nTHROW ERROR\nEND\nEND",
    "BLOCK b\nON BLOCK ERROR REPEAT 2 TIMES WAIT 5\nON BLOCK ERROR all\n\nEND\nEND",
    "Text.Trim Text: T\nON ERROR REPEAT 2 TIMES WAIT 5\nON ERROR\nREPEAT ACTION\n# why\n\nEND",
    "@@copilotGeneratedAction: 'False'\nSET A TO 1",
    "    @@copilotGeneratedAction: 'False'\nLOOP WHILE A\nEND",
    "@@flowname: 'Other flow'\nExternal.RunFlow FlowId: 'x'",
    'SET A TO 1\n# [ControlRepository][PowerAutomateDesktop]\n\n{ "it\'s": "50%" }\n',
]


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_designer_takes(text: str) -> None:
    assert paste_problems(parse(text)) == []


# The text, a part of what is said, and what it is said of.
DROPPED = [
    ("SET A TO $'''Joe's'''", r"must be written \' instead", "'"),
    ("SET A TO $'''It''s'''", r"must be written \' instead", "'"),
    ("SET A TO $'''%B%'s'''", r"must be written \' instead", "'"),
    ("SET A TO $'''one\nJoe's'''", r"must be written \' instead", "'"),
    ("SET A TO $'''He said 'hi''''", r"must be written \' instead", "'"),
    ("SET A TO $'''C:\\Temp\\'''", "backslash before the closing quotes", "$"),
    ("SET A TO $'''C:\\Temp\\'''\nSET B TO $'''x'''", "backslash before the closing", "\\'"),
    ("SET A TO $'''C:\\%B% and \\%C%'''", "backslash before a %variable%", None),
    ("SET A TO $'''%B%\\%C%'''", "backslash before a %variable%", None),
    ("SET A TO $'''100% sure'''", "write %% for the sign itself", "% sure"),
    ("SET A TO %B%", "belong only inside text", "%"),
    ("IF %B.Count% = 3 THEN\nEND", "belong only inside text", "%"),
    ("WAIT %N%", "belong only inside text", "%"),
    ("Text.Trim Text: %B + 1% Option: 2", "belong only inside text", "%"),
    ("SET A TO $'''never closed", "never closed", "$"),
    ("SET A TO 'never closed", "never closed", None),
    ("SET From TO 1", "From is a word of the language", "From"),
    ("SET A TO Mail.From", "Write ['From'] instead", "Mail.From"),
    ("SET A TO $'''%Mail.To%'''", "Write ['To'] instead", "Mail.To"),
    ("SET _a TO 1", "names start with a letter", None),
    ("LOOP 1a FROM 1 TO 2\nEND", "not expected here", "1"),
    ("SET A TO 1 SET B TO 2", "A second statement starts at SET", "SET"),
    ("SET A TO 1 END", "A second statement starts at END", "END"),
    ("IF A = 1 THEN\nELSE IF (File.IfFile.Exists File: P) THEN\nEND", "ELSE IF cannot ask", None),
    ("SWITCH A\nCASE Contains $'''b'''\nEND", "CASE takes only a comparison", "Contains"),
    ("REGION a\nSET A TO 1\nEND REGION", "A region is written **REGION", "REGION"),
    ("Text.Trim Text: T\nON ERROR GOTO L\nEND", "lines of its own, below ON ERROR", "GOTO"),
    ("BLOCK b\nON BLOCK ERROR\nIF A THEN\nSET B TO 1\nEND\nEND\nEND", "cannot hold IF", None),
    ("BLOCK b\nON BLOCK ERROR\nLOOP FOREACH A IN B\nEND\nEND\nEND", "cannot hold LOOP", None),
    ("IF A = 1\nEND", "must end with THEN", None),
    ("IF A = 1 THEN", "never closed by an END", None),
    ("END", "closes nothing", None),
    ("FUNCTION F GLOBAL\nSET A TO 1\nEND FUNCTION", "A subflow cannot be pasted", None),
    ("FUNCTION 'F' a, OUTPUT b\nEND FUNCTION", "A subflow cannot be pasted", None),
    ("IMPORT 'controlRepo.appmask' AS appmask", "header of a flow", None),
    ("@SENSITIVE: [A]", "header of a flow", "@SENSITIVE: [A]"),
    ("@INPUT A : { 'Type': 'String' }", "header of a flow", None),
    ("@OUTPUT A : { 'Type': 'String' }", "header of a flow", None),
    ("@@ConnectionString: ''", "does not accept this @@ line", None),
    ("@@statistics_TextBox: 1\nSET A TO 1", "does not accept this @@ line", None),
    ("@@flowname: 'x'\nSET A TO 1", "does not accept this @@ line", None),
    ("@@copilotGeneratedAction: 'True'\nSET A TO 1", "does not accept this @@ line", None),
    ("@@copilotGeneratedAction: 'False'\n# x\nSET A TO 1", "only directly above an action", None),
    ("@@copilotGeneratedAction: 'False'\n**REGION x", "only directly above an action", None),
    ("@@copilotGeneratedAction: 'False'", "only directly above an action", None),
]


@pytest.mark.parametrize(("text", "words", "place"), DROPPED)
def test_what_the_designer_drops(text: str, words: str, place: str | None) -> None:
    first = paste_problems(parse(text))[0]
    assert words in str(first.message)
    assert first.drops_paste
    if place is not None:
        assert text[first.start : first.end] == place


LANDS = [
    ("BLOCK b\nON BLOCK ERROR REPEAT 2 TIMES WAIT 5\nEND\nEND", "ON BLOCK ERROR without REPEAT"),
    ("BLOCK b\nON BLOCK ERROR\nClipboard.SetText Text: A\nEND\nEND", "may hold only SET, CALL"),
    ("Text.Trim Text: T\nON ERROR\nWAIT 1\nEND", "may hold only SET, CALL"),
    ("SWITCH A\nCASE IsEmpty\nEND", "CASE takes only a comparison"),
]


@pytest.mark.parametrize(("text", "words"), LANDS)
def test_what_lands_with_an_error(text: str, words: str) -> None:
    (problem,) = paste_problems(parse(text))
    assert words in str(problem.message)
    assert not problem.drops_paste


def test_one_cause_is_told_once() -> None:
    problems = paste_problems(parse("SET A TO $'''He said 'hi''''\nSET B TO $'''isn't it's'''"))
    assert [problem.start for problem in problems] == [21, 45]


def test_problems_stand_in_the_order_of_the_text() -> None:
    problems = paste_problems(parse("@SENSITIVE: []\nSET A TO %B%\nSET From TO 1\nEND"))
    starts = [problem.start for problem in problems]
    assert starts == sorted(starts)
    assert len(starts) == 4
