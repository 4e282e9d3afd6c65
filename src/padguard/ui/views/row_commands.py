"""What a person can do with rows besides reading them: mark their variables, copy them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from padguard.flow.model import Action, Flow
from padguard.ui.document import Document
from padguard.ui.views.copying import SecretClipboard, holds_secrets, robin_text
from padguard.ui.views.mark_menu import add_variables
from padguard.ui.views.rows import variables_of


class RowCommands(QObject):
    """The menu of rows, the same in every view that shows some."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        # Of the application: a secret is taken away also when the window has gone.
        self._secrets = SecretClipboard(QCoreApplication.instance())
        self._flow: Flow | None = None
        self._rows: Sequence[Action] = ()

    def menu(
        self, document: Document, flow: Flow, current: Action, rows: Sequence[Action]
    ) -> QMenu:
        """Return the menu for the current row of a flow, and for all that are selected.

        It deletes itself when it is closed.
        """
        self._flow, self._rows = flow, rows
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_variables(menu, document, [(flow, variable) for variable in variables_of(current)])
        menu.addSeparator()
        menu.addAction(self.tr("&Copy as Robin, secrets masked"), self._copy)
        if holds_secrets(flow, rows):
            menu.addAction(self.tr("Copy as Robin &with its secrets…"), self._copy_secrets)
        menu.addSeparator()
        return menu

    def copy(self, flow: Flow, rows: Sequence[Action]) -> None:
        """Copy rows as Robin text, secrets masked."""
        self._flow, self._rows = flow, rows
        self._copy()

    def _copy(self) -> None:
        if self._flow is not None:
            QGuiApplication.clipboard().setText(robin_text(self._flow, self._rows))

    def _copy_secrets(self) -> None:
        if self._flow is not None and _confirmed(self._view):
            self._secrets.put(robin_text(self._flow, self._rows, secrets=True))


def _confirmed(view: QWidget) -> bool:
    """Ask whether secrets may go to the clipboard."""
    translate = QCoreApplication.translate
    box = QMessageBox(view)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate("RowCommands", "Copy secrets"))
    box.setText(translate("RowCommands", "Copy these rows with their secrets in clear text?"))
    box.setInformativeText(
        translate(
            "RowCommands",
            "Anyone who can look at your clipboard can read them. "
            "PAD Guard takes them off the clipboard after 30 seconds.",
        )
    )
    words = translate("RowCommands", "Copy with secrets")
    copy = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is copy
