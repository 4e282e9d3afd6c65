"""The rules about policies, on inspections that know what policies say."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.governance.policy_files import flat, read

from padguard.analysis.inspection import Inspection, Inspector
from padguard.analysis.options import Options
from padguard.exports.model import DesktopFlow, Export, ExportKind
from padguard.flow.build import build_flow
from padguard.governance.dlp import evaluate
from padguard.governance.dlp_model import Children, Setting
from padguard.governance.dlp_usage import usage_of
from padguard.reports.explanation import HEADINGS, sections
from padguard.rules import pg501_blocked_by_policy as pg501
from padguard.rules import pg502_mixed_groups as pg502
from padguard.rules import pg503_not_evaluated as pg503
from padguard.rules.finding import Finding, with_fingerprints
from padguard.rules.rule import Rule

EXCEL = "Excel.LaunchExcel.Launch Visible: True Instance=> Book\n"
SCRIPT = "Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: $'''dir'''\n"
UNKNOWN = "Quantum.Entangle.Now Pair: Book\n"
RUN_CHILD = "External.RunFlow FlowId: 'child' WaitToComplete: True\n"
RULES = (pg501.RULE, pg502.RULE, pg503.RULE)


def inspected(scripts: Mapping[str, str]) -> Inspection:
    whole = {name: f"@SENSITIVE: []\n{text}" for name, text in scripts.items()}
    stored = tuple(DesktopFlow(name, name, text) for name, text in whole.items())
    export = Export(None, ExportKind.SOLUTION, "", desktop_flows=stored)
    flows = [build_flow(name, name, text) for name, text in whole.items()]
    return Inspector(Options()).inspect(export, flows)


def found(
    rule: Rule, scripts: str | Mapping[str, str], *policies: Any, setting: Setting | None = None
) -> list[Finding]:
    inspection = inspected({"flow": scripts} if isinstance(scripts, str) else scripts)
    usages = [usage_of(flow) for flow in inspection.flows]
    evaluation = evaluate(usages, read(*policies), setting)
    return list(with_fingerprints(rule.check(replace(inspection, evaluation=evaluation))))


def rows(findings: list[Finding], scripts: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    flows = {flow.id: flow for flow in inspected(scripts).flows}
    for finding in findings:
        place = finding.place
        yield place.flow_id, flows[place.flow_id].actions[place.action].row


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_without_policies_there_is_nothing_to_say(rule: Rule) -> None:
    assert list(rule.check(inspected({"flow": EXCEL + SCRIPT + UNKNOWN}))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_explains_itself(rule: Rule) -> None:
    headings = [section.heading for section in sections(rule)]
    assert headings == [name for name in HEADINGS if name not in ("Example", "Fixed")]
    module = rule.check.__module__.rpartition(".")[2]
    assert module == f"{rule.id.lower()}_{rule.slug.replace('-', '_')}"
    assert rule.explanation.startswith(f"{rule.id}: ")


def test_blocked_rows() -> None:
    findings = found(
        pg501.RULE, EXCEL + SCRIPT + SCRIPT + "DISABLE " + SCRIPT, flat(blocked="Scripting")
    )
    assert list(rows(findings, {"flow": EXCEL + SCRIPT * 3})) == [("flow", 2), ("flow", 3)]
    assert str(findings[0].message) == "“Run DOS command” is blocked by “Contoso”."
    assert str(findings[0].why) == "“Contoso” blocks Scripting."
    assert len({finding.fingerprint for finding in findings}) == 2
    assert found(pg501.RULE, EXCEL + SCRIPT, flat(business="Excel")) == []


def test_a_blocked_row_of_a_child_is_told_once() -> None:
    scripts = {"flow": RUN_CHILD, "child": SCRIPT}
    together = Setting(children=Children.WITH_PARENT)
    findings = found(pg501.RULE, scripts, flat(blocked="Scripting"), setting=together)
    assert list(rows(findings, scripts)) == [("child", 1)]


def test_a_mixture_is_one_finding_with_the_ways_into_it() -> None:
    scripts = EXCEL * 3 + SCRIPT * 2
    (finding,) = found(pg502.RULE, scripts, flat(business="Excel"))
    assert list(rows([finding], {"flow": scripts})) == [("flow", 4)]
    assert [str(step.text) for step in finding.path] == [
        "Here Excel is used first",
        "Here Scripting is used first",
    ]
    assert found(pg502.RULE, scripts, flat(blocked="Excel")) == []


def test_a_mixture_with_a_child_stands_where_the_child_is_run() -> None:
    scripts = {"flow": EXCEL + RUN_CHILD, "child": SCRIPT}
    together = Setting(children=Children.WITH_PARENT)
    policy = flat(business="Excel RunFlow", general="Scripting")
    assert found(pg502.RULE, scripts, policy) == []
    (finding,) = found(pg502.RULE, scripts, policy, setting=together)
    assert list(rows([finding], scripts)) == [("flow", 2)]
    assert [step.place.flow_id for step in finding.path] == ["flow", "flow", "child"]


def test_what_is_not_evaluated_is_told_once_a_flow_and_group() -> None:
    scripts = {"flow": UNKNOWN * 3 + EXCEL + "NO ROBIN AT ALL\n", "other": UNKNOWN}
    findings = found(pg503.RULE, scripts, flat(business="Excel"))
    assert list(rows(findings, scripts)) == [("flow", 1), ("flow", 5), ("other", 1)]
    assert "(3 rows)" in str(findings[0].message)
    assert str(findings[1].why) == "This line is not understood."


def test_fingerprints_hold_when_rows_move() -> None:
    policy = flat(business="Excel", blocked="Scripting")
    for rule in RULES:
        before = found(rule, SCRIPT + UNKNOWN + EXCEL, policy)
        after = found(rule, EXCEL + "SET A TO 1\n" + SCRIPT + UNKNOWN, policy)
        assert [one.fingerprint for one in before] == [one.fingerprint for one in after]
