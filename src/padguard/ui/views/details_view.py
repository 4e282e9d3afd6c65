"""Shows the details of the row or variable that is selected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from padguard.flow.model import Action, Flow, Variable
from padguard.ui.appearance import current_theme
from padguard.ui.document import Document, Place
from padguard.ui.views.details import row_page, variable_page
from padguard.ui.views.details_page import Page, Target
from padguard.ui.views.mark_menu import mark_all
from padguard.ui.views.page_view import PageView


class DetailsView(PageView):
    """A page about a row or a variable; its links go to places and change marks.

    ``wanted`` tells the place that a link leads to.
    """

    wanted = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._subject: tuple[Flow, Action | Variable] | None = None
        self.setAccessibleName(self.tr("Details"))

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none."""
        self._document = document
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say how to get details."""
        self._subject = None
        self.setPlainText(self.tr("Choose a row or a variable to read it in words."))

    def show_row(self, flow: Flow, action: Action) -> None:
        """Show the details of a row."""
        self._subject = (flow, action)
        self.render_page()

    def show_variable(self, flow: Flow, variable: Variable) -> None:
        """Show the details of a variable."""
        self._subject = (flow, variable)
        self.render_page()

    def render_page(self) -> None:
        """Show the page of the row or variable anew."""
        if self._subject is not None and self._document is not None:
            self.show_page(self._page(*self._subject))

    def follow_target(self, target: Target) -> None:
        """Go to a place, or change a mark."""
        if isinstance(target, Place):
            self.wanted.emit(target)
        elif isinstance(target, tuple) and self._document is not None:
            mark_all(self._document, [target])

    def _page(self, flow: Flow, subject: Action | Variable) -> Page:
        theme = current_theme()
        if isinstance(subject, Variable):
            return variable_page(flow, subject, theme)
        flows = self._document.session.flows if self._document else []
        return row_page(flow, subject, {flow.id: flow.name for flow in flows}, theme)
