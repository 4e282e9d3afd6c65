"""Harder cases of single rules: a finding on each row below ``# FOUND``, and on no other."""

from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"
CASES = sorted(FIXTURES.glob("*/*.robin"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_marked_rows_are_found(file, findings):
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    expected = [n + 2 for n, line in enumerate(lines) if line.strip() == "# FOUND"]
    found = findings(text, select=[file.parent.name.upper()])
    starts = [len(text[: finding.place.start].split("\n")) for finding in found]
    assert sorted(starts) == expected
