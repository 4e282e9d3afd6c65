"""How each sensitivity looks: icon, word and colour, so that none of them stands alone."""

from typing import NamedTuple

from padguard.flow.model import Sensitivity
from padguard.foundation.messages import Message, mark
from padguard.ui.theme import Theme


class Look(NamedTuple):
    """How a sensitivity shows itself.

    ``role`` names the colour of `Theme`; ``tip`` is one sentence that says what it means.
    """

    icon: str
    word: Message
    tip: Message
    role: str

    def colour(self, theme: Theme) -> str:
        """Return the colour it has in a theme."""
        colour: str = getattr(theme, self.role)
        return colour


LOOKS = {
    Sensitivity.CREDENTIAL: Look(
        "credential",
        mark("sensitivity", "Credential"),
        mark("sensitivity", "Credential: always sensitive, by its type. The designer masks it."),
        "credential",
    ),
    Sensitivity.MARKED: Look(
        "marked",
        mark("sensitivity", "Marked"),
        mark(
            "sensitivity", "Marked as sensitive: its value is masked in the designer and in logs."
        ),
        "marked",
    ),
    Sensitivity.EXPOSED: Look(
        "exposed",
        mark("sensitivity", "Exposed"),
        mark("sensitivity", "Exposed: holds sensitive data but is not marked as sensitive."),
        "exposed",
    ),
    Sensitivity.CLEAN: Look(
        "clean",
        mark("sensitivity", "Clean"),
        mark("sensitivity", "Clean: not marked, and no sensitive data is known to be in it."),
        "clean",
    ),
    Sensitivity.UNKNOWN: Look(
        "unknown",
        mark("sensitivity", "Unknown"),
        mark(
            "sensitivity",
            "Unknown: text copied from the designer does not tell which variables are marked.",
        ),
        "unknown",
    ),
}


def look(sensitivity: Sensitivity) -> Look:
    """Return how a sensitivity looks."""
    return LOOKS[sensitivity]
