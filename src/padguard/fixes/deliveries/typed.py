"""Values as a person types them into the fields of the designer, secrets masked."""

import re
from collections.abc import Iterator, Sequence

from padguard.flow.masking import Span, action_spans, found_secrets, masked_text, merged
from padguard.flow.model import Action, Flow
from padguard.foundation.masked import MASK
from padguard.robin.expressions import (
    Expression,
    Index,
    Literal,
    Operation,
    children,
    parse_expression,
)
from padguard.robin.literals import Piece, PieceKind, content_span, decode_text, pieces
from padguard.robin.tokens import TokenKind

_QUOTED = frozenset({TokenKind.QUOTED, TokenKind.TRIPLE})
_VALUES = _QUOTED | {TokenKind.TEXT, TokenKind.NUMBER, TokenKind.FX}
_KEYS = re.compile(r"(?:\{[^{}]*\})+")  # {Tab}{Return}: names of keys, nothing that is typed
_FX_VALUE = re.compile(r'"(?:[^"]|"")*"|\b\d[\d.]*')
_FX_HOLE = re.compile(r"\$\{[^{}]*\}")


def typed(flow: Flow, action: Action, start: int, end: int, known: str = "") -> str:
    """Return a value of an action as it stands in the field of the designer.

    Text stands without quotes and escapes, ``%Name%`` as it is; a variable or expression stands
    between percent signs; a formula of Power Fx starts with ``=``. References to variables are
    shown also where a secret belongs: what they are called is no secret.

    Args:
        flow: The flow of the action.
        action: The action.
        start: Where the value starts, in characters of the script.
        end: Where it ends.
        known: Text that a person sees already. What is masked only because of where it stands,
            and no secret that was found, is shown if it is part of this text.
    """
    text = flow.script.text
    start = end - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    found = parse_expression(text, start, end)
    spans = [span for span in action_spans(flow, action) if span[0] < end and span[1] > start]
    if found is None:
        return masked_text(flow, start, end, spans)
    if not isinstance(found, Literal):
        if found.start > start and found.end < end:  # in brackets, which the field does without
            start, end = found.start, found.end
        words = _expression(flow, found, start, end, spans)
        return words if _is_negative_number(found) else f"%{words}%"
    if found.kind is TokenKind.ENCRYPTED:
        return MASK
    if found.kind is TokenKind.NAME:  # True, False
        return f"%{text[start:end]}%"
    if found.kind is TokenKind.NUMBER:
        return masked_text(flow, start, end, spans)
    return _Text(flow, found, spans, known).typed()


class _Text:
    """One literal text on its way from Robin to the field; used once and thrown away."""

    def __init__(self, flow: Flow, literal: Literal, spans: Sequence[Span], known: str) -> None:
        self._flow = flow
        self._text = flow.script.text
        self._formula = literal.kind is TokenKind.FX
        first, last = content_span(self._text[literal.start : literal.end])
        self._start, self._end = literal.start + first, literal.start + last
        self._interpolates = literal.kind is TokenKind.TEXT
        self._spans = spans
        self._known = known
        self._sure = flow.secrets is not None

    def typed(self) -> str:
        if self._formula:
            return "".join(self._power_fx())
        if not self._interpolates:
            return self._plain(self._start, self._end)
        return "".join(map(self._piece, pieces(self._text, self._start, self._end)))

    def _piece(self, piece: Piece) -> str:
        if piece.kind is not PieceKind.EXPRESSION:
            return self._plain(piece.start, piece.end)
        found = parse_expression(self._text, piece.start, piece.end)
        if found is None:
            return f"%{masked_text(self._flow, piece.start, piece.end, self._spans)}%"
        words = _expression(self._flow, found, piece.start, piece.end, self._spans)
        return f"%{words}%"

    def _power_fx(self) -> Iterator[str]:
        """Yield a formula without its values, or a text with its holes, where it is masked."""
        formula = self._text.startswith("=", self._start)
        position = self._start
        for match in (_FX_VALUE if formula else _FX_HOLE).finditer(
            self._text, self._start, self._end
        ):
            start, end = match.span()
            yield self._plain(position, start, names=formula)
            yield self._plain(start, end, names=not formula)
            position = end
        yield self._plain(position, self._end, names=formula)

    def _plain(self, start: int, end: int, *, names: bool = False) -> str:
        """Return a stretch of text with its escapes undone and what may not be shown masked.

        Only a secret that was found is masked in a stretch of ``names``, and in one that a person
        sees already.
        """
        source = self._text[start:end]
        spans = self._spans
        if names or (self._sure and (source in self._known or _KEYS.fullmatch(source))):
            spans = list(found_secrets(self._flow, start, end))
        parts: list[str] = []
        for first, last in spans:
            if first < end and last > start:
                parts += (_undone(self._text[start : max(start, first)]), MASK)
                start = last
        return "".join((*parts, _undone(self._text[start : max(start, end)])))


def _undone(source: str) -> str:
    return decode_text(f"$'''{source}'''")


def _is_negative_number(found: Expression) -> bool:
    if not isinstance(found, Operation) or found.operator != "-" or len(found.operands) != 1:
        return False
    (operand,) = found.operands
    return isinstance(operand, Literal) and operand.kind is TokenKind.NUMBER


def _expression(
    flow: Flow, expression: Expression, start: int, end: int, spans: Sequence[Span]
) -> str:
    """Return an expression as it stands between percent signs, its secret values masked.

    A span that reaches beyond the expression masks the values in it, not the names.
    """
    within = [span for span in spans if start <= span[0] and span[1] <= end]
    reaching = [span for span in spans if span not in within]
    hidden = merged([*within, *_hidden_values(flow.script.text, expression, reaching)])
    parts: list[str] = []
    position = start
    for literal in _texts(expression):
        first, last = content_span(flow.script.text[literal.start : literal.end])
        first, last = literal.start + first, literal.start + last
        words = _undone(flow.script.text[first:last])
        if any(span[0] < last and span[1] > first for span in hidden):
            words = MASK
        elif "'" in words:
            words = flow.script.text[first:last]
        parts += (masked_text(flow, position, literal.start, hidden), f"'{words}'")
        position = literal.end
    return "".join((*parts, masked_text(flow, position, end, hidden)))


def _hidden_values(text: str, expression: Expression, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the values that spans touch; the key of an element is a name."""
    waiting = [expression] if spans else []
    while waiting:
        found = waiting.pop()
        if isinstance(found, Index) and isinstance(found.key, Literal):
            waiting.append(found.base)
        elif not isinstance(found, Literal):
            waiting += children(found)
        elif found.kind in _VALUES:
            first = last = 0
            if found.kind is not TokenKind.NUMBER:
                first, last = content_span(text[found.start : found.end])
            start = found.start + first
            end = found.start + last if last else found.end
            if any(span[0] < end and span[1] > start for span in spans):
                yield start, end


def _texts(expression: Expression) -> list[Literal]:
    """Return the ``$'''…'''`` literals in an expression, in the order of the text."""
    found: list[Literal] = []
    waiting = [expression]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Literal):
            if one.kind is TokenKind.TEXT:
                found.append(one)
        else:
            waiting += children(one)
    return sorted(found, key=lambda literal: literal.start)
