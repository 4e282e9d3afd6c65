"""Marking from the views: menu entries for variables, and the key where the table has no answer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from padguard.flow.model import Flow, Sensitivity, Variable
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.document import Document
from padguard.ui.icons import icon
from padguard.ui.mark_command import command_words
from padguard.ui.marking import refusal
from padguard.ui.sensitivity import look
from padguard.ui.words import translate

Selected = Sequence[tuple[Flow, Variable]]


def add_variables(menu: QMenu, document: Document, selected: Selected) -> None:
    """Add an entry for each variable that marks it or takes its mark away.

    Where that is not possible the entry is grey, and its tool tip says why.
    """
    menu.setToolTipsVisible(True)
    theme = current_theme()
    for flow, variable in selected:
        action = menu.addAction(command_words(variable))
        shown = look(variable.sensitivity)
        action.setIcon(icon(shown.icon, theme, shown.colour(theme)))
        reason = refusal(variable)
        action.setEnabled(reason is None)
        action.setToolTip(translate(reason or shown.tip))
        action.triggered.connect(_Marker(menu, document, [(flow, variable)]).toggle)


def add_selection(menu: QMenu, document: Document, selected: Selected) -> None:
    """Add entries that mark all the selected variables, and take all their marks away."""
    free = markable(selected)
    unmarked = [pair for pair in free if pair[1].sensitivity is not Sensitivity.MARKED]
    marked = [pair for pair in free if pair[1].sensitivity is Sensitivity.MARKED]
    for pairs, words in (
        (unmarked, QCoreApplication.translate("MarkMenu", "Mark {count} variables as sensitive")),
        (marked, QCoreApplication.translate("MarkMenu", "Remove the marks of {count} variables")),
    ):
        if pairs:
            action = menu.addAction(words.format(count=len(pairs)))
            action.triggered.connect(_Marker(menu, document, pairs).toggle)
    if not free:
        flow, variable = selected[0]
        add_variables(menu, document, [(flow, variable)])


def markable(selected: Selected) -> list[tuple[Flow, Variable]]:
    """Return those variables whose marks can be changed."""
    return [(flow, variable) for flow, variable in selected if refusal(variable) is None]


def mark_all(document: Document, selected: Selected) -> None:
    """Mark all variables as sensitive, or take all marks away where all are marked.

    Variables of one flow and scope are one step of the undo history.
    """
    sensitive = any(variable.sensitivity is not Sensitivity.MARKED for _, variable in selected)
    groups: dict[tuple[str, str | None], list[str]] = {}
    for flow, variable in selected:
        if (variable.sensitivity is Sensitivity.MARKED) is not sensitive:
            groups.setdefault((flow.id, variable.local_to), []).append(variable.name)
    for (flow_id, local_to), names in groups.items():
        document.mark(flow_id, names, sensitive, local_to)


class _Marker(QObject):
    """What an entry of a menu does; lives as long as the menu."""

    def __init__(self, parent: QObject, document: Document, selected: Selected) -> None:
        super().__init__(parent)
        self._document = document
        self._selected = selected

    def toggle(self) -> None:
        mark_all(self._document, self._selected)


class MarkKey(QObject):
    """Answers the key of the action ``mark`` within a view where the action itself does not.

    That is so while several variables are selected, which the action knows nothing of, and where
    marking is refused: the action is grey then, and the person is told why.

    Args:
        actions: The actions of the window.
        view: The widget that has the keyboard.
        selected: Gives the variables that the key is about.
        document: Gives the open export.
        bulk: Whether several variables are marked together; otherwise the action asks which.
    """

    def __init__(
        self,
        actions: Actions,
        view: QWidget,
        selected: Callable[[], Selected],
        document: Callable[[], Document | None],
        *,
        bulk: bool,
    ) -> None:
        super().__init__(view)
        self._bulk = bulk
        self._action = actions["mark"]
        self._selected = selected
        self._document = document
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - only one
        """Take the key before the action does where it is for the view to answer."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()) != self._action.shortcut():
            return False
        document, selected = self._document(), self._selected()
        if document is None or not selected or self._left_to_action(len(selected)):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._answer(document, selected)
        return True

    def _left_to_action(self, count: int) -> bool:
        return self._action.isEnabled() and not (self._bulk and count > 1)

    def _answer(self, document: Document, selected: Selected) -> None:
        free = markable(selected)
        if free:
            mark_all(document, free)
            return
        reason = refusal(selected[0][1])
        if reason is not None:
            document.failed.emit(reason)
