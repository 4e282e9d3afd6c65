"""Defaults of inputs, taken away."""

from padguard.fixes.draft import Draft
from padguard.fixes.fix import NotPossibleError
from padguard.flow.masking import default_span
from padguard.flow.model import Flow, Variable, VariableKind
from padguard.foundation.messages import mark
from padguard.robin.tree import Declaration

NO_EMPTY_VALUE = mark(
    "fixes", "How an empty default of the type {type} is written is not known. Clear it by hand."
)
_EMPTY = {"string": "''", "numeric": "0", "bool": "False", "list": "[]", "customobject": "{{ }}"}


def declaration_of(flow: Flow, variable: Variable) -> Declaration | None:
    """Return the declaration of an input or output, or None for other variables."""
    header = flow.script.header
    declared = header.inputs if variable.kind is VariableKind.INPUT else header.outputs
    if variable.local_to is not None or variable.kind is VariableKind.FLOW:
        return None
    name = variable.name.casefold()
    return next((one for one in declared if one.name.casefold() == name), None)


def has_default(declaration: Declaration) -> bool:
    """Tell whether an input has a default that says anything."""
    default = declaration.default
    return default is not None and default != _EMPTY.get(declaration.type.casefold())


def drop_default(draft: Draft, flow: Flow, declaration: Declaration) -> None:
    """Have the default of an input replaced by what the designer writes for none.

    The empty values are those that real exports have for each type.

    Raises:
        NotPossibleError: The empty value of its type is not known.
    """
    empty = _EMPTY.get(declaration.type.casefold())
    if empty is None:
        raise NotPossibleError(NO_EMPTY_VALUE(type=declaration.type))
    start, end = default_span(flow.script, declaration)
    draft.replace(flow, start, end, empty)
