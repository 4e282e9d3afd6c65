"""``padguard scan``: analyses exports and reports what was found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import click

from padguard.cli.config import IGNORE, config_of, rule_names, stored_templates
from padguard.cli.console import REFUSED, UNREADABLE, Console, talks
from padguard.cli.inputs import PATHS, Failures, Opened, open_each
from padguard.cli.reporting import OUTPUT, refuse_overwriting, write_report
from padguard.cli.surroundings import ANSWERS, POLICIES, SNAPSHOT, read_surroundings
from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import mark
from padguard.foundation.printable import printable
from padguard.reports.coverage import GapKind
from padguard.reports.csv_findings import CsvWriter
from padguard.reports.html import HtmlWriter
from padguard.reports.json import JsonWriter
from padguard.reports.junit import JunitWriter
from padguard.reports.markdown import MarkdownWriter
from padguard.reports.model import ExportReport, Triage, Writer
from padguard.reports.sarif import SarifWriter
from padguard.reports.text import Page, TextWriter
from padguard.rules.finding import Severity
from padguard.rules.triage import State
from padguard.session.baseline import read_baseline

PARTLY = mark("cli", "{path}: parts of it could not be read or understood; the report says which.")
SECRET_REASON = mark(
    "cli",
    "{path}: the reason for {fingerprint} holds what looks like a secret. It is masked in the "
    "report; take it out of the file.",
)
_PARTLY = (GapKind.UNREADABLE, GapKind.NOT_UNDERSTOOD)
_SIMPLE: Final[Mapping[str, Callable[..., Writer]]] = {
    "json": JsonWriter,
    "csv": CsvWriter,
    "markdown": MarkdownWriter,
    "junit": JunitWriter,
}
"""The formats that depend on nothing but what is reported."""


@dataclass(slots=True)
class _Result:
    """Where the report goes: to standard output at once, or to a file when it is complete.

    With ``exact`` its line ends are its own, which a stream of text would change.
    """

    console: Console
    file: Path | None
    exact: bool = False
    _parts: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        if self.file is None:
            write_report(text.encode() if self.exact else text, self.console, None)
        else:
            self._parts.append(text)

    def close(self) -> None:
        if self.file is not None:
            write_report("".join(self._parts), self.console, self.file)


@click.command("scan", short_help="Look for secrets and follow sensitive data.")
@PATHS
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "sarif", "html", "csv", "markdown", "junit"]),
    default="text",
    help="Text to read, JSON for other programs (schema padguard/1), SARIF 2.1.0, a page that "
    "stands alone, a table for Excel, Markdown for a comment or a wiki, or JUnit for CI servers.",
)
@OUTPUT
@click.option(
    "--select",
    metavar="RULE",
    multiple=True,
    callback=rule_names,
    help="Only these rules: PG101, PG1 for all that begin so, or a name. Repeat, or use commas.",
)
@IGNORE
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.HIGH.value,
    show_default=True,
    help="The least severity that ends with exit code 1.",
)
@click.option(
    "--baseline",
    "baselines",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was decided or known before: a file NAME.padguard-triage.toml, or an earlier report "
    "of --format json. Repeat for several.",
)
@POLICIES
@SNAPSHOT
@ANSWERS
@click.option("--show-secrets", is_flag=True, help="Print the secrets that are found in clear.")
@talks
def scan(
    console: Console,
    paths: tuple[str, ...],
    *,
    output_format: str,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    baselines: tuple[Path, ...],
    policy_files: tuple[Path, ...],
    snapshot_file: Path | None,
    answers_file: Path | None,
    show_secrets: bool,
) -> None:
    """Look for secrets in exports, follow sensitive data, and report what is found.

    PATH is a solution zip, an unpacked folder, a file with Robin text, or - for standard input.

    Secrets are masked in the report unless --show-secrets is given. What could not be analysed is
    part of every report. A file padguard.toml beside an export, or in your settings, decides what
    is looked for; --select and --ignore overrule it.

    With --baseline, findings that were accepted, are false positives or were known before are set
    aside: they are in the report with their state and do not count for --fail-on. A file of
    decisions that merely lies beside an export is not read, so that nobody's export brings its own
    pardon.

    Exit code 1 tells that there are open findings of the severity --fail-on or worse, 3 that
    something could not be opened or was readable only in part.
    """
    refuse_overwriting(output, paths, *baselines, *policy_files, snapshot_file, answers_file)
    writer = _writer(output_format, console, to_file=output is not None, show_secrets=show_secrets)
    result = _Result(console, output, exact=output_format == "csv")
    triage = _triage(baselines, console, alone=len(paths) == 1)
    surroundings = read_surroundings(console, policy_files, snapshot_file, answers_file)
    failures = Failures()
    worst = len(Severity)
    partly = False
    config = partial(config_of, console=console, select=select, ignore=ignore)
    for opened in open_each(paths, console, failures, config):
        surroundings.tell(opened.session)
        report = _analysed(opened, console, triage)
        if any(gap.kind in _PARTLY for gap in report.gaps):
            partly = True
            console.complain(PARTLY(path=opened.label))
        worst = min([worst, *(finding.severity.rank for finding in report.by_state[State.OPEN])])
        result.write(writer.add(report))
    result.write(writer.end(failures.reasons))
    result.close()
    if partly or failures.reasons:
        raise click.exceptions.Exit(UNREADABLE)
    if worst <= Severity(fail_on).rank:
        raise click.exceptions.Exit(REFUSED)


def _triage(baselines: tuple[Path, ...], console: Console, *, alone: bool) -> Triage | None:
    """Return what the named files say; one that cannot be read ends the command."""
    if not baselines:
        return None
    try:
        decisions, compared = read_baseline(baselines)
    except ConfigError as error:
        console.complain(printable(str(error)))
        raise click.exceptions.Exit(UNREADABLE) from error
    for decision in decisions.values():
        if decision.masked:
            names = ", ".join(map(str, baselines))
            told = SECRET_REASON(path=names, fingerprint=decision.fingerprint)
            console.complain(printable(str(told)))
    today = datetime.now().astimezone().date()  # where the person is
    return Triage(decisions, today, compared, alone)


def _analysed(opened: Opened, console: Console, triage: Triage | None) -> ExportReport:
    session = opened.session
    session.templates = session.templates.over(stored_templates(console))
    with console.progress(opened.label) as progress:
        inspection = session.inspect(progress)
    rules = session.selection.rules()
    return ExportReport(opened.path, inspection, session.findings, rules, triage, session.templates)


def _writer(output_format: str, console: Console, *, to_file: bool, show_secrets: bool) -> Writer:
    if output_format in _SIMPLE:
        return _SIMPLE[output_format](show_secrets=show_secrets)
    if output_format == "sarif":
        return SarifWriter(Path.cwd(), show_secrets=show_secrets)
    if output_format == "html":
        return HtmlWriter(datetime.now().astimezone(), show_secrets=show_secrets)
    page = Page() if to_file else Page(console.width, console.paint)
    return TextWriter(page, show_secrets=show_secrets, every_gap=console.verbose)
