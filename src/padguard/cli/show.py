"""``padguard show``: what is in an export, as a tree or as JSON."""

import click

from padguard.cli.console import UNREADABLE, Console, talks
from padguard.cli.inputs import PATHS, Failures, Opened, open_each
from padguard.cli.tree import tree
from padguard.foundation.messages import mark
from padguard.foundation.printable import printable
from padguard.reports.json import as_json, log_object, shown_object

PROBLEM = mark("cli", "{path}: {where}: {message}")
NOT_UNDERSTOOD = mark("cli", "{path}: {flow}, line {line}: {message}")


def report_problems(opened: Opened, console: Console) -> bool:
    """Tell what of an export could not be read; return whether there was anything.

    What a script holds that was not understood is kept as it is, but told as well.
    """
    session = opened.session
    path = opened.label
    lines = [
        PROBLEM(path=path, where=printable(found.where), message=printable(str(found.message)))
        for found in session.problems
    ]
    for flow in session.flows:
        script = flow.script
        lines += [
            NOT_UNDERSTOOD(
                path=path,
                flow=printable(flow.name),
                line=script.line_column(found.start)[0],
                message=printable(str(found.message)),
            )
            for found in script.diagnostics
        ]
    for line in lines:
        console.complain(line)
    return bool(lines)


@click.command("show", short_help="Print what is in an export.")
@PATHS
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="A tree to read, or JSON for other programs (schema padguard/1).",
)
@talks
def show(console: Console, paths: tuple[str, ...], output_format: str) -> None:
    """Print the flows of exports, their variables with type and sensitivity, and their actions.

    PATH is a solution zip, an unpacked folder, a file with Robin text, or - for standard input.

    Literal values are not printed, so no secret is. The JSON leaves out "findings" and
    "components", which come from an analysis, and lists under "errors" what could not be opened.

    Exit code 3 tells that something could not be opened or was readable only in part.
    """
    failures = Failures()
    partly = False
    shown: list[object] = []
    for opened in open_each(paths, console, failures):
        partly |= report_problems(opened, console)
        if output_format == "json":
            session = opened.session
            shown.append(shown_object(opened.path, session.export, session.flows))
        else:
            for line in tree(opened, console):
                console.result(line)
    if output_format == "json":
        console.result(as_json(log_object(shown, failures.reasons)))
    if partly or failures.reasons:
        raise click.exceptions.Exit(UNREADABLE)
