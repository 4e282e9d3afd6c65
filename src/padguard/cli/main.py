"""The command line: the group of commands, and how it ends."""

import sys

import click

import padguard
from padguard.cli.access import access
from padguard.cli.audit import audit
from padguard.cli.check_snippet import check_snippet
from padguard.cli.collect import collect
from padguard.cli.console import UNREADABLE, prepare_streams
from padguard.cli.dlp import dlp
from padguard.cli.fix import fix
from padguard.cli.rules import rules
from padguard.cli.scan import scan
from padguard.cli.show import show
from padguard.cli.verify import verify
from padguard.foundation.errors import PadGuardError
from padguard.foundation.log import describe
from padguard.foundation.messages import mark

INTERRUPTED = 130
UNEXPECTED = mark(
    "cli",
    "Something went wrong inside PAD Guard. Nothing was changed. If it happens again, please "
    "report it with these lines, which hold nothing of your export:",
)

HELP = """Shows where sensitive data lives and travels in Power Automate desktop flows.

Without a command, `padguard` opens its window: `padguard FILE...` on exports, `padguard --sample`
on the bundled sample. Nothing goes to the network but what `padguard collect` asks.

Exit codes: 0 all is well, 1 something was found or refused, 2 wrong usage, 3 an input could not be
opened or was readable only in part.
"""


@click.group("padguard", help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(padguard.__version__, prog_name="padguard", message="%(prog)s %(version)s")
def commands() -> None:
    """Hold the commands."""


for _command in (show, scan, rules, verify, check_snippet, fix, access, dlp, audit, collect):
    commands.add_command(_command)


def run_command() -> None:
    """Run the command that the arguments of the program name, and end the program."""
    prepare_streams()
    sys.exit(_run())


def _run() -> int:
    try:
        return commands.main(prog_name="padguard", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:
        return 0  # click ends so when whoever read the output has enough and closed the pipe
    except PadGuardError as error:
        click.echo(f"padguard: {error}", err=True)
        return UNREADABLE
    except Exception as error:  # noqa: BLE001 - nobody shall meet a traceback, which may quote secrets
        click.echo(f"padguard: {UNEXPECTED}\n{describe(error)}", err=True)
        return UNREADABLE
