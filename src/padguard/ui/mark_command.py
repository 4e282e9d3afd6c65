"""The command that marks what is selected as sensitive, or takes the mark away."""

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from padguard.flow.model import Flow, Sensitivity, Variable
from padguard.foundation.errors import EditError
from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.marking import candidates, refusal
from padguard.ui.words import translate


class MarkCommand(QObject):
    """Keeps the action ``mark`` in step with the place, and carries it out.

    A place with one variable is marked or unmarked at once; a row with several asks which.
    """

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._usual = (actions["mark"].text(), actions["mark"].iconText())
        self._usual_tip = actions["mark"].statusTip()
        self._document: Document | None = None

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none."""
        self._document = document

    @property
    def possible(self) -> bool:
        """Whether what is selected has a variable whose mark can be changed."""
        flow, variables = self._selected()
        return flow is not None and any(refusal(variable) is None for variable in variables)

    def describe(self) -> None:
        """Have the action say what it would do to what is selected."""
        flow, variables = self._selected()
        if flow is None or not variables:
            self._actions.describe("mark", *self._usual, self._usual_tip)
        elif len(variables) > 1:
            tip = self.tr("Choose which variable of this row to mark as sensitive")
            self._actions.describe("mark", self.tr("&Mark as sensitive…"), self.tr("Mark…"), tip)
        else:
            variable = variables[0]
            reason = refusal(variable)
            words = command_words(variable)
            short = self.tr("Unmark") if _is_marked(variable) else self.tr("Mark")
            self._actions.describe(
                "mark", words, short, translate(reason) if reason else without_key(words)
            )

    def trigger(self) -> None:
        """Mark or unmark the variable that is selected, or ask which one of the row."""
        flow, variables = self._selected()
        document = self._document
        if document is None or flow is None or not variables:
            return
        if len(variables) > 1:
            self._ask(document, flow, variables)
        else:
            variable = variables[0]
            sensitive = not _is_marked(variable)
            document.mark(flow.id, [variable.name], sensitive, variable.local_to)

    def _selected(self) -> tuple[Flow | None, list[Variable]]:
        if self._document is None:
            return None, []
        place = self._document.place
        try:
            flow = self._document.session.flow(place.flow_id)
        except EditError:  # a place that is no flow: the export as a whole
            return None, []
        return flow, candidates(flow, place)

    def _ask(self, document: Document, flow: Flow, variables: list[Variable]) -> None:
        from padguard.ui.views.mark_menu import add_variables

        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Choose a variable"))
        add_variables(menu, document, [(flow, variable) for variable in variables])
        menu.popup(_beside_focus())
        menu.setActiveAction(menu.actions()[0])


def without_key(words: str) -> str:
    """Return the words of a menu entry without the mark of its key."""
    return words.replace("&", "")


def command_words(variable: Variable) -> str:
    """Return the words of a command that changes the mark of a variable."""
    if _is_marked(variable):
        words = QCoreApplication.translate("MarkCommand", "Re&move the mark of {name}")
    else:
        words = QCoreApplication.translate("MarkCommand", "&Mark {name} as sensitive")
    return words.format(name=variable.name)


def _is_marked(variable: Variable) -> bool:
    return variable.sensitivity is Sensitivity.MARKED


def _beside_focus() -> QPoint:
    """Return where a menu belongs: at the mouse if it is over what has the focus, else there."""
    focus = QApplication.focusWidget()
    mouse = QCursor.pos()
    if focus is None or focus.rect().contains(focus.mapFromGlobal(mouse)):
        return mouse
    return focus.mapToGlobal(focus.rect().center())
