"""What stands above the table of components: a filter, chips of kinds and places, saving it."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from padguard.foundation.messages import Message
from padguard.governance.components import (
    PRESENCE_WORDS,
    TYPE_WORDS,
    Component,
    ComponentType,
    Presence,
)
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.views.chip_button import chip_button
from padguard.ui.views.components_model import Filter
from padguard.ui.views.components_words import PRESENCE_LOOKS, TYPE_ICONS
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

FIELD_WIDTH = 320
PRESENCES = (Presence.MISSING, Presence.RUN_TIME, Presence.UNKNOWN)
"""Where components are that a person has to look after."""


class ComponentsBar(QWidget):
    """Tells through ``filtered`` what a person wants to see; ``saveWanted`` asks for a file."""

    filtered = Signal(object)  # Filter
    saveWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Filter the components"))
        self.field.setAccessibleName(self.tr("Filter the components"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(FIELD_WIDTH)
        self._loupe = QAction(self)
        self.field.addAction(self._loupe, QLineEdit.ActionPosition.LeadingPosition)
        self.types = {kind: self._chip(TYPE_WORDS[kind]) for kind in ComponentType}
        self.presences = {one: self._chip(PRESENCE_WORDS[one]) for one in PRESENCES}
        self._remark = QLabel(self)
        self.save = QToolButton(self)
        self.save.setText(self.tr("Save the table…"))
        self.save.setToolTip(self.tr("Save all components as CSV for Excel, or as JSON"))
        self.save.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.save.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.field.textChanged.connect(self._tell)
        self.save.clicked.connect(self.saveWanted)
        self._tint()

    @property
    def wanted(self) -> Filter:
        """Which components are wanted."""
        types = (kind for kind, button in self.types.items() if button.isChecked())
        presences = (one for one, button in self.presences.items() if button.isChecked())
        return Filter(self.field.text().strip(), frozenset(types), frozenset(presences))

    def clear(self) -> None:
        """Want all components again."""
        self.field.clear()
        for button in (*self.types.values(), *self.presences.values()):
            button.setChecked(False)

    def count(self, components: Sequence[Component], shown: int) -> None:
        """Tell how many components there are of each kind, and how many of them are shown."""
        kinds = Counter(component.type for component in components)
        for kind, button in self.types.items():
            self._show_count(button, TYPE_WORDS[kind], kinds[kind])
        places = Counter(component.presence for component in components)
        for presence, button in self.presences.items():
            self._show_count(button, PRESENCE_WORDS[presence], places[presence])
        words = self.tr("{shown} of {count}").format(shown=shown, count=len(components))
        self._remark.setText(words if self.wanted else "")
        self.save.setEnabled(bool(components))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self._remark)
        line.addStretch(1)
        line.addWidget(self.save)
        chips = QWidget(self)
        wrapped = WrapLayout(chips)
        wrapped.setContentsMargins(0, 0, 0, 0)
        for button in (*self.presences.values(), *self.types.values()):
            wrapped.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(chips)

    def _chip(self, word: Message) -> QToolButton:
        tip = self.tr("Show only these: {kind}").format(kind=translate(word))
        button = chip_button(self, tip)
        button.toggled.connect(self._tell)
        return button

    def _show_count(self, button: QToolButton, word: Message, count: int) -> None:
        button.setVisible(bool(count) or button.isChecked())
        words = self.tr("{kind} {count}")
        button.setText(words.format(kind=translate(word), count=count))

    def _tell(self) -> None:
        self.filtered.emit(self.wanted)

    def _tint(self) -> None:
        theme = current_theme()
        self._loupe.setIcon(icon("search", theme, theme.muted))
        self.save.setIcon(icon("save-table", theme))
        for kind, button in self.types.items():
            button.setIcon(icon(TYPE_ICONS[kind], theme))
        for presence, button in self.presences.items():
            look = PRESENCE_LOOKS[presence]
            button.setIcon(icon(look.icon, theme, look.colour(theme)))
