"""Has a flow retrieve a credential: by an action that it has, a new one, or by a person's hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from padguard.analysis.inspection import Inspection
from padguard.fixes.case import Case
from padguard.fixes.draft import Draft
from padguard.fixes.fix import NotPossibleError
from padguard.fixes.retrieval_names import refuse_secret, usual_variable_name, variable_name
from padguard.fixes.retrieval_order import Order
from padguard.fixes.retrieval_place import Spot, insert_row, spot_just_before, start_spot
from padguard.fixes.subjects import unmarked
from padguard.fixes.template import Retrieval
from padguard.fixes.template_learning import credential_name, is_retrieval
from padguard.flow.model import Access, Action, Flow, Subflow, Variable
from padguard.flow.occurrences import occurrences
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind
from padguard.rules.finding import action_place

USES_EXISTING = mark(
    "fixes",
    "The flow retrieves the credential in row {row} of {subflow} already ({variable}): that one is "
    "used, and must hold this secret.",
)
NOT_BEFORE = mark(
    "fixes",
    "{variable} is retrieved in row {row} of {subflow}, which does not run before all places that "
    "need it. Move it to the start of Main.",
)
CREATE = mark(
    "fixes",
    "The credential “{credential}” must exist: create it in Power Automate with Azure Key Vault or "
    "CyberArk, allow it for desktop flows, and share it with everybody who runs the flow.",
)
CREATE_ENVIRONMENT = mark(
    "fixes",
    "The environment variable “{credential}” must exist: create it in the solution with the data "
    "type Secret, and give everybody who runs the flow access to it and to the secret behind it.",
)
SAVE_ONCE = mark(
    "fixes",
    "After importing the solution, open “{flow}” once in the designer and save it: that writes the "
    "lists of credentials and modules that go with the flow. PAD Guard does not invent them.",
)
ADD = mark(
    "fixes",
    "In the designer, open the subflow {subflow} and add the action Get credential (in the group "
    "Power Automate secret variables) before row {row}.",
)
ADD_ENVIRONMENT = mark(
    "fixes",
    "In the designer, open the subflow {subflow} and add the action Retrieve environment variable "
    "(in the group Power Automate environment) before row {row}.",
)
NAMES = mark(
    "fixes",
    "Choose “{credential}” in it, and have the value stored in a variable named {variable}.",
)
BACK = mark(
    "fixes",
    "Save the flow, export the solution again, and open it here: PAD Guard then does the rest in "
    "one go.",
)
BACK_TEXT = mark(
    "fixes", "Copy the rows again and open the text here: PAD Guard then does the rest in one go."
)

_USER_NAME: Final = (".username", "['username']")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be retrieved, and for what.

    Attributes:
        flow: The flow.
        uses: The actions that need it; at least one.
        credential: What the credential is called, unless a person or the flow says otherwise.
        user_name: Whether only the user name is needed.
        any_unused: Whether a credential that the flow retrieves and does not use will do,
            whatever it is called.
    """

    flow: Flow
    uses: Sequence[Action]
    credential: str
    user_name: bool = False
    any_unused: bool = True


