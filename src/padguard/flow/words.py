"""Actions in words: what the designer would show in a row, with secrets masked."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from padguard.catalog.names import readable
from padguard.catalog.statements import statement_title, summarise_statement
from padguard.catalog.summary import Summary, Translate, action_title, summarise, untranslated
from padguard.catalog.templates import Segment, SegmentKind
from padguard.flow.masking import Span, action_spans, masked_text
from padguard.flow.model import Action, Flow
from padguard.foundation.masked import MASK
from padguard.foundation.messages import mark
from padguard.robin.expressions import (
    Expression,
    Index,
    Literal,
    Name,
    Property,
    parse_expression,
    references,
)
from padguard.robin.literals import Piece, PieceKind, content_span, decode_text, pieces
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Clause, Kind, Role

LONGEST_ARGUMENT: Final = 160  # characters; a row has no room for more
EMPTY_TEXT: Final = mark("flow", "empty text")
_OPEN, _CLOSE = "\ue000", "\ue001"  # stand around variables until the line is put together
_MARKED_VARIABLE = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ue000\ue001]+")
_STRING_KINDS = frozenset({TokenKind.TEXT, TokenKind.QUOTED, TokenKind.TRIPLE, TokenKind.FX})
_PLAIN_VALUES = (
    Name,
    Property,
    Index,
)  # what the designer shows in a text without its percent signs


def title(action: Action, translate: Translate = untranslated) -> str:
    """Return what the designer calls an action: "Send email", "Set variable", "If"."""
    statement = action.statement
    if statement.action:
        return action_title(statement.action, translate)
    message = statement_title(statement.kind)
    return translate(message.context, message.text)


def summary(
    flow: Flow, action: Action, *, flow_name: str = "", translate: Translate = untranslated
) -> Summary:
    """Return an action in words: its title, and a line in segments.

    Variables are segments of kind VARIABLE wherever they stand in the line, also within texts.

    Args:
        flow: The flow of the action.
        action: The action.
        flow_name: For `Run desktop flow`, the name of the flow that it runs, where known.
        translate: Where the words come from in another language.
    """
    statement = action.statement
    arguments = [
        (clause.name, shown(flow, action, clause))
        for clause in statement.clauses
        if clause.role is Role.ARGUMENT
    ]
    results = [
        (clause.name, flow.script.clause_text(statement, clause))
        for clause in statement.clauses
        if clause.role is Role.RESULT
    ]
    if statement.action:
        found = summarise(
            statement.action,
            arguments,
            results,
            flow_name=flow_name or annotation(flow, action, "flowname"),
            translate=translate,
        )
    else:
        clauses = [
            (clause, _in_words(flow, action, clause, translate)) for clause in statement.clauses
        ]
        found = summarise_statement(
            statement.kind, clauses, words=_free_words(flow, action), translate=translate
        )
    segments = tuple(piece for segment in found.segments for piece in _split(segment))
    return Summary(found.title, segments)


def annotation(flow: Flow, action: Action, key: str) -> str:
    """Return what an ``@@key: 'value'`` line before an action says, or "" where there is none.

    The designer keeps there what it shows instead of ids: the name of a flow that is run, of a
    connection, of a work queue.
    """
    for index in range(action.statement_index - 1, -1, -1):
        statement = flow.script.statements[index]
        if statement.kind is not Kind.ANNOTATION:
            return ""
        clause = statement.clauses[0]
        if clause.name.casefold() == key.casefold():
            return _clean(flow.script.clause_text(statement, clause).strip("'"))
    return ""


def shown(flow: Flow, action: Action, clause: Clause) -> str:
    """Return a part of an action as a person reads it, secrets masked.

    Variables stand between private marks that `segments` takes apart.
    """
    start = action.statement.start + clause.start
    end = action.statement.start + clause.end
    expression = parse_expression(flow.script.text, start, end)
    spans = [span for span in action_spans(flow, action) if span[0] < end and span[1] > start]
    if expression is None:
        return _clean(masked_text(flow, start, end, spans))
    return _rendered(flow, expression, spans)


def masked_source(flow: Flow, action: Action) -> str:
    """Return an action as it was written, secrets masked, without the space around it."""
    statement = action.statement
    spans = action_spans(flow, action)
    return masked_text(flow, statement.start, statement.end, spans).strip()


def segments(words: str) -> tuple[Segment, ...]:
    """Return a text made by `shown` as segments, its variables apart."""
    return tuple(_split(Segment(SegmentKind.ARGUMENT, words)))


def _split(segment: Segment) -> Iterator[Segment]:
    found = _MARKED_VARIABLE.split(segment.text)
    other = segment.kind if len(found) == 1 else SegmentKind.ARGUMENT
    for place, piece in enumerate(found):
        if piece:
            yield Segment(SegmentKind.VARIABLE if place % 2 else other, piece, segment.name)


def _in_words(flow: Flow, action: Action, clause: Clause, translate: Translate) -> str:
    if clause.role in (Role.NAME, Role.RESULT):
        start, end = action.statement.start + clause.start, action.statement.start + clause.end
        return _clean(masked_text(flow, start, end, action_spans(flow, action)))
    words = shown(flow, action, clause)
    return words if words.strip("'") else translate(EMPTY_TEXT.context, EMPTY_TEXT.text)


def _free_words(flow: Flow, action: Action) -> str:
    """Return what a comment or region says, or the text of what was not understood."""
    source = masked_source(flow, action)
    if action.statement.kind is Kind.REGION:
        return _clean(source[len("**REGION") :].strip())
    if action.statement.kind is Kind.COMMENT:
        return _clean(source.strip("#/ "))
    return _clean(source) if action.statement.kind is Kind.OPAQUE else ""


def _rendered(flow: Flow, expression: Expression, spans: list[Span]) -> str:
    text = flow.script.text
    if isinstance(expression, Literal) and expression.kind in _STRING_KINDS:
        return _rendered_text(flow, expression, spans)
    if isinstance(expression, Literal) and expression.kind is TokenKind.ENCRYPTED:
        return MASK
    element = _ui_element(flow, expression)
    if element is not None:
        return element
    if isinstance(expression, Name) and expression.path.count(".") > 1:
        return readable(expression.path.rpartition(".")[2])
    if spans:
        return _clean(masked_text(flow, expression.start, expression.end, spans))
    return _with_variables(text, expression)


def _rendered_text(flow: Flow, literal: Literal, spans: list[Span]) -> str:
    """Return a text in quotes with its escapes undone and its secrets masked."""
    text = flow.script.text
    first, last = content_span(text[literal.start : literal.end])
    if not literal.parts or literal.kind is TokenKind.FX:
        content = masked_text(flow, literal.start + first, literal.start + last, spans)
        words = decode_text(f"'{content}'")
        return f"'{_clean(words)}'"
    parts = iter(literal.parts)
    shown_pieces: list[str] = []
    for piece in without_secrets(pieces(text, literal.start + first, literal.start + last), spans):
        if piece is None:
            shown_pieces.append(MASK)
        elif piece.kind is PieceKind.PLAIN:
            shown_pieces.append(_undo_escapes(text[piece.start : piece.end]))
        else:
            part = next(found for found in parts if found.start >= piece.start)
            words = _with_variables(text, part)
            shown_pieces.append(words if isinstance(part, _PLAIN_VALUES) else f"%{words}%")
    return f"'{_shortened(''.join(shown_pieces))}'"


def without_secrets(found: Sequence[Piece], spans: Sequence[Span]) -> Iterator[Piece | None]:
    """Yield the pieces of a text as far as they may be shown; None stands for each mask.

    Args:
        found: The pieces, as `pieces` returns them.
        spans: What is to be masked, in order and apart.
    """
    masked = -1
    for piece in found:
        position = piece.start
        for start, end in spans:
            if end <= position or start >= piece.end:
                continue
            if position < start and piece.kind is PieceKind.PLAIN:
                yield piece._replace(start=position, end=start)
            if start > masked:  # one mask, however many pieces it covers
                yield None
            masked, position = start, end
        if position == piece.start or (position < piece.end and piece.kind is PieceKind.PLAIN):
            yield piece._replace(start=position)


def _undo_escapes(source: str) -> str:
    return _UNPRINTABLE.sub(" ", decode_text(f"'{source}'"))


def _with_variables(text: str, expression: Expression) -> str:
    """Return an expression as written, its variables between marks."""
    shown_pieces: list[str] = []
    position = expression.start
    for found in references(text, expression):
        shown_pieces.append(_UNPRINTABLE.sub(" ", text[position : found.start]))
        shown_pieces.append(f"{_OPEN}{found.name}{_CLOSE}")
        position = found.end
    shown_pieces.append(_UNPRINTABLE.sub(" ", text[position : expression.end]))
    return _shortened("".join(shown_pieces).replace("$'''", "'").replace("'''", "'"))


def _ui_element(flow: Flow, expression: Expression) -> str | None:
    """Return the name of a captured UI element or image, or None for anything else."""
    keys: list[str] = []
    found = expression
    while (
        isinstance(found, Index)
        and isinstance(found.key, Literal)
        and found.key.kind in _STRING_KINDS
    ):
        keys.append(decode_text(flow.script.text[found.key.start : found.key.end]))
        found = found.base
    imports = {name.casefold() for name in flow.script.header.imports} | {"appmask", "imgrepo"}
    if not keys or not isinstance(found, Name) or found.path.casefold() not in imports:
        return None
    return _clean(keys[0])


def _clean(words: str) -> str:
    return _shortened(_UNPRINTABLE.sub(" ", words))


def _shortened(words: str) -> str:
    """Cut what is too long for a row, never through a variable."""
    if len(words) <= LONGEST_ARGUMENT:
        return words
    cut = words[:LONGEST_ARGUMENT]
    if cut.rfind(_OPEN) > cut.rfind(_CLOSE):
        cut = cut[: cut.rfind(_OPEN)]
    return f"{cut}…"
