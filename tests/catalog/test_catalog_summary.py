"""Every action and statement says in one line what it does."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from padguard.catalog.forms import ActionForm
from padguard.catalog.lookup import load
from padguard.catalog.sentences import connector_name, sentence
from padguard.catalog.statements import statement_title, summarise_statement
from padguard.catalog.summary import Named, action_title, summarise
from padguard.catalog.templates import Segment, SegmentKind, fill, joined, text
from padguard.foundation.paths import resources_dir
from padguard.robin.parser import parse
from padguard.robin.tree import Clause, Kind, Role, Script, Statement

GAP = re.compile(r"\{(\w+)\}")
OPTIONAL = re.compile(r"\[[^\]]*\]")


def arguments_of(script: Script, statement: Statement, role: Role) -> list[Named]:
    return [
        (clause.name, script.clause_text(statement, clause))
        for clause in statement.clauses
        if clause.role is role
    ]


def line_of(source: str) -> tuple[str, str]:
    """Return title and line of the first statement of a script, its arguments as written."""
    script = parse(source)
    statement = script.statements[0]
    if statement.action:
        summary = summarise(
            statement.action,
            arguments_of(script, statement, Role.ARGUMENT),
            arguments_of(script, statement, Role.RESULT),
        )
    else:
        clauses = [(clause, script.clause_text(statement, clause)) for clause in statement.clauses]
        summary = summarise_statement(statement.kind, clauses)
    return summary.title, summary.line


@pytest.mark.parametrize(
    ("source", "title", "line"),
    [
        (
            "Email.SendEmail.AuthenticateAndSend Password: P SendTo: Ann CC: Bob Subject: Topic",
            "Send email",
            "Send email to Ann, copy to Bob, subject Topic",
        ),
        (
            "Email.SendEmail.Send SMTPServer: Server SendTo: Recipient CC: '' Subject: Topic",
            "Send email",
            "Send email to Recipient, subject Topic",
        ),
        (
            "WebAutomation.LaunchEdge.LaunchEdge Url: Address BrowserInstance=> Browser",
            "Launch new Microsoft Edge",
            "Launch Microsoft Edge and go to Address → Browser",
        ),
        (
            "WebAutomation.LaunchEdge.AttachToEdgeByUrl TabUrl: Address BrowserInstance=> Browser",
            "Launch new Microsoft Edge",
            "Attach to running Microsoft Edge with the page Address → Browser",
        ),
        (
            "Excel.WriteToExcel.WriteCell Instance: Book Value: Total Column: 'B' Row: 2",
            "Write to Excel worksheet",
            "Write Total to column 'B', row 2 of Book",
        ),
        (
            "Variables.AddItemToList Item: Name List: Names",
            "Add item to list",
            "Add Name to the list Names",
        ),
        (
            "variables.INCREASEVARIABLE value: Count incrementvalue: 2",
            "Increase variable",
            "Increase Count by 2",
        ),
        (
            "Text.Replace Text: Body TextToFind: Old IsRegEx: False ReplaceWith: New Result=> Body",
            "Replace text",
            "Replace Old with New in Body → Body",
        ),
        (
            "IF (File.IfFile.DoesNotExist File: Path) THEN\nEND",
            "If file exists",
            "If the file Path does not exist",
        ),
        (
            "WAIT (UIAutomation.WaitForWindow.ToOpenByTitleClass Title: Name Class: '')",
            "Wait for window",
            "Wait until the window titled Name opens",
        ),
        (
            "LOOP WHILE (WorkQueues.ProcessWorkQueueItem WorkQueue: Queue WorkQueueItem=> I)\nEND",
            "Process work queue item",
            "Process the items of the work queue Queue one after the other → I",
        ),
        (
            "Database.ExecuteSqlStatement.ConnectAndExecute Statement: Q ConnectionString: Server",
            "Execute SQL statement",
            "Execute the SQL statement Q on a connection with Server",
        ),
        (
            "Scripting.RunPowershellScript.RunScript Script: Code ScriptOutput=> O ScriptError=> E",
            "Run PowerShell script",
            "Run the PowerShell script Code → O, E",
        ),
        (
            "MouseAndKeyboard.SendKeys.FocusAndSendKeys TextToSend: Keys",
            "Send keys",
            "Send the keys Keys",
        ),
        (
            "Web.InvokeWebService.InvokeWebServicePost Url: Address RequestBody: Data Response=> R",
            "Invoke web service",
            "Post to the web service Address with Data → R",
        ),
        (
            "Clipboard.GetText Text=> Copied",
            "Get clipboard text",
            "Get the text on the clipboard → Copied",
        ),
        ("Excel.ReadFromExcel.ReadAllCells", "Read from Excel worksheet", "Read all cells of …"),
        ("SET Total TO Price * 2", "Set variable", "Set Total to Price * 2"),
        ("SET Row['Name'] TO Name", "Set variable", "Set Row['Name'] to Name"),
        ("IF Total > 5 THEN\nEND", "If", "If Total > 5 then"),
        ("LOOP FOREACH File IN Files\nEND", "For each", "For each File in Files"),
        ("LOOP I FROM 1 TO 9 STEP 2\nEND", "Loop", "Loop I from 1 to 9 in steps of 2"),
        ("LOOP FROM 1 TO 9 STEP 1\nEND", "Loop", "Loop from 1 to 9 in steps of 1"),
        ("LOOP WHILE Count < 3\nEND", "Loop condition", "Loop while Count < 3"),
        ("SWITCH Colour\nEND", "Switch", "Switch on Colour"),
        ("CASE > 3", "Case", "Case > 3"),
        ("CALL Login", "Run subflow", "Run the subflow Login"),
        (
            "CALL 'Log in' user: Name ok=> Done",
            "Run subflow",
            "Run the subflow Log in (user: Name) → Done",
        ),
        ("LABEL 'Retry'", "Label", "Retry"),
        ("GOTO Retry", "Go to", "Go to the label Retry"),
        ("WAIT 5", "Wait", "Wait 5 seconds"),
        ("EXIT Code: 0", "Stop flow", "Stop the flow"),
        ("EXIT Code: 1 ErrorMessage: Reason", "Stop flow", "Stop the flow with the error Reason"),
        ("ERROR => Last Reset: True", "Get last error", "Get the last error of the flow → Last"),
        ("BLOCK Work\nON BLOCK ERROR\nEND\nEND", "On block error", "Catch errors in Work"),
        ("THROW ERROR", "Throw error", ""),
        ("EXIT FUNCTION", "Exit subflow", ""),
        ("NEXT LOOP", "Next loop", ""),
    ],
)
def test_lines_of_actions_and_statements(source: str, title: str, line: str) -> None:
    assert line_of(source) == (title, line)


def test_clauses_of_error_handlers() -> None:
    retries = [
        (Clause(Role.VALUE, "REPEAT", 0, 1), "3"),
        (Clause(Role.VALUE, "WAIT", 0, 1), "2"),
    ]
    assert summarise_statement(Kind.ON_ERROR, retries).line == "Try again 3 times, 2 seconds apart"
    name = [(Clause(Role.NAME, "", 0, 1), "TimeoutError")]
    assert summarise_statement(Kind.ON_ERROR, name).line == "Errors caught: TimeoutError"
    assert summarise_statement(Kind.ON_ERROR).line == ""


def test_comments_and_regions_say_their_words() -> None:
    assert summarise_statement(Kind.COMMENT, words="Ask first").line == "Ask first"
    assert summarise_statement(Kind.REGION, words="Sign in").line == "Sign in"
    assert summarise_statement(Kind.REGION).line == ""


def test_every_kind_has_a_title() -> None:
    for kind in Kind:
        assert statement_title(kind).text
        assert "{" not in summarise_statement(kind).line


def test_child_flows_are_called_by_name() -> None:
    arguments = [("FlowId", "'b1b933bf'"), ("WaitToComplete", "True"), ("Input_A", "A")]
    results = [("Output_Status", "Status")]
    named = summarise("External.RunFlow", arguments, results, flow_name="Logger")
    assert named.title == "Run desktop flow"
    assert named.line == "Run the desktop flow Logger (Input_A: A) → Status"
    assert summarise("External.RunFlow", arguments).line == (
        "Run the desktop flow b1b933bf (Input_A: A)"
    )


def test_a_long_list_of_arguments_is_cut() -> None:
    arguments = [("FlowId", "X"), *((f"In{number}", str(number)) for number in range(5))]
    line = summarise("External.RunFlow", arguments).line
    assert line == "Run the desktop flow X (In0: 0, In1: 1, In2: 2, …)"


def test_connectors_are_called_by_name() -> None:
    summary = summarise(
        "External.InvokeCloudConnector",
        [
            ("Connection", "'2416a92f'"),
            ("ConnectorId", "'/providers/Microsoft.PowerApps/apis/shared_sharepointonline'"),
            ("OperationId", "'PostItem'"),
            ("item/Title", "Level"),
            ("dataset", "''"),
        ],
        [("PostItemResponse", "Answer")],
    )
    assert summary.line == "SharePoint: PostItem (item/Title: Level) → Answer"


@pytest.mark.parametrize(
    ("connector_id", "name"),
    [
        ("/providers/Microsoft.PowerApps/apis/shared_keyvault", "Azure Key Vault"),
        ('"shared_OFFICE365"', "Office 365 Outlook"),
        ("shared_somethingnew", "Somethingnew"),
        ("'Connector'", "Connector"),
        ("", ""),
    ],
)
def test_connector_names(connector_id: str, name: str) -> None:
    assert connector_name(connector_id) == name


def test_actions_that_are_not_known_list_their_arguments() -> None:
    summary = summarise(
        "PowerAutomateSecretVariables.GetCredential",
        [("Credential", '"SAP"'), ("Timeout", "0"), ("Empty", '""')],
        [("Credential", "Login")],
    )
    assert summary.title == "Get credential"
    assert summary.line == 'Credential: "SAP", Timeout: 0 → Login'
    assert summarise("Nowhere", [("A", "1"), ("B", "2"), ("C", "3"), ("D", "4")]).line == (
        "A: 1, B: 2, C: 3"
    )
    assert action_title("Nowhere") == "Nowhere"
    assert summarise("", []).line == ""


def test_segments_tell_arguments_and_variables_apart() -> None:
    summary = summarise("Text.ToNumber", [("Text", "Price")], [("Number", "Amount")])
    assert summary.segments == (
        text("Convert "),
        Segment(SegmentKind.ARGUMENT, "Price", "Text"),
        text(" to a number → "),
        Segment(SegmentKind.VARIABLE, "Amount", "Number"),
    )
    (_, target, _, value) = summarise_statement(
        Kind.SET,
        [(Clause(Role.TARGET, "", 0, 1), "A"), (Clause(Role.VALUE, "", 0, 1), "B")],
    ).segments
    assert (target.kind, value.kind) == (SegmentKind.VARIABLE, SegmentKind.ARGUMENT)


def test_words_come_from_the_translation() -> None:
    german = {
        ("catalog.titles", "Append line to text"): "Zeile anhängen",
        ("catalog.sentences", "Append the line {LineToAppend} to {Text}"): (
            "{Text} um die Zeile {LineToAppend} ergänzen"
        ),
        ("statements", "Wait"): "Warten",
        ("statements", "Wait {value} seconds"): "{value} Sekunden warten",
    }

    def translate(context: str, english: str) -> str:
        return german[context, english]

    arguments = [("LineToAppend", "Line"), ("Text", "Log")]
    summary = summarise("Text.AppendLine", arguments, translate=translate)
    assert (summary.title, summary.line) == ("Zeile anhängen", "Log um die Zeile Line ergänzen")
    clauses = [(Clause(Role.VALUE, "", 0, 1), "5")]
    waiting = summarise_statement(Kind.WAIT, clauses, translate=translate)
    assert (waiting.title, waiting.line) == ("Warten", "5 Sekunden warten")


def test_text_that_looks_like_a_gap_stays_text() -> None:
    summary = summarise("Clipboard.SetText", [("Text", "{Text} [x] {0}")])
    assert summary.line == "Put {Text} [x] {0} on the clipboard"


def test_an_optional_stretch_needs_all_its_gaps() -> None:
    def filled(**values: str) -> str:
        segments = {
            name: Segment(SegmentKind.ARGUMENT, value, name) for name, value in values.items()
        }
        return "".join(part.text for part in joined(fill("Go[ from {a} to {b}] by {c}", segments)))

    assert filled(a="1", b="2", c="3") == "Go from 1 to 2 by 3"
    assert filled(a="1", c="3") == "Go by 3"
    assert filled(a="1", b="''") == "Go by …"


def test_the_longest_start_wins() -> None:
    assert sentence("Excel.ReadFromExcel.ReadCell") != sentence("Excel.ReadFromExcel.ReadCells")
    one = "Variables.FindOrReplaceInDataTable.FindItemInDataTableEverywhere"
    other = "variables.findorreplaceindatatable.REPLACEitemindatatableeverywhere"
    assert str(sentence(one)).startswith("Find ")
    assert str(sentence(other)).startswith("Replace ")
    assert sentence("Excel.SomethingNew") is None


@pytest.fixture(scope="module")
def forms_by_sentence() -> dict[str, list[ActionForm]]:
    forms: dict[str, list[ActionForm]] = defaultdict(list)
    for form in load().forms():
        forms[str(sentence(form.id))].append(form)
    return forms


def test_every_form_has_a_sentence_and_every_sentence_a_form(
    forms_by_sentence: dict[str, list[ActionForm]],
) -> None:
    assert "None" not in forms_by_sentence
    path = resources_dir() / "catalog" / "summaries.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {line["text"] for line in lines} == set(forms_by_sentence)


def test_sentences_name_inputs_that_their_forms_have(
    forms_by_sentence: dict[str, list[ActionForm]],
) -> None:
    for words, forms in forms_by_sentence.items():
        inputs = [{parameter.name for parameter in form.inputs} for form in forms]
        for name in GAP.findall(OPTIONAL.sub("", words)):
            assert all(name in names for names in inputs), (words, name)
        for stretch in OPTIONAL.findall(words):
            needed = set(GAP.findall(stretch))
            assert needed, words
            assert any(needed <= names for names in inputs), (words, stretch)


def test_sentences_are_well_formed(forms_by_sentence: dict[str, list[ActionForm]]) -> None:
    for words in forms_by_sentence:
        rest = GAP.sub("", OPTIONAL.sub("", words))
        assert not set(rest) & set("[]{}"), words
        assert words[0].isupper() or words[0] == "{", words
        assert not words.endswith((".", " ")), words
        assert "  " not in words, words


def test_no_sentence_shows_a_password(forms_by_sentence: dict[str, list[ActionForm]]) -> None:
    for words, forms in forms_by_sentence.items():
        named = set(GAP.findall(words))
        for form in forms:
            secret = {parameter.name for parameter in form.inputs if parameter.secret}
            # What is typed into a field may be encrypted, and is what the action is about.
            assert not secret & named - {"Text", "TextToSend", "TextValue"}, words


def test_every_action_in_the_corpus_reads_as_a_sentence(corpus: Path) -> None:
    seen: dict[str, str] = {}
    for path in sorted((corpus / "scripts").rglob("*")):
        if path.suffix not in {".txt", ".robin"}:
            continue
        script = parse(path.read_text(encoding="utf-8-sig", errors="replace"))
        for statement in script.statements:
            if statement.action and statement.action.lower() not in seen:
                summary = summarise(
                    statement.action,
                    arguments_of(script, statement, Role.ARGUMENT),
                    arguments_of(script, statement, Role.RESULT),
                )
                seen[statement.action.lower()] = summary.line
                assert load().form(statement.action), statement.action
                assert summary.title
                assert "…" not in summary.line or "(" in summary.line, (path.name, summary.line)
    assert len(seen) > 100
