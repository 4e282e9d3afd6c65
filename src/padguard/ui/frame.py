"""The frame of the window: menus, toolbar, notices, status bar, and room for what it shows."""

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from padguard.foundation.log import log_file
from padguard.foundation.messages import Message
from padguard.ui import layout
from padguard.ui.action_table import THEME_IDS
from padguard.ui.actions import Actions
from padguard.ui.appearance import ThemeChoice, current_theme
from padguard.ui.command_palette import CommandPalette
from padguard.ui.dialogs import show_about
from padguard.ui.dropping import is_offer
from padguard.ui.file_commands import FileCommands
from padguard.ui.jobs import Jobs
from padguard.ui.notices import Notice, NoticeArea, NoticeKind
from padguard.ui.panes import cycle
from padguard.ui.preferences import Preferences
from padguard.ui.recent_files import RecentFiles
from padguard.ui.start_page import StartPage
from padguard.ui.status import Status
from padguard.ui.words import translate

DEFAULT_SIZE = QSize(1200, 800)
LEAST_SIZE = QSize(640, 420)
ICON_SIZE = QSize(20, 20)


class Frame(QMainWindow):
    """Everything of a window that does not depend on the export that is open.

    Takes drops, wears the themes, moves the keyboard, lists recent files and all commands.
    """

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setMinimumSize(LEAST_SIZE)
        self.preferences = preferences
        self.jobs = Jobs(self)
        self.actions_table = Actions(self)
        self.files = FileCommands(self)
        self.notices = NoticeArea(self)
        self.start_page = StartPage(self.actions_table, self)
        self.status = Status(self.jobs, self)
        self.stack = QStackedWidget(self)
        self._lay_out()
        self._fill_bars()
        self.recent = RecentFiles(preferences, self.start_page, self.actions_table, self)
        self._connect()
        if not layout.restore_geometry(self):
            self.resize(DEFAULT_SIZE)

    def tell(self, message: Message) -> None:
        """Say why something could not be done."""
        self.notices.show_notice(Notice(NoticeKind.ERROR, translate(message)))

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar below the notices."""
        self._column.insertWidget(1, bar)

    def panes(self) -> list[QWidget]:
        """Return the parts of the window that F6 goes through, in their order."""
        return [self.notices, self.start_page, self.status]

    def tint(self) -> None:
        """Draw all icons in the colours of the current theme."""
        self.actions_table.tint()
        self.start_page.tint()

    def changeEvent(self, event: QEvent) -> None:
        """Dress in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.tint()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome what may be an export, from other programs only."""
        if event.source() is None and is_offer(event.mimeData()):
            event.acceptProposedAction()
            self.start_page.drop_zone.light(lit=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that the drag is no longer over the window."""
        super().dragLeaveEvent(event)
        self.start_page.drop_zone.light(lit=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.start_page.drop_zone.light(lit=False)
        event.acceptProposedAction()
        self.files.drop(event.mimeData())

    def _lay_out(self) -> None:
        body = QWidget(self)
        self._column = column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.stack, 1)
        self.stack.addWidget(self.start_page)
        self.setCentralWidget(body)
        self.setStatusBar(self.status)

    def _fill_bars(self) -> None:
        self.actions_table.fill_menu_bar(self.menuBar())
        self.toolbar = QToolBar(self.tr("Toolbar"), self)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setAccessibleName(self.tr("Toolbar"))
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(ICON_SIZE)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.toggleViewAction().setEnabled(False)  # it always stays
        self.actions_table.fill_toolbar(self.toolbar)
        self.addToolBar(self.toolbar)

    def _connect(self) -> None:
        handlers = {
            "open": self.files.open,
            "open-folder": self.files.open_folder,
            "paste": self.files.paste,
            "sample": self.files.open_sample,
            "next-pane": self._next_pane,
            "previous-pane": self._previous_pane,
            "commands": self._show_commands,
            "show-log": self._show_log,
            "about": self._show_about,
            "presentation": self._toggle_presenting,
        }
        for identifier, handler in handlers.items():
            self.actions_table[identifier].triggered.connect(handler)
        self.files.refused.connect(self.tell)
        self.recent.chosen.connect(self.files.open_path)
        self.actions_table.themes.triggered.connect(self._choose_theme)
        self.preferences.themeChanged.connect(self._check_theme)
        self.preferences.presentingChanged.connect(self._check_presenting)
        self._check_theme()
        self._check_presenting()

    def _choose_theme(self, action: QAction) -> None:
        self.preferences.choose_theme(ThemeChoice(action.objectName().removeprefix("theme-")))

    def _check_theme(self) -> None:
        for identifier in THEME_IDS:
            chosen = identifier == f"theme-{self.preferences.theme.value}"
            self.actions_table[identifier].setChecked(chosen)

    def _toggle_presenting(self) -> None:
        self.preferences.present(wanted=not self.preferences.presenting)

    def _check_presenting(self) -> None:
        self.actions_table["presentation"].setChecked(self.preferences.presenting)

    def _next_pane(self) -> None:
        cycle(self.panes(), 1)

    def _previous_pane(self) -> None:
        cycle(self.panes(), -1)

    def _show_commands(self) -> None:
        palette = CommandPalette(self.actions_table, self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.open()

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file().parent)))

    def _show_about(self) -> None:
        show_about(self, current_theme())
