"""What a policy says of one action: a table of policies and actions."""

from typing import Any

import pytest
from tests.governance.policy_files import (
    actions,
    configurations,
    endpoints,
    flat,
    read,
    split,
)

from padguard.flow.build import build_flow
from padguard.governance.dlp import evaluate
from padguard.governance.dlp_endpoints import fits
from padguard.governance.dlp_model import Evaluation, Setting
from padguard.governance.dlp_usage import usage_of

EXCEL = "Excel.LaunchExcel.Launch Visible: True UseMachineLocale: False Instance=> Book"
CLOSE = "Excel.CloseExcel.Close Instance: Book"
FUTURE = "Excel.SummonExcel.Summon Instance: Book"
FOREIGN = "Quantum.Entangle.Now Pair: Book"
SAP = "SAP.OpenTransaction.Open Session: Book"
TEXT = "Text.ToUpper Text: Book Result=> Upper"
SCRIPT = (
    "Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: $'''dir''' StandardOutput=> Out"
)
OTHER_CASE = "eXcEl.launchexcel.LAUNCH Visible: True Instance=> Book"
BROKEN = "THIS IS NO ROBIN"
CHILD = "External.RunFlow FlowId: 'c0ffee00-0000-4000-8000-000000000001' WaitToComplete: True"


def cloud(connector: str = "shared_sql", operation: str = "DeleteItem_V2") -> str:
    return (
        "External.InvokeCloudConnector Connection: '2416a92f-0000-4000-8000-000000000001' "
        f"ConnectorId: '/providers/Microsoft.PowerApps/apis/{connector}' OperationId: '{operation}'"
    )


def edge(url: str = "$'''https://contoso.com/login'''") -> str:
    return f"WebAutomation.LaunchEdge.LaunchEdge Url: {url} Timeout: 60 BrowserInstance=> Browser"


def go_to(url: str = "$'''https://contoso.com/login'''") -> str:
    return f"WebAutomation.GoToWebPage.GoToWebPage BrowserInstance: Browser Url: {url}"


def http(url: str) -> str:
    return f"Web.DownloadFromWeb.Download Url: {url} ConnectionTimeout: 30 DownloadedFile=> Saved"


SOAP = "Web.InvokeSoapService.InvokeSoapService Endpoint: 'https://evil.com' ConnectionTimeout: 30"
ATTACH = "WebAutomation.LaunchEdge.AttachToTheForegroundEdge AttachTimeout: 5 BrowserInstance=> B"
BY_TITLE = "WebAutomation.LaunchEdge.AttachToEdgeByTitle TabTitle: $'''Games''' BrowserInstance=> B"
BACK = "WebAutomation.GoToWebPage.NavigateBack BrowserInstance: Browser"
CLICK = "WebAutomation.Click.Click BrowserInstance: Browser Control: appmask['Page']['Button']"
WINDOW = "UIAutomation.FocusWindow.FocusByTitleClass Title: $'''Calculator''' Class: $''''''"
BUTTON = "UIAutomation.PressButton Button: appmask['Window']['Button']"

CONTOSO = ("Allow https://contoso.com/*", "Deny *")
NO_GAMES = ("Deny *games*", "Allow *")


def excel_rules(*rules: str, default: str = "Allow") -> Any:
    return split(flat(), actions("Excel", *rules, default=default))


def sql_rules(*rules: str, default: str = "Allow") -> Any:
    return split(flat(), actions("shared_sql", *rules, default=default))


def pages(*rules: str) -> Any:
    return split(flat(), endpoints("WebAutomation", *rules))


def windows(*rules: str) -> Any:
    return split(flat(), endpoints("UIAutomation", *rules))


def addresses(*rules: str) -> Any:
    return split(flat(), endpoints("Web", *rules))


ALLOWED, BLOCKED, OPEN = "allowed", "blocked", "not-evaluated"

