"""Has a cloud flow keep what it passes to a desktop flow out of its run history."""

from typing import Final

from padguard.analysis.cloud import CloudRun
from padguard.analysis.jsonwalk import Path
from padguard.exports.jsonspans import insert_member_edit, member_span
from padguard.exports.payloads import encode_json
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.foundation.edits import Edit
from padguard.foundation.messages import Message, mark
from padguard.rules.callers import called, secret_inputs, secret_outputs

INPUTS = mark("fixes", "Turn on secure inputs for the action “{action}”")
OUTPUTS = mark("fixes", "Turn on secure outputs for the action “{action}”")
BOTH = mark("fixes", "Turn on secure inputs and secure outputs for the action “{action}”")
NOT_SEEN = mark(
    "fixes",
    "The run history of “{cloud}” no longer shows what goes through this action. Runs until now "
    "keep what they recorded.",
)
NO_RUN = mark("fixes", "Where the cloud flow runs the desktop flow cannot be told.")
ODD_SETTINGS = mark(
    "fixes",
    "The settings of the action “{action}” are not written as expected. Turn it on in the designer "
    "of cloud flows.",
)

_SETTING: Final = ("runtimeConfiguration", "secureData", "properties")


def _plan(case: Case) -> Plan:
    run = _run(case)
    draft = case.draft()
    draft.edit_cloud(run.cloud.id, _edit(run, _sides(case, run)))
    draft.note(NOT_SEEN(cloud=run.cloud.name))
    return draft.plan()


def _sides(case: Case, run: CloudRun) -> list[str]:
    """Return what has to be secured, also where another finding asks for it.

    One action has one list for both sides, so that two fixes would be in each other's way.
    """
    target = called(case.inspection, run)
    sides = []
    if not run.secure_inputs and any(secret_inputs(case.inspection, run, target)):
        sides.append("inputs")
    if not run.secure_outputs and target is not None and any(secret_outputs(target)):
        sides.append("outputs")
    return sides


def _edit(run: CloudRun, sides: list[str]) -> Edit:
    """Return the edit that secures sides of an action, in what of its settings is there."""
    text, wanted = run.cloud.text, encode_json(sides)
    settings: Path = run.path
    for place, key in enumerate(_SETTING):
        if member_span(text, (*settings, key)) is None:
            for outer in reversed(_SETTING[place + 1 :]):
                wanted = f"{{{encode_json(outer)}:{wanted}}}"
            return insert_member_edit(text, settings, key, wanted)
        settings = (*settings, key)
    return _extended(run, settings, sides)


def _extended(run: CloudRun, names: Path, sides: list[str]) -> Edit:
    """Return the edit that adds sides to the list that is there."""
    text = run.cloud.text
    known = member_span(text, names)
    if known is None or text[known.value.start] != "[":
        raise NotPossibleError(ODD_SETTINGS(action=run.action))
    first = member_span(text, (*names, 0))
    if first is None:
        return Edit(known.value.start, known.value.end, encode_json(sides))
    before = text[known.value.start + 1 : first.value.start]
    end = first.value.end
    return Edit(end, end, "".join(f",{before}{encode_json(side)}" for side in sides))


def _run(case: Case) -> CloudRun:
    if not isinstance(case.finding.subject, CloudRun):
        raise NotPossibleError(NO_RUN)
    return case.finding.subject


def _title(case: Case) -> Message:
    run = _run(case)
    sides = _sides(case, run)
    words = BOTH if len(sides) > 1 else OUTPUTS if sides == ["outputs"] else INPUTS
    return words(action=run.action)


RECIPE = Recipe(
    "secure-caller",
    ("PG206",),
    Applicability.REVIEW,
    _title,
    _plan,
    lambda case: isinstance(case.finding.subject, CloudRun),
)
