"""Texts that may be secrets because of where they get to, whatever they look like."""

from collections.abc import Iterator

from padguard.analysis.hits import Hit, HitKind
from padguard.analysis.literals import Written, written_texts
from padguard.analysis.secrets.model import HOLE
from padguard.analysis.secrets.placeholders import is_placeholder
from padguard.flow.model import Action, Flow, Variable
from padguard.foundation.masked import Masked
from padguard.foundation.messages import mark
from padguard.robin.expressions import Collection, parse_expression
from padguard.robin.tree import Clause, Declaration, Kind

GETS_THERE = mark("analysis", "{name} gets to a parameter that takes a secret.")


def destined_texts(flow: Flow, action: Action, clause: Clause, variable: Variable) -> Iterator[Hit]:
    """Yield the texts in a clause that come to a variable, in case it gets where secrets belong.

    The name of a hit is the key that the text stands under, or that of the variable.
    """
    key = element_key(flow, action) if action.statement.kind is Kind.SET else ""
    start, end = action.statement.start + clause.start, action.statement.start + clause.end
    for found in written_texts(flow.script.text, start, end):
        if _is_plain(found) and not is_placeholder(found.value):
            yield Hit(
                HitKind.VALUE, flow, action, clause, found.start, found.end, Masked(found.value),
                GETS_THERE(name=variable.name), 0.9, name=found.key or key or variable.name,
                variable=variable,
            )  # fmt: skip


def element_key(flow: Flow, action: Action) -> str:
    """Return the key of ``SET Row['Key'] TO …``, or ""."""
    target = action.statement.clauses[0]
    text = flow.script.clause_text(action.statement, target)
    _, bracket, rest = text.rpartition("[")
    return rest.strip("]$'") if bracket and "'" in rest else ""


def destined_defaults(flow: Flow, variable: Variable) -> Iterator[Hit]:
    """Yield the texts in the default of an input, in case it gets where secrets belong."""
    for declaration in flow.script.header.inputs:
        if declaration.name.casefold() == variable.name.casefold():
            for found in default_texts(flow, declaration):
                if _is_plain(found) and not is_placeholder(found.value):
                    yield Hit(
                        HitKind.VALUE, flow, None, None, found.start, found.end,
                        Masked(found.value), GETS_THERE(name=variable.name), 0.9,
                        name=variable.name, variable=variable,
                    )  # fmt: skip


def default_texts(flow: Flow, declaration: Declaration) -> Iterator[Written]:
    """Yield the texts in the default of an input or output."""
    statement = flow.script.statements[declaration.statement]
    value = statement.clauses[-1]
    start, end = statement.start + value.start, statement.start + value.end
    fields = parse_expression(flow.script.text, start, end)
    if isinstance(fields, Collection):
        for key, item in zip(fields.items[::2], fields.items[1::2], strict=False):
            if flow.script.text[key.start : key.end].strip("'").casefold() == "defaultvalue":
                yield from written_texts(flow.script.text, item.start, item.end)


def _is_plain(found: Written) -> bool:
    """Tell whether a text is written out, but for its holes."""
    return bool(found.value.strip(f"{HOLE} \t\r\n"))
