"""What the header of a script declares, and how a mark in it changes."""

from collections.abc import Mapping, Sequence

from padguard.foundation.edits import Edit
from padguard.foundation.errors import EditError
from padguard.foundation.messages import mark
from padguard.robin.expressions import Collection, Literal, parse_expression
from padguard.robin.literals import decode_text
from padguard.robin.tree import Declaration, Header, Kind, Script, Statement

HEADER_LINES = frozenset(
    {Kind.ANNOTATION, Kind.IMPORT, Kind.SENSITIVE, Kind.INPUT, Kind.OUTPUT}
    | {Kind.BLANK, Kind.COMMENT, Kind.OPAQUE}
)
"""What may stand in a header; also a line that is not understood, as a newer product may write."""

NO_HEADER = mark(
    "robin",
    "This text has no header, so it cannot say what is sensitive. Open the exported flow instead.",
)


def read_header(text: str, statements: Sequence[Statement]) -> Header:
    """Return what the lines before the first action or subflow declare."""
    sensitive: list[str] | None = None
    declared: dict[Kind, list[Declaration]] = {Kind.INPUT: [], Kind.OUTPUT: []}
    imports: list[str] = []
    for index, statement in enumerate(statements):
        kind = statement.kind
        if kind not in HEADER_LINES:
            break
        if kind is Kind.SENSITIVE:
            sensitive = [] if sensitive is None else sensitive
            sensitive += _clause_texts(text, statement)
        elif kind in declared:
            declared[kind].append(_declaration(text, statement, index))
        elif kind is Kind.IMPORT:
            imports.append(_clause_texts(text, statement)[-1])
    return Header(
        None if sensitive is None else tuple(sensitive),
        tuple(declared[Kind.INPUT]),
        tuple(declared[Kind.OUTPUT]),
        tuple(imports),
    )


def local_header(script: Script, function: int) -> Header:
    """Return what a local-scope subflow declares of its own variables.

    Args:
        script: The script.
        function: Index of the FUNCTION statement.
    """
    statement = _sensitive_line(script, function + 1)
    return Header(None if statement is None else _clause_texts(script.text, statement))


def _sensitive_line(script: Script, first: int) -> Statement | None:
    """Return the ``@SENSITIVE`` line of the header that starts at an index, or None."""
    for index in range(first, len(script.statements)):
        statement = script.statements[index]
        if statement.kind is Kind.SENSITIVE:
            return statement
        if statement.kind not in HEADER_LINES:
            return None
    return None


def mark_edit(
    script: Script, marks: Mapping[str, bool], *, function: int | None = None
) -> Edit | None:
    """Return the edit that marks variables as sensitive, or takes their marks away.

    Args:
        script: The script.
        marks: Whether each variable shall be marked, by its name; names are case-insensitive.
        function: Index of the FUNCTION statement of the local-scope subflow that owns the
            variables, or None for variables of the flow.

    Returns:
        The edit, or None where nothing has to change.

    Raises:
        EditError: The script has no line that could hold the mark.
    """
    statement = _sensitive_line(script, 0 if function is None else function + 1)
    if statement is None:
        raise EditError(NO_HEADER)
    marked = _clause_texts(script.text, statement)
    asked = {name.casefold(): (name, sensitive) for name, sensitive in marks.items()}
    kept = [name for name in marked if asked.get(name.casefold(), (name, True))[1]]
    known = {name.casefold() for name in marked}
    added = [
        name for folded, (name, sensitive) in asked.items() if sensitive and folded not in known
    ]
    if not added and len(kept) == len(marked):
        return None
    first = script.text.index("[", statement.start + statement.code) + 1
    last = script.text.rindex("]", first, statement.end)
    return Edit(first, last, ", ".join(kept + added))


def _clause_texts(text: str, statement: Statement) -> tuple[str, ...]:
    return tuple(
        text[statement.start + clause.start : statement.start + clause.end].strip("'")
        for clause in statement.clauses
    )


def _declaration(text: str, statement: Statement, index: int) -> Declaration:
    name, value = statement.clauses
    found = parse_expression(text, statement.start + value.start, statement.start + value.end)
    fields: dict[str, str] = {}
    if isinstance(found, Collection):
        for key, item in zip(found.items[::2], found.items[1::2], strict=False):
            source = text[item.start : item.end]
            if isinstance(key, Literal):
                fields[_plain(text[key.start : key.end]).casefold()] = source
    return Declaration(
        name=text[statement.start + name.start : statement.start + name.end],
        type=_plain(fields.get("type", "")),
        external_name=_plain(fields.get("friendlyname", "")),
        description=_plain(fields.get("description", "")),
        optional=_truth(fields.get("isoptional")),
        default=fields.get("defaultvalue"),
        statement=index,
    )


def _plain(source: str) -> str:
    """Return the text of a string literal, or anything else as it is."""
    try:
        return decode_text(source)
    except ValueError:
        return source


def _truth(source: str | None) -> bool | None:
    return None if source is None else source.casefold() == "true"
