"""The bar above a drawn graph: how much is drawn, how large, and saving it as a picture."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from padguard.foundation.messages import Message
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.words import translate

ICON_SIZE = QSize(18, 18)


class Choice(NamedTuple):
    """One way to choose what is drawn: the scope, its words, and what they mean."""

    scope: Hashable
    text: Message
    tip: Message


class GraphBar(QWidget):
    """Buttons; ``scopeWanted`` gives a scope, the other signals are what their names say."""

    scopeWanted = Signal(object)  # noqa: N815 - a signal of Qt
    zoomWanted = Signal(int)  # noqa: N815 - a signal of Qt: 1 larger, -1 smaller, 0 all of it
    saveWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, name: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        self._group = QButtonGroup(self)
        self.scopes = {choice.scope: self._scope_button(choice) for choice in choices}
        for button in self.scopes.values():
            row.addWidget(button)
        row.addStretch(1)
        self.smaller = self._button("zoom-out", self.tr("Smaller"), "-")
        self.percent = QLabel(self)
        self.larger = self._button("zoom-in", self.tr("Larger"), "+")
        self.fit = self._button("fit", self.tr("Show all of it"), "Ctrl+0")
        self.save = self._button("save-picture", self.tr("Save as a picture (SVG or PNG)…"), "")
        self.percent.setAccessibleName(self.tr("Size of the drawing"))
        for widget in (self.smaller, self.percent, self.larger, self.fit, self.save):
            row.addWidget(widget)
        self.smaller.clicked.connect(lambda: self.zoomWanted.emit(-1))
        self.larger.clicked.connect(lambda: self.zoomWanted.emit(1))
        self.fit.clicked.connect(lambda: self.zoomWanted.emit(0))
        self.save.clicked.connect(self.saveWanted)
        self.tint()

    def show_state(self, scope: Hashable, zoom: float, *, drawn: bool) -> None:
        """Show how much is drawn and how large; without a drawing there is nothing to zoom."""
        for known, button in self.scopes.items():
            button.setChecked(known is scope)
        self.percent.setText(self.tr("{percent} %").format(percent=round(zoom * 100)))
        for widget in (self.smaller, self.percent, self.larger, self.fit, self.save):
            widget.setEnabled(drawn)

    def tint(self) -> None:
        """Draw the icons in the colours of the current theme."""
        theme = current_theme()
        for button in (self.smaller, self.larger, self.fit, self.save):
            button.setIcon(icon(button.objectName(), theme))

    def _scope_button(self, choice: Choice) -> QToolButton:
        button = QToolButton(self)
        button.setText(translate(choice.text))
        button.setToolTip(translate(choice.tip))
        button.setCheckable(True)
        button.setAutoRaise(True)
        self._group.addButton(button)
        button.clicked.connect(lambda: self.scopeWanted.emit(choice.scope))
        return button

    def _button(self, name: str, tip: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIconSize(ICON_SIZE)
        button.setAutoRaise(True)
        button.setAccessibleName(tip)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(self.tr("{tip} ({keys})").format(tip=tip, keys=shown) if keys else tip)
        return button
