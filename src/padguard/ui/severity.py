"""How each severity looks: icon, word and colour, so that none of them stands alone."""

from typing import NamedTuple

from padguard.foundation.messages import Message, mark
from padguard.rules.finding import Severity
from padguard.ui.theme import Theme


class Look(NamedTuple):
    """How a severity shows itself; ``role`` names the colour of `Theme`."""

    icon: str
    word: Message
    role: str

    def colour(self, theme: Theme) -> str:
        """Return the colour it has in a theme."""
        colour: str = getattr(theme, self.role)
        return colour


LOOKS = {
    Severity.CRITICAL: Look("severity-critical", mark("severity", "Critical"), "critical"),
    Severity.HIGH: Look("severity-high", mark("severity", "High"), "high"),
    Severity.MEDIUM: Look("severity-medium", mark("severity", "Medium"), "medium"),
    Severity.LOW: Look("severity-low", mark("severity", "Low"), "low"),
    Severity.INFO: Look("info", mark("severity", "Info"), "info"),
}


def look(severity: Severity) -> Look:
    """Return how a severity looks."""
    return LOOKS[severity]
