"""Bars at the top of the window that say what happened and what to do next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

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
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon, pixmap

ICON_SIZE = 20
STRIPE = 4
DETAIL_LINES = 6
MOST_NOTICES = 3


class NoticeKind(Enum):
    """How serious a notice is; the values name its icon."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def role(self) -> str:
        """The name of its colour in `Theme`."""
        return {"info": "low", "warning": "medium", "error": "critical"}[self.value]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said: one or two sentences, and lines of detail that may be unfolded.

    ``offer`` is the words of a button, ``accept`` what it does.
    """

    kind: NoticeKind
    text: str
    details: Sequence[str] = ()
    offer: str = ""
    accept: Callable[[], None] | None = None


class NoticeBar(QFrame):
    """One notice with its buttons; stays until it is closed."""

    closed = Signal(object)

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setAccessibleName(notice.text)
        self._picture = QLabel(self)
        self._text = QLabel(notice.text, self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = self._make_details()
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.clicked.connect(self._leave)
        self._lay_out()
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Dress in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw quiet ground with a stripe in the colour of the kind."""
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        area = self.rect()
        painter.fillRect(area, QColor(theme.base))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, QColor(theme.border))
        stripe = getattr(theme, self.notice.kind.role)
        painter.fillRect(area.x(), area.y(), STRIPE, area.height(), QColor(stripe))
        painter.end()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        if self.notice.details:
            unfold = QPushButton(self.tr("Show details"), self)
            unfold.setCheckable(True)
            unfold.toggled.connect(self._details.setVisible)
            line.addWidget(unfold)
        if self.notice.offer:
            accept = QPushButton(self.notice.offer, self)
            accept.clicked.connect(self._accept)
            line.addWidget(accept)
        line.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(STRIPE + 8, 6, 8, 6)
        column.addLayout(line)
        column.addWidget(self._details)

    def _make_details(self) -> QPlainTextEdit:
        details = QPlainTextEdit("\n".join(self.notice.details), self)
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setAccessibleName(self.tr("Details"))
        details.setFixedHeight(details.fontMetrics().lineSpacing() * DETAIL_LINES + 16)
        details.hide()
        return details

    def _tint(self) -> None:
        theme = current_theme()
        colour = getattr(theme, self.notice.kind.role)
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap(self.notice.kind.value, colour, ICON_SIZE, ratio))
        self._close.setIcon(icon("close", theme))
        self.update()

    def _accept(self) -> None:
        if self.notice.accept is not None:
            self.notice.accept()
        self._leave()

    def _leave(self) -> None:
        self.closed.emit(self)


class NoticeArea(QWidget):
    """The notices of a window, the latest on top; takes no room while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.bars: list[NoticeBar] = []
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice; it takes the place of one that says the same, and of older news."""
        for bar in list(self.bars):
            stale = bar.notice.kind is NoticeKind.INFO and notice.kind is NoticeKind.INFO
            if stale or bar.notice.text == notice.text:
                self.dismiss(bar)
        for bar in self.bars[MOST_NOTICES - 1 :]:
            self.dismiss(bar)
        bar = NoticeBar(notice, self)
        bar.closed.connect(self.dismiss)
        self.bars.insert(0, bar)
        self._column.insertWidget(0, bar)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(bar, notice.text))

    def dismiss(self, bar: NoticeBar) -> None:
        """Take a notice away."""
        self.bars.remove(bar)
        self._column.removeWidget(bar)
        bar.hide()
        bar.deleteLater()
        self.setVisible(bool(self.bars))

    def forget_news(self) -> None:
        """Take news away that the next change has made old."""
        for bar in list(self.bars):
            if bar.notice.kind is NoticeKind.INFO:
                self.dismiss(bar)

    def clear(self) -> None:
        """Take all notices away."""
        for bar in list(self.bars):
            self.dismiss(bar)
