"""Has a flow that shows secrets take no screenshot when it fails."""

from typing import Final

from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, Recipe
from padguard.fixes.plan import Plan
from padguard.foundation.messages import mark

TITLE = mark("fixes", "Take no screenshot when the flow fails")
LESS_TO_SEE = mark(
    "fixes",
    "The details of a failed run no longer show what was on the screen. Pictures of earlier runs "
    "stay in the run history.",
)
_FLAG: Final = "disableScreenshotCaptureOnError"


def _plan(case: Case) -> Plan:
    draft = case.draft()
    draft.set_flag(case.flow, _FLAG, value=True)
    draft.note(LESS_TO_SEE)
    return draft.plan()


RECIPE = Recipe(
    "screenshot-off",
    ("PG307",),
    Applicability.REVIEW,
    lambda _case: TITLE,
    _plan,
    lambda case: case.action is None,
)
