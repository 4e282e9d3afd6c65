"""The fields of a row's dialog: what the designer calls them, and where their values stand."""

from dataclasses import dataclass
from enum import Enum

from padguard.catalog.lookup import load
from padguard.catalog.names import readable
from padguard.flow.labels import part_label
from padguard.flow.masking import action_spans, masked_text
from padguard.flow.model import Action, Flow
from padguard.flow.words import shown
from padguard.foundation.messages import Message, mark
from padguard.robin.expressions import Index, Literal, Name, Operation, parse_expression
from padguard.robin.literals import decode_text
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Clause, Kind, Role


class Way(Enum):
    """How a person gives a field its value."""

    TYPE = "type"
    CHOOSE = "choose"
    SWITCH_ON = "switch on"
    SWITCH_OFF = "switch off"
    ELEMENT = "choose a UI element"
    VARIABLE = "name a variable"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the dialog of a row, and where its value stands.

    Attributes:
        key: What tells it from the other fields of its row, before and after a change.
        label: What the designer calls it.
        start: Where its value starts, in characters of the script.
        end: Where it ends.
        clause: The part of the statement, or None where the whole statement is the value.
    """

    key: tuple[str, ...]
    label: str | Message
    start: int
    end: int
    clause: Clause | None = None


WHOLE = ("whole",)
"""The key of the one field of a comment, a region, or what is not understood."""
OPERATOR = ("operator",)
"""The key of how two values are compared."""

_FIRST = mark("fixes", "First operand")
_OPERATOR = mark("fixes", "Operator")
_SECOND = mark("fixes", "Second operand")
_CONDITION = mark("fixes", "Condition")
_OPERATORS = {
    "=": mark("fixes", "Equal to (=)"),
    "<>": mark("fixes", "Not equal to (<>)"),
    ">": mark("fixes", "Greater than (>)"),
    ">=": mark("fixes", "Greater than or equal to (>=)"),
    "<": mark("fixes", "Less than (<)"),
    "<=": mark("fixes", "Less than or equal to (<=)"),
}
_COMMENT = mark("fixes", "Comment")
_NAME = mark("fixes", "Name")
_VALUE = mark("fixes", "Value")
_CONDITIONS = frozenset({Kind.IF, Kind.ELSE_IF, Kind.LOOP_WHILE})
_CHOSEN = frozenset({Kind.CALL, Kind.GOTO})
_TOGGLES = frozenset({"boolean", "bool"})


def fields_of(flow: Flow, action: Action) -> list[Field]:
    """Return the fields of a row's dialog, in the order of the text."""
    statement = action.statement
    whole = {Kind.COMMENT: _COMMENT, Kind.REGION: _NAME, Kind.OPAQUE: _VALUE}.get(statement.kind)
    if whole is not None:
        start, end = _whole_span(flow, action)
        return [Field(WHOLE, whole, start, end)]
    found: list[Field] = []
    for clause in statement.clauses:
        found += _fields(flow, action, clause)
    return found


def way(flow: Flow, action: Action, field: Field) -> tuple[Way, str | Message]:
    """Return how a field gets its value, and the value where it is not a typed one."""
    source = flow.script.text[field.start : field.end]
    if field.key == OPERATOR:
        return Way.CHOOSE, _OPERATORS.get(source, source)
    clause = field.clause
    if clause is None or clause.role is Role.VALUE:
        return Way.TYPE, ""
    if clause.role is Role.NAME:
        name = masked_text(flow, field.start, field.end, action_spans(flow, action))
        return (Way.CHOOSE if action.statement.kind in _CHOSEN else Way.TYPE), _unquoted(name)
    if clause.role is not Role.ARGUMENT:
        return Way.VARIABLE, source
    return _way_of_argument(flow, action, clause, source)


def _unquoted(name: str) -> str:
    return decode_text(name) if len(name) > 1 and name[0] == name[-1] == "'" else name


def _way_of_argument(flow: Flow, action: Action, clause: Clause, source: str) -> tuple[Way, str]:
    form = load().form(action.statement.action) if action.statement.action else None
    parameter = form.input(clause.name) if form else None
    found = parse_expression(source, 0, len(source))
    kind = (parameter.type or "").casefold() if parameter else ""
    if isinstance(found, Literal) and found.kind is TokenKind.NAME and kind in _TOGGLES:
        return (Way.SWITCH_ON if source.casefold() == "true" else Way.SWITCH_OFF), ""
    if isinstance(found, Name) and found.path.count(".") > 1:
        read = {variable.name.casefold() for variable in action.reads}
        if found.path.partition(".")[0].casefold() not in read:
            return Way.CHOOSE, readable(found.path.rpartition(".")[2])
    if _is_element(flow, source):
        return Way.ELEMENT, shown(flow, action, clause)
    return Way.TYPE, ""


def _is_element(flow: Flow, source: str) -> bool:
    """Tell whether a value is a captured UI element or image."""
    found = parse_expression(source, 0, len(source))
    if not isinstance(found, Index):
        return False
    base = found.base
    while isinstance(base, Index):
        base = base.base
    imports = {name.casefold() for name in flow.script.header.imports} | {"appmask", "imgrepo"}
    return isinstance(base, Name) and base.path.casefold() in imports


def _fields(flow: Flow, action: Action, clause: Clause) -> list[Field]:
    start = action.statement.start + clause.start
    end = action.statement.start + clause.end
    kind = action.statement.kind
    if kind in _CONDITIONS and clause.role is Role.VALUE:
        found = parse_expression(flow.script.text, start, end)
        if isinstance(found, Operation) and found.operator in _OPERATORS:
            return _comparison(flow, found, clause)
    label = part_label(action, clause)
    if kind is Kind.CASE:
        spot = flow.script.text.rfind(clause.name, action.statement.start, start)
        operator = Field(OPERATOR, _OPERATOR, spot, spot + len(clause.name))
        return [operator, Field(("value",), label, start, end, clause)]
    return [Field((clause.role.name, clause.name.casefold()), label, start, end, clause)]


def _comparison(flow: Flow, found: Operation, clause: Clause) -> list[Field]:
    """Return the two sides of a condition and what stands between them."""
    left, right = found.operands
    between = flow.script.text.index(found.operator, left.end, right.start)
    after = between + len(found.operator)
    return [
        Field(("first",), _FIRST, found.start, between, clause),
        Field(OPERATOR, _OPERATOR, between, after),
        Field(("second",), _SECOND, after, found.end, clause),
    ]


def _whole_span(flow: Flow, action: Action) -> tuple[int, int]:
    """Return where the text of a comment, a region's name or what is not understood stands."""
    statement = action.statement
    start, text = statement.start + statement.code, flow.script.text
    end = start + len(text[start : statement.end].rstrip())
    if statement.kind is Kind.REGION:
        start += len("**REGION")
    elif text.startswith("/#", start):
        start, end = start + 2, end - 2 * text.endswith("#/", start + 2, end)
    elif text.startswith("#", start):
        start += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
