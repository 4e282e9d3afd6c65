"""All flows of an export as one program: subflows, what they call, where variables stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from padguard.analysis.control import Control
from padguard.analysis.effects import Effect, Use, carried_uses, effect_of, is_run_flow
from padguard.analysis.options import Options
from padguard.flow.model import Action, Flow, Subflow, Variable, VariableKind
from padguard.robin.tree import Clause, Kind, Role


@dataclass(frozen=True, slots=True)
class Call:
    """A place where a subflow or a desktop flow is run.

    Attributes:
        caller: The subflow that calls.
        action: The action that calls.
        callee: What is run, or None where it is not in the export.
        arguments: What is passed, and the callee's input that it is given to; the input is None
            where it is not known.
        passed: The caller's variables in what is passed, likewise.
        returned: The callee's outputs, and the caller's variables that they are stored in; the
            output is None where it is not known.
        shares: Whether a subflow is run: it works on the variables of the caller's flow.
    """

    caller: "Procedure"
    action: Action
    callee: "Procedure | None"
    arguments: tuple[tuple[Clause, Variable | None], ...]
    passed: tuple[tuple[Use, Variable | None], ...]
    returned: tuple[tuple[Variable | None, Variable], ...]
    shares: bool


class Procedure:
    """One subflow of one flow; its graph is built when something sensitive gets there."""

    def __init__(self, flow: Flow, subflow: Subflow, options: Options) -> None:
        self.flow = flow
        self.subflow = subflow
        self._options = options
        self._effects: dict[int, Effect] = {}

    def __repr__(self) -> str:
        return f"Procedure({self.flow.name} › {self.subflow.name})"

    @cached_property
    def control(self) -> Control:
        """The ways control takes through the subflow."""
        return Control(self.flow.script, self.subflow)

    def effect(self, action: Action) -> Effect:
        """Return what an action of the subflow does with values."""
        found = self._effects.get(action.index)
        if found is None:
            found = self._effects[action.index] = effect_of(self.flow, action, self._options)
        return found


class Program:
    """The flows of an export with the calls between them.

    A flow that runs itself, directly or through others, is no problem. Which child flows are
    known is decided by the ids in the export.

    Attributes:
        flows: The flows.
        options: What a person decided about actions.
        procedures: Their subflows.
        calls: What each enabled action that runs a subflow or a flow runs.
        callers: The calls by what they run.
        passed_to: What callers pass to an input of a flow or of a local-scope subflow.
    """

    def __init__(self, flows: Iterable[Flow], options: Options | None = None) -> None:
        self.flows = tuple(flows)
        self.options = options or Options()
        self.procedures: list[Procedure] = []
        self._by_name: dict[tuple[Flow, str], Procedure] = {}
        self._main: dict[str, Procedure] = {}
        self._of_subflow: dict[Subflow, Procedure] = {}
        for flow in self.flows:
            for subflow in flow.subflows:
                procedure = Procedure(flow, subflow, self.options)
                self.procedures.append(procedure)
                self._of_subflow[subflow] = procedure
                self._by_name.setdefault((flow, subflow.name.casefold()), procedure)
            if flow.id:  # bare text has none, and nothing can run it
                self._main[flow.id.casefold()] = self.main(flow)
        self.calls: dict[Action, Call] = {}
        self.callers: dict[Procedure, list[Call]] = defaultdict(list)
        self.passed_to: dict[Variable, list[tuple[Call, Clause]]] = defaultdict(list)
        self._mentions: dict[Variable, list[Action]] = defaultdict(list)
        for procedure in self.procedures:
            self._read(procedure)
        self._callers_of_mentions: dict[Variable, frozenset[Procedure]] = {}

    def _read(self, procedure: Procedure) -> None:
        for action in procedure.subflow.actions:
            statement = action.statement
            if statement.disabled:
                continue
            for variable in {*action.reads, *action.writes}:
                self._mentions[variable].append(action)
            if statement.kind is Kind.CALL or (statement.action and is_run_flow(action)):
                call = self._call(procedure, action)
                self.calls[action] = call
                if call.callee is not None:
                    self.callers[call.callee].append(call)
                for clause, parameter in call.arguments:
                    if parameter is not None:
                        self.passed_to[parameter].append((call, clause))

    @property
    def mains(self) -> list[Procedure]:
        """The subflows that the flows start with."""
        return [self.main(flow) for flow in self.flows]

    def main_with(self, variable: Variable) -> Procedure:
        """Return the subflow that the flow of a variable starts with."""
        return next(main for main in self.mains if variable in main.flow.variables)

    def main(self, flow: Flow) -> Procedure:
        """Return the subflow that a flow starts with."""
        return self._of_subflow[flow.subflows[0]]

    def procedure_of(self, action: Action) -> Procedure:
        """Return the subflow that an action belongs to."""
        return self._of_subflow[action.subflow]

    def actions_with(self, variable: Variable) -> list[Action]:
        """Return the enabled actions that read or write a variable, in the order of the text."""
        return self._mentions.get(variable, [])

    def places(self, procedure: Procedure, variable: Variable) -> list[int]:
        """Return where in a subflow a variable is read, written or may be touched by a call."""
        control = procedure.control
        inside = self._procedures_with(variable)
        touching = [
            *(a for a in self.actions_with(variable) if a.subflow is procedure.subflow),
            *(
                call.action
                for call in self.calls_from(procedure)
                if call.shares and call.callee in inside
            ),
        ]
        places = {control.place_of(action) for action in touching}
        return sorted(place for place in places if place is not None)

    def calls_from(self, procedure: Procedure) -> list[Call]:
        """Return the calls in a subflow, in the order of the text."""
        return self._calls_by_caller.get(procedure, [])

    @cached_property
    def _calls_by_caller(self) -> dict[Procedure, list[Call]]:
        found: dict[Procedure, list[Call]] = defaultdict(list)
        for call in self.calls.values():
            found[call.caller].append(call)
        return found

    def _procedures_with(self, variable: Variable) -> frozenset[Procedure]:
        """Return the subflows that touch a variable, themselves or through what they call."""
        known = self._callers_of_mentions.get(variable)
        if known is None:
            found = {self.procedure_of(a) for a in self.actions_with(variable)}
            waiting = [] if variable.local_to is not None else list(found)
            while waiting:
                for call in self.callers.get(waiting.pop(), ()):
                    if call.shares and call.caller not in found:
                        found.add(call.caller)
                        waiting.append(call.caller)
            known = self._callers_of_mentions[variable] = frozenset(found)
        return known

    def _call(self, procedure: Procedure, action: Action) -> Call:
        flow = procedure.flow
        if is_run_flow(action):
            callee = self._main.get(argument_text(flow, action, "FlowId").casefold())
        else:
            name = flow.script.clause_text(action.statement, action.statement.clauses[0])
            callee = self._by_name.get((flow, name.strip("'").casefold()))
        arguments = tuple(_arguments(action, callee))
        return Call(
            procedure,
            action,
            callee,
            arguments,
            tuple(
                (use, parameter)
                for clause, parameter in arguments
                for use in carried_uses(flow, action, clause)
            ),
            tuple(_returned(flow, action, callee)),
            shares=action.statement.kind is Kind.CALL,
        )


def argument_text(flow: Flow, action: Action, name: str) -> str:
    """Return the plain text of an argument, or "" where it is absent."""
    for clause in action.statement.clauses:
        if clause.role is Role.ARGUMENT and clause.name.casefold() == name.casefold():
            return flow.script.clause_text(action.statement, clause).strip("$'")
    return ""


def parameters(callee: Procedure, kind: VariableKind) -> dict[str, Variable]:
    """Return the inputs or outputs of a flow or local-scope subflow by what callers call them.

    A flow is given as the subflow that it starts with; other subflows have none of their own.
    """
    if not callee.subflow.local and callee.subflow is not callee.flow.subflows[0]:
        return {}
    owner = callee.subflow.name if callee.subflow.local else None
    own = [v for v in callee.flow.variables if v.kind is kind and v.local_to == owner]
    found = {variable.name.casefold(): variable for variable in own}
    found.update((v.external_name.casefold(), v) for v in own if v.external_name)
    return found


def _arguments(
    action: Action, callee: Procedure | None
) -> Iterator[tuple[Clause, Variable | None]]:
    inputs = parameters(callee, VariableKind.INPUT) if callee else {}
    for clause in action.statement.clauses:
        if clause.role is Role.ARGUMENT and (clause.dynamic or not is_run_flow(action)):
            yield clause, inputs.get(clause.name.casefold())


def _returned(
    flow: Flow, action: Action, callee: Procedure | None
) -> Iterator[tuple[Variable | None, Variable]]:
    outputs = parameters(callee, VariableKind.OUTPUT) if callee else {}
    written = {variable.name.casefold(): variable for variable in action.writes}
    for clause in action.statement.clauses:
        if clause.role is Role.RESULT:
            name = flow.script.clause_text(action.statement, clause).casefold()
            if name in written:
                yield outputs.get(clause.name.casefold()), written[name]
