"""A script as it is shown: secrets masked, what is too long cut, line breaks as Qt has them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from heapq import merge

from padguard.foundation.masked import MASK

Span = tuple[int, int]
Replacement = tuple[int, int, str]

LONGEST_LINE = 4_000
"""Characters of a line that are shown; Qt takes seconds to lay out a line of a megabyte."""

BITE = 1_000
"""Replacements made between two chances for the window to do something else."""

_BREAK = re.compile("\r\n|[\n\r\x00\u2028\u2029\ufdd0\ufdd1]")
_SHOWN = {
    **dict.fromkeys(("\r\n", "\r"), "\n"),
    "\x00": "\u2400",
    "\u2028": "\u21b5",
    "\u2029": "\u00b6",
    **dict.fromkeys(("\ufdd0", "\ufdd1"), "\ufffd"),
}
"""What Qt would take for something else, and what stands for it."""


class Projection:
    """Maps the characters of a script to those on the screen, and back.

    The text of a widget is never the script: Qt changes line breaks and some other characters,
    and secrets are not in it at all. Offsets count Python's characters on both sides, columns
    the UTF-16 units of Qt.

    Attributes:
        text: What is shown; its lines end in a line feed.
    """

    def __init__(self) -> None:
        # Stretches that are shown as they stand: where they start on both sides, how long they are.
        self._script_starts = [0]
        self._shown_starts = [0]
        self._lengths = [0]
        self._line_starts = [0]
        self._wide = False
        self.text = ""

    def build(self, script: str, masked: Iterable[Span], cut: str) -> Iterator[None]:
        """Project a script, pausing now and then; nothing may be asked before it is done.

        Args:
            script: The text of the script.
            masked: Spans of it, in order, that are shown as a mask.
            cut: What stands for the rest of a line that is too long.
        """
        parts: list[str] = []
        lengths: list[int] = []
        position = shown_length = 0
        for count, (start, end, shown) in enumerate(_replacements(script, masked, cut)):
            parts += (script[position:start], shown)
            lengths.append(start - position)
            shown_length += start - position + len(shown)
            position = end
            self._script_starts.append(position)
            self._shown_starts.append(shown_length)
            if count % BITE == BITE - 1:
                yield
        parts.append(script[position:])
        self._lengths = [*lengths, len(script) - position]
        self.text = "".join(parts)
        yield
        self._line_starts += (found.end() for found in re.finditer("\n", self.text))
        self._wide = len(self.text.encode("utf-16-le", "surrogatepass")) > 2 * len(self.text)

    def to_shown(self, offset: int) -> int:
        """Return where a character of the script is shown; what is replaced starts there."""
        return self._map(offset, self._script_starts, self._shown_starts)

    def to_script(self, offset: int) -> int:
        """Return which character of the script is shown at an offset."""
        return self._map(offset, self._shown_starts, self._script_starts)

    @property
    def lines(self) -> int:
        """How many lines are shown."""
        return len(self._line_starts)

    def line_start(self, line: int) -> int:
        """Return the offset at which a line, counted from 0, starts."""
        return self._line_starts[line]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return the line, counted from 0, and the column in UTF-16 units of a shown character."""
        line = bisect_right(self._line_starts, offset) - 1
        return line, self._units(self._line_starts[line], offset)

    def offset(self, line: int, column: int) -> int:
        """Return the shown character at a line and a column in UTF-16 units."""
        start = self._line_starts[line]
        if not self._wide:
            return start + column
        units = self.text[start : start + column].encode("utf-16-le", "surrogatepass")
        return start + len(units[: 2 * column].decode("utf-16-le", "ignore"))

    def _units(self, start: int, end: int) -> int:
        if not self._wide:
            return end - start
        return len(self.text[start:end].encode("utf-16-le", "surrogatepass")) // 2

    def _map(self, offset: int, origin: list[int], target: list[int]) -> int:
        stretch = bisect_right(origin, offset) - 1
        return target[stretch] + min(offset - origin[stretch], self._lengths[stretch])


def _replacements(script: str, masked: Iterable[Span], cut: str) -> Iterator[Replacement]:
    """Yield what is shown otherwise, in order and apart."""
    masks = ((start, end, MASK) for start, end in masked)
    position = 0
    for start, end, shown in merge(_breaks(script, cut), masks):
        if end > position:
            yield max(start, position), end, shown
            position = end


def _breaks(script: str, cut: str) -> Iterator[Replacement]:
    """Yield line breaks and other characters that Qt would change, and the rests of long lines."""
    line_start = 0
    for found in _BREAK.finditer(script):
        start, end = found.span()
        source = found.group()
        if source in ("\n", "\r\n", "\r"):
            yield from _rest(line_start, start, cut)
            line_start = end
        if source != "\n":
            yield start, end, _SHOWN[source]
    yield from _rest(line_start, len(script), cut)


def _rest(start: int, end: int, cut: str) -> Iterator[Replacement]:
    if end - start > LONGEST_LINE:
        yield start + LONGEST_LINE, end, cut
