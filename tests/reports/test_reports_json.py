"""The stable JSON: its fields, and what they say."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from padguard.reports.json import JsonWriter
from padguard.reports.model import ExportReport

Reports = Callable[[str], ExportReport]
TEXT = """\
@SENSITIVE: [Secret]
@INPUT Secret : { 'Description': '', 'FriendlyName': 'S', 'DefaultValue': '', 'Type': 'String' }
SET Copy TO Secret
CALL Tell
FUNCTION Tell GLOBAL
    Display.ShowMessageDialog.ShowMessage Title: $'''Hello''' Message: Copy ButtonPressed=> Button
END FUNCTION
"""
FINDING_FIELDS = {
    *("rule", "severity", "flow", "subflow", "row", "line", "column", "message", "variables"),
    *("path", "fixes", "fingerprint", "state"),
}


def as_object(report: ExportReport) -> dict[str, Any]:
    writer = JsonWriter()
    assert writer.add(report) == ""
    written: dict[str, Any] = json.loads(writer.end([]))
    return written


def test_every_field_of_the_stable_object_is_there(sample_report: ExportReport) -> None:
    written = as_object(sample_report)
    assert written["schema"] == "padguard/1"
    assert set(written["tool"]) >= {"name", "version", "catalog", "rules"}
    export = written["exports"][0]
    assert set(export) >= {
        *("path", "kind", "sha256", "managed", "solution", "problems", "coverage", "flows"),
        *("findings", "components"),
    }
    assert set(export["coverage"]) >= {"statements", "understood", "actions", "unknown_actions"}
    assert set(export["flows"][0]) == {
        *("id", "name", "schema", "power_fx", "actions", "variables"),
    }
    component = export["components"][0]
    assert set(component) >= {"type", "id", "name", "in_export", "table", "used_by"}
    for finding in export["findings"]:
        assert set(finding) >= FINDING_FIELDS
        assert finding["fixes"], finding["rule"]
        for fix in finding["fixes"]:
            assert set(fix) == {"id", "title", "applicability", "disabled_reason"}
            assert fix["applicability"] in ("SAFE", "REVIEW", "GUIDED")
        assert finding["state"] == "open"


def test_finding_says_where_it_is_and_how_it_got_there(report_of_text: Reports) -> None:
    export = as_object(report_of_text(TEXT))["exports"][0]
    finding = next(found for found in export["findings"] if found["rule"] == "PG301")
    assert (finding["subflow"], finding["row"], finding["line"]) == ("Tell", 1, 6)
    assert finding["column"] == TEXT.splitlines()[5].index("Copy") + 1
    assert finding["variables"] == ["Copy", "Secret"]
    assert finding["flow"] == export["flows"][0]["id"]
    steps = [(step["subflow"], step["row"], step["line"]) for step in finding["path"]]
    assert steps == [(None, None, 2), ("Main", 1, 3), ("Tell", 1, 6)]
    assert all(step["text"] for step in finding["path"])


def test_exposed_variables_are_said_so(report_of_text: Reports) -> None:
    flow = as_object(report_of_text(TEXT))["exports"][0]["flows"][0]
    sensitivity = {entry["name"]: entry["sensitivity"] for entry in flow["variables"]}
    assert sensitivity == {"Secret": "MARKED", "Copy": "EXPOSED", "Button": "CLEAN"}


def test_fingerprints_are_stable_and_differ(sample_report: ExportReport) -> None:
    first = as_object(sample_report)["exports"][0]["findings"]
    prints = [found["fingerprint"] for found in first]
    assert len(set(prints)) == len(prints)
    assert prints == [finding.fingerprint for finding in sample_report.findings]


@pytest.mark.parametrize(
    ("line", "kind", "place"),
    [
        ("Nobody.KnowsThis Text: Secret", "unknown-action", ("Main", 1, 3)),
        ("THIS IS NO ROBIN", "not-understood", ("Main", 1, 3)),
        (
            "FTP.OpenConnection Host: $'''h''' Password: P'AQAA' Connection=> Ftp",
            "encrypted-value",
            ("Main", 1, 3),
        ),
        (
            "Scripting.RunPowershellScript.RunScript Script: $'''Get-Date''' ScriptOutput=> Now",
            "script",
            ("Main", 1, 3),
        ),
        (
            "External.RunFlow FlowId: '5a0f2f0e-3d0b-4d57-9a43-7f3b3c1d9a10' @Key: Secret",
            "child-flow",
            ("Main", 1, 3),
        ),
    ],
)
def test_coverage_lists_what_could_not_be_analysed(
    report_of_text: Reports, line: str, kind: str, place: tuple[str, int, int]
) -> None:
    header = "".join(TEXT.splitlines(keepends=True)[:2])
    coverage = as_object(report_of_text(f"{header}{line}\n"))["exports"][0]["coverage"]
    assert [
        (gap["kind"], (gap["subflow"], gap["row"], gap["line"])) for gap in coverage["not_analysed"]
    ] == [(kind, place)]


def test_nothing_is_missing_from_a_flow_that_is_understood(report_of_text: Reports) -> None:
    coverage = as_object(report_of_text(TEXT))["exports"][0]["coverage"]
    assert coverage["not_analysed"] == []
    assert coverage["understood"] == coverage["statements"] > 0


def test_text_without_header_is_told(report_of_text: Reports) -> None:
    coverage = as_object(report_of_text("SET A TO 1\n"))["exports"][0]["coverage"]
    assert [gap["kind"] for gap in coverage["not_analysed"]] == ["no-header"]


def test_script_from_a_variable_is_told_apart(report_of_text: Reports) -> None:
    action = "Scripting.RunPowershellScript.RunScript Script: {} ScriptOutput=> Out\n"
    said = [
        as_object(report_of_text(action.format(body)))["exports"][0]["coverage"]["not_analysed"][-1]
        for body in ("$'''Get-Date'''", "Body")
    ]
    assert [gap["kind"] for gap in said] == ["script", "script"]
    assert said[0]["message"] != said[1]["message"]


def test_disabled_rows_are_no_gap(report_of_text: Reports) -> None:
    text = f"{TEXT}DISABLE Nobody.KnowsThis Text: Secret\n"
    assert as_object(report_of_text(text))["exports"][0]["coverage"]["not_analysed"] == []
