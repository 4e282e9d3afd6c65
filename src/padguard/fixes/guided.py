"""Fixes that a person makes in the designer or the portal, as data: steps in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import NamedTuple

from padguard.analysis.trace import Exposure
from padguard.fixes.case import Case
from padguard.fixes.fix import Applicability, Recipe
from padguard.fixes.plan import Instruction, Plan
from padguard.fixes.rows import label
from padguard.flow.words import title
from padguard.foundation.messages import Message
from padguard.rules.finding import Finding, Place


class Do(NamedTuple):
    """A step of a guide.

    Its words may name ``{name}`` (the variable), ``{row}``, ``{subflow}``, ``{action}``,
    ``{parameter}``, ``{flow}`` and ``{where}`` (what the finding names in place of a row).
    ``here`` tells that it is taken at the row of the finding, ``source`` which page it is from.
    """

    text: Message
    here: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """How a person mends findings of some sort.

    Attributes:
        id: The id of the recipe, the same for ever.
        rules: Ids of the rules.
        title: What is achieved, in a few words.
        steps: What to do, in order.
        fits: Whether it is for a finding; findings of one rule may need different guides.
        each: What to do first, once for each step of the path of the finding, or None.
    """

    id: str
    rules: tuple[str, ...]
    title: Message
    steps: tuple[Do, ...]
    fits: Callable[[Case], bool] = lambda _case: True
    each: Do | None = None


def recipe_of(guide: Guide) -> Recipe:
    """Return the recipe of a guide."""
    return Recipe(
        guide.id,
        guide.rules,
        Applicability.GUIDED,
        lambda case: _filled(guide.title, _words(case, case.finding.place)),
        lambda case: Plan(steps=tuple(_instructions(guide, case))),
        guide.fits,
    )


def _instructions(guide: Guide, case: Case) -> Iterator[Instruction]:
    if guide.each is not None:
        names_row = "{row}" in guide.each.text.text
        for step in case.finding.path:
            if names_row and step.place.action < 0:
                continue
            yield _instruction(guide.each, case, step.place)
    for do in guide.steps:
        yield _instruction(do, case, case.finding.place)


def _instruction(do: Do, case: Case, place: Place) -> Instruction:
    in_script = place.start >= 0 and place.where is None
    text = _filled(do.text, _words(case, place))
    return Instruction(text, place if do.here and in_script else None, do.source)


def _filled(text: Message, words: Mapping[str, object]) -> Message:
    """Return a message with those of the words that it names."""
    names = [name for _, name, _, _ in Formatter().parse(text.text) if name]
    return text(**{name: words[name] for name in names}) if names else text


def _words(case: Case, place: Place) -> dict[str, object]:
    """Return what the words of steps may name; what a finding has not is empty."""
    finding = case.finding
    flow = next((one for one in case.inspection.flows if one.id == place.flow_id), None)
    action = flow.actions[place.action] if flow is not None and place.action >= 0 else None
    return {
        "name": _name(finding),
        "row": action.row if action else "",
        "subflow": place.subflow,
        "action": title(action) if action else "",
        "parameter": _parameter(finding),
        "flow": flow.name if flow else "",
        "where": place.where if place.where is not None else "",
    }


def _name(finding: Finding) -> str:
    if isinstance(finding.subject, Exposure):
        return finding.subject.shown.use.variable.name
    return finding.variables[0] if finding.variables else ""


def _parameter(finding: Finding) -> str:
    if not isinstance(finding.subject, Exposure):
        return ""
    exposure = finding.subject
    return label(exposure.action.statement.action, exposure.shown.use.clause.name)
