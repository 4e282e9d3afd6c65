"""``padguard audit`` as a person, a spreadsheet or another program meets it."""

import csv
import io
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.governance.snapshot_making import audited, snapshot, table

from padguard.cli.main import commands
from padguard.governance.audit_facts import AUTOMATION_TABLES
from padguard.governance.snapshot import Part, PartState
from padguard.governance.snapshot_writing import write_snapshot


def run(*arguments):
    return CliRunner().invoke(commands, ["audit", *map(str, arguments)])


@pytest.fixture
def environment(tmp_path):
    path = tmp_path / "environment.json"
    tables = [table(name, audited=name != "workqueue") for name in AUTOMATION_TABLES]
    parts = (Part("rows:credential", PartState.NOT_READABLE, "Refused (403)."),)
    write_snapshot(path, snapshot(audit=audited(days=-1), tables=tables, parts=parts))
    return path


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "answers.toml"
    path.write_text('format = 1\nenvironment-auditing = "yes"\n', encoding="utf-8")
    return path


def test_as_text(sample):
    result = run(sample)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    text = " ".join(result.stdout.split())
    assert "Auditing of the environment: Not known To turn it on:" in text
    assert "Table Process (workflow): Cannot be audited (as documented)" in text
    assert "System Administrator or System Customizer" in text
    assert "Source: Manage Dataverse auditing" in text
    assert "padguard audit --questions" in text


def test_with_a_snapshot(sample, environment):
    result = run(sample, "--snapshot", environment)
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "Auditing of the environment: On (measured in the environment)" in text
    assert "Table Work Queue (workqueue): Off (measured in the environment)" in text
    assert "Records are kept for ever." in text
    assert "Questions that nothing answers" not in text
    assert "rows:credential" in result.stderr


def test_with_answers(sample, answers):
    text = " ".join(run(sample, "--answers", answers).stdout.split())
    assert "Auditing of the environment: On (stated, not measured)" in text


def test_as_json(sample, environment):
    shown = json.loads(run(sample, "--snapshot", environment, "--format", "json").stdout)
    assert shown["schema"] == "padguard/1"
    (export,) = shown["exports"]
    audit = export["audit"]
    assert audit["environment"] == "https://contoso.crm4.dynamics.com"
    assert audit["retention_days"] == -1
    by_key = {line["key"]: line for line in audit["lines"]}
    assert (by_key["workqueue"]["standing"], by_key["workqueue"]["basis"]) == ("off", "measured")
    assert by_key["workqueue"]["steps"]
    assert by_key["workflow"]["standing"] == "cannot-be-audited"
    assert by_key["workflow"]["sources"][0]["date"] == "2025-06-04"
    assert audit["open_questions"] == []


def test_as_a_table(sample, environment):
    data = run(sample, "--snapshot", environment, "--format", "csv").stdout_bytes
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    audited_by = {row["What"]: row["Audited"] for row in rows}
    assert audited_by["Table Work Queue (workqueue)"] == "Off"
    assert {row["Export"] for row in rows} == {str(sample)}


def test_the_questionnaire(sample, tmp_path):
    result = run("--questions")
    assert result.exit_code == 0
    path = tmp_path / "answers.toml"
    path.write_text(result.stdout, encoding="utf-8", newline="\n")
    assert run(sample, "--answers", path).exit_code == 0


def test_files_that_are_no_such_files(sample, tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    for option in ("--snapshot", "--answers"):
        result = run(sample, option, wrong)
        assert result.exit_code == 3
        assert "wrong.json" in result.stderr
        assert result.stdout == ""
        assert run(sample, option, tmp_path / "none").exit_code == 2


def test_output_goes_to_a_file_and_over_no_input(sample, environment, tmp_path):
    target = tmp_path / "audit.txt"
    result = run(sample, "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Table Process" in target.read_text(encoding="utf-8")
    before = environment.read_bytes()
    assert run(sample, "--snapshot", environment, "-o", environment).exit_code == 2
    assert environment.read_bytes() == before


def test_one_bad_path_does_not_stop_the_others(sample, tmp_path):
    result = run(tmp_path / "missing.zip", sample)
    assert result.exit_code == 3
    assert "missing.zip" in result.stderr
    assert "Invoice Desk" in result.stdout


def test_the_command_is_known_to_the_program(sample):
    program = [sys.executable, "-m", "padguard", "audit", str(sample), "--format", "json"]
    result = subprocess.run(program, capture_output=True, check=True)
    assert json.loads(result.stdout)["exports"]
    assert result.stderr == b""
