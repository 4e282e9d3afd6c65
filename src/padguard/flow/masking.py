"""Which parts of a script must not be shown: literals that stand where secrets belong."""

import re
from collections.abc import Iterator

from padguard.catalog.lookup import load
from padguard.flow.model import Action, Flow, Sensitivity
from padguard.robin.expressions import Literal, children, parse_expression
from padguard.robin.literals import content_span
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Clause, Kind, Role, Script

Span = tuple[int, int]
_SECRET = frozenset({Sensitivity.MARKED, Sensitivity.CREDENTIAL, Sensitivity.EXPOSED})
_TEXTS = frozenset({TokenKind.TEXT, TokenKind.FX, TokenKind.TRIPLE, TokenKind.QUOTED})

_SHOWS_NOTHING = re.compile(r"(?:%''%|\{[^{}]*\})*")  # empty text, or names of keys: {Tab}{Return}


def masked_spans(flow: Flow) -> list[Span]:
    """Return the spans of characters of the script to be shown masked, in order, apart.

    They are the contents of literals, without their quotes: defaults of sensitive inputs, values
    of parameters that the catalogue types as secret, values set to a sensitive variable, and
    directly encrypted input. References to variables within a text are masked with it.
    """
    spans = {*_sensitive_defaults(flow)}
    for action in flow.actions:
        spans.update(action_spans(flow, action))
    return sorted(spans)


def action_spans(flow: Flow, action: Action) -> Iterator[Span]:
    """Yield the spans of one action to be shown masked."""
    script = flow.script
    form = load().form(action.statement.action) if action.statement.action else None
    sets_secret = action.statement.kind is Kind.SET and any(
        variable.sensitivity in _SECRET for variable in action.writes
    )
    for clause in action.statement.clauses:
        secret = sets_secret and clause.role is Role.VALUE
        if form is not None and clause.role is Role.ARGUMENT:
            parameter = form.input(clause.name)
            secret = parameter is not None and parameter.secret
        if secret:
            start = action.statement.start + clause.start
            yield from _literals(script, start, start + clause.end - clause.start)
        else:
            yield from _encrypted(script, action, clause)


def _sensitive_defaults(flow: Flow) -> Iterator[Span]:
    sensitive = {
        variable.name.casefold()
        for variable in flow.variables
        if variable.sensitivity in _SECRET and variable.local_to is None
    }
    for declaration in (*flow.script.header.inputs, *flow.script.header.outputs):
        if declaration.name.casefold() in sensitive and declaration.default:
            statement = flow.script.statements[declaration.statement]
            where = flow.script.source(statement).rfind(declaration.default)
            start = statement.start + where
            yield from _literals(flow.script, start, start + len(declaration.default))


def _literals(script: Script, start: int, end: int) -> Iterator[Span]:
    """Yield the contents of the literals in an expression; of what is not understood, all."""
    expression = parse_expression(script.text, start, end)
    if expression is None:
        yield start, end
        return
    waiting = [expression]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Literal):
            yield from _content(script, found.start, found.end, found.kind)
        else:
            waiting += children(found)


def _encrypted(script: Script, action: Action, clause: Clause) -> Iterator[Span]:
    start = action.statement.start + clause.start
    if script.text[start : start + 2] in ("P'", "p'"):
        yield from _content(script, start, action.statement.start + clause.end, TokenKind.ENCRYPTED)


def _content(script: Script, start: int, end: int, kind: TokenKind) -> Iterator[Span]:
    if kind in _TEXTS or kind is TokenKind.ENCRYPTED:
        first, last = content_span(script.text[start:end])
        if not _SHOWS_NOTHING.fullmatch(script.text, start + first, start + last):
            yield start + first, start + last
    elif kind is TokenKind.NUMBER:
        yield start, end
