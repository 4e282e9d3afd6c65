"""One item of the access checklist in full: why, where to click, and the pages that say so."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from padguard.foundation.messages import mark
from padguard.governance.access_model import KIND_WORDS, Item, ItemKind
from padguard.ui.appearance import current_theme
from padguard.ui.document import Place
from padguard.ui.views import components_words as words
from padguard.ui.views.details_page import Page, Target
from padguard.ui.views.page_view import PageView
from padguard.ui.words import translate

CHOOSE = mark("access", "Select an item to see why it is needed and where to click.")
STEPS = mark("access", "Where to click")
NO_STEPS = mark("access", "Where to click is not documented in the pages that PAD Guard knows.")
SOURCES = mark("access", "Sources")
SHOW_COMPONENT = mark("access", "Show the component")
SHOW_FLOW = mark("access", "Show the flow")


class AccessPage(PageView):
    """Shows one item; ``componentWanted`` and ``flowWanted`` give the key or the id."""

    componentWanted = Signal(str)  # noqa: N815 - a signal of Qt
    flowWanted = Signal(str)  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Details of the item"))
        self._item: Item | None = None

    def show_item(self, item: Item | None) -> None:
        """Show another item, or what to do to see one."""
        self._item = item
        self.render_page()

    def render_page(self) -> None:
        """Show the item anew."""
        page, item = Page(current_theme()), self._item
        if item is None:
            page.remark(translate(CHOOSE))
        else:
            self._fill(page, item)
        self.show_page(page)

    def follow_target(self, target: Target) -> None:
        """Go to what the item is about."""
        if self._item is None or not isinstance(target, Place):
            return
        if target.flow_id:
            self.flowWanted.emit(target.flow_id)
        else:
            self.componentWanted.emit(self._item.component)

    def _fill(self, page: Page, item: Item) -> None:
        page.remark(translate(KIND_WORDS[item.kind]))
        page.heading(translate(item.title))
        for sentence in (item.why, item.inference):
            if sentence is not None:
                page.paragraph(page.text(translate(sentence)))
        if item.component:
            page.paragraph(page.link(translate(SHOW_COMPONENT), Place()))
        if item.flow_id:
            page.paragraph(page.link(translate(SHOW_FLOW), Place(item.flow_id)))
        if item.steps:
            page.section(translate(STEPS))
            page.steps((page.text(translate(step)), "") for step in item.steps)
        elif item.kind is ItemKind.SHARE:
            page.remark(translate(NO_STEPS))
        if item.sources:
            page.section(translate(SOURCES))
            page.items(page.text(words.source_words(source)) for source in item.sources)
