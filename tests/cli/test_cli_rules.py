"""``padguard rules``: the list, and one rule explained."""

import json

import pytest
from click.testing import CliRunner, Result

from padguard.cli.main import commands
from padguard.rules.registry import RULES


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["rules", *arguments])


def test_list_names_every_rule() -> None:
    result = run()
    assert result.exit_code == 0
    listed = [line.split()[:2] for line in result.stdout.splitlines() if line.startswith("PG")]
    assert listed == [[rule.id, rule.severity.value] for rule in RULES]
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize("name", ["PG101", "pg101", "hardcoded-secret-argument"])
def test_one_rule_is_explained(name: str) -> None:
    lines = run(name).stdout.splitlines()
    assert lines[0] == "PG101 hardcoded-secret-argument: A secret is written into an action"
    headings = [line for line in lines if line and not line.startswith(" ")][2:]
    assert headings[:3] == ["What it finds", "Why it matters", "Example"]
    example = lines[lines.index("Example") + 1]
    assert example.startswith("  FTP.OpenConnection Host: ")
    assert example.endswith("Connection=> Ftp")


def test_json_has_every_rule_with_its_explanation() -> None:
    shown = json.loads(run("--format", "json").stdout)
    assert shown["schema"] == "padguard/1"
    assert [rule["id"] for rule in shown["rules"]] == [rule.id for rule in RULES]
    for rule in shown["rules"]:
        assert {"id", "slug", "severity", "title", "explanation"} <= set(rule)
        assert rule["explanation"]["what_it_finds"]
        assert rule["explanation"]["why_it_matters"]
    one = json.loads(run("PG202", "--format", "json").stdout)
    assert [rule["slug"] for rule in one["rules"]] == ["sensitivity-lost"]


def test_unknown_rule_is_wrong_usage() -> None:
    result = run("PG999")
    assert result.exit_code == 2
    assert "PG999" in result.stderr
