"""Files of the Audit view: the report, and where answers are kept."""

from pathlib import Path

from padguard.exports.model import Export
from padguard.governance.audit_model import AuditReport
from padguard.reports.access_text import heading
from padguard.reports.audit_csv import COLUMNS, audit_rows
from padguard.reports.audit_json import audited_object
from padguard.reports.audit_text import audit_lines
from padguard.reports.inventory_csv import as_csv
from padguard.reports.json import as_json, log_object
from padguard.reports.text import Page
from padguard.session.triage_file import SUFFIX as TRIAGE_SUFFIX
from padguard.session.triage_file import triage_path

ANSWERS_SUFFIX = ".toml"
BESIDE = ".padguard-audit.toml"


def answers_path(export: Path) -> Path:
    """Return where answers are kept beside an export, for all its versions.

    ``InvoiceDesk_1_0_0_1.zip`` and ``InvoiceDesk_1_0_0_2.zip`` share
    ``InvoiceDesk.padguard-audit.toml``.
    """
    decisions = triage_path(export)
    return decisions.with_name(f"{decisions.name.removesuffix(TRIAGE_SUFFIX)}{BESIDE}")


def audit_text(path: str, export: Export, report: AuditReport) -> str:
    """Return a report as text to read."""
    page = Page()
    lines = (*heading(path, export, page), *audit_lines(report, page))
    return "".join(f"{line}\n" for line in lines)


def audit_file(suffix: str, path: str, export: Export, report: AuditReport) -> bytes:
    """Return a report as the kind of file that a suffix asks for; text for an unknown one.

    Args:
        suffix: ``.csv``, ``.json`` or ``.txt``.
        path: What the person called the export.
        export: The export.
        report: What is audited.
    """
    match suffix.casefold():
        case ".csv":
            return as_csv([COLUMNS, *audit_rows(path, report)])
        case ".json":
            shown = audited_object(path, export, report)
            return f"{as_json(log_object([shown], ()))}\n".encode()
    return audit_text(path, export, report).replace("\n", "\r\n").encode("utf-8-sig")
