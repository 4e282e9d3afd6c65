"""The ways a person names something to open: dialogs, the clipboard, a drop, the sample."""

from pathlib import Path

from PySide6.QtCore import QDir, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from padguard.foundation.errors import OpenError
from padguard.foundation.messages import Message
from padguard.ui.dropping import read_offer
from padguard.ui.opening import NO_TEXT, NOTHING_DROPPED, Source, sample_path


class FileCommands(QObject):
    """Turns what a person does into a `Source`, or says why there is nothing to open."""

    wanted = Signal(object)  # Source
    refused = Signal(object)  # Message

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._folder = ""

    def open(self) -> None:
        """Ask for files to open."""
        words = ";;".join(
            (
                self.tr("Exports and Robin text (*.zip *.robin *.txt)"),
                self.tr("All files (*)"),
            )
        )
        paths, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Open"), self._folder, words)
        for path in paths:
            self.open_path(Path(QDir.toNativeSeparators(path)))

    def open_folder(self) -> None:
        """Ask for the folder of an unpacked solution."""
        title = self.tr("Open the folder of an unpacked solution")
        path = QFileDialog.getExistingDirectory(self._window, title, self._folder)
        if path:
            self.open_path(Path(QDir.toNativeSeparators(path)))

    def open_path(self, path: Path) -> None:
        """Open a file or folder."""
        self._folder = str(path.parent)
        self.wanted.emit(Source(path=path))

    def open_sample(self) -> None:
        """Open the export that comes with PAD Guard."""
        try:
            self.wanted.emit(Source(path=sample_path()))
        except OpenError as error:
            self.refused.emit(error.message)

    def paste(self) -> None:
        """Open what is in the clipboard: actions copied in the designer, or copied files."""
        data = QGuiApplication.clipboard().mimeData()
        self._take(data, self.tr("From the clipboard"), NO_TEXT)

    def drop(self, data: QMimeData) -> None:
        """Open what was dropped on the window."""
        self._take(data, self.tr("Dropped text"), NOTHING_DROPPED)

    def _take(self, data: QMimeData | None, name: str, nothing: Message) -> None:
        offer = read_offer(data) if data is not None else None
        if not offer:
            self.refused.emit(nothing)
        elif offer.paths:
            for path in offer.paths:
                self.open_path(path)
        else:
            self.wanted.emit(Source(text=offer.text, name=name))
