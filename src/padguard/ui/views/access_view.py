"""The access checklist: for whom, what to share in which order, where to click, what is done."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QSplitter,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from padguard.exports.atomic import saving, write_file
from padguard.foundation.progress import Progress
from padguard.governance.access_model import KIND_WORDS, Checklist
from padguard.governance.access_ticks import read_ticks, write_ticks
from padguard.ui.appearance import current_theme
from padguard.ui.document import Document
from padguard.ui.slices import Slices
from padguard.ui.views.access_bar import AccessBar
from padguard.ui.views.access_items import KIND, TITLE, AccessItems, Index
from padguard.ui.views.access_notice import AccessNotice
from padguard.ui.views.access_page import AccessPage
from padguard.ui.views.access_print import AccessPrint
from padguard.ui.views.asking import ask_what_to_open, ask_where_to_save
from padguard.ui.views.components_files import checklist_file, export_name
from padguard.ui.views.components_list import LookDelegate
from padguard.ui.views.components_taken import Taken
from padguard.ui.words import translate

TICKS = ".toml"
HEIGHTS = (300, 260)
SHARE_OF_NOTICE = 0.4
PADDING = 48


class BoxDelegate(LookDelegate):
    """Draws boxes to tick with an outline, to be seen on every ground."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell, and the outline of its box where it has one."""
        super().paint(painter, option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is None:
            return
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        fields: Any = whole  # Qt's own names of the fields are not in the type stubs
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        box = fields.widget.style().subElementRect(part, whole, fields.widget)
        theme = current_theme()
        selected = bool(fields.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.on(theme.selection if selected else theme.base, theme.muted)))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()


