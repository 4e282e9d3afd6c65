"""The text of the guide: the finding that is looked at, or what to do without one."""

from PySide6.QtWidgets import QWidget

from padguard.rules.finding import Finding
from padguard.ui.appearance import current_theme
from padguard.ui.document import Analysis, Document, Place
from padguard.ui.status import finding_words
from padguard.ui.views.details_page import Page, Target
from padguard.ui.views.guide_page import guide_page
from padguard.ui.views.page_view import PageView


class GuideText(PageView):
    """The text of the guide; its links go to places, as parts of the finding, and to findings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Guide to the finding"))
        self.document_shown: Document | None = None

    def render_page(self) -> None:
        """Show the finding that is looked at, or what to do without one."""
        document = self.document_shown
        if document is not None and document.finding is not None:
            self.show_page(guide_page(document, document.finding, current_theme()))
        else:
            self.show_page(self._message_page(document))

    def follow_target(self, target: Target) -> None:
        """Go where a link leads."""
        if self.document_shown is None:
            return
        if isinstance(target, Finding):
            self.document_shown.showFinding(target)
        elif isinstance(target, Place):
            self.document_shown.goToStep(target)

    def _message_page(self, document: Document | None) -> Page:
        page = Page(current_theme())
        title, words = self._message(document)
        if title:
            page.heading(title)
        page.paragraph(page.text(words))
        if document is not None and document.open_findings:
            worst = document.open_findings[0]
            page.paragraph(page.link(self.tr("Go to the worst finding"), worst))
        return page

    def _message(self, document: Document | None) -> tuple[str, str]:
        """Return a heading and a sentence for when no finding is looked at."""
        if document is None:
            return "", self.tr("Open an export to be guided through what is found in it.")
        if not document.findings:
            if document.analysis in (Analysis.WAITING, Analysis.RUNNING):
                return "", self.tr("Analysing…")
            if document.analysis is Analysis.STOPPED:
                words = self.tr("The analysis was stopped. Press F5 to analyse again.")
                return self.tr("Not analysed"), words
            words = self.tr("Everything could be analysed.")
            if document.coverage is not None and document.coverage.missed:
                words = self.tr("Some parts could not be analysed; the status bar lists them.")
            return self.tr("Nothing found"), words
        place = document.place
        if place.action >= 0 or place.variable:
            words = self.tr("Press F8 to go on with the next finding.")
            return self.tr("Nothing is found here"), words
        words = self.tr("Press F8 to go through them one by one; the worst come first.")
        return finding_words(document.findings), words
