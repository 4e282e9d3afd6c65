"""``padguard scan`` as a person, a build server or a code scanning service meets it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from padguard.cli.main import commands

HIGH = "SET Password TO $'''Kx8!pomelo'''\n"
CLEAN = "@SENSITIVE: []\nSET Total TO 1\n"
BROKEN = "@SENSITIVE: []\nSET Total TO 1\nTHIS IS NO ROBIN\n"


def run(*arguments: object, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(commands, ["scan", *map(str, arguments)], input=text)


def flow(folder: Path, text: str, name: str = "Flow.robin") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def as_json(*arguments: object, text: str | bytes | None = None) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(run(*arguments, "--format", "json", text=text).stdout)
    return shown


def test_text_report_of_the_sample(sample: Path) -> None:
    result = run(sample)
    assert result.exit_code == 1
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Invoice Desk 1.0.0.1")
    assert "  Flow “Invoice Desk: Notify”" in lines
    assert any("CRITICAL PG101  CopyToArchive › row 3, line 106" in line for line in lines)
    assert "  What could not be analysed" in lines
    assert max(map(len, lines)) <= 80
    assert lines[-2].startswith("Findings: ")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (HIGH, (), 1),
        (CLEAN, (), 0),
        (HIGH, ("--select", "PG3"), 0),
        (HIGH, ("--ignore", "pg1"), 0),
        (HIGH, ("--ignore", "hardcoded-secret-value"), 0),
        (HIGH, ("--select", "PG101,PG102"), 1),
        (HIGH, ("--select", "PG1", "--ignore", "PG102"), 0),
        (BROKEN, (), 3),
        (HIGH + "THIS IS NO ROBIN\n", (), 3),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, options: tuple[str, ...], code: int) -> None:
    assert run(flow(tmp_path, text), *options).exit_code == code


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("critical", 0), ("high", 0), ("medium", 1), ("low", 1), ("info", 1)],
)
def test_fail_on_draws_the_line(sample: Path, fail_on: str, code: int) -> None:
    assert run(sample, "--select", "PG204", "--fail-on", fail_on).exit_code == code


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--format", "pdf", "x.zip"),
        ("--select", "PG999", "x.zip"),
        ("--fail-on", "fatal", "x.zip"),
        ("-", "-"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments, text="").exit_code == 2


def test_unknown_rule_is_named(tmp_path: Path) -> None:
    result = run(flow(tmp_path, CLEAN), "--ignore", "PG101,PG999")
    assert "PG999" in result.stderr
    assert "padguard rules" in result.stderr


def test_one_bad_path_does_not_stop_the_others(sample: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.zip"
    result = run(missing, sample, flow(tmp_path, CLEAN), "--format", "json")
    assert result.exit_code == 3
    assert "missing.zip" in result.stderr
    shown = json.loads(result.stdout)
    assert [export["kind"] for export in shown["exports"]] == ["solution", "script"]
    assert [error["path"] for error in shown["errors"]] == [str(missing)]
    assert shown["exports"][0]["findings"]


def test_partly_readable_export_is_scanned_and_told(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "damaged.zip"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "customizations.xml":
                end = data.index(b"</Definition>")
                data = data[: end - 1] + data[end:]
            copy.writestr(name, data)
    result = run(target)
    assert result.exit_code == 3
    assert "damaged.zip" in result.stderr
    assert "Parts of the export that could not be read (1)" in result.stdout
    assert "CRITICAL PG103" in result.stdout


def test_standard_input_takes_text_and_zips(sample: Path) -> None:
    typed = run("-", text=HIGH)
    assert typed.exit_code == 1
    assert "standard input" in typed.stdout.splitlines()[0]
    piped = as_json("-", text=sample.read_bytes())["exports"][0]
    assert (piped["path"], piped["kind"]) == ("-", "solution")
    assert piped["findings"] == as_json(sample)["exports"][0]["findings"]


def test_unpacked_folder_has_the_findings_of_its_zip(sample: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(sample, tmp_path / "InvoiceDesk")
    zipped, unpacked = (
        as_json(path)["exports"][0]["findings"] for path in (sample, tmp_path / "InvoiceDesk")
    )
    assert zipped == unpacked


def test_report_goes_to_a_file(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.sarif"
    result = run(sample, "--format", "sarif", "--output", target)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert str(target) in result.stderr
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert run(sample, "-o", target, "--quiet").stderr == ""
    assert target.read_text(encoding="utf-8").startswith("Invoice Desk 1.0.0.1")


def test_report_never_overwrites_what_is_scanned(tmp_path: Path) -> None:
    path = flow(tmp_path, HIGH)
    result = run(path, "--output", path)
    assert result.exit_code == 2
    assert path.read_text(encoding="utf-8") == HIGH


def test_secrets_are_shown_on_request_only(tmp_path: Path) -> None:
    path = flow(tmp_path, HIGH)
    assert "Kx8!pomelo" not in run(path).output
    shown = run(path, "--show-secrets").stdout
    assert "      A secret is written into Password. It reads: Kx8!pomelo" in shown.splitlines()
    finding = as_json(path, "--show-secrets")["exports"][0]["findings"][0]
    assert finding["message"].endswith("Kx8!pomelo")
    assert "Kx8!pomelo" not in json.dumps(finding["path"]) + finding["why"]


def test_rules_that_ran_are_told(tmp_path: Path) -> None:
    shown = as_json(flow(tmp_path, HIGH), "--select", "PG101,PG102")
    assert shown["exports"][0]["rules"] == ["PG101", "PG102"]
    assert {"PG101", "PG301"} <= set(shown["tool"]["rules"])


def test_settings_beside_an_export_hold(tmp_path: Path) -> None:
    path = flow(tmp_path, HIGH)
    settings = flow(tmp_path, '[severities]\nPG102 = "low"\n', "padguard.toml")
    result = run(path)
    assert result.exit_code == 0
    assert str(settings) in result.stderr
    assert "LOW PG102" in result.stdout
    flow(tmp_path, 'select = ["PG3"]\nignore = ["PG7"]\n', "padguard.toml")
    assert as_json(path)["exports"][0]["findings"] == []
    selected = as_json(path, "--select", "PG1,PG701", "--ignore", "PG101")["exports"][0]["rules"]
    assert "PG102" in selected
    assert not {"PG101", "PG301", "PG701"} & set(selected)


def test_wrong_settings_stop_only_the_exports_they_are_for(sample: Path, tmp_path: Path) -> None:
    path = flow(tmp_path, HIGH)
    flow(tmp_path, "selct = []\n", "padguard.toml")
    result = run(path, sample, "--format", "json")
    assert result.exit_code == 3
    assert "padguard.toml" in result.stderr
    assert [Path(export["path"]) for export in json.loads(result.stdout)["exports"]] == [sample]


def test_verbose_lists_every_gap(tmp_path: Path) -> None:
    path = flow(tmp_path, "@SENSITIVE: []\n" + "Nobody.Knows A: 1\n" * 9)
    assert run(path).stdout.count("Nobody.Knows") == 5
    assert run(path, "--verbose").stdout.count("Nobody.Knows") == 9


def test_terminal_gets_colours_unless_told_not_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = flow(tmp_path, HIGH)
    monkeypatch.setattr("padguard.cli.console.Console.colours", True)
    assert (
        "\x1b[91mCRITICAL\x1b[0m PG102"
        in CliRunner().invoke(commands, ["scan", str(path)], color=True).stdout
    )
    target = tmp_path / "report.txt"
    run(path, "-o", target)
    assert "\x1b" not in target.read_text(encoding="utf-8")


def test_a_real_process_prints_ascii_json_anywhere(tmp_path: Path) -> None:
    path = flow(tmp_path, "SET Größe TO 1\nSET Password TO $'''Kx8!pomelö'''\n")
    done = subprocess.run(
        [sys.executable, "-m", "padguard", "scan", str(path), "--format", "json"],
        env=os.environ | {"PYTHONIOENCODING": "cp437", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b""
    shown = json.loads(done.stdout.decode("ascii"))
    assert [found["rule"] for found in shown["exports"][0]["findings"]] == ["PG102"]


def test_a_real_process_scans_beside_its_folder(sample: Path, tmp_path: Path) -> None:
    shutil.copy(sample, tmp_path / "My export.zip")
    done = subprocess.run(
        [sys.executable, "-m", "padguard", "scan", "My export.zip", "--format", "sarif"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    run_object = json.loads(done.stdout)["runs"][0]
    assert [artifact["location"]["uri"] for artifact in run_object["artifacts"]] == [
        "My%20export.zip"
    ]


def test_real_exports(corpus: Path) -> None:
    construction = corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip"
    findings = as_json(construction)["exports"][0]["findings"]
    default = [found for found in findings if found["rule"] == "PG105"]
    assert [found["variables"] for found in default] == [["Username"], ["Password"]]
    assert all((found["row"], found["subflow"]) == (None, None) for found in default)
