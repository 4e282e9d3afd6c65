"""A button that switches a filter on and off."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget


def chip_button(parent: QWidget, tip: str) -> QToolButton:
    """Return a button that stays down while its filter is on; ``tip`` says what it filters."""
    button = QToolButton(parent)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    button.setCheckable(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
