"""Which parts of a script must not be shown: secrets, and literals that stand where they belong."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from padguard.catalog.roles import roles_of
from padguard.flow.model import Action, Flow, Sensitivity, Variable
from padguard.foundation.masked import MASK
from padguard.robin.expressions import Expression, Index, Literal, children, parse_expression
from padguard.robin.literals import content_span, decode_text
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Clause, Declaration, Kind, Role, Script

Span = tuple[int, int]
_SECRET = frozenset({Sensitivity.MARKED, Sensitivity.CREDENTIAL})
_TEXTS = frozenset({TokenKind.TEXT, TokenKind.FX, TokenKind.TRIPLE, TokenKind.QUOTED})
_WHOLE = frozenset({Kind.COMMENT, Kind.OPAQUE})

_SHOWS_NOTHING = re.compile(r"(?:%''%|\{[^{}]*\})*")  # empty text, or names of keys: {Tab}{Return}


def masked_spans(flow: Flow) -> list[Span]:
    """Return the spans of characters of the script to be shown masked, in order, apart.

    They are the secrets that were found in the flow, and the contents of literals, without their
    quotes: defaults of sensitive inputs, values of parameters that take secrets, values set to a
    sensitive variable, and directly encrypted input. References to variables within a literal
    are masked with it. Of a flow that was not searched for secrets every text is masked.
    """
    spans = header_spans(flow)
    for action in flow.actions:
        spans += action_spans(flow, action)
    return merged(spans)


def header_spans(flow: Flow) -> list[Span]:
    """Return the spans of the declarations to be shown masked, in order, apart."""
    header = flow.script.header
    spans: list[Span] = []
    sensitive = {
        variable.name.casefold()
        for variable in flow.variables
        if variable.sensitivity in _SECRET and variable.local_to is None
    }
    for declaration in (*header.inputs, *header.outputs):
        statement = flow.script.statements[declaration.statement]
        spans += found_secrets(flow, statement.start, statement.end)
        unsure = flow.secrets is None
        if declaration.default and (unsure or declaration.name.casefold() in sensitive):
            spans += _literals(flow.script, *default_span(flow.script, declaration))
    return merged(spans)


def action_spans(flow: Flow, action: Action) -> list[Span]:
    """Return the spans of one action to be shown masked, in order, apart."""
    statement = action.statement
    spans = list(found_secrets(flow, statement.start, statement.end))
    if flow.secrets is None and statement.kind in _WHOLE:
        spans.append((statement.start + statement.code, statement.end))
    for clause in statement.clauses:
        start, end = statement.start + clause.start, statement.start + clause.end
        if _is_secret(action, clause):
            spans += _literals(flow.script, start, end)
        elif flow.script.text[start : start + 2] in ("P'", "p'"):
            spans += _content(flow.script, start, end, TokenKind.ENCRYPTED)
        elif flow.secrets is None and clause.role in (Role.VALUE, Role.ARGUMENT):
            spans += _literals(flow.script, start, end, texts_only=True)
    return merged(spans)


def found_secrets(flow: Flow, start: int, end: int) -> Iterator[Span]:
    """Yield the secrets found in a stretch of a flow's script, cut to the stretch."""
    secrets = flow.secrets or ()
    for first, last in secrets[max(0, bisect_left(secrets, (start,)) - 1) :]:
        if first >= end:
            return
        if last > start:
            yield max(first, start), min(last, end)


def masked_text(flow: Flow, start: int, end: int, spans: Iterable[Span]) -> str:
    """Return a stretch of a flow's script with ``spans`` of it (in order, apart) masked."""
    parts: list[str] = []
    for first, last in spans:
        if first < end and last > start:
            parts += (flow.script.text[start:first], MASK)
            start = last
    return "".join((*parts, flow.script.text[start:end]))


def shown_description(flow: Flow, variable: Variable) -> str:
    """Return what the maker wrote about an input or output, secrets masked."""
    words = variable.description
    if flow.secrets is None:
        return MASK if words else ""
    for declaration in (*flow.script.header.inputs, *flow.script.header.outputs):
        if declaration.name.casefold() == variable.name.casefold():
            statement = flow.script.statements[declaration.statement]
            for start, end in found_secrets(flow, statement.start, statement.end):
                source = flow.script.text[start:end]
                words = words.replace(source, MASK).replace(decode_text(f"'{source}'"), MASK)
    return words


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order and apart; those that overlap become one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif start < end:
            result.append((start, end))
    return result


def default_span(script: Script, declaration: Declaration) -> Span:
    """Return where the default of an input or output stands; an empty span where it has none."""
    default = declaration.default or ""
    statement = script.statements[declaration.statement]
    start = statement.start + script.source(statement).rfind(default)
    return start, start + len(default)


def _is_secret(action: Action, clause: Clause) -> bool:
    """Tell whether a part of an action is where secrets belong."""
    if action.statement.kind is Kind.SET:
        marked = any(variable.sensitivity in _SECRET for variable in action.writes)
        return marked and clause.role is Role.VALUE
    if clause.role is not Role.ARGUMENT or not action.statement.action:
        return False
    return roles_of(action.statement.action).input(clause.name).secret


def _literals(script: Script, start: int, end: int, *, texts_only: bool = False) -> Iterator[Span]:
    """Yield the contents of the literals in an expression; of what is not understood, all."""
    expression = parse_expression(script.text, start, end)
    if expression is None:
        yield start, end
        return
    waiting: list[Expression] = [expression]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Literal):
            if not texts_only or found.kind in _TEXTS:
                yield from _content(script, found.start, found.end, found.kind)
        elif texts_only and isinstance(found, Index):
            waiting.append(found.base)  # its key is a name
        else:
            waiting += children(found)


def _content(script: Script, start: int, end: int, kind: TokenKind) -> Iterator[Span]:
    if kind in _TEXTS or kind is TokenKind.ENCRYPTED:
        first, last = content_span(script.text[start:end])
        if not _SHOWS_NOTHING.fullmatch(script.text, start + first, start + last):
            yield start + first, start + last
    elif kind is TokenKind.NUMBER:
        yield start, end


def masked_lines(flow: Flow) -> list[str]:
    """Return the lines of a script without their breaks, what must not be shown masked.

    A secret that reaches over several lines is masked in each, so that lines keep their numbers.
    """
    spans = masked_spans(flow)
    lines: list[str] = []
    start = number = 0
    for line in flow.script.text.splitlines(keepends=True):
        end = start + len(line)
        while number and spans[number - 1][1] > start:
            number -= 1
        while number < len(spans) and spans[number][1] <= start:
            number += 1
        inside: list[Span] = []
        while number < len(spans) and spans[number][0] < end:
            inside.append((max(start, spans[number][0]), min(end, spans[number][1])))
            number += 1
        lines.append(masked_text(flow, start, end, inside).rstrip("\r\n"))
        start = end
    return lines
