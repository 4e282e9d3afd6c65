"""What could not be analysed: what an export holds that no rule can judge."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from padguard.analysis.effects import is_run_flow
from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.analysis.literals import written_texts
from padguard.analysis.program import argument_text
from padguard.analysis.scan import LONGEST_TEXT
from padguard.analysis.secrets.model import HOLE
from padguard.catalog.roles import Channel, roles_of
from padguard.flow.model import Action, Flow
from padguard.flow.words import title
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Clause, Role
from padguard.rules.finding import Place, action_place


class GapKind(Enum):
    """Why something could not be analysed; the values are words of the stable JSON."""

    UNREADABLE = "unreadable"
    NOT_UNDERSTOOD = "not-understood"
    NO_HEADER = "no-header"
    UNKNOWN_ACTION = "unknown-action"
    SCRIPT = "script"
    CHILD_FLOW = "child-flow"
    ENCRYPTED = "encrypted-value"
    TOO_LARGE = "too-large"


HEADINGS: Final = {
    GapKind.UNREADABLE: mark("reports", "Parts of the export that could not be read"),
    GapKind.NOT_UNDERSTOOD: mark(
        "reports", "Lines that are not understood; they are kept as they are"
    ),
    GapKind.NO_HEADER: mark(
        "reports", "Texts without a header; which variables are marked is not known"
    ),
    GapKind.UNKNOWN_ACTION: mark("reports", "Unknown actions; what they do with data is a guess"),
    GapKind.SCRIPT: mark(
        "reports", "Scripts in other languages; they are searched for secrets, but not followed"
    ),
    GapKind.CHILD_FLOW: mark("reports", "Flows that are run, but are not in the export"),
    GapKind.ENCRYPTED: mark("reports", "Encrypted values; nobody can look into them"),
    GapKind.TOO_LARGE: mark("reports", "Work that was given up because it would not have ended"),
}
"""What each kind is called; in the order of importance."""

IN_EXPORT = mark("reports", "{part}: {message}")
NO_HEADER = mark("reports", "Copy or export the whole flow to have its marks judged too.")
UNKNOWN_ACTION = mark(
    "reports", "“{id}” is not in the catalogue: it is taken to pass on whatever it is given."
)
SCRIPT = mark("reports", "What the script of “{title}” does with its data is not followed.")
SCRIPT_UNSEEN = mark(
    "reports", "The script of “{title}” is put together while the flow runs, so it is not read."
)
CHILD_FLOW = mark("reports", "Sensitive data is not followed into the flow that is run here.")
NOT_FOLLOWED = mark(
    "reports",
    "The subflows of {flow} call each other in too many ways; not all ways of sensitive data were "
    "followed to their end.",
)
NOT_SEARCHED = mark("reports", "The text is very long; only its first part was searched.")
ENCRYPTED = mark("reports", "The value is encrypted for one machine, so it is not read.")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be analysed.

    Attributes:
        kind: Why.
        message: What that means, in one sentence.
        place: Where it is, or None for a part of the export outside the scripts.
        subject: The id of an unknown action, else "".
    """

    kind: GapKind
    message: Message
    place: Place | None = None
    subject: str = ""


def gaps(inspection: Inspection) -> Iterator[Gap]:
    """Yield what could not be analysed, kind by kind, each in the order of the export."""
    for problem in (*inspection.export.problems, *inspection.outside.problems):
        words = IN_EXPORT(part=problem.where, message=problem.message)
        yield Gap(GapKind.UNREADABLE, words)
    for look in (_not_understood, _no_header):
        for flow in inspection.flows:
            yield from look(flow)
    yield from _in_actions(inspection)
    yield from _given_up(inspection)
    for hit in inspection.hits_of(HitKind.ENCRYPTED):
        if hit.action is not None:
            place = action_place(hit.flow, hit.action, hit.start, hit.end)
            yield Gap(GapKind.ENCRYPTED, ENCRYPTED, place)


def _given_up(inspection: Inspection) -> Iterator[Gap]:
    for travel in inspection.travels:
        if not travel.trace.complete:
            flow = travel.program.flows[0]
            place = Place(flow.id, start=0, end=0)
            yield Gap(GapKind.TOO_LARGE, NOT_FOLLOWED(flow=flow.name), place)
    for flow in inspection.flows:
        for action in flow.actions:
            if action.statement.end - action.statement.start > LONGEST_TEXT:
                yield Gap(GapKind.TOO_LARGE, NOT_SEARCHED, action_place(flow, action))


def _no_header(flow: Flow) -> Iterator[Gap]:
    if flow.script.header.sensitive is None and flow.variables:
        yield Gap(GapKind.NO_HEADER, NO_HEADER, Place(flow.id, start=0, end=0))


def _in_actions(inspection: Inspection) -> Iterator[Gap]:
    for look in (_unknown_action, _script, _child_flow(inspection)):
        for flow in inspection.flows:
            for action in flow.actions:
                if action.statement.action and not action.statement.disabled:
                    yield from look(flow, action)


def _not_understood(flow: Flow) -> Iterator[Gap]:
    if not flow.script.diagnostics:
        return
    starts = [action.statement.start for action in flow.actions]
    for found in flow.script.diagnostics:
        place = Place(flow.id, start=found.start, end=found.end)
        index = bisect_right(starts, found.start) - 1
        if index >= 0 and found.start < flow.actions[index].statement.end:
            place = action_place(flow, flow.actions[index], found.start, found.end)
        yield Gap(GapKind.NOT_UNDERSTOOD, found.message, place)


def _unknown_action(flow: Flow, action: Action) -> Iterator[Gap]:
    name = action.statement.action
    if name in flow.coverage.unknown_actions:
        place = action_place(flow, action)
        yield Gap(GapKind.UNKNOWN_ACTION, UNKNOWN_ACTION(id=name), place, name)


def _script(flow: Flow, action: Action) -> Iterator[Gap]:
    roles = roles_of(action.statement.action)
    for clause in action.statement.clauses:
        if clause.role is Role.ARGUMENT and roles.input(clause.name).channel is Channel.SCRIPT:
            words = SCRIPT if _is_written(flow, action, clause) else SCRIPT_UNSEEN
            message = words(title=title(action))
            yield Gap(GapKind.SCRIPT, message, action_place(flow, action))


def _is_written(flow: Flow, action: Action, clause: Clause) -> bool:
    start = action.statement.start
    found = written_texts(flow.script.text, start + clause.start, start + clause.end)
    return any(text.value.strip(f"{HOLE} \t\r\n") for text in found)


def _child_flow(inspection: Inspection) -> Callable[[Flow, Action], Iterator[Gap]]:
    inside = {flow.id.casefold() for flow in inspection.flows}

    def look(flow: Flow, action: Action) -> Iterator[Gap]:
        if is_run_flow(action) and argument_text(flow, action, "FlowId").casefold() not in inside:
            yield Gap(GapKind.CHILD_FLOW, CHILD_FLOW, action_place(flow, action))

    return look
