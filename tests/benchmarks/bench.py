"""Measures PAD Guard on a large export and prints the figures beside their aims.

    python tests/benchmarks/bench.py [--flows 100] [--actions 100000]

The export is made of the real flows beside this checkout, or of the bundled sample's where those
are missing. Actions are counted as the designer counts them: rows.
"""

import argparse
import compileall
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

FLOW_ACTIONS = 5000
"""Actions of the one flow by which the window is measured."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result: what was measured, and what it should not exceed."""

    name: str
    value: float
    aim: float
    unit: str
    note: str = ""

    def __str__(self) -> str:
        verdict = "" if self.value <= self.aim else "   missed"
        value, aim = f"{self.value:.3g} {self.unit}", f"aim {self.aim:g} {self.unit}"
        return f"{self.name:<48}{value:>10}   {aim:<12}{verdict}{self.note and '   ' + self.note}"


def measure(what: str, path: Path) -> dict[str, float]:
    """Run one measurement in a process of its own and return its figures."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PADGUARD_HOME": home}
        done = subprocess.run(
            [sys.executable, __file__, "--child", what, str(path)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def be_child(what: str, path: Path) -> None:
    """Do one measurement and print its figures as JSON."""
    from tests.benchmarks import measures, scan

    if what == "window":
        from tests.benchmarks import window

        figures = window.window(path)
    else:
        known = (measures.speed, measures.memory, scan.analysis, scan.edit)
        figures = {measure.__name__: measure for measure in known}[what](path)
    sys.stdout.write(json.dumps(figures) + "\n")


def report(large: Path, single: Path) -> None:
    """Measure both exports and print the result."""
    # An installation has its modules compiled, so compiling is no part of what is measured.
    compileall.compile_dir(PROJECT / "src", quiet=1)
    speed = measure("speed", large)
    size = speed["script_bytes"] / 1e6
    sys.stdout.write(
        f"{speed['flows']:,.0f} flows, {speed['rows']:,.0f} actions, {size:.1f} MB of script, "
        f"{large.stat().st_size / 1e6:.1f} MB zipped; "
        f"{speed['understood']:.2%} of statements understood, {speed['problems']:.0f} problems\n"
    )
    growth = measure("memory", large)["growth"] / 1e6
    analysis, again = measure("analysis", large), measure("edit", single)
    one, many = measure("window", single), measure("window", large)
    flow = f"{FLOW_ACTIONS:,}-action flow"
    took = f"{speed['opening']:.2f} s / {speed['floor']:.2f} s"
    edited = f"and {again['applying'] * 1000:.0f} ms for the edit itself"
    analysed = f"{analysis['analysing']:.2f} s / {analysis['floor']:.2f} s"
    figures = [
        Figure("Opening and modelling", speed["opening"] / speed["floor"], 20, "x floor", took),
        Figure(
            "Opening and full analysis",
            analysis["analysing"] / analysis["floor"],
            40,
            "x floor",
            f"{analysed}; {analysis['findings']:.0f} findings",
        ),
        Figure(f"Analysis after an edit, {flow}", again["analysing"] * 1000, 100, "ms", edited),
        Figure("Peak memory", growth / size, 15, "x script", f"{growth:.0f} MB"),
        Figure(f"First tree, {flow}", one["first_tree"] * 1000, 300, "ms"),
        Figure(f"Longest standstill of the window, {flow}", one["standstill"] * 1000, 50, "ms"),
        Figure(
            "Longest standstill of the window, large export", many["standstill"] * 1000, 50, "ms"
        ),
        Figure("First tree, large export", many["first_tree"] * 1000, 300, "ms"),
    ]
    if "detect_secrets" in analysis:
        other = f"detect-secrets: {analysis['detect_secrets']:.2f} s for the same text"
        ratio = analysis["analysing"] / analysis["detect_secrets"]
        name = "Opening and full analysis, beside detect-secrets"
        figures.insert(2, Figure(name, ratio, 1, "x", other))
    else:
        sys.stdout.write("detect-secrets is not installed: no comparison\n")
    sys.stdout.write("".join(f"{figure}\n" for figure in figures))


def main() -> None:
    """Read the options, make the exports, and report."""
    parser = argparse.ArgumentParser(description="Measures PAD Guard on a large export.")
    parser.add_argument("--flows", type=int, default=100)
    parser.add_argument("--actions", type=int, default=100_000)
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "PATH"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        be_child(options.child[0], Path(options.child[1]))
        return
    from tests.benchmarks import large_export

    with tempfile.TemporaryDirectory() as folder:
        large, single = Path(folder, "large.zip"), Path(folder, "single.zip")
        large_export.make(large, options.flows, options.actions)
        large_export.make(single, 1, FLOW_ACTIONS)
        report(large, single)


if __name__ == "__main__":
    main()
