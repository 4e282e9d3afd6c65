"""Sentences with gaps, filled with segments so that a view can draw each part its own way.

A template is a whole sentence: ``Send email to {SendTo}[, subject {Subject}]``. ``{Name}`` is a
gap; what stands in ``[…]`` is left out unless all of its gaps can be filled. Whole sentences can be
translated: a translation may move its gaps and brackets.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

MISSING: Final = "…"
"""Stands where a sentence needs a value that the script does not give."""

_GROUP = re.compile(r"\[([^\]]*)\]")
_GAP = re.compile(r"\{(\w+)\}")


class SegmentKind(Enum):
    """What a part of a summary is."""

    TEXT = "text"
    ARGUMENT = "argument"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a summary.

    ``name`` is the input or output that an argument or variable stands for, else empty.
    """

    kind: SegmentKind
    text: str
    name: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read: no text, or quotes around nothing."""
        return not self.text.strip(" '\"“”")


Group = tuple[bool, tuple[str, ...]]
"""Whether a stretch is optional, and its literals and gap names in turns, a literal first."""


@lru_cache(maxsize=2048)
def _groups(template: str) -> tuple[Group, ...]:
    stretches = _GROUP.split(template)
    return tuple(
        (index % 2 == 1, tuple(_GAP.split(stretch))) for index, stretch in enumerate(stretches)
    )


def text(words: str) -> Segment:
    """Return words of the sentence itself as a segment."""
    return Segment(SegmentKind.TEXT, words)


def fill(template: str, values: Mapping[str, Segment]) -> list[Segment]:
    """Return the segments of a template with its gaps filled.

    Args:
        template: A sentence with gaps.
        values: What fills them, by lower-case name. Empty ones count as missing.
    """
    segments: list[Segment] = []
    for optional, parts in _groups(template):
        filling = [values.get(name.lower()) for name in parts[1::2]]
        usable = [value if value and not value.empty else None for value in filling]
        if optional and None in usable:
            continue
        segments.append(text(parts[0]))
        for value, words in zip(usable, parts[2::2], strict=True):
            segments += (value or text(MISSING), text(words))
    return segments


def joined(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the segments with neighbouring texts made one and empty texts left out."""
    result: list[Segment] = []
    for segment in segments:
        if segment.kind is not SegmentKind.TEXT:
            result.append(segment)
        elif result and result[-1].kind is SegmentKind.TEXT:
            result[-1] = text(result[-1].text + segment.text)
        elif segment.text:
            result.append(segment)
    return tuple(result)
