"""Statements: every form of the language, one line each."""

from typing import NamedTuple

import pytest

from padguard.robin.parser import parse
from padguard.robin.tree import Kind, Script, Statement


class Form(NamedTuple):
    """A line and what it says; a clause is its role, its name and its text."""

    source: str
    kind: Kind
    clauses: str = ""
    reads: str = ""
    writes: str = ""
    action: str = ""


FORMS = [
    # variables
    Form("SET A TO 1", Kind.SET, "target:=A value:=1", writes="A"),
    Form("SET A TO A + B.Count", Kind.SET, "target:=A value:=A + B.Count", "A B", "A"),
    Form("SET Row['x'] TO V", Kind.SET, "target:=Row['x'] value:=V", "Row V", "Row"),
    Form("SET O[I['Key']] TO I['V']", Kind.SET, "target:=O[I['Key']] value:=I['V']", "O I", "O"),
    Form("SET T TO $'''a TO b'''", Kind.SET, "target:=T value:=$'''a TO b'''", writes="T"),
    Form("SET T TO $'''%A%-%M['To']%'''", Kind.SET,
         "target:=T value:=$'''%A%-%M['To']%'''", "A M", "T"),
    Form("SET X TO P'AQAA'", Kind.SET, "target:=X value:=P'AQAA'", writes="X"),
    Form("SET 行高 TO $fx'=(下 - 上) / 10'", Kind.SET,
         "target:=行高 value:=$fx'=(下 - 上) / 10'", "下 上", "行高"),
    Form("SET GLOBAL.N TO 1", Kind.SET, "target:=GLOBAL.N value:=1", "GLOBAL.N", "GLOBAL.N"),
    Form("ERROR => LastError", Kind.READ_ERROR, "result:=LastError", writes="LastError"),
    Form("ERROR => E Reset: True", Kind.READ_ERROR, "result:=E argument:Reset=True", writes="E"),
    # actions
    Form("Outlook.Launch", Kind.ACTION, action="Outlook.Launch"),
    Form("Text.Trim Text: T Option: Text.TrimOption.Both TrimmedText=> U", Kind.ACTION,
         "argument:Text=T argument:Option=Text.TrimOption.Both result:TrimmedText=U",
         "T Text.TrimOption.Both", "U", "Text.Trim"),
    Form("clipboard.settext Text : A", Kind.ACTION,
         "argument:Text=A", "A", "", "clipboard.settext"),
    Form("Clipboard.GetText Text =>A", Kind.ACTION, "result:Text=A", "", "A", "Clipboard.GetText"),
    Form("Variables.AddItemToList Item: { 'a': [B, C] } List: L", Kind.ACTION,
         "argument:Item={ 'a': [B, C] } argument:List=L", "B C L", "", "Variables.AddItemToList"),
    Form("UIAutomation.Click.Click UIElement: appmask['A \\'b\\'']['Button'] X: 1", Kind.ACTION,
         "argument:UIElement=appmask['A \\'b\\'']['Button'] argument:X=1",
         "appmask", "", "UIAutomation.Click.Click"),
    Form("Scripting.Run Script: $'''a: b\nList: c => d''' Output=> O", Kind.ACTION,
         "argument:Script=$'''a: b\nList: c => d''' result:Output=O", "", "O", "Scripting.Run"),
    Form("External.RunFlow FlowId: 'b1' @In_Text: A @Out=> B", Kind.ACTION,
         "argument:FlowId='b1' @argument:In_Text=A @result:Out=B", "A", "B", "External.RunFlow"),
    Form("External.InvokeCloudConnector Connection: 'g' @'item/Title': T @R=> R", Kind.ACTION,
         "argument:Connection='g' @argument:item/Title=T @result:R=R", "T", "R",
         "External.InvokeCloudConnector"),
    # conditions
    Form("IF (A = 'x' AND B >= 3) = True THEN", Kind.IF,
         "value:=(A = 'x' AND B >= 3) = True", "A B"),
    Form("IF IsEmpty(S) THEN", Kind.IF, "value:=IsEmpty(S)", "S"),
    Form("if N = 5 then", Kind.IF, "value:=N = 5", "N"),
    Form("IF (File.IfFile.Exists File: Path) THEN", Kind.IF, "argument:File=Path", "Path", "",
         "File.IfFile.Exists"),
    Form("IF (Row.Total) = (1) THEN", Kind.IF, "value:=(Row.Total) = (1)", "Row"),
    Form("ELSE IF A = 2 THEN", Kind.ELSE_IF, "value:=A = 2", "A"),
    Form("ELSE IF (Folder.IfFolderExists.Exists Path: P) THEN", Kind.ELSE_IF, "argument:Path=P",
         "P", "", "Folder.IfFolderExists.Exists"),
    Form("ELSE", Kind.ELSE),
    Form("SWITCH L.Count", Kind.SWITCH, "value:=L.Count", "L"),
    Form("CASE = 1", Kind.CASE, "value:==1", ""),
    Form("CASE <> $'''x%A%'''", Kind.CASE, "value:<>=$'''x%A%'''", "A"),
    Form("DEFAULT", Kind.DEFAULT),
    # loops
    Form("LOOP i FROM 0 TO L.Count - 1 STEP 1", Kind.LOOP,
         "target:=i value:FROM=0 value:TO=L.Count - 1 value:STEP=1", "L", "i"),
    Form("LOOP i FROM 10 TO 1 STEP -1", Kind.LOOP,
         "target:=i value:FROM=10 value:TO=1 value:STEP=-1", "", "i"),
    Form("LOOP i FROM 1 TO N", Kind.LOOP, "target:=i value:FROM=1 value:TO=N", "N", "i"),
    Form("LOOP FROM 1 TO 10 STEP 1", Kind.LOOP, "value:FROM=1 value:TO=10 value:STEP=1"),
    Form("LOOP FOREACH Row IN DT", Kind.LOOP_FOREACH, "target:=Row value:IN=DT", "DT", "Row"),
    Form("LOOP WHILE (Status) <> ($'''Done''')", Kind.LOOP_WHILE,
         "value:=(Status) <> ($'''Done''')", "Status"),
    Form("LOOP WHILE (Web.WaitFor Page: B)", Kind.LOOP_WHILE, "argument:Page=B", "B", "",
         "Web.WaitFor"),
    Form("EXIT LOOP", Kind.EXIT_LOOP),
    Form("NEXT LOOP", Kind.NEXT_LOOP),
    # flow control
    Form("CALL Init", Kind.CALL, "name:=Init"),
    Form("CALL 'Send mail' in_a: A + 1 out_b=> B", Kind.CALL,
         "name:='Send mail' argument:in_a=A + 1 result:out_b=B", "A", "B"),
    Form("LABEL Top", Kind.LABEL, "name:=Top"),
    Form("LABEL 'The end'", Kind.LABEL, "name:='The end'"),
    Form("GOTO 'The end'", Kind.GOTO, "name:='The end'"),
    Form("WAIT 2.5", Kind.WAIT, "value:=2.5"),
    Form("WAIT N + 1", Kind.WAIT, "value:=N + 1", "N"),
    Form("WAIT (UIAutomation.WaitForWindow.ToOpen Window: appmask['W']) FOR 30 ", Kind.WAIT,
         "argument:Window=appmask['W'] value:FOR=30", "appmask", "",
         "UIAutomation.WaitForWindow.ToOpen"),
    Form("EXIT Code: 0", Kind.EXIT, "argument:Code=0"),
    Form("EXIT Code: 1 ErrorMessage: $'''%E%'''", Kind.EXIT,
         "argument:Code=1 argument:ErrorMessage=$'''%E%'''", "E"),
    Form("EXIT", Kind.EXIT),
    Form("EXIT FUNCTION", Kind.EXIT_FUNCTION),
    # subflows
    Form("FUNCTION Init GLOBAL", Kind.FUNCTION, "name:=Init value:GLOBAL=GLOBAL"),
    Form("FUNCTION 'Local one' in_a, OUTPUT out_b", Kind.FUNCTION,
         "name:='Local one' parameter:INPUT=in_a parameter:OUTPUT=out_b", "", "in_a out_b"),
    Form("FUNCTION Plain", Kind.FUNCTION, "name:=Plain"),
    # errors
    Form("BLOCK ", Kind.BLOCK),
    Form("BLOCK 'Fetch it'", Kind.BLOCK, "name:='Fetch it'"),
    Form("ON BLOCK ERROR all", Kind.ON_BLOCK_ERROR, "name:=all"),
    Form("ON BLOCK ERROR", Kind.ON_BLOCK_ERROR),
    Form("ON BLOCK ERROR 'Code' IsUserDefinedErrorCode: True", Kind.ON_BLOCK_ERROR,
         "name:='Code' argument:IsUserDefinedErrorCode=True"),
    Form("ON BLOCK ERROR REPEAT 2 TIMES WAIT 5", Kind.ON_BLOCK_ERROR,
         "value:REPEAT=2 value:WAIT=5"),
    Form("ON ERROR", Kind.ON_ERROR),
    Form("ON ERROR TimeoutError", Kind.ON_ERROR, "name:=TimeoutError"),
    Form("ON ERROR REPEAT N TIMES WAIT 3", Kind.ON_ERROR, "value:REPEAT=N value:WAIT=3", "N"),
    Form("THROW ERROR", Kind.THROW),
    Form("REPEAT BLOCK", Kind.REPEAT_BLOCK),
    Form("REPEAT ACTION", Kind.REPEAT_ACTION),
    # what is no action
    Form("**REGION Sign in", Kind.REGION),
    Form("**ENDREGION", Kind.END_REGION),
    Form("# a note: 100% 'quoted", Kind.COMMENT),
    Form("/# two\nlines #/", Kind.COMMENT),
    Form("@@source: 'Recorder'", Kind.ANNOTATION, "value:source='Recorder'"),
    Form("@@'InputSchema:item': '903'", Kind.ANNOTATION, "value:InputSchema:item='903'"),
    Form("@@ConnectionString: ''", Kind.ANNOTATION, "value:ConnectionString=''"),
    Form("@@empty:", Kind.ANNOTATION, "value:empty="),
    Form("IMPORT 'controlRepo.appmask' AS appmask", Kind.IMPORT,
         "value:='controlRepo.appmask' name:=appmask"),
    Form("@SENSITIVE: []", Kind.SENSITIVE),
    Form("@SENSITIVE: [Username, Password]", Kind.SENSITIVE, "name:=Username name:=Password"),
    Form("@INPUT A : { 'Type': 'String' }", Kind.INPUT, "target:=A value:={ 'Type': 'String' }",
         "", "A"),
    Form("@OUTPUT B : { 'Type': 'Bool' } ", Kind.OUTPUT, "target:=B value:={ 'Type': 'Bool' }",
         "", "B"),
]  # fmt: skip