@dataclass(frozen=True, slots=True)
class Existing:
    """An action of a flow that retrieves a credential; the name is "" where it is not written."""

    action: Action
    variable: Variable
    credential: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a flow has retrieved: by what name, and whose it is; see `Variable.local_to`."""

    credential: str
    variable: str
    local_to: str | None
    retrieval: Retrieval

    def password(self, subflow: Subflow | None = None) -> str:
        """Return what reads the password in a subflow; None where GLOBAL stands there already."""
        return self._name(subflow) + (".Password" if self._has_properties else "")

    def user_name(self, subflow: Subflow | None = None) -> str:
        """Return what reads the user name in a subflow; None as for `password`."""
        return self._name(subflow) + (".Username" if self._has_properties else "")

    @property
    def _has_properties(self) -> bool:
        return self.retrieval is Retrieval.CREDENTIAL

    def _name(self, subflow: Subflow | None) -> str:
        outer = subflow is not None and subflow.local and self.local_to is None
        return f"GLOBAL.{self.variable}" if outer else self.variable


def existing_in(flow: Flow) -> list[Existing]:
    """Return the actions of a flow that retrieve credentials into a variable of their own."""
    return [
        Existing(action, action.writes[0], credential_name(flow, action))
        for action in flow.actions
        if is_retrieval(action) and _is_only_writer(flow, action, action.writes[0])
    ]


def taken_names(inspection: Inspection) -> frozenset[str]:
    """Return the names, in lower case, of the credentials whose passwords the flows use."""
    return frozenset(
        one.credential.casefold()
        for flow in inspection.flows
        for one in existing_in(flow)
        if one.credential and is_used(flow, one.variable)
    )


def is_used(flow: Flow, variable: Variable, *, user_name: bool = False) -> bool:
    """Tell whether the password of a credential is used anywhere; or its user name."""
    return any(
        found.properties.casefold().startswith(_USER_NAME) is user_name
        for found in occurrences(flow, variable)
        if found.access is Access.READ
    )


def retrieve(case: Case, draft: Draft, wanted: Wanted) -> Retrieved | None:
    """Have a flow retrieve what is wanted; where that takes a person, say how, and return None.

    Args:
        case: Holds what a person chose, and what was learned of the actions.
        draft: Gets the new row, or the steps for a person, and the notes.
        wanted: What is needed, where.

    Raises:
        NotPossibleError: What a person chose is not possible; the message says why.
    """
    environment = case.choices.from_environment
    retrieval = Retrieval.ENVIRONMENT if environment else Retrieval.CREDENTIAL
    found = _of_environment(case, wanted) if environment else _existing(case, wanted)
    if found is not None:
        where = found.action.subflow.name
        name = found.variable.name
        draft.note(USES_EXISTING(row=found.action.row, subflow=where, variable=name))
        if environment and unmarked([(wanted.flow, found.variable)]):
            draft.mark(wanted.flow, found.variable)
        credential = found.credential or wanted.credential
        return Retrieved(credential, name, found.variable.local_to, retrieval)
    refuse_secret(case.inspection, wanted.credential)
    return _added(case, draft, wanted, retrieval)


def _added(case: Case, draft: Draft, wanted: Wanted, retrieval: Retrieval) -> Retrieved | None:
    flow, credential = wanted.flow, wanted.credential
    environment = retrieval is Retrieval.ENVIRONMENT
    ending = "Secret" if environment else "Credential"
    variable = variable_name(flow, case.choices.variable, credential, ending)
    spot = _spot(case, wanted)
    draft.note((CREATE_ENVIRONMENT if environment else CREATE)(credential=credential))
    template = case.templates.of(retrieval)
    if template is None:
        _guide(draft, flow, spot, (ADD_ENVIRONMENT if environment else ADD), credential, variable)
        return None
    insert_row(draft, flow, spot, template.render(credential, variable))
    draft.introduce(flow, variable)
    local_to = spot.subflow.name if spot.subflow.local else None
    if environment and flow.script.header.sensitive is not None:
        draft.mark_name(flow, variable, local_to)
    if flow.id:
        draft.note(SAVE_ONCE(flow=flow.name))
    return Retrieved(credential, variable, local_to, retrieval)


def _spot(case: Case, wanted: Wanted) -> Spot:
    """Return where the new row goes.

    A local-scope subflow that alone needs it gets it itself: its variables are its own.
    """
    flow, uses = wanted.flow, wanted.uses
    if case.choices.just_before:
        return spot_just_before(case.inspection.travel_of(flow).program, flow, uses)
    homes = {use.subflow for use in uses}
    home = next(iter(homes))
    return start_spot(flow, home if len(homes) == 1 and home.local else flow.subflows[0])


def _guide(
    draft: Draft, flow: Flow, spot: Spot, add: Message, credential: str, variable: str
) -> None:
    row = spot.before.row if spot.before else 1
    place = action_place(flow, spot.before) if spot.before else None
    draft.step(add(subflow=spot.subflow.name, row=row), place)
    draft.step(NAMES(credential=credential, variable=variable), place)
    draft.step(BACK if flow.id else BACK_TEXT)


def _existing(case: Case, wanted: Wanted) -> Existing | None:
    """Return the credential of the flow to use: the chosen one, of that name, or the only new one.

    Raises:
        NotPossibleError: The one that a person chose does not run before all places.
    """
    known = existing_in(wanted.flow)
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
    new = [one for one in known if not is_used(wanted.flow, one.variable, user_name=user_name)]
    fits = wanted.any_unused and not case.choices.credential
    return new[0] if fits and len(new) == len(known) == 1 else None


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


def _of_environment(case: Case, wanted: Wanted) -> Existing | None:
    """Return the action that retrieves an environment variable, known by the variable it writes.

    Its id is not documented, so it is the variable's name that tells.
    """
    name = case.choices.variable or usual_variable_name(wanted.credential, "Secret")
    for variable in wanted.flow.variables:
        if variable.name.casefold() != name.casefold():
            continue
        for action in wanted.flow.actions:
            called = action.statement.kind is Kind.ACTION and action.writes == (variable,)
            one = Existing(action, variable, "")
            if called and _is_only_writer(wanted.flow, action, variable):
                return one if _serves(case, wanted, one) else None
    return None


def _is_only_writer(flow: Flow, action: Action, variable: Variable) -> bool:
    return all(variable not in other.writes for other in flow.actions if other is not action)
