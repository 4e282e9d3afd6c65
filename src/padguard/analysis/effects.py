"""What one action does with the values of variables: which it carries where, shows, overwrites."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from padguard.analysis.options import Options
from padguard.analysis.origins import Gain, gains_of, results_of
from padguard.catalog.effects import changed_inputs
from padguard.catalog.forms import ActionForm
from padguard.catalog.lookup import load
from padguard.catalog.roles import (
    UNKNOWN_INPUT,
    UNKNOWN_OUTPUT,
    ActionRoles,
    Channel,
    InputRole,
    roles_of,
)
from padguard.flow.model import Action, Flow, Variable
from padguard.flow.occurrences import action_occurrences
from padguard.flow.typing import is_get_credential
from padguard.robin.expressions import (
    Call,
    Expression,
    Index,
    Name,
    Operation,
    Property,
    children,
    parse_expression,
)
from padguard.robin.tree import Clause, Kind, Role

_ARITHMETIC = frozenset({"+", "-", "*", "/", "MOD"})
_COUNTS = frozenset({"length", "count", "isempty", "rowscount", "columnscount", "name", "exists"})
_SIMPLE_WRITES = frozenset({Kind.SET, Kind.LOOP_FOREACH})


class Use(NamedTuple):
    """A variable whose value an action uses; offsets count characters of the script.

    ``properties`` is what of it is used, as written (``.Password``, ``['Name']``).
    """

    variable: Variable
    properties: str
    start: int
    end: int
    clause: Clause

    @property
    def is_whole(self) -> bool:
        """Whether the variable, with what is used of it, is all that the clause says."""
        used = self.end - self.start + len(self.properties)
        return used >= self.clause.end - self.clause.start


class Shown(NamedTuple):
    """A use by which a value becomes visible, and where."""

    use: Use
    channel: Channel


@dataclass(frozen=True, slots=True)
class Effect:
    """What an action does with values.

    Attributes:
        carried: Uses whose values come to ``targets``.
        targets: Variables that hold, afterwards, what was carried.
        overwritten: Variables that hold nothing of what they held before.
        gains: Variables that are sensitive afterwards by what the action is.
        shown: Uses that make a value visible.
        purposes: Uses that stand where a secret belongs.
    """

    carried: tuple[Use, ...] = ()
    targets: tuple[Variable, ...] = ()
    overwritten: tuple[Variable, ...] = ()
    gains: tuple[Gain, ...] = ()
    shown: tuple[Shown, ...] = ()
    purposes: tuple[Use, ...] = ()


NOTHING = Effect()


def is_call(action: Action) -> bool:
    """Tell whether an action runs a subflow or a desktop flow: what it does is what that does."""
    return action.statement.kind is Kind.CALL or is_run_flow(action)


def is_run_flow(action: Action) -> bool:
    """Tell whether an action is `Run desktop flow`."""
    return action.statement.action.casefold() == "external.runflow"


def effect_of(flow: Flow, action: Action, options: Options) -> Effect:
    """Return what an action does with values; nothing for a disabled row or a call."""
    statement = action.statement
    if statement.disabled or is_call(action):
        return NOTHING
    if statement.action:
        return _action_effect(flow, action, options)
    overwritten = tuple(
        variable for variable in action.writes if not _is_element(flow, action, variable)
    )
    if statement.kind is Kind.EXIT:
        texts = [clause for clause in statement.clauses if clause.name.casefold() != "code"]
        uses = [use for clause in texts for use in carried_uses(flow, action, clause)]
        return Effect(shown=tuple(Shown(use, Channel.LOG) for use in uses))
    if statement.kind not in _SIMPLE_WRITES:
        return Effect(overwritten=overwritten) if overwritten else NOTHING
    value = statement.clauses[-1]
    return Effect(tuple(carried_uses(flow, action, value)), action.writes, overwritten)


def _is_element(flow: Flow, action: Action, variable: Variable) -> bool:
    """Tell whether only an element of a variable is written, ``Row['Name']``."""
    target = action.statement.clauses[0]
    text = flow.script.clause_text(action.statement, target)
    return target.role is Role.TARGET and "[" in text and variable in action.writes


def carried_uses(flow: Flow, action: Action, clause: Clause) -> Iterator[Use]:
    """Yield the variables whose values are part of the value of a clause.

    Comparisons, tests and counts carry nothing of what they look at.
    """
    start = action.statement.start + clause.start
    end = action.statement.start + clause.end
    expression = parse_expression(flow.script.text, start, end)
    if expression is None:
        return
    kept = [(found.start, found.end) for found in _carriers(expression)]
    for occurrence in action_occurrences(flow, action, clause):
        inside = any(first <= occurrence.start and occurrence.end <= last for first, last in kept)
        if inside and not _counts(occurrence.properties):
            yield Use(
                occurrence.variable,
                occurrence.properties,
                occurrence.start,
                occurrence.end,
                clause,
            )


def _carriers(expression: Expression) -> Iterator[Name | Property | Index]:
    """Yield the names, with what is read of them, whose values make up an expression's value."""
    waiting: list[Expression] = [expression]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Operation):
            if found.operator in _ARITHMETIC:
                waiting += found.operands
        elif isinstance(found, (Property, Index)):
            base: Expression = found
            while isinstance(base, (Property, Index)):
                base = base.base
            if isinstance(base, Name):
                yield Name(base.path, base.start, base.end)
            else:
                waiting.append(base)
        elif isinstance(found, Name):
            yield found
        elif not isinstance(found, Call):
            waiting += children(found)


