"""Takes sensitive data out of a message, a log entry, a mail or another text."""

from collections.abc import Sequence
from typing import Final

from padguard.analysis.trace import Exposure
from padguard.catalog.lookup import load
from padguard.catalog.roles import Channel, roles_of
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.rows import label
from padguard.fixes.texts import is_all, without_values
from padguard.foundation.edits import Edit
from padguard.foundation.messages import mark
from padguard.robin.tree import Clause

HIDDEN: Final = mark("fixes", "(hidden)")
"""What stands in a text instead of a value. One word: no detector takes it for a secret."""

TITLE = mark("fixes", "Take {name} out of the text")
READS_SO = mark("fixes", "The text says “{words}” where the value was. Change it as you like.")
GOES_ELSEWHERE = mark(
    "fixes", "Whatever reads this text afterwards finds “{words}” in it and not the value."
)
NO_TEXT = mark(
    "fixes", "“{parameter}” takes no text, so the value can only be taken out where {name} is made."
)
OFFERED_TO_CHOOSE = mark(
    "fixes",
    "People choose from what stands in “{parameter}”. Offer them names in place of the values.",
)
NOTHING_LEFT = mark(
    "fixes", "“{parameter}” holds nothing but {name}: without it the row does nothing useful."
)

_ALWAYS: Final = frozenset({Channel.SCREEN, Channel.LOG, Channel.MAIL, Channel.AI})
_AROUND_IT: Final = frozenset({Channel.FILE, Channel.DOCUMENT, Channel.CLIPBOARD})
_NOTES: Final = frozenset({"processingnotes", "processingresult"})  # of a work queue item
_TEXT_TYPES: Final = frozenset({"", "string", "object"})
_BLANK: Final = frozenset({"defaultvalue"})  # what a dialog proposes would come back as an answer
_CHOICES: Final = frozenset({"list"})


def exposures_of(case: Case) -> list[Exposure]:
    """Return all uses by which the row of a finding shows the variable of the finding."""
    subject = case.finding.subject
    if not isinstance(subject, Exposure):
        return []
    variable = subject.shown.use.variable
    return [
        found
        for found in case.inspection.travel_of(case.flow).trace.exposures.values()
        if found.action is subject.action and found.shown.use.variable is variable
    ]


def _plan(case: Case) -> Plan:
    draft = case.draft()
    uses: dict[Clause, list[Exposure]] = {}
    for exposure in exposures_of(case):
        uses.setdefault(exposure.shown.use.clause, []).append(exposure)
    for clause, found in uses.items():
        for edit in _edits(case, clause, found):
            draft.replace(case.flow, edit.start, edit.end, edit.text)
    shown = {exposure.shown.channel for found in uses.values() for exposure in found}
    draft.note((READS_SO if shown <= _ALWAYS else GOES_ELSEWHERE)(words=HIDDEN))
    return draft.plan()


def _edits(case: Case, clause: Clause, found: Sequence[Exposure]) -> list[Edit]:
    first = found[0]
    statement = first.action.statement
    parameter = label(statement.action, clause.name)
    folded = clause.name.casefold()
    if folded in _CHOICES:
        raise NotPossibleError(OFFERED_TO_CHOOSE(parameter=parameter))
    start, end = statement.start + clause.start, statement.start + clause.end
    edits = without_values(
        case.flow.script.text,
        start,
        end,
        [one.shown.use.start for one in found],
        "" if folded in _BLANK else str(HIDDEN),
    )
    name = first.shown.use.variable.name
    if is_all(case.flow.script.text, start, end, edits):
        if first.shown.channel in _AROUND_IT:
            raise NotPossibleError(NOTHING_LEFT(parameter=parameter, name=name))
        if not _takes_any_text(statement.action, clause.name):
            raise NotPossibleError(NO_TEXT(parameter=parameter, name=name))
    return edits


def _takes_any_text(action_id: str, name: str) -> bool:
    """Tell whether an input can be set to words: it takes text, and not text of some format."""
    form = load().form(action_id) if action_id else None
    parameter = form.input(name) if form else None
    if parameter is None:
        return True
    is_text = (parameter.type or "").casefold() in _TEXT_TYPES
    return is_text and roles_of(action_id).input(name).text in ("", "html")


def _offered(case: Case) -> bool:
    subject = case.finding.subject
    if not isinstance(subject, Exposure):
        return False
    channel, use = subject.shown.channel, subject.shown.use
    is_note = channel is Channel.QUEUE and use.clause.name.casefold() in _NOTES
    return is_note or channel in _ALWAYS | _AROUND_IT


RECIPE = Recipe(
    "drop-from-text",
    ("PG301", "PG302", "PG303", "PG304"),
    Applicability.REVIEW,
    lambda case: (
        TITLE(name=case.finding.subject.shown.use.variable.name)
        if isinstance(case.finding.subject, Exposure)
        else TITLE(name=case.finding.variables[0])
    ),
    _plan,
    _offered,
)
