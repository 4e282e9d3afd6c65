"""One open export, from open to save: its flows, what was changed, and how to take it back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from padguard.analysis.inspection import Inspection, Inspector
from padguard.analysis.options import Options
from padguard.exports.model import Export, Problem, Scripts
from padguard.exports.open import open_export, open_text
from padguard.exports.texts import Texts
from padguard.fixes.case import Case, Choices
from padguard.fixes.draft import Draft
from padguard.fixes.engine import fixes_for
from padguard.fixes.fix import Fix
from padguard.fixes.plan import Plan
from padguard.flow.masking import merged
from padguard.flow.model import Flow, Variable
from padguard.foundation.errors import EditError
from padguard.foundation.messages import Message, mark
from padguard.foundation.progress import Progress
from padguard.rules.engine import Selection, find
from padguard.rules.finding import Finding
from padguard.session.changes import History, Step
from padguard.session.content import Content
from padguard.session.mending import Summary, Wish, mend
from padguard.session.policing import Policing
from padguard.session.template_store import shown_templates

if TYPE_CHECKING:
    from padguard.governance.audit_answers import Answers
    from padguard.governance.snapshot import Snapshot

MARK_ONE = mark("session", "Mark {name} as sensitive")
MARK_MANY = mark("session", "Mark {count} variables as sensitive")
UNMARK_ONE = mark("session", "Unmark {name}")
UNMARK_MANY = mark("session", "Unmark {count} variables")
NO_SUCH_VARIABLE = mark("session", "{flow} has no variable {name}.")
NOTHING_TO_MARK = mark("session", "Nothing has to change: it is so already.")
OUTDATED = mark(
    "session", "The flow has changed since this fix was worked out. Nothing was changed; try again."
)


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
        self._content = Content(export, progress or Progress())
        self.policing = Policing()
        self.snapshot: Snapshot | None = None
        self.answers: Answers | None = None
        self.templates = shown_templates(export, self._content.flows.values())

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
    def export(self) -> Export:
        """The export as it stands now."""
        return self._content.export

    @property
    def flows(self) -> list[Flow]:
        """The flows as they stand now, in the order of the export."""
        return list(self._content.flows.values())

    def flow(self, flow_id: str) -> Flow:
        """Return one flow as it stands now.

        Raises:
            EditError: There is none of that id.
        """
        return self._content.flow(flow_id)

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
    ) -> tuple[Message, Plan]:
        """Return the plan that marks variables as sensitive, or takes their marks away.

        Args:
            flow_id: The flow.
            names: Names of variables of the flow; at least one.
            sensitive: Whether they shall be marked.
            local_to: The local-scope subflow that owns them, or None for those of the flow.

        Returns:
            What it does, in words, and the plan; both for `apply`.

        Raises:
            EditError: A variable does not exist, cannot be unmarked, nothing would change, or the
                text has no header that could hold a mark.
        """
        flow = self.flow(flow_id)
        variables = [_variable(flow, name, local_to) for name in names]
        draft = Draft(self.export, self.flows)
        for variable in variables:
            draft.mark(flow, variable, sensitive=sensitive)
        plan = draft.plan()
        if plan.changes_nothing:
            raise EditError(NOTHING_TO_MARK)
        return _label(variables, sensitive), plan

    def fixes(self, finding: Finding, choices: Choices | None = None) -> list[Fix]:
        """Return what can be done about a finding, the best first; what cannot, with the reason.

        They are made for the flows as they stand and fit no others. `inspect` must have run since
        the last change.

        Raises:
            EditError: Nothing has been analysed, or the finding is of an earlier analysis.
        """
        return fixes_for(self._case(finding, choices or Choices()))

    def _case(self, finding: Finding, choices: Choices) -> Case:
        if self.inspection is None or all(finding is not known for known in self.findings):
            raise EditError(OUTDATED)
        return Case(self.inspection, finding, self.templates, choices)

    def mend_all(self, wish: Wish, progress: Progress | None = None) -> Summary:
        """Apply the fixes of many findings; all of it is one step to undo.

        Fixes that are in conflict with each other are applied one after the other, and what an
        earlier fix mends needs no other. Afterwards `findings` are those that are left.

        Args:
            wish: What shall be mended, and how.
            progress: Told of every analysis; may be cancelled.

        Returns:
            What was mended by what, and what was not and why.

        Raises:
            CancelledError: The work was cancelled; nothing was changed.
            EditError: The plans do not go together; nothing was changed.
        """

        def cases() -> list[Case]:
            inspection = self.inspect(progress)
            return [Case(inspection, found, self.templates) for found in self.findings]

        try:
            summary, step = mend(self._content, wish, cases)
        except Exception:  # whatever went wrong, the texts are as before
            self.inspect()
            raise
        if step is not None:
            self._history.add(step)
        return summary

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
        inspection = replace(
            inspection,
            evaluation=self.policing.evaluation(self.export, self.flows),
            snapshot=self.snapshot,
            answers=self.answers,
        )
        spans = _hit_spans(inspection)
        _tell_secrets(inspection, spans)  # rules name components, whose names may hold secrets
        self.findings = find(inspection, self._selection)
        self.inspection = inspection
        _tell_secrets(inspection, [*spans, *_finding_spans(self.findings)])
        return inspection

    def apply(self, label: Message, plan: Plan) -> frozenset[str]:
        """Make the changes of a plan, whole or not at all; one that is made already stays.

        Args:
            label: What it does, in a few words, for the undo history.
            plan: What to change.

        Returns:
            The ids of the flows that were rebuilt.

        Raises:
            EditError: It was made for other texts than those that stand now.
        """
        if self._content.has(plan.after):
            return frozenset()
        if not self._content.has(plan.before):
            raise EditError(OUTDATED)
        rebuilt = self._content.take_over(plan.after)
        self._history.add(Step(label, plan.before, plan.after))
        return rebuilt

    def undo(self) -> frozenset[str]:
        """Take the last change back; return the ids of the flows that were rebuilt."""
        step = self._history.undoable
        if step is None:
            return frozenset()
        self._history.step_back()
        return self._content.take_over(step.before)

    def redo(self) -> frozenset[str]:
        """Make the change again that was taken back last; return the ids of the flows rebuilt."""
        step = self._history.redoable
        if step is None:
            return frozenset()
        self._history.step_forward()
        return self._content.take_over(step.after)

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
    def change_count(self) -> int:
        """How many changes undo could take back."""
        return self._history.done

    @property
    def modified(self) -> bool:
        """Whether there are changes that are not saved."""
        return self._history.modified

    @property
    def changed_scripts(self) -> Scripts:
        """The scripts that differ from those in the export, by flow id."""
        return self.changes.scripts

    @property
    def changes(self) -> Texts:
        """All texts that differ from those that were opened."""
        return self._content.changes

    def suggested_path(self) -> Path:
        """Return where `save` would go by default: beside the original, never over it."""
        path = self.export.path
        if path is None:
            return Path.home() / f"{self.flows[0].name if self._content.flows else 'flow'}.robin"
        return guarded_path(path)

    def render(self) -> bytes:
        """Return the bytes that `save` would write to a file.

        Raises:
            SaveError: It could not be written, or the export is a folder.
        """
        return self._content.render()

    def save(self, path: Path, progress: Progress | None = None) -> None:
        """Write the export with its changes.

        The file differs from what was opened only in the members that the changes touch. An
        overwritten original is kept as a backup beside it. The undo history stays, and every
        later save starts from the bytes that were opened.

        Raises:
            SaveError: It could not be written; what was there is whole.
        """
        self._content.save(path, progress)
        self._history.saved()


def guarded_path(path: Path) -> Path:
    """Return where a changed export goes by default: beside the original, never over it."""
    if path.stem.endswith(".guarded"):
        return path
    suffix = "" if path.is_dir() else path.suffix
    return path.with_name(f"{path.name.removesuffix(suffix)}.guarded{suffix}")


_Spot = tuple[str, int, int]
"""The id of a flow, and first and last character of a secret in its script."""


def _hit_spans(inspection: Inspection) -> list[_Spot]:
    """Return where secrets stand, also those that only rules which do not run would tell."""
    hits = [hit for found in inspection.hits.values() for hit in found]
    hits += [hit for travel in inspection.travels for hit in travel.destined]
    return [(hit.flow.id, hit.start, hit.end) for hit in hits]


def _finding_spans(findings: Sequence[Finding]) -> Iterator[_Spot]:
    for finding in findings:
        place = finding.place
        if finding.secret and place.where is None:
            yield place.flow_id, place.start, place.end


def _tell_secrets(inspection: Inspection, spots: Sequence[_Spot]) -> None:
    """Have the flows know where their secrets are."""
    spans: dict[str, list[tuple[int, int]]] = {flow.id: [] for flow in inspection.flows}
    for flow_id, start, end in spots:
        if flow_id in spans:
            spans[flow_id].append((start, end))
    for flow in inspection.flows:
        flow.secrets = tuple(merged(spans[flow.id]))


def _variable(flow: Flow, name: str, local_to: str | None) -> Variable:
    folded = name.casefold()
    for variable in flow.variables:
        if variable.name.casefold() == folded and variable.local_to == local_to:
            return variable
    raise EditError(NO_SUCH_VARIABLE(flow=flow.name, name=name))


def _label(variables: Sequence[Variable], sensitive: bool) -> Message:
    if len(variables) == 1:
        return (MARK_ONE if sensitive else UNMARK_ONE)(name=variables[0].name)
    return (MARK_MANY if sensitive else UNMARK_MANY)(count=len(variables))
