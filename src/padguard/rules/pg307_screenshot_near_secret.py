r"""PG307: a screenshot may show a secret.

What it finds:
    An action that takes a screenshot in a flow that shows or types secrets, and a flow of
    that kind that takes screenshots of the screen when it fails.

Why it matters:
    What is on the screen at that moment is kept as a picture, which no mark can mask.

Example:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    UIAutomation.PopulateTextField.PopulateTextField TextField: appmask['Window \'Portal\'']['Edit \'Code\''] Text: Password Mode: UIAutomation.PopulateTextMode.Replace ClickType: UIAutomation.PopulateMouseClickType.NoClick
    Workstation.TakeScreenshot.TakeScreenshot

Fixed:
    @SENSITIVE: [Password]
    @INPUT Password : { 'Description': '', 'FriendlyName': 'Password', 'DefaultValue': '', 'Type': 'String' }
    UIAutomation.PopulateTextField.PopulateTextField TextField: appmask['Window \'Portal\'']['Edit \'Code\''] Text: Password Mode: UIAutomation.PopulateTextMode.Replace ClickType: UIAutomation.PopulateMouseClickType.NoClick

Fixes:
    Take the screenshot before the secret is on the screen, or not at all. Turn off
    screenshots on errors in the properties of the flow.

Source:
    "Desktop flow properties": screenshots on errors; "Manage variables": a value is visible
    once it leaves the flow.
"""

from collections.abc import Iterator

from padguard.analysis.hits import HitKind
from padguard.analysis.inspection import Inspection
from padguard.catalog.lookup import load
from padguard.catalog.roles import Channel
from padguard.flow.model import Action, Flow
from padguard.flow.words import title
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Place, Severity, Step, action_key, action_place
from padguard.rules.proof import SHOWS
from padguard.rules.rule import Rule

TAKEN = mark("rules", "“{title}” may take a picture of a secret that is on the screen.")
ON_ERROR = mark("rules", "When this flow fails, the screen is kept as a picture.")
TYPES = mark("rules", "“{title}” types a secret")
WHY = mark("rules", "The flow shows or types sensitive data.")
_ON_SCREEN = (Channel.SCREEN, Channel.TYPED)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every screenshot in a flow that shows or types secrets."""
    metadata = {stored.id: stored.metadata for stored in inspection.export.desktop_flows}
    for flow in inspection.flows:
        shown = next(_shown(inspection, flow), None)
        if shown is None:
            continue
        for action in flow.actions:
            if _takes_screenshot(action):
                message = TAKEN(title=title(action))
                here = action_place(flow, action)
                path = (shown, Step(here, message))
                yield Finding(here, message, WHY, 0.5, path=path, key=action_key(flow, action))
        known = metadata.get(flow.id)
        if isinstance(known, dict) and known.get("disableScreenshotCaptureOnError") is False:
            place = Place(flow.id, start=0, end=0)
            yield Finding(place, ON_ERROR, WHY, 0.5, path=(shown,), key="on error")


def _takes_screenshot(action: Action) -> bool:
    if action.statement.disabled or not action.statement.action:
        return False
    form = load().form(action.statement.action)
    return form is not None and "sink:screenshot" in form.roles


def _shown(inspection: Inspection, flow: Flow) -> Iterator[Step]:
    """Yield where a flow brings secrets to the screen: variables, and texts that it types."""
    travel = inspection.travel_of(flow)
    for exposure in travel.trace.exposures.values():
        of_flow = travel.program.procedure_of(exposure.action).flow is flow
        if of_flow and exposure.shown.channel in _ON_SCREEN:
            use = exposure.shown.use
            words = SHOWS(title=title(exposure.action), name=use.variable.name)
            yield Step(action_place(flow, exposure.action, use.start, use.end), words)
    for hit in inspection.hits[flow]:
        if hit.kind in (HitKind.TYPED, HitKind.ENCRYPTED) and hit.action is not None:
            words = TYPES(title=title(hit.action))
            yield Step(action_place(flow, hit.action, hit.start, hit.end), words)


RULE = Rule(
    "PG307",
    "screenshot-near-secret",
    Severity.LOW,
    mark("rules", "A screenshot may show a secret"),
    check,
    __doc__ or "",
)
