"""One open export, from open to save: its flows, what was changed, and how to take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from padguard.analysis.inspection import Inspection, Inspector
from padguard.analysis.options import Options
from padguard.exports.model import Export, Problem, Scripts
from padguard.exports.open import open_export, open_text
from padguard.exports.save import save_export
from padguard.flow.build import build_flow
from padguard.flow.masking import merged
from padguard.flow.model import Flow, Sensitivity, Variable
from padguard.foundation.collector import collection_paused
from padguard.foundation.edits import apply_edits
from padguard.foundation.errors import EditError
from padguard.foundation.messages import Message, mark
from padguard.foundation.progress import Progress
from padguard.robin.header import mark_edit
from padguard.rules.engine import Selection, find
from padguard.rules.finding import Finding
from padguard.session.changes import Change, History, Step

READING_FLOW = mark("session", "Reading {flow}")
MARK_ONE = mark("session", "Mark {name} as sensitive")
MARK_MANY = mark("session", "Mark {count} variables as sensitive")
UNMARK_ONE = mark("session", "Unmark {name}")
UNMARK_MANY = mark("session", "Unmark {count} variables")
NO_SUCH_FLOW = mark("session", "The export has no flow {flow}.")
NO_SUCH_VARIABLE = mark("session", "{flow} has no variable {name}.")
ALWAYS_SENSITIVE = mark(
    "session", "{name} holds a credential. Credentials are always sensitive and cannot be unmarked."
)
NOTHING_TO_MARK = mark("session", "Nothing has to change: it is so already.")


class Session:
    """One open export with its undo history.

    The scripts are the single source of truth: a change edits them, and the flows are rebuilt
    from them. Nothing is written before `save`. Not safe for use from two threads at once; every
    method may run on any one thread. ``config_path`` is the file that ``options`` and ``selection``
    were read from, for those who show it.
    """

    def __init__(
        self,
        export: Export,
        progress: Progress | None = None,
        options: Options | None = None,
        selection: Selection | None = None,
    ) -> None:
        self._history = History()
        self._inspector = Inspector(options or Options())
        self._selection = selection or Selection()
        self.config_path: Path | None = None
        self.findings: list[Finding] = []
        self.inspection: Inspection | None = None
        self.export = export
        self._stored: Scripts = {flow.id: flow.script for flow in export.desktop_flows}
        watch = progress or Progress()
        self._flows: dict[str, Flow] = {}
        total = len(export.desktop_flows)
        with collection_paused():
            for done, stored in enumerate(export.desktop_flows):
                watch.step(done, total, READING_FLOW(flow=stored.name))
                self._flows[stored.id] = build_flow(stored.id, stored.name, stored.script)
        watch.step(total, total)

    @classmethod
    def open(
        cls,
        path: Path,
        progress: Progress | None = None,
        *,
        options: Options | None = None,
        selection: Selection | None = None,
    ) -> "Session":
        """Open a solution zip, an unpacked folder or a file with Robin text.

        Args:
            path: The file or folder.
            progress: Told of every flow; may be cancelled.
            options: What a person decided about the analysis.
            selection: Which rules run.

        Raises:
            OpenError: It cannot be opened at all; what is damaged in part opens for the rest.
            CancelledError: The work was cancelled.
        """
        return cls(open_export(path, progress), progress, options, selection)

    @classmethod
    def from_text(
        cls,
        text: str,
        name: str,
        *,
        options: Options | None = None,
        selection: Selection | None = None,
    ) -> "Session":
        """Open Robin text that is no file: from the clipboard or standard input.

        Raises:
            OpenError: The text is too large.
        """
        return cls(open_text(text, name), None, options, selection)

    @property
    def flows(self) -> list[Flow]:
        """The flows as they stand now, in the order of the export."""
        return list(self._flows.values())

    def flow(self, flow_id: str) -> Flow:
        """Return one flow as it stands now.

        Raises:
            EditError: There is none of that id.
        """
        try:
            return self._flows[flow_id]
        except KeyError:
            raise EditError(NO_SUCH_FLOW(flow=flow_id)) from None

    @property
    def selection(self) -> Selection:
        """Which rules run."""
        return self._selection

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the export could not be read."""
        return self.export.problems

    def marking(
        self, flow_id: str, names: Sequence[str], sensitive: bool, local_to: str | None = None
    ) -> Change:
        """Return the change that marks variables as sensitive, or takes their marks away.

        Args:
            flow_id: The flow.
            names: Names of variables of the flow; at least one.
            sensitive: Whether they shall be marked.
            local_to: The local-scope subflow that owns them, or None for those of the flow.

        Raises:
            EditError: A variable does not exist, cannot be unmarked, nothing would change, or the
                text has no header that could hold a mark.
        """
        flow = self.flow(flow_id)
        variables = [_variable(flow, name, local_to) for name in names]
        for variable in variables:
            if variable.sensitivity is Sensitivity.CREDENTIAL and not sensitive:
                raise EditError(ALWAYS_SENSITIVE(name=variable.name))
        edit = mark_edit(
            flow.script,
            [variable.name for variable in variables],
            sensitive=sensitive,
            function=_function_index(flow, local_to),
        )
        if edit is None:
            raise EditError(NOTHING_TO_MARK)
        return Change(_label(variables, sensitive), {flow_id: (edit,)})

    def analyse(self, progress: Progress | None = None) -> list[Finding]:
        """Look for secrets and follow sensitive data; only what changed since is looked at again.

        Afterwards `findings` and `inspection` are what the scripts say now, and the variables know
        whether they are EXPOSED.

        Raises:
            CancelledError: The work was cancelled; the findings are those of before.
        """
        self.inspect(progress)
        return self.findings

    def inspect(self, progress: Progress | None = None) -> Inspection:
        """Do what `analyse` does, and return all that is known of the export.

        Raises:
            CancelledError: The work was cancelled.
        """
        inspection = self._inspector.inspect(self.export, self.flows, progress)
        self.findings = find(inspection, self._selection)
        self.inspection = inspection
        _tell_secrets(inspection, self.findings)
        return inspection

    def apply(self, change: Change) -> frozenset[str]:
        """Make a change; it is made whole or not at all.

        Returns:
            The ids of the flows that were rebuilt.

        Raises:
            EditError: Its edits do not fit the scripts as they stand.
        """
        before = {flow_id: self.flow(flow_id).script.text for flow_id in change.edits}
        after = {
            flow_id: apply_edits(before[flow_id], edits) for flow_id, edits in change.edits.items()
        }
        self._history.add(Step(change.label, before, after))
        return self._rebuild(after)

    def undo(self) -> frozenset[str]:
        """Take the last change back; return the ids of the flows that were rebuilt."""
        step = self._history.undoable
        if step is None:
            return frozenset()
        self._history.step_back()
        return self._rebuild(step.before)

    def redo(self) -> frozenset[str]:
        """Make the change again that was taken back last; return the ids of the flows rebuilt."""
        step = self._history.redoable
        if step is None:
            return frozenset()
        self._history.step_forward()
        return self._rebuild(step.after)

    def _rebuild(self, scripts: Mapping[str, str]) -> frozenset[str]:
        for flow_id, text in scripts.items():
            self._flows[flow_id] = build_flow(flow_id, self._flows[flow_id].name, text)
        return frozenset(scripts)

    @property
    def undo_label(self) -> Message | None:
        """What undo would take back, in words, or None."""
        step = self._history.undoable
        return step.label if step else None

    @property
    def redo_label(self) -> Message | None:
        """What redo would make again, in words, or None."""
        step = self._history.redoable
        return step.label if step else None

    @property
    def modified(self) -> bool:
        """Whether there are changes that are not saved."""
        return self._history.modified

    @property
    def changed_scripts(self) -> Scripts:
        """The scripts that differ from those in the export, by flow id."""
        texts = {flow_id: flow.script.text for flow_id, flow in self._flows.items()}
        return {flow_id: text for flow_id, text in texts.items() if text != self._stored[flow_id]}

    def suggested_path(self) -> Path:
        """Return where `save` would go by default: beside the original, never over it."""
        path = self.export.path
        if path is None:
            return Path.home() / f"{self.flows[0].name if self._flows else 'flow'}.robin"
        if path.stem.endswith(".guarded"):
            return path
        suffix = "" if path.is_dir() else path.suffix
        return path.with_name(f"{path.name.removesuffix(suffix)}.guarded{suffix}")

    def save(self, path: Path, progress: Progress | None = None) -> None:
        """Write the export with its changes.

        The file differs from what was opened only in the members that the changes touch. An
        overwritten original is kept as a backup beside it. The undo history stays, and every
        later save starts from the bytes that were opened.

        Raises:
            SaveError: It could not be written; what was there is whole.
        """
        save_export(self.export, self.changed_scripts, path, progress)
        self.export = replace(self.export, path=path)
        self._history.saved()


