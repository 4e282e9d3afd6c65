"""What every detector is given: a text, what is known of it, and the words that count."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from padguard.analysis.secrets.judging import Position, weigh
from padguard.analysis.secrets.model import SCRIPTS, Carrier, SecretPart
from padguard.analysis.secrets.names import NameVerdict, name_verdict
from padguard.analysis.secrets.vocabulary import Vocabulary
from padguard.analysis.secrets.words import fold, fold_aligned
from padguard.foundation.messages import Message

MAX_PLACES = 1000
"""So many places of a text each detector looks at closely: more than people ever write secrets
into one, few enough that no hostile text takes long."""


_DOUBLE = re.compile(r'(?<!\\)"')
_SINGLE = re.compile(r"(?<!\\)(?:'(?<![^\W\d_]')|'(?![^\W\d_])|(?<=\b[NrRbBufF])')")
"""An apostrophe between letters is no quotation mark."""


_COMMENT = re.compile(r"(?:^|\s)(?:\#|//|--|'|\brem\b|::)(?!\S*[\"']\s*\))", re.IGNORECASE)
_CODE = SCRIPTS | {Carrier.SQL}


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

    @cached_property
    def lower(self) -> str:
        """The text in lower case, to ask what is in it; offsets may differ."""
        return self.text.lower()

    @cached_property
    def aligned(self) -> str:
        """The text in lower case and without accents, character for character."""
        return fold_aligned(self.text)

    @cached_property
    def speaks(self) -> bool:
        """Whether any word of the text can say secret."""
        folded = self.aligned if self.text.isascii() else fold(self.text).lower()
        return self.vocabulary.speaks(folded)

    def has(self, *pieces: str) -> bool:
        """Return whether one of some pieces, in lower case, is in the text."""
        return any(piece in self.lower for piece in pieces)

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

    @cached_property
    def _quotes(self) -> dict[str, list[int]]:
        return {
            '"': [match.start() for match in _DOUBLE.finditer(self.text)],
            "'": [match.start() for match in _SINGLE.finditer(self.text)],
        }

    def closes_quotes(self, offset: int) -> bool:
        """Return whether the quotation mark at ``offset`` ends a text begun on its line.

        In ``"Password=" & secret`` no value follows the equals sign.
        """
        quotes = self._quotes.get(self.text[offset : offset + 1])
        if quotes is None:
            return False
        line_start = self._line_starts[bisect_left(self._line_starts, offset + 1) - 1]
        return (bisect_left(quotes, offset) - bisect_left(quotes, line_start)) % 2 == 1

    def in_string(self, offset: int) -> bool:
        """Return whether a place lies within quotation marks begun on its line."""
        line_start = self._line_starts[bisect_left(self._line_starts, offset + 1) - 1]
        return any(
            (bisect_left(places, offset) - bisect_left(places, line_start)) % 2 == 1
            for places in self._quotes.values()
        )

    def in_comment(self, offset: int) -> bool:
        """Return whether a place lies in a comment that ends its line, of any script language."""
        start, _ = self.line(offset)
        return bool(_COMMENT.search(self.text[start:offset]))

    def is_code(self, offset: int) -> bool:
        """Return whether a place lies in a script, outside of strings and comments."""
        if self.hint not in _CODE:
            return False
        return not self.in_string(offset) and not self.in_comment(offset)

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
