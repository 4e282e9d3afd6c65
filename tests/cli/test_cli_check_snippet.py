"""``padguard check-snippet``: verdict, reasons and exit codes."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from padguard.cli.main import commands

GOOD = "SET Total TO 3\nWAIT Total\n"
DROPPED = "SET Total TO 3\n@SENSITIVE: [Total]\n"
WITH_ERRORS = "SET Total TO 3\nNobody.Knows.This Value: Total\n"


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(
        commands, ["check-snippet", *(str(argument) for argument in arguments)], input=text
    )


def test_good_text_is_accepted() -> None:
    result = run("-", text=GOOD)
    assert result.exit_code == 0
    assert result.stdout == "standard input: the designer accepts it\n"


def test_refusal_names_line_and_reason() -> None:
    result = run("-", text=DROPPED)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "standard input: the designer refuses it"
    assert lines[1].startswith("  line 2: ")


def test_rows_with_errors_are_told_apart() -> None:
    result = run("-", text=WITH_ERRORS)
    assert result.exit_code == 1
    assert "takes it, but shows rows with errors" in result.stdout


def test_json_has_the_stable_shape(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(DROPPED, encoding="utf-8")
    result = run("--format", "json", good, bad)
    assert result.exit_code == 1
    shown = json.loads(result.stdout)
    assert shown["schema"] == "padguard/1"
    first, second = shown["snippets"]
    assert first == {"path": str(good), "accepted": True, "reasons": []}
    assert second["accepted"] is False
    assert second["reasons"][0]["line"] == 2
    assert second["reasons"][0]["message"]


def test_unreadable_file_ends_with_3_and_the_others_are_judged(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    result = run(tmp_path / "missing.txt", good)
    assert result.exit_code == 3
    assert "good.txt: the designer accepts it" in result.stdout
    assert "missing.txt" in result.stderr


def test_code_page_of_the_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "ansi.txt"
    path.write_bytes("SET Größe TO $'''Übermut'''\r\n".encode("cp1252"))
    assert run(path).exit_code == 0
