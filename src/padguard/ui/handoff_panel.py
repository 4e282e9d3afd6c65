"""Hand-offs in one window: the panel, and the question about what fixes took out."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QWidget

from padguard.ui.document import Document
from padguard.ui.frame import Frame
from padguard.ui.handoff_consent import HandOffConsent
from padguard.ui.handoff_desk import HandOffDesk

IDENTIFIER = "handoffs"
WIDTH = 400


class HandOffPanel(QObject):
    """Owns the dock of the hand-offs; it needs no open export and is made when first needed.

    ``consent`` asks about the secrets that fixes take out of the open export.
    """

    def __init__(self, window: Frame, desk: HandOffDesk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._wanted = False
        self.dock: QDockWidget | None = None
        self.consent = HandOffConsent(window, desk, self.bring)
        window.actions_table[f"show-{IDENTIFIER}"].triggered.connect(self.toggle)

    @property
    def panes(self) -> list[QWidget]:
        """The question and the panel, where they are shown, for the keyboard to go to."""
        panel = self.dock.widget() if self.dock is not None else None
        both = (self.consent.offer, panel)
        return [pane for pane in both if pane is not None and pane.isVisible()]

    def set_document(self, document: Document | None) -> None:
        """Ask about what is taken out of another export, or of none."""
        self.consent.set_document(document)

    def prepare(self, beside: QDockWidget | None = None) -> None:
        """Make the panel if it is not there yet, and put it behind another dock, as a tab."""
        dock = self._made()
        if beside is not None:
            self._window.tabifyDockWidget(beside, dock)
            beside.raise_()

    def toggle(self) -> None:
        """Show the panel and give it the keyboard, or hide it if it is in front."""
        dock = self._made()
        if dock.isHidden() or dock.visibleRegion().isEmpty():
            self.bring()
        else:
            self._wanted = False
            dock.hide()
        self._show_state()

    def bring(self) -> None:
        """Show the panel in front and give it the keyboard."""
        dock = self._made()
        self._wanted = True
        dock.show()
        dock.raise_()
        dock.widget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stay(self) -> None:
        """Show the panel if a person has asked for it, whatever the layout of an export says."""
        if self._wanted and self.dock is not None:
            self.dock.show()

    def _made(self) -> QDockWidget:
        if self.dock is None:
            self.dock = self._make()
        return self.dock

    def _make(self) -> QDockWidget:
        from padguard.ui.views.handoff_view import HandOffView

        window = self._window
        title = window.actions_table[f"show-{IDENTIFIER}"].iconText()
        dock = QDockWidget(title, window)
        dock.setObjectName(IDENTIFIER)
        dock.setAccessibleName(title)
        area = Qt.DockWidgetArea
        dock.setAllowedAreas(area.LeftDockWidgetArea | area.RightDockWidgetArea)
        features = QDockWidget.DockWidgetFeature
        dock.setFeatures(features.DockWidgetClosable | features.DockWidgetMovable)
        dock.setWidget(HandOffView(self._desk, window.preferences, dock))
        dock.hide()
        window.addDockWidget(area.RightDockWidgetArea, dock)
        window.resizeDocks([dock], [WIDTH], Qt.Orientation.Horizontal)
        dock.visibilityChanged.connect(self._show_state)
        return dock

    def _show_state(self) -> None:
        shown = self.dock is not None and not self.dock.isHidden()
        self._window.actions_table[f"show-{IDENTIFIER}"].setChecked(shown)
