"""A page of our own making with links, shown in a text browser that loads nothing from outside."""

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from padguard.ui import sensitivity, severity
from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.views.details_page import Page, Target

ICON_SIZE = 14


class PageView(QTextBrowser):
    """Shows a `Page`; whoever fills it in hears of its links and of another theme.

    Pictures are the icons of sensitivities and severities; no file and no network is touched.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets: list[Target] = []
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(8)
        self.anchorClicked.connect(self._follow)

    def render_page(self) -> None:
        """Show the page anew, in the colours of another theme; subclasses know what it is."""

    def follow_target(self, target: Target) -> None:
        """Go where a link leads; subclasses know how."""

    def show_page(self, page: Page) -> None:
        """Show a page from its top."""
        self._targets = page.targets
        self.document().clear()  # forgets pictures drawn for another theme
        self.setHtml(page.html)
        self.verticalScrollBar().setValue(0)  # while there is no room yet, Qt scrolls to the caret

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give the icons of the page, and nothing else: no file, no network."""
        url = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "icon":
            found = _LOOKS.get(url.path())
            if found is not None:
                colour = found.colour(current_theme())
                return pixmap(found.icon, colour, ICON_SIZE, self.devicePixelRatioF())
        return None

    def changeEvent(self, event: QEvent) -> None:
        """Draw the page in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.render_page()

    def _follow(self, url: QUrl) -> None:
        self.follow_target(self._targets[int(url.toString())])


_LOOKS: dict[str, sensitivity.Look | severity.Look] = {
    **{look.icon: look for look in sensitivity.LOOKS.values()},
    **{look.icon: look for look in severity.LOOKS.values()},
}
