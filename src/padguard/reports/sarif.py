"""SARIF 2.1.0, which code scanning services and editors read.

The properties are those of the OASIS standard "Static Analysis Results Interchange Format (SARIF)
Version 2.1.0"; section numbers in this module are its.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import padguard
from padguard.exports.model import Export
from padguard.flow.model import Flow
from padguard.reports.coverage import HEADINGS, Gap, GapKind
from padguard.reports.json import as_json, coverage_object
from padguard.reports.locations import Location, locate
from padguard.reports.model import ExportReport, Failure
from padguard.reports.sarif_rules import LEVELS, rule_descriptors
from padguard.reports.uris import relative_uri
from padguard.reports.wording import wording
from padguard.rules.finding import Finding, Place
from padguard.rules.registry import RULES
from padguard.rules.triage import State

VERSION: Final = "2.1.0"
SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT: Final = "padguard/v1"
_RULE_INDEX: Final = {rule.id: index for index, rule in enumerate(RULES)}
_GAP_LEVELS: Final = {GapKind.UNREADABLE: "warning", GapKind.NOT_UNDERSTOOD: "warning"}


class SarifWriter:
    """Gathers the findings of all exports in one run (§3.14).

    The artifact of a finding is the file that was opened; its region counts lines and columns of
    the decoded script, and its logical location says flow, subflow and row.
    """

    def __init__(self, folder: Path, *, show_secrets: bool = False) -> None:
        self._folder = folder
        self._show_secrets = show_secrets
        self._artifacts: list[dict[str, Any]] = []
        self._results: list[dict[str, Any]] = []
        self._notifications: list[dict[str, Any]] = []

    def add(self, report: ExportReport) -> str:
        """Take an export; nothing can be written before the last one."""
        uri = relative_uri(report.path, self._folder)
        here = _Places(uri, len(self._artifacts), report.flows)
        self._artifacts.append(_artifact(uri, report.inspection.export, report.flows))
        self._results += (
            self._result(finding, here) | _standing(finding, report) for finding in report.findings
        )
        self._notifications += (_notification(gap, here) for gap in report.gaps)
        return ""

    def end(self, failures: Sequence[Failure]) -> str:
        """Return the whole log."""
        log = {"$schema": SCHEMA, "version": VERSION, "runs": [self._run(failures)]}
        return as_json(log) + "\n"

    def _run(self, failures: Sequence[Failure]) -> dict[str, Any]:
        failed = [_failure(failure, self._folder) for failure in failures]
        return {
            "tool": {"driver": _driver()},
            "invocations": [
                {
                    "executionSuccessful": not failed,
                    "toolExecutionNotifications": failed + self._notifications,
                }
            ],
            "artifacts": self._artifacts,
            "columnKind": "unicodeCodePoints",
            "results": self._results,
        }

    def _result(self, finding: Finding, here: "_Places") -> dict[str, Any]:
        message = f"{wording(finding, show_secrets=self._show_secrets)} {finding.why}"
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": _RULE_INDEX[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": message},
            "locations": [here.location(finding.place)],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "properties": {
                "severity": finding.severity.value,
                "confidence": round(finding.confidence, 2),
                "variables": list(finding.variables),
            },
        }
        if finding.path:
            steps = [
                {"location": here.location(step.place, str(step.text))} for step in finding.path
            ]
            result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
        return result


class _Places:
    """Turns places of one export into locations (§3.28)."""

    def __init__(self, uri: str, index: int, flows: Mapping[str, Flow]) -> None:
        self._artifact = {"uri": uri, "index": index}
        self._flows = flows

    def location(self, place: Place | None, message: str = "") -> dict[str, Any]:
        """Return the location of a place, with what happens there."""
        here = locate(place, self._flows)
        physical: dict[str, Any] = {"artifactLocation": self._artifact}
        if here.line is not None:
            physical["region"] = {
                "startLine": here.line,
                "startColumn": here.column,
                "endLine": here.end_line,
                "endColumn": here.end_column,
            }
        found: dict[str, Any] = {"physicalLocation": physical}
        logical = _logical(here)
        if logical:
            found["logicalLocations"] = [logical]
        if message:
            found["message"] = {"text": message}
        return found


def _standing(finding: Finding, report: ExportReport) -> dict[str, Any]:
    """Return what a baseline says of a finding.

    Of all results of a run, either every one has suppressions (§3.27.23) or none, as
    for the state against a baseline (§3.27.24).
    """
    if report.triage is None:
        return {}
    decision = report.decision(finding)
    suppressions: list[dict[str, Any]] = []
    if decision and report.state(finding) in (State.ACCEPTED, State.FALSE_POSITIVE):
        suppression = {"kind": "external", "status": "accepted"}
        if decision.reason:
            suppression["justification"] = decision.reason
        suppressions.append(suppression | {"properties": {"state": decision.state.value}})
    found: dict[str, Any] = {"suppressions": suppressions}
    if report.triage.compared:
        found["baselineState"] = "unchanged" if decision else "new"
    return found


def _logical(here: Location) -> dict[str, Any] | None:
    """Return flow, subflow and row as a logical location (§3.33), or another part by its name."""
    if here.flow is None:
        return {"name": str(here.where), "kind": "resource"} if here.where else None
    parts = [here.flow.name]
    kind = "module"
    if here.subflow is not None:
        parts += (here.subflow, str(here.row))
        kind = "row"
    elif here.where:
        parts.append(str(here.where))
    return {
        "name": parts[-1],
        "fullyQualifiedName": " › ".join(parts),
        "decoratedName": "/".join((here.flow.id, *parts[1:])),  # names of flows need not differ
        "kind": kind,
    }


def _driver() -> dict[str, Any]:
    return {
        "name": "PAD Guard",
        "version": padguard.__version__,
        "semanticVersion": padguard.__version__,
        "language": "en",
        "rules": rule_descriptors(RULES),
        "notifications": [
            {"id": kind.value, "shortDescription": {"text": f"{heading}."}}
            for kind, heading in HEADINGS.items()
        ],
    }


def _artifact(uri: str, export: Export, flows: Mapping[str, Flow]) -> dict[str, Any]:
    return {
        "location": {"uri": uri},
        "roles": ["analysisTarget"],
        "hashes": {"sha-256": export.sha256},
        "properties": {
            "kind": export.kind.value,
            "coverage": coverage_object(flows.values()),
        },
    }


def _notification(gap: Gap, here: _Places) -> dict[str, Any]:
    """Return what could not be analysed as a notification (§3.58)."""
    return {
        "descriptor": {"id": gap.kind.value, "index": list(HEADINGS).index(gap.kind)},
        "level": _GAP_LEVELS.get(gap.kind, "note"),
        "message": {"text": str(gap.message)},
        "locations": [here.location(gap.place)],
    }


def _failure(failure: Failure, folder: Path) -> dict[str, Any]:
    location = {"artifactLocation": {"uri": relative_uri(failure.path, folder)}}
    return {
        "level": "error",
        "message": {"text": failure.reason},
        "locations": [{"physicalLocation": location}],
    }
