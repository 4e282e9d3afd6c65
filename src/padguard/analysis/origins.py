"""What actions give that is sensitive by its nature, whatever goes into them."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from padguard.analysis.literals import written_texts
from padguard.analysis.options import Options
from padguard.catalog.lookup import load
from padguard.catalog.roles import Condition, Origin, roles_of
from padguard.flow.model import Action, Flow, Sensitivity, Variable
from padguard.flow.typing import is_get_credential
from padguard.robin.tree import Clause, Role

_CONNECTOR: Final = "external.invokecloudconnector"
_FORM: Final = "display.showcustomdialog"
_UNBOUND_ACTION: Final = "RetrieveEnvironmentVariableSecretValue"
_KEY_VAULT: Final = frozenset(
    {"getsecret", "getsecretversion", "decryptdata", "decryptdataversion"}
)
_PASSWORD_FIELD: Final = re.compile(r'"style"\s*:\s*"password"', re.IGNORECASE)


class Gain(NamedTuple):
    """A variable that an action makes sensitive by itself, and why.

    ``origin`` is None where only a person says so.
    """

    variable: Variable
    origin: Origin | None


def gains_of(flow: Flow, action: Action, options: Options) -> Iterator[Gain]:
    """Yield the results of an action that are sensitive by its nature.

    Which operations of connectors give secrets is known from the guidance on Azure Key Vault
    secrets; that the answers of a form do, from the password fields of its card.
    """
    if not action.writes or not action.statement.action:
        return
    called = action.statement.action
    everything = _gives_secrets(flow, action)
    for clause, variable in results_of(flow, action):
        role = roles_of(called).output(clause.name)
        if is_get_credential(called) or variable.sensitivity is Sensitivity.CREDENTIAL:
            yield Gain(variable, Origin.CREDENTIAL)
        elif everything is not None and role.receives:
            yield Gain(variable, everything)
        elif role.origin is not None and (
            role.when is None or holds(flow, action, role.when, default=False)
        ):
            yield Gain(variable, role.origin)
        elif options.is_source(called, clause.name):
            yield Gain(variable, None)


def _gives_secrets(flow: Flow, action: Action) -> Origin | None:
    """Return why what a connector or a form gives is sensitive, or None."""
    called = action.statement.action.casefold()
    if called == _FORM:
        card = argument_literal(flow, action, "CardTemplateJson")
        return Origin.DIALOG if _PASSWORD_FIELD.search(card) else None
    if called != _CONNECTOR:
        return None
    connector = argument_literal(flow, action, "ConnectorId").rpartition("/")[2].casefold()
    operation = argument_literal(flow, action, "OperationId").casefold()
    if connector == "shared_keyvault" and operation in _KEY_VAULT:
        return Origin.VAULT
    if _UNBOUND_ACTION in flow.script.source(action.statement):
        return Origin.ENVIRONMENT
    return None


def results_of(flow: Flow, action: Action) -> Iterator[tuple[Clause, Variable]]:
    """Yield the outputs of an action with the variables that they are stored in."""
    by_name = {variable.name.casefold(): variable for variable in action.writes}
    for clause in action.statement.clauses:
        if clause.role is Role.RESULT:
            name = flow.script.clause_text(action.statement, clause).casefold()
            if name in by_name:
                yield clause, by_name[name]


def argument_of(action: Action, name: str) -> Clause | None:
    """Return the clause that gives an input of an action its value, or None."""
    folded = name.casefold()
    for clause in action.statement.clauses:
        if clause.role is Role.ARGUMENT and clause.name.casefold() == folded:
            return clause
    return None


def argument_literal(flow: Flow, action: Action, name: str) -> str:
    """Return the text written as an input of an action, its escapes undone; "" for none."""
    clause = argument_of(action, name)
    if clause is None:
        return ""
    start, end = action.statement.start + clause.start, action.statement.start + clause.end
    return next((found.value for found in written_texts(flow.script.text, start, end)), "")


def holds(flow: Flow, action: Action, condition: Condition, *, default: bool) -> bool:
    """Tell whether an input of an action has a value.

    Where the input is not written down, the designer's default for it counts; ``default`` where
    that is not known.
    """
    clause = argument_of(action, condition.input)
    if clause is not None:
        return _is_value(flow.script.clause_text(action.statement, clause), condition)
    form = load().form(action.statement.action)
    parameter = form.input(condition.input) if form else None
    if parameter is None or parameter.default is None:
        return default
    return _is_value(parameter.default, condition)


def _is_value(text: str, condition: Condition) -> bool:
    return text.rpartition(".")[2].strip("'$").casefold() == condition.equals.casefold()
