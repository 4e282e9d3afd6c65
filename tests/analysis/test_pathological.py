"""Input that nobody writes, but somebody may send: it ends, and what was not done is said."""

import pytest

from padguard.analysis import propagation
from padguard.analysis.holdings import LONGEST_PATH
from padguard.analysis.inspection import Inspection, Inspector
from padguard.analysis.options import Options
from padguard.exports.model import Export, ExportKind
from padguard.flow.build import build_flow
from padguard.reports.coverage import GapKind, gaps
from padguard.rules.engine import Selection, find
from padguard.rules.finding import Finding

HEADER = (
    "@SENSITIVE: [Password]\r\n@INPUT Password : { 'Description': '', 'FriendlyName': 'Password', "
    "'DefaultValue': '', 'Type': 'String' } \r\n"
)


def inspected(body: str) -> tuple[Inspection, list[Finding]]:
    flow = build_flow("a", "Pathological", HEADER + body)
    found = Inspector(Options()).inspect(Export(None, ExportKind.SCRIPT, ""), [flow])
    return found, find(found, Selection())


def rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


def test_ten_thousand_nested_blocks():
    body = "IF A = 1 THEN\r\n" * 10_000 + "SET X TO Password\r\n" + "END\r\n" * 10_000
    _, findings = inspected(body)
    assert "PG202" in rules(findings)


def test_a_hundred_thousand_variables():
    body = "".join(f"SET V{number} TO 'a'\r\n" for number in range(100_000))
    inspection, _ = inspected(f"{body}SET X TO Password\r\n")
    assert len(inspection.flows[0].variables) == 100_002


def test_a_very_long_way_is_shortened_but_keeps_its_source():
    body = "".join(
        f"SET V{number} TO {f'V{number - 1}' if number else 'Password'}\r\n"
        for number in range(5_000)
    )
    _, findings = inspected(body)
    last = next(finding for finding in findings if finding.variables[:1] == ("V4999",))
    assert len(last.path) == LONGEST_PATH + 1
    assert "Password" in str(last.path[0].text)


def test_one_very_long_line():
    _, findings = inspected("SET X TO $'''" + "Server=x;Password=Kx8pomelo;" * 200_000 + "'''\r\n")
    assert "PG103" in rules(findings)


def test_goto_spaghetti():
    body = "SET X TO Password\r\n" + "".join(
        f"LABEL L{number}\r\nIF X = {number} THEN\r\nGOTO L{number * 7919 % 2000}\r\nEND\r\n"
        f"SET X{number % 50} TO X\r\n"
        for number in range(2_000)
    )
    _, findings = inspected(body)
    variables = {finding.variables[0] for finding in findings if finding.rule == "PG202"}
    assert {f"X{number}" for number in range(50)} <= variables


def test_subflows_that_call_each_other_in_circles():
    body = "SET X TO Password\r\nCALL S0\r\n" + "".join(
        f"FUNCTION S{number} GLOBAL\r\nSET Y{number} TO X\r\nCALL S{(number + 1) % 200}\r\n"
        f"CALL S{number * 31 % 200}\r\nEND FUNCTION\r\n"
        for number in range(200)
    )
    inspection, findings = inspected(body)
    assert all(travel.trace.complete for travel in inspection.travels)
    assert sum(finding.rule == "PG202" for finding in findings) == 201


def test_work_without_end_stops_and_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(propagation, "MOST_CROSSINGS", 10)
    body = "".join(f"SET V{n} TO Password\r\nLABEL L{n}\r\nGOTO L{n}\r\n" for n in range(50))
    inspection, _ = inspected(
        body + "CALL A\r\nFUNCTION A GLOBAL\r\nSET B TO Password\r\nEND FUNCTION"
    )
    inspection_of_calls, _ = inspected(
        "".join(f"CALL S{n}\r\n" for n in range(50))
        + "".join(
            f"FUNCTION S{n} GLOBAL\r\nSET X{n} TO Password\r\nEND FUNCTION\r\n" for n in range(50)
        )
    )
    traces = [t.trace for i in (inspection, inspection_of_calls) for t in i.travels]
    assert not all(trace.complete for trace in traces)


def test_what_was_given_up_is_a_gap(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(propagation, "MOST_CROSSINGS", 1)
    inspection, _ = inspected(
        "CALL A\r\nCALL B\r\nFUNCTION A GLOBAL\r\nSET X TO Password\r\nEND FUNCTION\r\n"
        "FUNCTION B GLOBAL\r\nSET Y TO X\r\nSET Z TO Y\r\nEND FUNCTION\r\n"
    )
    assert GapKind.TOO_LARGE in {gap.kind for gap in gaps(inspection)}


def test_a_very_long_text_is_a_gap():
    inspection, _ = inspected("SET X TO $'''" + "a " * 600_000 + "'''\r\n")
    assert GapKind.TOO_LARGE in {gap.kind for gap in gaps(inspection)}
