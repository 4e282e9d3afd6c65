"""What can be opened of a drag, a drop or the clipboard: paths and text."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData


@dataclass(frozen=True, slots=True)
class Offer:
    """What was dropped or pasted; ``text`` counts only where there are no paths."""

    paths: tuple[Path, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.paths or self.text.strip())


def is_offer(data: QMimeData) -> bool:
    """Return whether there may be something to open in it; cheap, for drags that pass by."""
    return data.hasUrls() or data.hasText()


def read_offer(data: QMimeData) -> Offer:
    """Return what there is to open in it; addresses other than of local files are left out."""
    if data.hasUrls():
        return Offer(tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()))
    return Offer(text=data.text())
