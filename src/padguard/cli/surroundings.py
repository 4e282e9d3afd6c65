"""What surrounds flows, from files that a person names: policies, a snapshot, answers."""

from dataclasses import dataclass
from pathlib import Path

import click

from padguard.cli.console import UNREADABLE, Console
from padguard.foundation.errors import ConfigError
from padguard.foundation.printable import printable
from padguard.governance.audit_answers import Answers, read_answers
from padguard.governance.policy import Policy
from padguard.governance.policy_reading import load_policies
from padguard.governance.snapshot import Snapshot
from padguard.governance.snapshot_reading import policies_of, read_snapshot
from padguard.session.session import Session

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
POLICIES = click.option(
    "--policy",
    "policy_files",
    metavar="FILE",
    multiple=True,
    type=FILE,
    help="A data loss prevention policy as JSON, for the rules PG501 to PG503. Repeat for several.",
)
SNAPSHOT = click.option(
    "--snapshot",
    "snapshot_file",
    metavar="FILE",
    type=FILE,
    help="The environment, as padguard collect wrote it, for the rules PG404, PG5 and PG601.",
)
ANSWERS = click.option(
    "--answers",
    "answers_file",
    metavar="FILE",
    type=FILE,
    help="Your answers to the questions of padguard audit, among them who may own flows.",
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the environment that exports are for."""

    policies: tuple[Policy, ...] = ()
    snapshot: Snapshot | None = None
    answers: Answers | None = None

    def tell(self, session: Session) -> None:
        """Have a session know it; to be done before it is analysed."""
        session.policing.policies = self.policies
        session.snapshot = self.snapshot
        session.answers = self.answers


def read_surroundings(
    console: Console,
    policy_files: tuple[Path, ...],
    snapshot_file: Path | None = None,
    answers_file: Path | None = None,
) -> Surroundings:
    """Read the named files; one that cannot be read ends the command.

    Where no policy is named, those in the snapshot hold.
    """
    try:
        policies = load_policies(policy_files)
        snapshot = read_snapshot(snapshot_file) if snapshot_file else None
        if snapshot is not None and not policies:
            policies = policies_of(snapshot)
        answers = read_answers(answers_file) if answers_file else None
    except ConfigError as error:
        console.complain(printable(str(error)))
        raise click.exceptions.Exit(UNREADABLE) from error
    return Surroundings(policies, snapshot, answers)
