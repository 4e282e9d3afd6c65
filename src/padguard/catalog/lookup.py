"""The catalogue of actions, read module by module when first asked."""

import json
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from padguard.catalog.forms import ActionForm, Output, Parameter
from padguard.catalog.names import readable
from padguard.foundation.paths import resources_dir

Record = dict[str, Any]


def read_lines(path: Path) -> Iterator[Record]:
    """Yield the records of a file of the catalogue: one JSON object a line."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in lines:
            yield json.loads(line)


class Catalog:
    """Every known form of every action.

    Look-ups ignore case, as the product does, and give None for what is not known. A module's
    file is read when the first of its forms is asked for; forms never change afterwards. Safe to
    use from several threads: at worst two read the same file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._records: dict[str, dict[str, Record]] = {}
        self._forms: dict[str, ActionForm] = {}

    @cached_property
    def version(self) -> str:
        """The version of the source, and the build of the product that it describes."""
        return (self._folder / "version.txt").read_text(encoding="utf-8").strip()

    @cached_property
    def _modules(self) -> dict[str, Record]:
        lines = read_lines(self._folder / "modules.jsonl")
        return {record["id"].lower(): record for record in lines}

    @cached_property
    def modules(self) -> frozenset[str]:
        """The first parts of all ids, in lower case."""
        return frozenset(self._modules)

    def module_name(self, action_id: str) -> str | None:
        """Return the display name of an action's module, also where its form is not known."""
        form = self.form(action_id)
        if form:
            return form.module
        module = self._modules.get(action_id.partition(".")[0].lower())
        return module["name"] if module else None

    def dlp_group(self, action_id: str) -> str | None:
        """Return the operation group of an action (``DesktopFlow.X``), also of an unknown form."""
        form = self.form(action_id)
        if form:
            return form.dlp_group
        module = self._modules.get(action_id.partition(".")[0].lower())
        return module["dlp_group"] if module else None

    def form(self, action_id: str) -> ActionForm | None:
        """Return the form of that id, or None where the catalogue does not know it."""
        folded = action_id.lower()
        form = self._forms.get(folded)
        if form is None:
            module_id = folded.partition(".")[0]
            record = self._module_records(module_id).get(folded)
            if record is None:
                return None
            form = self._forms[folded] = _form(record, self._modules[module_id])
        return form

    def forms(self) -> Iterator[ActionForm]:
        """Yield every form, by module and id; this reads the whole catalogue."""
        for module_id in sorted(self._modules):
            for folded in self._module_records(module_id):
                form = self.form(folded)
                if form:
                    yield form

    def in_dlp_group(self, group: str) -> tuple[ActionForm, ...]:
        """Return the forms of an operation group, named in short or by its full id."""
        folded = group.rpartition("/")[2].lower()
        return tuple(form for form in self.forms() if (form.dlp_group or "").lower() == folded)

    def enum_values(self, module_id: str, type_name: str) -> tuple[str, ...]:
        """Return what may follow ``Module.Type.``; empty where that is not known."""
        folded = type_name.lower()
        for record in self._module_records(module_id.lower()).values():
            for source in record["inputs"]:
                values = source.get("enum")
                if isinstance(values, list) and source.get("type", "").lower() == folded:
                    return tuple(values)
        return ()

    def _module_records(self, module_id: str) -> dict[str, Record]:
        if module_id in self._modules and module_id not in self._records:
            self._records[module_id] = self._read_module(self._modules[module_id]["id"])
        return self._records.get(module_id, {})

    def _read_module(self, spelt: str) -> dict[str, Record]:
        path = self._folder / "forms" / f"{spelt}.jsonl"
        if not path.exists():  # of some modules no form is known
            return {}
        return {record["id"].lower(): record for record in read_lines(path)}


def _form(record: Record, module: Record) -> ActionForm:
    return ActionForm(
        id=record["id"],
        kind=record.get("kind", "Action"),
        module=record.get("module") or module["name"],
        title=record["title"],
        dlp_group=record.get("dlp_group") or module["dlp_group"],
        roles=tuple(record.get("roles", ())),
        inputs=tuple(_parameter(source) for source in record["inputs"]),
        outputs=tuple(
            Output(source["name"], source.get("type"), source.get("variable"))
            for source in record["outputs"]
        ),
        needs_ui_element=record.get("needs_ui_element", False),
        observed_only=record.get("observed_only", False),
    )


def _parameter(source: Record) -> Parameter:
    enum = source.get("enum")
    return Parameter(
        name=source["name"],
        type=source.get("type"),
        label=source.get("label") or readable(source["name"]),
        required=source.get("required", False),
        default=source.get("default"),
        # The source says of some types that they are enumerations, and does not list the values.
        enum=None if enum is None else () if enum is True else tuple(enum),
        secret=source.get("secret", False),
        may_hold_secret=source.get("may_hold_secret", False),
    )


@cache
def load() -> Catalog:
    """Return the catalogue of this installation; nothing is read until something is asked."""
    return Catalog(resources_dir() / "catalog")
