"""What a statement that is no action does, in one line and in the manner of the designer."""

from collections.abc import Iterable
from typing import Final

from padguard.catalog.sentences import QUOTES
from padguard.catalog.summary import Summary, Translate, listed, result_segments, untranslated
from padguard.catalog.templates import Segment, SegmentKind, fill, joined, text
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Clause, Kind, Role

_TITLES: Final = {
    Kind.ACTION: mark("statements", "Action"),
    Kind.SET: mark("statements", "Set variable"),
    Kind.IF: mark("statements", "If"),
    Kind.ELSE_IF: mark("statements", "Else if"),
    Kind.ELSE: mark("statements", "Else"),
    Kind.SWITCH: mark("statements", "Switch"),
    Kind.CASE: mark("statements", "Case"),
    Kind.DEFAULT: mark("statements", "Default case"),
    Kind.LOOP: mark("statements", "Loop"),
    Kind.LOOP_FOREACH: mark("statements", "For each"),
    Kind.LOOP_WHILE: mark("statements", "Loop condition"),
    Kind.EXIT_LOOP: mark("statements", "Exit loop"),
    Kind.NEXT_LOOP: mark("statements", "Next loop"),
    Kind.BLOCK: mark("statements", "On block error"),
    Kind.ON_BLOCK_ERROR: mark("statements", "If the block fails"),
    Kind.ON_ERROR: mark("statements", "If the action fails"),
    Kind.READ_ERROR: mark("statements", "Get last error"),
    Kind.END: mark("statements", "End"),
    Kind.FUNCTION: mark("statements", "Subflow"),
    Kind.END_FUNCTION: mark("statements", "End of subflow"),
    Kind.CALL: mark("statements", "Run subflow"),
    Kind.LABEL: mark("statements", "Label"),
    Kind.GOTO: mark("statements", "Go to"),
    Kind.WAIT: mark("statements", "Wait"),
    Kind.EXIT: mark("statements", "Stop flow"),
    Kind.EXIT_FUNCTION: mark("statements", "Exit subflow"),
    Kind.THROW: mark("statements", "Throw error"),
    Kind.REPEAT_BLOCK: mark("statements", "Repeat block"),
    Kind.REPEAT_ACTION: mark("statements", "Repeat action"),
    Kind.REGION: mark("statements", "Region"),
    Kind.END_REGION: mark("statements", "End region"),
    Kind.COMMENT: mark("statements", "Comment"),
    Kind.BLANK: mark("statements", "Blank line"),
    Kind.ANNOTATION: mark("statements", "Annotation"),
    Kind.IMPORT: mark("statements", "Import"),
    Kind.SENSITIVE: mark("statements", "Sensitive variables"),
    Kind.INPUT: mark("statements", "Input variable"),
    Kind.OUTPUT: mark("statements", "Output variable"),
    Kind.FOOTER: mark("statements", "Captured UI elements"),
    Kind.OPAQUE: mark("statements", "Not understood"),
}

_SENTENCES: Final = {
    Kind.SET: mark("statements", "Set {target} to {value}"),
    Kind.IF: mark("statements", "If {value} then"),
    Kind.ELSE_IF: mark("statements", "Else if {value} then"),
    Kind.SWITCH: mark("statements", "Switch on {value}"),
    Kind.CASE: mark("statements", "Case[ {operator}] {value}"),
    Kind.LOOP: mark("statements", "Loop[ {target}] from {from} to {to}[ in steps of {step}]"),
    Kind.LOOP_FOREACH: mark("statements", "For each {target} in {value}"),
    Kind.LOOP_WHILE: mark("statements", "Loop while {value}"),
    Kind.BLOCK: mark("statements", "Catch errors[ in {name}]"),
    Kind.ON_BLOCK_ERROR: mark("statements", "[Errors caught: {name}]"),
    Kind.ON_ERROR: mark(
        "statements", "[Errors caught: {name}][Try again {repeat} times, {wait} seconds apart]"
    ),
    Kind.READ_ERROR: mark("statements", "Get the last error of the flow"),
    Kind.FUNCTION: mark("statements", "{name}"),
    Kind.CALL: mark("statements", "Run the subflow {name}"),
    Kind.LABEL: mark("statements", "{name}"),
    Kind.GOTO: mark("statements", "Go to the label {name}"),
    Kind.WAIT: mark("statements", "Wait {value} seconds"),
    Kind.EXIT: mark("statements", "Stop the flow[ with the error {errormessage}]"),
    Kind.REGION: mark("statements", "[{words}]"),
    Kind.COMMENT: mark("statements", "[{words}]"),
}
"""Gaps are named by `_part`; kinds without a sentence have a title only."""

Shown = tuple[Clause, str]
"""A clause of a statement and how it is shown, secrets masked already."""


def statement_title(kind: Kind) -> Message:
    """Return the designer's name of a kind of statement."""
    return _TITLES[kind]


def summarise_statement(
    kind: Kind,
    clauses: Iterable[Shown] = (),
    *,
    words: str = "",
    translate: Translate = untranslated,
) -> Summary:
    """Say what a statement does that is no action; for an action within one there is `summarise`.

    Args:
        kind: The kind of statement.
        clauses: Its clauses, and how each is shown.
        words: What a comment or region says.
        translate: Where the words come from in another language.

    Returns:
        Title and line; the line is empty where the title says it all.
    """
    clauses = list(clauses)
    title = statement_title(kind)
    sentence = _SENTENCES.get(kind)
    values = {segment.name: segment for segment in map(_part, clauses)}
    values["operator"] = _operator(clauses)
    values["words"] = Segment(SegmentKind.ARGUMENT, words, "words")
    segments = fill(translate(sentence.context, sentence.text), values) if sentence else []
    if kind is Kind.CALL:
        segments += listed(map(_argument, _with_role(clauses, Role.ARGUMENT)))
    results = [(clause.name, shown) for clause, shown in _with_role(clauses, Role.RESULT)]
    return Summary(
        translate(title.context, title.text), joined([*segments, *result_segments(results)])
    )


def _part(part: Shown) -> Segment:
    """Return a clause as what fills the gap of its name."""
    clause, shown = part
    if clause.role is Role.TARGET:
        return Segment(SegmentKind.VARIABLE, shown, "target")
    if clause.role is Role.NAME:
        return Segment(SegmentKind.ARGUMENT, shown.strip(QUOTES), "name")
    has_keyword = clause.name.isalpha() and clause.name.upper() != "IN"
    if clause.role is Role.VALUE and not has_keyword:
        return Segment(SegmentKind.ARGUMENT, shown, "value")
    return Segment(SegmentKind.ARGUMENT, shown, clause.name.lower())


def _operator(clauses: Iterable[Shown]) -> Segment:
    """Return how a CASE compares, or an empty text."""
    names = (clause.name for clause, _ in _with_role(clauses, Role.VALUE))
    return text(next((name for name in names if name and not name.isalpha()), ""))


def _argument(part: Shown) -> Segment:
    clause, shown = part
    return Segment(SegmentKind.ARGUMENT, shown, clause.name)


def _with_role(clauses: Iterable[Shown], role: Role) -> list[Shown]:
    return [(clause, shown) for clause, shown in clauses if clause.role is role]
