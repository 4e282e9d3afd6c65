"""The page that sums up: what was changed, what is left, what to do in the portal."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from padguard.foundation.messages import mark
from padguard.rules.finding import Finding
from padguard.ui import change_list
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.place import Place, place_of
from padguard.ui.views.action_button import ActionButton
from padguard.ui.views.details_page import Page, Target
from padguard.ui.views.finding_words import finding_line
from padguard.ui.views.page_view import PageView
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.ui.document import Document

MOST_LEFT = 30
ALL_SETTLED = mark("closing page", "You have looked at every finding")
SO_FAR = mark("closing page", "So far")
MORE = mark("closing page", "… and {count} more")
NOT_SAVED = mark("closing page", "Your changes are not saved yet.")


class ClosingPage(PageView):
    """Sums a document up; its links go to the findings that are left, and to rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What was done"))
        self.document_shown: Document | None = None

    def render_page(self) -> None:
        """Sum up how things stand."""
        if self.document_shown is not None and self.isVisibleTo(self.window()):
            self.show_page(_page(self.document_shown))

    def follow_target(self, target: Target) -> None:
        """Go to a finding, or to a row."""
        if self.document_shown is None:
            return
        if isinstance(target, Finding):
            self.document_shown.showFinding(target)
        elif isinstance(target, Place):
            self.document_shown.goToStep(target)


class Closing(QWidget):
    """The page with what to do next: save, export the list of changes, go back to the findings."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = ClosingPage(self)
        foot = WrapLayout(gap=8)
        foot.setContentsMargins(8, 4, 8, 8)
        self.save = ActionButton(actions["save"], self)
        self.export = ActionButton(actions["export-changes"], self)
        self.next = ActionButton(actions["next-finding"], self)
        for button in (self.save, self.export, self.next):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.page)


def _page(document: "Document") -> Page:
    changes = change_list.gather(document)
    flows = {flow.id: flow for flow in document.session.flows}
    page = Page(current_theme())
    page.heading(translate(SO_FAR if changes.tally.waiting else ALL_SETTLED))
    page.paragraph(page.text(change_list.counts_words(changes.tally)))
    if document.session.modified:
        page.paragraph(page.text(translate(NOT_SAVED)))
    page.section(translate(change_list.DONE))
    if not changes.done:
        page.paragraph(page.text(translate(change_list.NOTHING_DONE)))
    for name, titles in changes.done.items():
        page.remark(name)
        page.items(page.text(translate(title)) for title in titles)
    if changes.notes or changes.steps or changes.removed:
        page.section(translate(change_list.TO_DO))
        places = {translate(step.text): step.place for step in changes.steps}
        page.items(
            page.link(words, place_of(place, (), flows))
            if (place := places.get(words)) is not None
            else page.text(words)
            for words in change_list.to_do_words(changes)
        )
    page.section(translate(change_list.LEFT))
    if not any(changes.left.values()):
        page.paragraph(page.text(translate(change_list.NOTHING_LEFT)))
    for standing, heading in change_list.HEADINGS.items():
        found = changes.left[standing]
        if found:
            page.remark(translate(heading(count=len(found))))
            _add_left(page, found)
    return page


def _add_left(page: Page, found: list[Finding]) -> None:
    page.items(page.link(finding_line(one), one) for one in found[:MOST_LEFT])
    if len(found) > MOST_LEFT:
        page.remark(translate(MORE(count=len(found) - MOST_LEFT)))
