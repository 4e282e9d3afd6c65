"""CSV, Markdown and JUnit: what their readers expect, and nothing else, whatever the export."""

import csv
import datetime as dt
import html
import io
import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reports.hostile import NAMES, SECRET, hostile_report
from tests.reports.test_reports_no_secrets import HEADER, PLACES

from padguard.reports.csv_findings import COLUMNS, CsvWriter
from padguard.reports.html import HtmlWriter
from padguard.reports.junit import JunitWriter
from padguard.reports.markdown import MOST, MarkdownWriter, code, marked
from padguard.reports.model import ExportReport, Failure, Triage, Writer
from padguard.rules.finding import Severity
from padguard.rules.triage import Decisions, State, decide

TODAY = dt.date(2026, 1, 5)
FAILED = Failure("gone.zip", "It cannot be read.")


def written(writer: Writer, *reports: ExportReport, failures: tuple[Failure, ...] = ()) -> str:
    return "".join(map(writer.add, reports)) + writer.end(failures)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def accepted(report: ExportReport, reason: str = "Agreed") -> ExportReport:
    decision = decide(report.findings[0], State.ACCEPTED, flow_name="", today=TODAY, reason=reason)
    return replace(report, triage=Triage(Decisions([decision]), TODAY))


def test_csv_is_what_excel_opens(sample_report: ExportReport) -> None:
    text = written(CsvWriter(), sample_report, failures=(FAILED,))
    assert text.startswith("\ufeffExport,Kind,Rule,")
    assert "\n" not in text.replace("\r\n", "")
    rows = rows_of(text)
    kinds = Counter(row["Kind"] for row in rows)
    assert kinds["finding"] == len(sample_report.findings)
    assert kinds["not analysed"] == len(sample_report.gaps)
    assert [row["Message"] for row in rows if row["Kind"] == "not opened"] == [FAILED.reason]
    assert all(None not in row and None not in row.values() for row in rows)
    first = rows[0]
    assert first["Rule"] == sample_report.findings[0].rule
    assert first["Fingerprint"] == sample_report.findings[0].fingerprint
    assert (first["Severity"], first["State"], first["Row"]) == ("critical", "open", "1")


def test_csv_tells_states_and_reasons(sample_report: ExportReport) -> None:
    row = rows_of(written(CsvWriter(), accepted(sample_report)))[0]
    assert (row["State"], row["Reason"]) == ("accepted", "Agreed")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_csv_runs_no_formula(name: str) -> None:
    report = hostile_report(name)
    text = written(CsvWriter(), report, failures=(Failure(name, name),))
    assert SECRET not in text
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        assert len(row) == len(COLUMNS)
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_markdown_of_the_sample(sample_report: ExportReport) -> None:
    text = written(MarkdownWriter(), sample_report, failures=(FAILED,))
    lines = text.splitlines()
    assert lines[0].startswith("# PAD Guard: `")
    assert re.search(r"\*\*Score: \d+ of 100\*\*", text)
    assert sum(line.startswith("- **") for line in lines) == len(sample_report.findings)
    assert "- `gone.zip`: `It cannot be read.`" in lines
    assert "## What could not be analysed" in lines
    assert "1. Mark variables as sensitive: Mends 17 findings" in text
    assert "\n\n\n" not in text


def without_code(text: str) -> str:
    """Return Markdown without its code spans (CommonMark §6.1: runs of backticks pair up)."""
    return re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "CODE", text)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_markdown_keeps_texts_of_an_export_in_code(name: str) -> None:
    text = written(MarkdownWriter(), hostile_report(name), failures=(Failure(name, name),))
    assert SECRET not in text
    bare = without_code(text)
    for sign in ("<", "evil.example", "@everyone", "alert(1)", "{{", "\u202e", "\x00", "](", "&"):
        assert sign not in bare, (sign, [line for line in bare.splitlines() if sign in line])
    headings = [line for line in bare.splitlines() if line.startswith("#")]
    assert all(line.startswith(("# PAD Guard: CODE", "# What", "## ")) for line in headings)
    assert text.encode()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("`ab \n<"), max_size=12))
def test_code_holds_any_text(text: str) -> None:
    shown = code(text)
    assert without_code(f"x{shown}x") == ("xCODEx" if text.strip() else "xx")


def test_words_of_our_own_are_escaped() -> None:
    from padguard.foundation.messages import mark

    words = mark("tests", "A *star* and {name} <b>")
    assert marked(words(name="*x*")) == r"A \*star\* and `*x*` \<b\>"


def test_markdown_is_never_too_long_for_a_comment(sample_report: ExportReport) -> None:
    many = replace(sample_report, findings=list(sample_report.findings) * 20)
    text = written(MarkdownWriter(), many)
    assert sum(line.startswith("- **") for line in text.splitlines()) == MOST
    assert f"… and {20 * len(sample_report.findings) - MOST} more" in text
    assert len(text) < 65_536


def test_junit_of_the_sample(sample_report: ExportReport) -> None:
    text = written(JunitWriter(), sample_report, failures=(FAILED,))
    assert text.isascii()
    root = ET.fromstring(text)
    assert root.tag == "testsuites"
    open_ones = [one for one in sample_report.findings if one.severity is not Severity.INFO]
    assert len(root.findall("testsuite/testcase/failure")) == len(open_ones)
    assert int(root.get("failures", "")) == len(open_ones)
    assert int(root.get("errors", "")) == 1
    names = [suite.get("name", "") for suite in root]
    for flow in sample_report.inspection.flows:
        assert f"{sample_report.path}: {flow.name}" in names
    for suite in root:
        cases = suite.findall("testcase")
        assert cases
        assert int(suite.get("tests", "")) == len(cases)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert all(case.get("name") and case.get("classname") for case in cases)
    assert "Not analysed" in "".join(out.text or "" for out in root.iter("system-out"))


def test_junit_skips_what_was_decided(sample_report: ExportReport) -> None:
    root = ET.fromstring(written(JunitWriter(), accepted(sample_report, "Ada said so")))
    (skipped,) = root.findall("testsuite/testcase/skipped")
    assert skipped.get("message") == "accepted: Ada said so"
    assert root.get("skipped") == "1"


def test_junit_of_a_clean_flow_passes(report_of_text) -> None:
    root = ET.fromstring(written(JunitWriter(), report_of_text("@SENSITIVE: []\nSET A TO 1\n")))
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_junit_is_well_formed_whatever_the_names(name: str) -> None:
    text = written(JunitWriter(), hostile_report(name), failures=(Failure(name, name),))
    root = ET.fromstring(text)
    assert {element.tag for element in root.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"),
    }
    assert SECRET not in text


@pytest.mark.parametrize("make", [CsvWriter, MarkdownWriter, JunitWriter])
def test_secrets_are_shown_when_asked_for(make, report_of_text) -> None:
    report = report_of_text("SET Password TO $'''Vy4!quince'''\n")
    assert "Vy4!quince" not in written(make(), report)
    assert "Vy4!quince" in written(make(show_secrets=True), report)


@pytest.mark.parametrize("place", PLACES)
def test_secrets_are_masked_wherever_they_stand(place: str, report_of_text) -> None:
    secret = "zQ7pomelo!v9K"
    report = report_of_text((HEADER + place + "\n").format(secret))
    made = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    for writer in (CsvWriter(), MarkdownWriter(), JunitWriter(), HtmlWriter(made)):
        text = html.unescape(written(writer, report))
        assert secret.casefold() not in text.casefold(), type(writer).__name__
