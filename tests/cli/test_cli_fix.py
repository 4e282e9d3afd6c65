"""``padguard fix``: what it applies, what it writes, what it says."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from padguard.cli.main import commands
from padguard.exports.open import open_export
from padguard.session.session import Session

SECRETS = ("Kx8!pomelo", "damson")
TEXT = """\
@SENSITIVE: [Password]
@INPUT Password : { 'Description': '', 'DefaultValue': 'Kx8!pomelo', 'Type': 'String' }
SET Connection TO $'''Server=sql01;User Id=robot;Password=%Password%;'''
SET Copy TO Connection
"""


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(commands, ["fix", *map(str, arguments)], input=text)


def as_json(*arguments: object) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)
    return shown


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    path = tmp_path / "Flow.robin"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


@pytest.fixture
def export(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "Desk 日本.zip"))


def test_safe_fixes_are_written_beside_the_original(flow: Path) -> None:
    result = run(flow)
    assert flow.read_text("utf-8") == TEXT
    written = (flow.parent / "Flow.guarded.robin").read_text("utf-8")
    assert written == TEXT.replace("[Password]", "[Password, Connection, Copy]")
    assert result.exit_code == 1  # the default in clear is left
    assert "Mark Connection as sensitive" in result.stdout
    assert "a person has to agree" in " ".join(result.stdout.split())


def test_review_applies_what_a_person_agrees_to(flow: Path) -> None:
    result = run(flow, "--review", "--select", "PG105,PG202", "-o", flow.parent / "new.robin")
    written = (flow.parent / "new.robin").read_text("utf-8")
    assert "'DefaultValue': ''" in written
    assert "Drop the default of Password" in result.stdout
    assert not set(SECRETS) & set(result.output.split())


def test_a_preview_writes_nothing_and_masks_secrets(flow: Path) -> None:
    result = run(flow, "--diff", "--review")
    assert [path.name for path in flow.parent.iterdir()] == ["Flow.robin"]
    assert "-@SENSITIVE: [Password]" in result.stdout
    assert "+@SENSITIVE: [Password, Connection, Copy]" in result.stdout
    assert "'DefaultValue': '••••'" in result.stdout
    assert "Kx8!pomelo" not in result.output


def test_only_selected_rules_are_fixed(export: Path) -> None:
    shown = as_json(export, "--select", "PG201")
    (found,) = shown["exports"]
    assert {one["rule"] for one in found["fixed"]} == {"PG201"}
    assert found["left"] == []
    reopened = Session.open(export.with_name("Desk 日本.guarded.zip"))
    assert "PG201" not in {finding.rule for finding in reopened.analyse()}


def test_ignored_rules_are_left_alone(export: Path) -> None:
    shown = as_json(export, "--ignore", "PG2")
    rules = {one["rule"] for one in shown["exports"][0]["fixed"]}
    assert not {rule for rule in rules if rule.startswith("PG2")}


def test_what_is_left_says_why(export: Path) -> None:
    (found,) = as_json(export, "--diff")["exports"]
    assert found["preview"] is True
    assert found["output"] is None
    assert found["left"]
    assert all(one["reason"] and one["fingerprint"] for one in found["left"])
    assert {tuple(sorted(one)) for one in found["diff"]} == {("flow", "lines")}


def test_nothing_to_fix_writes_nothing(tmp_path: Path) -> None:
    flow = tmp_path / "Clean.robin"
    flow.write_text("SET Greeting TO $'''Hello'''\n", encoding="utf-8", newline="")
    result = run(flow)
    assert result.exit_code == 0
    assert "nothing was written" in result.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["Clean.robin"]


def test_standard_input_needs_a_place_to_write_to(tmp_path: Path) -> None:
    assert run("-", text=TEXT).exit_code == 2
    target = tmp_path / "out.robin"
    run("-", "-o", target, text=TEXT)
    assert "[Password, Connection, Copy]" in target.read_text("utf-8")


def test_the_original_is_never_overwritten(flow: Path) -> None:
    assert run(flow, "-o", flow).exit_code == 2
    assert flow.read_text("utf-8") == TEXT


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 nothing")
    result = run(broken, "--format", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["errors"][0]["path"] == str(broken)


def test_what_cannot_be_written_is_said(flow: Path) -> None:
    result = run(flow, "-o", flow.parent / "missing" / "new.robin")
    assert result.exit_code == 3
    assert not (flow.parent / "missing").exists()


def test_an_unpacked_solution_is_written_as_a_folder(corpus: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(corpus / "unpacked" / "padframework-local", tmp_path / "local"))
    run(folder)
    written = open_export(tmp_path / "local.guarded")
    before = {flow.id: flow.script for flow in open_export(folder).desktop_flows}
    assert any(flow.script != before[flow.id] for flow in written.desktop_flows)


def test_the_fixed_export_of_a_real_solution_has_the_findings_no_more(
    corpus: Path, tmp_path: Path
) -> None:
    target = tmp_path / "fixed.zip"
    run(corpus / "solutions" / "PADFramework_1_1_12501_241.zip", "--select", "PG2", "-o", target)
    left = {finding.rule for finding in Session.open(target).analyse()}
    assert not left & {"PG201", "PG202", "PG203"}


INVENTED = "Vault.GetCredential CredentialName: $'''Example''' Timeout: 0 Credential=> Credential\n"
"""How the designer writes Get credential is documented nowhere; this is made up."""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "copied.txt"
    path.write_text(INVENTED, encoding="utf-8", newline="")
    return path


def test_without_a_template_secrets_are_not_replaced(export: Path) -> None:
    shown = as_json(export, "--review", "--select", "PG101", "--diff")
    (found,) = shown["exports"]
    assert found["fixed"] == []
    assert all("steps" in one["reason"] for one in found["left"])


def test_secrets_are_replaced_as_the_template_says(export: Path, template: Path) -> None:
    options = ("--review", "--select", "PG101", "--get-credential-template", template)
    shown = as_json(export, *options, "--diff")["exports"][0]
    assert {one["fix"]["id"] for one in shown["fixed"]} == {"replace-secret"}
    assert shown["left"] == []
    added = [line for flow in shown["diff"] for line in flow["lines"] if line.startswith("+Vault.")]
    assert added
    assert len(shown["removed_secrets"]) >= len(added)
    result = run(export, *options)
    assert not {word for word in SECRETS if word in result.output}
    reopened = Session.open(export.with_name("Desk 日本.guarded.zip"))
    assert "PG101" not in {finding.rule for finding in reopened.analyse()}


def test_what_is_no_template_is_refused(export: Path, template: Path) -> None:
    template.write_text("SET A TO 1\n", encoding="utf-8", newline="")
    result = run(export, "--get-credential-template", template)
    assert result.exit_code == 3
    assert not export.with_name("Desk 日本.guarded.zip").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it would reach a real keychain")
def test_without_a_keychain_secrets_are_kept_nowhere_and_it_is_said(
    export: Path, template: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    options = ("--review", "--select", "PG101", "--get-credential-template", template)
    result = run(export, *options, "--keep-secrets")
    assert result.exit_code == 3
    assert "keychain" in result.stderr
    kept = [path for path in own_home.rglob("*") if path.is_file()]
    stored = Session.open(export)
    stored.analyse()
    secrets = [finding.secret.reveal() for finding in stored.findings if finding.secret]
    assert not [path for path in kept for secret in secrets if secret in path.read_text("utf-8")]


def test_findings_of_later_rounds_are_told_where_they_were(
    corpus: Path, tmp_path: Path, template: Path
) -> None:
    framework = corpus / "solutions" / "PADFramework_1_1_12501_241.zip"
    options = ("--review", "--get-credential-template", template, "-o", tmp_path / "fixed.zip")
    (found,) = as_json(framework, *options)["exports"]
    assert len(found["fixed"]) > 50
    assert all(one["line"] for one in found["fixed"] if one["row"])
    assert run(framework, *options).exit_code == 1
