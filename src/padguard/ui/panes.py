"""Moving the keyboard from one part of the window to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def cycle(panes: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the next visible pane after the one that has it.

    Args:
        panes: The panes in the order of the window.
        step: 1 for the next, -1 for the one before.
    """
    visible = [pane for pane in panes if pane.isVisible() and first_stop(pane) is not None]
    if not visible:
        return
    focus = QApplication.focusWidget()
    current = next((index for index, pane in enumerate(visible) if holds(pane, focus)), None)
    index = (0 if step > 0 else -1) if current is None else (current + step) % len(visible)
    target = first_stop(visible[index])
    if target is not None:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def holds(pane: QWidget, widget: QWidget | None) -> bool:
    """Return whether ``widget`` is the pane or lies in it."""
    return widget is not None and (pane is widget or pane.isAncestorOf(widget))


def first_stop(pane: QWidget) -> QWidget | None:
    """Return what takes the keyboard first in a pane, or None where nothing does."""
    if _takes_keyboard(pane):
        return pane
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        if pane.isAncestorOf(widget) and _takes_keyboard(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None


def _takes_keyboard(widget: QWidget) -> bool:
    target = widget.focusProxy() or widget
    tabbed = bool(target.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return tabbed and target.isEnabled() and target.isVisible()
