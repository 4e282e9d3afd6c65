"""Turns what the analysis found into places and paths that a person can follow."""

from collections.abc import Container, Iterator, Sequence

from padguard.analysis.effects import is_run_flow
from padguard.analysis.hits import Hit, name_strength
from padguard.analysis.holdings import Holding, Load
from padguard.analysis.inspection import Inspection
from padguard.analysis.origins import results_of
from padguard.analysis.program import Call, Program
from padguard.analysis.trace import Exposure, SourceKind, Trace
from padguard.analysis.travel import Reached, Travel
from padguard.catalog.roles import ActionRoles, Channel, roles_of
from padguard.flow.model import Action, Flow, Sensitivity, Variable, VariableKind
from padguard.flow.words import title
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind
from padguard.rules.finding import Finding, Place, Step, action_key, action_place

IS_MARKED_INPUT = mark("rules", "{name} is an input that is marked as sensitive")
IS_MARKED = mark("rules", "{name} is marked as sensitive and gets a value here")
IS_SECRET_INPUT = mark("rules", "{name} is an input that carries a secret")
GETS_SECRET = mark("rules", "A secret is written into {name}")
GIVES = mark("rules", "“{title}” gives {name}, which is sensitive")
IS_SET = mark("rules", "{name} is set from {source}")
HOLDS = mark("rules", "“{title}” puts {source} into {name}")
PASSED = mark("rules", "{source} is passed to the input {name} of {flow}")
RETURNED = mark("rules", "{flow} gives {source} back, stored in {name}")
WRITTEN = mark("rules", "A text is written into {name}")
IS_INPUT = mark("rules", "{name} is an input")
SERVES = mark("rules", "“{title}” uses {name} where a secret belongs")
SHOWS = mark("rules", "“{title}” shows {name}")
WHY_SHOWN = mark("rules", "What {source} holds gets to “{parameter}”.")
WHY_USED = mark("rules", "“{title}” uses what {name} holds where a secret belongs.")
WHY_MARKED = mark("rules", "{name} is marked as sensitive.")
WHY_NAMED = mark("rules", "The name of {name} says that it carries a secret.")


def holding_path(trace: Trace, holding: Holding) -> tuple[Step, ...]:
    """Return the steps from a source to where a variable holds what came from there."""
    return tuple(_step(trace, found) for found in holding.path())


def _step(trace: Trace, holding: Holding) -> Step:
    flow = holding.procedure.flow
    name = holding.fact.variable.name
    if holding.before is None:
        return Step(_holding_place(holding), _source_words(trace, holding, name))
    source = holding.before.fact.variable.name
    action = holding.action
    if action is None:
        return Step(_holding_place(holding), IS_SET(name=name, source=source))
    other = holding.before.procedure.flow
    if is_run_flow(action) and action in flow.actions:
        words = RETURNED(flow=other.name, source=source, name=name)
        return Step(action_place(flow, action), words)
    if is_run_flow(action):
        words = PASSED(source=source, name=name, flow=flow.name)
        return Step(action_place(other, action), words)
    if action.statement.kind is Kind.SET:
        return Step(action_place(flow, action), IS_SET(name=name, source=source))
    words = HOLDS(title=title(action), source=source, name=name)
    return Step(action_place(flow, action), words)


def _source_words(trace: Trace, holding: Holding, name: str) -> Message:
    source = trace.source_of(holding)
    kind = SourceKind.MARKED if source is None else source.kind
    if kind is SourceKind.SECRET:
        return GETS_SECRET(name=name)
    if kind is SourceKind.INPUT:
        return IS_SECRET_INPUT(name=name)
    if kind is SourceKind.RESULT and holding.action is not None:
        return GIVES(title=title(holding.action), name=name)
    return IS_MARKED_INPUT(name=name) if holding.action is None else IS_MARKED(name=name)


def _holding_place(holding: Holding) -> Place:
    flow = holding.procedure.flow
    if holding.action is not None:
        return action_place(flow, holding.action)
    subflow = holding.procedure.subflow
    if subflow.local and subflow.function is not None:  # a parameter stands in its first line
        return Place(flow.id, subflow.name, start=subflow.function.start, end=subflow.function.end)
    return declaration_place(flow, holding.fact.variable.name)


