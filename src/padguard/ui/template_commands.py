"""Learned templates in one window: the export uses them, and a dialog learns them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from padguard.ui.actions import Actions
from padguard.ui.document import Document
from padguard.ui.template_shelf import TemplateShelf

if TYPE_CHECKING:
    from padguard.fixes.template import Templates
    from padguard.ui.template_dialog import TemplateDialog


class TemplateCommands(QObject):
    """Has the open export use what is kept, below what it shows itself."""

    def __init__(self, actions: Actions, window: QWidget, shelf: TemplateShelf) -> None:
        super().__init__(window)
        self._window = window
        self._shelf = shelf
        self._document: Document | None = None
        self._shown: Templates | None = None
        self.dialog: TemplateDialog | None = None
        actions["teach-template"].triggered.connect(self.teach)
        shelf.changed.connect(self._use)

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none."""
        self._document = document
        self._shown = document.session.templates if document is not None else None
        if self.dialog is not None:
            self.dialog.show_shown(self._shown)
        if document is not None:
            self._shelf.load()
            self._use()

    def teach(self) -> None:
        """Show the dialog, beside what is worked on."""
        from padguard.ui.template_dialog import TemplateDialog

        self._shelf.load()
        if self.dialog is None:
            self.dialog = TemplateDialog(self._shelf, self._shown, self._window)
            self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialog.destroyed.connect(self._forget_dialog)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _use(self) -> None:
        """Have the fixes worked out with what is known now."""
        document, kept = self._document, self._shelf.templates
        if document is None or self._shown is None or kept is None:
            return
        templates = self._shown.over(kept)
        if templates != document.session.templates:
            document.session.templates = templates
            document.offers.renew()

    def _forget_dialog(self) -> None:
        self.dialog = None
