"""Measures the analysis: of a whole export, after one edit, and beside a general secret scanner."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.measures import FLOOR_REPEATS, Figures, least_work, shortest

from padguard.flow.model import Sensitivity, VariableKind
from padguard.session.session import Session

EDITS = 11


def analysis(path: Path) -> Figures:
    """Return seconds of the floor, of opening with full analysis, and of detect-secrets.

    All three work on the same export in one process; the last gets its scripts as text files and
    is missing where detect-secrets is not installed.
    """
    session = Session.open(path)
    figures = {
        "floor": shortest(lambda: least_work(path), FLOOR_REPEATS),
        "analysing": shortest(lambda: Session.open(path).analyse()),
        "findings": len(session.analyse()),
    }
    with tempfile.TemporaryDirectory() as folder:
        for number, flow in enumerate(session.flows):
            script = Path(folder, f"{number}.robin")
            script.write_text(flow.script.text, encoding="utf-8", newline="")
        scanner = _detect_secrets(Path(folder))
        if scanner is not None:
            figures["detect_secrets"] = shortest(scanner, 1)  # it takes the better part of a minute
    return figures


def _detect_secrets(folder: Path) -> Callable[[], object] | None:
    """Return what scans the files of a folder with detect-secrets as it comes."""
    try:
        from detect_secrets.core.secrets_collection import SecretsCollection
        from detect_secrets.settings import default_settings
    except ImportError:
        return None

    def scan() -> None:
        secrets = SecretsCollection()
        with default_settings():
            for path in sorted(folder.iterdir()):
                secrets.scan_file(str(path))

    return scan


def edit(path: Path) -> Figures:
    """Return seconds of an edit, and of the analysis that follows it.

    A variable is marked and unmarked in turn; of each of both the shortest of several runs
    counts, and of those the longer. The first edit does not count: it makes what later ones use.
    """
    session = Session.open(path)
    session.analyse()
    (flow,) = session.flows
    variable = next(
        variable
        for variable in flow.variables
        if variable.kind is VariableKind.FLOW
        and variable.local_to is None
        and variable.sensitivity in (Sensitivity.CLEAN, Sensitivity.EXPOSED)
    )
    applying: list[float] = []
    analysing: list[float] = []
    for number in range(EDITS):
        change = session.marking(flow.id, [variable.name], sensitive=number % 2 == 0)
        start = time.perf_counter()
        session.apply(*change)
        applied = time.perf_counter()
        session.analyse()
        applying.append(applied - start)
        analysing.append(time.perf_counter() - applied)
    return {
        name: max(min(times[1::2]), min(times[2::2]))
        for name, times in (("applying", applying), ("analysing", analysing))
    }
