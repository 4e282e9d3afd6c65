"""``padguard access``: the components of exports, and who has to get access to what."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import click

from padguard.cli.console import UNREADABLE, Console, talks
from padguard.cli.inputs import PATHS, Failures, Opened, open_each
from padguard.cli.reporting import FORMAT, OUTPUT, refuse_overwriting, write_report
from padguard.cli.show import PROBLEM, report_problems
from padguard.foundation.printable import printable
from padguard.governance.access import checklist
from padguard.governance.access_model import Audience, Checklist
from padguard.governance.inventory import Inventory
from padguard.reports import access_csv, inventory_csv
from padguard.reports.access_json import access_object
from padguard.reports.access_text import checklist_lines, component_lines, heading
from padguard.reports.json import as_json, log_object
from padguard.reports.text import Page


class _Taken(NamedTuple):
    """An export with its components, and its checklist where one is wanted."""

    opened: Opened
    inventory: Inventory
    checklist: Checklist | None


@click.command("access", short_help="List components, and who needs access to what.")
@PATHS
@click.option(
    "--for",
    "audience",
    type=click.Choice([audience.value for audience in Audience]),
    help="Write the access checklist for them.",
)
@FORMAT
@OUTPUT
@talks
def access(
    console: Console,
    paths: tuple[str, ...],
    *,
    audience: str | None,
    output_format: str,
    output: Path | None,
) -> None:
    """List what the flows of exports refer to: child flows, queues, credentials, connections.

    PATH is a solution zip, an unpacked folder, a file with Robin text, or - for standard input.

    With --for, write what to share with a co-owner, a user who triggers the flow, a service
    account for unattended runs or a reviewer, in order and with where to click. Text and tables
    then hold the checklist instead of the components; JSON holds both.

    Exit code 3 tells that something could not be opened or was readable only in part.
    """
    refuse_overwriting(output, paths)
    failures = Failures()
    partly = False
    taken: list[_Taken] = []
    for opened in open_each(paths, console, failures):
        partly |= report_problems(opened, console)
        found = _take(opened, Audience(audience) if audience else None)
        for problem in found.inventory.problems:
            partly = True
            message = printable(str(problem.message))
            where = printable(problem.where)
            console.complain(PROBLEM(path=opened.label, where=where, message=message))
        taken.append(found)
    write_report(_report(taken, failures, output_format, console, output), console, output)
    if partly or failures.reasons:
        raise click.exceptions.Exit(UNREADABLE)


def _take(opened: Opened, audience: Audience | None) -> _Taken:
    inventory = opened.session.inspect().inventory
    return _Taken(opened, inventory, checklist(inventory, audience) if audience else None)


def _report(
    taken: Sequence[_Taken],
    failures: Failures,
    output_format: str,
    console: Console,
    output: Path | None,
) -> str | bytes:
    if output_format == "csv":
        return _table(taken)
    if output_format == "json":
        exports = [
            access_object(
                found.opened.path, found.opened.session.export, found.inventory, found.checklist
            )
            for found in taken
        ]
        return f"{as_json(log_object(exports, failures.reasons))}\n"
    page = Page(console.width) if output is None else Page()
    return "".join(f"{line}\n" for found in taken for line in _lines(found, page))


def _table(taken: Sequence[_Taken]) -> bytes:
    lists = [(found.opened.path, found.checklist) for found in taken if found.checklist]
    if lists:
        rows = chain.from_iterable(access_csv.checklist_rows(*pair) for pair in lists)
        return inventory_csv.as_csv([access_csv.COLUMNS, *rows])
    rows = chain.from_iterable(
        inventory_csv.component_rows(found.opened.path, found.inventory) for found in taken
    )
    return inventory_csv.as_csv([inventory_csv.COLUMNS, *rows])


def _lines(found: _Taken, page: Page) -> Iterator[str]:
    yield from heading(found.opened.label, found.opened.session.export, page)
    if found.checklist is None:
        yield from component_lines(found.inventory, page)
    else:
        yield from checklist_lines(found.checklist, page)
    yield ""
