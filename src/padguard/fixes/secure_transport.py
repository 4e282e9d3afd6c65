"""Has what an action sends encrypted on its way, and the server checked."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from padguard.analysis.origins import argument_of
from padguard.analysis.transport import PlainAddress, Weakness, plain_addresses, weaknesses
from padguard.catalog.forms import ActionForm
from padguard.catalog.lookup import load
from padguard.catalog.roles import Condition
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.rows import label
from padguard.flow.model import Action, Flow
from padguard.flow.words import title
from padguard.foundation.edits import Edit
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind, Role

TITLE = mark("fixes", "Send it encrypted, to a server that is checked")
ASK_SERVER = mark(
    "fixes",
    "Ask whoever runs the server first: it must offer this, or row {row} fails from now on.",
)
OTHER_PORT = mark(
    "fixes",
    "The port may have to change as well: encrypted connections often have one of their own.",
)
CERTIFICATE = mark(
    "fixes",
    "A server whose certificate this machine does not trust is refused from now on. Have the "
    "certificate of its issuer installed rather than switching the check off again.",
)
USED_ELSEWHERE = mark(
    "fixes", "{name} holds the address, so other rows that use {name} change with it."
)
NO_SECURE_SCHEME = mark(
    "fixes", "There is no encrypted form of {scheme} for this action. Use another action."
)
SET_BY_HAND = mark("fixes", "Set “{parameter}” to {value} in row {row} in the designer.")
NO_SECURE_FORM = mark(
    "fixes", "No encrypted form of “{title}” is known that takes the same inputs."
)
FTPS = mark(
    "fixes",
    "The row becomes “Open secure FTP connection” with FTPS explicit, as the plain one on port "
    "{port}. If the server offers SFTP instead, choose that in the designer.",
)
NO_ROW = mark("fixes", "This row cannot be changed by itself.")

_SECURE: Final = {"http:": "https", "ldap:": "ldaps", "ws:": "wss"}
_ENCRYPTION: Final = "enablessl"
_FORMS: Final = {"ftp.openconnection": "FTP.OpenSecureConnection.ConnectWithFtpsExplicit"}
_KEPT: Final = {"Port": "21", "ActiveMode": "False", "AcceptUntrustedCertificates": "False"}
"""What is written down for the encrypted form where the plain one left it to its defaults.

Source: actions reference, "FTP": the defaults of both actions.
"""


class _Change(NamedTuple):
    """An edit, and what a person should know of it."""

    edit: Edit
    notes: tuple[Message, ...]


def _plan(case: Case) -> Plan:
    action = case.action
    if action is None:
        raise NotPossibleError(NO_ROW)
    draft = case.draft()
    notes = [ASK_SERVER(row=action.row)]
    for change in _changes(case, action):
        draft.replace(case.flow, change.edit.start, change.edit.end, change.edit.text)
        notes += [note for note in change.notes if note not in notes]
    for note in notes:
        draft.note(note)
    return draft.plan()


def _changes(case: Case, action: Action) -> Iterator[_Change]:
    flow = case.flow
    program = case.inspection.travel_of(flow).program
    procedure = program.procedure_of(action)
    found = list(weaknesses(program, procedure, action))
    for weakness in found:
        if weakness.condition is not None:
            yield _switched(action, weakness.condition)
    if any(weakness.scheme for weakness in found):
        for address in plain_addresses(program, procedure, action):
            yield _readdressed(flow, action, address)
    if Weakness() in found:
        yield from _other_form(flow, action)


def _switched(action: Action, condition: Condition) -> _Change:
    """Return the change that turns a setting round which is written into the action."""
    value = "False" if condition.equals.casefold() == "true" else "True"
    clause = argument_of(action, condition.input)
    if clause is None:
        parameter = label(action.statement.action, condition.input)
        raise NotPossibleError(SET_BY_HAND(parameter=parameter, value=value, row=action.row))
    start = action.statement.start
    note = OTHER_PORT if condition.input.casefold() == _ENCRYPTION else CERTIFICATE
    return _Change(Edit(start + clause.start, start + clause.end, value), (note,))


def _readdressed(flow: Flow, action: Action, address: PlainAddress) -> _Change:
    scheme = _SECURE.get(address.scheme)
    if scheme is None:
        raise NotPossibleError(NO_SECURE_SCHEME(scheme=address.scheme))
    edit = Edit(address.start, address.start + len(address.scheme) - 1, scheme)
    notes = [USED_ELSEWHERE(name=name) for name in _holders(flow, action, address.start)]
    return _Change(edit, (*notes, *((OTHER_PORT,) if address.has_port else ())))


def _holders(flow: Flow, action: Action, place: int) -> Iterator[str]:
    """Yield the variables that another row sets to the address at a place."""
    for other in flow.actions:
        statement = other.statement
        if statement.start <= place < statement.end and other is not action:
            yield from (variable.name for variable in other.writes)


def _other_form(flow: Flow, action: Action) -> Iterator[_Change]:
    """Yield the changes that make an action another one with the same inputs and result."""
    statement = action.statement
    old, new = load().form(statement.action), _secure_form(action)
    if old is None or new is None:
        raise NotPossibleError(NO_SECURE_FORM(title=title(action)))
    start = statement.start + statement.code
    last = start + len(statement.action)
    yield _Change(Edit(start, last, new.id), ())
    written = {}
    for clause in statement.clauses:
        if clause.role is Role.ARGUMENT:
            written[clause.name.casefold()] = flow.script.clause_text(statement, clause)
            last = max(last, statement.start + clause.end)
        else:
            yield _renamed(flow, statement.start + clause.start, clause.name, old, new)
    missing = [f" {name}: {text}" for name, text in _KEPT.items() if name.casefold() not in written]
    port = written.get("port", _KEPT["Port"])
    yield _Change(Edit(last, last, "".join(missing)), (FTPS(port=port),))


def _secure_form(action: Action) -> ActionForm | None:
    """Return the encrypted form of an action, if it takes all that is written there."""
    statement = action.statement
    form = load().form(_FORMS.get(statement.action.casefold(), ""))
    arguments = [clause.name for clause in statement.clauses if clause.role is Role.ARGUMENT]
    fits = form is not None and all(form.input(name) for name in arguments)
    return form if fits and statement.kind is Kind.ACTION else None


def _renamed(flow: Flow, start: int, name: str, old: ActionForm, new: ActionForm) -> _Change:
    """Return the change of the name of a result to that of the same type in another form."""
    output = old.output(name)
    alike = [other.name for other in new.outputs if output and other.type == output.type]
    before = re.compile(rf"{re.escape(name)}(?=\s*=>\s*\Z)").search(flow.script.text[:start])
    if len(alike) != 1 or before is None:
        raise NotPossibleError(NO_ROW)
    return _Change(Edit(before.start(), before.end(), alike[0]), ())


RECIPE = Recipe("secure-transport", ("PG306",), Applicability.REVIEW, lambda _case: TITLE, _plan)
