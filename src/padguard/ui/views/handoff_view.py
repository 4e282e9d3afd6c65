"""The panel of hand-offs: secrets that wait in the keychain until their credential is there."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from padguard.foundation.messages import Message
from padguard.session.handoff_record import HandOff
from padguard.ui.appearance import current_theme
from padguard.ui.handoff_desk import HandOffDesk
from padguard.ui.icons import icon
from padguard.ui.labels import colour_label
from padguard.ui.preferences import Preferences
from padguard.ui.views.handoff_list import HandOffList
from padguard.ui.views.handoff_questions import (
    ask_to_copy_again,
    ask_to_delete,
    ask_to_delete_all,
)
from padguard.ui.views.handoff_steps import HandOffSteps
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

PATIENCE_MS = 400
"""How long the keychain may take before a person is told to look for its window."""

SHARES = [2, 3]


class HandOffView(QWidget):
    """Lists the secrets, copies and deletes them, and says what is to be done with each.

    A secret goes from the keychain to the clipboard and nowhere else: the panel never holds one.
    """

    def __init__(
        self, desk: HandOffDesk, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Hand-offs"))
        self._desk = desk
        self._preferences = preferences
        self.trouble = self._label()
        self.empty = self._label()
        self.state = self._label()
        self.list = HandOffList(self)
        self.copy = QPushButton(self.tr("Copy the secret"), self)
        self.delete = QPushButton(self.tr("Delete"), self)
        self.delete_all = QPushButton(self.tr("Delete all…"), self)
        self.try_again = QPushButton(self.tr("Look again"), self)
        self.steps = HandOffSteps(self)
        self._is_waiting = False
        self._is_warning = False
        self._waiting = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._waiting.timeout.connect(self._say_waiting)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.setMinimumWidth(240)
        self._say("")
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at what is kept now."""
        super().showEvent(event)
        self._desk.look()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setContentsMargins(8, 4, 8, 4)
        return label

    def _lay_out(self) -> None:
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = WrapLayout(gap=8)
        buttons.setContentsMargins(8, 4, 8, 4)
        for button in (self.copy, self.delete, self.delete_all):
            buttons.addWidget(button)
        upper = QWidget(self)
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.list, 1)
        above.addWidget(self.state)
        above.addLayout(buttons)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(self.steps)
        splitter.setSizes([100 * share for share in SHARES])
        self._pages.addWidget(splitter)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.trouble.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        again = WrapLayout()
        again.setContentsMargins(8, 0, 8, 4)
        again.addWidget(self.try_again)
        column.addWidget(self.trouble)
        column.addLayout(again)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.list.deleteWanted.connect(self._delete)
        self.copy.clicked.connect(self._copy)
        self.delete.clicked.connect(self._delete)
        self.delete_all.clicked.connect(self._delete_all)
        self.try_again.clicked.connect(self._desk.look)
        self.steps.copied.connect(self._say_steps_copied)
        self._desk.changed.connect(self._show)
        self._desk.copied.connect(self._say_copied)
        self._desk.lost.connect(self._say_lost)
        self._desk.cleared.connect(self._say_cleared)
        self._desk.failed.connect(self._say_failed)
        self._preferences.presentingChanged.connect(self._choose)

    def _show(self) -> None:
        """Show what is kept now, and whether the keychain is being asked."""
        stock = self._desk.stock
        if self._desk.is_busy:
            self._waiting.start()
        else:
            self._waiting.stop()
            self.list.show_hand_offs(stock.hand_offs)
            if self._is_waiting:
                self._say("")
        self.trouble.setText("\n\n".join(translate(trouble) for trouble in stock.troubles))
        self.trouble.setVisible(bool(stock.troubles))
        self.try_again.setVisible(bool(stock.troubles))
        self.empty.setText(self._why_empty())
        self._pages.setCurrentIndex(0 if stock.hand_offs else 1)
        self.setFocusProxy(self.list if stock.hand_offs else self.try_again)
        self._choose()

    def _why_empty(self) -> str:
        if not self._desk.is_known:
            return self.tr("Looking at what is kept…")
        if not self._desk.stock.keychain:
            return self.tr("Secrets can be kept here as soon as there is a keychain.")
        words = self.tr(
            "No secret waits for its credential.\n\nWhen a fix takes a secret out of a flow, "
            "PAD Guard offers to keep it in {keychain} until you have created the credential."
        )
        return words.format(keychain=self._desk.stock.keychain)

    def _choose(self) -> None:
        """Show the steps for the secret that is chosen, and what can be done with it."""
        chosen = self.list.chosen
        self.steps.show_hand_off(chosen)
        presenting = self._preferences.presenting
        self.copy.setEnabled(chosen is not None and not presenting)
        self.copy.setText(
            self.tr("Copy again…")
            if chosen is not None and chosen.copied
            else self.tr("Copy the secret")
        )
        tip = (
            self.tr("Not in presentation mode (View > Presentation mode)")
            if presenting
            else self.tr("Puts the secret on the clipboard and takes it off after 30 seconds")
        )
        self.copy.setToolTip(tip)
        self.copy.setAccessibleDescription(tip)
        self.delete.setEnabled(chosen is not None)
        self.delete_all.setEnabled(chosen is not None)

    def _copy(self) -> None:
        chosen = self.list.chosen
        if chosen is None or self._preferences.presenting:
            return
        if chosen.copied:
            ask_to_copy_again(self, chosen, partial(self._desk.copy, chosen))
        else:
            self._desk.copy(chosen)

    def _delete(self) -> None:
        chosen = self.list.chosen
        if chosen is None:
            return
        if chosen.copied or chosen.missing:
            self._desk.delete(chosen)
        else:
            ask_to_delete(self, chosen, partial(self._desk.delete, chosen))

    def _delete_all(self) -> None:
        ask_to_delete_all(self, self._desk.stock.hand_offs, self._desk.delete_all)

    def _say_copied(self, hand_off: HandOff) -> None:
        words = self.tr(
            "The secret of “{credential}” is on the clipboard for 30 seconds. When it is in its "
            "vault, delete it here."
        )
        self._say(words.format(credential=hand_off.credential))

    def _say_lost(self, hand_off: HandOff) -> None:
        words = self.tr(
            "The keychain no longer holds the secret of “{credential}”. Look for it in the export "
            "that you opened, or change it in the system that it opens. Then delete this entry."
        )
        self._say(words.format(credential=hand_off.credential), warning=True)

    def _say_cleared(self) -> None:
        self._say(self.tr("The secret was taken off the clipboard."))

    def _say_steps_copied(self) -> None:
        self._say(self.tr("The steps are on the clipboard."))

    def _say_failed(self, reason: Message) -> None:
        self._say(translate(reason), warning=True)

    def _say_waiting(self) -> None:
        self._say(self.tr("The keychain is asked. If a window asks for a password, answer it."))
        self._is_waiting = True

    def _say(self, words: str, *, warning: bool = False) -> None:
        self._is_waiting, self._is_warning = False, warning
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self._tint()
        if words and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _tint(self) -> None:
        theme = current_theme()
        self.copy.setIcon(icon("copy", theme))
        self.delete.setIcon(icon("delete", theme))
        self.delete_all.setIcon(icon("delete", theme))
        self.steps.tint()
        colour_label(self.state, theme.medium if self._is_warning else theme.text)
        colour_label(self.trouble, theme.medium)
        colour_label(self.empty, theme.muted)
