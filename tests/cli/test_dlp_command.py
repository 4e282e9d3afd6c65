"""``padguard dlp`` as a person, a build server or a spreadsheet meets it."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.governance.policy_files import actions, endpoints, flat, split

from padguard.cli.main import commands
from padguard.exports.open import open_export

EXCEL = "Excel.LaunchExcel.Launch Visible: True Instance=> Book\n"
SCRIPT = "Scripting.RunDOSCommand.RunDOSCommand DOSCommandOrApplication: $'''dir'''\n"
UNKNOWN = "Quantum.Entangle.Now Pair: Book\n"
STRICT = flat(business="Excel", blocked="Scripting")


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(commands, ["dlp", *map(str, arguments)], input=text)


def saved(folder: Path, value: Any, name: str = "policy.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(value), encoding="utf-16", newline="")  # as Out-File does
    return path


def flow(folder: Path, text: str, name: str = "Flow.robin") -> Path:
    path = folder / name
    path.write_text(f"@SENSITIVE: []\n{text}", encoding="utf-8", newline="")
    return path


def as_json(*arguments: object) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)
    return shown


@pytest.mark.parametrize(
    ("text", "policy", "code"),
    [
        (EXCEL, STRICT, 0),
        (EXCEL + SCRIPT, STRICT, 1),
        (EXCEL + SCRIPT, flat(business="Excel"), 1),
        (UNKNOWN, STRICT, 0),
        ("DISABLE " + SCRIPT, STRICT, 0),
        (EXCEL + "THIS IS NO ROBIN\n", STRICT, 3),
        (SCRIPT + "THIS IS NO ROBIN\n", STRICT, 3),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, policy: Any, code: int) -> None:
    assert run(flow(tmp_path, text), "--policy", saved(tmp_path, policy)).exit_code == code


def test_text_says_what_is_wrong_where_and_who_decides(tmp_path: Path) -> None:
    result = run(flow(tmp_path, EXCEL + SCRIPT + UNKNOWN), "--policy", saved(tmp_path, STRICT))
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[:3] == [
        "Policies",
        "“Contoso” (policy.json) holds in all environments. Groups that it does not",
        "name: Non-business.",
    ]
    assert "Excel: Business" in lines
    assert "Scripting: Blocked" in lines
    assert "Quantum: Not evaluated" in lines
    place = lines.index("Blocked group: “Contoso” blocks Scripting.")
    assert lines[place + 1] == "Main › row 2, line 3"
    assert lines[-2] == "Flows: 1. With violations: 1. Not wholly evaluated: 1."
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_long_lists_are_cut_unless_verbose(tmp_path: Path) -> None:
    arguments = (flow(tmp_path, SCRIPT * 30), "--policy", saved(tmp_path, STRICT))
    assert run(*arguments).stdout.count("› row") == 10
    assert "… and 20 more" in run(*arguments).stdout
    assert run(*arguments, "--verbose").stdout.count("› row") == 30


def test_ignored_parts_are_told(tmp_path: Path) -> None:
    policy = saved(tmp_path, {**STRICT, "approvals": {}})
    path = flow(tmp_path, EXCEL)
    assert "Ignored: $.approvals." in run(path, "--policy", policy).stdout
    (shown,) = as_json(path, "--policy", policy)["policies"]
    assert [ignored["path"] for ignored in shown["ignored"]] == ["$.approvals"]


def test_json(tmp_path: Path) -> None:
    path = flow(tmp_path, EXCEL + SCRIPT + UNKNOWN)
    shown = as_json(path, "--policy", saved(tmp_path, STRICT))
    assert shown["schema"] == "padguard/1"
    assert (shown["environment"], shown["children"], shown["include_disabled"]) == (
        None,
        "alone",
        False,
    )
    (policy,) = shown["policies"]
    assert (policy["title"], policy["default"], policy["applies"]) == ("Contoso", "General", True)
    (export,) = shown["exports"]
    assert export["path"] == str(path)
    assert [(group["key"], group["standing"]) for group in export["groups"]] == [
        ("desktopflow.excel", "business"),
        ("desktopflow.quantum", "not-evaluated"),
        ("desktopflow.scripting", "blocked"),
    ]
    (violation,) = export["violations"]
    assert violation["kind"] == "blocked-group"
    assert violation["policies"] == ["Contoso"]
    (row,) = violation["rows"]
    assert (row["subflow"], row["row"], row["line"]) == ("Main", 2, 3)
    assert row["action"] == "Scripting.RunDOSCommand.RunDOSCommand"
    (unevaluated,) = export["not_evaluated"]
    assert unevaluated["group"] == "desktopflow.quantum"
    (judged,) = export["flows"]
    assert judged["verdict"] == "blocked"
    assert [group["rows"] for group in judged["groups"]] == [1, 1, 1]


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    assert b"\r\r\n" not in data
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_table_for_a_spreadsheet(tmp_path: Path) -> None:
    policy = saved(tmp_path, {**STRICT, "displayName": "=HYPERLINK(1)"})
    arguments = (flow(tmp_path, EXCEL + SCRIPT + UNKNOWN), "--policy", policy, "--format", "csv")
    rows = table(run(*arguments).stdout_bytes)
    assert [(row["Group"], row["Result"], row["Row"]) for row in rows] == [
        ("Scripting", "Violation", "2"),
        ("Quantum", "Not evaluated", "3"),
        ("Excel", "Allowed", ""),
    ]
    assert rows[0]["Decided by"] == "'=HYPERLINK(1)"
    target = tmp_path / "report.csv"
    result = run(*arguments, "-o", target)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert table(target.read_bytes()) == rows


def test_a_mixture_names_the_group_of_each_row(tmp_path: Path) -> None:
    path = flow(tmp_path, EXCEL + SCRIPT)
    policy = saved(tmp_path, flat(business="Excel"))
    rows = table(run(path, "--policy", policy, "--format", "csv").stdout_bytes)
    assert [(row["Group"], row["Class"], row["Kind"]) for row in rows] == [
        ("Excel", "Business", "Business and Non-business mixed"),
        ("Scripting", "Non-business", "Business and Non-business mixed"),
    ]


def test_environments_and_disabled_rows(tmp_path: Path) -> None:
    policy = flat(blocked="Scripting", scope="OnlyEnvironments", environments="dev")
    arguments = (flow(tmp_path, SCRIPT), "--policy", saved(tmp_path, policy))
    assert run(*arguments).exit_code == 1
    assert run(*arguments, "--environment", "DEV").exit_code == 1
    elsewhere = run(*arguments, "--environment", "prod")
    assert elsewhere.exit_code == 0
    assert "It does not hold in the environment prod." in elsewhere.stdout
    off = (flow(tmp_path, f"DISABLE {SCRIPT}", "Off.robin"), *arguments[1:])
    assert run(*off).exit_code == 0
    assert run(*off, "--include-disabled").exit_code == 1


def test_children(sample: Path, tmp_path: Path) -> None:
    policy = saved(tmp_path, flat(blocked="Scripting"))
    alone = as_json(sample, "--policy", policy)["exports"][0]
    together = as_json(sample, "--policy", policy, "--children", "with-parent")["exports"][0]
    assert len({found["flow"] for found in alone["violations"]}) == 1
    assert len({found["flow"] for found in together["violations"]}) >= 1
    assert any("for itself" in note for note in alone["notes"])
    assert any("together with" in note for note in together["notes"])


def test_several_policies_and_configurations(tmp_path: Path) -> None:
    one = saved(tmp_path, flat("One", business="Excel"), "one.json")
    two = saved(tmp_path, split(flat("Two"), actions("Excel", "Block LaunchExcel")), "two.json")
    path = flow(tmp_path, EXCEL)
    assert run(path, "--policy", one).exit_code == 0
    result = run(path, "--policy", one, "--policy", two)
    assert result.exit_code == 1
    assert "Blocked action: “Two” blocks this action of Excel" in result.stdout


def test_wrong_policy_file_is_explained(tmp_path: Path) -> None:
    broken = saved(tmp_path, changed_class())
    result = run(flow(tmp_path, EXCEL), "--policy", broken)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "$.connectorGroups[0].classification" in result.stderr
    assert "Traceback" not in result.output


def changed_class() -> Any:
    value = flat()
    value["connectorGroups"][0]["classification"] = "Top secret"
    return value


@pytest.mark.parametrize(
    "arguments", [(), ("--policy", "gone.json"), ("--children", "both"), ("--format", "sarif")]
)
def test_wrong_usage_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    policy = ("--policy", saved(tmp_path, STRICT)) if "--children" in arguments else ()
    assert run(flow(tmp_path, EXCEL), *policy, *arguments).exit_code == 2


def test_nothing_that_is_read_is_overwritten(tmp_path: Path) -> None:
    policy = saved(tmp_path, STRICT)
    path = flow(tmp_path, EXCEL)
    for target in (policy, path):
        before = target.read_bytes()
        assert run(path, "--policy", policy, "-o", target).exit_code == 2
        assert target.read_bytes() == before


def test_one_bad_path_does_not_stop_the_others(tmp_path: Path) -> None:
    policy = saved(tmp_path, STRICT)
    path = flow(tmp_path, SCRIPT)
    result = run(tmp_path / "gone.zip", path, "--policy", policy, "--format", "json")
    assert result.exit_code == 3
    shown = json.loads(result.stdout)
    assert [error["path"] for error in shown["errors"]] == [str(tmp_path / "gone.zip")]
    assert shown["exports"][0]["violations"]


def test_partly_readable_export_ends_with_3(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "damaged.zip"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "customizations.xml":
                end = data.index(b"</Definition>")
                data = data[: end - 1] + data[end:]
            copy.writestr(name, data)
    assert open_export(target).problems
    assert run(target, "--policy", saved(tmp_path, STRICT)).exit_code == 3


def test_standard_input(tmp_path: Path) -> None:
    result = run("-", "--policy", saved(tmp_path, STRICT), text=SCRIPT)
    assert result.exit_code == 1
    assert "standard input" in result.stdout


def test_addresses_never_get_into_reports(tmp_path: Path) -> None:
    secret = "Tr0ub4dor"
    script = (
        f"Web.DownloadFromWeb.Download Url: $'''https://x/?key={secret}''' DownloadedFile=> F\n"
    )
    policy = saved(tmp_path, split(flat(), endpoints("Web", "Deny https://x*", "Allow *")))
    for output_format in ("text", "json", "csv"):
        result = run(flow(tmp_path, script), "--policy", policy, "--format", output_format)
        assert result.exit_code == 1
        assert secret not in result.output


def test_a_real_process_writes_crlf_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "padguard", "dlp", str(flow(tmp_path, SCRIPT)), "--policy",
         str(saved(tmp_path, STRICT)), "--format", "csv"],
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == b""
    assert len(table(done.stdout)) == 1
