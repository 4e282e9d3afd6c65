"""What is audited, and what says so."""

import itertools

import pytest
from tests.governance.inventory_making import made
from tests.governance.snapshot_making import audited, snapshot, table

from padguard.exports.model import Entity
from padguard.exports.open import open_export
from padguard.foundation.errors import ConfigError
from padguard.governance.audit import audit_of
from padguard.governance.audit_answers import (
    QUESTIONS,
    Answers,
    Said,
    answers_template,
    read_answers,
)
from padguard.governance.audit_facts import AUTOMATION_TABLES
from padguard.governance.audit_model import Basis, Level, Standing
from padguard.governance.snapshot import Part, PartState

EMPTY = made()
OWN = Entity("rc_Loan", audited=False, columns=28, audited_columns=17)
ON = [table(name) for name in AUTOMATION_TABLES]


def answers(tmp_path, text):
    path = tmp_path / "answers.toml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return read_answers(path)


def lines(report):
    return {line.key: line for line in report.lines}


def test_with_nothing_everything_is_asked_for():
    report = audit_of(EMPTY)
    standings = {line.key: line.standing for line in report.lines}
    assert standings.pop("workflow") is Standing.CANNOT
    assert set(standings.values()) == {Standing.UNKNOWN}
    assert set(AUTOMATION_TABLES) <= standings.keys()
    assert report.open_questions == tuple(one.key for one in QUESTIONS)[:-1]
    assert report.off(*Level) == ()


def test_a_snapshot_measures():
    tables = [table("flowsession", audited=False), table("workqueue")]
    tables += [table("flowmachine", audited=False, can_be_changed=False)]
    tables += [
        table("credential", audited=False),
        table("workflow", audited=False, can_be_changed=False),
    ]
    report = audit_of(EMPTY, snapshot(audit=audited(enabled=False), tables=tables))
    found = lines(report)
    assert {line.basis for line in report.lines} == {Basis.MEASURED}
    assert report.environment.standing is Standing.OFF
    assert found["flowsession"].standing is Standing.OFF
    assert found["flowsession"].steps
    assert found["workqueue"].standing is Standing.ON
    assert found["workqueue"].steps == ()
    assert found["flowmachine"].standing is Standing.CANNOT
    assert found["flowmachine"].steps == ()
    assert found["flowmachineimage"].standing is Standing.ABSENT
    assert found["credential"].level is Level.COMPONENT_TABLE
    assert "connectionreference" not in found
    assert report.open_questions == ()
    assert [line.key for line in report.off(Level.AUTOMATION_TABLE)] == ["flowsession"]


def test_a_table_that_may_not_have_been_read_is_not_absent():
    parts = (Part("tables", PartState.PARTLY, "Why"),)
    report = audit_of(EMPTY, snapshot(tables=[table("workqueue")], parts=parts))
    assert lines(report)["flowsession"].standing is Standing.UNKNOWN
    report = audit_of(EMPTY, snapshot())
    assert lines(report)["flowsession"].standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("days", "words"), [(30, "30 days"), (-1, "for ever"), (None, "24,855"), (None, "365,000")]
)
def test_retention(days, words):
    report = audit_of(EMPTY, snapshot(audit=audited(days=days)))
    text = " ".join(str(detail) for detail in report.retention.details)
    assert report.days == days
    assert words in text
    assert "new records only" in text
    assert bool(report.retention.steps) == (days is None)


PROCESSES = [None, *itertools.product([True, False, None], [True, False, None])]


@pytest.mark.parametrize("process", PROCESSES)
def test_nobody_is_told_to_audit_the_process_table(process):
    """Whatever a snapshot says: the facts say that it cannot be audited."""
    tables = [*ON, *([table("workflow", *process)] if process else [])]
    entities = (OWN, Entity("Workflow", audited=False, columns=3, audited_columns=0))
    said = Answers({"tables.flowsession": Said.NO})
    for known in (None, snapshot(audit=audited(), tables=tables)):
        report = audit_of(made(entities=entities), known, said)
        (line,) = [one for one in report.lines if "workflow" in one.key.casefold()]
        assert line is report.process
        assert (line.standing, line.steps, line.roles) == (Standing.CANNOT, (), None)
        assert "cannot be audited" in str(line.details[0])
        assert line.sources
        others = [one for one in report.lines if one is not line]
        texts = [str(step) for one in others for step in (*one.steps, *one.details, one.name)]
        assert not any("workflow" in text or "table Process" in text for text in texts)
        assert not any("workflow" in question for question in report.open_questions)


@pytest.mark.parametrize(("audited_", "changes"), [(True, False), (False, True), (True, True)])
def test_a_snapshot_that_contradicts_the_page_is_told(audited_, changes):
    report = audit_of(EMPTY, snapshot(tables=[table("workflow", audited_, changes)]))
    assert any("says otherwise" in str(detail) for detail in report.process.details)
    assert report.process.basis is Basis.DOCUMENTED


