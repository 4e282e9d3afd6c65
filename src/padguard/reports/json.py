"""The stable JSON: one object for programs, whose fields are added to but never changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import padguard
from padguard.catalog.lookup import load
from padguard.exports.model import DesktopFlow, Export
from padguard.fixes.fix import Fix
from padguard.flow.model import Action, Flow, Variable
from padguard.flow.words import title
from padguard.reports.coverage import Gap
from padguard.reports.explanation import sections
from padguard.reports.inventory_json import component_objects
from padguard.reports.locations import Location, locate
from padguard.reports.model import ExportReport, Failure
from padguard.reports.wording import wording
from padguard.rules.finding import Finding, Step
from padguard.rules.registry import RULES
from padguard.rules.rule import Rule
from padguard.rules.triage import Decision

SCHEMA: Final = "padguard/1"


class JsonWriter:
    """Gathers the objects of exports and writes them as one."""

    def __init__(self, *, show_secrets: bool = False) -> None:
        self._show_secrets = show_secrets
        self._exports: list[dict[str, Any]] = []

    def add(self, report: ExportReport) -> str:
        """Take an export; nothing can be written before the last one."""
        self._exports.append(_scanned_object(report, show_secrets=self._show_secrets))
        return ""

    def end(self, failures: Sequence[Failure]) -> str:
        """Return the whole object."""
        return as_json(log_object(self._exports, failures)) + "\n"


def as_json(payload: object) -> str:
    """Return JSON in ASCII, which survives any code page between here and its reader."""
    return json.dumps(payload, indent=2)


def tool_object() -> dict[str, Any]:
    """Return what made the output: the program, its catalogue, and the rules that it knows."""
    return {
        "name": "padguard",
        "version": padguard.__version__,
        "catalog": load().version,
        "rules": [rule.id for rule in RULES],
    }


def log_object(exports: Sequence[object], failures: Sequence[Failure]) -> dict[str, Any]:
    """Return the object that holds exports, and what could not be opened."""
    return {
        "schema": SCHEMA,
        "tool": tool_object(),
        "exports": exports,
        "errors": [{"path": failed.path, "message": failed.reason} for failed in failures],
    }


def shown_object(path: str, export: Export, flows: Sequence[Flow]) -> dict[str, Any]:
    """Return an export with its subflows and actions, as ``padguard show`` prints it."""
    found = _export_object(path, export, flows)
    for flow, entry in zip(flows, found["flows"], strict=True):
        entry["subflows"] = [
            {
                "name": subflow.name,
                "actions": [_action_object(flow, action) for action in subflow.actions],
            }
            for subflow in flow.subflows
        ]
    return found


def rule_object(rule: Rule) -> dict[str, Any]:
    """Return a rule with what it says of itself."""
    return {
        "id": rule.id,
        "slug": rule.slug,
        "severity": rule.severity.value,
        "title": str(rule.title),
        "explanation": {
            section.heading.lower().replace(" ", "_"): section.text for section in sections(rule)
        },
    }


def coverage_object(flows: Iterable[Flow]) -> dict[str, Any]:
    """Return how much of some flows was understood, added up."""
    counts = [flow.coverage for flow in flows]
    return {
        "statements": sum(count.statements for count in counts),
        "understood": sum(count.understood for count in counts),
        "actions": sum(count.actions for count in counts),
        "unknown_actions": sorted({name for count in counts for name in count.unknown_actions}),
    }


def _scanned_object(report: ExportReport, *, show_secrets: bool) -> dict[str, Any]:
    flows = report.flows
    found = _export_object(report.path, report.inspection.export, report.inspection.flows)
    found["coverage"]["not_analysed"] = [_gap_object(gap, flows) for gap in report.gaps]
    found["rules"] = [rule.id for rule in report.rules]
    found["components"] = component_objects(report.inspection.inventory)
    found["findings"] = [
        _finding_object(finding, report, show_secrets=show_secrets) for finding in report.findings
    ]
    found["triage"] = {
        "unused": [_entry_object(decision) for decision in report.unused],
        "expired": [_entry_object(decision) for decision in report.expired],
    }
    return found


def export_head(path: str, export: Export) -> dict[str, Any]:
    """Return what every object of an export starts with: which it is, what could not be read."""
    solution = export.solution
    return {
        "path": path,
        "kind": export.kind.value,
        "sha256": export.sha256,
        "managed": solution.managed if solution else None,
        "solution": {"name": solution.name, "version": solution.version} if solution else None,
        "problems": [
            {"where": problem.where, "message": str(problem.message)} for problem in export.problems
        ],
    }


def _export_object(path: str, export: Export, flows: Sequence[Flow]) -> dict[str, Any]:
    stored = {flow.id: flow for flow in export.desktop_flows}
    return {
        **export_head(path, export),
        "coverage": coverage_object(flows),
        "flows": [_flow_object(flow, stored[flow.id]) for flow in flows],
    }


def _flow_object(flow: Flow, stored: DesktopFlow) -> dict[str, Any]:
    return {
        "id": flow.id,
        "name": flow.name,
        "schema": stored.schema_version or None,
        "power_fx": stored.power_fx,
        "actions": flow.coverage.actions,
        "variables": [_variable_object(variable) for variable in flow.variables],
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


def _finding_object(
    finding: Finding, report: ExportReport, *, show_secrets: bool
) -> dict[str, Any]:
    here = locate(finding.place, report.flows)
    decision = report.decision(finding)
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        **_place_object(here),
        "column": here.column,
        "where": str(here.where) if here.where else None,
        "message": str(wording(finding, show_secrets=show_secrets)),
        "why": str(finding.why),
        "confidence": round(finding.confidence, 2),
        "variables": list(finding.variables),
        "path": [_step_object(step, report.flows) for step in finding.path],
        "fixes": [_fix_object(fix) for fix in report.fixes(finding)],
        "fingerprint": finding.fingerprint,
        "state": report.state(finding).value,
        "decision": _decided_object(decision) if decision else None,
    }


def _fix_object(fix: Fix) -> dict[str, Any]:
    return {
        "id": fix.id,
        "title": str(fix.title),
        "applicability": fix.applicability.value,
        "disabled_reason": None if fix.reason is None else str(fix.reason),
    }


def _decided_object(decision: Decision) -> dict[str, Any]:
    return {
        "state": decision.state.value,
        "reason": decision.reason,
        "date": decision.date.isoformat() if decision.date else None,
        "until": decision.until.isoformat() if decision.until else None,
    }


def _entry_object(decision: Decision) -> dict[str, Any]:
    """Return a decision with what it is about, for where its finding does not stand beside it."""
    return {
        "fingerprint": decision.fingerprint,
        "rule": decision.rule,
        "flow": decision.flow_id or None,
        "flow_name": decision.flow_name or None,
        "about": decision.about,
        **_decided_object(decision),
    }


def _step_object(step: Step, flows: Mapping[str, Flow]) -> dict[str, Any]:
    return {**_place_object(locate(step.place, flows)), "text": str(step.text)}


def _gap_object(gap: Gap, flows: Mapping[str, Flow]) -> dict[str, Any]:
    return {
        "kind": gap.kind.value,
        **_place_object(locate(gap.place, flows)),
        "message": str(gap.message),
    }


def _place_object(here: Location) -> dict[str, Any]:
    return {
        "flow": here.flow.id if here.flow else None,
        "subflow": here.subflow,
        "row": here.row,
        "line": here.line,
    }
