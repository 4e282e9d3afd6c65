"""The filter above the explorer: a field for a text, and chips for kinds of things."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from padguard.foundation.messages import Message, mark
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.views.chip_button import chip_button
from padguard.ui.views.explorer_filter import Chip, Wish
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

CHIPS: dict[Chip, tuple[str, Message, Message]] = {
    Chip.SENSITIVE: (
        "marked",
        mark("explorer", "Sensitive"),
        mark("explorer", "Show only variables that are marked as sensitive, and credentials"),
    ),
    Chip.EXPOSED: (
        "exposed",
        mark("explorer", "Exposed"),
        mark("explorer", "Show only variables that hold sensitive data without a mark"),
    ),
    Chip.NOT_MARKED: (
        "clean",
        mark("explorer", "Not marked"),
        mark("explorer", "Show only variables that are not marked as sensitive"),
    ),
    Chip.FINDINGS: (
        "findings",
        mark("explorer", "Findings"),
        mark("explorer", "Show only rows and variables that something was found about"),
    ),
    Chip.SECRETS: (
        "key",
        mark("explorer", "Secrets"),
        mark("explorer", "Show only rows and variables that a secret is written into"),
    ),
    Chip.INPUTS_OUTPUTS: (
        "input",
        mark("explorer", "Inputs and outputs"),
        mark("explorer", "Show only what flows take in and give back"),
    ),
    Chip.DISABLED: (
        "",
        mark("explorer", "Disabled rows"),
        mark("explorer", "Show only rows that are switched off"),
    ),
}


class ExplorerFilterBar(QWidget):
    """Tells through ``changed`` what a person wants to see."""

    changed = Signal(object)  # Wish

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Filter by name, action or id"))
        self.field.setAccessibleName(self.tr("Filter the explorer"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._tell)
        self._loupe = QAction(self)
        self.field.addAction(self._loupe, QLineEdit.ActionPosition.LeadingPosition)
        self.buttons = {chip: self._button(chip) for chip in Chip}
        chips = WrapLayout()
        for button in self.buttons.values():
            chips.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addLayout(chips)
        self._tint()

    @property
    def wish(self) -> Wish:
        """What is wanted at the moment."""
        chips = frozenset(chip for chip, button in self.buttons.items() if button.isChecked())
        return Wish(self.field.text().strip(), chips)

    def clear(self) -> None:
        """Want everything again."""
        self.field.clear()
        for button in self.buttons.values():
            button.setChecked(False)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _button(self, chip: Chip) -> QToolButton:
        _, word, tip = CHIPS[chip]
        button = chip_button(self, translate(tip))
        button.setText(translate(word))
        button.setAccessibleName(translate(word))
        button.toggled.connect(self._tell)
        return button

    def _tell(self) -> None:
        self.changed.emit(self.wish)

    def _tint(self) -> None:
        theme = current_theme()
        self._loupe.setIcon(icon("search", theme, theme.muted))
        for chip, button in self.buttons.items():
            if CHIPS[chip][0]:
                button.setIcon(icon(CHIPS[chip][0], theme))
