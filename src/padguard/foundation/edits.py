"""Changes to a text, as data: which characters give way to which."""

from collections.abc import Iterable
from dataclasses import dataclass

from padguard.foundation.errors import EditError
from padguard.foundation.messages import mark

OVERLAP = mark("foundation", "Two changes touch the same text (at character {start}).")
OUTSIDE = mark("foundation", "A change lies outside the text (at character {start}).")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the characters ``start`` up to ``end`` of a text by ``text``.

    Offsets count characters of the text before any edit. ``start == end`` inserts.
    """

    start: int
    end: int
    text: str


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """Return ``source`` with all ``edits`` applied at once.

    Raises:
        EditError: Two edits overlap, or one lies outside the text; nothing is applied then.
    """
    parts: list[str] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position:
            raise EditError(OVERLAP(start=edit.start))
        if not edit.start <= edit.end <= len(source):
            raise EditError(OUTSIDE(start=edit.start))
        parts += (source[position : edit.start], edit.text)
        position = edit.end
    parts.append(source[position:])
    return "".join(parts)
