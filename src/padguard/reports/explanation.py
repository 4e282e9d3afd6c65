"""What a rule says of itself, taken apart into its headings."""

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import Final

from padguard.rules.rule import Rule

HEADINGS: Final = (
    "What it finds",
    "Why it matters",
    "Example",
    "Fixed",
    "Fixes",
    "Source",
)
ROBIN: Final = frozenset({"Example", "Fixed"})
"""The headings under which there is Robin text, whose lines stay as they are."""

_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a rule's explanation with what stands under it."""

    heading: str
    text: str

    @property
    def is_robin(self) -> bool:
        """Whether the text is an example in Robin."""
        return self.heading in ROBIN


def sections(rule: Rule) -> list[Section]:
    """Return what a rule says of itself; running text has no line breaks of its own."""
    _, *parts = _HEADING.split(rule.explanation)
    found: list[Section] = []
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        text = dedent(body).strip()
        found.append(Section(heading, text if heading in ROBIN else _unwrapped(text)))
    return found


def section(rule: Rule, heading: str) -> str:
    """Return what stands under one heading, or "" where a rule does not have it."""
    return next((found.text for found in sections(rule) if found.heading == heading), "")


def _unwrapped(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
