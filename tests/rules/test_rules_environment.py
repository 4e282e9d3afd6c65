"""Rules about the environment: they say only what a snapshot or the export proves."""

from dataclasses import replace

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
from tests.governance.snapshot_making import (
    ADA,
    BEN,
    EVERYBODY,
    TEAM,
    audited,
    row,
    snapshot,
    table,
)

from padguard.analysis.inspection import Inspector
from padguard.analysis.options import Options
from padguard.exports.model import Entity
from padguard.flow.build import build_flow
from padguard.governance.audit_answers import Answers, Said
from padguard.governance.audit_facts import AUTOMATION_TABLES
from padguard.governance.snapshot import ReadAllRole, RowKind
from padguard.reports.explanation import HEADINGS, sections
from padguard.rules import pg404_overshared, pg601_audit_off
from padguard.rules.finding import with_fingerprints

PG404 = pg404_overshared.RULE
PG601 = pg601_audit_off.RULE
ITEMS = f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{QUEUE}''' WorkQueueItems=> Items\r\n"
GET = "Vault.GetCredential CredentialName: $'''Sap''' Credential=> C\r\n"
FLOW = RowKind.DESKTOP_FLOW


def found(rule, *flows, known=None, said=None, **parts):
    export = made(*flows, **parts)
    built = [build_flow(flow.id, flow.name, flow.script) for flow in export.desktop_flows]
    inspection = Inspector(Options()).inspect(export, built)
    inspection = replace(inspection, snapshot=known, answers=said)
    return list(with_fingerprints(rule.check(inspection)))


def messages(findings):
    return [str(finding.message) for finding in findings]


@pytest.mark.parametrize("rule", [PG404, PG601], ids=lambda rule: rule.id)
def test_the_rules_explain_themselves(rule):
    headings = [one.heading for one in sections(rule)]
    assert set(headings) == {"What it finds", "Why it matters", "Fixes", "Source"}
    assert headings == sorted(headings, key=HEADINGS.index)
    assert rule.explanation.startswith(f"{rule.id}: ")


@pytest.mark.parametrize("rule", [PG404, PG601], ids=lambda rule: rule.id)
def test_without_a_snapshot_nothing_is_said_of_the_environment(rule):
    said = Answers({"environment-auditing": Said.NO, "tables.workqueue": Said.NO}, 7, frozenset())
    assert found(rule, stored(FIRST, ITEMS), said=said) == []


@pytest.mark.parametrize("rule", [PG404, PG601], ids=lambda rule: rule.id)
def test_an_empty_snapshot_proves_nothing(rule):
    said = Answers(owners=frozenset({"ada field"}))
    assert found(rule, stored(FIRST, ITEMS + GET), known=snapshot(), said=said) == []


def test_roles_that_read_everything():
    roles = (
        ReadAllRole("r1", "Readers", (ADA, TEAM)),
        ReadAllRole("r2", "Unknown", None),
        ReadAllRole("r3", "Nobody", ()),
    )
    findings = found(PG404, stored(FIRST), known=snapshot(read_all_roles=roles))
    assert len({one.fingerprint for one in findings}) == 2
    first, second = messages(findings)
    assert "“Readers”" in first
    assert "Ada Field, Finance" in first
    assert "could not be read" in second


def test_owners_who_were_not_agreed():
    rows = (
        row(FLOW, FIRST),
        row(FLOW, SECOND, owner=BEN),
        row(RowKind.WORK_QUEUE, QUEUE, owner=BEN),
    )
    known = snapshot(rows=rows)
    flows = (stored(FIRST, ITEMS), stored(SECOND, ITEMS))
    said = Answers(owners=frozenset({"ada field"}), file="answers.toml")
    owners = [
        one
        for one in found(PG404, *flows, known=known, said=said)
        if "no agreed owner" in str(one.message)
    ]
    assert len(owners) == 2
    assert "“Flow 2” belongs to Ben Lake" in str(owners[0].message)
    assert "Work queue" in str(owners[1].message)
    both = Answers(owners=frozenset({"ada field", BEN}))
    assert not any(
        "agreed" in one for one in messages(found(PG404, *flows, known=known, said=both))
    )
    assert not any("agreed" in one for one in messages(found(PG404, *flows, known=known)))


def test_what_is_shared_with_everybody():
    rows = (row(FLOW, FIRST, EVERYBODY), row(RowKind.CREDENTIAL, "c1", EVERYBODY, name="Sap"))
    shown = messages(found(PG404, stored(FIRST, GET), known=snapshot(rows=rows)))
    assert [one.endswith("shared with the whole organisation.") for one in shown] == [True, True]
    assert "“Flow 1”" in shown[0]
    assert "Credential “Sap”" in shown[1]


def test_people_without_a_component_that_they_need():
    rows = (
        row(FLOW, FIRST, BEN, TEAM),
        row(FLOW, SECOND, owner=ADA),
        row(RowKind.WORK_QUEUE, QUEUE, TEAM),
        row(RowKind.CREDENTIAL, "c1", BEN, TEAM, name="SAP"),
    )
    flow = stored(FIRST, ITEMS + GET + run_flow(SECOND))
    findings = found(PG404, flow, stored(SECOND), known=snapshot(rows=rows))
    shown = messages(findings)
    assert len(shown) == 2
    (queue,) = [one for one in shown if "Work queue" in one]
    assert queue.startswith("Ben Lake can run “Flow 1”")
    (child,) = [one for one in shown if "Child desktop flow" in one]
    assert child.startswith("Ben Lake, Finance can run “Flow 1”")
    assert all(one.confidence == 0.5 and one.path for one in findings)
    role = (ReadAllRole("r1", "Readers", (BEN, TEAM)),)
    again = messages(
        found(PG404, flow, stored(SECOND), known=snapshot(rows=rows, read_all_roles=role))
    )
    assert not any("Child desktop flow" in one for one in again)


def test_what_is_not_known_of_shares_says_nothing():
    hidden = replace(row(RowKind.WORK_QUEUE, QUEUE), shares=None)
    known = snapshot(rows=(row(FLOW, FIRST, BEN), hidden))
    assert found(PG404, stored(FIRST, ITEMS), known=known) == []
    hidden = replace(row(FLOW, FIRST, BEN), shares=None)
    known = snapshot(rows=(hidden, row(RowKind.WORK_QUEUE, QUEUE)))
    assert found(PG404, stored(FIRST, ITEMS), known=known) == []
    known = snapshot(rows=(row(FLOW, FIRST, BEN), row(RowKind.WORK_QUEUE, QUEUE)))
    assert len(found(PG404, stored(FIRST, ITEMS), known=known)) == 1
    assert found(PG404, stored(FIRST, f"DISABLE {ITEMS}SET A TO 1\r\n"), known=known) == []
    assert found(PG404, stored(ELSEWHERE, ITEMS), known=known) == []


def test_auditing_that_is_off():
    tables = [table(name, audited=False) for name in AUTOMATION_TABLES]
    tables += [table("workflow", audited=False, can_be_changed=False)]
    known = snapshot(audit=audited(enabled=False), tables=tables)
    environment, automation = found(PG601, known=known)
    assert "contoso.crm4" in str(environment.message)
    assert str(automation.message) == "Auditing is off for tables of automation (10)."
    assert len(automation.path) == 10
    assert "workflow" not in str([step.text for step in automation.path])


def test_all_is_on_or_cannot_be():
    tables = [table(name) for name in AUTOMATION_TABLES if name != "flowmachine"]
    tables += [table("flowmachine", audited=False, can_be_changed=False)]
    assert found(PG601, known=snapshot(audit=audited(), tables=tables)) == []


def test_another_table_is_another_finding():
    one = snapshot(tables=[table("workqueue", audited=False)])
    two = snapshot(tables=[table("workqueue", audited=False), table("flowsession", audited=False)])
    first, again, other = (found(PG601, known=known)[0].fingerprint for known in (one, one, two))
    assert first == again != other


def test_tables_of_the_solution_need_no_snapshot():
    entities = (
        Entity("rc_Loan", audited=False, columns=2, audited_columns=1),
        Entity("rc_Draw", audited=True, columns=2, audited_columns=1),
        Entity("contact", audited=False, columns=0, audited_columns=0),
    )
    (finding,) = found(PG601, entities=entities)
    assert str(finding.message) == "Auditing is off for tables of this solution (1)."
    assert [str(step.text) for step in finding.path] == ["Table rc_Loan (rc_loan)"]
    measured = snapshot(tables=[table("rc_loan"), table("rc_draw"), table("contact")])
    assert not any(
        "solution" in one for one in messages(found(PG601, entities=entities, known=measured))
    )