def test_every_line_has_a_source_and_every_step_that_is_needed():
    for report in (audit_of(made(entities=(OWN,))), audit_of(EMPTY, snapshot(tables=ON))):
        for line in report.lines:
            assert line.sources, line.key
            assert all(source.page and source.date for source in line.sources)
            needed = line.standing in (Standing.OFF, Standing.UNKNOWN)
            assert bool(line.steps) == needed == (line.roles is not None)
            assert not any("{" in str(step) for step in line.steps)


def test_tables_of_the_solution():
    on = Entity("rc_Draw", audited=True, columns=4, audited_columns=4)
    shell = Entity("contact", audited=False, columns=0, audited_columns=0)
    export = made(entities=(OWN, on, shell))
    found = lines(audit_of(export))
    assert (found["rc_loan"].standing, found["rc_loan"].basis) == (Standing.OFF, Basis.EXPORT)
    assert "17 of 28" in str(found["rc_loan"].details[0])
    assert (found["rc_draw"].standing, found["rc_draw"].basis) == (Standing.ON, Basis.EXPORT)
    assert found["contact"].standing is Standing.UNKNOWN
    measured = lines(audit_of(export, snapshot(tables=[table("rc_loan")])))
    assert (measured["rc_loan"].standing, measured["rc_loan"].basis) == (
        Standing.ON,
        Basis.MEASURED,
    )
    assert any("says otherwise" in str(detail) for detail in measured["rc_loan"].details)


def test_real_solutions(corpus):
    export = open_export(corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip")
    report = audit_of(export)
    assert [line.key for line in report.off(Level.SOLUTION_TABLE)] == [
        "rc_inspectionphoto",
        "rc_loan",
        "rc_loandraw",
    ]


def test_answers_are_stated_and_never_measured(tmp_path):
    said = answers(
        tmp_path,
        'format = 1\nenvironment-auditing = "No"\nretention-days = -1\n'
        '[tables]\nworkqueue = "yes"\n',
    )
    report = audit_of(EMPTY, None, said)
    found = lines(report)
    for key in ("environment-auditing", "retention-days", "workqueue"):
        assert found[key].basis is Basis.STATED
        assert key not in report.open_questions
    assert report.environment.standing is Standing.OFF
    assert report.environment.steps
    assert report.off(*Level) == ()
    assert "log-access" in report.open_questions


def test_what_was_measured_goes_before_what_was_stated():
    said = Answers({"environment-auditing": Said.NO, "tables.workqueue": Said.NO}, 7)
    report = audit_of(EMPTY, snapshot(audit=audited(), tables=ON), said)
    assert {line.standing for line in report.lines} == {Standing.ON, Standing.CANNOT}
    assert report.days == 90


def test_the_template_can_be_filled_in(tmp_path):
    text = answers_template()
    found = answers(tmp_path, text)
    assert found.retention_days is None
    assert found.owners is None
    assert set(found.said.values()) == {Said.UNKNOWN}
    filled = text.replace("# retention-days", "retention-days").replace("# agreed", "agreed")
    found = answers(tmp_path, filled.replace('"unknown"', '"yes"'))
    assert found.retention_days == 90
    assert found.agreed("someone", "ada field")
    assert not found.agreed("Ben Lake", "")
    assert len(found.said) == len(QUESTIONS) - 2
    assert set(found.said.values()) == {Said.YES}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "format = 1"),
        ("format = 2\n", "format = 1"),
        ("format = 1\nnonsense = 1\n", "nonsense"),
        ('format = 1\n[tables]\nworkflow = "yes"\n', "tables.workflow"),
        ('format = 1\ntables = "yes"\n', "tables"),
        ("format = 1\nlog-access = true\n", "log-access"),
        ('format = 1\nlog-access = "maybe"\n', "yes, no, unknown"),
        ("format = 1\nretention-days = 0\n", "retention-days"),
        ("format = 1\nretention-days = true\n", "retention-days"),
        ('format = 1\nagreed-owners = "Ada"\n', "agreed-owners"),
        ("format = 1\nagreed-owners = [1]\n", "agreed-owners"),
        ("format = \n", "line 1"),
        ("format = 1\nformat = 1\n", "TOML"),
    ],
)
def test_answers_that_are_not_understood(tmp_path, text, words):
    with pytest.raises(ConfigError) as caught:
        answers(tmp_path, text)
    assert words in str(caught.value)
    assert "answers.toml" in str(caught.value)


def test_answers_that_are_no_text(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="UTF-8"):
        read_answers(path)
    with pytest.raises(ConfigError, match="could not be read"):
        read_answers(tmp_path / "none.toml")
