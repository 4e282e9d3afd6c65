"""The part of the window that shows an open export: docks around the tabs of views."""

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.panes import holds
from padguard.ui.views import (
    AuditView,
    ComponentsView,
    DataFlowView,
    DlpView,
    ExplorerView,
    FindingsView,
    FlowView,
    GuideView,
    PostureView,
    ScriptView,
)

EXPLORER_WIDTH = 320
GUIDE_WIDTH = 400
FINDINGS_HEIGHT = 190


class View(Protocol):
    """What every view of a document can do."""

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""

    def focusFilter(self) -> None:
        """Put the keyboard where one types what to find in this view."""


class Workspace(QTabWidget):
    """The views of one window; made for its first export and used again for the next.

    Explorer, Guide and Findings live in docks of the window, the others are tabs here. Nothing may
    be asked before `build` is through.
    """

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self.setDocumentMode(True)
        self.setAccessibleName(self.tr("Views of the flow"))
        self.hide()

    def build(self) -> Iterator[None]:
        """Make the views, pausing between them."""
        window, actions = self._window, self._actions
        self.explorer = ExplorerView(None, actions, window)
        yield
        self.findings = FindingsView(None, actions, window)
        yield
        self.guide = GuideView(None, actions, window)
        yield
        self.flow = FlowView(None, actions, self)
        yield
        self.script = ScriptView(None, actions, self)
        yield
        self.dataflow = DataFlowView(None, actions, self)
        yield
        self.components = ComponentsView(None, actions, self)
        yield
        self.dlp = DlpView(None, actions, self)
        yield
        self.audit = AuditView(None, actions, self)
        yield
        self.posture = PostureView(None, actions, self)
        yield
        self.addTab(self.posture, actions["show-posture"].icon(), self.tr("Posture"))
        self.addTab(self.flow, actions["show-flow"].icon(), self.tr("Flow"))
        self.addTab(self.script, actions["show-script"].icon(), self.tr("Script"))
        self.addTab(self.dataflow, actions["show-dataflow"].icon(), self.tr("Data flow"))
        self.addTab(self.components, actions["show-components"].icon(), self.tr("Components"))
        self.addTab(self.dlp, actions["show-dlp"].icon(), self.tr("DLP"))
        self.addTab(self.audit, actions["show-audit"].icon(), self.tr("Audit"))
        self.setCurrentWidget(self.flow)
        area = Qt.DockWidgetArea
        self.docks = {
            "explorer": self._make_dock(self.explorer, "explorer", area.LeftDockWidgetArea),
            "guide": self._make_dock(self.guide, "guide", area.RightDockWidgetArea),
            "findings": self._make_dock(self.findings, "findings", area.BottomDockWidgetArea),
        }
        corner = Qt.Corner.BottomRightCorner  # the guide needs the whole height
        window.setCorner(corner, area.RightDockWidgetArea)
        self.show_docks(wanted=False)
        self._share_room()

    @property
    def _views(self) -> tuple[View, ...]:
        docked = (self.explorer, self.findings, self.guide)
        tabs = (self.flow, self.script, self.dataflow, self.components, self.dlp, self.audit)
        return (*docked, *tabs, self.posture)

    def panes(self) -> list[QWidget]:
        """Return the views in the order of the window."""
        return [self.explorer, self.currentWidget(), self.guide, self.findings]

    def show_docks(self, *, wanted: bool) -> None:
        """Show all docks, or hide them while there is nothing to be shown in them."""
        for dock in self.docks.values():
            dock.setVisible(wanted)

    def toggle(self, identifier: str) -> None:
        """Show a dock and give it the keyboard, or hide it."""
        dock = self.docks[identifier]
        dock.setVisible(dock.isHidden())
        if not dock.isHidden():
            dock.raise_()
            dock.widget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bring_dock(self, identifier: str) -> None:
        """Show a dock and give it the keyboard."""
        self.docks[identifier].hide()
        self.toggle(identifier)

    def show_fixes(self) -> None:
        """Show the guide and give the keyboard to its choice of fixes."""
        self.bring_dock("guide")
        self.guide.fixes.take_focus()

    def sum_up(self) -> None:
        """Show the guide, and in it what was done."""
        self.bring_dock("guide")
        self.guide.sum_up()

    def show_document(self, document: Document) -> Iterator[None]:
        """Show another export, pausing between the views."""
        for view in self._views:
            view.setDocument(document)
            yield

    def show_nothing(self) -> None:
        """Show no export any more."""
        for view in self._views:
            view.setDocument(None)

    def tint(self) -> None:
        """Take over the icons of another theme."""
        for view, identifier in (
            (self.posture, "show-posture"),
            (self.flow, "show-flow"),
            (self.script, "show-script"),
            (self.dataflow, "show-dataflow"),
            (self.components, "show-components"),
            (self.dlp, "show-dlp"),
            (self.audit, "show-audit"),
        ):
            self.setTabIcon(self.indexOf(view), self._actions[identifier].icon())

    def bring(self, view: QWidget) -> None:
        """Show a view and give it the keyboard."""
        self.setCurrentWidget(view)
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def search(self) -> None:
        """Put the keyboard into the search of the view that has it, else of the tab in front."""
        docked = (self.explorer, self.findings)
        focus = QApplication.focusWidget()
        having = next((view for view in docked if holds(view, focus)), None)
        if having is not None:
            having.focusFilter()
        elif self.currentWidget() is self.flow:
            self.flow.focusFilter()
        elif self.currentWidget() is self.dataflow:
            self.dataflow.focusFilter()
        elif self.currentWidget() is self.components:
            self.components.focusFilter()
        elif self.currentWidget() is self.dlp:
            self.dlp.focusFilter()
        elif self.currentWidget() is self.audit:
            self.audit.focusFilter()
        elif self.currentWidget() is self.posture:
            self.posture.focusFilter()
        else:
            self.script.focusFilter()

    def _make_dock(self, view: QWidget, identifier: str, area: Qt.DockWidgetArea) -> QDockWidget:
        """Return a dock that the action ``show-`` and its id shows and hides."""
        title = self._actions[f"show-{identifier}"].iconText()
        dock = QDockWidget(title, self._window)
        dock.setObjectName(identifier)
        dock.setAccessibleName(title)
        sides = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        dock.setAllowedAreas(bottom if area is bottom else sides)
        features = QDockWidget.DockWidgetFeature
        dock.setFeatures(features.DockWidgetClosable | features.DockWidgetMovable)
        dock.setWidget(view)
        self._window.addDockWidget(area, dock)
        return dock

    def _share_room(self) -> None:
        """Give the docks their usual sizes, for when nothing else is remembered."""
        explorer, guide, findings = (self.docks[name] for name in ("explorer", "guide", "findings"))
        widths = [EXPLORER_WIDTH, GUIDE_WIDTH]
        self._window.resizeDocks([explorer, guide], widths, Qt.Orientation.Horizontal)
        self._window.resizeDocks([findings], [FINDINGS_HEIGHT], Qt.Orientation.Vertical)
