"""Takes a secret out of what does not run: remarks, descriptions, disabled rows."""

import re
from collections.abc import Iterator
from typing import Final

from padguard.analysis.hits import Hit
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.replace_secret_text import whole_span
from padguard.fixes.retrieval_names import name_for_hit
from padguard.fixes.texts import SHORTEST_SECRET, emptied, literal_at, secret_spans
from padguard.fixes.uses import noted_secret
from padguard.flow.model import Action, Flow
from padguard.foundation.edits import Edit
from padguard.foundation.messages import mark
from padguard.robin.literals import content_span, decode_text
from padguard.robin.tokens import KEYWORDS, WORD, TokenKind
from padguard.robin.tree import Clause, Kind, Role

TITLE = mark("fixes", "Take the secret out and keep the rest")
REMOVED: Final = mark("fixes", "(removed)")
"""What stands in a remark instead of a secret. No detector takes it for one."""
NO_SECRET = mark("fixes", "The secret does not stand alone here. Take it out by hand.")
RENAMED = mark("fixes", "The label is called {name} from now on, also where it is gone to.")
CHANGE_IT = mark("fixes", "Change the secret where it is used: it has been seen.")
_IN_NAMES: Final = "removed"
_PLAIN: Final = re.compile(WORD)


def _plan(case: Case) -> Plan:
    hit = case.finding.subject
    if not isinstance(hit, Hit):
        raise NotPossibleError(NO_SECRET)
    draft = case.draft()
    if hit.action is not None and hit.action.statement.kind is Kind.LABEL:
        name = _new_label(hit, hit.action)
        for edit in _relabel(hit.flow, hit.action, name):
            draft.replace(hit.flow, edit.start, edit.end, edit.text)
        draft.note(RENAMED(name=decode_text(name) if name.startswith("'") else name))
    else:
        for edit in dict.fromkeys((*_edits(hit), *_noted(hit))):
            draft.replace(hit.flow, edit.start, edit.end, edit.text)
    draft.remove_secret(hit.flow, hit.value, name_for_hit(case.inspection, hit, ()))
    draft.note(CHANGE_IT)
    return draft.plan()


def _edits(hit: Hit) -> Iterator[Edit]:
    """Yield the edits for a secret in a remark, a description or a disabled row."""
    clause = _clause(hit)
    if clause is not None:
        yield _in_expression(hit, clause)
        return
    yield Edit(hit.start, hit.end, str(REMOVED))
    statement = hit.action.statement if hit.action is not None else None
    if statement is not None and hit.end - hit.start >= SHORTEST_SECRET:
        text, secret = hit.flow.script.text, hit.value.reveal()
        for start, end in secret_spans(secret, text, statement.start, statement.end):
            if end <= hit.start or start >= hit.end:
                yield Edit(start, end, str(REMOVED))


def _noted(hit: Hit) -> Iterator[Edit]:
    """Yield the edits for the ``@@`` lines of a disabled row, where they repeat the secret."""
    if hit.action is not None and hit.clause is not None:
        for span in noted_secret(hit.flow, hit.action, hit.value.reveal()):
            yield Edit(*span, str(REMOVED))


def _in_expression(hit: Hit, clause: tuple[int, int]) -> Edit:
    """Return the edit for a secret in a literal.

    One that holds nothing else becomes an empty text; a word stands in for a part of one.
    """
    text = hit.flow.script.text
    literal = literal_at(text, *clause, hit.start)
    if literal is None:
        raise NotPossibleError(NO_SECRET)
    if literal.kind is TokenKind.NUMBER:
        return emptied(literal)
    first, last = (
        literal.start + offset for offset in content_span(text[literal.start : literal.end])
    )
    if hit.start <= first and last <= hit.end:
        return emptied(literal)
    return Edit(*whole_span(text, literal, hit.start, hit.end), str(REMOVED))


def _clause(hit: Hit) -> tuple[int, int] | None:
    """Return where the expression stands that holds a secret; None for a remark."""
    if hit.action is not None and hit.clause is not None:
        start = hit.action.statement.start
        return start + hit.clause.start, start + hit.clause.end
    for statement in hit.flow.script.statements:
        if statement.kind in (Kind.INPUT, Kind.OUTPUT) and statement.end >= hit.end:
            value = statement.clauses[-1]
            in_it = statement.start <= hit.start
            return (statement.start + value.start, statement.start + value.end) if in_it else None
    return None


def _new_label(hit: Hit, action: Action) -> str:
    """Return how a label is written without the secret, under a name that no other label has."""
    clause = _name(action)
    start = action.statement.start + clause.start
    old = hit.flow.script.clause_text(action.statement, clause)
    first, last = max(0, hit.start - start), min(len(old), hit.end - start)
    taken = {
        _label_name(hit.flow, other)
        for other in action.subflow.actions
        if other.statement.kind is Kind.LABEL and other is not action
    }
    number = 1
    while True:
        word = _IN_NAMES if number == 1 else f"{_IN_NAMES}{number}"
        new = old[:first] + word + old[last:]
        if not new.startswith("'") and (new.upper() in KEYWORDS or not _PLAIN.fullmatch(new)):
            new = f"'{new}'"
        if new.strip("'").casefold() not in taken:
            return new
        number += 1


def _relabel(flow: Flow, action: Action, new: str) -> Iterator[Edit]:
    """Yield the edits that rename a label with all that goes to it."""
    old = _label_name(flow, action)
    for other in action.subflow.actions:
        statement = other.statement
        if statement.kind in (Kind.LABEL, Kind.GOTO) and _label_name(flow, other) == old:
            clause = _name(other)
            yield Edit(statement.start + clause.start, statement.start + clause.end, new)


def _label_name(flow: Flow, action: Action) -> str:
    return flow.script.clause_text(action.statement, _name(action)).strip("'").casefold()


def _name(action: Action) -> Clause:
    return next(clause for clause in action.statement.clauses if clause.role is Role.NAME)


RECIPE = Recipe("redact", ("PG106",), Applicability.SAFE, lambda _case: TITLE, _plan)
