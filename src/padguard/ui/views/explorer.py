"""The explorer: everything an export holds, as a tree with a filter."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.slices import Slices
from padguard.ui.views.explorer_filter import FlowMatches, FlowSearch, Wish
from padguard.ui.views.explorer_filter_bar import ExplorerFilterBar
from padguard.ui.views.explorer_tree import ExplorerTree, Way
from padguard.ui.views.row_words import search_words

TYPING_MS = 120
"""How long a person must stop typing before the filter is applied."""


class ExplorerView(QWidget):
    """Shows the tree, and narrows it to what a person filters for.

    Searching runs in slices; the tree stays as it is until the search is through.
    """

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Explorer"))
        self._document: Document | None = None
        self._search = FlowSearch(search_words)
        self._slices = Slices(self)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._run_filter)
        self._before: set[Way] | None = None
        self.filter_bar = ExplorerFilterBar(self)
        self.filter_bar.changed.connect(self._wait_for_typing)
        self.tree = ExplorerTree(actions, self)
        self._message = QLabel(self)
        self._clear = QPushButton(self.tr("Clear the filter"), self)
        self._clear.setAccessibleName(self._clear.text())
        self._clear.clicked.connect(self.filter_bar.clear)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self._message_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter_bar)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.tree)
        self.setMinimumWidth(200)
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""
        self._slices.stop()
        if self._document is not None:
            self._document.modelChanged.disconnect(self._renew_filter)
            self._document.findingsChanged.disconnect(self._renew_filter)
        self._document = document
        self._before = None
        self._search = FlowSearch(search_words)
        self.filter_bar.clear()
        self._typing.stop()
        self.tree.set_document(document)
        if document is not None:
            document.modelChanged.connect(self._renew_filter)
            document.findingsChanged.connect(self._renew_filter)
        self._show_state(hits=1)

    def focusFilter(self) -> None:
        """Give the keyboard to the filter."""
        self.filter_bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_bar.field.selectAll()

    def _message_page(self) -> QWidget:
        page = QWidget(self)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 24, 16, 16)
        column.addWidget(self._message)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _wait_for_typing(self) -> None:
        self._typing.start()

    def _run_filter(self) -> None:
        if self._document is None:
            return
        wish = self.filter_bar.wish
        if wish:
            self._slices.start(self._find(self._document, wish))
        else:
            self._slices.stop()
            self._apply(None, hits=1)

    def _renew_filter(self) -> None:
        """Search anew after a change: marks may have come or gone."""
        if self.filter_bar.wish and not self._typing.isActive():
            self._run_filter()

    def _find(self, document: Document, wish: Wish) -> Iterator[None]:
        self._search.index = document.index
        matches: dict[str, FlowMatches] = {}
        for flow in document.session.flows:
            found: list[FlowMatches] = []
            yield from self._search.run(flow, wish, found.append)
            matches[flow.id] = found[0]
            yield
        self._apply(matches, sum(entry.hits for entry in matches.values()))

    def _apply(self, matches: dict[str, FlowMatches] | None, hits: int) -> None:
        tree = self.tree
        if self._before is None:
            self._before = tree.opened()
        tree.explorer.setMatches(matches)
        if matches is None:
            tree.open_again(self._before)
            self._before = None
        else:
            tree.open_some()
        if self._document is not None:
            tree.follow(self._document.place)
        self._show_state(hits)

    def _show_state(self, hits: int) -> None:
        """Show the tree, or say why there is none and what to do."""
        document = self._document
        flows = bool(document and document.session.flows)
        if document is None:
            self._message.setText(self.tr("Open an export to see its flows here."))
        elif not flows:
            self._message.setText(
                self.tr(
                    "This export holds no desktop flow. In Power Apps, add the desktop flow to the "
                    "solution and export it again."
                )
            )
        else:
            self._message.setText(self.tr("Nothing in this export matches the filter."))
        self._clear.setVisible(flows)
        self._pages.setCurrentIndex(0 if flows and hits else 1)
        self.filter_bar.setEnabled(flows)
