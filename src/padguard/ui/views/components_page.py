"""One component in full: what it is, who uses it, and what people need to have access to it."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from padguard.foundation.messages import Message, mark
from padguard.governance.access_facts import ACCESS
from padguard.governance.components import Component, Use
from padguard.governance.inventory import Inventory
from padguard.ui.appearance import current_theme
from padguard.ui.document import Place
from padguard.ui.views import components_words as words
from padguard.ui.views.details_page import Page, Target
from padguard.ui.views.page_view import PageView
from padguard.ui.words import translate

MOST_USES = 30
"""How many places are links here; all of them stand below the component in the table."""

KIND = mark("components", "{type} · {presence}")
CHOOSE = mark(
    "components", "Select a component to see who uses it and what people need to have access to it."
)
ID = mark("components", "Id")
TABLE = mark("components", "Dataverse table")
MANAGED = mark("components", "Where access is managed")
USER = mark("components", "A user needs")
CO_OWNER = mark("components", "A co-owner needs")
SOURCES = mark("components", "Sources")
ACCOUNT = mark("components", "Connection")
USED = mark("components", "Used")
MORE = mark("components", "… and {count} more: unfold the component in the table to see all")
OFF = mark("components", "Only rows that are switched off refer to it.")


class ComponentPage(PageView):
    """Shows one component; ``wanted`` gives the `Use` that a person wants to see."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Details of the component"))
        self._component: Component | None = None
        self._inventory: Inventory | None = None
        self._uses: dict[Place, Use] = {}

    def show_component(self, component: Component | None, inventory: Inventory | None) -> None:
        """Show another component, or what to do to see one."""
        self._component, self._inventory = component, inventory
        self.render_page()

    def render_page(self) -> None:
        """Show the component anew."""
        component, inventory = self._component, self._inventory
        page = Page(current_theme())
        self._uses = {}
        if component is None or inventory is None:
            page.remark(translate(CHOOSE))
        else:
            self._fill(page, component, inventory)
        self.show_page(page)

    def follow_target(self, target: Target) -> None:
        """Go to what refers to the component."""
        if isinstance(target, Place) and target in self._uses:
            self.wanted.emit(self._uses[target])

    def _fill(self, page: Page, component: Component, inventory: Inventory) -> None:
        page.heading(words.title(component))
        kind = KIND(type=words.type_word(component), presence=words.presence_word(component))
        page.remark(translate(kind))
        rows = ((translate(label), page.text(text)) for label, text in _facts(component) if text)
        page.table(rows)
        page.section(translate(USED))
        if component.only_disabled:
            page.remark(translate(OFF))
        used = component.used_by
        page.items(self._link(page, use, inventory) for use in used[:MOST_USES])
        if len(used) > MOST_USES:
            page.remark(translate(MORE(count=len(used) - MOST_USES)))
        if not used:
            page.remark(translate(words.NO_USE))
        page.section(translate(SOURCES))
        page.items(page.text(words.source_words(one)) for one in ACCESS[component.type].sources)

    def _link(self, page: Page, use: Use, inventory: Inventory) -> str:
        text = words.use_words(use, inventory)
        if use.flow_id not in inventory.flows:
            return page.text(text)
        place = Place(use.flow_id, use.subflow, use.action)
        self._uses[place] = use
        return page.link(text, place)


def _facts(component: Component) -> Iterator[tuple[Message, str]]:
    access = ACCESS[component.type]
    yield ID, component.id if component.id != component.name else ""
    accounts = dict.fromkeys(one.account for one in component.connections if one.account)
    yield ACCOUNT, ", ".join(accounts)
    yield TABLE, words.table_words(component)
    yield MANAGED, translate(access.managed)
    yield USER, translate(access.user)
    yield CO_OWNER, translate(access.co_owner)
