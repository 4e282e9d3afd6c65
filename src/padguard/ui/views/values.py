"""The parts of an action at full length: labels in words, values with all their lines."""

from collections.abc import Iterator

from padguard.flow.labels import part_label
from padguard.flow.masking import action_spans
from padguard.flow.model import Action, Flow
from padguard.flow.occurrences import action_occurrences
from padguard.flow.words import EMPTY_TEXT, masked_source, segments, shown, without_secrets
from padguard.foundation.masked import MASK
from padguard.robin.expressions import Literal, parse_expression
from padguard.robin.literals import PieceKind, content_span, decode_text, pieces
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Clause, Kind
from padguard.ui.views.row_words import Words, as_words
from padguard.ui.words import translate

WHOLE_TEXT = frozenset({Kind.COMMENT, Kind.OPAQUE})


def label(action: Action, clause: Clause) -> str:
    """Return the designer's label of a part of an action, else words made from its name."""
    found = part_label(action, clause)
    return found if isinstance(found, str) else translate(found)


def value(flow: Flow, action: Action, clause: Clause) -> list[Words]:
    """Return a part of an action at full length, its variables apart; secrets are masked."""
    start = action.statement.start + clause.start
    end = action.statement.start + clause.end
    found = parse_expression(flow.script.text, start, end)
    if isinstance(found, Literal) and found.kind is TokenKind.TEXT:
        words = list(_text(flow, action, start, end))
    else:
        words = list(as_words(segments(shown(flow, action, clause)), action))
    if any(piece.text.strip("'") for piece in words):
        return words
    return [Words(translate(EMPTY_TEXT))]


def whole_text(flow: Flow, action: Action) -> str:
    """Return the text of a comment, or of what was not understood, as written, secrets masked."""
    source = masked_source(flow, action)
    if action.statement.kind is not Kind.COMMENT:
        return source
    return source.removeprefix("/#").removesuffix("#/").removeprefix("#").strip()


def shown_text(source: str) -> str:
    """Return the value of a text literal, and of anything else its source."""
    try:
        return decode_text(source)
    except ValueError:
        return source


def _text(flow: Flow, action: Action, start: int, end: int) -> Iterator[Words]:
    """Yield the content of a text literal, its escapes undone."""
    text = flow.script.text
    first, last = content_span(text[start:end])
    spans = action_spans(flow, action)
    for piece in without_secrets(pieces(text, start + first, start + last), spans):
        if piece is None:
            yield Words(MASK)
        elif piece.kind is PieceKind.EXPRESSION:
            yield from _expression(flow, action, piece.start, piece.end)
        else:
            yield Words(decode_text(f"'{text[piece.start : piece.end]}'").replace("%%", "%"))


def _expression(flow: Flow, action: Action, start: int, end: int) -> Iterator[Words]:
    """Yield an expression as written, its variables apart."""
    text, position = flow.script.text, start
    for found in action_occurrences(flow, action):
        if position <= found.start and found.end <= end:
            yield Words(text[position : found.start])
            yield Words(text[found.start : found.end], found.variable)
            position = found.end
    yield Words(text[position:end])
