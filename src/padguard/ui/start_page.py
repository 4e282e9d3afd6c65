"""The start page: where to drop an export, and what was open lately."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from padguard.foundation.settings import RecentFile
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.recent_list import RecentList

WIDTH = 760
DROP_HEIGHT = 176
BUTTONS = ("open", "open-folder", "paste", "sample")


class DropZone(QFrame):
    """Says what may be dropped; a click or Enter on it opens the file dialog.

    Drops themselves are taken by the whole window, which lights the zone up by `light`.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(DROP_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lit = False
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = self.tr("Drop a solution .zip, a folder or Robin text here")
        self.setAccessibleName(text)
        self.setAccessibleDescription(self.tr("Press Enter to choose a file"))
        self._text = QLabel(text, self)
        self._hint = QLabel(
            self.tr("Everything stays on this computer. Saving makes a copy beside the original."),
            self,
        )
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch()
        for label in (self._picture, self._text, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch()
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        font = self._text.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self._text.setFont(font)
        self._tint()

    def light(self, *, lit: bool) -> None:
        """Show, or no longer show, that something to drop is over the window."""
        self._lit = lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a dashed frame, a strong one for the keyboard or a drag."""
        super().paintEvent(event)
        theme = current_theme()
        strong = self._lit or self.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.alternate if self._lit else theme.base
        painter.setBrush(QColor(ground))
        style = Qt.PenStyle.SolidLine if self._lit else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(theme.focus if strong else theme.border), 2, style))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 8, 8)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Dress in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space are a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the file dialog."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.clicked.emit()

    def _tint(self) -> None:
        theme = current_theme()
        self._picture.setPixmap(pixmap("export", theme.accent, 48, self.devicePixelRatioF()))


class StartPage(QScrollArea):
    """What the window shows while no export is open."""

    chosen = Signal(object)  # Path
    forget = Signal(object)  # Path
    shown = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.drop_zone = DropZone(self)
        self.drop_zone.clicked.connect(actions["open"].trigger)
        self.buttons = [self._button(identifier) for identifier in BUTTONS]
        self.recent = RecentList(self)
        self.recent.chosen.connect(self.chosen)
        self.recent.forget.connect(self.forget)
        self.recent.currentRowChanged.connect(self._scroll_to_row)
        self._recent_title = QLabel(self.tr("Recent files"), self)
        self._lay_out()
        self.show_recent(())
        self.setFocusProxy(self.drop_zone)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page can be seen, so that it is brought up to date."""
        super().showEvent(event)
        self.shown.emit()

    def show_recent(self, files: Sequence[RecentFile], missing: Iterable[Path] = ()) -> None:
        """Show the recent files, the missing ones greyed."""
        self.recent.show_files(files, missing)
        self.recent.setVisible(bool(files))
        self._recent_title.setVisible(bool(files))

    def tint(self) -> None:
        """Take over the icons of another theme."""
        for identifier, button in zip(BUTTONS, self.buttons, strict=True):
            button.setIcon(self._actions[identifier].icon())

    def _scroll_to_row(self, index: int) -> None:
        row = self.recent.itemWidget(self.recent.item(index)) if index >= 0 else None
        if row is not None:
            self.ensureWidgetVisible(row)

    def _button(self, identifier: str) -> QPushButton:
        action = self._actions[identifier]
        words = action.text().replace("&", "")  # Alt+F and its like belong to the menus
        button = QPushButton(action.icon(), words, self)
        button.setAccessibleName(words)
        button.setMinimumHeight(2 * button.fontMetrics().height() + 4)
        button.setToolTip(action.toolTip())
        button.setAutoDefault(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(action.trigger)
        return button

    def _lay_out(self) -> None:
        body = QWidget()
        body.setMaximumWidth(WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addLayout(self._headline(body))
        column.addWidget(self.drop_zone)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self.buttons:
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self._recent_title)
        column.addWidget(self.recent)
        column.addStretch()
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(body, 8)
        outer.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _headline(self, body: QWidget) -> QVBoxLayout:
        title = QLabel(self.tr("PAD Guard"), body)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        font.setBold(True)
        title.setFont(font)
        words = QLabel(
            self.tr(
                "See where sensitive data lives in your Power Automate desktop flows, "
                "and protect it."
            ),
            body,
        )
        words.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(words)
        return column
