"""How commands talk: streams that can take any character, colours, progress, exit codes."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from io import TextIOWrapper
from typing import Final

import click

from padguard.foundation.messages import Message
from padguard.foundation.printable import printable
from padguard.foundation.progress import Progress

REFUSED: Final = 1
UNREADABLE: Final = 3
"""Exit codes of cli.md: 0 is all well, 2 (wrong usage) comes from click itself."""

REDRAW_SECONDS: Final = 0.1
BAR_WIDTH: Final = 20
COLUMNS: Final = 80


def prepare_streams() -> None:
    """Make standard output and error take every character.

    Windows gives a redirected stream the code page of the system, which lacks most characters:
    UTF-8 there, as other tools do, unless PYTHONIOENCODING says otherwise. Elsewhere the locale
    decides, and what it lacks is written as an escape.
    """
    encoding = "utf-8" if os.name == "nt" and "PYTHONIOENCODING" not in os.environ else None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


@dataclass(frozen=True, slots=True)
class Console:
    """What the person asked to hear; words go to standard error, results to standard output."""

    quiet: bool = False
    verbose: bool = False

    @property
    def colours(self) -> bool:
        """Whether results may be coloured: on a terminal, unless NO_COLOR is set."""
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def result(self, line: str = "") -> None:
        """Print one line of the result."""
        click.echo(line, color=self.colours)

    def write(self, text: str) -> None:
        """Print a part of the result that has line breaks of its own."""
        click.echo(text, nl=False, color=self.colours)

    @property
    def width(self) -> int:
        """How many columns a result may take: as many as the terminal has, elsewhere 80."""
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else COLUMNS

    def paint(self, text: str, colour: str) -> str:
        """Return a text in a colour, or as it is where colours are not wanted."""
        return click.style(text, fg=colour) if self.colours else text

    def tell(self, message: Message | str) -> None:
        """Say something about the work, unless it should be quiet."""
        if not self.quiet:
            click.echo(str(message), err=True)

    def complain(self, message: Message | str) -> None:
        """Say what went wrong; also when it should be quiet."""
        click.echo(f"padguard: {message}", err=True)

    @contextmanager
    def progress(self, name: str) -> Iterator[Progress]:
        """Show how far the work has got, on a terminal only, and leave nothing behind."""
        if self.quiet or not sys.stderr.isatty():
            yield Progress()
            return
        line = _ProgressLine(name)
        try:
            yield Progress(line.show)
        finally:
            line.clear()


class _ProgressLine:
    """One line on standard error that is drawn over and over."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._drawn = 0
        self._last = 0.0

    def show(self, done: int, total: int, doing: Message | None) -> None:
        """Draw the line, unless it was drawn just now."""
        now = time.monotonic()
        if now - self._last < REDRAW_SECONDS:
            return
        self._last = now
        filled = BAR_WIDTH * done // total if total else 0
        bar = f"[{'#' * filled}{'.' * (BAR_WIDTH - filled)}]"
        words = printable(f"{self._name} {doing or ''}")[:50]
        line = f"{bar} {words}"
        sys.stderr.write(f"\r{line.ljust(self._drawn)}")
        sys.stderr.flush()
        self._drawn = len(line)

    def clear(self) -> None:
        """Wipe the line out."""
        if self._drawn:
            sys.stderr.write(f"\r{' ' * self._drawn}\r")
            sys.stderr.flush()


def talks(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--quiet`` and ``--verbose``, and a `Console` as its first argument."""

    @click.option("-q", "--quiet", is_flag=True, help="Print results and errors only.")
    @click.option("-v", "--verbose", is_flag=True, help="Print more about what was done.")
    @wraps(command)
    def with_console(*, quiet: bool, verbose: bool, **given: object) -> None:
        command(Console(quiet, verbose), **given)

    return with_console
