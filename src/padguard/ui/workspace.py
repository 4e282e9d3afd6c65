"""The part of the window that shows an open export: the Explorer beside the tabs of views."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.panes import holds
from padguard.ui.views import ExplorerView, FlowView, ScriptView

EXPLORER_WIDTH = 320


class View(Protocol):
    """What every view of a document can do."""

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""

    def focusFilter(self) -> None:
        """Put the keyboard where one types what to find in this view."""


class Workspace(QTabWidget):
    """The views of one window; made for its first export and used again for the next.

    The Explorer lives in a dock of the window, the others are tabs here.
    """

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        self.setDocumentMode(True)
        self.setAccessibleName(self.tr("Views of the flow"))
        self.explorer = ExplorerView(None, actions, window)
        self.flow = FlowView(None, actions, self)
        self.script = ScriptView(None, actions, self)
        self.addTab(self.flow, actions["show-flow"].icon(), self.tr("Flow"))
        self.addTab(self.script, actions["show-script"].icon(), self.tr("Script"))
        self._actions = actions
        self.dock = self._make_dock(window)

    @property
    def _views(self) -> tuple[View, ...]:
        return (self.explorer, self.flow, self.script)

    def set_document(self, document: Document | None) -> None:
        """Show another export in all views, or none."""
        for view in self._views:
            view.setDocument(document)

    def tint(self) -> None:
        """Take over the icons of another theme."""
        self.setTabIcon(0, self._actions["show-flow"].icon())
        self.setTabIcon(1, self._actions["show-script"].icon())

    def bring(self, view: QWidget) -> None:
        """Show a view and give it the keyboard."""
        self.setCurrentWidget(view)
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def search(self) -> None:
        """Put the keyboard into the search of the view that has it, else of the tab in front."""
        if holds(self.explorer, QApplication.focusWidget()):
            self.explorer.focusFilter()
        elif self.currentWidget() is self.flow:
            self.flow.focusFilter()
        else:
            self.script.focusFilter()

    def _make_dock(self, window: QMainWindow) -> QDockWidget:
        dock = QDockWidget(self.tr("Explorer"), window)
        dock.setObjectName("explorer")
        dock.setAccessibleName(self.tr("Explorer"))
        areas = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        dock.setAllowedAreas(areas)
        features = QDockWidget.DockWidgetFeature
        dock.setFeatures(features.DockWidgetClosable | features.DockWidgetMovable)
        dock.setWidget(self.explorer)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        window.resizeDocks([dock], [EXPLORER_WIDTH], Qt.Orientation.Horizontal)
        return dock