def clauses(script: Script, statement: Statement) -> str:
    """Return the clauses of a statement as the table writes them."""
    return " ".join(
        f"{'@' * clause.dynamic}{clause.role.name.lower()}:{clause.name}="
        f"{script.clause_text(statement, clause)}"
        for clause in statement.clauses
    )


# Branches need their heads, and heads their END, to stand without a diagnostic.
BEFORE = {
    Kind.ELSE: "IF A THEN\n", Kind.ELSE_IF: "IF A THEN\n", Kind.CASE: "SWITCH A\n",
    Kind.DEFAULT: "SWITCH A\n",
}  # fmt: skip
CLOSED = (
    Kind.IF, Kind.ELSE_IF, Kind.ELSE, Kind.SWITCH, Kind.CASE, Kind.DEFAULT, Kind.LOOP,
    Kind.LOOP_FOREACH, Kind.LOOP_WHILE, Kind.BLOCK, Kind.ON_BLOCK_ERROR, Kind.ON_ERROR,
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=[form.source for form in FORMS])
def test_every_form_is_understood(form: Form) -> None:
    before = BEFORE.get(form.kind, "")
    closing = "\nEND" if form.kind in CLOSED else ""
    closing = "\nEND FUNCTION" if form.kind is Kind.FUNCTION else closing
    script = parse(f"{before}    {form.source}{closing}")
    statement = script.statements[bool(before)]
    assert not script.diagnostics
    assert statement.kind is form.kind
    assert statement.code == 4
    assert not statement.disabled
    assert statement.action == form.action
    assert clauses(script, statement) == form.clauses
    assert " ".join(statement.reads) == form.reads
    assert " ".join(statement.writes) == form.writes


