"""What every detector is given: a text, what is known of it, and the words that count."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from padguard.analysis.secrets.judging import Position, weigh
from padguard.analysis.secrets.model import SCRIPTS, Carrier, SecretPart
from padguard.analysis.secrets.names import NameVerdict, name_verdict
from padguard.analysis.secrets.vocabulary import Vocabulary
from padguard.foundation.messages import Message

MAX_PARTS = 500
"""No text needs more findings than a person can read; a hostile one shall not take for ever."""


@dataclass(frozen=True)
class Context:
    """A text to be searched; offsets of everything found count its characters.

    Attributes:
        text: The text; interpolated expressions are the character `HOLE`.
        hint: What it is as far as that is known, else ``Carrier.TEXT``.
        vocabulary: Whose words say what is secret.
    """

    text: str
    hint: Carrier
    vocabulary: Vocabulary

    @property
    def in_prompt(self) -> bool:
        """Whether the text speaks to a person, so that sample values are no secrets."""
        return self.hint is Carrier.SENTENCE

    @property
    def is_script(self) -> bool:
        """Whether text without quotes is code."""
        return self.hint in SCRIPTS

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def line(self, offset: int, reach: int = 400) -> tuple[int, int]:
        """Return where the line of a character starts and ends, but no further than ``reach``."""
        starts = self._line_starts
        index = bisect_left(starts, offset + 1)
        first = max(starts[index - 1], offset - reach)
        last = starts[index] - 1 if index < len(starts) else len(self.text)
        return first, min(last, offset + reach)

    def verdict(self, name: str) -> NameVerdict:
        """Return what a name says of its value."""
        return name_verdict(name, self.vocabulary)

    def weigh(
        self,
        span: tuple[int, int],
        verdict: NameVerdict,
        position: Position,
        carrier: Carrier,
        reason: Message,
        name: str = "",
    ) -> SecretPart | None:
        """Return the part that is a secret, or None; see `judging.weigh`."""
        return weigh(
            self.text, span, verdict, position, carrier, reason, name, in_prompt=self.in_prompt
        )