def _tell_secrets(inspection: Inspection, findings: Sequence[Finding]) -> None:
    """Have the flows know where their secrets are, also those of rules that do not run."""
    spans: dict[str, list[tuple[int, int]]] = {flow.id: [] for flow in inspection.flows}
    for hits in inspection.hits.values():
        for hit in hits:
            spans[hit.flow.id].append((hit.start, hit.end))
    for travel in inspection.travels:
        for hit in travel.destined:
            spans[hit.flow.id].append((hit.start, hit.end))
    for finding in findings:
        place = finding.place
        if finding.secret and place.flow_id in spans and place.where is None:
            spans[place.flow_id].append((place.start, place.end))
    for flow in inspection.flows:
        flow.secrets = tuple(merged(spans[flow.id]))


def _variable(flow: Flow, name: str, local_to: str | None) -> Variable:
    folded = name.casefold()
    for variable in flow.variables:
        if variable.name.casefold() == folded and variable.local_to == local_to:
            return variable
    raise EditError(NO_SUCH_VARIABLE(flow=flow.name, name=name))


def _function_index(flow: Flow, local_to: str | None) -> int | None:
    if local_to is None:
        return None
    subflow = next(found for found in flow.subflows if found.local and found.name == local_to)
    return next(
        index
        for index, statement in enumerate(flow.script.statements)
        if statement is subflow.function
    )


def _label(variables: Sequence[Variable], sensitive: bool) -> Message:
    if len(variables) == 1:
        return (MARK_ONE if sensitive else UNMARK_ONE)(name=variables[0].name)
    return (MARK_MANY if sensitive else UNMARK_MANY)(count=len(variables))
