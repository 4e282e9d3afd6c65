"""How far a person has got with the findings of an export."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from padguard.ui.triage import Standing

if TYPE_CHECKING:
    from padguard.ui.document import Document


@dataclass(frozen=True, slots=True)
class Tally:
    """The findings by what became of them.

    Attributes:
        mended: Those found when the export was opened that are gone.
        skipped: Those put off.
        accepted: Those whose risk was accepted, or that were known before.
        false_positives: Those that are none.
        waiting: Those left.
    """

    mended: int = 0
    skipped: int = 0
    accepted: int = 0
    false_positives: int = 0
    waiting: int = 0

    @property
    def settled(self) -> int:
        """Those that need no more attention for now."""
        return self.mended + self.skipped + self.accepted + self.false_positives

    @property
    def total(self) -> int:
        """All of them."""
        return self.settled + self.waiting


def tally(document: "Document") -> Tally:
    """Count the findings of a document."""
    standings = Counter(document.triage.standing(found) for found in document.findings)
    present = {found.fingerprint for found in document.findings}
    return Tally(
        len(document.first_found - present),
        standings[Standing.SKIPPED],
        standings[Standing.ACCEPTED] + standings[Standing.KNOWN],
        standings[Standing.FALSE_POSITIVE],
        standings[Standing.OPEN],
    )
