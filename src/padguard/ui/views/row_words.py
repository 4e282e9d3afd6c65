"""The rows of the designer in words, in the language of the window."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from padguard.catalog.icons import icon_name
from padguard.catalog.templates import Segment, SegmentKind
from padguard.flow.model import Action, Flow, Variable
from padguard.flow.words import summary, title
from padguard.foundation.messages import mark
from padguard.robin.literals import decode_text
from padguard.robin.tree import Role
from padguard.ui.sensitivity import look
from padguard.ui.views.chips import WORDLESS
from padguard.ui.words import translate

TITLE_AND_LINE = mark("rows", "{title}: {line}")
SPOKEN_VARIABLE = mark("rows", "{name} ({sensitivity})")


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a row's line; ``variable`` where it is the name of one."""

    text: str
    variable: Variable | None = None


def row_title(action: Action) -> str:
    """Return what the designer calls the action of a row."""
    return title(action, _translate)


def row_line(flow: Flow, action: Action, flow_name: str = "") -> tuple[Words, ...]:
    """Return what a row does, in words, its variables apart; secrets are masked.

    ``flow_name`` is the name of the flow that it runs, if it does and it is known.
    """
    found = summary(flow, action, flow_name=flow_name, translate=_translate)
    return tuple(as_words(found.segments, action))


def row_text(flow: Flow, action: Action) -> str:
    """Return what a row does as plain text; secrets are masked."""
    return "".join(words.text for words in row_line(flow, action))


def handler_text(flow: Flow, action: Action) -> str:
    """Return an action of an error handler as one line of plain text; secrets are masked."""
    line = row_text(flow, action)
    if not line:
        return row_title(action)
    return translate(TITLE_AND_LINE(title=row_title(action), line=line))


def spoken_line(line: Iterable[Words]) -> str:
    """Return a line as a screen reader says it, with the sensitivity of variables that have one."""
    return "".join(_spoken(words) for words in line)


def run_flow_id(flow: Flow, action: Action) -> str:
    """Return the id of the desktop flow that a row runs, in lower case; else an empty text."""
    statement = action.statement
    if statement.action.casefold() != "external.runflow":
        return ""
    for clause in statement.clauses:
        if clause.name.casefold() == "flowid":
            return decode_text(flow.script.clause_text(statement, clause)).lower()
    return ""


def row_icon(action: Action) -> str:
    """Return the name of a row's icon."""
    return icon_name(action.statement.action or action.statement.kind)


def search_words(flow: Flow, action: Action) -> str:
    """Return what a row can be found by: its title, its action's id, and the names in it."""
    statement = action.statement
    variables = (variable.name for variable in (*action.reads, *action.writes))
    names = (
        flow.script.clause_text(statement, clause)
        for clause in statement.clauses
        if clause.role is Role.NAME
    )
    return "\n".join((row_title(action), statement.action, *variables, *names))


def as_words(segments: tuple[Segment, ...], action: Action) -> Iterator[Words]:
    """Yield segments of an action as words; variables are those that the action uses."""
    known = {variable.name.casefold(): variable for variable in (*action.reads, *action.writes)}
    for segment in segments:
        variable = None
        if segment.kind is SegmentKind.VARIABLE:
            variable = known.get(segment.text.casefold())
        yield Words(segment.text, variable)


def _spoken(words: Words) -> str:
    if words.variable is None or words.variable.sensitivity in WORDLESS:
        return words.text
    sensitivity = look(words.variable.sensitivity).word
    return translate(SPOKEN_VARIABLE(name=words.text, sensitivity=sensitivity))


def _translate(context: str, english: str) -> str:
    return QCoreApplication.translate(context, english)
