"""What commands work on: paths, and ``-`` for standard input."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import click

from padguard.analysis.options import Options
from padguard.cli.console import Console
from padguard.exports.limits import LIMITS, too_large
from padguard.exports.open import open_bytes, open_export
from padguard.foundation.errors import ConfigError, OpenError, PadGuardError
from padguard.foundation.messages import mark
from padguard.foundation.printable import printable
from padguard.reports.model import Failure
from padguard.rules.engine import Selection
from padguard.session.config import Config
from padguard.session.session import Session

STANDARD_INPUT: Final = "-"
STANDARD_INPUT_NAME: Final = "standard input"
NOT_READABLE = mark("cli", "“{name}” cannot be read ({reason}).")
FAILED = mark("cli", "{path}: {reason}")
ONLY_ONCE = "Standard input (-) can be read once only."

PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True)
"""The argument that takes several inputs."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One input that was opened: what the person wrote, its session, its bytes if it is a file."""

    path: str
    session: Session
    data: bytes | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        """The input as a line for people names it."""
        return label(self.path)


@dataclass(slots=True)
class Failures:
    """The inputs that could not be opened: what the person wrote, and why."""

    reasons: list[Failure] = field(default_factory=list)

    def add(self, console: Console, path: str, error: PadGuardError) -> None:
        """Note an input that could not be opened, and tell the person."""
        self.reasons.append(Failure(path, str(error)))
        console.complain(FAILED(path=label(path), reason=printable(str(error))))


def label(path: str) -> str:
    """Return an input as a line for people names it."""
    return printable(STANDARD_INPUT_NAME if path == STANDARD_INPUT else path)


def display_name(path: str) -> str:
    """Return what an input is called where only its name is told."""
    return STANDARD_INPUT_NAME if path == STANDARD_INPUT else Path(path).name


def read_bytes(path: str) -> bytes:
    """Return the content of a file or of standard input.

    Raises:
        OpenError: It cannot be read or is too large.
    """
    limit = LIMITS.container
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OpenError(NOT_READABLE(name=display_name(path), reason=reason)) from error
    if len(data) > limit:
        raise OpenError(too_large(display_name(path), limit))
    return data


def no_config(_path: Path | None) -> Config:
    """Return what holds for an input that is only shown: nothing was decided."""
    return Config(Options(), Selection())


def open_each(
    paths: Sequence[str],
    console: Console,
    failures: Failures,
    config: Callable[[Path | None], Config] = no_config,
) -> Iterator[Opened]:
    """Open the inputs one after the other; those that fail are noted and left out.

    Args:
        paths: What the person wrote.
        console: Where progress and failures are told.
        failures: Takes what could not be opened.
        config: Returns what was decided for an input, given where it is (None for standard input).

    Raises:
        click.UsageError: Standard input is named twice.
    """
    if paths.count(STANDARD_INPUT) > 1:
        raise click.UsageError(ONLY_ONCE)
    for path in paths:
        try:
            yield _open(path, console, config)
        except (OpenError, ConfigError) as error:
            failures.add(console, path, error)


def _open(path: str, console: Console, config: Callable[[Path | None], Config]) -> Opened:
    name = display_name(path)
    place = None if path == STANDARD_INPUT else Path(path).absolute()
    options, selection, _ = config(place)
    with console.progress(printable(name)) as progress:
        if place is not None and place.is_dir():
            export, data = open_export(Path(path), progress), None
        else:
            data = read_bytes(path)
            export = open_bytes(data, name, progress)
        return Opened(path, Session(export, progress, options, selection), data)
