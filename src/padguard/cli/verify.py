"""``padguard verify``: proves that an export saved unchanged is the same to the byte."""

from itertools import zip_longest

import click

from padguard.cli.console import UNREADABLE, Console, talks
from padguard.cli.inputs import PATHS, Failures, Opened, open_each
from padguard.cli.show import report_problems
from padguard.exports.open import read_member
from padguard.exports.reconcile import changed_members, rewritten_members
from padguard.exports.save import render_export
from padguard.flow.model import Flow
from padguard.foundation.errors import PadGuardError
from padguard.foundation.messages import Message, mark
from padguard.foundation.printable import printable
from padguard.reports.json import coverage_object

SAME = mark(
    "cli",
    "{path}: the same to the byte; {flows} flows, "
    "{understood} of {statements} statements understood",
)
DIFFERENT = mark("cli", "{path}: NOT the same; saving it unchanged would change {what}")
NOT_WRITABLE = mark("cli", "{path}: NOT the same; it cannot be written again: {reason}")
BYTE = mark("cli", "byte {offset}")
OTHERWISE_ENCODED = mark(
    "cli",
    "{path}: {members} is not encoded as the designer does it; once a flow changes, its encoding "
    "changes with it, though not its meaning",
)
FLOW = mark("cli", "  {flow}: {understood} of {statements} statements understood")


def rebuilt(flow: Flow) -> str:
    """Return the script put together again from its statements."""
    return "".join(flow.script.source(statement) for statement in flow.script.statements)


def difference(opened: Opened) -> str | None:
    """Return what would differ if the export were saved as it is, or None where nothing would.

    The scripts to be saved are put together from their statements, so nothing may be lost there.

    Raises:
        PadGuardError: It cannot be written at all.
    """
    export = opened.session.export
    scripts = {flow.id: rebuilt(flow) for flow in opened.session.flows}
    if opened.data is None:
        return printable(", ".join(changed_members(export, scripts))) or None
    rendered = render_export(export, scripts)
    if rendered == opened.data:
        return None
    pairs = enumerate(zip_longest(rendered, opened.data))
    offset = next(offset for offset, (ours, theirs) in pairs if ours != theirs)
    return str(BYTE(offset=offset))


def otherwise_encoded(opened: Opened) -> str:
    """Return the members that hold scripts in another encoding than the designer's, or "".

    An unchanged save copies them as they are, so this is no difference yet.

    Raises:
        PadGuardError: A part that depends on a script cannot be encoded at all.
    """
    export = opened.session.export
    anew = rewritten_members(export)
    return printable(", ".join(name for name in anew if anew[name] != read_member(export, name)))


def _verdict(opened: Opened) -> tuple[Message, bool]:
    path = opened.label
    try:
        what = difference(opened)
    except PadGuardError as error:
        return NOT_WRITABLE(path=path, reason=printable(str(error))), False
    if what is not None:
        return DIFFERENT(path=path, what=what), False
    flows = opened.session.flows
    counts = coverage_object(flows)
    understood, statements = counts["understood"], counts["statements"]
    return SAME(path=path, flows=len(flows), understood=understood, statements=statements), True


def _tell_more(opened: Opened, console: Console) -> None:
    members = otherwise_encoded(opened)
    if members:
        console.tell(OTHERWISE_ENCODED(path=opened.label, members=members))
    if console.verbose:
        for flow in opened.session.flows:
            counts = flow.coverage
            numbers = {"understood": counts.understood, "statements": counts.statements}
            console.tell(FLOW(flow=printable(flow.name), **numbers))


@click.command("verify", short_help="Prove that exports are read without loss.")
@PATHS
@talks
def verify(console: Console, paths: tuple[str, ...]) -> None:
    """Open exports, write them anew in memory without a change, and compare every byte.

    PATH is a solution zip, an unpacked folder, a file with Robin text, or - for standard input.

    Prints one line for each, and on standard error what could not be read or understood. Nothing
    is written to disk. Exit code 3 tells that an export could not be opened, was readable only in
    part, or would not stay the same.
    """
    failures = Failures()
    whole = True
    for opened in open_each(paths, console, failures):
        whole &= not report_problems(opened, console)
        line, same = _verdict(opened)
        whole &= same
        console.result(str(line))
        if same:
            _tell_more(opened, console)
    if failures.reasons or not whole:
        raise click.exceptions.Exit(UNREADABLE)
