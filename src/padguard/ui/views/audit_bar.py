"""What stands above the audit report: which environment it is of, and what to do with it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.views.elided_label import ElidedLabel
from padguard.ui.views.wrap_layout import WrapLayout


class AuditBar(QWidget):
    """Buttons; the signals are what their names say."""

    forgetWanted = Signal()  # noqa: N815 - a signal of Qt
    policiesWanted = Signal()  # noqa: N815 - a signal of Qt
    copyWanted = Signal()  # noqa: N815 - a signal of Qt
    exportWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = self._button("", "", "")
        self.open.setDefaultAction(actions["open-snapshot"])
        self.forget = self._button(
            "delete", self.tr("Forget the snapshot"), self.tr("Judge without a snapshot")
        )
        self.policies = self._button(
            "policy",
            self.tr("Use its policies"),
            self.tr("Judge the flows by the data loss prevention policies of the snapshot"),
        )
        self.copy = self._button("copy", self.tr("Copy"), self.tr("Copy the whole report as text"))
        self.export = self._button(
            "save-table",
            self.tr("Export…"),
            self.tr("Save the report as text, as CSV for Excel, or as JSON"),
        )
        self.environment = ElidedLabel(self)
        self.environment.setAccessibleName(self.tr("Environment"))
        buttons = QWidget(self)
        row = WrapLayout(buttons, gap=8)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.open, self.forget, self.policies, self.copy, self.export):
            row.addWidget(button)
        above = QHBoxLayout()
        above.addWidget(buttons, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(above)
        column.addWidget(self.environment)
        self.forget.clicked.connect(self.forgetWanted)
        self.policies.clicked.connect(self.policiesWanted)
        self.copy.clicked.connect(self.copyWanted)
        self.export.clicked.connect(self.exportWanted)
        self._tint()

    def show_state(self, words: str, *, has_snapshot: bool, has_policies: bool) -> None:
        """Say which environment it is about; without a snapshot there is none to forget."""
        self.environment.show_text(words)
        self.forget.setVisible(has_snapshot)
        self.policies.setVisible(has_policies)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _tint(self) -> None:
        theme = current_theme()
        for button in (self.forget, self.policies, self.copy, self.export):
            button.setIcon(icon(button.objectName(), theme))
