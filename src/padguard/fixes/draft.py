"""Gathers the changes of a fix until they make a plan."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

from padguard.exports.model import Export
from padguard.exports.texts import Texts
from padguard.fixes.plan import Claim, Instruction, Mark, Plan, Removed
from padguard.flow.model import Flow, Sensitivity, Variable
from padguard.foundation.edits import OVERLAP, Edit, apply_edits
from padguard.foundation.errors import EditError
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message, mark
from padguard.robin.header import mark_edit
from padguard.rules.finding import Place

ALWAYS_SENSITIVE = mark(
    "fixes", "{name} holds a credential. Credentials are always sensitive and cannot be unmarked."
)
MARKS_DROPPED = mark(
    "fixes", "One change marks {name} as sensitive, another one takes it out of the flow."
)
SAME_CREDENTIAL = mark(
    "fixes", "Two changes want to keep different secrets in the credential “{credential}”."
)
OPPOSITE = mark("fixes", "One change marks {name} as sensitive, another one unmarks it.")
SAME_FLAG = mark("fixes", "Two changes want the setting {name} of a flow to be different.")


class Draft:
    """The changes of a plan in the making; offsets count characters of the texts as they stand.

    Nothing is changed by it: `plan` gives back what would be.
    """

    def __init__(self, export: Export, flows: Iterable[Flow]) -> None:
        self._flows = {flow.id: flow for flow in flows}
        self._cloud = {cloud.id: cloud for cloud in export.cloud_flows}
        self._metadata = {stored.id: stored.metadata for stored in export.desktop_flows}
        self._edits: defaultdict[str, list[Edit]] = defaultdict(list)
        self._cloud_edits: defaultdict[str, list[Edit]] = defaultdict(list)
        self._flags: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        self._marks: dict[tuple[str, str, str], Mark] = {}
        self._drops: set[tuple[str, str, str]] = set()
        self._claims: list[Claim] = []
        self._removed: list[Removed] = []
        self._notes: list[Message] = []
        self._steps: list[Instruction] = []
        self._review = False

    def replace(self, flow: Flow, start: int, end: int, text: str) -> None:
        """Have characters of a flow's script give way to a text."""
        insort(self._edits[flow.id], Edit(start, end, text))

    def insert(self, flow: Flow, offset: int, text: str) -> None:
        """Have a text put before a character of a flow's script."""
        self.replace(flow, offset, offset, text)

    def mark(self, flow: Flow, variable: Variable, *, sensitive: bool = True) -> None:
        """Have a variable marked, or unmarked; what is so already stays.

        Raises:
            EditError: A credential cannot be unmarked.
        """
        state = variable.sensitivity
        if state is Sensitivity.CREDENTIAL:
            if not sensitive:
                raise EditError(ALWAYS_SENSITIVE(name=variable.name))
        elif sensitive is not (state is Sensitivity.MARKED):
            self.mark_name(flow, variable.name, variable.local_to, sensitive=sensitive)

    def mark_name(
        self, flow: Flow, name: str, local_to: str | None = None, *, sensitive: bool = True
    ) -> None:
        """Have a name marked, or unmarked, also one that the flow does not have yet."""
        wanted = Mark(flow.id, name, sensitive, local_to)
        self._marks[wanted.key] = wanted

    def drop(self, flow: Flow, variable: Variable) -> None:
        """Note that a variable leaves a flow; its mark goes with it."""
        if variable.sensitivity is Sensitivity.MARKED:
            self.mark(flow, variable, sensitive=False)
        self._drops.add(
            Mark(flow.id, variable.name, sensitive=False, local_to=variable.local_to).key
        )

    def edit_cloud(self, cloud_id: str, edit: Edit) -> None:
        """Have the JSON text of a cloud flow edited."""
        insort(self._cloud_edits[cloud_id], edit)

    def set_flag(self, flow: Flow, name: str, *, value: bool) -> None:
        """Have a setting in the Metadata of a flow set; it must be there."""
        self._flags[flow.id][name] = value

    def claim(self, flow: Flow, variable: str, credential: str, holds: Hashable) -> None:
        """Note that a variable of a flow gets a credential, and what that has to hold."""
        self._claims.append(Claim(flow.id, variable, credential, holds))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The credentials that the changes until now have flows use."""
        return tuple(self._claims)

    def remove_secret(self, flow: Flow, secret: Masked, credential: str) -> None:
        """Note that a secret leaves the export, and which credential shall hold it."""
        removed = Removed(credential, flow.id, secret)
        if removed not in self._removed:
            self._removed.append(removed)

    def note(self, message: Message) -> None:
        """Say something to whoever applies it, once."""
        if message not in self._notes:
            self._notes.append(message)

    def step(self, text: Message, place: Place | None = None, source: str = "") -> None:
        """Add a step that a person takes."""
        self._steps.append(Instruction(text, place, source))

    def needs_review(self) -> None:
        """Have a person agree before it is applied, whatever sort of fix it is."""
        self._review = True

    def add(self, plan: Plan) -> None:
        """Take over all of another plan that was made for the same texts, or nothing of it.

        Raises:
            EditError: It is in conflict with what is here already, or fits other texts.
        """
        edits = {key: _new(found, self._edits[key]) for key, found in plan.edits.items()}
        cloud = {
            key: _new(found, self._cloud_edits[key]) for key, found in plan.cloud_edits.items()
        }
        self._refuse_conflicts(plan)
        for known, more in ((self._edits, edits), (self._cloud_edits, cloud)):
            for key, found in more.items():
                for edit in found:
                    insort(known[key], edit)
        for flow_id, flags in plan.after.flags.items():
            self._flags[flow_id].update(flags)
        self._marks.update((wanted.key, wanted) for wanted in plan.marks)
        self._drops |= plan.drops
        self._claims += [claim for claim in plan.claims if claim not in self._claims]
        self._removed += [removed for removed in plan.removed if removed not in self._removed]
        self._notes += [note for note in plan.notes if note not in self._notes]
        self._steps += [step for step in plan.steps if step not in self._steps]
        self._review |= plan.review

    def _refuse_conflicts(self, plan: Plan) -> None:
        for claim in plan.claims:
            if any(claim.rivals(known) for known in self._claims):
                raise EditError(SAME_CREDENTIAL(credential=claim.credential))
        self._refuse_marks(plan)
        for flow_id, flags in plan.after.flags.items():
            for name, value in flags.items():
                if self._flags.get(flow_id, {}).get(name, value) is not value:
                    raise EditError(SAME_FLAG(name=name))

    def _refuse_marks(self, plan: Plan) -> None:
        for wanted in plan.marks:
            if self._marks.get(wanted.key, wanted).sensitive is not wanted.sensitive:
                raise EditError(OPPOSITE(name=wanted.name))
            if wanted.sensitive and wanted.key in self._drops:
                raise EditError(MARKS_DROPPED(name=wanted.name))
        for known in filter(None, map(self._marks.get, plan.drops)):
            if known.sensitive:
                raise EditError(MARKS_DROPPED(name=known.name))

    def plan(self) -> Plan:
        """Return the plan.

        Raises:
            EditError: Its edits overlap, or a text has no place for a mark.
        """
        edited = {key: edits for key, edits in self._edits.items() if edits}
        scripts = _united(edited, self._mark_edits())
        before = {flow_id: self._flows[flow_id].script.text for flow_id in scripts}
        cloud = {key: self._cloud[key].text for key, edits in self._cloud_edits.items() if edits}
        return Plan(
            before=Texts(before, cloud, self._stored_flags()),
            after=Texts(
                {key: apply_edits(before[key], edits) for key, edits in scripts.items()},
                {key: apply_edits(cloud[key], self._cloud_edits[key]) for key in cloud},
                {flow_id: dict(flags) for flow_id, flags in self._flags.items()},
            ),
            edits={key: tuple(edits) for key, edits in self._edits.items() if edits},
            cloud_edits={key: tuple(edits) for key, edits in self._cloud_edits.items() if edits},
            marks=tuple(self._marks.values()),
            drops=frozenset(self._drops),
            claims=tuple(self._claims),
            removed=tuple(self._removed),
            notes=tuple(self._notes),
            steps=tuple(self._steps),
            review=self._review,
        )

    def _mark_edits(self) -> Mapping[str, list[Edit]]:
        headers: defaultdict[tuple[str, str | None], dict[str, bool]] = defaultdict(dict)
        for wanted in self._marks.values():
            headers[wanted.flow_id, wanted.local_to][wanted.name] = wanted.sensitive
        found: defaultdict[str, list[Edit]] = defaultdict(list)
        for (flow_id, local_to), marks in headers.items():
            flow = self._flows[flow_id]
            edit = mark_edit(flow.script, marks, function=_function_index(flow, local_to))
            if edit is not None:
                found[flow_id].append(edit)
        return found

    def _stored_flags(self) -> dict[str, dict[str, bool]]:
        return {
            flow_id: {name: self._metadata[flow_id][name] for name in flags}
            for flow_id, flags in self._flags.items()
        }


def _new(edits: Iterable[Edit], known: Sequence[Edit]) -> list[Edit]:
    """Return those of a plan's edits that are not among others yet, which are in order and apart.

    Raises:
        EditError: One of them overlaps with another edit.
    """
    found: list[Edit] = []
    for edit in edits:
        place = bisect_left(known, edit)
        if place < len(known) and known[place] == edit:
            continue
        beside = sorted((*known[max(0, place - 1) : place + 1], edit))
        for one, other in pairwise(beside):
            if other.start < one.end:
                raise EditError(OVERLAP(start=other.start))
        found.append(edit)
    return found


def _united(
    known: Mapping[str, Sequence[Edit]], new: Mapping[str, Sequence[Edit]]
) -> dict[str, list[Edit]]:
    """Return all edits by text; of two that are alike, one."""
    return {
        key: list(dict.fromkeys((*known.get(key, ()), *new.get(key, ()))))
        for key in dict.fromkeys((*known, *new))
    }


def _function_index(flow: Flow, local_to: str | None) -> int | None:
    if local_to is None:
        return None
    subflow = next(found for found in flow.subflows if found.local and found.name == local_to)
    return next(
        index
        for index, statement in enumerate(flow.script.statements)
        if statement is subflow.function
    )
