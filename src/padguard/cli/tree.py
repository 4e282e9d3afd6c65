"""An open export as a tree to read."""

from collections.abc import Iterator
from typing import Final

from padguard.cli.console import Console
from padguard.cli.inputs import Opened
from padguard.exports.model import Export
from padguard.flow.model import Action, Flow, Sensitivity, Subflow, VariableKind
from padguard.flow.words import title
from padguard.foundation.messages import mark
from padguard.foundation.printable import printable

COLOURS: Final = {
    Sensitivity.CREDENTIAL: "green",
    Sensitivity.MARKED: "green",
    Sensitivity.EXPOSED: "red",
    Sensitivity.CLEAN: "white",
    Sensitivity.UNKNOWN: "yellow",
}
HEADINGS: Final = {
    VariableKind.INPUT: mark("cli", "Inputs"),
    VariableKind.OUTPUT: mark("cli", "Outputs"),
    VariableKind.FLOW: mark("cli", "Variables"),
}
FLOW = mark("cli", "Flow “{name}” ({actions} actions)")
SUBFLOW = mark("cli", "Subflow {name} ({rows} rows)")
LOCAL_TO = mark("cli", "only in subflow {name}")
DISABLED = mark("cli", "disabled")
NO_FLOWS = mark("cli", "There are no desktop flows in it.")


def tree(opened: Opened, console: Console) -> Iterator[str]:
    """Yield the lines of the tree: names, types, sensitivity and actions, but no literals."""
    yield printable(_heading(opened.session.export, opened.label))
    if not opened.session.flows:
        yield f"  {NO_FLOWS}"
    for flow in opened.session.flows:
        yield f"  {FLOW(name=printable(flow.name), actions=flow.coverage.actions)}"
        for kind, heading in HEADINGS.items():
            yield from _variable_lines(flow, kind, str(heading), console)
        for subflow in flow.subflows:
            yield from _subflow_lines(subflow)


def _heading(export: Export, path: str) -> str:
    solution = export.solution
    return f"{solution.name} {solution.version} ({path})" if solution else path


def _variable_lines(
    flow: Flow, kind: VariableKind, heading: str, console: Console
) -> Iterator[str]:
    variables = [variable for variable in flow.variables if variable.kind is kind]
    if not variables:
        return
    yield f"    {heading}"
    names = max(len(variable.name) for variable in variables)
    types = max(len(str(variable.type)) for variable in variables)
    for variable in variables:
        word = console.paint(variable.sensitivity.value, COLOURS[variable.sensitivity])
        local = f"  ({LOCAL_TO(name=printable(variable.local_to))})" if variable.local_to else ""
        line = f"{printable(variable.name):{names}}  {variable.type!s:{types}}  {word}{local}"
        yield f"      {line}"


def _subflow_lines(subflow: Subflow) -> Iterator[str]:
    rows = list(subflow.rows)
    yield f"    {SUBFLOW(name=printable(subflow.name), rows=len(rows))}"
    for action in rows:
        disabled = f" ({DISABLED})" if action.statement.disabled else ""
        words = f"{title(action)}{disabled}{_variables(action)}"
        yield f"      {action.row:>4}  {'  ' * action.depth}{words}"


def _variables(action: Action) -> str:
    """Return which variables an action reads and writes: ``  A, B -> C``."""
    reads = ", ".join(printable(variable.name) for variable in action.reads)
    writes = ", ".join(printable(variable.name) for variable in action.writes)
    if not reads and not writes:
        return ""
    return (
        f"  {reads} -> {writes}"
        if writes and reads
        else f"  {'-> ' if writes else ''}{reads}{writes}"
    )
