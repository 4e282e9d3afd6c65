"""PG109: screenshots of UI elements travel with the flow.

What it finds:
    The screenshots that were taken when UI elements were captured. Screens for signing in,
    by a password field on them or by their name, are named one by one; all others together,
    once for each flow.

Why it matters:
    A screenshot shows what was on the screen at that moment, names, accounts and all, to
    everybody who gets the export.

Fixes:
    Look at the screenshots. Capture the element again while nothing that matters is on the
    screen, or remove the unused UI element.

Source:
    "Reduce flow size": screenshots of UI elements are part of the export, and are the only
    binaries that can be removed without loss.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from padguard.analysis.elements import Element, Screen
from padguard.analysis.inspection import Inspection
from padguard.analysis.outside import copied_screens, screenshots
from padguard.flow.model import Flow
from padguard.foundation.messages import mark
from padguard.rules.elements import screen_name
from padguard.rules.finding import Finding, Place, Severity, Step
from padguard.rules.rule import Rule

OF_SIGN_IN = mark("rules", "A screenshot of the sign-in screen “{screen}” travels with the flow.")
OF_OTHERS = mark("rules", "Screenshots of UI elements travel with the flow: {count}.")
WHY_SIGN_IN = mark(
    "rules", "The screen takes a password, or its name says that it is for signing in."
)
WHY_OTHERS = mark("rules", "They show what was on the screen when the elements were captured.")
SCREEN = mark("rules", "UI elements of the screen “{screen}”")
ELEMENTS = mark("rules", "UI elements")
SCREENSHOT = mark("rules", "Screenshot of “{element}”")


class _Shot(NamedTuple):
    """A screenshot: of what, on which screen, and the member that holds it ("" if in the text)."""

    element: Element
    screen: Screen
    member: str


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every sign-in screen with screenshots, and one for all other screens."""
    for flow in inspection.flows:
        shots = list(_shots(inspection, flow))
        of_sign_in: dict[str, list[_Shot]] = {}
        others: list[_Shot] = []
        for shot in shots:
            if shot.screen.takes_passwords:
                of_sign_in.setdefault(shot.screen.name, []).append(shot)
            else:
                others.append(shot)
        for name, taken in of_sign_in.items():
            screen = screen_name(inspection, name)
            place = Place(flow.id, where=SCREEN(screen=screen))
            message = OF_SIGN_IN(screen=screen)
            yield Finding(place, message, WHY_SIGN_IN, 0.8, path=_path(inspection, flow, taken))
        if others:
            place = Place(flow.id, where=ELEMENTS)
            message = OF_OTHERS(count=len(others))
            yield Finding(place, message, WHY_OTHERS, 0.4, path=_path(inspection, flow, others))


def _shots(inspection: Inspection, flow: Flow) -> Iterator[_Shot]:
    members = {
        binary.reference.replace("\\", "/").casefold(): binary.data_member
        for binary in screenshots(inspection.export, flow.id)
    }
    for screen in inspection.outside.screens.get(flow.id, ()):
        for element in screen.elements:
            member = members.pop(element.screenshot.replace("\\", "/").casefold(), "")
            if member or element.embedded:
                yield _Shot(element, screen, member)
    for screen in copied_screens(flow):
        yield from (_Shot(one, screen, "") for one in screen.elements if one.embedded)
    nothing = Screen("", ())
    for member in members.values():  # of elements that are gone: nobody would look for them
        yield _Shot(Element("", is_password=False, texts=()), nothing, member)


def _path(inspection: Inspection, flow: Flow, shots: Sequence[_Shot]) -> tuple[Step, ...]:
    """Return a step for each screenshot; ``member`` among its parameters says where it is."""
    steps: list[Step] = []
    for shot in shots:
        name = screen_name(inspection, shot.element.name)
        words = SCREENSHOT(element=name, member=shot.member)
        steps.append(Step(Place(flow.id, where=words), words))
    return tuple(steps)


RULE = Rule(
    "PG109",
    "screenshot-of-sensitive-screen",
    Severity.INFO,
    mark("rules", "Screenshots of UI elements travel with the flow"),
    check,
    __doc__ or "",
)
