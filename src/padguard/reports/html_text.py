"""Texts of an export made fit for a page: nothing invisible, nothing endless, nothing reordered."""

import re
from typing import Final

from padguard.foundation.messages import Message

LONGEST: Final = 300
"""Characters of one name or text within a sentence; what is longer is cut in its middle."""

WHOLE: Final = "secret"
"""The placeholder that is never cut: whoever asks for secrets wants all of them."""

_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # reorder what stands around them
    "\ud800-\udfff\ufffe\uffff]"  # no characters
)
_BREAKS: Final = re.compile("\r\n|[\r\u2028\u2029]")


def fit(text: str) -> str:
    """Return a text without what is no text, and without what changes the order of characters.

    Lines end with a line feed; letters of all languages and their joiners stay.
    """
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub("\n", text))


def brief(text: str, longest: int = LONGEST) -> str:
    """Return a text as it is, or its two ends where it is longer than ``longest`` characters."""
    if len(text) <= longest:
        return text
    half = (longest - 1) // 2
    return f"{text[: longest - 1 - half]}…{text[len(text) - half :]}"


def sentence(words: Message | str) -> str:
    """Return a sentence that is fit for a page, the texts within it cut where they are endless."""
    return fit(words if isinstance(words, str) else str(shortened(words)))


def shortened(message: Message) -> Message:
    """Return a message whose texts are `brief`, also in messages within it."""
    return Message(
        message.context,
        message.text,
        {name: _shortened(name, value) for name, value in message.params.items()},
    )


def _shortened(name: str, value: object) -> object:
    if isinstance(value, Message):
        return shortened(value)
    return brief(value) if isinstance(value, str) and name != WHOLE else value
