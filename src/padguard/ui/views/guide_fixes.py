"""The choice of fixes for a finding: one radio button each, grey with the reason where none is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from padguard.fixes.fix import Applicability, Fix
from padguard.foundation.messages import mark
from padguard.ui.appearance import current_theme
from padguard.ui.labels import breakable, colour_label
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.ui.document import Document

WORDS = {
    Applicability.SAFE: mark("guide", "Safe: what the flow does stays the same."),
    Applicability.REVIEW: mark("guide", "Please review: look at the change before you apply it."),
    Applicability.GUIDED: mark("guide", "Guided: you take the steps, in the designer or portal."),
}
ROLES = {
    Applicability.SAFE: "marked",
    Applicability.REVIEW: "medium",
    Applicability.GUIDED: "low",
}
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
}
SPOKEN = mark("guide", "{title}. {words}")
ROOM = 4
"""Pixels round a fix for the line that shows that it has the keyboard."""


class Choice(QWidget):
    """One fix: a button, its title, and how sure it is or why it cannot be made."""

    def __init__(self, fix: Fix, parent: QWidget) -> None:
        super().__init__(parent)
        self.fix = fix
        self.button = QRadioButton(self)
        self.button.setAutoExclusive(False)  # the group sees to it
        self._title = _label(breakable(translate(fix.title)), self)
        self._remark = _label(breakable(self._words()), self)
        words = SPOKEN(title=fix.title, words=self._words())
        self.button.setAccessibleName(translate(words))
        self.button.setEnabled(fix.plan is not None)
        self._title.setEnabled(fix.plan is not None)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        grid = QGridLayout(self)
        grid.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.button, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._remark, 1, 1)
        self._tint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the fix by a click on its words."""
        super().mouseReleaseEvent(event)
        if self.button.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.click()

    def changeEvent(self, event: QEvent) -> None:
        """Dress in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _words(self) -> str:
        reason = self.fix.reason
        return translate(reason if reason is not None else WORDS[self.fix.applicability])

    def _tint(self) -> None:
        theme = current_theme()
        colour = theme.muted
        if self.fix.plan is not None:
            colour = getattr(theme, ROLES[self.fix.applicability])
        colour_label(self._remark, theme.on(theme.window, colour))


class FixList(QWidget):
    """Lists the fixes of a document's present finding; a person chooses by arrow keys or mouse.

    ``applyWanted`` tells that Enter was pressed on one. The Tab key comes here from ``before``.
    """

    applyWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Fixes"))
        self._before = before
        self._document: Document | None = None
        self._group: QButtonGroup | None = None
        self._is_wanted = False
        self.choices: list[Choice] = []
        self.message = _label("", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.message)

    def setDocument(self, document: "Document | None") -> None:
        """List the fixes of another export, or none."""
        if self._document is not None:
            self._document.offers.changed.disconnect(self._show)
            self._document.offers.chosenChanged.disconnect(self._check)
        self._document = document
        if document is not None:
            document.offers.changed.connect(self._show)
            document.offers.chosenChanged.connect(self._check)
        self._show()

    def take_focus(self) -> None:
        """Give the keyboard to the fix that is chosen, as soon as there is one."""
        button = self._button_to_focus()
        self._is_wanted = button is None
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_focus(self) -> None:
        """No longer take the keyboard when fixes come."""
        self._is_wanted = False

    def _show(self) -> None:
        """List the fixes of now."""
        had_focus = any(choice.button.hasFocus() for choice in self.choices)
        for choice in self.choices:
            self._column.removeWidget(choice)
            choice.hide()
            choice.deleteLater()
        self.choices = []
        offers = self._document.offers if self._document is not None else None
        if self._group is not None:
            self._group.deleteLater()
        self._group = QButtonGroup(self)
        for fix in offers.fixes if offers is not None else ():
            choice = Choice(fix, self)
            self._group.addButton(choice.button)
            choice.button.clicked.connect(self._choose)
            choice.button.installEventFilter(self)
            self._column.addWidget(choice)
            QWidget.setTabOrder(self._last_stop(), choice.button)
            self.choices.append(choice)
        self.message.setText(self._message())
        self.message.setVisible(bool(self.message.text()))
        self._check()
        if (had_focus or self._is_wanted) and (self.choices or not self._is_working):
            self.take_focus()
        elif had_focus:
            self._is_wanted = True

    def _last_stop(self) -> QWidget:
        return self.choices[-1].button if self.choices else self._before

    @property
    def _is_working(self) -> bool:
        return self._document is not None and self._document.offers.is_working

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter on a fix for the wish to apply it, and arrows for the wish for another one."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.applyWanted.emit()
                return True
            if plain and event.key() in STEPS:
                self._move(watched, STEPS[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _move(self, button: QObject, step: int) -> None:
        """Choose the next or the previous fix that can be made."""
        possible = [choice.button for choice in self.choices if choice.button.isEnabled()]
        places = [place for place, other in enumerate(possible) if other is button]
        if places:
            target = possible[(places[0] + step) % len(possible)]
            target.setFocus(Qt.FocusReason.TabFocusReason)
            target.click()

    def _message(self) -> str:
        document = self._document
        if document is None or document.finding is None:
            return ""
        offers = document.offers
        if offers.trouble is not None:
            return translate(offers.trouble)
        if offers.is_working:
            return self.tr("Looking for fixes…")
        if offers.fixes or not offers.is_ready:
            return ""
        return self.tr(
            "PAD Guard has no fix for this. Do what is said above in the designer, or accept the "
            "risk with your reason."
        )

    def _button_to_focus(self) -> QRadioButton | None:
        checked = (choice.button for choice in self.choices if choice.button.isChecked())
        return next(checked, None)

    def _choose(self) -> None:
        if self._document is not None:
            for choice in self.choices:
                if choice.button.isChecked():
                    self._document.offers.choose(choice.fix.id)

    def _check(self) -> None:
        """Check the button of the chosen fix."""
        chosen = self._document.offers.chosen if self._document is not None else None
        for choice in self.choices:
            choice.button.setChecked(chosen is not None and choice.fix is chosen)
        if self._is_wanted and self._button_to_focus() is not None:
            self.take_focus()


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