SWITCHED_OFF = [form for form in FORMS if form.kind not in (Kind.COMMENT, Kind.BLANK)]


@pytest.mark.parametrize("form", SWITCHED_OFF, ids=[form.source for form in SWITCHED_OFF])
def test_every_form_can_be_switched_off(form: Form) -> None:
    script = parse(f"  DISABLE {form.source}")
    statement = script.statements[0]
    assert statement.disabled
    assert statement.kind is form.kind
    assert statement.code == len("  DISABLE ")
    assert " ".join(statement.reads) == form.reads


def test_a_name_met_twice_is_read_once() -> None:
    (statement,) = parse("SET A TO B + B + $'''%B%'''").statements
    assert statement.reads == ("B",)


UNCLEAR = [
    "Hello world",
    "SET",
    "SET A",
    "SET A TO",
    "SET 'a' TO 1",
    "SET From TO 1",
    "SET 1a TO 1",
    "SET A.B TO 1",
    "REGION Setup",
    "END REGION",
    "CASE Contains $'''b'''",
    "LOOP i FROM 1",
    "LOOP FOREACH IN L",
    "LOOP FOREACH A L",
    "NEXT",
    "THROW",
    "REPEAT",
    "ERROR = A",
    "IMPORT 'x'",
    "@SENSITIVE: [A",
    "@SENSITIVE: [A B]",
    "@SENSITIVE [A]",
    "@OTHER: 1",
    "@INPUT : {}",
    "@@: 1",
    "GOTO",
    "CALL $'''F'''",
    "LABEL 1",
    "BLOCK =",
    "Text.Trim Text",
    "Text.Trim Text:",
    "Text.Trim Text=> 1",
    "Text.Trim @: 1",
    "FUNCTION F a b",
    "DISABLE",
    "// no comment",
    '"text"',
    "% ",
]


