"""What views say of a finding: where it is, how sure it is, and all of it as text to be copied."""

from collections.abc import Iterable

from padguard.flow.model import Flow
from padguard.foundation.messages import Message, mark
from padguard.reports.explanation import section
from padguard.rules.finding import Finding, Place
from padguard.rules.registry import rule
from padguard.rules.rule import Rule
from padguard.ui.severity import look
from padguard.ui.words import translate

IN_ROW = mark("findings", "{flow} › {subflow} › row {row}")
IN_SUBFLOW = mark("findings", "{flow} › {subflow}")
IN_HEADER = mark("findings", "{flow} › {variable}")
IN_PART = mark("findings", "{flow} › {part}")
ROW = mark("findings", "{subflow}, row {row}")
DECLARATION = mark("findings", "Declarations of the flow")
OF_EXPORT = mark("findings", "Export")
PASTED = mark("findings", "Pasted text")

SURE = mark("findings", "PAD Guard is sure of it.")
FAIRLY_SURE = mark("findings", "PAD Guard is fairly sure of it.")
UNSURE = mark("findings", "PAD Guard is not sure of it: please look at it yourself.")

HEAD = mark("findings", "{severity} · {rule} · {title}")
STEP = mark("findings", "{number}. {text} ({place})")
LINE = mark("findings", "{severity}: {message}")
SPOKEN = mark("findings", "{severity}: {message} {place}")


def severity_word(finding: Finding) -> str:
    """Return the word of a finding's severity."""
    return translate(look(finding.severity).word)


def rule_of(finding: Finding) -> Rule:
    """Return the rule that made a finding."""
    found = rule(finding.rule)
    if found is None:
        message = f"there is no rule {finding.rule}"
        raise LookupError(message)
    return found


def rule_title(finding: Finding) -> str:
    """Return the problem in a few words."""
    return translate(rule_of(finding).title)


def rule_section(finding: Finding, heading: str) -> str:
    """Return what the rule of a finding says under one heading of its explanation."""
    return section(rule_of(finding), heading)


def place_words(place: Place, flow: Flow | None, variables: Iterable[str] = ()) -> str:
    """Return where a finding is: flow, subflow, row, or what stands for them.

    Args:
        place: The place.
        flow: Its flow, or None where it is in none.
        variables: The variables it is about, the main one first.
    """
    if flow is None:
        return translate(place.where or OF_EXPORT)
    name = flow.name or translate(PASTED)
    if place.where is not None:
        return translate(IN_PART(flow=name, part=place.where))
    if 0 <= place.action < len(flow.actions):
        row = flow.actions[place.action].row
        return translate(IN_ROW(flow=name, subflow=place.subflow, row=row))
    if place.subflow:
        return translate(IN_SUBFLOW(flow=name, subflow=place.subflow))
    variable = next(iter(variables), "") or translate(DECLARATION)
    return translate(IN_HEADER(flow=name, variable=variable))


def step_words(place: Place, flow: Flow | None, home: str) -> str:
    """Return where a step of a path is; the flow only where it is not the one with id ``home``."""
    if flow is None or flow.id != home or not 0 <= place.action < len(flow.actions):
        return place_words(place, flow)
    return translate(ROW(subflow=place.subflow, row=flow.actions[place.action].row))


def confidence_words(confidence: float) -> str:
    """Return how sure a finding is, as a sentence."""
    return translate(_sureness(confidence))


def finding_line(finding: Finding) -> str:
    """Return a finding in one line: how bad it is, and what is wrong."""
    return translate(LINE(severity=look(finding.severity).word, message=finding.message))


def spoken(finding: Finding, flow: Flow | None) -> str:
    """Return a finding as a screen reader says it."""
    where = place_words(finding.place, flow, finding.variables)
    return translate(
        SPOKEN(severity=look(finding.severity).word, message=finding.message, place=where)
    )


def finding_text(finding: Finding, flows: dict[str, Flow]) -> str:
    """Return all of a finding as plain text; its secret is not in it."""
    head = HEAD(severity=severity_word(finding), rule=finding.rule, title=rule_title(finding))
    place = finding.place
    lines = [
        translate(head),
        place_words(place, flows.get(place.flow_id), finding.variables),
        translate(finding.message),
        translate(finding.why),
        confidence_words(finding.confidence),
    ]
    for number, step in enumerate(finding.path, 1):
        where = step_words(step.place, flows.get(step.place.flow_id), place.flow_id)
        lines.append(translate(STEP(number=number, text=step.text, place=where)))
    return "\n".join(lines)


def _sureness(confidence: float) -> Message:
    if confidence >= 0.9:
        return SURE
    return FAIRLY_SURE if confidence >= 0.7 else UNSURE
