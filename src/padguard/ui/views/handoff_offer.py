"""The bar that asks whether secrets that fixes took out shall be kept."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from padguard.foundation.messages import Message
from padguard.ui.appearance import current_theme
from padguard.ui.handoff_taken import TakenOut
from padguard.ui.icons import icon, pixmap
from padguard.ui.labels import colour_label
from padguard.ui.views.handoff_words import offer_words, still_there_words, taken_line
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

ICON_SIZE = 20
STRIPE = 4
MOST_LINES = 4


class HandOffOffer(QFrame):
    """Lists secrets by credential and flow, and stays until a person has decided about them.

    No secret gets on it. ``keepWanted`` and ``letGoWanted`` tell what was decided.
    """

    keepWanted = Signal()  # noqa: N815 - a signal of Qt
    letGoWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Secrets that were taken out"))
        self._picture = QLabel(self)
        self.text = self._label()
        self.still = self._label()
        self.reason = self._label()
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Secrets that were taken out"))
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.keep = QPushButton(self)
        self.let_go = QPushButton(self.tr("Do not keep"), self)
        self.keep.clicked.connect(self.keepWanted)
        self.let_go.clicked.connect(self.letGoWanted)
        self._keychain = ""
        self._busy = False
        self._lay_out()
        self._tint()
        self.hide()

    def show_offer(self, taken: Sequence[TakenOut], original: Path | None, *, backup: bool) -> None:
        """Ask about secrets, or about none any more.

        Args:
            taken: The secrets.
            original: The export that was opened, or None for pasted text.
            backup: Whether it was written over, and a backup holds what it was.
        """
        lines = [taken_line(one) for one in taken]
        news = [self.list.item(row).text() for row in range(self.list.count())] != lines
        if news:
            self.list.clear()
            self.list.addItems(lines)
        self.text.setText(offer_words(len(taken), self._keychain))
        self.still.setText(still_there_words(original, backup=backup))
        self._fit()
        self.setVisible(bool(taken))
        if taken and news:
            self._announce(self.text.text())

    def show_state(self, keychain: str, reason: Message | None, *, busy: bool) -> None:
        """Say where secrets would go, and why they cannot, if so.

        Args:
            keychain: What the keychain is called, or "" where that is not known.
            reason: Why nothing can be kept, or could not be, and what to do; None if all is well.
            busy: Whether the keychain is being asked.
        """
        self._keychain = keychain
        lacking = reason is not None and not keychain
        self.text.setText(offer_words(self.list.count(), keychain, lacking=lacking))
        words = translate(reason) if reason is not None else ""
        if busy:
            words = self.tr("The keychain is asked. If a window asks for a password, answer it.")
        if words != self.reason.text():
            self.reason.setText(words)
            self._announce(words)
        self.reason.setVisible(bool(words))
        again = reason is not None
        self.keep.setText(self.tr("Try again") if again else self.tr("Keep in the keychain"))
        self.keep.setEnabled(not busy)
        self.let_go.setEnabled(not busy)
        self._busy = busy
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Dress in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw quiet ground with a stripe, as notices have it."""
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        area = self.rect()
        painter.fillRect(area, QColor(theme.base))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, QColor(theme.border))
        painter.fillRect(area.x(), area.y(), STRIPE, area.height(), QColor(theme.credential))
        painter.end()

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _lay_out(self) -> None:
        buttons = WrapLayout(gap=8)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.let_go)
        column = QVBoxLayout()
        column.setSpacing(4)
        for part in (self.text, self.list, self.still, self.reason):
            column.addWidget(part)
        column.addLayout(buttons)
        line = QHBoxLayout(self)
        line.setContentsMargins(STRIPE + 8, 8, 8, 8)
        line.setSpacing(8)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)

    def _fit(self) -> None:
        """Give the list the height of its lines, up to a few."""
        rows = min(max(self.list.count(), 1), MOST_LINES)
        line = max(self.list.sizeHintForRow(0), self.list.fontMetrics().lineSpacing())
        self.list.setFixedHeight(rows * line + 4)

    def _tint(self) -> None:
        theme = current_theme()
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap("hand-off", theme.credential, ICON_SIZE, ratio))
        self.keep.setIcon(icon("key", theme))
        colour_label(self.still, theme.muted)
        colour_label(self.reason, theme.muted if self._busy else theme.medium)
        self.update()

    def _announce(self, words: str) -> None:
        if words and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