CASES: list[tuple[str, Any, str, str]] = [
    # Classes of groups, named or by default.
    ("business", flat(business="Excel"), EXCEL, ALLOWED),
    ("non-business", flat(general="Excel"), EXCEL, ALLOWED),
    ("blocked", flat(blocked="Excel"), EXCEL, BLOCKED),
    ("blocked is told in any case", flat(blocked="Excel"), OTHER_CASE, BLOCKED),
    ("by default", flat(), EXCEL, ALLOWED),
    ("blocked by default", flat(default="Blocked"), EXCEL, BLOCKED),
    ("named beats default", flat(default="Blocked", business="Excel"), EXCEL, ALLOWED),
    ("default as people say it", flat(default="Business"), EXCEL, ALLOWED),
    ("no default", flat(default=None), EXCEL, OPEN),
    ("no default, but named", flat(default=None, business="Excel"), EXCEL, ALLOWED),
    ("other group blocked", flat(blocked="Scripting"), EXCEL, ALLOWED),
    ("run desktop flow has a group of its own", flat(blocked="RunFlow"), CHILD, BLOCKED),
    ("split", split(flat(blocked="Scripting")), SCRIPT, BLOCKED),
    # What is unknown is never allowed.
    ("unknown action", flat(business="Excel"), FUTURE, OPEN),
    ("unknown action of a blocked group", flat(blocked="Excel"), FUTURE, BLOCKED),
    ("unknown module", flat(default="Confidential"), FOREIGN, OPEN),
    ("unknown module, all blocked", flat(default="Blocked"), FOREIGN, OPEN),
    ("unknown module, blocked by name", flat(blocked="Quantum"), FOREIGN, BLOCKED),
    ("unknown module, allowed by name", flat(business="Quantum"), FOREIGN, OPEN),
    ("module of no known group", flat(), TEXT, OPEN),
    ("module of no known group, named", flat(business="SAP"), SAP, OPEN),
    ("module of no known group, blocked by name", flat(blocked="SAP"), SAP, BLOCKED),
    ("not understood", flat(), BROKEN, OPEN),
    ("not understood, all blocked", flat(default="Blocked"), BROKEN, OPEN),
    # Cloud connectors.
    ("connector", flat(), cloud(), ALLOWED),
    ("connector blocked", flat(blocked="shared_sql"), cloud(), BLOCKED),
    ("connector in another case", flat(blocked="shared_sql"), cloud("SHARED_SQL"), BLOCKED),
    ("other connector blocked", flat(blocked="shared_sql"), cloud("shared_teams"), ALLOWED),
    (
        "connector in a variable",
        flat(),
        "External.InvokeCloudConnector Connection: 'x' ConnectorId: Which OperationId: 'Get'",
        OPEN,
    ),
    (
        "operation in a variable",
        flat(),
        cloud().replace("'DeleteItem_V2'", "Which"),
        OPEN,
    ),
    ("operation blocked", sql_rules("Block deleteitem_v2"), cloud(), BLOCKED),
    ("operation not named", sql_rules("Block GetRows"), cloud(), ALLOWED),
    (
        "operations blocked by default",
        sql_rules("Allow GetRows", default="Block"),
        cloud(),
        BLOCKED,
    ),
    (
        "operation excepted",
        sql_rules("Allow DeleteItem_V2", default="Block"),
        cloud(),
        ALLOWED,
    ),
    ("no default for operations", sql_rules(default=""), cloud(), OPEN),
    (
        "custom connectors are classed by addresses",
        split(
            flat(),
            patterns=[
                {"order": 1, "customConnectorRuleClassification": "Blocked", "pattern": "https://x"}
            ],
        ),
        cloud("shared_contoso"),
        OPEN,
    ),
    (
        "connector with filtered addresses",
        split(flat(), endpoints("shared_sql", *CONTOSO)),
        cloud(),
        OPEN,
    ),
    ("all addresses denied", split(flat(), endpoints("shared_sql", "Deny *")), cloud(), BLOCKED),
    # Single actions of desktop flows.
    ("action blocked", excel_rules("Block Excel.LaunchExcel.Launch"), EXCEL, BLOCKED),
    ("action without variant", excel_rules("Block Excel.LaunchExcel"), EXCEL, BLOCKED),
    ("action without module", excel_rules("Block launchexcel"), EXCEL, BLOCKED),
    ("other action blocked", excel_rules("Block Excel.CloseExcel"), EXCEL, ALLOWED),
    ("action that nobody knows", excel_rules("Block OpenBook"), EXCEL, OPEN),
    (
        "allowed action that nobody knows",
        excel_rules("Allow OpenBook", default="Block"),
        EXCEL,
        OPEN,
    ),
    (
        "actions blocked by default",
        excel_rules("Allow CloseExcel", default="Block"),
        EXCEL,
        BLOCKED,
    ),
    ("action excepted", excel_rules("Allow CloseExcel", default="Block"), CLOSE, ALLOWED),
    (
        "group beats action",
        split(flat(blocked="Excel"), actions("Excel", "Allow LaunchExcel")),
        EXCEL,
        BLOCKED,
    ),
    ("unknown action, default of actions", excel_rules("Block CloseExcel"), FUTURE, OPEN),
    # Addresses.
    ("page allowed", pages(*CONTOSO), edge(), ALLOWED),
    ("page denied", pages(*CONTOSO), edge("'https://evil.com/'"), BLOCKED),
    ("page gone to", pages(*CONTOSO), go_to("'https://evil.com/'"), BLOCKED),
    ("pattern", pages(*NO_GAMES), go_to("'https://x.com/Games/1'"), BLOCKED),
    ("order counts", pages("Allow *", "Deny *contoso*"), edge(), ALLOWED),
    ("page in a variable", pages(*NO_GAMES), edge("Address"), OPEN),
    ("page partly in a variable", pages(*NO_GAMES), edge("$'''https://%Host%/'''"), OPEN),
    ("page in a variable, all else denied", pages(*CONTOSO), edge("Address"), BLOCKED),
    ("page in a variable, all allowed", pages("Allow *"), edge("Address"), ALLOWED),
    ("no rule fits", pages("Deny *games*"), edge(), OPEN),
    ("browser in front", pages(*CONTOSO), ATTACH, OPEN),
    ("browser in front, all denied", pages("Deny *"), ATTACH, BLOCKED),
    ("tab by title, denied", pages(*NO_GAMES), BY_TITLE, BLOCKED),
    ("tab by title, its address is not known", pages("Deny *evil*", "Allow *"), BY_TITLE, OPEN),
    ("page before", pages(*CONTOSO), BACK, OPEN),
    ("clicks are not checked", pages("Deny *"), CLICK, ALLOWED),
    ("window by title", windows("Deny Calculator", "Allow *"), WINDOW, BLOCKED),
    ("other window", windows("Deny Paint", "Allow *"), WINDOW, OPEN),
    ("element without its process", windows("Deny Paint", "Allow *"), BUTTON, OPEN),
    ("download", addresses(*CONTOSO), http("'https://evil.com/x'"), BLOCKED),
    ("download allowed", addresses(*CONTOSO), http("'https://contoso.com/x'"), ALLOWED),
    ("download is checked while it runs", addresses(*CONTOSO), http("Address"), OPEN),
    ("SOAP", addresses(*CONTOSO), SOAP, BLOCKED),
    # Configurations that were printed alone.
    (
        "rules alone class nothing",
        configurations(actions("Excel", "Block CloseExcel")),
        EXCEL,
        OPEN,
    ),
    ("rules alone block", configurations(actions("Excel", "Block LaunchExcel")), EXCEL, BLOCKED),
]


