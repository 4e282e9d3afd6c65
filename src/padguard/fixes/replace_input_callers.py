"""Takes arguments away from the flows that run a flow whose inputs are gone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from padguard.analysis.cloud import CloudRun
from padguard.analysis.effects import is_run_flow
from padguard.analysis.jsonwalk import Path
from padguard.analysis.literals import written_texts
from padguard.analysis.program import argument_text
from padguard.analysis.secrets.model import HOLE
from padguard.analysis.secrets.placeholders import is_placeholder
from padguard.exports.jsonspans import remove_member_edit
from padguard.exports.payloads import Json
from padguard.fixes.case import Case
from padguard.fixes.draft import Draft
from padguard.fixes.fix import NotPossibleError
from padguard.fixes.rows import OF_THE_ROW, notes_of
from padguard.fixes.uses import argument_span
from padguard.flow.model import Action, Flow, Variable, VariableKind
from padguard.flow.occurrences import action_occurrences
from padguard.foundation.edits import Edit, apply_edits
from padguard.foundation.masked import Masked
from padguard.foundation.messages import mark
from padguard.robin.tree import Clause, Role

NO_LONGER_PASSED = mark("fixes", "These flows of the export no longer pass it: {names}.")
UNSEEN = mark(
    "fixes",
    "Flows outside this export that run “{flow}” may still pass {inputs}: take it out there as "
    "well, or they fail. Whoever runs the flow by hand is no longer asked for it.",
)
SAME_NAME = mark(
    "fixes",
    "Two inputs of the flow are called {name}, so it cannot be told which of them callers mean. "
    "Rename one of them first.",
)
NOT_NEEDED = mark(
    "fixes",
    "In “{flow}”, {names} may not be needed any more: that was passed until now.",
)


def input_names(flow: Flow, variables: Collection[Variable]) -> frozenset[str]:
    """Return what callers may call some inputs of a flow, in lower case; never another input.

    Raises:
        NotPossibleError: Another input is called the same.
    """
    others = {
        (one.external_name or one.name).casefold()
        for one in flow.variables
        if one.kind is VariableKind.INPUT and one.local_to is None and one not in variables
    }
    for variable in variables:
        if (variable.external_name or variable.name).casefold() in others:
            raise NotPossibleError(SAME_NAME(name=variable.external_name or variable.name))
    names = {variable.name.casefold() for variable in variables}
    names |= {variable.external_name.casefold() for variable in variables}
    return frozenset(names - others - {""})


def runs_itself(flow: Flow) -> bool:
    """Tell whether a flow has a row that runs it again."""
    return bool(flow.id) and any(_running(flow, flow))


def mend_callers(
    case: Case, draft: Draft, flow: Flow, variables: Collection[Variable], credential: str
) -> None:
    """Have no flow of the export pass inputs any more that a flow no longer has.

    Secrets that callers passed as fixed texts go to the hand-off.

    Args:
        case: Knows the export.
        draft: Gathers the changes.
        flow: The flow that loses inputs.
        variables: The inputs.
        credential: The credential that takes the place of the first one, or "" for none.
    """
    names = input_names(flow, variables)
    first = next(iter(variables))
    own = {first.name.casefold(), first.external_name.casefold()}
    secret = names & own if credential else frozenset()
    mended = [
        other.name
        for other in case.inspection.flows
        if flow.id and _mend_flow(draft, other, flow, names, secret, credential)
    ]
    by_cloud: defaultdict[str, list[CloudRun]] = defaultdict(list)
    for run in case.inspection.outside.runs:
        if flow.id and run.flow_id == flow.id.casefold():
            by_cloud[run.cloud.id].append(run)
    mended += [
        runs[0].cloud.name
        for runs in by_cloud.values()
        if _mend_cloud(draft, runs, flow, names, secret, credential)
    ]
    inputs = ", ".join(variable.external_name or variable.name for variable in variables)
    if mended:
        draft.note(NO_LONGER_PASSED(names=", ".join(dict.fromkeys(mended))))
    draft.note(UNSEEN(flow=flow.name, inputs=inputs))


def _running(caller: Flow, flow: Flow) -> Iterator[Action]:
    for action in caller.actions:
        called = action.statement.action and is_run_flow(action)
        run = argument_text(caller, action, "FlowId").strip("{} ") if called else ""
        if run and run.casefold() == flow.id.casefold():
            yield action


def _passed(action: Action, names: Collection[str]) -> Iterator[tuple[int, Clause]]:
    for place, clause in enumerate(action.statement.clauses):
        if clause.role is Role.ARGUMENT and clause.dynamic and clause.name.casefold() in names:
            yield place, clause


def _mend_flow(
    draft: Draft,
    caller: Flow,
    flow: Flow,
    names: Collection[str],
    secret: Collection[str],
    credential: str,
) -> bool:
    """Take arguments out of the rows of a caller; tell whether there were any."""
    found, left = False, dict[str, None]()
    for action in _running(caller, flow):
        for place, clause in _passed(action, names):
            found = True
            draft.replace(caller, *argument_span(caller, action.statement, place), "")
            for note in notes_of(caller, action):
                name = note.clauses[0].name.rpartition(":")[2].casefold()
                if name == clause.name.casefold() and name not in OF_THE_ROW:
                    draft.replace(caller, note.start, note.end, "")
            left.update(
                (one.variable.name, None) for one in action_occurrences(caller, action, clause)
            )
            if clause.name.casefold() in secret:
                _hand_off(draft, caller, action, clause, credential)
    if left:
        draft.note(NOT_NEEDED(flow=caller.name, names=", ".join(left)))
    return found


def _hand_off(draft: Draft, caller: Flow, action: Action, clause: Clause, credential: str) -> None:
    start, end = action.statement.start + clause.start, action.statement.start + clause.end
    for text in written_texts(caller.script.text, start, end):
        if text.value.strip() and HOLE not in text.value and not is_placeholder(text.value):
            draft.remove_secret(caller, Masked(text.value), credential)


def _mend_cloud(
    draft: Draft,
    runs: Sequence[CloudRun],
    flow: Flow,
    names: Collection[str],
    secret: Collection[str],
    credential: str,
) -> bool:
    """Take arguments out of the actions of one cloud flow; tell whether there were any."""
    cloud = runs[0].cloud
    paths = [path for run in runs for path in _arguments(run, names)]
    text = cloud.text
    for path in paths:
        text = apply_edits(text, [remove_member_edit(text, path)])
    if paths:
        draft.edit_cloud(cloud.id, _difference(cloud.text, text))
    for passed in (one for run in runs for one in run.passed):
        for literal in passed.literals if passed.name.casefold() in secret else ():
            if HOLE not in literal and not is_placeholder(literal):
                draft.remove_secret(flow, Masked(literal), credential)
    return bool(paths)


def _arguments(run: CloudRun, names: Collection[str]) -> Iterator[Path]:
    """Yield where an action of a cloud flow passes some inputs."""
    here: Path = (*run.path, "inputs", "parameters")
    parameters = _at(run.cloud.definition, here)
    for key, value in parameters.items() if isinstance(parameters, dict) else ():
        if key.startswith("item/") and key.removeprefix("item/").casefold() in names:
            yield (*here, key)
        elif key == "item" and isinstance(value, dict):
            yield from ((*here, key, name) for name in value if name.casefold() in names)


def _at(value: Json, path: Path) -> Json:
    for step in path:
        value = value[step]
    return value


def _difference(before: str, after: str) -> Edit:
    """Return the one edit that makes a text of another."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    shortest = min(len(before), len(after)) - start
    while end < shortest and before[-1 - end] == after[-1 - end]:
        end += 1
    return Edit(start, len(before) - end, after[start : len(after) - end])
