"""What becomes of sensitive data in a group of flows that run each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from padguard.analysis.effects import Use
from padguard.analysis.holdings import Holding
from padguard.analysis.options import Options
from padguard.analysis.program import Program
from padguard.analysis.scan import Hit, HitKind, destined_texts, name_strength
from padguard.analysis.trace import (
    Source,
    SourceKind,
    Trace,
    natural_sources,
    trace_literal,
    trace_sources,
    variables_towards_secrets,
)
from padguard.flow.model import Action, Flow, Sensitivity, Variable, VariableKind

_SURE_NAME = 0.8
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
        trace: Where sensitive data gets to.
        destined: Texts that are secrets because of where they get to, and how they get there.
        secret_inputs: Inputs that carry a secret by mark, name, description or use; with the way
            to where it is used, or None where nothing but the name says so.
    """

    program: Program
    trace: Trace
    destined: dict[Hit, Reached] = field(default_factory=dict)
    secret_inputs: dict[Variable, Reached | None] = field(default_factory=dict)


def follow(flows: Sequence[Flow], hits: Mapping[Flow, Sequence[Hit]], options: Options) -> Travel:
    """Follow the sensitive data of some flows, and say which of their variables are EXPOSED."""
    program = Program(flows, options)
    travel = Travel(program, Trace())
    _find_by_destination(travel, hits)
    _find_secret_inputs(travel, options)
    sources = [
        *natural_sources(program),
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
        for action in program.actions_with(variable):
            procedure = program.procedure_of(action)
            for hit in destined_texts(procedure.flow, action, variable):
                if (hit.flow, hit.start) in known:
                    continue
                known.add((hit.flow, hit.start))
                trace = trace_literal(program, procedure, action, variable)
                reached = _first_served(program, trace)
                if reached is not None:
                    travel.destined[hit] = reached
    for variable in towards:
        if variable.kind is VariableKind.INPUT and variable.local_to is None:
            main = next(p for p in program.mains if variable in p.flow.variables)
            reached = _first_served(program, trace_literal(program, main, None, variable))
            if reached is not None:
                travel.secret_inputs[variable] = reached


def _first_served(program: Program, trace: Trace) -> Reached | None:
    if not trace.served:
        return None
    holding, action, use = trace.served[0]
    return Reached(holding, program.procedure_of(action).flow, action, use)


def _find_secret_inputs(travel: Travel, options: Options) -> None:
    for main in travel.program.mains:
        for variable in main.flow.variables:
            if variable.kind is not VariableKind.INPUT or variable.local_to is not None:
                continue
            names = (variable.name, variable.external_name)
            said = any(name_strength(name, options) >= _SURE_NAME for name in names if name)
            if said or variable.sensitivity is Sensitivity.MARKED:
                travel.secret_inputs.setdefault(variable, None)


def _input_sources(travel: Travel) -> Iterator[Source]:
    for variable in travel.secret_inputs:
        if variable.sensitivity is not Sensitivity.MARKED:
            main = next(p for p in travel.program.mains if variable in p.flow.variables)
            yield Source(SourceKind.INPUT, main, None, variable)


def _hit_sources(program: Program, hits: Iterable[Hit]) -> Iterator[Source]:
    """Yield the variables that hold a secret because one is written into them."""
    for hit in hits:
        if hit.action is not None and hit.variable is not None and hit.kind in _GIVES_A_SECRET:
            procedure = program.procedure_of(hit.action)
            yield Source(SourceKind.SECRET, procedure, hit.action, hit.variable)
