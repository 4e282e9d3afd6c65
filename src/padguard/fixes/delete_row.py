"""Deletes a remark or a disabled row that holds a secret."""

from padguard.analysis.hits import Hit
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.redact import CHANGE_IT, NO_SECRET
from padguard.fixes.retrieval_names import name_for_hit
from padguard.fixes.rows import notes_of, refuse_handler, refuse_part_of_block
from padguard.flow.model import Action, Flow
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind

REMARK = mark("fixes", "Delete the remark in row {row}")
DISABLED = mark("fixes", "Delete the disabled row {row}")


def _plan(case: Case) -> Plan:
    hit, action = case.finding.subject, case.action
    if not isinstance(hit, Hit) or action is None:
        raise NotPossibleError(NO_SECRET)
    flow = case.flow
    if action.statement.kind is not Kind.COMMENT:
        refuse_part_of_block(action)
        refuse_handler(flow, action)
    draft = case.draft()
    start, end = _whole(flow, action)
    draft.replace(flow, start, end, "")
    for other in case.inspection.hits[flow]:
        if start <= other.start and other.end <= end:
            draft.remove_secret(flow, other.value, name_for_hit(case.inspection, other, ()))
    draft.note(CHANGE_IT)
    return draft.plan()


def _whole(flow: Flow, action: Action) -> tuple[int, int]:
    """Return where a row stands with the notes that belong to it.

    A remark behind code leaves the line break to the code.
    """
    text, statement = flow.script.text, action.statement
    start = min([statement.start, *(note.start for note in notes_of(flow, action))])
    end = statement.end
    if start and text[start - 1] not in "\r\n":
        end = start + len(text[start:end].rstrip("\r\n"))
    return start, end


def _title(case: Case) -> Message:
    action = case.action
    if action is None:
        return REMARK(row="")
    is_remark = action.statement.kind is Kind.COMMENT
    return (REMARK if is_remark else DISABLED)(row=action.row)


def _offered(case: Case) -> bool:
    action = case.action
    return action is not None and (
        action.statement.kind is Kind.COMMENT or action.statement.disabled
    )


RECIPE = Recipe("delete-row", ("PG106",), Applicability.SAFE, _title, _plan, _offered)
