"""``padguard fix``: applies fixes and writes the export beside the original."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from padguard.cli.config import IGNORE, config_of, rule_names, stored_templates
from padguard.cli.console import REFUSED, UNREADABLE, Console, talks
from padguard.cli.inputs import STANDARD_INPUT, Failures, Opened, open_each
from padguard.exports.atomic import is_same
from padguard.fixes.fix import Applicability
from padguard.fixes.template import Templates
from padguard.foundation.errors import (
    ConfigError,
    EditError,
    HandOffError,
    KeychainError,
    SaveError,
)
from padguard.foundation.messages import mark
from padguard.foundation.printable import printable
from padguard.reports.mending import MendingReport, mending_json, mending_text
from padguard.reports.text import Page
from padguard.rules.engine import Selection
from padguard.rules.finding import Finding, Severity
from padguard.session.handoff import HandOffs
from padguard.session.mending import Wish
from padguard.session.session import Session, guarded_path
from padguard.session.template_store import templates_from_file

KEPT = mark("cli", "The secret for the credential {credential} is in the keychain.")
NEEDS_OUTPUT = "What comes from standard input needs --output FILE, or --diff."
OVER_INPUT = "--output would overwrite what is fixed. Leave it away to write beside it."


@click.command("fix", short_help="Apply fixes and write the export beside the original.")
@click.argument("path", metavar="PATH")
@click.option(
    "--select",
    metavar="RULE",
    multiple=True,
    callback=rule_names,
    help="Only findings of these rules: PG101, PG1 for all that begin so, or a name.",
)
@IGNORE
@click.option(
    "--review",
    is_flag=True,
    help="Apply also the fixes that change what a flow does. Look at them with --diff first.",
)
@click.option("--diff", is_flag=True, help="Show what would change and write nothing.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write; NAME.guarded.zip beside the original otherwise.",
)
@click.option(
    "--get-credential-template",
    "credential_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How the designer writes Get credential: the action as copied there, in a text file. It "
    "is documented nowhere, so without it secrets are not replaced, unless the export shows it.",
)
@click.option(
    "--keep-secrets",
    is_flag=True,
    help="Keep the secrets that are taken out in the keychain of this computer, until their "
    "credentials exist. The window lists them.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Text to read, or JSON for other programs (schema padguard/1).",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.HIGH.value,
    show_default=True,
    help="The least severity of a finding that is left that ends with exit code 1.",
)
@talks
def fix(
    console: Console,
    path: str,
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    review: bool,
    diff: bool,
    output: Path | None,
    credential_file: Path | None,
    keep_secrets: bool,
    output_format: str,
    fail_on: str,
) -> None:
    """Apply the fixes of findings, all together, and write the export beside the original.

    PATH is a solution zip, an unpacked folder, a file with Robin text, or - for standard input.

    Only fixes that leave alone what a flow does are applied; --review adds those that a person has
    to agree to. The original is never changed. Secrets are masked in all that is printed.

    Exit code 1 tells that findings of the severity --fail-on or worse are left, 3 that something
    could not be opened, was readable only in part, or could not be written.
    """
    _refuse(path, output, diff=diff)
    failures = Failures()
    config = partial(config_of, console=console, select=(), ignore=())
    opened = next(iter(open_each([path], console, failures, config)), None)
    report = None
    if opened is not None:
        _learn(opened.session, credential_file, console)
        wanted = {Applicability.SAFE, Applicability.REVIEW} if review else {Applicability.SAFE}
        wish = Wish(_chosen(select, ignore), frozenset(wanted))
        report = _fixed(opened, console, wish, output, failures, preview=diff)
        if keep_secrets and report.output is not None:
            _keep(report, console, failures)
    if output_format == "json":
        console.write(mending_json(report, failures.reasons, diff=diff))
    elif report is not None:
        console.write(mending_text(report, Page(console.width, console.paint), diff=diff))
    if failures.reasons or (opened is not None and opened.session.problems):
        raise click.exceptions.Exit(UNREADABLE)
    if opened is not None and _is_left(opened.session, Severity(fail_on)):
        raise click.exceptions.Exit(REFUSED)


def _refuse(path: str, output: Path | None, *, diff: bool) -> None:
    """Refuse what would overwrite the original, or leads nowhere."""
    if path == STANDARD_INPUT and output is None and not diff:
        raise click.UsageError(NEEDS_OUTPUT)
    if output is not None and path != STANDARD_INPUT and is_same(output, Path(path)):
        raise click.UsageError(OVER_INPUT)


def _learn(session: Session, credential_file: Path | None, console: Console) -> None:
    """Tell a session how secrets are retrieved: what it shows itself, a file, what is stored."""
    try:
        given = templates_from_file(credential_file) if credential_file else Templates()
    except (ConfigError, EditError) as error:
        console.complain(printable(str(error)))
        raise click.exceptions.Exit(UNREADABLE) from error
    session.templates = given.over(session.templates).over(stored_templates(console))


def _keep(report: MendingReport, console: Console, failures: Failures) -> None:
    """Put the secrets that were taken out into the keychain; the original has them all the same."""
    hand_offs = HandOffs()
    for removed in report.removed:
        flow = report.before[removed.flow_id].name
        try:
            hand_offs.keep(removed.credential, [flow], removed.secret, origin=flow)
        except (KeychainError, HandOffError) as error:
            failures.add(console, removed.credential, error)
            return
        console.tell(KEPT(credential=removed.credential))


def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> Callable[[Finding], bool]:
    """Return what tells whether a finding shall be fixed: by its rule."""
    rules = frozenset(rule.id for rule in Selection(select, ignore).rules())
    return lambda finding: finding.rule in rules


def _fixed(
    opened: Opened,
    console: Console,
    wish: Wish,
    output: Path | None,
    failures: Failures,
    *,
    preview: bool,
) -> MendingReport:
    """Mend an export and write it, unless it is a preview or nothing changed."""
    session = opened.session
    with console.progress(opened.label) as progress:
        before = {flow.id: flow for flow in session.flows}
        clouds = {cloud.id: cloud for cloud in session.export.cloud_flows}
        summary = session.mend_all(wish, progress)
    target = None
    if not preview and summary.mended:
        target = output or guarded_path(Path(opened.path))
        try:
            session.save(target)
        except SaveError as error:
            failures.add(console, str(target), error)
            target = None
    return MendingReport(
        opened.path,
        before,
        {flow.id: flow for flow in session.flows},
        summary.mended,
        summary.flows,
        summary.left_out,
        {
            cloud.name: (clouds[cloud.id].definition, cloud.definition)
            for cloud in session.export.cloud_flows
            if cloud.text != clouds[cloud.id].text
        },
        {flow_id: list(flags) for flow_id, flags in session.changes.flags.items()},
        None if target is None else printable(str(target)),
        preview,
    )


def _is_left(session: Session, worst: Severity) -> bool:
    return any(finding.severity.rank <= worst.rank for finding in session.findings)