@pytest.mark.parametrize("source", UNCLEAR)
def test_what_is_unclear_becomes_opaque_and_loses_nothing(source: str) -> None:
    script = parse(f"SET A TO 1\n{source}\nSET B TO 2\n")
    first, unclear, last = script.statements
    assert (first.kind, unclear.kind, last.kind) == (Kind.SET, Kind.OPAQUE, Kind.SET)
    assert script.source(unclear) == f"{source}\n"
    assert script.diagnostics
    assert all(unclear.start <= d.start <= d.end <= unclear.end for d in script.diagnostics)


HALF_CLEAR = [
    ("IF %N% = 5 THEN", Kind.IF, "Percent signs belong only inside text."),
    ("IF N = 5", Kind.IF, "must end with THEN"),
    ("SET A B TO 1", Kind.SET, "B is not expected here."),
    ("SET A TO 1 SET B TO 2", Kind.SET, "SET is not expected here."),
    ("SET A TO O.From", Kind.SET, "Write ['From'] instead."),
    ("SET A TO Next", Kind.SET, "Next is a word of the language"),
    ("SET A TO $'''100% sure'''", Kind.SET, "write %% for the sign itself"),
    (r"SET A TO $'''C:\%D% of 5%'''", Kind.SET, r"The backslash before a %variable%"),
    ("ON ERROR GOTO Done", Kind.ON_ERROR, "lines of its own, below ON ERROR"),
    ("Text.Trim Text: A + Option: 2", Kind.ACTION, "Something is missing at the end."),
]


@pytest.mark.parametrize(("source", "kind", "words"), HALF_CLEAR)
def test_a_wrong_part_leaves_the_statement_its_kind(source: str, kind: Kind, words: str) -> None:
    script = parse(source)
    assert script.statements[0].kind is kind
    assert any(words in str(diagnostic.message) for diagnostic in script.diagnostics)


@pytest.mark.parametrize(
    "source",
    [
        "SET A TO 1 $'''hunter2'''",
        "SET A TO 'hunter2",
        "SET A TO $'''hunter2",
        "SET A TO P'hunter2",
        "SET A TO B 'hunter2'",
        "SET A TO $'''100% hunter2'''",
        "hunter.2 'hunter2'",
        "SET A TO 1 2234562",
    ],
)
def test_no_diagnostic_shows_a_literal(source: str) -> None:
    diagnostics = parse(source).diagnostics
    assert diagnostics
    assert not any("hunter2" in str(d.message) or "223" in str(d.message) for d in diagnostics)
