"""Empties a field of a custom form that is filled with a secret."""

import json
from collections.abc import Iterable, Iterator

from padguard.analysis.jsonwalk import leaves, objects
from padguard.analysis.literals import written_texts
from padguard.analysis.origins import argument_of
from padguard.exports.payloads import Json
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.replace_secret_text import whole_span
from padguard.fixes.texts import literal_at
from padguard.flow.model import Action
from padguard.foundation.edits import Edit, apply_edits
from padguard.foundation.messages import Message, mark

TITLE = mark("fixes", "Empty the field {name} of the form")
STARTS_EMPTY = mark("fixes", "The field is empty when the form comes up; people fill it in.")
CHANGE_IT = mark("fixes", "Change the secret where it is used: it has been seen.")
BY_HAND = mark("fixes", "The value cannot be told from other texts of the form. Clear it by hand.")


def _plan(case: Case) -> Plan:
    action, secret = case.action, case.finding.secret
    if action is None or secret is None:
        raise NotPossibleError(BY_HAND)
    edit = _edit(case, action, secret.reveal())
    draft = case.draft()
    draft.replace(case.flow, edit.start, edit.end, edit.text)
    draft.remove_secret(case.flow, secret, _name(case))
    draft.note(STARTS_EMPTY)
    draft.note(CHANGE_IT)
    return draft.plan()


def _edit(case: Case, action: Action, secret: str) -> Edit:
    """Return the edit that takes the value out, and changes nothing else of what the form says."""
    text, place = case.flow.script.text, case.finding.place
    clause = argument_of(action, "CardTemplateJson")
    start = action.statement.start + (clause.start if clause else 0)
    end = action.statement.start + (clause.end if clause else 0)
    literal = literal_at(text, start, end, place.start)
    if literal is None:
        raise NotPossibleError(BY_HAND)
    edit = Edit(*whole_span(text, literal, place.start, place.end), "")
    changed = apply_edits(text[:end], [edit])
    before, after = _card(text, start, end), _card(changed, start, len(changed))
    told = (
        _differences(leaves(before), leaves(after)),
        _differences(_values(before), _values(after)),
    )
    if told != ([(secret, "")], [(secret, "")]):
        raise NotPossibleError(BY_HAND)
    return edit


def _card(text: str, start: int, end: int) -> Json:
    """Return the form that a literal describes, or None for no JSON."""
    try:
        return json.loads(next((one.value for one in written_texts(text, start, end)), ""))
    except (ValueError, RecursionError):
        return None


def _values(form: Json) -> Iterator[Json]:
    return (field.get("value") for _, field in objects(form))


def _differences(before: Iterable[Json], after: Iterable[Json]) -> list[tuple[Json, Json]]:
    return [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]


def _name(case: Case) -> str:
    return str(case.finding.message.params.get("name", "")) or case.flow.name


def _title(case: Case) -> Message:
    return TITLE(name=_name(case))


RECIPE = Recipe(
    "clear-form-field",
    ("PG107",),
    Applicability.REVIEW,
    _title,
    _plan,
    lambda case: case.action is not None,
)
