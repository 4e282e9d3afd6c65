"""Collects an environment into a snapshot file: from the token to the file, at once or later."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from padguard.collecting.client import Sleep, connected
from padguard.collecting.collector import Collector
from padguard.collecting.errors import CollectError
from padguard.collecting.journal import journal, journal_path
from padguard.collecting.organisation import Organisation
from padguard.collecting.token import token_for
from padguard.exports.payloads import Json
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress
from padguard.governance.snapshot import PartState, Snapshot
from padguard.governance.snapshot_writing import write_snapshot

NOTHING_READ = mark(
    "collecting",
    "Nothing of the environment could be read, so no snapshot was written. {about}: {reason}",
)
WAITING = mark("collecting", "waiting")


@dataclass(frozen=True, slots=True)
class Order:
    """What to collect.

    Attributes:
        organisation: Whom to ask.
        token_names: The environment variables that may hold the access token.
        output: Where the snapshot goes.
        policies: Data loss prevention policies to put into it, or None.
        with_shares: Whether to ask for every row with whom it is shared.
        resume: Whether to go on where an earlier try was stopped.
    """

    organisation: Organisation
    token_names: tuple[str, ...]
    output: Path
    policies: Sequence[Json] | None = None
    with_shares: bool = True
    resume: bool = False

    @property
    def purpose(self) -> str:
        """What is read from where; only the same can be gone on with."""
        shares = "shares" if self.with_shares else "no-shares"
        return f"{self.organisation.origin} {shares}"


def collect(
    order: Order,
    environment: Mapping[str, str],
    progress: Progress,
    sleep: Sleep = time.sleep,
) -> Snapshot:
    """Write a snapshot of an environment and return it; the file is whole or as it was.

    Args:
        order: What to collect.
        environment: The environment variables.
        progress: Told of every question; may be cancelled.
        sleep: Waits for some seconds.

    Raises:
        StoppedError: The service cannot be asked any more, for now; what was read is kept.
        CollectError: Nothing can be collected as asked.
        CancelledError: The work was cancelled; what was read is kept.
        SaveError: A file could not be written.
    """
    token = token_for(order.organisation, order.token_names, environment, datetime.now(UTC))

    def wait(seconds: float) -> None:
        for _ in range(int(seconds)):
            progress.step(0, 0, WAITING)
            sleep(1.0)
        sleep(seconds % 1.0)

    with (
        connected(order.organisation, token, wait) as client,
        journal(journal_path(order.output), order.purpose, resume=order.resume) as kept,
    ):
        snapshot = Collector(client, kept, progress).collect(
            order.policies, with_shares=order.with_shares
        )
        _check(snapshot)
        write_snapshot(order.output, snapshot)
    return snapshot


def _check(snapshot: Snapshot) -> None:
    asked = [part for part in snapshot.parts if part.about.startswith(("audit", "tables", "rows:"))]
    if all(part.state is PartState.NOT_READABLE for part in asked):
        first = asked[0]
        raise CollectError(NOTHING_READ(about=first.about, reason=first.reason))
