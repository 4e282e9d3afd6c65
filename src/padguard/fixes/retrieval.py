"""Has a flow retrieve a credential: by an action that it has, a new one, or by a person's hand."""

from dataclasses import dataclass

from padguard.fixes.case import Case
from padguard.fixes.draft import Draft
from padguard.fixes.retrieval_existing import (
    ENVIRONMENT_ENDING,
    Wanted,
    existing_credential,
    existing_environment,
    rivals_of,
)
from padguard.fixes.retrieval_names import refuse_secret, variable_name
from padguard.fixes.retrieval_place import Spot, insert_row, spot_just_before, start_spot
from padguard.fixes.subjects import unmarked
from padguard.fixes.template import Retrieval
from padguard.flow.model import Flow, Subflow
from padguard.foundation.messages import Message, mark
from padguard.rules.finding import action_place

USES_EXISTING = mark(
    "fixes",
    "The flow retrieves the credential in row {row} of {subflow} already ({variable}): that one is "
    "used, and must hold this secret.",
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


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a flow has retrieved: by what name, and whose it is; see `Variable.local_to`.

    ``is_from_start`` tells whether it is retrieved as the first thing that the flow does.
    """

    credential: str
    variable: str
    local_to: str | None
    retrieval: Retrieval
    is_from_start: bool = False

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
    find = existing_environment if environment else existing_credential
    found = find(case, wanted)
    if found is not None:
        where = found.action.subflow.name
        name = found.variable.name
        draft.note(USES_EXISTING(row=found.action.row, subflow=where, variable=name))
        if environment and unmarked([(wanted.flow, found.variable)]):
            draft.mark(wanted.flow, found.variable)
        credential = found.credential or wanted.credential
        draft.claim(wanted.flow, name, credential, wanted.holds)
        return Retrieved(credential, name, found.variable.local_to, retrieval)
    refuse_secret(case.inspection, wanted.credential)
    return _added(case, draft, wanted, retrieval)


def _added(case: Case, draft: Draft, wanted: Wanted, retrieval: Retrieval) -> Retrieved | None:
    flow, credential = wanted.flow, wanted.credential
    environment = retrieval is Retrieval.ENVIRONMENT
    ending = ENVIRONMENT_ENDING if environment else "Credential"
    rivals = [one.variable for one in rivals_of(case, wanted.holds) if one.flow_id == flow.id]
    variable = variable_name(flow, case.choices.variable, credential, ending, rivals)
    spot = _spot(case, wanted)
    draft.note((CREATE_ENVIRONMENT if environment else CREATE)(credential=credential))
    template = case.templates.of(retrieval)
    if template is None:
        _guide(draft, flow, spot, (ADD_ENVIRONMENT if environment else ADD), credential, variable)
        return None
    insert_row(draft, flow, spot, template.render(credential, variable))
    draft.claim(flow, variable, credential, wanted.holds)
    local_to = spot.subflow.name if spot.subflow.local else None
    if environment and flow.script.header.sensitive is not None:
        draft.mark_name(flow, variable, local_to)
    if flow.id:
        draft.note(SAVE_ONCE(flow=flow.name))
    is_first = local_to is None and not case.choices.just_before
    return Retrieved(credential, variable, local_to, retrieval, is_from_start=is_first)


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
