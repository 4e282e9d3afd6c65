"""``padguard scan`` in the formats for people, spreadsheets, wikis and build servers."""

import csv
import io
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from padguard.cli.main import commands

FORMATS = ("html", "csv", "markdown", "junit")
SECRETS = (
    *("Paper-Lantern-17", "nfd_demo_4pQ8vL2xW9mZ7tRc1K", "Silver-Spoon-26"),
    *("Winter-Harbour-40", "Copper-Kettle-63", "Blue-Bicycle-18", "Garden-Gate-77"),
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["scan", *map(str, arguments)])


@pytest.mark.parametrize("output_format", FORMATS)
def test_sample(sample: Path, output_format: str) -> None:
    result = run(sample, "--format", output_format)
    assert result.exit_code == 1
    assert result.stderr == ""
    assert [secret for secret in SECRETS if secret in result.stdout] == []
    shown = run(sample, "--format", output_format, "--show-secrets").stdout
    assert [secret for secret in SECRETS if secret not in shown] == []


@pytest.mark.parametrize("output_format", FORMATS)
def test_file_holds_what_is_printed(sample: Path, output_format: str, tmp_path: Path) -> None:
    target = tmp_path / "report"
    assert run(sample, "--format", output_format, "--output", target).exit_code == 1
    printed = run(sample, "--format", output_format).stdout_bytes
    if output_format != "html":  # it tells when it was made
        assert target.read_bytes() == printed
    assert target.read_bytes().count(b"\r\n") == printed.count(b"\r\n")


@pytest.mark.parametrize("output_format", FORMATS)
def test_what_cannot_be_opened_is_told(sample: Path, output_format: str, tmp_path: Path) -> None:
    result = run(tmp_path / "gone.zip", sample, "--format", output_format)
    assert result.exit_code == 3
    assert "gone.zip" in result.stdout


def test_table_is_for_excel(sample: Path) -> None:
    data = run(sample, "--format", "csv").stdout_bytes
    assert data.startswith(b"\xef\xbb\xbfExport,")
    assert b"\n" not in data.replace(b"\r\n", b"")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {row["Export"] for row in rows} == {str(sample)}


def test_build_servers_read_it(sample: Path) -> None:
    root = ET.fromstring(run(sample, "--format", "junit").stdout)
    assert int(root.get("failures", "0")) > 0


def test_policies_and_baselines_are_in_the_page(sample: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    known.write_text(run(sample, "--format", "json").stdout, encoding="utf-8", newline="")
    result = run(sample, "--format", "html", "--baseline", known)
    assert result.exit_code == 0
    assert "Known from the baseline: " in result.stdout
    assert "known before" in result.stdout


def test_templates_are_loaded_only_for_a_page(sample: Path) -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from padguard.cli.main import commands\n"
        f"CliRunner().invoke(commands, ['scan', {str(sample)!r}, '--format', sys.argv[1]])\n"
        "print('jinja2' in sys.modules)\n"
    )
    for output_format, loaded in (("text", "False"), ("junit", "False"), ("html", "True")):
        ran = subprocess.run(
            [sys.executable, "-c", code, output_format], capture_output=True, text=True, check=True
        )
        assert ran.stdout.strip() == loaded
