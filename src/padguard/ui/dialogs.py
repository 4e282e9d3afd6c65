"""The small dialogs of the window: about PAD Guard, what was not analysed, unsaved changes."""

from collections.abc import Sequence
from enum import Enum, auto
from importlib.metadata import version

from PySide6.QtCore import QCoreApplication, Qt
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

from padguard.exports.model import Problem
from padguard.flow.model import Flow
from padguard.robin.tree import Kind
from padguard.ui.counts import Counts, Missed
from padguard.ui.document import Document, Place
from padguard.ui.icons import pixmap
from padguard.ui.theme import Theme
from padguard.ui.words import translate

SIZE = (640, 360)


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
            "dialogs", "Without saving, the marks you set or removed since the last save are lost."
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
    """Lists what of an export could not be read or understood, and leads to it."""

    def __init__(self, document: Document, counts: Counts, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(self.tr("What was not analysed"))
        self.resize(*SIZE)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Parts that were not analysed"))
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.itemActivated.connect(self._go)
        intro = QLabel(self._intro(counts), self)
        intro.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (intro, self.list, buttons):
            column.addWidget(widget)
        self._fill(counts, document.session.problems)

    def _intro(self, counts: Counts) -> str:
        if counts.complete:
            return self.tr("PAD Guard read and understood everything in this export.")
        return self.tr(
            "PAD Guard keeps these parts to the letter when it saves, but cannot judge them. "
            "Double-click an entry to look at it."
        )

    def _fill(self, counts: Counts, problems: Sequence[Problem]) -> None:
        for problem in problems:
            words = self.tr("{where}: {reason}")
            self._add(words.format(where=problem.where, reason=translate(problem.message)), None)
        flows = {flow.name: flow for flow in self._document.session.flows}
        for missed in counts.missed:
            for line in self._lines(missed):
                self._add(line, flows.get(missed.flow))
        self.list.setVisible(self.list.count() > 0)

    def _lines(self, missed: Missed) -> list[str]:
        lines = []
        if missed.statements:
            words = (
                self.tr("{flow}: 1 statement is not understood.")
                if missed.statements == 1
                else self.tr("{flow}: {count} statements are not understood.")
            )
            lines.append(words.format(flow=missed.flow, count=missed.statements))
        words = self.tr("{flow}: the action {action} is not in PAD Guard's catalogue.")
        lines += [words.format(flow=missed.flow, action=name) for name in missed.unknown_actions]
        return lines

    def _add(self, text: str, flow: Flow | None) -> None:
        item = QListWidgetItem(text, self.list)
        if flow is not None:
            item.setData(Qt.ItemDataRole.UserRole, _first_unclear(flow))

    def _go(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        if place is not None:
            self._document.goTo(place)
            self.accept()


def _first_unclear(flow: Flow) -> Place:
    """Return the first place in a flow that is not understood, else the flow itself."""
    for action in flow.actions:
        if action.statement.kind is Kind.OPAQUE:
            return Place(flow.id, action.subflow.name, action.index)
    return Place(flow.id)
