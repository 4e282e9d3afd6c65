"""How long to wait before a question is asked again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = 300.0
"""Seconds; whoever is asked to wait longer had better come back later."""
ASKED_ANEW: Final = 8
"""How often a question is asked anew because the service is busy."""
TRIED_AGAIN: Final = 3
"""How often a question is asked again because the service or the line failed."""


@dataclass(slots=True)
class Patience:
    """Counts how often one question was asked in vain."""

    busy: int = 0
    failed: int = 0

    def after_busy(self, retry_after: str | None, now: datetime) -> float | None:
        """Return how many seconds to wait after 429 or 503; None where it is no use.

        Args:
            retry_after: What the service says in Retry-After: seconds or a date.
            now: The time, with its time zone.
        """
        self.busy += 1
        if self.busy > ASKED_ANEW:
            return None
        wanted = _seconds(retry_after, now)
        seconds = min(2.0**self.busy, 60.0) if wanted is None else wanted
        return seconds if seconds <= LONGEST else None

    def after_failure(self) -> float | None:
        """Return how many seconds to wait after something failed; None where it is no use."""
        self.failed += 1
        return None if self.failed > TRIED_AGAIN else 0.5 * 2.0**self.failed


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    written = (retry_after or "").strip()
    if written.isdecimal():
        return float(written[:9])
    try:
        when = parsedate_to_datetime(written)
    except ValueError:
        return None
    if when.tzinfo is None:  # "-0000": UTC, with nothing known of the place
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
