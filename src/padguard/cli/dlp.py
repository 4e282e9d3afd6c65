"""``padguard dlp``: judges the flows of exports by data loss prevention policies."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import click

from padguard.cli.console import REFUSED, UNREADABLE, Console, talks
from padguard.cli.inputs import PATHS, Failures, Opened, open_each
from padguard.cli.reporting import FORMAT, OUTPUT, refuse_overwriting, write_report
from padguard.cli.show import report_problems
from padguard.cli.surroundings import read_surroundings
from padguard.governance.dlp import evaluate
from padguard.governance.dlp_model import Children, Evaluation, Setting
from padguard.governance.policy import Policy
from padguard.reports.dlp_csv import COLUMNS, dlp_rows
from padguard.reports.dlp_json import dlp_log, export_object
from padguard.reports.dlp_text import dlp_lines, policy_lines
from padguard.reports.inventory_csv import as_csv
from padguard.reports.json import as_json
from padguard.reports.text import Page


class _Judged(NamedTuple):
    """An export with what policies say of it."""

    opened: Opened
    evaluation: Evaluation


@click.command("dlp", short_help="Judge flows by data loss prevention policies.")
@PATHS
@click.option(
    "--policy",
    "policy_files",
    metavar="FILE",
    required=True,
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON that Get-DlpPolicy, Get-PowerAppDlpPolicyConnectorConfigurations or the policies "
    "API prints. Repeat for several.",
)
@click.option(
    "--environment",
    metavar="ID",
    help="Only policies that hold in this environment; else all are taken together.",
)
@click.option(
    "--children",
    type=click.Choice([children.value for children in Children]),
    default=Children.ALONE.value,
    show_default=True,
    help="How to judge flows that other flows run. Microsoft's pages differ on it.",
)
@click.option("--include-disabled", is_flag=True, help="Judge disabled rows as well.")
@FORMAT
@OUTPUT
@talks
def dlp(
    console: Console,
    paths: tuple[str, ...],
    *,
    policy_files: tuple[Path, ...],
    environment: str | None,
    children: str,
    include_disabled: bool,
    output_format: str,
    output: Path | None,
) -> None:
    """Judge the flows of exports by data loss prevention policies; the most restrictive wins.

    PATH is a solution zip, an unpacked folder, a file with Robin text, or - for standard input.

    Save policies with PowerShell: Get-DlpPolicy | ConvertTo-Json -Depth 20 | Out-File policy.json

    What neither the policies nor PAD Guard knows is told as not evaluated, never as allowed. What
    of a policy file is ignored is told as well.

    Exit code 1 tells that a policy is violated, 3 that something could not be read, or only in
    part.
    """
    refuse_overwriting(output, paths, *policy_files)
    policies = read_surroundings(console, policy_files).policies
    setting = Setting(environment, Children(children), include_disabled)
    failures = Failures()
    partly = False
    judged: list[_Judged] = []
    for opened in open_each(paths, console, failures):
        partly |= report_problems(opened, console)
        judged.append(_judge(opened, policies, setting))
    report = _report(judged, policies, setting, failures, output_format, console, output)
    write_report(report, console, output)
    if partly or failures.reasons:
        raise click.exceptions.Exit(UNREADABLE)
    if any(found.evaluation.violations for found in judged):
        raise click.exceptions.Exit(REFUSED)


def _judge(opened: Opened, policies: Sequence[Policy], setting: Setting) -> _Judged:
    session = opened.session
    usages = session.policing.usages(session.export, session.flows)
    return _Judged(opened, evaluate(usages, policies, setting))


def _report(
    judged: Sequence[_Judged],
    policies: Sequence[Policy],
    setting: Setting,
    failures: Failures,
    output_format: str,
    console: Console,
    output: Path | None,
) -> str | bytes:
    if output_format == "csv":
        rows = (
            dlp_rows(found.opened.path, found.opened.session.flows, found.evaluation)
            for found in judged
        )
        return as_csv([COLUMNS, *chain.from_iterable(rows)])
    if output_format == "json":
        exports = [
            export_object(
                found.opened.path,
                found.opened.session.export,
                found.opened.session.flows,
                found.evaluation,
            )
            for found in judged
        ]
        return f"{as_json(dlp_log(policies, setting, exports, failures.reasons))}\n"
    page = Page(console.width, console.paint) if output is None else Page()
    lines = chain(
        policy_lines(policies, setting, page, everything=console.verbose),
        *(_lines(found, page, everything=console.verbose) for found in judged),
    )
    return "".join(f"{line}\n" for line in lines)


def _lines(found: _Judged, page: Page, *, everything: bool) -> Iterator[str]:
    session = found.opened.session
    return dlp_lines(
        found.opened.label,
        session.export,
        session.flows,
        found.evaluation,
        page,
        everything=everything,
    )
