"""Values of literals other than text: numbers, lists, custom objects, tables."""

from padguard.robin.expressions import Collection, Expression, Literal, Operation, parse_expression
from padguard.robin.literals import decode_text
from padguard.robin.tokens import TokenKind


def literal_value(source: str) -> object:
    """Return the value of a literal: text, number, truth value, list, custom object or table.

    A table is a list of rows, each a list. Percent signs in text stay as written.

    Raises:
        ValueError: ``source`` is no literal, or refers to a variable.
    """
    found = parse_expression(source, 0, len(source))
    if found is None:
        message = "not a literal"
        raise ValueError(message)
    return _value(source, found)


def _value(source: str, found: Expression) -> object:
    text = source[found.start : found.end]
    if isinstance(found, Literal):
        if found.kind == TokenKind.NUMBER:
            return float(text) if {".", "e", "E"}.intersection(text) else int(text)
        return text.casefold() == "true" if found.kind == TokenKind.NAME else decode_text(text)
    if isinstance(found, Operation) and found.operator == "-" and len(found.operands) == 1:
        value = _value(source, found.operands[0])
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return -value
    if isinstance(found, Collection):
        items = [_value(source, item) for item in found.items]
        if found.kind != "object":
            return items
        return {str(key): value for key, value in zip(items[::2], items[1::2], strict=False)}
    message = "not a literal"
    raise ValueError(message)
