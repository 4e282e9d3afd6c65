"""The small dialogs of the window: about PAD Guard, what was not analysed, unsaved changes."""

from enum import Enum, auto
from importlib.metadata import version
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from padguard.ui.document import Document
from padguard.ui.icons import pixmap
from padguard.ui.theme import Theme
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.ui.counts import Coverage, Missed

SIZE = (640, 360)
MOST_OF_A_KIND = 200
"""Entries of one kind that are listed; nobody reads more."""


class Answer(Enum):
    """What to do with changes that are not saved."""

    SAVE = auto()
    DISCARD = auto()
    STAY = auto()


def ask_about_changes(window: QWidget, name: str) -> Answer:
    """Ask what to do with the changes to an export before it is closed."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(QCoreApplication.translate("dialogs", "Unsaved changes"))
    question = QCoreApplication.translate("dialogs", "Save your changes to {name}?")
    box.setText(question.format(name=name))
    box.setInformativeText(
        QCoreApplication.translate(
            "dialogs", "Without saving, the changes you made since the last save are lost."
        )
    )
    button = QMessageBox.StandardButton
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    box.setDefaultButton(button.Save)
    answers = {button.Save.value: Answer.SAVE, button.Discard.value: Answer.DISCARD}
    return answers.get(int(box.exec()), Answer.STAY)


def show_about(window: QWidget, theme: Theme) -> None:
    """Show the version and the licence."""
    box = QMessageBox(window)
    box.setWindowTitle(QCoreApplication.translate("dialogs", "About PAD Guard"))
    box.setIconPixmap(pixmap("app", theme.accent, 64, window.devicePixelRatioF()))
    words = QCoreApplication.translate("dialogs", "PAD Guard {version}")
    box.setText(words.format(version=version("padguard")))
    box.setInformativeText(
        QCoreApplication.translate(
            "dialogs",
            "Shows where sensitive data lives in Power Automate desktop flows, and helps to "
            "protect it. Nothing you open leaves this computer.\n\n"
            "MIT licence. Credits are in the file NOTICE that comes with the program.",
        )
    )
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.exec()


class CoverageDialog(QDialog):
    """Lists what of an export could not be analysed, kind by kind, and leads to it."""

    def __init__(self, document: Document, coverage: "Coverage", parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(self.tr("What was not analysed"))
        self.resize(*SIZE)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Parts that were not analysed"))
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._go)
        intro = QLabel(self._intro(coverage), self)
        intro.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (intro, self.list, buttons):
            column.addWidget(widget)
        self._fill(coverage)

    def _intro(self, coverage: "Coverage") -> str:
        if not coverage.missed:
            return self.tr("PAD Guard read and understood everything in this export.")
        return self.tr(
            "PAD Guard keeps these parts to the letter when it saves, but cannot judge them. "
            "Double-click an entry to look at it."
        )

    def _fill(self, coverage: "Coverage") -> None:
        from padguard.reports.coverage import HEADINGS

        for kind, heading in HEADINGS.items():
            found = [missed for missed in coverage.missed if missed.kind is kind]
            if found:
                self._add_heading(translate(heading), len(found))
            for missed in found[:MOST_OF_A_KIND]:
                self._add(missed)
            if len(found) > MOST_OF_A_KIND:
                words = self.tr("… and {count} more")
                self.list.addItem(words.format(count=len(found) - MOST_OF_A_KIND))
        self.list.setVisible(self.list.count() > 0)

    def _add_heading(self, heading: str, count: int) -> None:
        item = QListWidgetItem(
            self.tr("{heading} ({count})").format(heading=heading, count=count), self.list
        )
        font = item.font()
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _add(self, missed: "Missed") -> None:
        words = "{message}"
        if missed.row:
            words = self.tr("{flow}, row {row}: {message}")
        elif missed.flow:
            words = self.tr("{flow}: {message}")
        message = translate(missed.message)
        text = words.format(flow=missed.flow, row=missed.row, message=message)
        QListWidgetItem(text, self.list).setData(Qt.ItemDataRole.UserRole, missed.place)

    def _go(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        if place is not None:
            self._document.goTo(place)
            self.accept()
