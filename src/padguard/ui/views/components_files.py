"""Components and access checklists as files: text, CSV or JSON."""

from collections.abc import Set as AbstractSet

from padguard.exports.model import Export
from padguard.foundation.messages import mark
from padguard.governance.access_model import Checklist
from padguard.governance.inventory import Inventory
from padguard.reports.access_csv import COLUMNS, checklist_rows
from padguard.reports.access_json import access_object
from padguard.reports.access_text import checklist_lines, heading
from padguard.reports.inventory_csv import COLUMNS as COMPONENT_COLUMNS
from padguard.reports.inventory_csv import as_csv, component_rows
from padguard.reports.json import as_json, log_object
from padguard.reports.text import Page
from padguard.ui.document import Document
from padguard.ui.words import translate

PASTED = mark("components", "Pasted text")


def export_name(document: Document | None) -> str:
    """Return what an export is called in files and on paper."""
    path = document.session.export.path if document is not None else None
    return path.name if path is not None else translate(PASTED)


def checklist_file(
    suffix: str,
    path: str,
    export: Export,
    inventory: Inventory,
    checklist: Checklist,
    done: AbstractSet[str],
) -> bytes:
    """Return a checklist as the kind of file that a suffix asks for; text for an unknown one.

    Args:
        suffix: ``.csv``, ``.json`` or ``.txt``.
        path: What the person called the export.
        export: The export.
        inventory: Its components.
        checklist: The checklist.
        done: Keys of the items that are ticked.
    """
    match suffix.casefold():
        case ".csv":
            return as_csv([COLUMNS, *checklist_rows(path, checklist, done)])
        case ".json":
            shown = access_object(path, export, inventory, checklist)
            for item in shown["checklist"]["items"]:
                item["done"] = item["key"] in done
            return f"{as_json(log_object([shown], ()))}\n".encode()
    page = Page()
    lines = (*heading(path, export, page), *checklist_lines(checklist, page, done))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def components_file(suffix: str, path: str, export: Export, inventory: Inventory) -> bytes:
    """Return all components as JSON for ``.json``, else as CSV; see `checklist_file`."""
    if suffix.casefold() == ".json":
        shown = access_object(path, export, inventory)
        return f"{as_json(log_object([shown], ()))}\n".encode()
    return as_csv([COMPONENT_COLUMNS, *component_rows(path, inventory)])
