"""What an action does, in one line and in the manner of the designer."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from padguard.catalog.forms import ActionForm, Parameter
from padguard.catalog.lookup import load
from padguard.catalog.names import readable
from padguard.catalog.sentences import QUOTES, connector_name, sentence
from padguard.catalog.templates import MISSING, Segment, SegmentKind, fill, joined, text

Named = tuple[str, str]
"""A name and what stands for it: an input and its argument, an output and its variable."""

Translate = Callable[[str, str], str]
"""Context and English text to the text in another language, as `QCoreApplication.translate`."""

TITLES: Final = "catalog.titles"
"""Translation context of the titles in resources/catalog/forms."""

SENTENCES: Final = "catalog.sentences"
"""Translation context of resources/catalog/summaries.jsonl."""

MOST_LISTED: Final = 3
"""How many arguments a line lists that have no place in a sentence."""

_DYNAMIC: Final = frozenset({"external.invokecloudconnector", "external.runflow"})
"""Actions whose parameters depend on what they call."""


@dataclass(frozen=True, slots=True)
class Summary:
    """An action or statement in words: its title, and one line of what it does in this place."""

    title: str
    segments: tuple[Segment, ...]

    @property
    def line(self) -> str:
        """The line as plain text; empty where the title says it all."""
        return "".join(segment.text for segment in self.segments)


def untranslated(_context: str, english: str) -> str:
    """Return the English text itself: a `Translate` for English."""
    return english


def action_title(action_id: str, translate: Translate = untranslated) -> str:
    """Return the designer's title of an action, or words made from an id that is not known."""
    form = load().form(action_id)
    if form:
        return translate(TITLES, form.title)
    module, _, rest = action_id.partition(".")
    return readable(rest.partition(".")[0] or module)


def summarise(
    action_id: str,
    arguments: Sequence[Named],
    results: Sequence[Named] = (),
    *,
    flow_name: str = "",
    translate: Translate = untranslated,
) -> Summary:
    """Say what an action does.

    Args:
        action_id: As the script writes it; it need not be known.
        arguments: Inputs and their arguments as they are to be shown, secrets masked already.
        results: Outputs and the variables that they go to.
        flow_name: For `Run desktop flow`, the name of the flow where it is known.
        translate: Where the words come from in another language.

    Returns:
        Title and line. The line ends in the variables that are written: ``… → Response, Status``.
    """
    values = argument_segments(arguments)
    form = load().form(action_id)
    own = sentence(action_id)
    if own is None:
        segments = list(_labelled(_most_telling(form, values)))
    elif form and action_id.lower() in _DYNAMIC:
        segments = fill(translate(SENTENCES, own), values | _external_names(values, flow_name))
        segments += listed(value for name, value in values.items() if not form.input(name))
    else:
        segments = fill(translate(SENTENCES, own), values)
    return Summary(
        action_title(action_id, translate), joined([*segments, *result_segments(results)])
    )


def argument_segments(arguments: Iterable[Named]) -> dict[str, Segment]:
    """Return arguments as segments by lower-case name; of two with one name the last counts."""
    return {name.lower(): Segment(SegmentKind.ARGUMENT, shown, name) for name, shown in arguments}


def result_segments(results: Iterable[Named]) -> Iterator[Segment]:
    """Yield the end of a line: an arrow and the variables that are written."""
    for index, (name, variable) in enumerate(results):
        yield text(", " if index else " → ")
        yield Segment(SegmentKind.VARIABLE, variable, name)


def listed(values: Iterable[Segment]) -> Iterator[Segment]:
    """Yield arguments in brackets, by the names that the script gives them."""
    full = [value for value in values if not value.empty]
    for index, value in enumerate(full[:MOST_LISTED]):
        yield text(f"{', ' if index else ' ('}{value.name}: ")
        yield value
    if full:
        yield text(f", {MISSING})" if len(full) > MOST_LISTED else ")")


def _external_names(values: Mapping[str, Segment], flow_name: str) -> dict[str, Segment]:
    """Return what a flow or connector is called, in place of the ids that the script has."""
    shown = {name: value.text.strip(QUOTES) for name, value in values.items()}
    names = {
        "ConnectorId": connector_name(shown.get("connectorid", "")),
        "OperationId": shown.get("operationid", ""),
        "FlowId": flow_name or shown.get("flowid", ""),
    }
    return {
        name.lower(): Segment(SegmentKind.ARGUMENT, words, name) for name, words in names.items()
    }


def _most_telling(
    form: ActionForm | None, values: Mapping[str, Segment]
) -> list[tuple[str, Segment]]:
    """Return labels and arguments: required texts without a default come first."""
    full = [
        (form.input(value.name) if form else None, value)
        for value in values.values()
        if not value.empty
    ]
    full.sort(key=lambda pair: _rank(pair[0]))
    return [
        (parameter.label if parameter else readable(value.name), value)
        for parameter, value in full[:MOST_LISTED]
    ]


def _rank(parameter: Parameter | None) -> tuple[bool, bool, bool]:
    if parameter is None:
        return (False, False, False)
    return (parameter.default is not None, not parameter.required, parameter.type != "String")


def _labelled(values: Iterable[tuple[str, Segment]]) -> Iterator[Segment]:
    for index, (label, value) in enumerate(values):
        yield text(f"{', ' if index else ''}{label}: ")
        yield value
