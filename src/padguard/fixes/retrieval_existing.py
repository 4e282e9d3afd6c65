"""Credentials that a flow retrieves already, and which of them will do for a secret."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

from padguard.fixes.case import Case
from padguard.fixes.fix import NotPossibleError
from padguard.fixes.plan import Claim
from padguard.fixes.retrieval_names import row_hits, usual_variable_name
from padguard.fixes.retrieval_order import Order
from padguard.fixes.template_learning import credential_name, is_retrieval
from padguard.fixes.user_names import is_user_name
from padguard.flow.model import Access, Action, Flow, Variable
from padguard.flow.occurrences import occurrences
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind

NOT_BEFORE = mark(
    "fixes",
    "{variable} is retrieved in row {row} of {subflow}, which does not run before all places that "
    "need it. Move it to the start of Main.",
)

ENVIRONMENT_ENDING: Final = "Secret"
"""What variables that hold an environment variable end with, unless a person chose the name."""
_USER_NAME: Final = (".username", "['username']")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be retrieved, and for what.

    Attributes:
        flow: The flow.
        uses: The actions that need it; at least one.
        credential: What the credential is called, unless a person or the flow says otherwise.
        holds: The secret that it holds, or which input it takes the place of; see `Claim`.
        user_name: Whether only the user name is needed.
        any_unused: Whether a credential that the flow retrieves and does not use will do,
            whatever it is called.
    """

    flow: Flow
    uses: Sequence[Action]
    credential: str
    holds: Hashable = field(repr=False)
    user_name: bool = False
    any_unused: bool = True


@dataclass(frozen=True, slots=True)
class Existing:
    """An action of a flow that retrieves a credential; the name is "" where it is not written."""

    action: Action
    variable: Variable
    credential: str


def _existing_in(case: Case, flow: Flow) -> list[Existing]:
    return case.inspection.known((existing_in, flow), lambda: existing_in(flow))


def existing_in(flow: Flow) -> list[Existing]:
    """Return the actions of a flow that retrieve credentials into a variable of their own."""
    return [
        Existing(action, action.writes[0], credential_name(flow, action))
        for action in flow.actions
        if is_retrieval(action) and _is_only_writer(flow, action, action.writes[0])
    ]


def free_name(case: Case, holds: Hashable, name: Callable[[Collection[str]], str]) -> str:
    """Return the name of a credential that holds no other secret.

    Args:
        case: Knows which credentials the flows use, and which other fixes of the batch do.
        holds: What the credential is to hold; see `Claim`.
        name: Returns a name that is not among some, in lower case.
    """
    taken = {claim.credential.casefold() for claim in rivals_of(case, holds)}
    taken |= case.inspection.known(_names_in_use, lambda: _names_in_use(case))
    found = name(taken)
    while case.choices.from_environment and _is_environment_in_use(case, found):
        taken.add(found.casefold())
        found = name(taken)
    return found


def rivals_of(case: Case, holds: Hashable) -> list[Claim]:
    """Return what other fixes of the batch claim for other secrets."""
    return [claim for claim in case.claims if claim.holds != holds]


def _names_in_use(case: Case) -> frozenset[str]:
    """Return the names, in lower case, of the credentials whose passwords the flows use."""
    return frozenset(
        one.credential.casefold()
        for flow in case.inspection.flows
        for one in _existing_in(case, flow)
        if one.credential and _is_used(flow, one.variable)
    )


def _is_environment_in_use(case: Case, name: str) -> bool:
    """Tell whether a flow uses an environment variable, known by the variable that holds it."""
    folded = usual_variable_name(name, ENVIRONMENT_ENDING).casefold()
    return any(
        variable.name.casefold() == folded and _is_read(flow, variable)
        for flow in case.inspection.flows
        for variable in flow.variables
    )


def _is_read(flow: Flow, variable: Variable) -> bool:
    return any(variable in action.reads for action in flow.actions)


