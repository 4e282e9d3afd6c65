r"""PG107: a secret stands in the export, outside the scripts.

What it finds:
    Secrets in the values of environment variables that are no secret ones, in what a cloud
    flow passes to a desktop flow, in the fields of a custom form, and in the names and
    selectors of UI elements.

Why it matters:
    All of these travel with the export in clear, and are easily forgotten because the
    designer does not show them beside the actions.

Example:
    Display.ShowCustomDialog CardTemplateJson: $'''{\"type\":\"AdaptiveCard\",\"body\":[{\"type\":\"Input.Text\",\"id\":\"pw\",\"style\":\"Password\",\"value\":\"Kx8!pomelo\"}]}''' CustomFormData=> Form ButtonPressed=> Button

Fixed:
    @SENSITIVE: [Form]
    Display.ShowCustomDialog CardTemplateJson: $'''{\"type\":\"AdaptiveCard\",\"body\":[{\"type\":\"Input.Text\",\"id\":\"pw\",\"style\":\"Password\"}]}''' CustomFormData=> Form ButtonPressed=> Button

Fixes:
    Use an environment variable of type Secret, or let the desktop flow retrieve the secret
    with Get credential. Capture the UI element again. Change the secret: it has been seen.

Source:
    Microsoft, "Secure your data" (coding guidelines for desktop flows): credentials and
    secret environment variables; "Manage variables": literals are not protected.
"""

import json
from collections.abc import Iterator

from padguard.analysis.cloud import CloudRun, Passed
from padguard.analysis.elements import Element, Screen
from padguard.analysis.hits import SURE, name_strength
from padguard.analysis.inspection import Inspection
from padguard.analysis.jsonwalk import objects
from padguard.analysis.literals import Written, written_texts
from padguard.analysis.origins import argument_of
from padguard.analysis.outside import copied_screens
from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.placeholders import is_placeholder
from padguard.exports.model import EnvironmentVariable
from padguard.flow.model import Action, Flow
from padguard.flow.words import title
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message, mark
from padguard.rules.callers import Called, called, run_place
from padguard.rules.elements import clear_secrets, screen_name
from padguard.rules.finding import Finding, Place, Severity, Step, action_key, action_place
from padguard.rules.proof import IS_INPUT, WHY_MARKED, WHY_NAMED, WHY_USED, reached_steps
from padguard.rules.rule import Rule

IN_VARIABLE = mark("rules", "The environment variable {name} travels with a secret in clear.")
IN_CLOUD = mark("rules", "The cloud flow “{cloud}” passes a sensitive text in clear to {name}.")
IN_FORM = mark("rules", "The field {name} of the form has a secret as its value.")
IN_ELEMENT = mark("rules", "The UI element {name} holds a secret in its name or selectors.")
VARIABLE = mark("rules", "Environment variable {name}")
ELEMENT = mark("rules", "UI element “{element}” on “{screen}”")
PASSES = mark("rules", "A text is passed to the input {name} of {flow}")
WHY_FIELD = mark("rules", "The field {name} takes a password.")

