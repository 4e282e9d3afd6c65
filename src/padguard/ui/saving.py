"""Saving with a person: where to, whether to write over something, and what to do afterwards."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from padguard.exports.model import ExportKind
from padguard.ui.document import Document
from padguard.ui.opening import is_sample


class Saver(QObject):
    """Asks what must be asked, and has the document save.

    What shall follow a save (closing the window, say) follows that save only: a new one forgets it.
    """

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(document)
        self._document = document
        self._window = window
        self._original = document.session.export.path
        self._written: set[Path] = set()
        self._then: Callable[[], None] | None = None
        document.saved.connect(self._saved)

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save where it was saved before, else beside the original; ask where neither will do."""
        if self._needs_name():
            self.save_as(then)
        else:
            self._write(self._document.session.suggested_path(), then)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        """Ask for a name and save under it."""
        target = self._ask_for_name()
        if target is not None:
            self._write(target, then)

    def _write(self, target: Path, then: Callable[[], None] | None) -> None:
        if self._may_write(target):
            self._then = then
            self._document.save(target)

    def _saved(self, path: Path) -> None:
        self._written.add(path)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _needs_name(self) -> bool:
        """Return whether there is no original to save beside, or none of the maker's own."""
        path = self._document.session.export.path
        return path is None or is_sample(path)

    def _ask_for_name(self) -> Path | None:
        suggestion = self._document.session.suggested_path()
        if self._needs_name():
            suggestion = _documents() / suggestion.name
        kind = self._document.session.export.kind
        title = self.tr("Save as")
        if kind is ExportKind.FOLDER:
            # A folder that does not exist yet is named in a file dialog, not in one for folders.
            words = self.tr("Folders")
        elif kind is ExportKind.SOLUTION:
            words = self.tr("Solutions (*.zip)")
        else:
            words = self.tr("Robin text (*.robin *.txt)")
        ours = QFileDialog.Option.DontConfirmOverwrite  # we ask, and say what becomes of it
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, title, str(suggestion), words, options=ours
        )
        return Path(QDir.toNativeSeparators(chosen)) if chosen else None

    def _may_write(self, target: Path) -> bool:
        """Return whether there is nothing to lose at the target, or the person agrees."""
        if target in self._written or not _exists(target):
            return True
        if self._original is not None and _same(target, self._original):
            return self._agrees_to_overwrite(target)
        return self._agrees_to_replace(target)

    def _agrees_to_replace(self, target: Path) -> bool:
        question = self.tr("{name} exists already in {folder}.\n\nReplace it?")
        return self._agrees(
            question.format(name=target.name, folder=target.parent), self.tr("Replace")
        )

    def _agrees_to_overwrite(self, target: Path) -> bool:
        question = self.tr(
            "{name} is the original that you opened.\n\n"
            "PAD Guard can write over it and keeps the original as a backup beside it."
        )
        return self._agrees(question.format(name=target.name), self.tr("Overwrite the original"))

    def _agrees(self, question: str, words: str) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Save"))
        box.setText(question)
        agree = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.exec()
        return box.clickedButton() is agree


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # it may not be looked at; saving will say why
        return False


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:  # one of them does not exist
        return False


def _documents() -> Path:
    location = QStandardPaths.StandardLocation.DocumentsLocation
    folder = QStandardPaths.writableLocation(location)
    return Path(folder) if folder else Path.home()