def judged(policies: Any, script: str, setting: Setting | None = None) -> Evaluation:
    flow = build_flow("flow", "Flow", f"@SENSITIVE: []\n{script}\n")
    return evaluate([usage_of(flow)], read(*policies), setting)


@pytest.mark.parametrize(
    ("policy", "action", "verdict"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_one_policy_and_one_action(policy: Any, action: str, verdict: str) -> None:
    found = judged([policy], action)
    assert found.flows[0].verdict.value == verdict
    assert bool(found.violations) == (verdict == BLOCKED)
    assert bool(found.unevaluated) == (verdict == OPEN)
    (cell,) = found.cells.values()
    assert cell.verdict.value == verdict
    assert [(spot.subflow, spot.row) for spot in cell.spots] == [("Main", 1)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_second_policy_never_loosens_the_first(case: tuple[str, Any, str, str]) -> None:
    _, policy, action, verdict = case
    strictness = [ALLOWED, OPEN, BLOCKED]
    lenient = flat("Lenient", business="Excel Web WebAutomation UIAutomation shared_sql")
    for policies in ([policy, lenient], [lenient, policy]):
        found = judged(policies, action).flows[0].verdict.value
        if "alone" in case[0]:
            assert found == (BLOCKED if verdict == BLOCKED else ALLOWED)
        else:
            assert strictness.index(found) >= strictness.index(verdict)


def test_unknown_is_open_without_any_policy() -> None:
    found = judged([], f"{EXCEL}\n{FOREIGN}\n{BROKEN}")
    assert {cell.verdict.value for cell in found.cells.values()} == {OPEN}
    assert [str(note) for note in found.notes] == [
        "No policy holds in this environment, so nothing is evaluated."
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("*", "", True),
        ("*", "anything", True),
        ("", "", True),
        ("", "a", False),
        ("abc", "ABC", True),
        ("abc", "abcd", False),
        ("abc*", "abcd", True),
        ("*abc", "xabc", True),
        ("*abc", "xabcd", False),
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("*a*b*", "xxaxxbxx", True),
        ("*b*a*", "xxaxxbxx", False),
        ("a.c", "abc", False),
        ("a**c", "abbc", True),
    ],
)
def test_patterns(pattern: str, text: str, expected: bool) -> None:
    assert fits(pattern, text) is expected


def test_patterns_of_ill_will_end() -> None:
    assert not fits("*a" * 500 + "b", "a" * 20_000)
