"""A change as rows that a person pastes over the old ones, where the designer would take them."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from padguard.fixes.deliveries.blocks import Stretch, stretches
from padguard.fixes.deliveries.header import changed_subflows, changed_variables
from padguard.fixes.deliveries.rows import Row, RowChange, compared_rows
from padguard.fixes.deliveries.secrets import SecretTexts
from padguard.flow.masking import found_secrets
from padguard.flow.model import Flow
from padguard.flow.snippet import check_snippet
from padguard.foundation.messages import Message, mark

ORDER = mark(
    "fixes",
    "Paste the rows in this order: each number is the one that the designer shows when the steps "
    "before it are done.",
)
"""The convention of all row numbers; to be shown above the snippets."""

REPLACE_ROW = mark(
    "fixes",
    "In the subflow {subflow}, delete row {first} and paste the text so that it starts at row "
    "{first}.",
)
REPLACE_ROWS = mark(
    "fixes",
    "In the subflow {subflow}, select rows {first} to {last}, delete them, and paste the text so "
    "that it starts at row {first}.",
)
INSERT = mark("fixes", "In the subflow {subflow}, paste the text so that it starts at row {first}.")
DELETE_ROW = mark(
    "fixes", "In the subflow {subflow}, delete row {first}. Nothing is pasted in its place."
)
DELETE_ROWS = mark(
    "fixes",
    "In the subflow {subflow}, select rows {first} to {last} and delete them. Nothing is pasted "
    "in their place.",
)
HEADER = mark(
    "fixes",
    "Marks, inputs and outputs cannot be pasted. Take the mended export, or follow the steps by "
    "hand.",
)
SUBFLOW_ADDED = mark(
    "fixes", "The subflow {subflow} cannot be pasted as a whole. Add it in the designer first."
)
SUBFLOW_REMOVED = mark(
    "fixes", "That the subflow {subflow} is gone cannot be pasted. Delete it in the designer."
)
SECRET = mark(
    "fixes",
    "The rows around row {first} of the subflow {subflow} hold a secret in clear, so they are not "
    "handed out as text. Follow the steps by hand, or mend the secret first.",
)
NOT_SEARCHED = mark(
    "fixes",
    "Row {first} of the subflow {subflow} was not searched for secrets yet, so it is not handed "
    "out as text.",
)
NOT_TAKEN = mark(
    "fixes",
    "The designer would not take the rows around row {first} of the subflow {subflow} as a "
    "paste. {reason}",
)
_BARE_LINE_FEED = re.compile(r"(?<!\r)\n")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Rows that replace those of the flow before; see `ORDER` for how rows are counted.

    Attributes:
        subflow: The subflow to be opened.
        first: The first row that is replaced, and the row at which the text is pasted.
        last: The last row that is replaced; ``first - 1`` where none is.
        text: The rows as the designer copies them, in CRLF lines; empty where rows are only to be
            deleted. Never holds a secret that was found.
        message: What to delete and where to paste.
    """

    subflow: str
    first: int
    last: int
    text: str = field(repr=False)
    message: Message


@dataclass(frozen=True, slots=True)
class Snippets:
    """What of a change can be pasted, and why the rest cannot.

    Attributes:
        offered: In the order in which they are to be pasted; a part that is refused is taken for
            not yet made where their rows are counted.
        refused: Why parts of the change cannot be pasted, each once.
    """

    offered: tuple[Snippet, ...]
    refused: tuple[Message, ...]


def snippets(before: Flow, after: Flow, learned: Collection[str] = ()) -> Snippets:
    """Return the changed rows as Robin text to be pasted over the old ones.

    What is pasted is whole: blocks from head to END, actions with their error handlers and
    annotations. A part that the designer would drop or show with an error is refused, and so is
    one in which a secret stands in clear.

    Args:
        before: The flow as it was, searched for secrets.
        after: The flow as it is to be, searched for secrets.
        learned: Ids of actions that the designer is known to have; see `check_snippet`.
    """
    return _Cutter(before, after, learned).cut()


class _Cutter:
    """Cuts snippets out of a flow; used once and thrown away."""

    def __init__(self, before: Flow, after: Flow, learned: Collection[str]) -> None:
        self._before = before
        self._learned = learned
        self._after = after
        self._searched = before.secrets is not None and after.secrets is not None
        self._secrets = SecretTexts(before)
        self._offered: list[Snippet] = []
        self._refused: list[Message] = []

    def cut(self) -> Snippets:
        subflows = changed_subflows(self._before, self._after)
        for change in subflows:
            message = SUBFLOW_ADDED if change.added else SUBFLOW_REMOVED
            self._refused.append(message(subflow=change.name))
        gone = {change.name for change in subflows if not change.added}
        for part in compared_rows(self._before, self._after):
            if part and part[0].subflow not in gone:
                self._cut_subflow(part)
        if changed_variables(self._before, self._after):
            self._refused.append(HEADER)
        distinct = {str(message): message for message in self._refused}
        return Snippets(tuple(self._offered), tuple(distinct.values()))

    def _cut_subflow(self, part: list[RowChange]) -> None:
        position = count = 0  # in ``part``, and rows above as they are when the step is due
        for stretch in stretches(part):
            count += sum(change.after is not None for change in part[position : stretch.first])
            position = stretch.last + 1
            old, new = _sides(part, stretch)
            reason = self._reason(part[0].subflow, count + 1, new)
            if reason is None:
                self._offered.append(self._snippet(part[0].subflow, count + 1, old, new))
            else:
                self._refused.append(reason)
            count += len(new) if reason is None else len(old)

    def _snippet(self, subflow: str, first: int, old: list[Row], new: list[Row]) -> Snippet:
        last = first + len(old) - 1
        if new:
            message = INSERT if not old else REPLACE_ROW if first == last else REPLACE_ROWS
        else:
            message = DELETE_ROW if first == last else DELETE_ROWS
        told = message(subflow=subflow, first=first, last=last)
        return Snippet(subflow, first, last, self._text(new), told)

    def _reason(self, subflow: str, first: int, rows: list[Row]) -> Message | None:
        """Return why rows cannot be handed out, or None where they can."""
        if not rows:
            return None
        if not self._searched:
            return NOT_SEARCHED(subflow=subflow, first=first)
        text = self._text(rows)
        if any(found_secrets(self._after, rows[0].start, rows[-1].end)) or text in self._secrets:
            return SECRET(subflow=subflow, first=first)
        problems = check_snippet(text, self._after, self._learned)
        problem = next((found.message for found in problems), None)
        if problem is None:
            return None
        return NOT_TAKEN(subflow=subflow, first=first, reason=problem)

    def _text(self, rows: list[Row]) -> str:
        if not rows:
            return ""
        text = self._after.script.text[rows[0].start : rows[-1].end]
        text = _BARE_LINE_FEED.sub("\r\n", text)
        return text if text.endswith("\n") else f"{text}\r\n"


def _sides(part: list[RowChange], stretch: Stretch) -> tuple[list[Row], list[Row]]:
    """Return the rows of a stretch before and after."""
    changes = part[stretch.first : stretch.last + 1]
    return (
        [change.before for change in changes if change.before is not None],
        [change.after for change in changes if change.after is not None],
    )
