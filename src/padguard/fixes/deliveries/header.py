"""What a change does to the variables and subflows of a flow, beside its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from padguard.flow.model import Flow, Subflow, Variable, VariableKind
from padguard.robin.header import local_header
from padguard.robin.tree import Declaration, Header, Role


class VariableEdit(Enum):
    """What became of a variable."""

    ADDED = "added"  # as an input or output
    REMOVED = "removed"  # from the inputs and outputs
    CHANGED = "changed"  # what its declaration says
    MARKED = "marked"
    UNMARKED = "unmarked"


class DeclarationField(Enum):
    """A field of the dialog of an input or output."""

    TYPE = "type"
    DEFAULT = "default"
    EXTERNAL_NAME = "external name"
    DESCRIPTION = "description"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class VariableChange:
    """A change to a variable that is not made in a row.

    Attributes:
        edit: What became of it.
        name: The variable.
        kind: Input, output or flow variable.
        local_to: The local-scope subflow that owns it, or None.
        fields: For CHANGED, what of its declaration is new.
        after: For ADDED and CHANGED of the inputs and outputs of the flow, how it is declared.
    """

    edit: VariableEdit
    name: str
    kind: VariableKind
    local_to: str | None = None
    fields: tuple[DeclarationField, ...] = ()
    after: Declaration | None = None


@dataclass(frozen=True, slots=True)
class SubflowChange:
    """A subflow that is new or gone."""

    name: str
    added: bool


def changed_variables(before: Flow, after: Flow) -> tuple[VariableChange, ...]:
    """Return marks gained and lost, and inputs and outputs added, removed or declared anew.

    Where the text has no ``@SENSITIVE`` line, before or after, nothing is said about marks.
    A mark that went with its variable is no change of its own.
    """
    return (
        *_declarations(before, after, VariableKind.INPUT),
        *_declarations(before, after, VariableKind.OUTPUT),
        *_parameters(before, after),
        *_marks(before, after),
    )


def changed_subflows(before: Flow, after: Flow) -> tuple[SubflowChange, ...]:
    """Return the subflows that are new or gone, by name whatever the case."""
    old = {subflow.name.casefold() for subflow in before.subflows}
    new = {subflow.name.casefold() for subflow in after.subflows}
    added = (sub.name for sub in after.subflows if sub.name.casefold() not in old)
    removed = (sub.name for sub in before.subflows if sub.name.casefold() not in new)
    return (
        *(SubflowChange(name, added=True) for name in added),
        *(SubflowChange(name, added=False) for name in removed),
    )


def _declarations(before: Flow, after: Flow, kind: VariableKind) -> Iterator[VariableChange]:
    old = {one.name.casefold(): one for one in _declared(before.script.header, kind)}
    new = {one.name.casefold(): one for one in _declared(after.script.header, kind)}
    for folded, found in new.items():
        if folded not in old:
            yield VariableChange(VariableEdit.ADDED, found.name, kind, after=found)
        elif fields := tuple(_new_fields(old[folded], found)):
            edit = VariableEdit.CHANGED
            yield VariableChange(edit, found.name, kind, fields=fields, after=found)
    for folded, found in old.items():
        if folded not in new:
            yield VariableChange(VariableEdit.REMOVED, found.name, kind)


def _declared(header: Header, kind: VariableKind) -> tuple[Declaration, ...]:
    return header.inputs if kind is VariableKind.INPUT else header.outputs


def _new_fields(old: Declaration, new: Declaration) -> Iterator[DeclarationField]:
    if old.type != new.type:
        yield DeclarationField.TYPE
    if old.default != new.default:
        yield DeclarationField.DEFAULT
    if old.external_name != new.external_name:
        yield DeclarationField.EXTERNAL_NAME
    if old.description != new.description:
        yield DeclarationField.DESCRIPTION
    if bool(old.optional) != bool(new.optional):
        yield DeclarationField.OPTIONAL


def _parameters(before: Flow, after: Flow) -> Iterator[VariableChange]:
    """Yield the inputs and outputs of local-scope subflows that are new or gone."""
    for mine, other in _shared_subflows(before, after):
        old, new = _parameters_of(before, mine), _parameters_of(after, other)
        for (name, kind), shown in new.items():
            if (name, kind) not in old:
                yield VariableChange(VariableEdit.ADDED, shown, kind, other.name)
        for (name, kind), shown in old.items():
            if (name, kind) not in new:
                yield VariableChange(VariableEdit.REMOVED, shown, kind, other.name)


def _parameters_of(flow: Flow, subflow: Subflow) -> dict[tuple[str, VariableKind], str]:
    found: dict[tuple[str, VariableKind], str] = {}
    statement = subflow.function
    for clause in statement.clauses if statement else ():
        if statement and clause.role is Role.PARAMETER:
            kind = VariableKind.OUTPUT if clause.name == "OUTPUT" else VariableKind.INPUT
            name = flow.script.clause_text(statement, clause)
            found[name.casefold(), kind] = name
    return found


def _shared_subflows(before: Flow, after: Flow) -> Iterator[tuple[Subflow, Subflow]]:
    old = {subflow.name.casefold(): subflow for subflow in before.subflows}
    for subflow in after.subflows:
        if subflow.name.casefold() in old:
            yield old[subflow.name.casefold()], subflow


def _marks(before: Flow, after: Flow) -> Iterator[VariableChange]:
    known = {
        (variable.name.casefold(), variable.local_to): variable for variable in after.variables
    }
    for old, new, owner in _scopes(before, after):
        if old.sensitive is None or new.sensitive is None:
            continue
        had = {name.casefold() for name in old.sensitive}
        has = {name.casefold() for name in new.sensitive}
        for name in new.sensitive:
            if name.casefold() not in had:
                yield _mark(VariableEdit.MARKED, known.get((name.casefold(), owner)), name, owner)
        for name in old.sensitive:
            variable = known.get((name.casefold(), owner))
            if name.casefold() not in has and variable is not None:
                yield _mark(VariableEdit.UNMARKED, variable, name, owner)


def _scopes(before: Flow, after: Flow) -> Iterator[tuple[Header, Header, str | None]]:
    """Yield the headers of the flow and of its local-scope subflows, with the subflow's name."""
    yield before.script.header, after.script.header, None
    old = {subflow.name.casefold(): subflow for subflow in before.subflows}
    for subflow in after.subflows:
        mine = old.get(subflow.name.casefold())
        if subflow.local and (mine is None or mine.local):
            unmarked = Header(()) if mine is None else _local(before, mine)
            yield unmarked, _local(after, subflow), subflow.name


def _mark(
    edit: VariableEdit, variable: Variable | None, name: str, owner: str | None
) -> VariableChange:
    kind = variable.kind if variable else VariableKind.FLOW
    return VariableChange(edit, variable.name if variable else name, kind, owner)


def _local(flow: Flow, subflow: Subflow) -> Header:
    if subflow.function is None:
        return Header(None)
    return local_header(flow.script, flow.script.statements.index(subflow.function))