class AccessList(QTreeView):
    """The items; the space bar ticks the one that the keyboard is at."""

    def __init__(self, items: AccessItems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = items
        self.setAccessibleName(self.tr("Access checklist"))
        self.setModel(items)
        self.setItemDelegate(BoxDelegate(self))
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        advance = QFontMetricsF(self.font()).horizontalAdvance
        widest = max(advance(translate(words)) for words in KIND_WORDS.values())
        header.resizeSection(KIND, round(widest + PADDING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar, whatever column the keyboard is in."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._items.toggle(self.currentIndex())
            return
        super().keyPressEvent(event)


class AccessView(QWidget):
    """Shows one checklist of the export; ticks are kept in a file once a person chose one.

    ``componentWanted`` and ``flowWanted`` give the key or the id of what a person wants to see.
    """

    componentWanted = Signal(str)  # noqa: N815 - a signal of Qt
    flowWanted = Signal(str)  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._taken: Taken | None = None
        self._path: Path | None = None
        self._slices = Slices(self)
        self.items = AccessItems(self)
        self.notice = AccessNotice(self)
        self.bar = AccessBar(self)
        self.kept = QLabel(self)
        self.list = AccessList(self.items, self)
        self.page = AccessPage(self)
        self._lay_out()
        self.bar.audienceChosen.connect(self._renew)
        self.bar.openWanted.connect(self._ask_what_to_open)
        self.bar.keepWanted.connect(self._ask_where_to_keep)
        self.bar.printWanted.connect(self._ask_where_to_print)
        self.bar.exportWanted.connect(self._ask_where_to_export)
        self.items.ticked.connect(self._ticked)
        self.list.selectionModel().currentChanged.connect(self._show_item)
        self.page.componentWanted.connect(self.componentWanted)
        self.page.flowWanted.connect(self.flowWanted)
        self.setFocusProxy(self.list)
        self._show_state()

    @property
    def checklist(self) -> Checklist | None:
        """The checklist that is shown."""
        return self._taken.checklists[self.bar.chosen] if self._taken is not None else None

    def show_taken(self, document: Document | None, taken: Taken | None) -> None:
        """Show the checklists of other components, or none; another export has other ticks."""
        if document is not self._document:
            self._document, self._path = document, None
            self.items.set_done(())
        self._taken = taken
        self._renew()

    def open_ticks(self, path: Path) -> None:
        """Tick what a file says, and keep the ticks in it from now on."""

        def opened(done: frozenset[str]) -> None:
            self._path = path
            self.items.set_done(done)
            self._show_state()

        self._work(self.tr("Opening {name}…"), path, lambda: read_ticks(path), opened)

    def keep_ticks(self, path: Path) -> None:
        """Keep the ticks in a file, now and from now on."""
        self._path, done = path, self.items.done
        self._work(self.tr("Writing {name}…"), path, lambda: write_ticks(path, done))
        self._show_state()

    def print_to(self, path: Path) -> None:
        """Print the checklist to a PDF."""
        checklist = self.checklist
        if checklist is None:
            return
        printed = AccessPrint(export_name(self._document), checklist, self.items.done)

        def work() -> None:
            with saving(path):
                write_file(printed.data, path)

        def write() -> None:
            self._slices.finished.disconnect(write)
            self._work(self.tr("Writing {name}…"), path, work)

        self._slices.finished.connect(write)
        self._slices.start(printed.work())

    def export_to(self, path: Path) -> None:
        """Write the checklist as text, CSV or JSON, as the name of the file says."""
        document, taken, checklist = self._document, self._taken, self.checklist
        if document is None or taken is None or checklist is None:
            return
        export, name, done = document.session.export, export_name(self._document), self.items.done

        def work() -> None:
            data = checklist_file(path.suffix, name, export, taken.inventory, checklist, done)
            with saving(path):
                write_file(data, path)

        self._work(self.tr("Writing {name}…"), path, work)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the list below what everybody has to know."""
        super().resizeEvent(event)
        self.notice.allow(round(self.height() * SHARE_OF_NOTICE))

    def _lay_out(self) -> None:
        self.kept.setWordWrap(True)
        self.kept.setMargin(8)
        self.kept.setTextFormat(Qt.TextFormat.PlainText)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.list)
        splitter.addWidget(self.page)
        splitter.setSizes(list(HEIGHTS))
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.bar)
        column.addWidget(splitter, 1)
        column.addWidget(self.kept)

    def _renew(self) -> None:
        """Show the checklist of the chosen audience; what was selected stays selected."""
        before = self.items.item(self.list.currentIndex())
        checklist = self.checklist
        self.items.show(checklist)
        keys = [item.key for item in checklist.items] if checklist is not None else []
        if before is not None and before.key in keys:
            self.list.setCurrentIndex(self.items.index(keys.index(before.key), TITLE))
        self._show_item(self.list.currentIndex())
        self._show_state()

    def _show_item(self, index: QModelIndex) -> None:
        self.page.show_item(self.items.item(index))

    def _ticked(self) -> None:
        """Keep the ticks where a person wants them kept."""
        if self._path is not None:
            self.keep_ticks(self._path)
        self._show_state()

    def _show_state(self) -> None:
        self.bar.show_progress(*self.items.counts)
        for button in (self.bar.open, self.bar.keep, self.bar.print, self.bar.export):
            button.setEnabled(self.checklist is not None)
        if self._path is not None:
            words = self.tr("Ticks are kept in {path}.").format(path=self._path)
        elif self.items.done:
            words = self.tr(
                "These ticks are kept nowhere yet, and closing the export forgets them: choose a "
                "file with “Keep ticks…”."
            )
        else:
            words = self.tr("Select an item, and press the space bar to tick it when it is done.")
        self.kept.setText(words)

    def _work(
        self,
        title: str,
        path: Path,
        work: Callable[[], object],
        then: Callable[..., None] | None = None,
    ) -> None:
        """Read or write a file in the background; what fails is told."""
        document = self._document
        if document is None:
            return

        def done(result: object) -> None:
            if then is not None and self._document is document:
                then(result)

        def failed(error: Exception) -> None:
            if path == self._path:
                self._path = None  # a file that cannot be written keeps nothing
                self._show_state()
            document.report(error)

        words = title.format(name=path.name)
        document.jobs.start(words, partial(_call, work), done, failed)

    def _ask_what_to_open(self) -> None:
        words = self.tr("Checklist of PAD Guard")
        path = ask_what_to_open(self, self.tr("Open ticks"), words, TICKS)
        if path is not None:
            self.open_ticks(path)

    def _ask_where_to_keep(self) -> None:
        kinds = {TICKS: self.tr("Checklist of PAD Guard")}
        self._ask(self.tr("Keep ticks"), kinds, self.keep_ticks)

    def _ask_where_to_print(self) -> None:
        self._ask(self.tr("Print to PDF"), {".pdf": self.tr("PDF")}, self.print_to)

    def _ask_where_to_export(self) -> None:
        kinds = {".txt": self.tr("Text"), ".csv": self.tr("Table"), ".json": self.tr("JSON")}
        self._ask(self.tr("Export the checklist"), kinds, self.export_to)

    def _ask(self, title: str, kinds: dict[str, str], then: Callable[[Path], None]) -> None:
        name = self.tr("{export} - access for {audience}").format(
            export=Path(export_name(self._document)).stem, audience=self.bar.audience.currentText()
        )
        path = ask_where_to_save(self, title, name, kinds)
        if path is not None:
            then(path)


def _call(work: Callable[[], object], _: Progress) -> object:
    return work()
