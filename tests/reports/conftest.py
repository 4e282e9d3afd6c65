"""Exports looked through, for the tests of reports."""

from collections.abc import Callable
from pathlib import Path

import pytest

from padguard.reports.model import ExportReport
from padguard.session.session import Session


def looked_through(session: Session, path: str) -> ExportReport:
    inspection = session.inspect()
    return ExportReport(path, inspection, session.findings, session.selection.rules())


@pytest.fixture
def report_of_text() -> Callable[[str], ExportReport]:
    """Analyses a Robin text."""
    return lambda text: looked_through(Session.from_text(text, "Flow"), "Flow.robin")


@pytest.fixture
def report_of() -> Callable[[Path], ExportReport]:
    """Opens and analyses a file."""
    return lambda path: looked_through(Session.open(path), str(path))


@pytest.fixture(scope="session")
def sample_report(sample: Path) -> ExportReport:
    """The bundled sample, looked through."""
    return looked_through(Session.open(sample), str(sample))
