"""``padguard audit``: what is audited of exports and of their environment, and what is not."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import click

from padguard.cli.console import UNREADABLE, Console, talks
from padguard.cli.inputs import PATHS, Failures, Opened, open_each
from padguard.cli.reporting import FORMAT, OUTPUT, refuse_overwriting, write_report
from padguard.cli.show import report_problems
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
from padguard.reports.audit_json import audited_object
from padguard.reports.audit_text import audit_lines
from padguard.reports.inventory_csv import as_csv
from padguard.reports.json import as_json, log_object
from padguard.reports.text import Page

IGNORED = mark("cli", "{file}: {path}: {reason}")
NOT_READ = mark("cli", "{file}: not or only partly read: {about}. {reason}")


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
@FORMAT
@OUTPUT
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
    refuse_overwriting(output, paths, snapshot_file, answers_file)
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
    write_report(_report(judged, failures, output_format, console, output), console, output)
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
        exports = [
            audited_object(found.opened.path, found.opened.session.export, found.report)
            for found in judged
        ]
        return f"{as_json(log_object(exports, failures.reasons))}\n"
    page = Page(console.width) if output is None else Page()
    return "".join(f"{line}\n" for found in judged for line in _lines(found, page))


def _lines(found: _Judged, page: Page) -> Iterator[str]:
    yield from heading(found.opened.label, found.opened.session.export, page)
    yield from audit_lines(found.report, page)
    yield ""
