"""An open export as a text tree and as the stable JSON of ``padguard show``."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import padguard
from padguard.catalog.lookup import load
from padguard.cli.console import Console, clean
from padguard.cli.inputs import Opened
from padguard.exports.model import DesktopFlow, Export
from padguard.flow.model import Action, Flow, Sensitivity, Subflow, Variable, VariableKind
from padguard.flow.words import title
from padguard.foundation.messages import mark

SCHEMA: Final = "padguard/1"
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


def as_json(payload: object) -> str:
    """Return JSON in ASCII, which survives any code page between here and its reader."""
    return json.dumps(payload, indent=2)


def tool() -> dict[str, str]:
    """Return what made the output."""
    return {"name": "padguard", "version": padguard.__version__, "catalog": load().version}


def show_object(opened: Sequence[Opened], failed: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the object that ``show --format json`` prints.

    Args:
        opened: What was opened.
        failed: Path and reason of what could not be opened.
    """
    return {
        "schema": SCHEMA,
        "tool": tool(),
        "exports": [_export_object(entry) for entry in opened],
        "errors": [{"path": path, "message": reason} for path, reason in failed],
    }


def _export_object(opened: Opened) -> dict[str, Any]:
    session = opened.session
    export = session.export
    stored = {flow.id: flow for flow in export.desktop_flows}
    solution = export.solution
    return {
        "path": opened.path,
        "kind": export.kind.value,
        "sha256": export.sha256,
        "managed": solution.managed if solution else None,
        "solution": {"name": solution.name, "version": solution.version} if solution else None,
        "problems": [
            {"where": problem.where, "message": str(problem.message)} for problem in export.problems
        ],
        "coverage": coverage(session.flows),
        "flows": [_flow_object(flow, stored[flow.id]) for flow in session.flows],
    }


def coverage(flows: Sequence[Flow]) -> dict[str, Any]:
    """Return how much of some flows was understood, added up."""
    unknown = {action for flow in flows for action in flow.coverage.unknown_actions}
    return {
        "statements": sum(flow.coverage.statements for flow in flows),
        "understood": sum(flow.coverage.understood for flow in flows),
        "actions": sum(flow.coverage.actions for flow in flows),
        "unknown_actions": sorted(unknown),
    }


def _flow_object(flow: Flow, stored: DesktopFlow) -> dict[str, Any]:
    return {
        "id": flow.id,
        "name": flow.name,
        "schema": stored.schema_version or None,
        "power_fx": stored.power_fx,
        "actions": flow.coverage.actions,
        "variables": [_variable_object(variable) for variable in flow.variables],
        "subflows": [
            {
                "name": subflow.name,
                "actions": [_action_object(flow, action) for action in subflow.actions],
            }
            for subflow in flow.subflows
        ],
    }


def _variable_object(variable: Variable) -> dict[str, Any]:
    return {
        "name": variable.name,
        "kind": variable.kind.value,
        "type": str(variable.type),
        "sensitivity": variable.sensitivity.value,
        "local_to": variable.local_to,
    }


def _action_object(flow: Flow, action: Action) -> dict[str, Any]:
    statement = action.statement
    return {
        "row": action.row,
        "line": flow.script.line_column(statement.start + statement.code)[0],
        "id": statement.action or None,
        "title": title(action),
        "disabled": statement.disabled,
        "depth": action.depth,
    }


def show_text(opened: Opened, console: Console) -> Iterator[str]:
    """Yield the lines of the tree: names, types, sensitivity and actions, but no literals."""
    yield clean(_heading(opened.session.export, opened.label))
    if not opened.session.flows:
        yield f"  {NO_FLOWS}"
    for flow in opened.session.flows:
        yield f"  {FLOW(name=clean(flow.name), actions=flow.coverage.actions)}"
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
        local = f"  ({LOCAL_TO(name=clean(variable.local_to))})" if variable.local_to else ""
        line = f"{clean(variable.name):{names}}  {variable.type!s:{types}}  {word}{local}"
        yield f"      {line}"


def _subflow_lines(subflow: Subflow) -> Iterator[str]:
    rows = list(subflow.rows)
    yield f"    {SUBFLOW(name=clean(subflow.name), rows=len(rows))}"
    for action in rows:
        disabled = f" ({DISABLED})" if action.statement.disabled else ""
        words = f"{title(action)}{disabled}{_variables(action)}"
        yield f"      {action.row:>4}  {'  ' * action.depth}{words}"


def _variables(action: Action) -> str:
    """Return which variables an action reads and writes: ``  A, B -> C``."""
    reads = ", ".join(clean(variable.name) for variable in action.reads)
    writes = ", ".join(clean(variable.name) for variable in action.writes)
    if not reads and not writes:
        return ""
    return (
        f"  {reads} -> {writes}"
        if writes and reads
        else f"  {'-> ' if writes else ''}{reads}{writes}"
    )
