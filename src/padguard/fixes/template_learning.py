"""Learns how the designer writes the actions that retrieve secrets."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from padguard.fixes.rows import notes_of
from padguard.fixes.template import (
    Retrieval,
    Template,
    Templates,
    check_action,
    check_template,
    normalised,
)
from padguard.flow.build import build_flow
from padguard.flow.model import Action, Flow
from padguard.flow.typing import CREDENTIAL, is_get_credential
from padguard.foundation.errors import EditError
from padguard.foundation.messages import mark
from padguard.robin.expressions import Literal, parse_expression
from padguard.robin.literals import content_span, decode_text
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Clause, Kind, Role

NOT_HERE = mark(
    "fixes",
    "Get credential is not in this text. Add it in the designer, copy the row, and paste it here.",
)
ONE_ROW = mark(
    "fixes",
    "Paste exactly one action: copy only the row of Retrieve environment variable in the designer.",
)
NO_NAME = mark(
    "fixes",
    "The action holds no fixed text that could be the name of the credential. Choose the "
    "credential by its name in the designer, not by a variable, and copy the row again.",
)
WHICH = mark(
    "fixes",
    "The action holds several texts. Say which of its inputs holds the name of the credential: "
    "{inputs}.",
)
NO_SUCH_INPUT = mark("fixes", "The action has no input {name} with a fixed text. It has: {inputs}.")
BY_ID = mark(
    "fixes",
    "The action names the credential by an id, which is different for every credential, so nothing "
    "can be learned from it. Add Get credential by hand.",
)
IN_ANNOTATION = mark(
    "fixes",
    "A line above the action ({line}) also speaks of the credential, in a way that is not "
    "understood, so nothing can be learned from it.",
)
NOT_SAME = mark(
    "fixes",
    "The action could not be written again as it stands there, so nothing was learned. Try it with "
    "a credential whose name has only letters and digits.",
)

_ID: Final = re.compile(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)
_TEXTS: Final = frozenset({TokenKind.TEXT, TokenKind.QUOTED, TokenKind.TRIPLE, TokenKind.FX})
_OF_THE_PLACE: Final = frozenset({"source", "copilotgeneratedaction"})  # how the row came about


class NameText(NamedTuple):
    """A fixed text that an action is given; offsets count characters of the script."""

    input: str
    value: str
    start: int
    end: int


def is_retrieval(action: Action) -> bool:
    """Tell whether an action is Get credential: by its id, or by giving a credential alone."""
    statement = action.statement
    if statement.kind is not Kind.ACTION or len(action.writes) != 1:
        return False
    results = [clause for clause in statement.clauses if clause.role is Role.RESULT]
    return len(results) == 1 and (
        is_get_credential(statement.action) or action.writes[0].type_name == CREDENTIAL
    )


def learn(flow: Flow, product: str = "") -> Templates:
    """Return what the script of a flow shows of Get credential.

    Args:
        flow: The flow.
        product: The version of the product that wrote it, or "".
    """
    for action in flow.actions:
        if action.statement.action and is_retrieval(action):
            try:
                return Templates(credential=_learned(flow, action, "", product))
            except EditError:
                continue  # another row may show it better
    return Templates()


def learn_from_text(
    text: str, retrieval: Retrieval, *, input_name: str = "", product: str = ""
) -> Template:
    """Return the template that a text shows.

    Args:
        text: Robin text, as copied from the designer.
        retrieval: Which action to learn. Retrieve environment variable is known by being the only
            action of the text: its id is not documented.
        input_name: The input that holds the name; needed where several hold a text.
        product: The version of the product that wrote it, or "".

    Raises:
        EditError: Nothing can be learned; the message says why, and what to do.
    """
    flow = build_flow("", "", text)
    calls = [action for action in flow.actions if action.statement.kind is Kind.ACTION]
    if retrieval is Retrieval.CREDENTIAL:
        calls = [
            action
            for action in calls
            if is_get_credential(action.statement.action) or is_retrieval(action)
        ]
        if not calls:
            raise EditError(NOT_HERE)
    elif len(calls) != 1:
        raise EditError(ONE_ROW)
    first: EditError | None = None
    for action in calls:
        try:
            return _learned(flow, action, input_name, product)
        except EditError as error:
            first = first or error
    raise first or EditError(NOT_HERE)


def credential_name(flow: Flow, action: Action) -> str:
    """Return the name of what an action retrieves, or "" where that is not clear."""
    texts = name_texts(flow, action)
    return texts[0].value if len(texts) == 1 else ""


def name_texts(flow: Flow, action: Action) -> list[NameText]:
    """Return the fixed texts that an action is given, without those that are empty."""
    found = (_fixed_text(flow, action, clause) for clause in action.statement.clauses)
    return [text for text in found if text is not None and text.value.strip()]


def _fixed_text(flow: Flow, action: Action, clause: Clause) -> NameText | None:
    if clause.role is not Role.ARGUMENT:
        return None
    start, end = action.statement.start + clause.start, action.statement.start + clause.end
    found = parse_expression(flow.script.text, start, end)
    if not isinstance(found, Literal) or found.kind not in _TEXTS or found.parts:
        return None
    source = flow.script.text[start:end]
    first, last = content_span(source)
    value = decode_text(source)
    if found.kind is TokenKind.FX and value.startswith("="):
        return None
    if found.kind is TokenKind.TEXT:
        value = value.replace("%%", "%")
    return NameText(clause.name, value, start + first, start + last)


def _learned(flow: Flow, action: Action, input_name: str, product: str) -> Template:
    check_action(action.statement)
    name = _chosen(name_texts(flow, action), input_name)
    if _ID.fullmatch(name.value.strip()):
        raise EditError(BY_ID)
    result = next(c for c in action.statement.clauses if c.role is Role.RESULT)
    variable = flow.script.clause_text(action.statement, result)
    first, last = action.statement.start + result.start, action.statement.start + result.end
    own = _with_gaps(
        flow.script.text,
        action.statement.start + action.statement.code,
        action.statement.end,
        [(name.start, name.end, "{credential}"), (first, last, "{variable}")],
    )
    written = [*_annotations(flow, action, name.value), own]
    template = Template("\n".join(gaps for gaps, _ in written), product)
    check_template(template)
    if template.render(name.value, variable) != "\n".join(source for _, source in written):
        raise EditError(NOT_SAME)
    return template


def _chosen(texts: Sequence[NameText], input_name: str) -> NameText:
    inputs = ", ".join(text.input for text in texts)
    if not texts:
        raise EditError(NO_NAME)
    if input_name:
        for text in texts:
            if text.input.casefold() == input_name.casefold():
                return text
        raise EditError(NO_SUCH_INPUT(name=input_name, inputs=inputs))
    if len(texts) > 1:
        raise EditError(WHICH(inputs=inputs))
    return texts[0]


def _annotations(flow: Flow, action: Action, name: str) -> Iterator[tuple[str, str]]:
    """Yield the lines above an action, with a gap where they name the credential, and as written.

    Raises:
        EditError: One of them speaks of the credential in another way.
    """
    for statement in notes_of(flow, action):
        clause = statement.clauses[0]
        if clause.name.casefold() in _OF_THE_PLACE:
            continue
        value = flow.script.clause_text(statement, clause)
        start = statement.start + clause.start
        gaps = []
        if name in value:
            if not value.startswith("'") or decode_text(value) != name:
                raise EditError(IN_ANNOTATION(line=clause.name))
            gaps = [(start + 1, start + len(value) - 1, "{credential}")]
        begin = statement.start + statement.code
        yield _with_gaps(flow.script.text, begin, statement.end, gaps)


def _with_gaps(
    text: str, start: int, end: int, gaps: Sequence[tuple[int, int, str]]
) -> tuple[str, str]:
    """Return a stretch of text with some of it replaced, and as it stands, both trimmed."""
    parts: list[str] = []
    position = start
    for first, last, gap in sorted(gaps):
        parts += (text[position:first], gap)
        position = last
    parts.append(text[position:end])
    return normalised("".join(parts)).strip(), normalised(text[start:end]).strip()
