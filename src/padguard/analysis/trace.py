"""How sensitive data travels through the flows of an export: where it comes from and gets to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from padguard.analysis.effects import Shown, Use, is_run_flow
from padguard.analysis.holdings import Holding, Load, Witness
from padguard.analysis.options import Options
from padguard.analysis.origins import gains_of, results_of
from padguard.analysis.program import Call, Procedure, Program, parameters
from padguard.analysis.propagation import Propagation
from padguard.catalog.effects import changed_inputs
from padguard.catalog.roles import Origin, roles_of
from padguard.flow.model import Action, Sensitivity, Variable, VariableKind
from padguard.robin.tree import Kind

_EMPTY_RESULTS = frozenset({"variables.createnewlist", "variables.createnewdatatable"})


class SourceKind(Enum):
    """Why a variable is sensitive at the start of a path."""

    MARKED = auto()  # the maker marked it
    INPUT = auto()  # an input whose name or description says so
    SECRET = auto()  # a secret was written into it
    RESULT = auto()  # an action's result that is sensitive by its nature


@dataclass(frozen=True, slots=True)
class Source:
    """Where sensitive data comes to be: a variable, after an action or from the start."""

    kind: SourceKind
    procedure: Procedure
    action: Action | None
    variable: Variable
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Exposure:
    """A value becomes visible: how it got there, and where."""

    holding: Holding
    action: Action
    shown: Shown


@dataclass(slots=True)
class Trace:
    """What came of following sensitive data; it listens while a `Propagation` runs.

    Attributes:
        sources: Where it was followed from.
        holdings: By variable, how it came to hold sensitive data, the shortest way first.
        exposures: Where it becomes visible, the shortest way first, each use once.
        served: Where it gets to what a secret is meant for.
        left: Where it is passed to a flow that is not in the export.
        complete: Whether all of it was followed to the end.
    """

    sources: dict[tuple[Action | None, Variable], Source] = field(default_factory=dict)
    holdings: dict[Variable, list[Holding]] = field(default_factory=lambda: defaultdict(list))
    exposures: dict[tuple[Action, int, Shown], Exposure] = field(default_factory=dict)
    served: list[tuple[Holding, Action, Use]] = field(default_factory=list)
    left: list[tuple[Holding, Call, Use]] = field(default_factory=list)
    complete: bool = True

    def arrives(self, holding: Holding) -> None:
        """Note how a variable came to hold the value; see `Witness`."""
        known = self.holdings[holding.fact.variable]
        if all(other.action is not holding.action for other in known):
            known.append(holding)

    def passes(self, holding: Holding) -> None:
        """Do nothing: that an input holds the value is noted once, when it arrives."""

    def shown(self, holding: Holding, action: Action, shown: Shown) -> None:
        """Note that the value becomes visible."""
        self.exposures.setdefault(
            (action, shown.use.start, shown), Exposure(holding, action, shown)
        )

    def serves(self, holding: Holding, action: Action, use: Use) -> None:
        """Note that the value serves its purpose."""
        self.served.append((holding, action, use))

    def leaves(self, holding: Holding, call: Call, use: Use) -> None:
        """Note that the value goes where it cannot be followed."""
        self.left.append((holding, call, use))

    def source_of(self, holding: Holding) -> Source | None:
        """Return where the path to a holding starts."""
        first = holding.source
        return self.sources.get((first.action, first.fact.variable))


def trace_sources(program: Program, sources: Iterable[Source]) -> Trace:
    """Follow sensitive data from its sources through a program."""
    trace = Trace()
    for source in sources:
        trace.sources.setdefault((source.action, source.variable), source)
    trace.complete = follow_sources(program, trace.sources.values(), trace)
    return trace


def follow_sources(program: Program, sources: Iterable[Source], witness: Witness) -> bool:
    """Let somebody watch sensitive data on all its ways; tell whether they were gone to the end."""
    propagation = Propagation(program, witness)
    for source in sources:
        credential = source.origin is Origin.CREDENTIAL
        load = Load.CREDENTIAL if credential else Load.SECRET
        propagation.seed(source.procedure, source.action, source.variable, load)
    return propagation.run()


def trace_literal(
    program: Program, procedure: Procedure, action: Action | None, variable: Variable
) -> Trace:
    """Follow a text from where it is set, to learn whether it gets to where secrets belong."""
    trace = Trace()
    propagation = Propagation(program, trace)
    propagation.seed(procedure, action, variable, Load.LITERAL)
    propagation.run()
    return trace


def natural_sources(program: Program, plain: Collection[Variable]) -> Iterator[Source]:
    """Yield the sources that need no judgement of names: marks, and results of actions.

    Args:
        program: The flows.
        plain: What `plain_variables` gives for them.
    """
    for procedure in program.procedures:
        yield from _marked_inputs(program, procedure)
        for action in procedure.subflow.actions:
            if action.writes and not action.statement.disabled:
                yield from _written(program, procedure, action, plain)


def _marked_inputs(program: Program, procedure: Procedure) -> Iterator[Source]:
    """Yield the marked inputs that a subflow starts with: those of its flow, or its own."""
    if procedure.subflow.local or program.main(procedure.flow) is procedure:
        for variable in dict.fromkeys(parameters(procedure, VariableKind.INPUT).values()):
            if variable.sensitivity is Sensitivity.MARKED:
                yield Source(SourceKind.MARKED, procedure, None, variable)


def _written(
    program: Program, procedure: Procedure, action: Action, plain: Collection[Variable]
) -> Iterator[Source]:
    if not is_run_flow(action):
        for gain in gains_of(procedure.flow, action, program.options):
            yield Source(SourceKind.RESULT, procedure, action, gain.variable, gain.origin)
    for variable in action.writes:
        if variable.sensitivity is Sensitivity.MARKED and not (
            sets_nothing(action, plain) or _adds_nothing(procedure, action, variable, plain)
        ):
            yield Source(SourceKind.MARKED, procedure, action, variable)


def _adds_nothing(
    procedure: Procedure, action: Action, variable: Variable, plain: Collection[Variable]
) -> bool:
    """Tell whether an action changes a variable in place, with nothing but plain values."""
    if not changed_inputs(action.statement.action):
        return False
    results = (result for _, result in results_of(procedure.flow, action))
    used = (use.variable for use in procedure.effect(action).carried)
    return variable not in results and all(one in plain or one is variable for one in used)


def sets_nothing(action: Action, plain: Collection[Variable]) -> bool:
    """Tell whether an action sets a variable to what is no data: fixed texts, numbers, counters.

    Where a fixed text is a secret, it is a source of its own.
    """
    kind = action.statement.kind
    if kind is Kind.SET:
        return all(variable in plain or variable in action.writes for variable in action.reads)
    return kind is Kind.LOOP or action.statement.action.casefold() in _EMPTY_RESULTS


def plain_variables(program: Program) -> frozenset[Variable]:
    """Return the variables that never hold anything but fixed texts, numbers and counters."""
    made_of, other = _writes(program)
    users: dict[Variable, list[Variable]] = defaultdict(list)
    for variable, used in made_of.items():
        for one in used:
            users[one].append(variable)
    waiting = [*other, *(one for one in users if one not in made_of)]
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in other:
                other.add(user)
                waiting.append(user)
    return frozenset(made_of.keys() - other)


def _writes(program: Program) -> tuple[dict[Variable, set[Variable]], set[Variable]]:
    """Return what variables are set from, and the variables that get data from elsewhere."""
    made_of: dict[Variable, set[Variable]] = {}
    other: set[Variable] = set()
    for procedure in program.procedures:
        other.update(parameters(procedure, VariableKind.INPUT).values())
        enabled = (one for one in procedure.subflow.actions if not one.statement.disabled)
        for action in enabled:
            if action.statement.kind is Kind.SET:
                for variable in action.writes:
                    made_of.setdefault(variable, set()).update(action.reads)
            elif sets_nothing(action, ()):
                made_of.update(
                    (variable, made_of.get(variable, set())) for variable in action.writes
                )
            else:
                other.update(action.writes)
    return made_of, other


def variables_towards_secrets(program: Program) -> frozenset[Variable]:
    """Return the variables that may get to where a secret belongs, whatever the order of rows."""
    found: set[Variable] = set()
    waiting: list[Variable] = []
    for procedure in program.procedures:
        for action in procedure.subflow.actions:
            if action.reads and action.statement.action and _takes_secrets(action, program.options):
                waiting += [use.variable for use in procedure.effect(action).purposes]
    while waiting:
        variable = waiting.pop()
        if variable not in found:
            found.add(variable)
            waiting += _carried_to(program, variable)
    return frozenset(found)


def _takes_secrets(action: Action, options: Options) -> bool:
    called = action.statement.action
    inputs = roles_of(called).inputs.values()
    return any(role.secret for role in inputs) or options.takes_secrets(called)


def _carried_to(program: Program, variable: Variable) -> Iterator[Variable]:
    """Yield the variables whose values may come to a variable in one step."""
    for action in program.actions_with(variable):
        call = program.calls.get(action)
        if call is None:
            effect = program.procedure_of(action).effect(action)
            if variable in effect.targets:
                yield from (use.variable for use in effect.carried)
        else:
            yield from (
                output
                for output, result in call.returned
                if result is variable and output is not None
            )
    for call, clause in program.passed_to.get(variable, ()):
        yield from (use.variable for use, _ in call.passed if use.clause is clause)