_NO_TEXT = ("Boolean", "Number", "Data source")
_FORM = "display.showcustomdialog"
_REFERENCE = "/subscriptions/"  # where in Azure Key Vault a secret is; that is no secret


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every secret in the export that no script holds."""
    for variable in inspection.export.environment_variables:
        yield from _environment(inspection, variable)
    for run in inspection.outside.runs:
        target = called(inspection, run)
        for passed in run.passed:
            yield from _passed(inspection, run, target, passed)
    for flow in inspection.flows:
        for action in flow.actions:
            if action.statement.action.casefold() == _FORM and not action.statement.disabled:
                yield from _form(inspection, flow, action)
        screens = (*inspection.outside.screens.get(flow.id, ()), *copied_screens(flow))
        yield from _elements(inspection, flow, screens)


def _environment(inspection: Inspection, variable: EnvironmentVariable) -> Iterator[Finding]:
    names = (variable.schema_name, variable.display_name)
    strength = max(name_strength(name, inspection.options) for name in names)
    place = Place("", where=VARIABLE(name=variable.schema_name))
    message = IN_VARIABLE(name=variable.display_name or variable.schema_name)
    for text in dict.fromkeys((variable.value, variable.default)):
        if text is None or text.strip().startswith(_REFERENCE):
            continue
        parts = clear_secrets(inspection, text, Carrier.BODY if variable.type == "JSON" else None)
        key = variable.schema_name.casefold()
        is_text = variable.type not in _NO_TEXT and not is_placeholder(text)
        if strength > SURE and is_text and not parts:
            why = WHY_NAMED(name=variable.display_name or variable.schema_name)
            yield Finding(place, message, why, strength, secret=Masked(text), key=key)
        yield from (_of_part(part, text, place, message, key) for part in parts)


def _passed(
    inspection: Inspection, run: CloudRun, target: Called | None, passed: Passed
) -> Iterator[Finding]:
    place = run_place(run, target)
    message = IN_CLOUD(cloud=run.cloud.name, name=passed.name)
    key = f"{run.cloud.id}|{run.action}|{passed.name}".casefold()
    for text in passed.literals:
        parts = clear_secrets(inspection, text)
        reason = _reason(inspection, target, passed.name)
        if reason is not None and not parts and not is_placeholder(text):
            why, confidence = reason
            path = _passed_path(target, passed.name, place)
            secret = Masked(text)
            yield Finding(place, message, why, confidence, (), path, secret, key, subject=run)
        yield from (_of_part(part, text, place, message, key) for part in parts)


def _reason(
    inspection: Inspection, target: Called | None, name: str
) -> tuple[Message, float] | None:
    """Return why an input carries a secret, and how sure that is, or None where it does not."""
    variable = target.inputs.get(name.casefold()) if target else None
    if target is None or variable is None:
        sure = name_strength(name, inspection.options) > SURE
        return (WHY_NAMED(name=name), 0.8) if sure else None
    if variable not in target.travel.secret_inputs:
        return None
    reached = target.travel.secret_inputs[variable]
    if reached is not None:
        return WHY_USED(title=title(reached.action), name=name), 0.95
    if name_strength(name, inspection.options) > SURE:
        return WHY_NAMED(name=name), 0.9
    return WHY_MARKED(name=name), 0.6


def _passed_path(target: Called | None, name: str, place: Place) -> tuple[Step, ...]:
    variable = target.inputs.get(name.casefold()) if target else None
    if target is None or variable is None:
        return ()
    start = Step(place, PASSES(name=name, flow=target.flow.name))
    reached = target.travel.secret_inputs.get(variable)
    return (start, *(reached_steps(reached, IS_INPUT(name=variable.name)) if reached else ()))


def _form(inspection: Inspection, flow: Flow, action: Action) -> Iterator[Finding]:
    clause = argument_of(action, "CardTemplateJson")
    if clause is None:
        return
    start, end = action.statement.start + clause.start, action.statement.start + clause.end
    for card in written_texts(flow.script.text, start, end):
        for name, value in _filled_fields(inspection, card):
            first = max(0, card.value.find(json.dumps(value, ensure_ascii=False)[1:-1]))
            yield Finding(
                action_place(flow, action, card.offset(first), card.offset(first + len(value))),
                IN_FORM(name=name),
                WHY_FIELD(name=name),
                secret=Masked(value),
                key=action_key(flow, action, name),
            )


def _filled_fields(inspection: Inspection, card: Written) -> Iterator[tuple[str, str]]:
    """Yield the names of the password fields of a form that have a value, and the values."""
    try:
        form = json.loads(card.value)
    except (ValueError, RecursionError):
        return
    for _, field in objects(form):
        value, name = field.get("value"), str(field.get("id") or field.get("label") or "")
        if str(field.get("type")).startswith("Input.") and isinstance(value, str):
            hidden = str(field.get("style")).casefold() == "password"
            hidden = hidden or name_strength(name, inspection.options) > SURE
            if hidden and value.strip(HOLE) and not is_placeholder(value):
                yield name, value


def _elements(inspection: Inspection, flow: Flow, screens: tuple[Screen, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for screen in screens:
        for element in screen.elements:
            name = screen_name(inspection, element.name)
            where = ELEMENT(element=name, screen=screen_name(inspection, screen.name))
            for finding in _in_element(inspection, element, Place(flow.id, where=where), name):
                secret = finding.secret.reveal() if finding.secret else ""
                if secret not in seen:  # every element of a page repeats the name of the page
                    seen.add(secret)
                    yield finding


def _in_element(
    inspection: Inspection, element: Element, place: Place, name: str
) -> Iterator[Finding]:
    message = IN_ELEMENT(name=name)
    for text in element.filled if element.is_password else ():
        if not is_placeholder(text):
            yield Finding(place, message, WHY_FIELD(name=name), 0.8, secret=Masked(text))
    for text in element.texts:
        for part in clear_secrets(inspection, text):
            yield _of_part(part, text, place, message, "")


def _of_part(part: SecretPart, text: str, place: Place, message: Message, key: str) -> Finding:
    secret = Masked(text[part.start : part.end])
    return Finding(
        place, message, part.reason, part.confidence, secret=secret, key=f"{key}|{part.name}"
    )


RULE = Rule(
    "PG107",
    "secret-outside-script",
    Severity.HIGH,
    mark("rules", "A secret stands in the export, outside the scripts"),
    check,
    __doc__ or "",
)
