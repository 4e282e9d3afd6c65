"""What became of the findings that were to be mended together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from padguard.fixes.engine import LeftOut
from padguard.fixes.fix import Fix
from padguard.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Summary:
    """What was mended by what, and what was not.

    Attributes:
        mended: The findings that were mended, with the fix that was applied.
        left_out: The findings that are left, with the reason.
        flow_ids: The flows that were rebuilt.
    """

    mended: tuple[tuple[Finding, Fix], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    flow_ids: frozenset[str] = frozenset()

    def knows(self, finding: Finding) -> bool:
        """Tell whether a fix for a finding was applied already."""
        return any(finding.fingerprint == known.fingerprint for known, _ in self.mended)

    def after(
        self, mended: Sequence[tuple[Finding, Fix]], left_out: Sequence[LeftOut]
    ) -> "Summary":
        """Return the summary after another round, which knows what is left."""
        return replace(self, mended=(*self.mended, *mended), left_out=tuple(left_out))

    def with_flows(self, flow_ids: frozenset[str]) -> "Summary":
        """Return the summary with further flows that were rebuilt."""
        return replace(self, flow_ids=self.flow_ids | flow_ids)