def declaration_place(flow: Flow, name: str) -> Place:
    """Return where an input or output is declared; for other variables the start of the flow."""
    header = flow.script.header
    for declaration in (*header.inputs, *header.outputs):
        if declaration.name.casefold() == name.casefold():
            statement = flow.script.statements[declaration.statement]
            return Place(flow.id, start=statement.start, end=statement.end)
    return Place(flow.id, start=0, end=0)


def hit_finding(hit: Hit, message: Message, path: tuple[Step, ...] = ()) -> Finding:
    """Return the finding of a secret that is written into a script."""
    variables = (hit.variable.name,) if hit.variable else ()
    if hit.action is None:
        place = Place(hit.flow.id, start=hit.start, end=hit.end)
        key = "declaration"
    else:
        place = action_place(hit.flow, hit.action, hit.start, hit.end)
        key = action_key(hit.flow, hit.action, hit.name)
    return Finding(
        place, message, hit.reason, hit.confidence, variables, path, hit.value, key, subject=hit
    )


def reached_path(inspection: Inspection, hit: Hit) -> tuple[Step, ...]:
    """Return how a text that is a secret by its destination gets there, or nothing."""
    found = inspection.reached(hit)
    return () if found is None else reached_steps(found, WRITTEN(name=hit.name))


def reached_steps(reached: Reached, start: Message) -> tuple[Step, ...]:
    """Return how a value gets to where a secret belongs; ``start`` says what its first step is."""
    first, *others = reached.holding.path()
    steps = [Step(_holding_place(first), start)]
    steps += (_step(Trace(), holding) for holding in others)
    flow = reached.flow
    words = SERVES(name=reached.use.variable.name, title=title(reached.action))
    steps.append(Step(action_place(flow, reached.action), words))
    return tuple(steps)


def unmarked(
    inspection: Inspection,
) -> Iterator[tuple[Travel, Variable, list[Holding]]]:
    """Yield the variables that hold sensitive data without a mark, with how they came to it."""
    for travel in inspection.travels:
        for variable, holdings in travel.trace.holdings.items():
            if variable.sensitivity is Sensitivity.EXPOSED and holdings:
                yield travel, variable, holdings


def holding_finding(travel: Travel, holding: Holding, message: Message, why: Message) -> Finding:
    """Return the finding of a variable that holds sensitive data without a mark."""
    path = holding_path(travel.trace, holding)
    variable = holding.fact.variable
    names = tuple(dict.fromkeys((variable.name, *_names_back(holding))))
    key = f"{variable.name}|{variable.local_to or ''}".casefold()
    return Finding(path[-1].place, message, why, 0.9, names, path, key=key, subject=holding)


def _names_back(holding: Holding) -> Iterator[str]:
    return (found.fact.variable.name for found in reversed(holding.path()))


def is_password_copy(holding: Holding) -> bool:
    """Tell whether a variable was set to the password of a credential, and to nothing else."""
    before, action = holding.before, holding.action
    if before is None or action is None or action.statement.kind is not Kind.SET:
        return False
    value = action.statement.clauses[-1]
    text = holding.procedure.flow.script.clause_text(action.statement, value)
    return before.fact.load is Load.CREDENTIAL and text.replace(".", "_").isidentifier()


def input_finding(
    travel: Travel, variable: Variable, reached: Reached | None, message: Message
) -> Finding:
    """Return the finding of an input that carries a secret."""
    flow = travel.program.main_with(variable).flow
    if reached is not None:
        path = reached_steps(reached, IS_INPUT(name=variable.name))
        why = WHY_USED(name=variable.name, title=title(reached.action))
    else:
        path = ()
        is_marked = variable.sensitivity is Sensitivity.MARKED
        why = (WHY_MARKED if is_marked else WHY_NAMED)(name=variable.name)
    place = declaration_place(flow, variable.name)
    key = variable.name.casefold()
    return Finding(place, message, why, 0.9, (variable.name,), path, key=key, subject=variable)


