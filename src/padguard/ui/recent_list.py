"""The recent files of the start page."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from padguard.foundation.settings import RecentFile
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon, pixmap
from padguard.ui.labels import ElidedLabel, colour_label

ICON_SIZE = 24


class RecentRow(QWidget):
    """One recent file: its name, its folder, when it was opened, and a button to forget it."""

    forget = Signal(object)  # Path

    def __init__(self, file: RecentFile, missing: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.missing = missing
        self._picture = QLabel(self)
        self._name = ElidedLabel(file.path.name, self)
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._where = ElidedLabel(self._where_text(), self)
        self._when = QLabel(opened_words(file), self)
        self._button = QToolButton(self)
        self._button.setAutoRaise(True)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the Delete key does the same
        self._button.setToolTip(self.tr("Take it off this list (Del)"))
        self._button.setAccessibleName(
            self.tr("Take {name} off this list").format(name=file.path.name)
        )
        self._button.clicked.connect(self._ask_to_forget)
        self._lay_out()
        self.tint(selected=False)

    def tint(self, *, selected: bool) -> None:
        """Draw in the colours of the theme, on the selection or off it."""
        theme = current_theme()
        ground = theme.selection if selected else theme.base
        strong = theme.on(ground, theme.disabled if self.missing else theme.text)
        quiet = theme.on(ground, theme.disabled if self.missing else theme.muted)
        colour_label(self._name, strong)
        colour_label(self._where, quiet)
        colour_label(self._when, quiet)
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap("export", quiet, ICON_SIZE, ratio))
        self._button.setIcon(icon("close", theme, quiet))

    def _where_text(self) -> str:
        folder = str(self.file.path.parent)
        if self.missing:
            return self.tr("Not there any more: {folder}").format(folder=folder)
        return folder

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._where)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(12)
        line.addWidget(self._picture)
        line.addLayout(words, 1)
        line.addWidget(self._when)
        line.addWidget(self._button)

    def _ask_to_forget(self) -> None:
        self.forget.emit(self.file.path)


class RecentList(QListWidget):
    """The recent files, the latest first; Enter or a click opens one, Del forgets it."""

    chosen = Signal(object)  # Path
    forget = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Recent files"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._open)
        self.currentRowChanged.connect(self._tint_rows)
        self._remove = QAction(self.tr("Take off this list"), self)
        self._remove.triggered.connect(self._forget_current)
        self.addAction(self._remove)

    def show_files(self, files: Sequence[RecentFile], missing: Iterable[Path] = ()) -> None:
        """Show the files; the missing ones greyed."""
        row = self.currentRow()
        gone = set(missing)
        self.clear()
        for file in files:
            self._add(file, file.path in gone)
        self.setCurrentRow(min(row, self.count() - 1))
        # As high as its rows: it is the page around that scrolls.
        rows = sum(self.sizeHintForRow(index) for index in range(self.count()))
        self.setFixedHeight(rows + 2 * self.frameWidth())
        self._tint_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, forget with Del."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._open(self.currentItem())
        elif event.key() == Qt.Key.Key_Delete:
            self._forget_current()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Dress in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint_rows()

    def _add(self, file: RecentFile, missing: bool) -> None:
        row = RecentRow(file, missing, self)
        row.forget.connect(self.forget)
        item = QListWidgetItem(self)
        item.setData(Qt.ItemDataRole.UserRole, file.path)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            self.tr("{name}, in {folder}, opened {when}").format(
                name=file.path.name, folder=file.path.parent, when=opened_words(file)
            ),
        )
        item.setToolTip(str(file.path))
        item.setSizeHint(row.sizeHint())
        self.setItemWidget(item, row)

    def _tint_rows(self) -> None:
        for index in range(self.count()):
            row = self.itemWidget(self.item(index))
            if isinstance(row, RecentRow):
                row.tint(selected=self.item(index).isSelected())

    def _open(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _forget_current(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.forget.emit(item.data(Qt.ItemDataRole.UserRole))


def opened_words(file: RecentFile) -> str:
    """Return when a file was opened, in the manner of the user's country."""
    moment = QDateTime.fromSecsSinceEpoch(int(file.opened.timestamp()))
    return QLocale.system().toString(moment, QLocale.FormatType.ShortFormat)


def fill_menu(menu: QMenu, files: Sequence[RecentFile], nothing: str) -> None:
    """Fill the menu of recent files; ``nothing`` is what it says when there are none."""
    menu.clear()
    for file in files:
        action = menu.addAction(str(file.path).replace("&", "&&"))
        action.setData(file.path)
    if not files:
        menu.addAction(nothing).setEnabled(False)
