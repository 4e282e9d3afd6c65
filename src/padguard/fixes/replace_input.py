"""Replaces an input that carries a secret by a credential that the flow retrieves itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from padguard.analysis.hits import Hit, HitKind
from padguard.analysis.literals import written_texts
from padguard.analysis.secrets.placeholders import is_placeholder
from padguard.fixes.case import Case
from padguard.fixes.defaults import declaration_of, has_default
from padguard.fixes.draft import Draft
from padguard.fixes.drop_default import CHANGE_IT
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.replace_input_callers import input_names, mend_callers, runs_itself
from padguard.fixes.retrieval import Retrieved, retrieve
from padguard.fixes.retrieval_carriers import mark_carriers, read_by, read_from_start
from padguard.fixes.retrieval_existing import Wanted, free_name, is_only_secret
from padguard.fixes.retrieval_names import name_for_input
from padguard.fixes.user_names import is_user_name, password_input, user_name_input
from padguard.fixes.uses import reading_actions, rewritten_uses
from padguard.flow.masking import default_span
from padguard.flow.model import Action, Flow, Subflow, Variable, VariableKind
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message, mark

TITLE = mark("fixes", "Replace the input {name} by Get credential")
TITLE_BOTH = mark("fixes", "Replace the inputs {name} and {user_name} by Get credential")
TITLE_ENVIRONMENT = mark("fixes", "Replace the input {name} by Retrieve environment variable")
NO_TEXT = mark(
    "fixes",
    "{name} is no text, but a credential gives texts. Retrieve it in the designer, and rebuild "
    "what is made of it.",
)
RUNS_ITSELF = mark(
    "fixes", "The flow runs itself, so its inputs cannot be replaced. Change that first."
)
NO_DECLARATION = mark("fixes", "The line that declares {name} was not found.")
NOT_READ = mark("fixes", "Nothing in the flow reads {name}, so nothing has to be retrieved.")
USER_NAME_TOO = mark(
    "fixes",
    "{name} looks like the user name that goes with it: it is replaced by the user name of the "
    "credential, which must be what callers passed. Leave it out if they pass different ones.",
)
KEEP_AS_PASSWORD = mark(
    "fixes", "What callers passed as {name} must be the password of the credential “{credential}”."
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """The inputs that leave a flow: one that carries a secret, one with the user name, or both."""

    flow: Flow
    password: Variable | None
    user_name: Variable | None

    @property
    def variables(self) -> list[Variable]:
        """The inputs, the one with the secret first."""
        return [one for one in (self.password, self.user_name) if one is not None]

    def is_left_as_it_is(self, flow: Flow, variable: Variable) -> bool:
        """Tell whether a variable gets no mark: it goes, or is an input of another flow.

        That one gets the secret from this flow until now as well, and has a finding of its own.
        """
        of_other = flow is not self.flow and variable.kind is VariableKind.INPUT
        return variable in self.variables or (of_other and variable.local_to is None)


def _leaving(case: Case) -> Leaving | None:
    """Return the inputs that a finding is about, with the one that belongs to it."""
    variable = _input(case)
    if variable is None:
        return None
    flow = case.flow
    inputs = list(case.inspection.travel_of(flow).secret_inputs)
    together = case.choices.with_user_name and not case.choices.from_environment
    if is_user_name(variable) and not case.choices.from_environment:
        password = password_input(flow, variable, inputs) if together else None
        return Leaving(flow, password, variable)
    beside = user_name_input(flow, variable) if together else None
    return Leaving(flow, variable, beside if beside and _can_leave(flow, beside) else None)


def _input(case: Case) -> Variable | None:
    """Return the input that a finding is about, also by its default, or None."""
    subject = case.finding.subject
    variable = subject
    if isinstance(subject, Hit):
        in_header = subject.action is None and subject.kind is not HitKind.REMARK
        variable = subject.variable if in_header else None
    if isinstance(variable, Variable) and variable.local_to is None:
        return variable if variable.kind is VariableKind.INPUT else None
    return None


def _can_leave(flow: Flow, variable: Variable) -> bool:
    try:
        list(rewritten_uses(flow, variable, lambda _: ""))
    except NotPossibleError:
        return False
    return _is_text(variable)


def _is_text(variable: Variable) -> bool:
    return variable.type_name.casefold() == "string"


def _plan(case: Case) -> Plan:
    leaving = _leaving(case)
    if leaving is None:
        raise NotPossibleError(NO_DECLARATION(name=""))
    flow, draft = leaving.flow, case.draft()
    _refuse(leaving)
    uses = _uses(leaving)
    retrieved: Retrieved | None = None
    if uses:
        retrieved = retrieve(case, draft, _wanted(case, leaving, uses))
        if retrieved is None:
            return draft.plan()
        _rewrite(draft, leaving, retrieved)
    else:
        draft.note(NOT_READ(name=leaving.variables[0].name))
    for variable in leaving.variables:
        _remove(draft, flow, variable)
    credential = retrieved.credential if retrieved else ""
    if leaving.password is not None:
        _hand_off(case, draft, leaving.password, credential)
        at_start = retrieved is None or retrieved.is_from_start
        _mark_carriers(case, draft, leaving, at_start=at_start)
    _say(draft, leaving, credential)
    secret = credential if leaving.password is not None else ""
    mend_callers(case, draft, flow, leaving.variables, secret)
    return draft.plan()


def _refuse(leaving: Leaving) -> None:
    """Refuse inputs that cannot leave, before a person works for nothing.

    Raises:
        NotPossibleError: One of them cannot.
    """
    for variable in leaving.variables:
        if not _is_text(variable):
            raise NotPossibleError(NO_TEXT(name=variable.name))
    if runs_itself(leaving.flow):
        raise NotPossibleError(RUNS_ITSELF)
    for variable in leaving.variables:
        list(rewritten_uses(leaving.flow, variable, lambda _: ""))
    input_names(leaving.flow, leaving.variables)


def _mark_carriers(case: Case, draft: Draft, leaving: Leaving, *, at_start: bool) -> None:
    """Have marked what the password gets to, also in subflows that nothing calls yet."""
    if leaving.password is None:
        return
    flow, program = leaving.flow, case.inspection.travel_of(leaving.flow).program
    sources = [read_from_start(program, flow, leaving.password)]
    if not at_start:
        sources += read_by(case.inspection, flow, leaving.password)
    mark_carriers(draft, program, sources, leaving.is_left_as_it_is)


def _uses(leaving: Leaving) -> list[Action]:
    """Return the actions that read what leaves, in the order of the text."""
    found = {
        action
        for variable in leaving.variables
        for action in reading_actions(leaving.flow, variable)
    }
    return sorted(found, key=lambda action: action.index)


def _wanted(case: Case, leaving: Leaving, uses: Sequence[Action]) -> Wanted:
    flow, variable = leaving.flow, leaving.variables[0]
    holds = (flow.id, variable.name.casefold())
    credential = case.choices.credential.strip() or free_name(
        case, holds, lambda taken: name_for_input(case.inspection, flow, variable, taken)
    )
    return Wanted(
        flow,
        uses,
        credential,
        holds,
        user_name=leaving.password is None,
        any_unused=is_only_secret(case, flow, leaving.variables),
    )


def _rewrite(draft: Draft, leaving: Leaving, retrieved: Retrieved) -> None:
    for variable in leaving.variables:

        def expression(subflow: Subflow, *, user: bool = variable is leaving.user_name) -> str:
            return retrieved.user_name(subflow) if user else retrieved.password(subflow)

        for edit in rewritten_uses(leaving.flow, variable, expression):
            draft.replace(leaving.flow, edit.start, edit.end, edit.text)


def _remove(draft: Draft, flow: Flow, variable: Variable) -> None:
    """Have an input taken out of the header, with its mark."""
    declaration = declaration_of(flow, variable)
    if declaration is None:
        raise NotPossibleError(NO_DECLARATION(name=variable.name))
    statement = flow.script.statements[declaration.statement]
    draft.replace(flow, statement.start, statement.end, "")
    draft.drop(flow, variable)


def _hand_off(case: Case, draft: Draft, variable: Variable, credential: str) -> None:
    """Have the secret that stands as the default of an input handed off, whatever it looks like.

    A default without a sign of a secret may be one all the same: the input carries one.
    """
    secrets = [
        hit.value
        for hit in case.inspection.hits_of(HitKind.DEFAULT, HitKind.VALUE, HitKind.PART)
        if hit.action is None and hit.variable is variable
    ]
    declaration = declaration_of(case.flow, variable)
    if not secrets and declaration is not None and has_default(declaration):
        start, end = default_span(case.flow.script, declaration)
        texts = [text.value for text in written_texts(case.flow.script.text, start, end)]
        secrets = [Masked(text) for text in texts if text.strip() and not is_placeholder(text)]
    for secret in secrets:
        draft.remove_secret(case.flow, secret, credential or variable.name)
        draft.note(CHANGE_IT)


def _say(draft: Draft, leaving: Leaving, credential: str) -> None:
    if leaving.password is not None and credential:
        name = leaving.password.external_name or leaving.password.name
        draft.note(KEEP_AS_PASSWORD(name=name, credential=credential))
    if leaving.password is not None and leaving.user_name is not None:
        draft.note(USER_NAME_TOO(name=leaving.user_name.name))


def _title(case: Case) -> Message:
    leaving = _leaving(case)
    names = [one.name for one in leaving.variables] if leaving else [""]
    if len(names) > 1:
        return TITLE_BOTH(name=names[0], user_name=names[1])
    return (TITLE_ENVIRONMENT if case.choices.from_environment else TITLE)(name=names[0])


RECIPE = Recipe(
    "replace-input",
    ("PG204", "PG102", "PG103", "PG105"),
    Applicability.REVIEW,
    _title,
    _plan,
    lambda case: _leaving(case) is not None,
)
