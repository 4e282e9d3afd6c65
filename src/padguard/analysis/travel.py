"""What becomes of sensitive data in a group of flows that run each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from padguard.analysis.destined import destined_defaults, destined_texts
from padguard.analysis.effects import Use
from padguard.analysis.hits import Hit, HitKind, name_strength
from padguard.analysis.holdings import Holding
from padguard.analysis.options import Options
from padguard.analysis.program import Procedure, Program
from padguard.analysis.secrets.placeholders import plain_kind
from padguard.analysis.trace import (
    Source,
    SourceKind,
    Trace,
    natural_sources,
    plain_variables,
    trace_literal,
    trace_sources,
    variables_towards_secrets,
)
from padguard.catalog.effects import changed_inputs
from padguard.catalog.roles import roles_of
from padguard.flow.model import Action, Flow, Sensitivity, Variable, VariableKind
from padguard.robin.tree import Clause, Kind, Role

_SURE_NAME = 0.8
_LONGEST_LABEL = 6  # words of a description
_GIVES_A_SECRET = (HitKind.VALUE, HitKind.PART, HitKind.ENCRYPTED)


@dataclass(frozen=True, slots=True)
class Reached:
    """How a text or an input gets to where a secret belongs, and to which use."""

    holding: Holding
    flow: Flow
    action: Action
    use: Use


@dataclass(slots=True)
class Travel:
    """The travels of sensitive data through some flows.

    Attributes:
        program: The flows.
        plain: Variables that never hold anything but fixed texts, numbers and counters.
        trace: Where sensitive data gets to.
        destined: Texts that are secrets because of where they get to, and how they get there.
        secret_inputs: Inputs that carry a secret by mark, name, description or use; with the way
            to where it is used, or None where nothing but the name says so.
    """

    program: Program
    plain: frozenset[Variable]
    trace: Trace
    destined: dict[Hit, Reached] = field(default_factory=dict)
    secret_inputs: dict[Variable, Reached | None] = field(default_factory=dict)


def follow(flows: Sequence[Flow], hits: Mapping[Flow, Sequence[Hit]], options: Options) -> Travel:
    """Follow the sensitive data of some flows, and say which of their variables are EXPOSED."""
    program = Program(flows, options)
    travel = Travel(program, plain_variables(program), Trace())
    _find_by_destination(travel, hits)
    _find_secret_inputs(travel, options)
    sources = [
        *natural_sources(program, travel.plain),
        *_hit_sources(program, (hit for flow in flows for hit in hits[flow])),
        *_hit_sources(program, travel.destined),
        *_input_sources(travel),
    ]
    travel.trace = trace_sources(program, sources)
    _set_sensitivity(flows, travel.trace)
    return travel


def _set_sensitivity(flows: Iterable[Flow], trace: Trace) -> None:
    for flow in flows:
        for variable in flow.variables:
            if variable.sensitivity is Sensitivity.EXPOSED:
                variable.sensitivity = Sensitivity.CLEAN
    for variable, holdings in trace.holdings.items():
        if holdings and variable.sensitivity is Sensitivity.CLEAN:
            variable.sensitivity = Sensitivity.EXPOSED


def _find_by_destination(travel: Travel, hits: Mapping[Flow, Sequence[Hit]]) -> None:
    program = travel.program
    towards = variables_towards_secrets(program)
    known = {(hit.flow, hit.start) for of_flow in hits.values() for hit in of_flow}
    for variable in towards:
        for procedure, action, texts in _brought(program, variable):
            found = [hit for hit in texts if (hit.flow, hit.start) not in known]
            known.update((hit.flow, hit.start) for hit in found)
            if found:
                trace = trace_literal(program, procedure, action, variable)
                for hit in found:
                    reached = _first_served(program, trace, hit)
                    if reached is not None:
                        travel.destined[hit] = reached
        if variable.kind is VariableKind.INPUT and variable.local_to is None:
            main = program.main_with(variable)
            reached = _first_served(program, trace_literal(program, main, None, variable))
            if reached is not None:
                travel.secret_inputs[variable] = reached


def _brought(
    program: Program, variable: Variable
) -> Iterator[tuple[Procedure, Action | None, Iterator[Hit]]]:
    """Yield where texts come to a variable: the subflow, the action, and the texts.

    The action is None where the subflow starts with them.
    """
    for action in program.actions_with(variable):
        procedure = program.procedure_of(action)
        for clause in _bringing(procedure, action, variable):
            yield procedure, action, destined_texts(procedure.flow, action, clause, variable)
    for call, clause in program.passed_to.get(variable, ()):
        if call.callee is not None:
            texts = destined_texts(call.caller.flow, call.action, clause, variable)
            yield call.callee, None, texts
    if variable.kind is VariableKind.INPUT and variable.local_to is None:
        main = program.main_with(variable)
        yield main, None, destined_defaults(main.flow, variable)


def _bringing(procedure: Procedure, action: Action, variable: Variable) -> Iterator[Clause]:
    """Yield the clauses whose texts an action puts into a variable as they are."""
    statement = action.statement
    if statement.kind is Kind.SET and variable in action.writes:
        yield statement.clauses[-1]
    elif statement.action and variable in procedure.effect(action).targets:
        roles, in_place = roles_of(statement.action), changed_inputs(statement.action)
        for clause in statement.clauses:
            if clause.role is Role.ARGUMENT and roles.input(clause.name).carries:
                source = procedure.flow.script.clause_text(statement, clause)
                if in_place or source.startswith(("[", "{")):
                    yield clause


def _first_served(program: Program, trace: Trace, hit: Hit | None = None) -> Reached | None:
    """Return the first use where a secret belongs that a value, or that text of it, gets to."""
    for holding, action, use in trace.served:
        if hit is None or (_is_of_key(hit, holding, use) and not _is_mere_part(hit, use)):
            return Reached(holding, program.procedure_of(action).flow, action, use)
    return None


def _is_mere_part(hit: Hit, use: Use) -> bool:
    """Tell whether a text is a year or a number that only goes into a larger secret."""
    return not use.is_whole and plain_kind(hit.value.reveal()) in (
        "number",
        "date",
    )


def _carried_sources(program: Program, action: Action, hit: Hit) -> Iterator[Source]:
    """Yield the variables that get what an action makes of a text with a secret in it."""
    procedure = program.procedure_of(action)
    if hit.clause is None or not action.statement.action or action in program.calls:
        return
    if roles_of(action.statement.action).input(hit.clause.name).carries:
        for variable in procedure.effect(action).targets:
            yield Source(SourceKind.SECRET, procedure, action, variable)


def _is_of_key(hit: Hit, holding: Holding, use: Use) -> bool:
    """Tell whether a text under a key of an object is what is used of the object."""
    if hit.variable is None or hit.name == hit.variable.name:
        return True
    return holding.before is None and hit.name.casefold() in use.properties.casefold()


def _find_secret_inputs(travel: Travel, options: Options) -> None:
    for main in travel.program.mains:
        for variable in main.flow.variables:
            if variable.kind is not VariableKind.INPUT or variable.local_to is not None:
                continue
            names = (variable.name, variable.external_name, _label(variable.description))
            said = any(name_strength(name, options) >= _SURE_NAME for name in names if name)
            if said or variable.sensitivity is Sensitivity.MARKED:
                travel.secret_inputs.setdefault(variable, None)


def _label(description: str) -> str:
    """Return a description that is short enough to be read like a name, or ""."""
    return description if len(description.split()) <= _LONGEST_LABEL else ""


def _input_sources(travel: Travel) -> Iterator[Source]:
    for variable in travel.secret_inputs:
        if variable.sensitivity is not Sensitivity.MARKED:
            main = travel.program.main_with(variable)
            yield Source(SourceKind.INPUT, main, None, variable)


def _hit_sources(program: Program, hits: Iterable[Hit]) -> Iterator[Source]:
    """Yield the variables that hold a secret because one is written into them."""
    for hit in hits:
        if hit.action is None or hit.kind not in _GIVES_A_SECRET:
            continue
        if hit.variable is None:
            yield from _carried_sources(program, hit.action, hit)
        else:
            call = program.calls.get(hit.action)
            if call is None:
                procedure = program.procedure_of(hit.action)
                yield Source(SourceKind.SECRET, procedure, hit.action, hit.variable)
            elif call.callee is not None:
                yield Source(SourceKind.SECRET, call.callee, None, hit.variable)
