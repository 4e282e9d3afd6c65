"""The text: readable at any width, grouped by flow, the worst first."""

from collections.abc import Callable

import pytest

from padguard.reports.model import ExportReport, Failure
from padguard.reports.text import Page, TextWriter

Reports = Callable[[str], ExportReport]


def lines_of(report: ExportReport, page: Page, *, every_gap: bool = False) -> list[str]:
    writer = TextWriter(page, every_gap=every_gap)
    return (writer.add(report) + writer.end([])).splitlines()


@pytest.mark.parametrize("width", [120, 80, 50, 30])
def test_lines_fit(sample_report: ExportReport, width: int) -> None:
    lines = lines_of(sample_report, Page(width))
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_flows_come_in_order_with_the_worst_first(sample_report: ExportReport) -> None:
    lines = lines_of(sample_report, Page())
    flows = [line.strip() for line in lines if line.startswith("  Flow “")]
    assert flows == [f"Flow “{flow.name}”" for flow in sample_report.inspection.flows]
    words = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO")
    start = lines.index(f"  {flows[0]}")
    end = lines.index(f"  {flows[1]}")
    severities = [
        line.split()[0] for line in lines[start:end] if line.split()[:1] and line[4:5] != " "
    ]
    ranks = [words.index(word) for word in severities if word in words]
    assert ranks == sorted(ranks)
    assert len(ranks) > 10


def test_a_finding_says_where_what_why_and_how(report_of_text: Reports) -> None:
    text = (
        "@SENSITIVE: [Secret]\n"
        "@INPUT Secret : { 'Description': '', 'FriendlyName': 'S', 'DefaultValue': '', "
        "'Type': 'String' }\n"
        "Display.ShowMessageDialog.ShowMessage Title: $'''Hello''' Message: Secret "
        "ButtonPressed=> Button\n"
    )
    lines = lines_of(report_of_text(text), Page(100))
    start = next(index for index, line in enumerate(lines) if "PG301" in line)
    assert lines[start] == "    HIGH PG301  Main › row 1, line 3"
    assert lines[start + 1] == "      Secret is sensitive and is shown on the screen."
    assert lines[start + 3].startswith("        1. Secret is an input that is marked as sensitive")
    assert lines[start + 3].endswith("(line 2)")
    assert lines[start + 4].endswith("(Main › row 1, line 3)")
    assert lines[-2].startswith("Findings: 2 (")
    assert lines[-1] == "“padguard rules PG301” explains a rule."


def test_severities_are_coloured_where_colours_are_wanted(sample_report: ExportReport) -> None:
    def paint(text: str, colour: str) -> str:
        return f"<{colour}>{text}</>"

    lines = lines_of(sample_report, Page(80, paint))
    assert any(line.startswith("    <bright_red>CRITICAL</> PG1") for line in lines)
    assert not any("<" in line for line in lines_of(sample_report, Page(80)) if "PG" in line)


def test_nothing_found_is_said(report_of_text: Reports) -> None:
    lines = lines_of(report_of_text("@SENSITIVE: []\nSET A TO 1\n"), Page())
    assert lines[-1] == "No findings."
    assert "  Understood: 2 of 2 statements." in lines


def test_many_gaps_are_cut_unless_all_are_wanted(report_of_text: Reports) -> None:
    report = report_of_text("@SENSITIVE: []\n" + "Nobody.Knows A: 1\n" * 12)
    short = lines_of(report, Page())
    assert sum("Nobody.Knows" in line for line in short) == 5
    assert any("7 more" in line for line in short)
    assert any("(12)" in line for line in short)
    every = lines_of(report, Page(), every_gap=True)
    assert sum("Nobody.Knows" in line for line in every) == 12
    assert not any(" more" in line for line in every)


def test_names_cannot_steer_the_terminal(report_of_text: Reports) -> None:
    report = report_of_text("SET Password TO $'''Kx8!pomelo'''\n")
    hostile = ExportReport("a\x1b[2J.robin", report.inspection, report.findings, report.rules)
    lines = lines_of(hostile, Page())
    assert lines[0] == "a�[2J.robin"
    failed = TextWriter(Page()).end([Failure("b\x1b[2J", "It cannot be read.")])
    assert "\x1b" not in failed
