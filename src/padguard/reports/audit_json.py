"""What is audited, as JSON for other programs."""

from typing import Any

from padguard.exports.model import Export
from padguard.governance.audit_answers import QUESTIONS
from padguard.governance.audit_model import AuditLine, AuditReport
from padguard.reports.inventory_json import source_objects
from padguard.reports.json import export_head


def audited_object(path: str, export: Export, report: AuditReport) -> dict[str, Any]:
    """Return an export with what is audited of it."""
    return {**export_head(path, export), "audit": audit_object(report)}


def audit_object(report: AuditReport) -> dict[str, Any]:
    """Return what is audited."""
    return {
        "environment": report.organisation or None,
        "retention_days": report.days,
        "lines": [_line_object(line) for line in report.lines],
        "notes": [str(note) for note in report.notes],
        "open_questions": [
            {"key": question.key, "text": str(question.text)}
            for question in QUESTIONS
            if question.key in report.open_questions
        ],
    }


def _line_object(line: AuditLine) -> dict[str, Any]:
    return {
        "level": line.level.value,
        "key": line.key,
        "name": str(line.name),
        "standing": line.standing.value,
        "basis": line.basis.value,
        "details": [str(detail) for detail in line.details],
        "roles": None if line.roles is None else str(line.roles),
        "steps": [str(step) for step in line.steps],
        "sources": source_objects(line.sources),
    }
