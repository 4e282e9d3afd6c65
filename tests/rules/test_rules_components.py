"""Rules about components: one finding for each, with a fingerprint that stays."""

import pytest
from tests.governance.inventory_making import (
    ELSEWHERE,
    FIRST,
    QUEUE,
    SECOND,
    made,
    run_flow,
    stored,
)

from padguard.analysis.inspection import Inspector
from padguard.analysis.options import Options
from padguard.exports.model import DesktopFlow, ExportKind, SolutionPart
from padguard.flow.build import build_flow
from padguard.reports.explanation import HEADINGS, sections
from padguard.rules import (
    pg401_component_to_share,
    pg402_component_missing,
    pg403_personal_connection,
)
from padguard.rules.finding import Severity, with_fingerprints

RULES = (
    pg401_component_to_share.RULE,
    pg402_component_missing.RULE,
    pg403_personal_connection.RULE,
)
ITEMS = f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{QUEUE}''' WorkQueueItems=> Items\r\n"
GET = "Vault.GetCredential CredentialName: {} Credential=> C\r\n"


def found(rule, *flows, **parts):
    export = made(*flows, **parts)
    built = [build_flow(flow.id, flow.name, flow.script) for flow in export.desktop_flows]
    inspection = Inspector(Options()).inspect(export, built)
    return list(with_fingerprints(rule.check(inspection)))


def connected(*accounts):
    references = [
        {
            "api": {"name": "/providers/Microsoft.PowerApps/apis/shared_office365"},
            "connectionReferenceLogicalName": f"abc_{number}",
            "connectionDisplayName": account,
        }
        for number, account in enumerate(accounts)
    ]
    return stored(FIRST, connection_references=references)


def test_one_finding_for_each_component_with_all_its_rows():
    one = stored(FIRST, run_flow(SECOND) * 2 + ITEMS)
    findings = found(RULES[0], one, stored(SECOND, ITEMS))
    assert len(findings) == 2
    child, queue = findings
    assert "“Flow 2”" in str(child.message)
    assert [(step.place.flow_id, step.place.action) for step in child.path] == [
        (FIRST, 0),
        (FIRST, 1),
    ]
    assert [step.place.flow_id for step in queue.path] == [FIRST, SECOND]
    assert RULES[0].severity is Severity.INFO


def test_fingerprints_stay_when_rows_come_and_names_change():
    before = found(RULES[0], stored(FIRST, run_flow(SECOND)), stored(SECOND))
    after = found(
        RULES[0],
        stored(FIRST, "SET A TO 1\r\n" + run_flow(SECOND) * 2, name="Renamed"),
        stored(SECOND, run_flow(FIRST), name="Other"),
    )
    assert before[0].fingerprint in {finding.fingerprint for finding in after}
    assert len({finding.fingerprint for finding in after}) == 2


@pytest.mark.parametrize("rule", RULES[:2], ids=lambda rule: rule.id)
def test_disabled_rows_and_flows_without_components_say_nothing(rule):
    assert found(rule, stored(FIRST, f"DISABLE {ITEMS}SET A TO 1\r\n")) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (GET.format("Which"), "at run time"),
        (GET.format("$'''Sap'''"), "“Sap”"),
        ("ContosoLedger.Post Amount: 3\r\n", "“ContosoLedger”"),
    ],
)
def test_other_components(body, words):
    (finding,) = found(RULES[0], stored(FIRST, body))
    assert words in str(finding.message)


def test_what_is_missing():
    part = SolutionPart("workqueue", QUEUE, "Invoices")
    body = run_flow(ELSEWHERE) + ITEMS + run_flow("Which") + GET.format("$'''Sap'''")
    dependencies = {"requiredBinaries": [SECOND]}
    flow = stored(FIRST, body.replace("'Which'", "Which"), dependencies=dependencies)
    findings = found(RULES[1], flow, parts=(part,))
    assert [str(finding.place.where) for finding in findings] == [
        "Child desktop flow",
        "Desktop flow binary",
    ]
    assert ELSEWHERE in str(findings[0].why)


def test_text_by_itself_misses_nothing():
    text = DesktopFlow("", "Copied", run_flow(ELSEWHERE))
    assert found(RULES[1], text, kind=ExportKind.SCRIPT) == []


@pytest.mark.parametrize(
    ("account", "count"),
    [
        ("ada@example.com", 1),
        ("ada.lovelace@example.co.uk", 1),
        ("svc-invoices@example.com", 0),
        ("invoice_robot@example.com", 0),
        ("NoReply@example.com", 0),
        ("Invoices (production)", 0),
        ("SQL server@finance", 0),
        ("", 0),
    ],
)
def test_whose_connection_it_is(account, count):
    findings = found(RULES[2], connected(account))
    assert len(findings) == count
    assert all(account in str(finding.message) for finding in findings)


def test_each_reference_of_a_person_is_a_finding():
    findings = found(RULES[2], connected("ada@example.com", "ada@example.com", "bo@example.com"))
    assert len({finding.fingerprint for finding in findings}) == 3


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_rules_explain_themselves(rule):
    headings = [section.heading for section in sections(rule)]
    assert headings == ["What it finds", "Why it matters", "Fixes", "Source"]
    assert headings == sorted(headings, key=HEADINGS.index)
    assert rule.explanation.startswith(f"{rule.id}: ")
    module = rule.check.__module__.rpartition(".")[2]
    assert module == f"{rule.id.lower()}_{rule.slug.replace('-', '_')}"


def test_the_sample(sample):
    from padguard.exports.open import open_export

    export = open_export(sample)
    flows = [build_flow(flow.id, flow.name, flow.script) for flow in export.desktop_flows]
    inspection = Inspector(Options()).inspect(export, flows)
    assert [len(list(rule.check(inspection))) for rule in RULES] == [5, 1, 1]
