"""Make the generated part of resources/catalog from the public action reference.

Run by a developer when the reference changes, never by the product:

    python packaging/build_catalog.py ../shared/reference

It reads ``actions.jsonl`` (one action form a line) and ``dlp_groups.tsv`` (one module a line) and
writes ``forms/<Module>.jsonl``, ``modules.jsonl`` and ``version.txt``. The same input always gives
the same bytes. What people wrote or judged (effects, summaries, connectors) stands in files of its
own, which this script leaves alone. The fields are described in resources/catalog/README.md.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

Record = dict[str, Any]

VERSION = "3.3.0 (Power Automate for desktop 2.73.00155.26278)"
"""Version of the source and the build of the product that it describes."""

TITLES = {
    "External.InvokeCloudConnector": "Run cloud connector operation",
    "File.ConvertFromBinary": "Convert binary data to file",
    "File.ConvertToBinary": "Convert file to binary data",
    "FTP.RenameFile": "Rename FTP file",
    "FTP.UploadFiles": "Upload file(s) to FTP",
    "LLM.InvokeLLM": "Ask a language model",
    "PowerPoint.CopyPastePowerPointSlide": "Copy and paste PowerPoint slide",
    "TerminalEmulation.FindTextFromTerminalSession": "Find text on terminal session",
    "Triggers.WaitForTriggerAction.WaitForTriggerAction": "Wait for trigger",
    "Triggers.WaitForTriggerAction.WaitForTriggerActionWithTimeout": "Wait for trigger",
    "UIAutomation.GetUIControl": "Get UI element",
    "WebAutomation.GetWebControl": "Get web element",
    "Word.Attach": "Attach to running Word",
    "SAP.AttachToRunning.AttachToRunningSapByActiveSession": "Attach to running SAP",
    "SAP.AttachToRunning.AttachToRunningSapByWindowTitle": "Attach to running SAP",
}
"""Readable titles where the reference made one from the identifier, or spells it oddly."""

LABELS = {
    "Body Is HTML": "Body is HTML",
    "Open as ReadOnly": "Open as read-only",
    "Private key pass phrase": "Private key passphrase",
    "SAPInstance": "SAP instance",
    "Send Enter after command": "Send Enter after the command",
    "Send Text as hardware keys": "Send text as hardware keys",
}
"""One spelling for each label."""

KINDS = {
    "UIAutomation.WaitForImage.ToAppearOnForegroundWindow": "Wait",
    "UIAutomation.WaitForImage.ToAppearOnScreen": "Wait",
    "WorkQueues.ProcessWorkQueueItem": "While",
}
"""Forms known from exports only, which the exports use inside WAIT ( ) and LOOP WHILE ( )."""

MODULE_NAMES = {"External": "Cloud connectors", "WorkQueues": "Work queues"}
"""Display names of modules whose forms the reference names in more than one way."""

FORM_MODULE_NAMES = {"External.RunFlow": "Run flow"}
"""Forms that the designer lists under another heading than the rest of their module."""

MODULES_WITHOUT_FORMS = ("AIBuilder", "PowerAutomateSecretVariables")
"""Modules of which no form is known; their actions still have a module name and a DLP group."""


def short_group(operation_group: str) -> str | None:
    """Return ``DesktopFlow.X`` of a data-loss-prevention operation group's full id."""
    return operation_group.rpartition("/")[2] or None


def read_modules(path: Path) -> dict[str, Record]:
    """Return display name and DLP group by lower-case module id."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["module"].lower(): {
                "name": row["display"],
                "dlp_group": short_group(row["dlp_operation_group"]),
            }
            for row in csv.DictReader(lines, delimiter="\t")
        }


def parameter(source: Record) -> Record:
    """Return one input or output with the fields in their order, empty ones left out."""
    label: str = source.get("label") or ""
    fields = {
        "name": source["name"],
        "type": source.get("type"),
        "label": LABELS.get(label, label) or None,
        "required": source.get("required"),
        "default": source.get("default"),
        "enum": source.get("enum"),
        "secret": source.get("secret"),
        "may_hold_secret": source.get("may_hold_secret"),
        "variable": source.get("variable"),
    }
    return {name: value for name, value in fields.items() if value is not None}


def parameters(sources: list[Record]) -> list[Record]:
    """Return inputs or outputs; of names that differ in case only, the first one stays."""
    kept: dict[str, Record] = {}
    for source in sources:
        kept.setdefault(source["name"].lower(), parameter(source))
    return list(kept.values())


def form(source: Record, module: Record) -> Record:
    """Return one action form; what it shares with its module is left out."""
    kind = KINDS.get(source["id"], source["kind"])
    group = source.get("dlp_group")
    fields = {
        "id": source["id"],
        "kind": None if kind == "Action" else kind,
        "title": TITLES.get(source["id"], source["action"]),
        "module": FORM_MODULE_NAMES.get(source["id"]),
        "dlp_group": None if group == module["dlp_group"] else group,
        "roles": source.get("roles"),
        "needs_ui_element": source.get("needs_ui_element"),
        "observed_only": source.get("observed_only"),
        "inputs": parameters(source["inputs"]),
        "outputs": parameters(source["outputs"]),
    }
    return {name: value for name, value in fields.items() if value is not None}


def module_of(module_id: str, forms: list[Record], known: dict[str, Record]) -> Record:
    """Return the line of one module: its id as forms spell it, display name and DLP group."""
    facts = known.get(module_id.lower(), {})
    name = MODULE_NAMES.get(module_id) or (forms[0]["module"] if forms else facts["name"])
    return {"id": module_id, "name": name, "dlp_group": facts.get("dlp_group")}


def write_lines(path: Path, lines: list[Record]) -> None:
    """Write one JSON object a line, sorted by id whatever the case."""
    lines.sort(key=lambda line: (line["id"].lower(), line["id"]))
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")


def build(reference: Path, target: Path) -> int:
    """Write the generated files of the catalogue.

    Args:
        reference: Folder with ``actions.jsonl`` and ``dlp_groups.tsv``.
        target: Folder of the catalogue; made where missing.

    Returns:
        The number of action forms written.
    """
    known = read_modules(reference / "dlp_groups.tsv")
    by_module: dict[str, list[Record]] = defaultdict(list)
    for line in (reference / "actions.jsonl").read_text(encoding="utf-8").splitlines():
        source = json.loads(line)
        by_module[source["id"].partition(".")[0]].append(source)
    (target / "forms").mkdir(parents=True, exist_ok=True)
    modules = [module_of(name, [], known) for name in MODULES_WITHOUT_FORMS]
    for module_id, sources in by_module.items():
        module = module_of(module_id, sources, known)
        modules.append(module)
        path = target / "forms" / f"{module_id}.jsonl"
        write_lines(path, [form(source, module) for source in sources])
    write_lines(target / "modules.jsonl", modules)
    (target / "version.txt").write_text(VERSION + "\n", encoding="utf-8", newline="\n")
    return sum(len(sources) for sources in by_module.values())


def main() -> None:
    """Build the catalogue of this checkout from the reference folder named on the command line."""
    target = Path(__file__).resolve().parent.parent / "resources" / "catalog"
    print(f"{build(Path(sys.argv[1]), target)} action forms written to {target}")


if __name__ == "__main__":
    main()