def is_only_secret(case: Case, flow: Flow, leaving: Collection[Variable] = ()) -> bool:
    """Tell whether a flow has no other secret that might be meant by a credential nobody uses.

    Args:
        case: Knows the secrets.
        flow: The flow.
        leaving: The inputs that the credential is for; none where it is for a secret in rows.
    """
    secrets = {hit.value for hit in row_hits(case.inspection) if hit.flow is flow}
    inputs = [
        variable
        for variable in case.inspection.travel_of(flow).secret_inputs
        if variable in flow.variables
        and variable not in leaving
        and not is_user_name(variable)
        and _is_read(flow, variable)
    ]
    return len(secrets) + len(inputs) <= (0 if leaving else 1)


def _is_used(flow: Flow, variable: Variable, *, user_name: bool = False) -> bool:
    """Tell whether the password of a credential is used anywhere; or its user name."""
    return any(
        found.properties.casefold().startswith(_USER_NAME) is user_name
        for found in occurrences(flow, variable)
        if found.access is Access.READ
    )


def existing_credential(case: Case, wanted: Wanted) -> Existing | None:
    """Return the credential of the flow to use: the chosen one, of that name, or the only new one.

    Raises:
        NotPossibleError: The one that a person chose does not run before all places.
    """
    known = _unclaimed(case, wanted)
    chosen = case.choices.variable.casefold()
    for one in known:
        if chosen and one.variable.name.casefold() == chosen:
            if not _serves(case, wanted, one):
                where, row = one.action.subflow.name, one.action.row
                name = one.variable.name
                raise NotPossibleError(NOT_BEFORE(variable=name, row=row, subflow=where))
            return one
    if chosen:
        return None
    known = [one for one in known if _serves(case, wanted, one)]
    for one in known:
        if one.credential.casefold() == wanted.credential.casefold():
            return one
    user_name = wanted.user_name
    new = [one for one in known if not _is_used(wanted.flow, one.variable, user_name=user_name)]
    fits = wanted.any_unused and not case.choices.credential
    return new[0] if fits and len(new) == len(known) == 1 else None


def _unclaimed(case: Case, wanted: Wanted) -> list[Existing]:
    """Return the credentials of the flow that no other fix of the batch uses for another secret."""
    flow, rivals = wanted.flow, rivals_of(case, wanted.holds)
    names = {claim.credential.casefold() for claim in rivals}
    variables = {claim.variable.casefold() for claim in rivals if claim.flow_id == flow.id}
    return [
        one
        for one in _existing_in(case, flow)
        if one.variable.name.casefold() not in variables
        and (not one.credential or one.credential.casefold() not in names)
    ]


def _serves(case: Case, wanted: Wanted, one: Existing) -> bool:
    """Tell whether a credential can be read, and is there, wherever it is needed."""
    owner = one.variable.local_to
    if owner is not None and any(use.subflow.name != owner for use in wanted.uses):
        return False
    if one.action.statement.disabled:
        return False
    program = case.inspection.travel_of(wanted.flow).program
    order = Order(program, wanted.flow, one.action)
    return all(order.is_before(use) for use in wanted.uses)


def existing_environment(case: Case, wanted: Wanted) -> Existing | None:
    """Return the action that retrieves an environment variable, known by the variable it writes.

    Its id is not documented, so it is the variable's name that tells. One that is used already
    holds another secret, unless a person chose it.
    """
    chosen = case.choices.variable
    name = chosen or usual_variable_name(wanted.credential, ENVIRONMENT_ENDING)
    for variable in wanted.flow.variables:
        if variable.name.casefold() != name.casefold():
            continue
        if not chosen and _is_read(wanted.flow, variable):
            return None
        for action in wanted.flow.actions:
            called = action.statement.kind is Kind.ACTION and action.writes == (variable,)
            one = Existing(action, variable, "")
            if called and _is_only_writer(wanted.flow, action, variable):
                return one if _serves(case, wanted, one) else None
    return None


def _is_only_writer(flow: Flow, action: Action, variable: Variable) -> bool:
    return all(variable not in other.writes for other in flow.actions if other is not action)