def variable_finding(
    flow: Flow, variable: Variable, message: Message, why: Message, *, confidence: float
) -> Finding:
    """Return a finding about a variable as such."""
    names = (variable.name,)
    own = variable.kind is VariableKind.FLOW or variable.local_to is not None
    first = flow.first_writes.get(variable) if own else None
    place = declaration_place(flow, variable.name) if first is None else action_place(flow, first)
    key = variable.name.casefold()
    return Finding(place, message, why, confidence, names, key=key, subject=variable)


def leaving_finding(
    travel: Travel, holding: Holding, call: Call, message: Message, why: Message
) -> Finding:
    """Return the finding of sensitive data that is passed where it cannot be followed."""
    flow = call.caller.flow
    here = action_place(flow, call.action)
    path = (*holding_path(travel.trace, holding), Step(here, message))
    key = action_key(flow, call.action, holding.fact.variable.name)
    names = (holding.fact.variable.name,)
    return Finding(here, message, why, 0.5, names, path, key=key)


def needless_marks(inspection: Inspection) -> Iterator[tuple[Flow, Variable]]:
    """Yield the marked flow variables that nothing sensitive gets to."""
    for travel in inspection.travels:
        program, trace = travel.program, travel.trace
        served = {use.variable for _, _, use in trace.served}
        written = {hit.variable for flow in program.flows for hit in inspection.hits[flow]}
        for flow in program.flows:
            for variable in flow.variables:
                if (
                    variable.sensitivity is Sensitivity.MARKED
                    and variable.kind is not VariableKind.INPUT
                    and variable not in served
                    and variable not in written
                    and name_strength(variable.name, inspection.options) == 0.0
                    and not _gets_sensitive(program, trace, variable, travel.plain)
                ):
                    yield flow, variable


def _gets_sensitive(
    program: Program, trace: Trace, variable: Variable, plain: Container[Variable]
) -> bool:
    """Tell whether anything that is sensitive, or may be, is put into a variable.

    Marks of its own do not count. What comes from outside, a file or a page, nobody can judge.
    """
    for action in program.actions_with(variable):
        if variable not in action.writes:
            continue
        effect = program.procedure_of(action).effect(action)
        call = program.calls.get(action)
        passed = [use.variable for use, _ in call.passed] if call else []
        used = [use.variable for use in effect.carried] + passed
        if any(other is not variable and other not in plain for other in used):
            return True
        if any(gain.variable is variable for gain in effect.gains):
            return True
        if _may_get_data(program, trace, action, variable):
            return True
    return False


def _may_get_data(program: Program, trace: Trace, action: Action, variable: Variable) -> bool:
    """Tell whether an action stores in a variable what nobody can judge: data from outside."""
    call = program.calls.get(action)
    if call is not None:
        outputs = [output for output, result in call.returned if result is variable]
        return any(output is None or output in trace.holdings for output in outputs)
    flow = program.procedure_of(action).flow
    roles = roles_of(action.statement.action) if action.statement.action else ActionRoles()
    return any(
        result is variable and roles.output(clause.name).receives
        for clause, result in results_of(flow, action)
    )


def exposures(
    inspection: Inspection, channels: Sequence[Channel], message: Message
) -> Iterator[Finding]:
    """Yield a finding for every action and variable by which sensitive data gets to a channel."""
    for travel in inspection.travels:
        seen: set[tuple[Action, Variable]] = set()
        for exposure in travel.trace.exposures.values():
            variable = exposure.shown.use.variable
            if exposure.shown.channel in channels and (exposure.action, variable) not in seen:
                seen.add((exposure.action, variable))
                yield _exposure_finding(travel, exposure, message(name=variable.name))


def _exposure_finding(travel: Travel, exposure: Exposure, message: Message) -> Finding:
    flow = travel.program.procedure_of(exposure.action).flow
    use = exposure.shown.use
    here = action_place(flow, exposure.action, use.start, use.end)
    words = SHOWS(title=title(exposure.action), name=use.variable.name)
    path = (*holding_path(travel.trace, exposure.holding), Step(here, words))
    names = tuple(dict.fromkeys(_names_back(exposure.holding)))
    key = action_key(flow, exposure.action, f"{use.clause.name}|{use.variable.name}")
    why = WHY_SHOWN(source=names[-1], parameter=use.clause.name or title(exposure.action))
    return Finding(here, message, why, 0.9, names, path, key=key, subject=exposure)
