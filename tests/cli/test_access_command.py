"""``padguard access`` as a person, a spreadsheet or another program meets it."""

import codecs
import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from padguard.cli import COMMAND_WORDS
from padguard.cli.main import commands
from padguard.governance.access_model import Audience
from padguard.governance.components import ComponentType

ELSEWHERE = "0a1b2c3d-0000-4000-8000-00000000000e"
QUEUE = "WorkQueues.GetWorkQueueItems WorkQueue: $'''{}''' WorkQueueItems=> Items\n"


def run(*arguments: object, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(commands, ["access", *map(str, arguments)], input=text)


def as_json(*arguments: object) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)
    return shown


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(codecs.BOM_UTF8)
    text = data.decode("utf-8-sig")
    assert text.count("\n") - text.count("\r\n") == sum(
        cell.count("\n") for row in csv.reader(io.StringIO(text, newline="")) for cell in row
    )
    return list(csv.DictReader(io.StringIO(text, newline="")))


def flow(folder: Path, text: str) -> Path:
    path = folder / "Flow.robin"
    path.write_text(f"@SENSITIVE: []\n{text}", encoding="utf-8", newline="")
    return path


def test_components_of_the_sample_as_text(sample: Path) -> None:
    result = run(sample)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Invoice Desk 1.0.0.1")
    assert "    Archive: Close the day: Not in this export" in lines
    assert "      Used: Invoice Desk: Collect invoices › HandOver › row 7" in lines
    assert "    Table: Work Queue, Work Queue Item" in lines
    assert "Access checklist" not in result.stdout
    assert max(map(len, lines)) <= 80


def test_the_checklist_as_text(sample: Path) -> None:
    result = run(sample, "--for", "co-owner")
    assert result.exit_code == 0
    assert "Access checklist: Co-owner" in result.stdout
    assert "[ ] 4. Share: Work queue “Invoices to book”" in result.stdout
    assert "Select Give access, choose Co-owner, then Share." in result.stdout
    assert "our conclusion" in " ".join(result.stdout.split())
    assert "Never part of an export" not in result.stdout


def test_json_keeps_its_fields(sample: Path) -> None:
    shown = as_json(sample, "--for", "user")
    assert shown["schema"] == "padguard/1"
    (export,) = shown["exports"]
    for component in export["components"]:
        assert {"type", "id", "name", "in_export", "table", "used_by"} <= component.keys()
        assert component["type"] in {kind.value for kind in ComponentType}
        for use in component["used_by"]:
            assert {"flow", "subflow", "row"} <= use.keys()
    (queue,) = [one for one in export["components"] if one["type"] == "work-queue"]
    assert (queue["name"], queue["in_export"]) == ("Invoices to book", True)
    assert queue["table"] == "Work Queue, Work Queue Item"
    assert [(use["subflow"], use["row"]) for use in queue["used_by"]] == [
        ("HandOver", 2),
        ("BookWaitingInvoices", 1),
    ]
    keys = {node["key"] for node in export["dependencies"]["nodes"]}
    for edge in export["dependencies"]["edges"]:
        assert {edge["from"], edge["to"]} <= keys
    assert export["checklist"]["for"] == "user"
    assert export["checklist"]["items"][0]["sources"][0]["title"] == "Secure your data"
    assert "checklist" not in as_json(sample)["exports"][0]


@pytest.mark.parametrize("audience", [audience.value for audience in Audience])
@pytest.mark.parametrize("output_format", ["text", "json", "csv"])
def test_every_audience_in_every_format(sample: Path, audience: str, output_format: str) -> None:
    result = run(sample, "--for", audience, "--format", output_format)
    assert result.exit_code == 0
    assert "{" not in result.stdout or output_format == "json"


def test_the_table_of_components(sample: Path) -> None:
    rows = table(run(sample, "--format", "csv").stdout_bytes)
    used = [row for row in rows if row["Component"] == "Work queue"]
    assert [(row["Flow"], row["Subflow"], row["Row"]) for row in used] == [
        ("Invoice Desk: Collect invoices", "HandOver", "2"),
        ("Invoice Desk: Book invoices", "BookWaitingInvoices", "1"),
    ]
    assert {row["Export"] for row in rows} == {str(sample)}


def test_the_table_of_a_checklist(sample: Path) -> None:
    rows = table(run(sample, "--for", "user", "--format", "csv").stdout_bytes)
    assert [int(row["Number"]) for row in rows] == list(range(1, len(rows) + 1))
    assert {row["Done"] for row in rows} == {""}
    assert any(row["Where to click"].count("\n") == 3 for row in rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(tmp_path: Path, start: str) -> None:
    name = f"{start}HYPERLINK(x)"
    file = flow(tmp_path, QUEUE.format(name))
    for options in ((), ("--for", "user")):
        rows = table(run(file, "--format", "csv", *options).stdout_bytes)
        cells = [cell for row in rows for cell in row.values()]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not any(cell.startswith(start) for cell in cells)


def test_output_goes_to_a_file(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "access.csv"
    result = run(sample, "--format", "csv", "--output", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert str(target) in result.stderr
    assert table(target.read_bytes())
    copy = tmp_path / "copy.zip"
    shutil.copy(sample, copy)
    assert run(copy, "--output", copy).exit_code == 2
    assert copy.read_bytes() == sample.read_bytes()


def test_standard_input_and_text(tmp_path: Path) -> None:
    row = f"External.RunFlow FlowId: '{ELSEWHERE}' WaitToComplete: True\n"
    result = run("-", text=row)
    assert result.exit_code == 0
    assert ELSEWHERE in result.stdout
    assert "refer to nothing" in run(flow(tmp_path, "SET A TO 1\n")).stdout


@pytest.mark.parametrize(
    "arguments", [(), ("--for", "everybody", "x.zip"), ("--format", "xml", "x.zip"), ("-", "-")]
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments, text="").exit_code == 2


def test_one_bad_path_does_not_stop_the_others(sample: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.zip"
    shown = run(missing, sample, "--format", "json")
    assert shown.exit_code == 3
    assert "missing.zip" in shown.stderr
    found = json.loads(shown.stdout)
    assert [error["path"] for error in found["errors"]] == [str(missing)]
    assert len(found["exports"]) == 1


def test_a_damaged_manifest_is_told(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "damaged.zip"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            damaged = "/DependenciesFile_" in name
            copy.writestr(name, b"{" if damaged else source.read(name))
    result = run(target)
    assert result.exit_code == 3
    assert "DependenciesFile_" in result.stderr
    assert "Work queue (1)" in result.stdout


def test_the_command_is_known_to_the_program(sample: Path) -> None:
    assert "access" in COMMAND_WORDS
    program = [sys.executable, "-m", "padguard", "access", str(sample), "--format", "csv"]
    result = subprocess.run(program, capture_output=True, check=True)
    assert table(result.stdout)
    assert result.stderr == b""