def _counts(properties: str) -> bool:
    """Tell whether what is read of a variable is but a length, a count or a test."""
    last = properties.rpartition(".")[2] if "." in properties else ""
    return last.casefold() in _COUNTS


def _action_effect(flow: Flow, action: Action, options: Options) -> Effect:
    statement = action.statement
    form = load().form(statement.action)
    roles = roles_of(statement.action)
    carried: list[Use] = []
    shown: list[Shown] = []
    purposes: list[Use] = []
    for clause in statement.clauses:
        if clause.role is not Role.ARGUMENT:
            continue
        role = options.input_role(statement.action, clause.name) or _input_role(action, clause)
        if not (role.carries or role.channel or role.secret):
            continue
        uses = list(carried_uses(flow, action, clause))
        carried += uses if role.carries else ()
        purposes += uses if role.secret else ()
        if role.channel is not None and not role.secret:
            shown += [Shown(use, role.channel) for use in uses]
    return Effect(
        tuple(carried),
        _receivers(flow, action, form, roles),
        (*_results(flow, action), *_emptied(flow, action, roles)),
        tuple(gains_of(flow, action, options)),
        tuple(shown),
        tuple(purposes),
    )


def _input_role(action: Action, clause: Clause) -> InputRole:
    """Return what an input does; the name of a credential is no part of what it gives."""
    called = action.statement.action
    if is_get_credential(called):
        return InputRole()
    return roles_of(called).input(clause.name) if load().form(called) else UNKNOWN_INPUT


def _results(flow: Flow, action: Action) -> tuple[Variable, ...]:
    """Return the variables that results are stored in; they hold nothing else afterwards."""
    names = {
        flow.script.clause_text(action.statement, clause).casefold()
        for clause in action.statement.clauses
        if clause.role is Role.RESULT
    }
    return tuple(variable for variable in action.writes if variable.name.casefold() in names)


def _emptied(flow: Flow, action: Action, roles: ActionRoles) -> Iterator[Variable]:
    """Yield the variables that are changed in place into something that holds nothing of before."""
    changed = changed_inputs(action.statement.action)
    for clause in action.statement.clauses if changed else ():
        folded = clause.name.casefold()
        if clause.role is Role.ARGUMENT and folded in changed and not roles.input(folded).carries:
            name = flow.script.clause_text(action.statement, clause).casefold()
            yield from (v for v in action.writes if v.name.casefold() == name)


def _receivers(
    flow: Flow, action: Action, form: ActionForm | None, roles: ActionRoles
) -> tuple[Variable, ...]:
    found = [
        variable
        for clause, variable in results_of(flow, action)
        if (roles.output(clause.name) if form else UNKNOWN_OUTPUT).receives
    ]
    if changed_inputs(action.statement.action):
        results = {variable for _, variable in results_of(flow, action)}
        found += [variable for variable in action.writes if variable not in results]
    return tuple(dict.fromkeys(found))
