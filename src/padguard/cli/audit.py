"""``padguard audit``: what is audited of exports and of their environment, and what is not."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import click

from padguard.cli.console import UNREADABLE, Console, talks
from padguard.cli.inputs import PATHS, STANDARD_INPUT, Failures, Opened, open_each
from padguard.cli.show import report_problems
from padguard.exports.atomic import is_same, saving, write_file
from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import mark
from padguard.foundation.printable import printable
from padguard.governance.audit import audit_of
from padguard.governance.audit_answers import answers_template, read_answers
from padguard.governance.audit_model import AuditReport
from padguard.governance.snapshot import Snapshot
from padguard.governance.snapshot_reading import read_snapshot
from padguard.reports.access_text import heading
from padguard.reports.audit_csv import COLUMNS, audit_rows
from padguard.reports.audit_json import audit_object
from padguard.reports.audit_text import audit_lines
from padguard.reports.inventory_csv import as_csv
from padguard.reports.json import as_json, log_object
from padguard.reports.text import Page

WRITTEN = mark("cli", "The report is in {path}.")
IGNORED = mark("cli", "{file}: {path}: {reason}")
NOT_READ = mark("cli", "{file}: not or only partly read: {about}. {reason}")
OVER_INPUT = "--output would overwrite what is read."


class _Judged(NamedTuple):
    """An export with what is audited."""

    opened: Opened
    report: AuditReport


def _questions(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(answers_template(), nl=False)
        context.exit()


@click.command("audit", short_help="Tell what is audited, and how to turn on the rest.")
@PATHS
@click.option(
    "--snapshot",
    "snapshot_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The environment, as padguard collect wrote it.",
)
@click.option(
    "--answers",
    "answers_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your answers to the questionnaire; shown as stated, not measured.",
)
@click.option(
    "--questions",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_questions,
    help="Print the questionnaire as a file to fill in, and end.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="Text to read, JSON for other programs (schema padguard/1), or a table for Excel.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to a file instead.",
)
@talks
def audit(
    console: Console,
    paths: tuple[str, ...],
    *,
    snapshot_file: Path | None,
    answers_file: Path | None,
    output_format: str,
    output: Path | None,
) -> None:
    """Tell whether the environment, automation tables and tables of solutions are audited.

    PATH is a solution zip, an unpacked folder, a file with Robin text, or - for standard input.

    What a snapshot measured goes before what the solution says, and that before what somebody
    answered. For everything that is off, or not known, the steps to turn it on are told.

    Exit code 3 tells that something could not be opened or was readable only in part.
    """
    beside = [path for path in (snapshot_file, answers_file) if path is not None]
    inputs = [*beside, *(Path(path) for path in paths if path != STANDARD_INPUT)]
    if output is not None and any(is_same(output, path) for path in inputs):
        raise click.UsageError(OVER_INPUT)
    try:
        snapshot = read_snapshot(snapshot_file) if snapshot_file else None
        answers = read_answers(answers_file) if answers_file else None
    except ConfigError as error:
        console.complain(printable(str(error)))
        raise click.exceptions.Exit(UNREADABLE) from error
    if snapshot is not None:
        _tell(snapshot, console)
    failures = Failures()
    partly = False
    judged: list[_Judged] = []
    for opened in open_each(paths, console, failures):
        partly |= report_problems(opened, console)
        judged.append(_Judged(opened, audit_of(opened.session.export, snapshot, answers)))
    _write(_report(judged, failures, output_format, console, output), console, output)
    if partly or failures.reasons:
        raise click.exceptions.Exit(UNREADABLE)


def _tell(snapshot: Snapshot, console: Console) -> None:
    """Tell what of a snapshot was not understood, and what of the environment is not in it."""
    file = printable(snapshot.file)
    for ignored in snapshot.ignored:
        console.tell(IGNORED(file=file, path=printable(ignored.path), reason=ignored.reason))
    for part in snapshot.unread:
        about, reason = printable(part.about), printable(part.reason)
        console.tell(NOT_READ(file=file, about=about, reason=reason))


def _report(
    judged: Sequence[_Judged],
    failures: Failures,
    output_format: str,
    console: Console,
    output: Path | None,
) -> str | bytes:
    if output_format == "csv":
        rows = (audit_rows(found.opened.path, found.report) for found in judged)
        return as_csv([COLUMNS, *chain.from_iterable(rows)])
    if output_format == "json":
        exports = [_export_object(found) for found in judged]
        return f"{as_json(log_object(exports, failures.reasons))}\n"
    page = Page(console.width) if output is None else Page()
    return "".join(f"{line}\n" for found in judged for line in _lines(found, page))


def _lines(found: _Judged, page: Page) -> Iterator[str]:
    yield from heading(found.opened.label, found.opened.session.export, page)
    yield from audit_lines(found.report, page)
    yield ""


def _export_object(found: _Judged) -> dict[str, Any]:
    export = found.opened.session.export
    solution = export.solution
    return {
        "path": found.opened.path,
        "kind": export.kind.value,
        "sha256": export.sha256,
        "managed": solution.managed if solution else None,
        "solution": {"name": solution.name, "version": solution.version} if solution else None,
        "problems": [
            {"where": problem.where, "message": str(problem.message)} for problem in export.problems
        ],
        "audit": audit_object(found.report),
    }


def _write(report: str | bytes, console: Console, output: Path | None) -> None:
    """Write a report; a table is bytes, as a stream of text would change its line ends."""
    if output is not None:
        with saving(output):
            write_file(report.encode() if isinstance(report, str) else report, output)
        console.tell(WRITTEN(path=output))
    elif isinstance(report, str):
        console.write(report)
    else:
        click.echo(report, nl=False)
