"""``padguard collect``: writes a snapshot of an environment, by way of the network."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from padguard.cli.console import UNREADABLE, Console, talks
from padguard.cli.reporting import refuse_overwriting
from padguard.exports.payloads import Json
from padguard.foundation.errors import ConfigError, SaveError
from padguard.foundation.messages import mark
from padguard.foundation.printable import printable
from padguard.governance.policy_reading import parse_policies
from padguard.governance.policy_text import read_json
from padguard.governance.snapshot import Snapshot

if TYPE_CHECKING:
    from padguard.collecting.run import Order

WRITTEN = mark("cli", "The snapshot is in {path}; it knows {rows} flows and components.")
COULD_NOT = mark("cli", "Not or only partly readable: {about}. {reason}")
GO_ON = mark(
    "cli", "What was read is kept in {path}; the same command with --resume goes on from there."
)


@click.command("collect", short_help="Write a snapshot of an environment (uses the network).")
@click.option("--url", required=True, metavar="ORG", help="Address of the environment.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it; else HOST.environment.json in this folder.",
)
@click.option(
    "--token-env",
    "token_names",
    metavar="NAME",
    multiple=True,
    help="Environment variable with the access token (else PADGUARD_TOKEN). Repeat to try several.",
)
@click.option(
    "--policies",
    "policy_files",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON that Get-DlpPolicy prints, to be part of the snapshot. Repeat for several.",
)
@click.option("--no-shares", is_flag=True, help="Do not ask with whom each row is shared.")
@click.option("--resume", is_flag=True, help="Go on where an earlier try was stopped.")
@talks
def collect(
    console: Console,
    *,
    url: str,
    output: Path | None,
    token_names: tuple[str, ...],
    policy_files: tuple[Path, ...],
    no_shares: bool,
    resume: bool,
) -> None:
    """Read settings, names, owners and shares of an environment into a JSON file.

    The file serves "padguard audit" and "padguard scan". It holds no passwords, no values of
    environment variables and nothing of what flows do. Nothing in the environment is changed.

    The access token is read from an environment variable, sent to the environment only, and
    written nowhere. Asking with whom rows are shared takes one request for each row.

    Policies come from a file: Get-DlpPolicy | ConvertTo-Json -Depth 20 | Out-File policies.json

    Exit code 3 tells that a part could not be read (the file says which) or that reading was
    stopped; then no file is written, and --resume goes on.
    """
    from padguard.collecting.errors import CollectError
    from padguard.collecting.organisation import organisation_of
    from padguard.collecting.run import Order
    from padguard.collecting.token import DEFAULT_VARIABLE

    try:
        organisation = organisation_of(url)
    except CollectError as error:
        raise click.UsageError(str(error)) from None
    target = output or Path(f"{organisation.host.replace(':', '_')}.environment.json")
    refuse_overwriting(target, (), *policy_files)
    try:
        order = Order(
            organisation,
            token_names or (DEFAULT_VARIABLE,),
            target,
            _policies(policy_files),
            with_shares=not no_shares,
            resume=resume,
        )
        snapshot = _collected(order, console)
    except (CollectError, ConfigError) as error:
        console.complain(printable(str(error)))
        raise click.exceptions.Exit(UNREADABLE) from None
    for part in snapshot.unread:
        console.complain(COULD_NOT(about=part.about, reason=printable(part.reason)))
    console.tell(WRITTEN(path=target, rows=len(snapshot.rows)))
    if snapshot.unread:
        raise click.exceptions.Exit(UNREADABLE)


def _collected(order: "Order", console: Console) -> Snapshot:
    """Collect; where that is stopped, tell how to go on."""
    from padguard.collecting.errors import StoppedError
    from padguard.collecting.journal import journal_path
    from padguard.collecting.run import collect as run

    kept = journal_path(order.output)
    try:
        with console.progress(printable(order.organisation.host)) as progress:
            return run(order, os.environ, progress)
    except (StoppedError, SaveError) as error:
        console.complain(printable(str(error)))
        if kept.exists():
            console.complain(GO_ON(path=kept))
        raise click.exceptions.Exit(UNREADABLE) from None
    except KeyboardInterrupt:
        if kept.exists():
            console.complain(GO_ON(path=kept))
        raise


def _policies(files: Sequence[Path]) -> list[Json] | None:
    """Return the policies of some files, one object each, as they were delivered.

    Raises:
        ConfigError: A file cannot be read, or holds no policies.
    """
    if not files:
        return None
    found: list[Json] = []
    for file in files:
        value = read_json(file)
        listed = value.get("value", value) if isinstance(value, dict) else value
        policies = listed if isinstance(listed, list) else [listed]
        parse_policies(json.dumps(policies).encode("ascii"), file.name)
        found += policies
    return found
