"""What the window opens, and the work of opening it, done in the background."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark
from padguard.foundation.paths import resources_dir
from padguard.foundation.progress import Progress

if TYPE_CHECKING:
    from padguard.session.session import Session

FIRST_ROWS = 40
"""About as many rows as a window shows at once."""

NO_TEXT = mark(
    "opening",
    "The clipboard holds no text. Select actions in the designer, press Ctrl+C, "
    "then come back and paste.",
)
NOTHING_DROPPED = mark(
    "opening", "There is nothing to open in it. Drop a solution .zip, a folder or Robin text."
)
NO_SAMPLE = mark(
    "opening", "The sample is missing from this installation. Installing again brings it back."
)


@dataclass(frozen=True, slots=True)
class Source:
    """What to open: a path, or else text under a name."""

    path: Path | None = None
    text: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """What a person calls it."""
        return self.path.name if self.path is not None else self.name

    def open(self, progress: Progress) -> "Session":
        """Open it; runs on the worker thread, and imports there what opening and showing need.

        Raises:
            OpenError: It cannot be opened.
            ConfigError: The configuration that holds for it is not valid.
            CancelledError: The work was cancelled.
        """
        from padguard.session.config import config_for
        from padguard.session.session import Session

        options, selection, config = config_for(self.path)
        if self.path is not None:
            session = Session.open(self.path, progress, options=options, selection=selection)
        else:
            session = Session.from_text(self.text, self.name, options=options, selection=selection)
        session.config_path = config
        import padguard.ui.workspace  # noqa: F401 - importing would hold the GUI thread up

        _warm(session)
        return session


def _warm(session: "Session") -> None:
    """Put the rows that are shown first into words, so that the catalogue is read by then."""
    from padguard.flow.words import summary

    for flow in session.flows[:1]:
        for action in flow.actions[:FIRST_ROWS]:
            summary(flow, action)


def sample_path() -> Path:
    """Return the export that comes with PAD Guard.

    Raises:
        OpenError: There is none.
    """
    found = sorted((resources_dir() / "samples").glob("*.zip"))
    if not found:
        raise OpenError(NO_SAMPLE)
    return found[0]


def is_sample(path: Path) -> bool:
    """Return whether a path is of the exports that come with PAD Guard."""
    return path.is_relative_to(resources_dir())
