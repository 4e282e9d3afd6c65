"""The banner that says that something is only tried out."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon, pixmap
from padguard.ui.views.tips import plain_tip

ICON_SIZE = 18
STRIPE = 4
SHARE_OF_BUTTONS = 3
"""How many times as wide as its buttons the banner is at least for them to stand beside it."""


class TrialBanner(QFrame):
    """Says that what is shown is a what-if; ``resetWanted`` and ``saveWanted`` end or keep it."""

    resetWanted = Signal()  # noqa: N815 - a signal of Qt
    saveWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.reset = QPushButton(self.tr("&End the what-if"), self)
        self.reset.setToolTip(self.tr("Go back to what the loaded policies say"))
        self.save = QPushButton(self.tr("Save as a dra&ft…"), self)
        self.save.setToolTip(self.tr("Write the policy as tried out into a file of its own"))
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.reset)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(STRIPE + 8, 6, 8, 6)
        self._whole.setSpacing(8)
        self._whole.addLayout(said, 1)
        self._whole.addLayout(buttons)
        self.reset.clicked.connect(self.resetWanted)
        self.save.clicked.connect(self.saveWanted)
        self._tint()

    def show_words(self, words: str, tip: str) -> None:
        """Say what is tried out; an empty text means that nothing is."""
        self.text.setText(words)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where there is no room beside them."""
        super().resizeEvent(event)
        buttons = self.save.sizeHint().width() + self.reset.sizeHint().width()
        is_narrow = self.width() < buttons * SHARE_OF_BUTTONS
        directions = QBoxLayout.Direction
        direction = directions.TopToBottom if is_narrow else directions.LeftToRight
        if self._whole.direction() is not direction:
            self._whole.setDirection(direction)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw quiet ground with a stripe, as notices have it."""
        super().paintEvent(event)
        theme, area = current_theme(), self.rect()
        painter = QPainter(self)
        painter.fillRect(area, QColor(theme.base))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, QColor(theme.border))
        painter.fillRect(area.x(), area.y(), STRIPE, area.height(), QColor(theme.medium))
        painter.end()

    def _tint(self) -> None:
        theme = current_theme()
        self._icon.setPixmap(pixmap("what-if", theme.medium, ICON_SIZE, self.devicePixelRatioF()))
        self.save.setIcon(icon("save-as", theme))
        self.reset.setIcon(icon("undo", theme))
        self.update()
