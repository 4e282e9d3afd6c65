"""Uses the password of a credential directly instead of a copy of it."""

import re
from dataclasses import dataclass

from padguard.analysis.holdings import Holding
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.retrieval_order import Order, executes_once, places_after
from padguard.fixes.rows import notes_of
from padguard.fixes.uses import reading_actions, rewritten_uses
from padguard.flow.model import Action, Flow, Sensitivity, Subflow, Variable, VariableKind
from padguard.foundation.messages import Message, mark
from padguard.robin.tokens import WORD
from padguard.robin.tree import Kind

TITLE = mark("fixes", "Use {source} directly instead of the copy {name}")
NO_COPY = mark("fixes", "There is no copy of a password here.")
SET_AGAIN = mark(
    "fixes",
    "{name} is set in other rows as well (row {row} of {subflow}), so it is more than a copy.",
)
MAY_CHANGE = mark(
    "fixes",
    "{name} may be retrieved again between the copy in row {row} and where the copy is used, so "
    "the two may differ.",
)
NOT_BEFORE = mark(
    "fixes", "Row {row} of {subflow} may run before the copy is made, so the two may differ."
)
IN_HANDLER = mark("fixes", "The copy is made in the error handling of row {row}. Change it there.")
ROW_GONE = mark("fixes", "The row that made the copy is deleted: nothing else reads {name}.")

ALONE = mark(
    "fixes", "Row {row} is all that its block does. Take the block out in the designer first."
)

_SAYS_NOTHING = frozenset({Kind.COMMENT, Kind.REGION, Kind.END_REGION, Kind.END})
_GLOBAL = "GLOBAL."
_PASSWORD = ".password"  # noqa: S105 - a property, not one
_IN_BRACKETS = re.compile(rf"(?P<name>{WORD})\['(?P<property>{WORD})'\]")


@dataclass(frozen=True, slots=True)
class Copy:
    """A variable that a row sets to the password of a credential."""

    flow: Flow
    variable: Variable
    action: Action

    @property
    def name(self) -> str:
        """The credential with its property, without GLOBAL."""
        value = self.action.statement.clauses[-1]
        text = self.flow.script.clause_text(self.action.statement, value)
        text = text[len(_GLOBAL) :] if text.upper().startswith(_GLOBAL) else text
        found = _IN_BRACKETS.fullmatch(text)  # its quotes would end a Power Fx text
        return f"{found['name']}.{found['property']}" if found else text

    @property
    def source(self) -> Variable | None:
        """The credential, or None where the row sets the variable to anything else."""
        statement = self.action.statement
        if statement.kind is not Kind.SET or len(self.action.reads) != 1:
            return None
        target = self.flow.script.clause_text(statement, statement.clauses[0])
        if target.rpartition(".")[2].casefold() != self.variable.name.casefold():
            return None
        found = self.action.reads[0]
        rest = self.name[len(found.name) :].casefold()
        if found.sensitivity is not Sensitivity.CREDENTIAL or rest != _PASSWORD:
            return None
        return found if self.name.casefold().startswith(found.name.casefold()) else None


def _copy(case: Case) -> Copy | None:
    subject = case.finding.subject
    if not isinstance(subject, Holding) or subject.action is None:
        return None
    variable = subject.fact.variable
    if variable.kind is not VariableKind.FLOW or subject.action not in case.flow.actions:
        return None
    found = Copy(case.flow, variable, subject.action)
    return found if found.source is not None else None


def _plan(case: Case) -> Plan:
    found = _copy(case)
    if found is None or found.source is None:
        raise NotPossibleError(NO_COPY)
    flow, source, draft = found.flow, found.source, case.draft()
    _refuse(case, found, source)

    def expression(subflow: Subflow) -> str:
        outer = subflow.local and source.local_to is None
        return f"GLOBAL.{found.name}" if outer else found.name

    for edit in rewritten_uses(flow, found.variable, expression, without=found.action):
        draft.replace(flow, edit.start, edit.end, edit.text)
    for statement in (*notes_of(flow, found.action), found.action.statement):
        draft.replace(flow, statement.start, statement.end, "")
    draft.drop(flow, found.variable)
    draft.note(ROW_GONE(name=found.variable.name))
    return draft.plan()


def _refuse(case: Case, found: Copy, source: Variable) -> None:
    """Refuse where the copy may hold something else than the credential where it is read.

    Raises:
        NotPossibleError: It may; the message says why.
    """
    flow, row = found.flow, found.action.row
    if not found.action.own_row:
        raise NotPossibleError(IN_HANDLER(row=row))
    if _is_alone_in_block(flow, found.action):
        raise NotPossibleError(ALONE(row=row))
    for action in flow.actions:
        if found.variable in action.writes and action is not found.action:
            where = action.subflow.name
            name = found.variable.name
            raise NotPossibleError(SET_AGAIN(name=name, row=action.row, subflow=where))
    order = Order(case.inspection.travel_of(flow).program, flow, found.action)
    for action in reading_actions(flow, found.variable):
        if not order.is_before(action):
            raise NotPossibleError(NOT_BEFORE(row=action.row, subflow=action.subflow.name))
    if not _stays_the_same(case, found, source):
        raise NotPossibleError(MAY_CHANGE(name=source.name, row=row))


def _is_alone_in_block(flow: Flow, action: Action) -> bool:
    """Tell whether a row is all that stands in its block."""
    opener = action.statement.opener
    beside = (one for one in flow.actions if one.statement.opener == opener and one is not action)
    return opener >= 0 and all(one.statement.kind in _SAYS_NOTHING for one in beside)


def _stays_the_same(case: Case, found: Copy, source: Variable) -> bool:
    """Tell whether a credential is what it was when it was copied, wherever the copy is read."""
    flow, copied = found.flow, found.action
    program = case.inspection.travel_of(flow).program
    writers = [action for action in flow.actions if source in action.writes]
    reads = reading_actions(flow, found.variable)
    if len(writers) != 1 or (source.local_to and source.local_to != found.variable.local_to):
        return False
    if not Order(program, flow, writers[0]).is_before(copied):
        return False
    if executes_once(program, flow, writers[0]):
        return True
    if any(one.subflow is not copied.subflow for one in (writers[0], *reads)):
        return False
    control = program.procedure_of(copied).control
    start, stop = control.place_of(writers[0]), control.place_of(copied)
    if start is None or stop is None:
        return False
    after = places_after(control, start, {stop})
    return all(control.place_of(action) not in after for action in reads)


def _title(case: Case) -> Message:
    found = _copy(case)
    return TITLE(source=found.name, name=found.variable.name) if found else TITLE


RECIPE = Recipe(
    "use-property",
    ("PG202", "PG207"),
    Applicability.REVIEW,
    _title,
    _plan,
    lambda case: _copy(case) is not None,
)
