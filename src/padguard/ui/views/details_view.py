"""Shows the details of the row or variable that is selected."""

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from padguard.flow.model import Action, Flow, Variable
from padguard.ui.appearance import current_theme
from padguard.ui.document import Document, Place
from padguard.ui.icons import pixmap
from padguard.ui.sensitivity import LOOKS
from padguard.ui.views.details import row_page, variable_page
from padguard.ui.views.details_page import Page, Target
from padguard.ui.views.mark_menu import mark_all

ICON_SIZE = 14


class DetailsView(QTextBrowser):
    """A page about a row or a variable; its links go to places and change marks.

    ``wanted`` tells the place that a link leads to. Nothing is ever loaded from outside.
    """

    wanted = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._subject: tuple[Flow, Action | Variable] | None = None
        self._targets: list[Target] = []
        self.setAccessibleName(self.tr("Details"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(8)
        self.anchorClicked.connect(self._follow)

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none."""
        self._document = document
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say how to get details."""
        self._subject = None
        self._targets = []
        self.setPlainText(self.tr("Choose a row or a variable to read it in words."))

    def show_row(self, flow: Flow, action: Action) -> None:
        """Show the details of a row."""
        self._subject = (flow, action)
        self._render()

    def show_variable(self, flow: Flow, variable: Variable) -> None:
        """Show the details of a variable."""
        self._subject = (flow, variable)
        self._render()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give the icons of the page, and nothing else: no file, no network."""
        url = QUrl(name)
        known = {look.icon: look for look in LOOKS.values()}
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "icon":
            found = known.get(url.path())
            if found is not None:
                theme = current_theme()
                colour = found.colour(theme)
                return pixmap(found.icon, colour, ICON_SIZE, self.devicePixelRatioF())
        return None

    def changeEvent(self, event: QEvent) -> None:
        """Draw the page in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()

    def _render(self) -> None:
        if self._subject is None or self._document is None:
            return
        flow, subject = self._subject
        page = self._page(flow, subject)
        self._targets = page.targets
        self.document().clear()
        self.setHtml(page.html)

    def _page(self, flow: Flow, subject: Action | Variable) -> Page:
        theme = current_theme()
        if isinstance(subject, Variable):
            return variable_page(flow, subject, theme)
        flows = self._document.session.flows if self._document else []
        return row_page(flow, subject, {flow.id: flow.name for flow in flows}, theme)

    def _follow(self, url: QUrl) -> None:
        target = self._targets[int(url.toString())]
        if isinstance(target, Place):
            self.wanted.emit(target)
        elif self._document is not None:
            mark_all(self._document, [target])
