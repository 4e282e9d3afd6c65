"""What bench.py measures; each in a process of its own, so that none leans on another."""

import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPEATS = 3
FLOOR_REPEATS = 15  # it is so short that other work on the machine shows in it
PAYLOADS = ("Definition", "Inputs", "Outputs", "Metadata", "Dependencies", "ConnectionReferences")
Figures = dict[str, float]


def shortest(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the seconds of the shortest of several runs."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def least_work(path: Path) -> None:
    """Do the least that any reader of an export must do."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(
        members["customizations.xml"], etree.XMLParser(resolve_entities=False, huge_tree=True)
    )
    for workflow in root.iter("Workflow"):
        for payload in PAYLOADS:
            json.loads(workflow.findtext(payload) or "null")
    for name, data in members.items():
        if name.endswith(".json"):
            json.loads(data)


def speed(path: Path) -> Figures:
    """Return seconds of the floor and of opening and modelling, and what was opened."""
    from padguard.session.session import Session

    floor = shortest(lambda: least_work(path), FLOOR_REPEATS)
    opening = shortest(lambda: Session.open(path))
    session = Session.open(path)
    rows = sum(1 for flow in session.flows for subflow in flow.subflows for _ in subflow.rows)
    scripts = sum(len(flow.script.text.encode()) for flow in session.flows)
    understood = sum(flow.coverage.understood for flow in session.flows)
    statements = sum(flow.coverage.statements for flow in session.flows)
    return {
        "floor": floor,
        "opening": opening,
        "flows": len(session.flows),
        "rows": rows,
        "script_bytes": scripts,
        "understood": understood / statements,
        "problems": len(session.problems),
    }


def memory(path: Path) -> Figures:
    """Return by how many bytes the process grew at its peak while opening and modelling."""
    from padguard.catalog.lookup import load
    from padguard.session.session import Session

    for _form in load().forms():
        pass
    before = _peak_bytes()
    session = Session.open(path)
    return {"growth": _peak_bytes() - before, "flows": len(session.flows)}


def _peak_bytes() -> int:
    """Return the most memory that this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: after exec it still remembers the size of the parent process.
        line = next(
            line for line in status.read_text(encoding="ascii").splitlines() if "VmHWM" in line
        )
        return int(line.split()[1]) * 1024
    return _peak_bytes_windows()


def _peak_bytes_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("Others", ctypes.c_size_t * 7),
        )

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    system: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - known to mypy on Windows only
    system.K32GetProcessMemoryInfo(
        wintypes.HANDLE(system.GetCurrentProcess()), ctypes.byref(counters), counters.cb
    )
    return int(counters.PeakWorkingSetSize)
