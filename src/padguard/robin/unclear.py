"""What can be wrong with a line of code."""

import re

from padguard.foundation.messages import Message, mark
from padguard.robin.tokens import KEYWORDS, RawToken, TokenKind

PERCENT = mark("robin", "A percent sign stands alone; write %% for the sign itself.")
BACKSLASH_PERCENT = mark("robin", "The backslash before a %variable% must be written twice.")
PERCENT_OUTSIDE = mark(
    "robin", "Percent signs belong only inside text. Write the name or expression without them."
)
UNEXPECTED = mark("robin", "{text} is not expected here.")
NAME_UNEXPECTED = mark("robin", "This name is not expected here.")
VALUE_UNEXPECTED = mark("robin", "This value is not expected here.")
NEVER_ENDS = mark("robin", "The quotes that are opened here are never closed.")
ESCAPED_CLOSING = mark("robin", "The backslash before the closing quotes must be written twice.")
ENDS_EARLY = mark("robin", "Something is missing at the end.")
TOO_DEEP = mark("robin", "The expression is nested too deeply to be read.")

_OPENED = re.compile(r"(?i:\$'''|\$fx'|P?')[^\r\n]*")


class UnclearError(Exception):
    """The text between two offsets is not Robin; never leaves the package."""

    def __init__(self, start: int, end: int, message: Message) -> None:
        super().__init__()
        self.start = start
        self.end = end
        self.message = message


def unexpected(text: str, token: RawToken) -> Message:
    """Say what is wrong with a token that cannot stand where it stands.

    The text of a literal may be a secret and is no part of the message; where quotes are missing,
    a word may be a part of one too, so only words of the language are quoted.
    """
    kind, start, end, word = token
    if word:
        quotable = word in KEYWORDS or end - start == 1
        return UNEXPECTED(text=text[start:end]) if quotable else NAME_UNEXPECTED
    if kind != TokenKind.ERROR:
        return VALUE_UNEXPECTED
    if text[start] == "%":
        return PERCENT_OUTSIDE
    line = _OPENED.match(text, start)
    if line:
        return ESCAPED_CLOSING if "\\'''" in line[0] else NEVER_ENDS
    return UNEXPECTED(text=text[start])
