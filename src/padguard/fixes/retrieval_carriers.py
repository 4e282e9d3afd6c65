"""Which variables carry a password once an action is given it, and marks for them."""

from collections.abc import Callable, Iterable, Iterator

from padguard.analysis.inspection import Inspection
from padguard.analysis.program import Program
from padguard.analysis.trace import Source, SourceKind, trace_sources
from padguard.catalog.lookup import load
from padguard.catalog.roles import UNKNOWN_INPUT, roles_of
from padguard.fixes.draft import Draft
from padguard.fixes.mark import mark_one
from padguard.fixes.subjects import Owned, unmarked
from padguard.fixes.uses import reading_actions
from padguard.flow.model import Action, Flow, Sensitivity, Variable
from padguard.flow.occurrences import action_occurrences
from padguard.foundation.messages import mark
from padguard.robin.tree import Clause, Kind

MARK_BY_HAND = mark(
    "fixes",
    "{name} gets the password too. Mark it as sensitive in the designer: this text cannot say so.",
)
MARKED_TOO = mark("fixes", "Marked as sensitive, because they carry the password: {names}.")


def given_to(inspection: Inspection, flow: Flow, action: Action, clause: Clause) -> list[Source]:
    """Return where a password goes that is given to an action in one of its parts."""
    program = inspection.travel_of(flow).program
    procedure = program.procedure_of(action)
    call = program.calls.get(action)
    if call is not None:
        return [
            Source(SourceKind.SECRET, call.callee, None, parameter)
            for argument, parameter in call.arguments
            if argument is clause and parameter is not None and call.callee is not None
        ]
    if action.statement.kind is not Kind.SET and not _carries(inspection, action, clause):
        return []
    targets = procedure.effect(action).targets
    return [Source(SourceKind.SECRET, procedure, action, variable) for variable in targets]


def _carries(inspection: Inspection, action: Action, clause: Clause) -> bool:
    called = action.statement.action
    role = inspection.options.input_role(called, clause.name)
    if role is None:
        role = roles_of(called).input(clause.name) if load().form(called) else UNKNOWN_INPUT
    return role.carries


def read_from_start(program: Program, flow: Flow, variable: Variable) -> Source:
    """Return that an input holds a password from the start of its flow."""
    return Source(SourceKind.INPUT, program.main(flow), None, variable)


def read_by(inspection: Inspection, flow: Flow, variable: Variable) -> Iterator[Source]:
    """Yield where a password goes from the actions that read a variable with it."""
    for action in reading_actions(flow, variable):
        for found in action_occurrences(flow, action):
            if found.variable is variable and found.clause is not None:
                yield from given_to(inspection, flow, action, found.clause)


def mark_carriers(
    draft: Draft,
    program: Program,
    sources: Iterable[Source],
    needs_none: Callable[[Flow, Variable], bool] = lambda _flow, _variable: False,
) -> None:
    """Have every variable marked that a password gets to; a note names them.

    Args:
        draft: Gathers the marks.
        program: The flows that the sources lie in.
        sources: Where the password comes from.
        needs_none: Tells which variables are left as they are.
    """
    reached = [one for one in _reached(program, sources) if not needs_none(*one)]
    wanted = unmarked(reached)
    for flow, variable in wanted:
        mark_one(draft, flow, variable)
    if wanted:
        names = dict.fromkeys(variable.name for _, variable in wanted)
        draft.note(MARKED_TOO(names=", ".join(names)))
    for _, variable in reached:
        if variable.sensitivity is Sensitivity.UNKNOWN:
            draft.note(MARK_BY_HAND(name=variable.name))


def _reached(program: Program, sources: Iterable[Source]) -> Iterator[Owned]:
    trace = trace_sources(program, sources)
    for variable, holdings in trace.holdings.items():
        if holdings:
            yield holdings[0].procedure.flow, variable
