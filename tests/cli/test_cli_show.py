"""``padguard show`` as a person or a program meets it."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from padguard.cli.console import Console
from padguard.cli.main import commands
from padguard.foundation.printable import printable

SECRETS = (
    "Paper-Lantern-17",
    "nfd_demo_4pQ8vL2xW9mZ7tRc1K",
    "Silver-Spoon-26",
    "Winter-Harbour-40",
    "Copper-Kettle-63",
    "Blue-Bicycle-18",
    "Garden-Gate-77",
)


def run(*arguments: object, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(commands, [str(argument) for argument in arguments], input=text)


def damaged(sample: Path, folder: Path) -> Path:
    """Return a copy of the sample in which one script is cut off."""
    target = folder / "damaged.zip"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "customizations.xml":
                end = data.index(b"</Definition>")
                data = data[: end - 1] + data[end:]
            copy.writestr(name, data)
    return target


def test_tree_names_what_is_in_the_export(sample: Path) -> None:
    result = run("show", sample)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Invoice Desk 1.0.0.1 (")
    assert "  Flow “Invoice Desk: Notify” (2 actions)" in lines
    assert "      SupplierPassword     Text           MARKED" in lines
    assert "    Subflow Main (19 rows)" in lines
    row = next(line for line in lines if "If  KeepBrowserOpen" in line)
    after = lines[lines.index(row) + 1]
    assert row.startswith("        17  If")
    assert after.startswith("        18    Close web browser  Browser")
    assert any("(disabled)" in line for line in lines)


@pytest.mark.parametrize("output_format", ["text", "json"])
def test_literals_are_never_printed(sample: Path, output_format: str) -> None:
    printed = run("show", sample, "--format", output_format).output
    assert "SupplierPassword" in printed
    assert not [secret for secret in SECRETS if secret in printed]


def test_json_has_the_stable_shape(sample: Path) -> None:
    result = run("show", sample, "--format", "json")
    assert result.exit_code == 0
    assert result.stdout.isascii()
    shown = json.loads(result.stdout)
    assert shown["schema"] == "padguard/1"
    assert shown["errors"] == []
    assert set(shown["tool"]) >= {"name", "version", "catalog"}
    export = shown["exports"][0]
    assert export["kind"] == "solution"
    assert export["managed"] is False
    assert export["solution"] == {"name": "Invoice Desk", "version": "1.0.0.1"}
    assert export["problems"] == []
    assert len(export["sha256"]) == 64
    assert export["coverage"]["understood"] == export["coverage"]["statements"] > 0
    assert export["coverage"]["unknown_actions"] == []
    flow = export["flows"][0]
    assert (flow["name"], flow["schema"], flow["power_fx"]) == (
        "Invoice Desk: Collect invoices",
        "2022.07",
        False,
    )
    assert {
        "name": "SupplierPassword",
        "kind": "input",
        "type": "Text",
        "sensitivity": "MARKED",
        "local_to": None,
    } in flow["variables"]


def test_json_places_every_action(sample: Path, tmp_path: Path) -> None:
    text = "SET A TO 1\r\nIF A = 1 THEN\r\n    DISABLE WAIT 5\r\nEND\r\n"
    path = tmp_path / "Wait.robin"
    path.write_text(text, encoding="utf-8", newline="")
    shown = json.loads(run("show", path, "--format", "json").stdout)
    export = shown["exports"][0]
    assert (export["kind"], export["solution"], export["managed"]) == ("script", None, None)
    subflow = export["flows"][0]["subflows"][0]
    assert subflow["name"] == "Main"
    actions = subflow["actions"]
    assert [(a["row"], a["line"], a["depth"], a["disabled"]) for a in actions] == [
        (1, 1, 0, False),
        (2, 2, 0, False),
        (3, 3, 1, True),
        (4, 4, 0, False),
    ]
    variable = export["flows"][0]["variables"][0]
    assert (variable["name"], variable["sensitivity"]) == ("A", "UNKNOWN")


def test_one_bad_input_does_not_hide_the_others(sample: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.zip"
    result = run("show", missing, sample, "--format", "json")
    assert result.exit_code == 3
    shown = json.loads(result.stdout)
    assert [export["solution"]["name"] for export in shown["exports"]] == ["Invoice Desk"]
    assert [error["path"] for error in shown["errors"]] == [str(missing)]
    assert result.stderr.startswith("padguard: ")
    assert "missing.zip" in result.stderr


def test_partly_readable_export_is_shown_and_told(sample: Path, tmp_path: Path) -> None:
    result = run("show", damaged(sample, tmp_path))
    assert result.exit_code == 3
    assert "Flow “Invoice Desk: Notify”" in result.stdout
    assert "damaged.zip" in result.stderr
    assert "Traceback" not in result.stderr


def test_standard_input_takes_text_and_zips(sample: Path) -> None:
    typed = run("show", "-", text="SET Größe TO 1\n")
    assert typed.exit_code == 0
    assert "standard input" in typed.stdout
    assert "Größe" in typed.stdout
    piped = run("show", "-", text=sample.read_bytes())
    assert "Invoice Desk 1.0.0.1 (standard input)" in piped.stdout


def test_standard_input_twice_is_wrong_usage() -> None:
    result = run("show", "-", "-")
    assert result.exit_code == 2
    assert "once" in result.stderr


def test_unpacked_folder_is_shown_like_its_zip(sample: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(sample, tmp_path / "InvoiceDesk")
    zipped = run("show", sample).stdout.splitlines()
    unpacked = run("show", tmp_path / "InvoiceDesk").stdout.splitlines()
    assert unpacked[1:] == zipped[1:]


@pytest.mark.parametrize("arguments", [["show"], ["show", "--format", "yaml", "x"], ["shwo"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_names_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[2Jb\u202ec\r\nd\ud800") == "a�[2Jb�c��d�"
    assert printable("Größe 行高 “x”") == "Größe 行高 “x”"


class Terminal:
    def isatty(self) -> bool:
        return True


def test_colours_only_on_a_terminal_and_unless_told_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not Console().colours
    monkeypatch.setattr("sys.stdout", Terminal())
    assert Console().colours
    assert Console().paint("MARKED", "green") == "\x1b[32mMARKED\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert Console().paint("MARKED", "green") == "MARKED"


def test_corpus_is_shown(corpus: Path) -> None:
    path = corpus / "solutions" / "PADFramework_1_1_12501_241.zip"
    shown: dict[str, Any] = json.loads(run("show", path, "--format", "json").stdout)
    export = shown["exports"][0]
    assert len(export["flows"]) == 13
    assert export["coverage"]["understood"] == export["coverage"]["statements"]
