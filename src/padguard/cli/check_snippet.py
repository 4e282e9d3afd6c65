"""``padguard check-snippet``: would the designer accept a text as a paste?"""

from collections.abc import Sequence
from typing import Any

import click

from padguard.cli.console import REFUSED, UNREADABLE, Console, talks
from padguard.cli.inputs import ONLY_ONCE, STANDARD_INPUT, Failures, display_name, label, read_bytes
from padguard.exports.encodings import decode
from padguard.flow.snippet import Reason
from padguard.flow.snippet import check_snippet as reasons_against
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import Message, mark
from padguard.foundation.printable import printable
from padguard.reports.json import SCHEMA, as_json

ACCEPTED = mark("cli", "{path}: the designer accepts it")
SHOWS_ERRORS = mark("cli", "{path}: the designer takes it, but shows rows with errors")
REFUSES = mark("cli", "{path}: the designer refuses it")
REASON = mark("cli", "  line {line}: {message}")

Judged = tuple[str, list[Reason]]


@click.command("check-snippet", short_help="Tell whether the designer accepts a text as a paste.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Lines to read, or JSON for other programs (schema padguard/1).",
)
@talks
def check_snippet(console: Console, files: tuple[str, ...], output_format: str) -> None:
    """Tell for each text whether the designer would accept it as a paste, and if not, why.

    The designer drops a whole paste without a word when one line of it is wrong. FILE is a
    file with Robin text, or - for standard input.

    Exit code 1 tells that a text would be refused or arrive with errors, 3 that one could not be
    read.
    """
    if files.count(STANDARD_INPUT) > 1:
        raise click.UsageError(ONLY_ONCE)
    failures = Failures()
    judged: list[Judged] = []
    for path in files:
        try:
            text, _encoding = decode(read_bytes(path), display_name(path))
        except OpenError as error:
            failures.add(console, path, error)
        else:
            judged.append((path, reasons_against(text)))
    if output_format == "json":
        console.result(as_json(_snippets_object(judged)))
    else:
        _print(console, judged)
    if failures.reasons:
        raise click.exceptions.Exit(UNREADABLE)
    if any(reasons for _path, reasons in judged):
        raise click.exceptions.Exit(REFUSED)


def _print(console: Console, judged: Sequence[Judged]) -> None:
    for path, reasons in judged:
        console.result(str(_verdict(reasons)(path=label(path))))
        for reason in reasons:
            console.result(str(REASON(line=reason.line, message=printable(str(reason.message)))))


def _verdict(reasons: Sequence[Reason]) -> Message:
    if any(reason.drops_paste for reason in reasons):
        return REFUSES
    return SHOWS_ERRORS if reasons else ACCEPTED


def _snippets_object(judged: Sequence[Judged]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "snippets": [
            {
                "path": path,
                "accepted": not reasons,
                "reasons": [
                    {
                        "line": reason.line,
                        "message": str(reason.message),
                        "drops_paste": reason.drops_paste,
                    }
                    for reason in reasons
                ],
            }
            for path, reasons in judged
        ],
    }
