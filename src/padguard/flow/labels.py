"""What the designer calls the parts of an action."""

from padguard.catalog.lookup import load
from padguard.catalog.names import readable
from padguard.flow.model import Action
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Clause, Kind, Role

_CONDITION = mark("flow", "Condition")
_LABELS: dict[tuple[Kind, Role], Message] = {
    (Kind.SET, Role.TARGET): mark("flow", "Variable"),
    (Kind.SET, Role.VALUE): mark("flow", "Value"),
    (Kind.IF, Role.VALUE): _CONDITION,
    (Kind.ELSE_IF, Role.VALUE): _CONDITION,
    (Kind.LOOP_WHILE, Role.VALUE): _CONDITION,
    (Kind.SWITCH, Role.VALUE): mark("flow", "Value to check"),
    (Kind.CASE, Role.VALUE): mark("flow", "Value to compare"),
    (Kind.LOOP, Role.TARGET): mark("flow", "Loop index"),
    (Kind.LOOP_FOREACH, Role.TARGET): mark("flow", "Store into"),
    (Kind.LOOP_FOREACH, Role.VALUE): mark("flow", "Value to iterate"),
    (Kind.WAIT, Role.VALUE): mark("flow", "Duration"),
    (Kind.CALL, Role.NAME): mark("flow", "Run subflow"),
    (Kind.GOTO, Role.NAME): mark("flow", "Go to label"),
    (Kind.LABEL, Role.NAME): mark("flow", "Label name"),
    (Kind.REGION, Role.NAME): mark("flow", "Name"),
    (Kind.BLOCK, Role.NAME): mark("flow", "Name"),
}
_BY_KEYWORD = {
    (Kind.LOOP, "FROM"): mark("flow", "Start from"),
    (Kind.LOOP, "TO"): mark("flow", "End to"),
    (Kind.LOOP, "STEP"): mark("flow", "Increment by"),
    (Kind.WAIT, "FOR"): mark("flow", "Fail with timeout error"),
    (Kind.ON_ERROR, "REPEAT"): mark("flow", "Times to retry"),
    (Kind.ON_ERROR, "WAIT"): mark("flow", "Interval in seconds"),
    (Kind.ON_BLOCK_ERROR, "REPEAT"): mark("flow", "Times to retry"),
    (Kind.ON_BLOCK_ERROR, "WAIT"): mark("flow", "Interval in seconds"),
}
_NAME = mark("flow", "Name")
_VALUE = mark("flow", "Value")


def part_label(action: Action, clause: Clause) -> str | Message:
    """Return the designer's label of a part of an action, else words made from its name."""
    statement = action.statement
    form = load().form(statement.action) if statement.action else None
    if clause.dynamic:
        return clause.name
    if form is not None:
        known = form.output(clause.name) if clause.role is Role.RESULT else form.input(clause.name)
        if known is not None:
            return known.label
    by_keyword = _BY_KEYWORD.get((statement.kind, clause.name.upper()))
    message = by_keyword or _LABELS.get((statement.kind, clause.role))
    if message is None and clause.name:
        return readable(clause.name)
    return message or (_NAME if clause.role is Role.NAME else _VALUE)
