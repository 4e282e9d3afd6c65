"""Where the report of a command goes, and in which of the forms that a table can take."""

from collections.abc import Iterable
from pathlib import Path

import click

from padguard.cli.console import Console
from padguard.cli.inputs import STANDARD_INPUT
from padguard.exports.atomic import is_same, saving, write_file
from padguard.foundation.messages import mark

WRITTEN = mark("cli", "The report is in {path}.")
OVER_INPUT = "--output would overwrite what is read."

FORMAT = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="Text to read, JSON for other programs (schema padguard/1), or a table for Excel.",
)
OUTPUT = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to a file instead.",
)


def refuse_overwriting(output: Path | None, paths: Iterable[str], *files: Path | None) -> None:
    """Refuse a report that would overwrite what the command reads.

    Raises:
        click.UsageError: It would.
    """
    named = [Path(path) for path in paths if path != STANDARD_INPUT]
    inputs = [*named, *(file for file in files if file is not None)]
    if output is not None and any(is_same(output, path) for path in inputs):
        raise click.UsageError(OVER_INPUT)


def write_report(report: str | bytes, console: Console, output: Path | None) -> None:
    """Write a report; a table is bytes, as a stream of text would change its line ends."""
    if output is not None:
        with saving(output):
            write_file(report.encode() if isinstance(report, str) else report, output)
        console.tell(WRITTEN(path=output))
    elif isinstance(report, str):
        console.write(report)
    else:
        click.echo(report, nl=False)
